// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// onWorklist says under which moment somebody of the desk finds a case.
func (b *bench) onWorklist(t *testing.T, id loket.CaseID) string {
	t.Helper()
	w, err := b.Worklist(context.Background(), officer, desk.WorklistFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range w.Groups {
		if slices.ContainsFunc(g.Jobs, func(j desk.Job) bool { return j.Case == id }) {
			return g.ID
		}
	}
	return ""
}

// party adds a row to the list of parties, and changes it when it is there.
func (b *bench) party(t *testing.T, id loket.CaseID, row, name string) {
	t.Helper()
	_, err := b.SendForm(context.Background(), officer, id, desk.FormChange{Form: "party", Row: row, Posted: url.Values{"party_name": {name}}})
	if err != nil {
		t.Fatal(err)
	}
}

// parties are the names on the list of a case, in order.
func (b *bench) parties(t *testing.T, id loket.CaseID) (names string) {
	t.Helper()
	v, err := b.Case(context.Background(), officer, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range v.Rows {
		for _, row := range rows.Rows {
			if name, ok := row.Answers["party_name"].(string); ok {
				names += name + " "
			}
		}
	}
	return names
}

// join links two reports of one incident; the second goes on in the first.
func (b *bench) join(t *testing.T, verdict string) (leads, joined loket.CaseID, link string) {
	t.Helper()
	one, two := b.report(t, "k1", answers()), b.report(t, "k2", answers())
	b.party(t, one.Case, "a", "Alfa")
	b.party(t, two.Case, "a", "Bravo")
	b.party(t, two.Case, "b", "Alfa")
	b.party(t, two.Case, "c", "Delta")
	b.do(t, officer, two.Case, loket.Linked{Link: "l", Other: one.Case, Verdict: verdict})
	return one.Case, two.Case, "l"
}

// DT-22 R-R-86: the lists of a case travel with the verdict that it is the same, once each
// and under a name of their own; the case itself keeps them.
func TestListsTravelWithALink(t *testing.T) {
	t.Parallel()
	b := start(t)
	leads, joined, _ := b.join(t, "same_report")
	if here, there := b.parties(t, leads), b.parties(t, joined); here != "Alfa Bravo Delta " || there != "Bravo Alfa Delta " {
		t.Errorf("leads %q, joined %q", here, there)
	}
	// control: another verdict leaves each case its own
	b = start(t)
	leads, joined, _ = b.join(t, "related")
	if here, there := b.parties(t, leads), b.parties(t, joined); here != "Alfa " || there != "Bravo Alfa Delta " {
		t.Errorf("control: leads %q, joined %q", here, there)
	}
}

// DT-22: always undoable: what came with the link goes, but not what somebody changed since.
func TestListsGoBackWithTheLink(t *testing.T) {
	t.Parallel()
	b := start(t)
	leads, joined, link := b.join(t, "same_report")
	b.party(t, leads, "c", "Delta, locatie Noord")
	b.do(t, officer, leads, loket.Unlinked{Link: link, Reason: "een tweeling"})
	if here, there := b.parties(t, leads), b.parties(t, joined); here != "Alfa Delta, locatie Noord " || there != "Bravo Alfa Delta " {
		t.Errorf("leads %q, joined %q", here, there)
	}
	// and again: a link that was undone can be made anew
	b.do(t, officer, joined, loket.Linked{Link: "m", Other: leads, Verdict: "same_report"})
	if here := b.parties(t, leads); here != "Alfa Delta, locatie Noord Bravo Delta " {
		t.Errorf("again: %q", here)
	}
}

// DT-22 R-R-139: a joined case rests until its reporter adds something that nobody read; an
// undone link brings it back to work.
func TestJoinedCaseRests(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	leads, joined, link := b.join(t, "same_incident_other_person")
	if at := b.onWorklist(t, joined); at != "closed" {
		t.Errorf("joined: %s", at)
	}
	if at := b.onWorklist(t, leads); at == "" || at == "closed" {
		t.Errorf("control: the case that goes on stands at %q", at)
	}
	reporter := loket.Actor{ID: "melder", Role: "provider", Tenant: "vb", Roles: []string{"provider"}, Case: joined}
	if _, err := b.SendForm(ctx, reporter, joined, desk.FormChange{Form: "report", Posted: answers("organisation", "Anders")}); err != nil {
		t.Fatal(err)
	}
	if at := b.onWorklist(t, joined); at == "closed" || at == "waiting" {
		t.Errorf("what the reporter added is nobody's work: %s", at)
	}
	b.do(t, officer, joined, loket.Noted{Text: "Gelezen en verwerkt.", Kind: "note"})
	if at := b.onWorklist(t, joined); at != "closed" {
		t.Errorf("read: %s", at)
	}
	b.do(t, officer, joined, loket.Noted{Text: "Bel morgen terug.", Kind: "handover"})
	if at := b.onWorklist(t, joined); at == "closed" {
		t.Error("a note for the next shift is not seen")
	}
	b.do(t, officer, joined, loket.Unlinked{Link: link, Reason: "toch niet"})
	if at := b.onWorklist(t, joined); at == "closed" || at == "" {
		t.Errorf("undone: %q", at)
	}
}
