// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/protocol"
	"example.org/loket/scenario"
)

// twoDesks gives two organisations with a case each, and somebody at both desks.
func twoDesks(t *testing.T) (k *testkit.Kit, here, there loket.Actor, mine, theirs desk.Receipt) {
	t.Helper()
	officer := func(*protocol.Protocol) []desk.Person {
		return []desk.Person{{ID: "officer", Name: "Functionaris", Roles: []string{"desk_officer"}}}
	}
	k = testkit.New(t, testkit.Options{Tenant: "stad", Name: "Stad", People: officer,
		Others: []scenario.Founding{{ID: "buren", Name: "Buren", Protocol: "rotterdam", People: officer}}})
	report := func(tenant string) desk.Receipt {
		r, err := k.Desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Key: tenant, Tenant: tenant, Form: "report",
			Posted: url.Values{"organisation": {"Alfa"}, "kinds": {"missing"}, "incident_date": {"2026-03-28"}, "incident_time": {"10:00"}}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	actor := func(tenant string) loket.Actor {
		return loket.Actor{ID: "officer", Role: "desk_officer", Roles: []string{"desk_officer"}, Tenant: tenant}
	}
	return k, actor("stad"), actor("buren"), report("stad"), report("buren")
}

func say(t *testing.T, k *testkit.Kit, a loket.Actor, id loket.CaseID, want loket.Neighboured) {
	t.Helper()
	if _, err := k.Desk.Do(t.Context(), a, id, desk.Change{Key: want.What, Want: want}); err != nil {
		t.Fatalf("%s: %v", want.What, err)
	}
}

func entered(t *testing.T, k *testkit.Kit, id loket.CaseID, action string) (by []string) {
	t.Helper()
	err := k.Store.Read(t.Context(), func(tx desk.Tx) error {
		all, err := tx.LedgerOf(context.Background(), id)
		for _, e := range all {
			if e.Action == action && e.Outcome == "done" {
				by = append(by, e.Tenant+":"+e.Actor)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// D-60, DT-17: every act between two organisations stands in the ledger of both, without the
// name of who acted elsewhere; sending one twice is once. Control: what one side says to
// itself only (a note) stands at one.
func TestNeighboursAreInBothLedgers(t *testing.T) {
	t.Parallel()
	k, here, there, mine, theirs := twoDesks(t)
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren"})
	offers, err := k.Desk.NeighbourOffers(t.Context(), there)
	if err != nil || len(offers) != 1 {
		t.Fatalf("offers: %v %v", offers, err)
	}
	link := offers[0].Link
	say(t, k, there, theirs.Case, loket.Neighboured{Link: link, What: loket.NeighbourAccepted})
	say(t, k, here, mine.Case, loket.Neighboured{Link: link, What: loket.NeighbourOffered, Coordinator: "buren", Basis: "residence"})
	say(t, k, there, theirs.Case, loket.Neighboured{Link: link, What: loket.NeighbourTaken})
	say(t, k, there, theirs.Case, loket.Neighboured{Link: link, What: loket.NeighbourTaken}) // the same key again
	say(t, k, there, theirs.Case, loket.Neighboured{Link: link, What: loket.NeighbourUndone, Reason: "Toch niet."})
	if _, err := k.Desk.Do(t.Context(), here, mine.Case, desk.Change{Want: loket.Noted{Kind: "note", Text: "Gebeld."}}); err != nil {
		t.Fatal(err)
	}
	const said = "neighbour.said"
	if got, want := entered(t, k, mine.Case, said), []string{"stad:officer", "stad:system", "stad:officer", "stad:system", "stad:system"}; !slices.Equal(got, want) {
		t.Errorf("the ledger here has %v, want %v", got, want)
	}
	if got, want := entered(t, k, theirs.Case, said), []string{"buren:officer", "buren:system", "buren:officer", "buren:officer"}; !slices.Equal(got, want) {
		t.Errorf("the ledger there has %v, want %v", got, want)
	}
	if here, there := entered(t, k, mine.Case, "note.added"), entered(t, k, theirs.Case, "note.added"); len(there) != 0 {
		t.Errorf("a note crossed: %v %v", here, there)
	}
}

// S03: a link between others, one that is not there and one of long ago answer alike, and
// nobody learns whether a case elsewhere exists.
func TestNeighboursOfOthersAnswerAlike(t *testing.T) {
	t.Parallel()
	k, here, there, mine, theirs := twoDesks(t)
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren"})
	offers, err := k.Desk.NeighbourOffers(t.Context(), there)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(a loket.Actor, id loket.CaseID, link string) string {
		_, err := k.Desk.Do(t.Context(), a, id, desk.Change{Want: loket.Neighboured{Link: link, What: loket.NeighbourTaken}})
		_, read := k.Desk.NeighbourText(t.Context(), a, id, link, 0)
		return err.Error() + read.Error()
	}
	if a, b := ask(there, theirs.Case, offers[0].Link), ask(there, theirs.Case, "nergens"); a != b {
		t.Errorf("a link of others gives %q, none gives %q", a, b)
	}
	if a, b := ask(there, mine.Case, offers[0].Link), ask(there, "nergens", offers[0].Link); a != b {
		t.Errorf("a case of others gives %q, none gives %q", a, b)
	}
	if _, err := k.Desk.CaseNumbered(t.Context(), there, "2026-9999"); err == nil {
		t.Error("a number that is not there gives a case")
	}
}

// D-12, D-60: the desk that is asked hears it by a mail without content: no number, no words
// of the question, no name of who asks. Control: an answer sends none.
func TestNeighbourIsAskedByMail(t *testing.T) {
	t.Parallel()
	k, here, there, mine, theirs := twoDesks(t)
	asked := func() (n int) {
		if err := k.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, m := range k.Mails.Messages() {
			if !strings.Contains(m.Subject, "andere organisatie") {
				continue
			}
			n++
			for _, never := range []string{mine.Number, theirs.Number, "Delta", "Stad", "Alfa"} {
				if strings.Contains(m.Raw, never) {
					t.Errorf("the mail says %q: %s", never, m.Raw)
				}
			}
		}
		return n
	}
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren", Reference: "voorval Delta"})
	if n := asked(); n != 1 {
		t.Fatalf("%d mails ask", n)
	}
	offers, err := k.Desk.NeighbourOffers(t.Context(), there)
	if err != nil || len(offers) != 1 {
		t.Fatal(offers, err)
	}
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourAccepted, Link: offers[0].Link})
	if n := asked(); n != 1 {
		t.Errorf("control: %d mails after the answer", n)
	}
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourOffered, Link: offers[0].Link, Coordinator: "stad", Basis: "residence"})
	if n := asked(); n != 2 {
		t.Errorf("%d mails after a proposal of who coordinates (DT-17)", n)
	}
	if last := k.Mails.Messages()[0]; !strings.Contains(last.Body, "/zaak/"+string(mine.Case)+"#andere-organisaties") {
		t.Errorf("the mail does not lead to the own case: %s", last.Body)
	}
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourTaken, Link: offers[0].Link})
	if n := asked(); n != 2 {
		t.Errorf("control: %d mails after the agreement", n)
	}
}

// DT-17: an empty proposal of who coordinates says what to choose. Control: what cannot be
// done any more, because the link is gone, says so.
func TestNeighbourCoordinationSentEmpty(t *testing.T) {
	t.Parallel()
	k, here, there, mine, theirs := twoDesks(t)
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren"})
	offers, err := k.Desk.NeighbourOffers(t.Context(), there)
	if err != nil || len(offers) != 1 {
		t.Fatal(offers, err)
	}
	link := offers[0].Link
	say(t, k, there, theirs.Case, loket.Neighboured{Link: link, What: loket.NeighbourAccepted})
	empty := func() error {
		_, err := k.Desk.Do(t.Context(), here, mine.Case, desk.Change{Want: loket.Neighboured{Link: link, What: loket.NeighbourOffered}})
		return err
	}
	if err := empty(); loket.ErrorCode(err) != loket.Invalid {
		t.Errorf("sent empty: %v", err)
	}
	say(t, k, there, theirs.Case, loket.Neighboured{Link: link, What: loket.NeighbourUndone, Reason: "Toch niet."})
	if err := empty(); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("control: after the link is undone: %v", err)
	}
}
