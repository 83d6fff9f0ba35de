// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// adviser is somebody whose role, the alderman's in the example, is made to fit.
func (b *bench) adviser(sees, opens protocol.Level, may ...string) loket.Actor {
	r := b.p.Role("alderman")
	r.Sees, r.Opens, r.May = sees, opens, may
	return loket.Actor{ID: "derde", Role: r.ID, Roles: []string{r.ID}, Tenant: "vb"}
}

func (b *bench) released(t *testing.T) loket.CaseID {
	t.Helper()
	id := b.report(t, "k", answers()).Case
	b.do(t, officer, id, loket.Decided{Subject: "classification"})
	b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Er is iets gebeurd bij Alfa."}})
	lena := loket.Recipient{ID: "lena", Name: "Lena Denkbeeld", Role: "alderman", Email: "lena@example.org"}
	b.do(t, officer, id, loket.ProductReleased{Product: "dat", Recipients: []loket.Recipient{lena}, Purpose: "bestuurlijk informeren"})
	return id
}

// R12: a notice that arrives meanwhile is no change of somebody else; a note is.
func TestDeliveryIsNoConflict(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.released(t)
	v, err := b.Case(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Delivered(ctx, b.m.s.outbox[len(b.m.s.outbox)-1], "sent"); err != nil {
		t.Fatal(err)
	}
	now, err := b.Case(ctx, officer, id) // the log says it in words, not as the machine keeps it
	if all := fmt.Sprint(now.Log); err != nil || !strings.Contains(all, "Bericht bezorgd") || strings.Contains(all, "Bezorging: ") {
		t.Errorf("the log of a delivery: %s, %v", all, err)
	}
	want := desk.Change{Key: "een", Expect: v.Version, Want: loket.Noted{Kind: "note", Text: "gebeld"}}
	first, err := b.Do(ctx, officer, id, want)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Do(ctx, officer, id, want) // R03: the same click twice
	if err != nil || again != first {
		t.Fatalf("second click: %d, %v", again, err)
	}
	_, err = b.Do(ctx, officer, id, desk.Change{Key: "twee", Expect: v.Version, Want: loket.Noted{Kind: "note", Text: "te laat"}})
	code(t, err, loket.Conflict)
}

// SM-1: who only advises on one decision ends, reopens or erases nothing.
func TestAdviserEndsNothing(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	adviser := b.adviser("V2", "", "work", "decide")
	for _, want := range []loket.Payload{loket.CaseEnded{As: "test", Reason: "proef"}, loket.FactsErased{Fields: []string{"story"}, Reason: "proef"}} {
		_, err := b.Do(ctx, adviser, id, desk.Change{Want: want})
		code(t, err, loket.Forbidden)
	}
	b.do(t, officer, id, loket.CaseEnded{As: "test", Reason: "proef"})
}

// R-R-101: who is asked to align answers for itself, not for another.
func TestAlignForYourselfOnly(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	b.p.Product("dat").Align = []string{"alderman", "officer"}
	partner := b.adviser("V1", "", "align")
	id := b.report(t, "k", answers()).Case
	b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Er is iets gebeurd."}})
	_, err := b.Do(ctx, partner, id, desk.Change{Want: loket.ProductAligned{Product: "dat", Version: 1, Role: "officer", Agreed: true}})
	code(t, err, loket.Forbidden)
	b.do(t, partner, id, loket.ProductAligned{Product: "dat", Version: 1, Role: "alderman", Agreed: true})
}

// R-R-62: a deep product is for who makes it or may open that deep, and reading it is logged
// before it is shown.
func TestDeepProductIsLogged(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	b.p.Product("dat").Level = "V5"
	adviser := b.adviser("V2", "V5", "work")
	id := b.released(t)
	_, err := b.Product(ctx, adviser, id, "dat", "", 1)
	code(t, err, loket.NotFound)
	if e := b.m.s.ledger[len(b.m.s.ledger)-1]; e.Outcome != "refused" {
		t.Errorf("the refusal is not in the ledger: %+v", e)
	}
	reads := func() (n int) {
		for _, e := range b.m.s.ledger {
			if e.Action == "read" && e.Outcome == "done" {
				n++
			}
		}
		return n
	}
	if _, err := b.Product(ctx, officer, id, "dat", "", 1); err != nil || reads() != 1 {
		t.Fatalf("officer: %v, %d reads", err, reads())
	}
	for range 2 { // every reading, not only the first
		if _, err := b.Read(ctx, told, id, "dat", "", 1); err != nil {
			t.Fatal(err)
		}
	}
	if reads() != 3 {
		t.Errorf("%d reads in the ledger", reads())
	}
}

// R-R-99: what was withdrawn stays so in the inbox, also when it is read afterwards.
func TestReadingDoesNotUndoWithdrawal(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.released(t)
	b.do(t, officer, id, loket.ProductWithdrawn{Product: "dat", Version: 1, Reason: "verkeerde zaak"})
	if _, err := b.Read(ctx, told, id, "dat", "", 1); err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Inbox(ctx, told)
	if err != nil || len(inbox) != 1 || !inbox[0].Withdrawn || inbox[0].ReadAt.IsZero() {
		t.Fatalf("inbox: %+v, %v", inbox, err)
	}
}

// S05, R-R-62: the list of notices does not show the address that a reporter left.
func TestDeliveriesHideTheReporter(t *testing.T) {
	t.Parallel()
	b := start(t)
	b.released(t)
	messages, err := b.Deliveries(context.Background(), officer, 10)
	if err != nil || len(messages) != 2 {
		t.Fatalf("%d notices, %v", len(messages), err)
	}
	for _, m := range messages {
		if shown := m.To == "lena@example.org"; shown != (m.Person == "lena") || strings.Contains(m.To, "ruth") {
			t.Errorf("to %q for %q", m.To, m.Person)
		}
	}
}

// S05: a task in somebody's own words is not in the clear in the row of the worklist.
func TestOwnTaskStaysSealed(t *testing.T) {
	t.Parallel()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	b.do(t, officer, id, loket.StepAdded{Title: "Bel de moeder van Mila Verzonnen", Due: noon})
	if row := b.m.s.cases[id]; strings.Contains(row.What+row.Because, "Mila") || !strings.Contains(row.What, "Eigen taak") {
		t.Errorf("row: %s", row.What)
	}
}

// S01, T3: a question to another party is not told to the reporter, nor that there is one.
func TestReporterHearsOwnQuestionsOnly(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	r := b.report(t, "k", answers())
	a, err := b.Reporter(ctx, "vb", r.Number, r.Code)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := b.ReporterCase(ctx, a)
	b.do(t, officer, r.Case, loket.Asked{Text: "Wat weet u?", To: "partij"})
	after, err := b.ReporterCase(ctx, a)
	if err != nil || len(after.Questions) != 0 || after.Status != before.Status {
		t.Errorf("reporter hears of it: %+v, %v", after, err)
	}
}

// S03: nobody gets an id with which the desk acts itself.
func TestReservedIDs(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"system": true, "reporter": true, "other:x": true, "": true, "samira": false} {
		if desk.Reserved(id) != want {
			t.Errorf("%q reserved: %v", id, !want)
		}
	}
}
