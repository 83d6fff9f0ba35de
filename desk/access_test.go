// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

func (b *bench) entries(outcome string) []string {
	var out []string
	for _, e := range b.m.s.ledger {
		if e.Outcome == outcome {
			out = append(out, e.Actor+" "+e.Action)
		}
	}
	return out
}

// R-R-62, S03: who wants what is not theirs is refused, and the ledger says who wanted what
// kind of thing, never what it held.
func TestRefusalsAreInTheLedger(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const secret = "Mila Verzonnen"
	for want, try := range map[string]func(*bench, loket.Actor, loket.CaseID) error{
		"note.made": func(b *bench, a loket.Actor, id loket.CaseID) error {
			_, err := b.Do(ctx, a, id, desk.Change{Want: loket.Noted{Kind: "note", Text: secret}})
			return err
		},
		"facts.recorded": func(b *bench, a loket.Actor, id loket.CaseID) error {
			b.p.Form(officerForm(b)).By = []string{"officer"}
			_, err := b.SendForm(ctx, a, id, desk.FormChange{Form: officerForm(b), Posted: answers("story", secret)})
			return err
		},
		"link.made": func(b *bench, a loket.Actor, id loket.CaseID) error {
			other := b.report(t, "other", answers("organisation", "Bravo"))
			_, err := b.Do(ctx, a, id, desk.Change{Want: loket.Linked{Other: other.Case, Verdict: "related"}})
			return err
		},
		"fields.opened": func(b *bench, a loket.Actor, id loket.CaseID) error {
			_, err := b.Open(ctx, a, id, []string{"story"}, secret)
			return err
		},
		"register.read": func(b *bench, a loket.Actor, _ loket.CaseID) error { return b.Register(ctx, a, 2026, io.Discard) },
		"notice.again":  func(b *bench, a loket.Actor, _ loket.CaseID) error { return b.Redeliver(ctx, a, "x") },
	} {
		b := start(t)
		id := b.report(t, "k", answers()).Case
		a := b.adviser("V2", "V2", "work", "audit")
		if err := try(b, a, id); err == nil {
			t.Errorf("%s: not refused", want)
		}
		if got := b.entries("refused"); len(got) != 1 || got[0] != "derde "+want {
			t.Errorf("%s: in the ledger %q", want, got)
		}
		if strings.Contains(fmt.Sprint(b.m.s.ledger), secret) {
			t.Errorf("%s: the ledger holds what was wanted", want)
		}
	}
}

// officerForm is the form of the example that the desk fills.
func officerForm(b *bench) string {
	for _, f := range b.p.Forms {
		if f.Use == "officer" {
			return f.ID
		}
	}
	return ""
}

// R-R-62, S03: the same for pages that are not theirs at all. Control: who may, leaves no refusal.
func TestRefusedPagesAreInTheLedger(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	if _, err := b.Worklist(ctx, officer, desk.WorklistFilter{}); err != nil {
		t.Fatal(err)
	}
	if got := b.entries("refused"); len(got) != 0 {
		t.Errorf("refused without reason: %q", got)
	}
	_, err1 := b.Worklist(ctx, told, desk.WorklistFilter{})
	_, err2 := b.Deliveries(ctx, told, 10)
	_, err3 := b.Product(ctx, loket.Actor{ID: "reporter", Tenant: "vb", Roles: []string{"provider"}, Case: id}, id, "dat", "", 0)
	for _, err := range []error{err1, err2, err3} {
		code(t, err, loket.NotFound)
	}
	if got := strings.Join(b.entries("refused"), ", "); got != "lena worklist.read, lena deliveries.read, reporter read" {
		t.Errorf("in the ledger: %s", got)
	}
}

// R-R-62, design rule: a reporter who reads back own answers of V4 and V5 is in the ledger
// before the first word. When the ledger cannot be written nothing is shown, and the answer
// says to call; the same holds for the desk's opening and for deep products.
func TestReadingOwnReportIsLogged(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	r := b.report(t, "k", answers())
	a, err := b.Reporter(ctx, "vb", r.Number, r.Code)
	if err != nil {
		t.Fatal(err)
	}
	reads := func() (n int) {
		for _, e := range b.entries("done") {
			if e == "reporter read" {
				n++
			}
		}
		return n
	}
	for i := range 2 {
		if _, err := b.ReporterCase(ctx, a); err != nil || reads() != i+1 {
			t.Fatalf("%v, %d reads in the ledger", err, reads())
		}
	}
	b.m.broken = errors.New("disk full")
	view, err := b.ReporterCase(ctx, a)
	if code(t, err, loket.Unavailable); view != nil {
		t.Error("shown, and not in the ledger")
	}
	facts, err := b.Open(ctx, officer, r.Case, []string{"story"}, "beoordelen")
	if code(t, err, loket.Unavailable); facts != nil {
		t.Error("opened, and not in the ledger")
	}
}

// S10, R-R-62: who sees a case or a text of it is in the ledger, once for each look, with how
// deep it went: a role that sees V4 or V5 at once reads, others see. With a ledger that cannot
// be written nothing is shown. Control: asking what one may changes nothing in it.
func TestEverySightOfACaseIsLogged(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.released(t)
	deep := b.adviser("V5", "V5", "work")
	for _, look := range []struct {
		want string
		at   func() (any, error)
	}{
		{"samira seen case", func() (any, error) { return b.Case(ctx, officer, id) }},
		{"derde read case", func() (any, error) { return b.Case(ctx, deep, id) }},
		{"samira seen dat", func() (any, error) { return b.Product(ctx, officer, id, "dat", "", 1) }},
	} {
		for range 2 {
			before := len(b.m.s.ledger)
			if _, err := look.at(); err != nil {
				t.Fatal(err)
			}
			added := b.m.s.ledger[before:]
			if len(added) != 1 || added[0].Actor+" "+added[0].Action+" "+added[0].Purpose != look.want || added[0].Case != id || added[0].Outcome != "done" {
				t.Errorf("%s: in the ledger %+v", look.want, added)
			}
		}
		b.m.broken = errors.New("disk full")
		_, err := look.at()
		code(t, err, loket.Unavailable)
		b.m.broken = nil
	}
	before := len(b.m.s.ledger)
	one := desk.Watched(ctx)
	for range 2 { // one request that asks twice is one look
		if _, err := b.Product(one, officer, id, "dat", "", 1); err != nil || len(b.m.s.ledger) != before+1 {
			t.Errorf("one request: %v, %d entries", err, len(b.m.s.ledger)-before)
		}
	}
	before = len(b.m.s.ledger)
	if err := b.May(ctx, officer, id, loket.Noted{}); err != nil || len(b.m.s.ledger) != before {
		t.Errorf("asking what one may is an entry: %v", err)
	}
}

// R-R-62: who only looks, such as an auditor, sends no notice again.
func TestAuditorsRedeliverNothing(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	b.released(t)
	code(t, b.Redeliver(ctx, b.adviser("V2", "V2", "work", "audit"), b.m.s.outbox[0].ID), loket.NotFound)
	if err := b.Redeliver(ctx, officer, b.m.s.outbox[0].ID); err != nil {
		t.Error(err)
	}
}
