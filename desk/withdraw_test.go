// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// R-R-20, R-R-99, SM-7: who got a message by notice hears that it was taken back, without a
// word of it or of the reason; who did not get it hears nothing.
func TestWithdrawalIsTold(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.released(t)
	before := len(b.m.s.outbox)
	b.do(t, officer, id, loket.ProductWithdrawn{Product: "dat", Version: 1, Reason: "Mila Verzonnen stond erin"})
	sent := b.m.s.outbox[before:]
	if len(sent) != 1 || sent[0].To != "lena@example.org" || !strings.Contains(sent[0].Subject, "Ingetrokken") {
		t.Fatalf("told %+v", sent)
	}
	if text := sent[0].Subject + sent[0].Body; strings.Contains(text, "Mila") || strings.Contains(text, "Alfa") || !strings.Contains(text, "http://loket.example.org/berichten") {
		t.Errorf("the notice: %s", text)
	}
	// How this mail arrives says nothing about who read the message.
	if err := b.Delivered(ctx, sent[0], "failed"); err != nil {
		t.Fatal(err)
	}
	v, err := b.Case(ctx, officer, id)
	if err != nil || v.Knows.Rows[0].Cells[0].State == "failed" {
		t.Errorf("who knows what: %+v, %v", v.Knows, err)
	}
	// Control: a version that nobody got tells nobody.
	b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Anders."}})
	if n := len(b.m.s.outbox); n != before+1 {
		t.Errorf("%d notices for a draft", n-before-1)
	}
}

// R-R-20, R-R-99: the version that holds is the newest that was released. A draft of a newer
// one takes nothing away from those who have it, and an older one cannot come out after it.
func TestTheVersionThatHolds(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.released(t)
	current := func(version int) bool {
		v, err := b.Read(ctx, told, id, "dat", "", version)
		if err != nil {
			t.Fatal(err)
		}
		return v.Current
	}
	for range 2 {
		b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Er is meer bekend."}})
	}
	if !current(1) {
		t.Error("a draft made the released version old")
	}
	release := func(version int) error {
		_, err := b.Do(ctx, officer, id, desk.Change{Want: loket.ProductReleased{Product: "dat", Version: version, Purpose: "informeren",
			Recipients: []loket.Recipient{{ID: "lena", Name: "Lena Denkbeeld", Role: "alderman", Email: "lena@example.org"}}}})
		return err
	}
	if err := release(3); err != nil {
		t.Fatal(err)
	}
	if current(1) || !current(3) {
		t.Error("the newer version does not hold")
	}
	code(t, release(2), loket.Conflict)
	b.do(t, officer, id, loket.ProductWithdrawn{Product: "dat", Version: 3, Reason: "fout"})
	if !current(1) || current(3) {
		t.Error("after withdrawal the version before it does not hold")
	}
	if err := release(2); err != nil { // control: nothing newer is out any more
		t.Error(err)
	}
}
