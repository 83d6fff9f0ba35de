// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// guarded is the example desk with somebody who shields cases, somebody who supervises, a
// second officer, and three cases of which two are likely duplicates and linked.
type guarded struct {
	*bench
	hidden, linked, other loket.CaseID
	numbers               map[loket.CaseID]string
}

var (
	colleague = loket.Actor{ID: "bram", Role: "officer", Roles: []string{"officer"}, Tenant: "vb"}
	privacy   = loket.Actor{ID: "pia", Role: "privacy", Roles: []string{"privacy"}, Tenant: "vb"}
)

// guardWords are what the example protocol gives for it.
var guardWords = map[string]string{
	"may: [work, record, decide, compose, release, open, propose_close]": "may: [work, record, decide, compose, align, release, tell, open, propose_close, register, shield, emergency, retain]",
	"  - id: beheer\n": "  - id: privacy\n    title: Privacyfunctionaris\n    side: desk\n    sees: V2\n    may: [work, audit, shield, retain]\n  - id: shallow\n    title: Kijker\n    side: desk\n    sees: V2\n    may: [work, record, emergency]\n  - id: beheer\n",
	"may: [work, record, decide, compose, open, register]": "may: [work, record, decide, compose, open, register, emergency]",
}

const allCases = 8

func guard(t *testing.T) *guarded {
	t.Helper()
	b := regionalWith(t, guardWords)
	b.m.people = []desk.Person{
		{ID: "samira", Name: "Samira Proef", Email: "samira@example.org", Roles: []string{"officer"}},
		{ID: "bram", Name: "Bram Nepnaam", Email: "bram@example.org", Roles: []string{"officer"}},
		{ID: "pia", Name: "Pia Denkbeeld", Email: "pia@example.org", Roles: []string{"privacy"}},
		{ID: "toegang", Name: "Toon Bedacht", Email: "toon@example.org", Roles: []string{"access"}, Organisation: "noord aan zee"},
	}
	g := &guarded{bench: b, numbers: map[loket.CaseID]string{}}
	for i, id := range []*loket.CaseID{&g.hidden, &g.linked, &g.other} {
		r := b.report(t, string(rune('a'+i)), answers("town", "zuid"))
		*id, g.numbers[r.Case] = r.Case, r.Number
	}
	for i := range allCases - len(g.numbers) { // enough for a year to be shown in figures
		b.report(t, "k"+string(rune('a'+i)), answers("town", "noord", "organisation", "Bravo", "happened_date", "2026-01-05"))
	}
	b.do(t, officer, g.hidden, loket.Linked{Other: g.linked, Verdict: "related"})
	b.do(t, officer, g.hidden, loket.CaseAssigned{To: "bram"})
	return g
}

func (g *guarded) hide(t *testing.T, people ...string) {
	t.Helper()
	g.do(t, officer, g.hidden, loket.CaseHidden{People: people, Reason: "Het gaat om familie"})
}

// D-65, S03: for whom a case is hidden it does not exist: not by its address, in a list, a
// count, the register, as a duplicate, a link, a message or a figure. Control: the same
// questions find it before it was hidden, and for a colleague.
func TestHiddenCaseIsNowhere(t *testing.T) {
	t.Parallel()
	g := guard(t)
	g.release(t, g.hidden, "bram")
	before := g.traces(t, colleague)
	for place, found := range before {
		if !found {
			t.Errorf("control: %s does not name the case", place)
		}
	}
	g.hide(t, "bram")
	for place, found := range g.traces(t, colleague) {
		if found {
			t.Errorf("%s names a hidden case", place)
		}
	}
	for place, found := range g.traces(t, officer) {
		if !found && place != "inbox" && place != "read" && place != "mine" {
			t.Errorf("%s lost the case for others", place)
		}
	}
	_, unknown := g.Case(t.Context(), colleague, "nergens")
	_, hidden := g.Case(t.Context(), colleague, g.hidden)
	if unknown == nil || hidden == nil || unknown.Error() != hidden.Error() {
		t.Errorf("unknown: %v, hidden: %v", unknown, hidden)
	}
	if !slices.Contains(g.entries("refused"), "bram read") {
		t.Error("no refusal in the ledger")
	}
	g.do(t, officer, g.hidden, loket.CaseShown{People: []string{"bram"}, Reason: "Vergissing"})
	if _, err := g.Case(t.Context(), colleague, g.hidden); err != nil {
		t.Errorf("shown again: %v", err)
	}
}

// release gives a text of the case to somebody.
func (g *guarded) release(t *testing.T, id loket.CaseID, to string) {
	t.Helper()
	g.do(t, officer, id, loket.Decided{Subject: "classification"})
	g.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Er is iets gebeurd bij Alfa."}})
	g.do(t, officer, id, loket.ProductReleased{Product: "dat", Recipients: []loket.Recipient{{ID: to, Name: "Bram Nepnaam", Role: "officer", Email: "bram@example.org"}}, Purpose: "informeren"})
}

// traces tells for each place whether somebody finds the case there.
func (g *guarded) traces(t *testing.T, a loket.Actor) map[string]bool {
	t.Helper()
	ctx, out := t.Context(), map[string]bool{}
	id, number := g.hidden, g.numbers[g.hidden]
	names := func(v any, err error) bool {
		text, fault := json.Marshal(v)
		if fault != nil {
			t.Fatal(fault)
		}
		return err == nil && (bytes.Contains(text, []byte(number)) || bytes.Contains(text, []byte(id)))
	}
	_, err := g.Case(ctx, a, id)
	out["case"] = err == nil
	_, err = g.Do(ctx, a, id, desk.Change{Want: loket.Noted{Kind: "note", Text: "gezien"}})
	out["do"] = err == nil
	_, err = g.Open(ctx, a, id, []string{"story"}, "kijken")
	out["open"] = err == nil
	_, err = g.Product(ctx, a, id, "dat", "", 0)
	out["product"] = err == nil
	w, err := g.Worklist(ctx, a, desk.WorklistFilter{})
	out["worklist"] = names(w.Groups, err)
	out["counts"] = err == nil && w.Counts["team"] == allCases
	var csv bytes.Buffer
	err = g.Register(ctx, a, 2026, &csv)
	out["register"] = err == nil && strings.Contains(csv.String(), number)
	v, err := g.Case(ctx, a, g.linked)
	if err != nil {
		t.Fatal(err)
	}
	out["links"], out["timeline"], out["log"] = names(v.Links, nil), names(v.Timeline, nil), names(v.Log, nil)
	v, err = g.Case(ctx, a, g.other)
	out["duplicates"] = names(v.Duplicates, err)
	out["deliveries"] = names(g.Deliveries(ctx, a, 50))
	out["inbox"] = names(g.Inbox(ctx, a))
	_, err = g.Read(ctx, a, id, "dat", "", 1)
	out["read"] = err == nil
	f, err := g.Figures(ctx, a, 2026, "", "")
	out["figures"] = err == nil && f.Totals.Reports == allCases
	return out
}

// D-65: who handled the case loses it for all to see, nothing that was on its way goes out,
// nobody can be given it again, and who guards over access hears of it without a word of why.
func TestHidingTakesTheCaseAway(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	g.release(t, g.hidden, "bram")
	waiting := func() bool {
		return slices.ContainsFunc(g.m.s.outbox, func(m desk.Message) bool { return m.Person == "bram" && m.Case == g.hidden })
	}
	if !waiting() {
		t.Fatal("control: nothing was on its way")
	}
	g.hide(t, "bram")
	if waiting() {
		t.Error("a notice still goes to somebody for whom the case is not there")
	}
	v, err := g.Case(ctx, officer, g.hidden)
	if err != nil || v.Assigned != "" || len(v.HiddenFrom) != 1 || v.HiddenFrom[0].Name != "Bram Nepnaam" || v.HiddenFrom[0].Said.Text != "Het gaat om familie" {
		t.Fatalf("%v %q %+v", err, v.Assigned, v.HiddenFrom)
	}
	if slices.ContainsFunc(v.People, func(p desk.Person) bool { return p.ID == "bram" }) {
		t.Error("still to be chosen")
	}
	last := g.m.s.outbox[len(g.m.s.outbox)-1]
	if last.Person != "pia" || strings.Contains(last.Subject+last.Body, "familie") || strings.Contains(last.Subject+last.Body, "Bram") {
		t.Errorf("told: %+v", last)
	}
	p, err := g.Product(ctx, officer, g.hidden, "dat", "", 0)
	if err != nil || slices.ContainsFunc(slices.Concat(p.People, p.Proposed), func(p desk.Person) bool { return p.ID == "bram" }) {
		t.Errorf("proposed as a reader: %v", err)
	}
	for _, want := range []loket.Payload{
		loket.CaseAssigned{To: "bram"},
		loket.ProductReleased{Product: "dat", Recipients: []loket.Recipient{{ID: "bram", Name: "Bram Nepnaam"}}, Purpose: "toch"},
	} {
		_, err := g.Do(ctx, officer, g.hidden, desk.Change{Want: want})
		code(t, err, loket.Stopped)
	}
}

// D-65: only who shields may, with a reason, for people who are here; and never so that nobody
// could take it back.
func TestWhoMayHide(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	for name, c := range map[string]struct {
		a    loket.Actor
		want loket.Payload
		code loket.Code
	}{
		"no ability":   {south, loket.CaseHidden{People: []string{"bram"}, Reason: "x"}, loket.Forbidden},
		"no reason":    {officer, loket.CaseHidden{People: []string{"bram"}}, loket.Motivation},
		"nobody":       {officer, loket.CaseHidden{People: []string{" "}, Reason: "x"}, loket.Invalid},
		"a stranger":   {officer, loket.CaseHidden{People: []string{"niemand"}, Reason: "x"}, loket.Invalid},
		"all of them":  {officer, loket.CaseHidden{People: []string{"bram", "samira", "pia"}, Reason: "x"}, loket.Stopped},
		"not hidden":   {officer, loket.CaseShown{People: []string{"bram"}, Reason: "x"}, loket.Invalid},
		"by a privacy": {privacy, loket.CaseHidden{People: []string{"bram"}, Reason: "x"}, ""},
	} {
		g.clock.at = g.clock.at.Add(time.Minute)
		_, err := g.Do(ctx, c.a, g.other, desk.Change{Want: c.want})
		if loket.ErrorCode(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			g.do(t, officer, g.other, loket.CaseShown{People: []string{"bram"}, Reason: "terug"})
		}
	}
}

// D-65: the number of a hidden case stands in no words on the case that it is linked to: not
// those that the desk wrote when it took over, not those of a colleague, not in what is opened,
// and not on the worklist row of a case that goes on in it. Nor does a certificate name it.
// Control: who sees the case reads all of it, also after the link was undone.
func TestHiddenNumberIsUnspoken(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	number := g.numbers[g.hidden]
	g.do(t, officer, g.hidden, loket.Linked{Other: g.other, Verdict: "same_incident_other_person", Leads: true, Link: "een"})
	g.do(t, officer, g.linked, loket.Noted{Kind: "note", Text: "Zie ook " + number + "."})
	seq := g.sees(t, officer, g.linked).Version
	places := func(a loket.Actor) map[string]bool {
		out := map[string]bool{}
		says := func(place string, v any) {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			out[place] = bytes.Contains(text, []byte(number))
		}
		says("note", g.sees(t, a, g.linked).Notes)
		says("case that goes on in it", g.sees(t, a, g.other).Timeline)
		facts, err := g.Open(ctx, a, g.linked, []string{"text:" + strconv.Itoa(seq)}, "nakijken")
		if err != nil {
			t.Fatal(err)
		}
		says("opened", facts)
		return out
	}
	for place, found := range places(colleague) {
		if !found {
			t.Errorf("control: %s does not name the case", place)
		}
	}
	g.hide(t, "bram")
	for place, found := range places(colleague) {
		if found {
			t.Errorf("%s names a hidden case", place)
		}
	}
	for place, found := range places(officer) {
		if !found {
			t.Errorf("control: %s lost the number for others", place)
		}
	}
	for _, row := range g.m.s.cases {
		if strings.Contains(row.What+row.Because, number) {
			t.Errorf("the row of %s names it", row.Number)
		}
	}
}

// D-65, D-43: a certificate of destruction says nothing of a case to whom it is hidden from.
// Control: it names the case to others, and to the same person the case beside it.
func TestCertificateIsSilentAboutHiddenCases(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	g.hide(t, "bram")
	items := []desk.CertificateItem{{Number: g.numbers[g.hidden], Rule: "x"}, {Number: g.numbers[g.linked], Rule: "x"}}
	g.m.s.papers = append(g.m.s.papers,
		desk.Certificate{ID: "twee", Tenant: "vb", At: noon, Items: items}, desk.Certificate{ID: "een", Tenant: "vb", At: noon, Items: items[:1]})
	both, one := g.certified(t, officer), g.certified(t, colleague)
	if both != "twee 2 een 1 " || one != "twee 1 " {
		t.Errorf("others read %q, they %q", both, one)
	}
	if c, err := g.Certificate(ctx, colleague, "twee"); err != nil || len(c.Items) != 1 || c.Items[0].Number != g.numbers[g.linked] {
		t.Errorf("%+v, %v", c, err)
	}
	_, err := g.Certificate(ctx, colleague, "een")
	code(t, err, loket.NotFound)
	if c, err := g.Certificate(ctx, officer, "een"); err != nil || len(c.Items) != 1 {
		t.Errorf("control: %+v, %v", c, err)
	}
}

func (g *guarded) certified(t *testing.T, a loket.Actor) (out string) {
	t.Helper()
	v, err := g.Retention(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Certificates {
		out += c.ID + " " + strconv.Itoa(len(c.Items)) + " "
	}
	return out
}

// S03: a notice of a case that somebody may not see is not sent again by them, whoever told them
// its id. Control: who sees the case does.
func TestNobodySendsAgainWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	g.release(t, g.hidden, "bram") // a case of the south
	last := g.m.s.outbox[len(g.m.s.outbox)-1]
	if last.Case != g.hidden {
		t.Fatalf("%+v", last)
	}
	limited := north
	limited.Roles = []string{"access"}
	g.p.Role("access").May = append(g.p.Role("access").May, "work", "record")
	code(t, g.Redeliver(ctx, limited, last.ID), loket.NotFound)
	if err := g.Redeliver(ctx, officer, last.ID); err != nil {
		t.Errorf("control: %v", err)
	}
}
