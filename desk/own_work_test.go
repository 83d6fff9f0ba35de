// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"slices"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// unknowns counts the questions of a case that have no answer.
func unknowns(v *desk.CaseView) (n int) {
	for _, group := range v.Facts {
		for _, fact := range group.Facts {
			if !fact.Known {
				n++
			}
		}
	}
	return n
}

// SM-11 DOC-20: the case of a version has what the protocol means for a version, and nothing of
// what it means for a report. Control: a report at the same desk has all of that.
func TestTheCaseOfAVersionIsNoReport(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	b.m.tenants = append(b.m.tenants, desk.Tenant{ID: "buur", Name: "Buurstad", Protocol: "rotterdam"})
	id, err := b.Announce(t.Context(), owner, "2.0")
	if err != nil {
		t.Fatal(err)
	}
	v, err := b.Case(t.Context(), owner, id)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(v.Tables) + len(v.Criteria) + len(v.Duties) + len(v.NeighbourDesks) + unknowns(v); n != 0 || !v.OwnWork {
		t.Errorf("own work: %v; tables %v, criteria %v, duties %v, neighbours %v, %d unknown", v.OwnWork, v.Tables, v.Criteria, v.Duties, v.NeighbourDesks, unknowns(v))
	}
	var lists []string
	for _, rows := range v.Rows {
		lists = append(lists, rows.Form.ID)
	}
	if !slices.Equal(lists, []string{"improvement", "reaction"}) || len(v.Clocks) != 1 || len(v.Products) == 0 || len(v.Proposals) == 0 {
		t.Errorf("lists %v, clocks %v, products %v, proposals %v", lists, v.Clocks, v.Products, v.Proposals)
	}
	report := b.report(t, "k1", reported("2026-03-29"))
	carla := loket.Actor{ID: "carla", Role: "desk_coordinator", Roles: []string{"desk_coordinator"}, Tenant: "vb"}
	v, err = b.Case(t.Context(), carla, report.Case)
	if err != nil {
		t.Fatal(err)
	}
	if v.OwnWork || len(v.Tables) < 5 || len(v.Criteria) < 2 || len(v.Duties) < 4 || len(v.NeighbourDesks) != 1 || unknowns(v) < 20 {
		t.Errorf("a report: tables %d, criteria %d, duties %d, neighbours %v, %d unknown", len(v.Tables), len(v.Criteria), len(v.Duties), v.NeighbourDesks, unknowns(v))
	}
}
