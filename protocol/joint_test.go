// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// R-I-60…67: each half of an analysis counts for nothing until both are in.
func TestHiddenHalves(t *testing.T) {
	t.Parallel()
	p := streekProtocol(t)
	one := Facts{"unrest_contract": true, "half_contract_sent_at": noon}
	ev := p.Evaluate(Input{Facts: one, Now: noon})
	if ev.Facts["unrest_contract"] != nil || !cmp.Equal(ev.Hidden, []string{"half_contract", "half_access"}) {
		t.Errorf("one half in: facts %v hidden %v", ev.Facts, ev.Hidden)
	}
	if f := table(t, ev, "class"); !f.Provisional {
		t.Errorf("one half in: class %v is settled", f.Outputs)
	}
	if got := p.HiddenFrom(ev, filledBy("access")); !cmp.Equal(got, []string{"unrest_contract", "signals_contract"}) {
		t.Errorf("hidden from access: %v", got)
	}
	if got := p.HiddenFrom(ev, filledBy("contract", "access")); got != nil {
		t.Errorf("hidden from who fills in both: %v", got)
	}
	if verdict, _ := p.Holds("unrest_contract || unrest_access", ev, nil); verdict != Unknown {
		t.Errorf("a condition asked afterwards sees the hidden half: %v", verdict)
	}
	both := Facts{"unrest_contract": true, "unrest_access": false, "half_contract_sent_at": noon, "half_access_sent_at": noon}
	ev = p.Evaluate(Input{Facts: both, Now: noon})
	if f := table(t, ev, "class"); f.Provisional || f.Outputs["level"] != "c" || ev.Hidden != nil {
		t.Errorf("control: both halves in: %v hidden %v", f.Outputs, ev.Hidden)
	}
}

// A table that is signed together may be decided by each of its groups.
func TestTogetherMayDecide(t *testing.T) {
	t.Parallel()
	if got := streekProtocol(t).Table("class").DecidedBy; !cmp.Equal(got, []string{"contract", "access"}) {
		t.Errorf("decided by %v", got)
	}
}

// R-I-02 R-I-06: a case goes through the phases of its kind, and no others.
func TestPhasesOfKind(t *testing.T) {
	t.Parallel()
	p := streekProtocol(t)
	phases := func(p *Protocol, kind string) (ids []string) {
		for _, ph := range p.PhasesOf(kind) {
			ids = append(ids, ph.ID)
		}
		return ids
	}
	if got := phases(p, "press"); !cmp.Equal(got, []string{"ask", "answer"}) {
		t.Errorf("press: %v", got)
	}
	if got := phases(p, "report"); !cmp.Equal(got, []string{"weigh"}) {
		t.Errorf("report: %v", got)
	}
	plain, err := loadStreek(t, "phase: ask, ", "", ", phase: weigh", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := phases(plain, "report"); !cmp.Equal(got, []string{"ask", "answer", "weigh"}) {
		t.Errorf("without a phase of its own: %v", got)
	}
	open := func(p *Protocol, kind string) (ids []string) {
		for _, s := range p.Evaluate(Input{Facts: Facts{"case_kind": kind}, Now: noon}).Steps {
			if s.Open != False {
				ids = append(ids, s.Step.ID)
			}
		}
		return ids
	}
	if got := open(p, "report"); !cmp.Equal(got, []string{"ask_urgency", "weigh_class"}) {
		t.Errorf("steps of a report: %v", got)
	}
	if got := open(plain, "report"); !cmp.Equal(got, []string{"is_it_one", "ask_urgency", "weigh_class", "reply"}) {
		t.Errorf("control: steps without phases of kinds: %v", got)
	}
}

// What an author can get wrong about recipients, halves, signing, registers and kinds comes
// back with the line and the cure.
func TestJointFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ was, is, says, cure string }{
		{"{role: manager, when: urgent_matter}", "{of: [actual]}", "Deze ontvanger heeft geen rol.", "role"},
		{"{role: manager, when: urgent_matter}", "{role: manger}", `Er is geen rol "manger"`, `"manager"`},
		{"of: [actual, responsible], else", "of: [urgent_matter], else", `Het feit "urgent_matter" noemt geen organisaties`, "choice"},
		{"of: [actual, responsible], else", "of: [actuel], else", `Het feit "actuel" bestaat niet`, `"actual"`},
		{"except: [asking]", "except: [askng]", `Het feit "askng" bestaat niet`, `"asking"`},
		{"{role: manager, when: urgent_matter}", "{role: manager, when: actual}", "levert een tekst", "ja of nee"},
		{"cases: {of: [actual, responsible]}", "cases: {of: [urgent_matter]}", "noemt geen organisaties", "choice"},
		{"by: [contract], title: Helft A", "title: Helft A", "maar zegt niet voor wie niet", "by"},
		{"hidden_until: half_contract_sent && half_access_sent, sections: [{id: a", "hidden_until: unrest_access, sections: [{id: a", `"unrest_access" is zelf verborgen`, "half_contract_sent"},
		{"hidden_until: half_contract_sent && half_access_sent, sections: [{id: a", "hidden_until: level == \"a\", sections: [{id: a", "volgt uit andere feiten", "mijlpalen"},
		{"{id: unrest_access, type: yesno, level: V2, label: Onrust?}", "{id: unrest_access, type: yesno, level: V2, label: Onrust?}, {id: urgent_matter}", "staat ook in formulier", "eigen id"},
		{"{id: half_access, use: officer", "{id: half_access, use: rows", "verborgen blijven", "officer"},
		{"by: [access], title: Helft B", "by: [access], of: [urgent_matter], title: Helft B", `"urgent_matter" noemt geen organisaties`, "choice"},
		{"by: [access], title: Helft B", "of: [actual], title: Helft B", "maar geen rol", "by"},
		{"by: [contract]\n    opens: press", "by: [contract]\n    of: [actual]\n    opens: press", "nog niet bekend", "use: officer"},
		{"together: [[contract], [access]]", "of: [actuel]\n    together: [[contract], [access]]", `Het feit "actuel" bestaat niet`, `"actual"`},
		{"owner: [contract], action: \"convert:report\"", "owner: [contract], skipped_by: [contrat], action: \"convert:report\"", `Er is geen rol "contrat"`, `"contract"`},
		{"together: [[contract], [access]]", "together: [[contract]]", "minstens twee groepen", "decided_by"},
		{"together: [[contract], [access]]", "decided_by: [contract]\n    together: [[contract], [access]]", `"access" tekent mee, maar mag niet beslissen`, "decided_by"},
		{", register: active_in", "", `"works_for" zegt niet waar het antwoord vandaan komt`, "active_in"},
		{"register: earlier_cases", "register: earlier", `"earlier" kan hier niet`, "earlier_cases"},
		{"{id: earlier, type: number", "{id: earlier, type: yesno", "earlier_cases geeft geen antwoord van type yesno", "number"},
		{"label: Dringend?}", "label: Dringend?, register: contract}", "Alleen een formulier met use: register", "use: register"},
		{"title: Vragen of het dringt, phase", "title: Vragen of het dringt, about: [unrest_contract], phase", `"unrest_contract" is V2`, "V1"},
		{"title: Vragen of het dringt, phase", "title: Vragen of het dringt, about: [actuel], phase", `Het feit "actuel" bestaat niet`, `"actual"`},
		{"{id: weigh, title: Wegen}", "{id: weigh, title: Wegen, ends: [wiegh]}", `Er is geen fase "wiegh"`, `"weigh"`},
		{"{id: weigh, title: Wegen}", "{id: weigh, title: Wegen, ends: [weigh]}", "beëindigt zichzelf", "andere"},
		{"{id: weigh, title: Wegen}", "{id: weigh, title: Wegen, goes_on: true, ends: [answer]}", "gaat de zaak door", "goes_on of ends"},
		{"phase: weigh, registered", "phase: wiegh, registered", `Er is geen fase "wiegh"`, `"weigh"`},
		{"converts_to: [report]", "converts_to: [press]", "al is", "andere soort"},
		{"convert:report", "convert:raport", `Er is geen soort zaak "raport"`, `"report"`},
		{"ask:urgent_matter", "ask:unrest_access", "De melder kan de vraag", "use: report"},
	} {
		_, err := loadStreek(t, c.was, c.is)
		var problems Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: no problem", c.is)
			continue
		}
		found := false
		for _, p := range problems {
			found = found || strings.Contains(p.Message, c.says) && strings.Contains(p.Cure, c.cure) && p.File != "" && p.Line > 0
		}
		if !found {
			t.Errorf("%s: want %q → %q, got\n%v", c.is, c.says, c.cure, err)
		}
	}
}

// R-I-82 SM-3: a phase may wait for a condition, and so may its steps.
func TestPhaseWhen(t *testing.T) {
	t.Parallel()
	p, err := loadStreek(t, "{id: weigh, title: Wegen}", "{id: weigh, title: Wegen, when: urgent_matter}")
	if err != nil {
		t.Fatal(err)
	}
	step := func(p *Protocol, facts Facts) StepFinding {
		steps := p.Evaluate(Input{Facts: with(facts, "case_kind", "report"), Now: noon}).Steps
		return steps[slices.IndexFunc(steps, func(f StepFinding) bool { return f.Step.ID == "weigh_class" })]
	}
	if f := step(p, Facts{"urgent_matter": false}); f.Open != False {
		t.Errorf("the phase does not hold: step is %v", f.Open)
	}
	if f := step(p, Facts{}); f.Open != Unknown || !cmp.Equal(f.Reason.Missing, []string{"urgent_matter"}) {
		t.Errorf("the phase is unknown: step is %v for want of %v", f.Open, f.Reason.Missing)
	}
	if f := step(p, Facts{"urgent_matter": true}); f.Open != True {
		t.Errorf("the phase holds: step is %v", f.Open)
	}
	if f := step(streekProtocol(t), Facts{"urgent_matter": false}); f.Open != True {
		t.Errorf("control: without a condition the step is %v", f.Open)
	}
}

// R-I-19: the protocol may say how many people it expects.
func TestExpects(t *testing.T) {
	t.Parallel()
	for n, want := range map[string][]string{"3": {"manager 2/3"}, "2": nil} {
		p, err := loadStreek(t, "{role: manager, when: urgent_matter}", "{role: manager, expects: "+n+"}")
		if err != nil {
			t.Fatal(err)
		}
		if _, gaps := addressed(p, "alarm", Facts{"actual": "noord"}); !cmp.Equal(gaps, want) {
			t.Errorf("expects %s: %q, want %q", n, gaps, want)
		}
	}
}

// R-R-75 R-R-121: what the desk itself fills in for a year or a period.
func TestDeskForms(t *testing.T) {
	t.Parallel()
	year := "  - {id: extra, use: officer"
	add := "  - {id: year_end, use: yearly, opens: press, title: Jaar, sections: [{id: y, title: Y, fields: [{id: year_of, type: number, level: V0, label: Jaar, register: year}]}]}\n"
	if _, err := loadStreek(t, year, add+year); err != nil {
		t.Error(err)
	}
	for _, c := range []struct{ is, says string }{
		{strings.Replace(add, "register: year", "register: period", 1), `use: yearly vult "period" niet in`},
		{strings.Replace(add, "opens: press, ", "", 1), "welke soort"},
		{add + strings.Replace(strings.Replace(add, "year_end", "year_too", 1), "year_of", "year_as", 1), "nog een formulier met use: yearly"},
	} {
		if _, err := loadStreek(t, year, c.is+year); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("want %q, got %v", c.says, err)
		}
	}
}

// filledBy: who has one of these roles fills in the forms that name it.
func filledBy(roles ...string) func(*Form) bool {
	return func(f *Form) bool {
		return slices.ContainsFunc(f.By, func(r string) bool { return slices.Contains(roles, r) })
	}
}
