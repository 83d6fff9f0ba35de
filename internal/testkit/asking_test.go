// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"net/url"
	"slices"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
)

// R-R-143, DT-21: the urgent question about a missing person asks what its own condition names,
// not everything that is missing; that is the control. A reporter by phone left no address, so
// that the page cannot promise a message.
func TestUrgentQuestionAsksItsOwn(t *testing.T) {
	t.Parallel()
	k := testkit.New(t, testkit.Options{})
	officer := loket.Actor{ID: "sara", Role: "desk_officer", Roles: []string{"desk_officer"}, Tenant: k.Tenant}
	ask := func(more url.Values) *desk.CaseView {
		t.Helper()
		posted := url.Values{"organisation": {"Golf"}, "kinds": {"missing"}, "incident_date": {"27-03-2026"}, "incident_time": {"08:15"}}
		for name, values := range more {
			posted[name] = values
		}
		r, err := k.Desk.SendReport(t.Context(), officer, desk.ReportForm{Key: posted.Encode(), Tenant: k.Tenant, Form: "report", Channel: "phone", Posted: posted})
		if err != nil {
			t.Fatal(err)
		}
		v, err := k.Desk.Case(t.Context(), officer, r.Case)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := ask(nil)
	asked := map[string][]string{}
	for _, p := range v.Proposals {
		asked[p.Step] = slices.Sorted(slices.Values(p.Asks))
	}
	if want := []string{"closed_care", "high_safety_risk", "police_searching", "safe_home_high_risk", "safety_at_risk"}; !slices.Equal(asked["ask_missing_facts"], want) {
		t.Errorf("the urgent question asks %v", asked["ask_missing_facts"])
	}
	if len(asked["complete"]) <= 5 {
		t.Errorf("control: the question for all asks %v", asked["complete"])
	}
	if v.Reachable || !ask(url.Values{"contact_email": {"sara.fictie@example.org"}}).Reachable {
		t.Error("who left no address is reached by mail, or who did is not")
	}
}
