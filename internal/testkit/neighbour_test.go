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
	"example.org/loket/mail"
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

// saidByMail are the mails about other organisations that went out so far, newest first. None
// has content: no number, no words of the question, no name of who asks or answers.
func saidByMail(t *testing.T, k *testkit.Kit, never ...string) (out []mail.Caught) {
	t.Helper()
	if err := k.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, m := range k.Mails.Messages() {
		if !strings.Contains(m.Subject, "andere organisatie") {
			continue
		}
		out = append(out, m)
		for _, word := range never {
			if strings.Contains(m.Raw, word) {
				t.Errorf("the mail says %q: %s", word, m.Raw)
			}
		}
	}
	return out
}

// D-12, D-60, DT-17: a desk that is asked something, or whose question is answered, hears it by
// a mail without content, that leads to where it stands. Control: a note of one side sends none.
func TestNeighbourHearsByMail(t *testing.T) {
	t.Parallel()
	k, here, there, mine, theirs := twoDesks(t)
	never := []string{mine.Number, theirs.Number, "Delta", "Stad", "Buren", "Alfa", "Gevoelig"}
	mailed := 0
	hears := func(when, at string) {
		t.Helper()
		mails := saidByMail(t, k, never...)
		if mailed++; len(mails) != mailed {
			t.Fatalf("%s: %d mails, want %d", when, len(mails), mailed)
		}
		if !strings.Contains(mails[0].Body, at) {
			t.Errorf("%s: the mail does not lead to %s: %s", when, at, mails[0].Body)
		}
	}
	here1, there1 := "/zaak/"+string(mine.Case)+"#andere-organisaties", "/zaak/"+string(theirs.Case)+"#andere-organisaties"
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren", Reference: "voorval Delta"})
	hears("asked", "/andere-organisaties")
	offers, err := k.Desk.NeighbourOffers(t.Context(), there)
	if err != nil || len(offers) != 1 {
		t.Fatal(offers, err)
	}
	link := offers[0].Link
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourAccepted, Link: link})
	hears("accepted", here1)
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourOffered, Link: link, Coordinator: "stad", Basis: "residence"})
	hears("who coordinates is asked", here1)
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourRefused, Link: link})
	hears("refused", there1)
	if _, err := k.Desk.Do(t.Context(), here, mine.Case, desk.Change{Want: loket.Noted{Kind: "note", Text: "Gebeld."}}); err != nil {
		t.Fatal(err)
	}
	if n := len(saidByMail(t, k)); n != mailed {
		t.Errorf("control: %d mails after a note", n)
	}
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourUndone, Link: link, Reason: "Gevoelig."})
	hears("undone", "/andere-organisaties")
}

// D-12, D-60: no is an answer too; whoever asked hears it.
func TestNeighbourHearsNo(t *testing.T) {
	t.Parallel()
	k, here, there, mine, _ := twoDesks(t)
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren"})
	offers, err := k.Desk.NeighbourOffers(t.Context(), there)
	if err != nil || len(offers) != 1 {
		t.Fatal(offers, err)
	}
	if err := k.Desk.DeclineNeighbour(t.Context(), there, offers[0].Link); err != nil {
		t.Fatal(err)
	}
	if mails := saidByMail(t, k, mine.Number, "Buren"); len(mails) != 2 || !strings.Contains(mails[0].Body, "/zaak/"+string(mine.Case)) {
		t.Errorf("%d mails: %+v", len(mails), mails)
	}
	d := dealings(t, k, here)
	if len(d.Waiting) != 0 || len(d.Settled) != 1 || d.Settled[0].Answer != loket.NeighbourDeclined || d.Settled[0].AnswerOurs {
		t.Errorf("who asked reads %+v", d)
	}
}

func dealings(t *testing.T, k *testkit.Kit, a loket.Actor) desk.NeighbourDealings {
	t.Helper()
	d, err := k.Desk.NeighbourDealings(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// D-60, DT-17: each desk has one list of what is asked of it, what it asked and what became of
// both; who coordinates stands there with the answer. Control: who does not see the case
// reads nothing of it, and nothing of the other case is left when the link is undone.
func TestDealingsOfBothDesks(t *testing.T) {
	t.Parallel()
	k, here, there, mine, theirs := twoDesks(t)
	counts := func(when string, a loket.Actor, asked, waiting, settled int) desk.NeighbourDealings {
		t.Helper()
		d := dealings(t, k, a)
		if len(d.Asked) != asked || len(d.Waiting) != waiting || len(d.Settled) != settled {
			t.Errorf("%s, %s: %d asked, %d waiting, %d settled", when, a.Tenant, len(d.Asked), len(d.Waiting), len(d.Settled))
		}
		return d
	}
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourProposed, Tenant: "buren"})
	counts("asked", here, 0, 1, 0)
	link := counts("asked", there, 1, 0, 0).Asked[0].Link
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourAccepted, Link: link})
	counts("accepted", here, 0, 0, 1)
	say(t, k, here, mine.Case, loket.Neighboured{What: loket.NeighbourOffered, Link: link, Coordinator: "buren", Basis: "residence"})
	counts("offered", here, 0, 1, 0)
	if d := counts("offered", there, 1, 0, 0); d.Asked[0].OurNumber != theirs.Number || !d.Asked[0].OfferedHere {
		t.Errorf("asked of them: %+v", d.Asked)
	}
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourRefused, Link: link})
	d := counts("refused", here, 0, 0, 1)
	if one := d.Settled[0]; one.Answer != loket.NeighbourRefused || one.AnswerOurs || one.AnswerHere || one.Number != theirs.Number || one.AnsweredAt.IsZero() {
		t.Errorf("what became of it: %+v", one)
	}
	near := loket.Actor{ID: "near", Role: "desk_officer", Roles: []string{"reporter"}, Tenant: "stad"}
	counts("control: who does not see the case", near, 0, 0, 0)
	say(t, k, there, theirs.Case, loket.Neighboured{What: loket.NeighbourUndone, Link: link, Reason: "Toch niet."})
	if one := counts("undone", here, 0, 0, 1).Settled[0]; one.Number != "" || one.OurNumber != mine.Number || one.Answer != loket.NeighbourUndone {
		t.Errorf("after it is undone: %+v", one)
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
