// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"context"
	"net/url"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
)

// The same seed gives the same run; another seed gives other identifiers.
func TestSameSeedSameRun(t *testing.T) {
	t.Parallel()
	report := func(seed uint64) desk.Receipt {
		k := testkit.New(t, testkit.Options{Seed: seed})
		r, err := k.Desk.SendReport(context.Background(), loket.Actor{}, desk.ReportForm{
			Key: "k", Tenant: k.Tenant, Form: "report",
			Posted: url.Values{"organisation": {"Alfa"}, "kinds": {"missing"}, "incident_date": {"2026-03-28"}, "incident_time": {"10:00"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, again, other := report(1), report(1), report(2)
	if first.Case != again.Case || first.Code != again.Code || first.Number != again.Number {
		t.Errorf("same seed: %v %v and %v %v", first.Case, first.Code, again.Case, again.Code)
	}
	if first.Case == other.Case || first.Code == other.Code {
		t.Error("another seed gave the same identifiers")
	}
}
