// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"fmt"
	"net/url"
	"sync"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
)

// R03: one report sent many times at the same moment, as impatient fingers do, is one case:
// every sending gets the receipt of that case. Control: with keys of their own they are cases
// of their own.
func TestSentTwiceAtOnce(t *testing.T) {
	t.Parallel()
	k := testkit.New(t, testkit.Options{})
	const senders, rounds = 8, 10
	send := func(key string) desk.Receipt {
		receipt, err := k.Desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{
			Key: key, Tenant: k.Tenant, Form: "report",
			Posted: url.Values{"organisation": {"Alfa"}, "kinds": {"missing"}, "incident_date": {"2026-03-28"}, "incident_time": {"10:00"}},
		})
		if err != nil {
			t.Errorf("key %s: %v", key, err)
		}
		return receipt
	}
	for _, c := range []struct {
		name string
		key  func(round, sender int) string
		want int
	}{
		{"one key", func(round, _ int) string { return fmt.Sprint("k", round) }, rounds},
		{"control", func(round, sender int) string { return fmt.Sprint("c", round, "-", sender) }, rounds * senders},
	} {
		var mu sync.Mutex
		found := map[string]bool{}
		for round := range rounds {
			var wg sync.WaitGroup
			for sender := range senders {
				wg.Go(func() {
					r := send(c.key(round, sender))
					mu.Lock()
					defer mu.Unlock()
					found[fmt.Sprint(r.Case, r.Number, r.Code)] = true
				})
			}
			wg.Wait()
		}
		if len(found) != c.want {
			t.Errorf("%s: %d receipts, want %d", c.name, len(found), c.want)
		}
	}
}

// R12, threat T2: a text that eight hands release in the same moment, each with a key of its own
// and without saying what they saw, leaves once; the others are told that it has left. Control:
// eight texts of eight cases all leave.
func TestReleasedOnceAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	const hands = 8
	draft := func(key string) loket.CaseID {
		r := h.markedAs(key)
		v, err := h.Desk.Product(t.Context(), clerk, r.Case, "dat", "", desk.AsProposed)
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string]string{}
		for _, p := range v.Parts {
			parts[p.Part.ID] = "Er is iets gebeurd. Het loket zoekt het uit."
		}
		h.do(clerk, r.Case, loket.ProductDrafted{Product: "dat", Parts: parts})
		return r.Case
	}
	release := func(id loket.CaseID, hand int) error {
		_, err := h.Desk.Do(t.Context(), clerk, id, desk.Change{Key: fmt.Sprint(id, hand), Want: loket.ProductReleased{Product: "dat", Version: 1, Purpose: "informeren", Override: "het kan niet wachten",
			Recipients: []loket.Recipient{{ID: "lena", Name: "Lena Denkbeeld", Role: "comms_adviser", Email: "lena@example.org"}}}})
		return err
	}
	atOnce := func(id func(hand int) loket.CaseID) (left int) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		for hand := range hands {
			in := id(hand)
			wg.Go(func() {
				err := release(in, hand)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					left++
				} else if loket.ErrorCode(err) != loket.Conflict {
					t.Errorf("hand %d: %v", hand, err)
				}
			})
		}
		wg.Wait()
		return left
	}
	one := draft("een")
	if left := atOnce(func(int) loket.CaseID { return one }); left != 1 {
		t.Errorf("it left %d times", left)
	}
	if left := atOnce(func(hand int) loket.CaseID { return draft(fmt.Sprint("control", hand)) }); left != hands {
		t.Errorf("control: %d of %d left", left, hands)
	}
	v, err := h.Desk.Case(t.Context(), clerk, one)
	if err != nil || len(v.Products) == 0 || len(v.Knows.Columns) != 1 {
		t.Errorf("%v, %+v", err, v)
	}
}
