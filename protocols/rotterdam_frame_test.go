// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// R-R-07, R-R-18, R-R-29: informing and learning are two phases with a goal each, in that
// order; what tells who somebody is goes when informing is over, and both are evaluated.
func TestRotterdamTwoGoalsTwoPhases(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	first, second := p.Phase("phase1"), p.Phase("phase2")
	if first == nil || second == nil || first.Then != second.ID {
		t.Fatalf("phases: %+v, then %+v", first, second)
	}
	if !strings.Contains(first.Goal.NL, "informatie") || !strings.Contains(second.Goal.NL, "Leren") || first.Checks == second.Checks {
		t.Errorf("goals: %q and %q", first.Goal.NL, second.Goal.NL)
	}
	i := slices.IndexFunc(p.Retention, func(r protocol.Retention) bool {
		return slices.Contains(r.Levels, protocol.Level("V5")) && r.From == "phase1_closed_at"
	})
	if i < 0 || p.Retention[i].Then != "erase" {
		t.Error("data of persons outlives phase 1")
	}
	for _, list := range []string{"phase1", "joint_evaluation"} {
		if !slices.ContainsFunc(p.Evaluation, func(q protocol.Question) bool { return q.List == list }) {
			t.Errorf("%s is not evaluated", list)
		}
	}
}

// R-R-23: trends are counted per kind, law, setting, location, provider's kind and criterion;
// no dimension may hold a person, and small numbers stay away.
func TestRotterdamTrendsWithoutPersons(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	for _, id := range []string{"kinds", "laws", "setting", "location", "reporter_kind", "report_criteria"} {
		if !slices.ContainsFunc(p.Figures, func(f protocol.Figure) bool { return f.ID == id && f.Suppress >= 5 }) {
			t.Errorf("nothing is counted per %s, or small numbers show", id)
		}
	}
	for _, figure := range p.Figures {
		if personal(p, figure.Fact) {
			t.Errorf("figure %s counts something of a person", figure.ID)
		}
	}
	if !personal(p, "birth_date") {
		t.Error("control: a birth date passed for no person")
	}
}

// personal tells whether a fact names or describes somebody.
func personal(p *protocol.Protocol, fact string) bool {
	f := p.Fact(fact)
	return fact != "" && f != nil && (f.AVG == "P" || f.Level == "V4" || f.Level == "V5")
}

// R-R-45, R-R-109: transgressive behaviour is explained with the guidelines it comes from, and
// every reader can find that the own protocol goes on; both rest on lines of the source.
func TestRotterdamTextsNameTheirSource(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	i := slices.IndexFunc(p.Terms, func(d protocol.Term) bool { return d.ID == "transgressive_behaviour" })
	if i < 0 {
		t.Fatal("transgressive behaviour is not explained")
	}
	if d := p.Terms[i]; !strings.Contains(d.Text.NL, "Leidraad Veilige zorgrelatie") || !strings.HasSuffix(d.Source.At, "123") {
		t.Errorf("%+v", d)
	}
	if p.Text("own_responsibility").NL == "" || p.Text("own_responsibility").EN == "" {
		t.Error("nobody reads that the own protocol goes on")
	}
}

// DOC-01: the report form is the document of appendix 2, and protects what it asks: a question
// about a person is sealed at V4 or deeper, or says nothing that names one.
func TestRotterdamReportFormIsTheDocument(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	form := p.Form("report")
	if form == nil || form.Ref != "DOC-01" || !strings.Contains(form.Source.Quote, "Meldingsformulier") {
		t.Fatalf("%+v", form)
	}
	for _, id := range []string{"birth_date", "contact_name", "contact_email", "contact_phone"} {
		if f := p.Fact(id); f == nil || f.Level == "V1" || f.Level == "V2" || f.AVG == "N" {
			t.Errorf("%s lies open: %+v", id, f)
		}
	}
}

// R-R-52: the page tells where a form can be mailed to.
func TestRotterdamTakesReportsByMail(t *testing.T) {
	t.Parallel()
	if p := load(t, folder(t, "rotterdam")); !strings.Contains(p.Desk.Email, "@") {
		t.Error("there is no address to mail a form to")
	}
}
