// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/loket/desk"
)

// asked numbers the questions: a text that was prepared before would show its old plan.
var asked atomic.Int64

// planOf is how SQLite would run a question: one line for each table it touches.
func planOf(t *testing.T, s *Store, query string, args ...any) []string {
	t.Helper()
	query += fmt.Sprintf(" -- %d", asked.Add(1))
	var plan []string
	ok(t, s.engine.read(ctx, func(t *tx) error {
		// A question that runs makes the session look at the schema again; explaining does not.
		if _, _, err := one(ctx, t, scanInt, `SELECT count(*) FROM numbers`); err != nil {
			return err
		}
		rows, err := t.run.query(ctx, `EXPLAIN QUERY PLAN `+query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				return err
			}
			plan = append(plan, detail)
		}
		return rows.Err()
	}))
	return plan
}

// bounded tells that a question walks an index from where it begins and stops by itself:
// no table or index is read from end to end, and nothing is sorted afterwards.
func bounded(plan []string, index string) bool {
	through := slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, index) })
	endless := slices.ContainsFunc(plan, func(line string) bool {
		derived := line == "SCAN CONSTANT ROW" || strings.HasPrefix(line, "SCAN found") || strings.HasPrefix(line, "SCAN pressing")
		return strings.HasPrefix(line, "SCAN") && !derived || strings.Contains(line, "TEMP B-TREE")
	})
	return through && !endless
}

// Looking for what is due costs as much as there is due, whatever is open: the question
// walks the index of moments up to now (design §9, deadline scan). The control is the same
// question without its index.
func TestDueScanGrowsWithWhatIsDue(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	now := micros(time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC))
	for _, due := range []struct {
		index, query string
		args         []any
	}{
		{"clocks_next", clocksDue, []any{now, 100}},
		{"outbox_due", `SELECT id FROM outbox WHERE done = 0 AND due_at <= $1 AND lease_until <= $1 ORDER BY due_at, id LIMIT $2 + 0`, []any{now, 100}},
	} {
		if plan := planOf(t, s, due.query, due.args...); !bounded(plan, due.index) {
			t.Errorf("%s: the plan is %q", due.index, plan)
		}
		ok(t, s.engine.write(ctx, func(t *tx) error {
			_, err := t.run.exec(ctx, `DROP INDEX `+due.index)
			return err
		}))
		if plan := planOf(t, s, due.query, due.args...); bounded(plan, due.index) {
			t.Errorf("without %s the plan is %q: this test sees nothing", due.index, plan)
		}
	}
}

// A page of the worklist reads its own rows, however many cases there are; so does each
// count, which stops at CountMost (design §9). The control drops an index.
func TestWorklistReadsItsOwnRows(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	now := time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)
	q := desk.CaseQuery{Tenant: "noord", Person: "sara", Now: now, EndOfDay: now.Add(10 * time.Hour), Limit: 51}
	indexes := map[string]string{"team": "cases_team", "mine": "cases_mine", "today": "cases_team", "late": "cases_team",
		"waiting": "cases_waiting", "handover": "cases_handover", "closed": "cases_closed"}
	for view := range views {
		q.View = view
		page, args := casesQuery(q)
		if plan := planOf(t, s, page, args...); !bounded(plan, indexes[view]) {
			t.Errorf("a page of %s: the plan is %q", view, plan)
		}
	}
	counts, args := countsQuery(q)
	if plan := planOf(t, s, counts, args...); !bounded(plan, "cases_team") {
		t.Errorf("counts: the plan is %q", plan)
	}
	ok(t, s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `DROP INDEX cases_closed`)
		return err
	}))
	q.View = "closed"
	page, args := casesQuery(q)
	if plan := planOf(t, s, page, args...); bounded(plan, "cases_closed") {
		t.Errorf("without its index the plan is %q: this test sees nothing", plan)
	}
}
