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
