// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"database/sql"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/postgrestest"
)

// closedByLaw asks for closed cases by law in two ways, by groups that an index gives and by
// walking all, and gets the same (design §9).
func closedByLaw(t *testing.T, s *Store) {
	rows := []desk.CaseRow{row(10)} // an open one
	for n, laws := range []string{"wmo", "jeugdwet", "wmo", "jeugdwet wmo", "", "wmo", "jeugdwet", "wmo jeugdwet", "wm", "jeugdwet wlz"} {
		r := row(n)
		r.Laws, r.Status, r.DueAt = laws, "closed", time.Time{}
		if n%3 == 0 {
			r.UpdatedAt = now // some at the same moment: then the id decides
		}
		rows = append(rows, r)
	}
	put(t, s, rows...)
	for law, want := range map[string]int{"jeugdwet": 5, "wmo": 5, "wlz": 1, "zvw": 0} {
		q := desk.CaseQuery{Tenant: "noord", View: "closed", Law: law, Now: now, EndOfDay: now, Limit: 2}
		found := walk(t, s, q, func() {})
		if walked := walkedCases(t, s, q); len(found) != want || !slices.Equal(found, walked) {
			t.Errorf("%s: found %v, by walking %v", law, found, walked)
		}
		if n := get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })["closed"]; n != want {
			t.Errorf("%s: counted %d", law, n)
		}
	}
}

func walkedCases(t *testing.T, s *Store, q desk.CaseQuery) (ids []loket.CaseID) {
	q.Limit = 1000
	ok(t, s.engine.read(ctx, func(tx *tx) error {
		query, args := casesQuery(q, false, nil)
		rows, err := list(ctx, tx, scanJob, query, args...)
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		return err
	}))
	return ids
}

var byLaw = desk.CaseQuery{Tenant: "noord", Person: "sara", Reader: "sara", View: "closed", Law: "wmo", Now: now, EndOfDay: now, Limit: 51}

// A page of closed cases of one law, and their count, read only cases of that law, however
// rare it is among a million (design §9). The control asks without knowing which laws stand together.
func TestClosedByLawReadsItsOwnRows(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	for _, laws := range [][]string{{"wmo"}, {"jeugdwet wmo", "wmo"}} {
		page, args := casesQuery(byLaw, false, laws)
		if plan := planOf(t, s, page, args...); !groupwise(plan) {
			t.Errorf("a page of %q: the plan is %q", laws, plan)
		}
		counts, args := countsQuery(byLaw, false, laws)
		if plan := planOf(t, s, counts, args...); !groupwise(plan) {
			t.Errorf("counts of %q: the plan is %q", laws, plan)
		}
	}
	if plan := planOf(t, s, lawsTogether, "noord", "% wmo %"); !groupwise(plan) {
		t.Errorf("laws that stand together: the plan is %q", plan)
	}
	page, args := casesQuery(byLaw, false, nil)
	if plan := planOf(t, s, page, args...); groupwise(plan) {
		t.Errorf("a walk along all: the plan is %q: this test sees nothing", plan)
	}
}

// groupwise tells that closed cases are read by their laws and by nothing else.
func groupwise(plan []string) bool {
	has := func(part string) bool {
		return slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, part) })
	}
	return (has("INDEX cases_closed_laws (tenant=? AND laws=?") || has("INDEX cases_closed_laws (tenant=? AND laws>?")) && !has("INDEX cases_closed (") && !has("cases_closed_kind") && !has("SCAN cases")
}

// The same on PostgreSQL: an index that fits is there for each question, when a table is too
// long to be read. The control asks without knowing which laws stand together.
func TestClosedByLawOnPostgres(t *testing.T) {
	t.Parallel()
	s := open(t, postgrestest.Start(t))
	page, args := casesQuery(byLaw, false, []string{"jeugdwet wmo", "wmo"})
	if plan := postgresPlan(t, s, page, args...); strings.Count(plan, "cases_closed_laws") != 2 || strings.Contains(plan, "cases_closed ") {
		t.Error(plan)
	}
	if plan := postgresPlan(t, s, lawsTogether, "noord", "% wmo %"); !strings.Contains(plan, "Index Only Scan using cases_closed_laws") {
		t.Error(plan)
	}
	page, args = casesQuery(byLaw, false, nil)
	if plan := postgresPlan(t, s, page, args...); strings.Contains(plan, "cases_closed_laws") {
		t.Errorf("a walk along all: this test sees nothing:\n%s", plan)
	}
}

func postgresPlan(t *testing.T, s *Store, query string, args ...any) string {
	t.Helper()
	var plan []string
	ok(t, s.engine.read(ctx, func(tx *tx) (err error) {
		for _, setting := range []string{"enable_seqscan", "enable_bitmapscan", "enable_sort"} {
			if _, err := list(ctx, tx, func(*sql.Rows, *int) error { return nil }, `SELECT set_config('`+setting+`', 'off', true)`); err != nil {
				return err
			}
		}
		plan, err = list(ctx, tx, func(rows *sql.Rows, line *string) error { return rows.Scan(line) }, `EXPLAIN `+query, args...)
		return err
	}))
	return strings.Join(plan, "\n")
}
