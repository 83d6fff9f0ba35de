// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/loket"
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
		{"outbox_due", dueMessages, []any{now, now, 100}},
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

// compares tells whether a question throws rows away that it looked at: SQLite's program for
// it then compares inside its loop. A plan does not tell, for it names no value: two bounds on
// one column read the same whichever of them the walk ends at.
func compares(t *testing.T, s *Store, query string, args ...any) (found bool) {
	t.Helper()
	ok(t, s.engine.read(ctx, func(t *tx) error {
		opcodes, err := list(ctx, t, func(rows *sql.Rows, opcode *string) error {
			var other [7]any
			return rows.Scan(&other[0], opcode, &other[1], &other[2], &other[3], &other[4], &other[5], &other[6])
		}, `EXPLAIN `+query, args...)
		found = slices.ContainsFunc(opcodes, func(op string) bool { return slices.Contains([]string{"Lt", "Le", "Gt", "Ge", "Eq", "Ne"}, op) })
		return err
	}))
	return found
}

// Of the clocks that are open none is looked at but those that are due (design §9, deadline
// scan). The control has the index with a bound as its condition, whose end the walk took.
func TestDueScanLooksAtNothingElse(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	if compares(t, s, clocksDue, micros(now), 100) {
		t.Error("clocks are looked at that are not due")
	}
	const bound = `next_at < 9223372036854775807`
	for _, change := range []string{`DROP INDEX clocks_next`, `CREATE INDEX clocks_next ON clocks (next_at) WHERE ` + bound} {
		ok(t, statement(s, change))
	}
	before := strings.Replace(clocksDue, `next_at <> 9223372036854775807`, bound, 1)
	if before == clocksDue || !compares(t, s, before, micros(now), 100) {
		t.Error("a walk along all open clocks passes: this test sees nothing")
	}
}

// A page of the worklist reads its own rows, however many cases there are; so does each
// count, which stops at CountMost (design §9). The control drops an index.
func TestWorklistReadsItsOwnRows(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	now := time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)
	q := desk.CaseQuery{Tenant: "noord", Person: "sara", Reader: "sara", Now: now, EndOfDay: now.Add(10 * time.Hour), Limit: 51}
	indexes := map[string]string{"team": "cases_team", "mine": "cases_mine", "today": "cases_team", "late": "cases_team",
		"waiting": "cases_waiting", "handover": "cases_handover", "closed": "cases_closed"}
	for view := range views {
		q.View = view
		page, args := casesQuery(q, false, nil)
		if plan := planOf(t, s, page, args...); !bounded(plan, indexes[view]) {
			t.Errorf("a page of %s: the plan is %q", view, plan)
		}
	}
	counts, args := countsQuery(q, false, nil)
	if plan := planOf(t, s, counts, args...); !bounded(plan, "cases_team") {
		t.Errorf("counts: the plan is %q", plan)
	}
	ok(t, s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `DROP INDEX cases_closed`)
		return err
	}))
	q.View = "closed"
	page, args := casesQuery(q, false, nil)
	if plan := planOf(t, s, page, args...); bounded(plan, "cases_closed") {
		t.Errorf("without its index the plan is %q: this test sees nothing", plan)
	}
}

// A search that finds few cases looks those up, and one that finds many walks the view, so
// neither reads a million cases to show fifty. The control lets the one be asked as the other.
func TestSearchReadsWhatItFinds(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	now := time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)
	q := desk.CaseQuery{Tenant: "noord", Person: "sara", Reader: "sara", Search: "alfa", Now: now, EndOfDay: now.Add(10 * time.Hour), Limit: 51}
	has := func(plan []string, part string) bool {
		return slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, part) })
	}
	lookedUp := func(plan []string) bool {
		return has(plan, "cases_number (tenant=? AND number>? AND number<?)") && has(plan, "cases_folded (tenant=? AND folded>? AND folded<?)") &&
			has(plan, "sqlite_autoindex_cases_1 (id=?)") && !has(plan, "SCAN cases") && !has(plan, "cases_team") && !has(plan, "cases_closed")
	}
	for _, view := range []string{"team", "mine", "today", "late", "waiting", "handover", "closed"} {
		q.View = view
		page, args := casesQuery(q, true, nil)
		if plan := planOf(t, s, page, args...); !lookedUp(plan) {
			t.Errorf("few, %s: the plan is %q", view, plan)
		}
		page, args = casesQuery(q, false, nil)
		if plan := planOf(t, s, page, args...); lookedUp(plan) || !bounded(plan, "cases_") || has(plan, "MULTI-INDEX") {
			t.Errorf("many, %s: the plan is %q", view, plan)
		}
	}
	counts, args := countsQuery(q, true, nil)
	if plan := planOf(t, s, counts, args...); !lookedUp(plan) {
		t.Errorf("few, counts: the plan is %q", plan)
	}
	counts, args = countsQuery(q, false, nil)
	if plan := planOf(t, s, counts, args...); !bounded(plan, "cases_team") || has(plan, "MULTI-INDEX") {
		t.Errorf("many, counts: the plan is %q", plan)
	}
	hits, args := hitsQuery(q)
	if plan := planOf(t, s, hits, args...); !bounded(plan, "cases_folded") || !has(plan, "COVERING INDEX cases_number") {
		t.Errorf("hits: the plan is %q", plan)
	}
}

// grows are the tables that have rows for each case, or each person that comes by.
var grows = []string{"cases", "events", "clocks", "blind_index", "disclosures", "outbox", "ledger", "results", "retention", "case_organisations",
	"books", "book_history", "neighbours", "sessions", "occasions", "erasures", "emergencies", "case_hidden"}

// short are the indexes that hold only what waits; those may be read to their end.
var short = []string{"USING INDEX erasures_open"}

// endToEnd gives the statements of a session that read a growing table from one end to the
// other. SQLite keeps no statistics here, so a plan is the same with no case and with a million.
func endToEnd(t *testing.T, s *Store, statements []string) (found []string) {
	t.Helper()
	for _, text := range statements {
		args := make([]any, strings.Count(text, "$")) // more than enough when one stands there twice
		for len(args) > 0 && !strings.Contains(text, fmt.Sprintf("$%d", len(args))) {
			args = args[1:]
		}
		for _, line := range planOf(t, s, text, args...) {
			table, scans := strings.CutPrefix(line, "SCAN ")
			table, way, _ := strings.Cut(table, " ")
			if scans && slices.Contains(grows, table) && !slices.Contains(short, way) {
				found = append(found, line+": "+text)
			}
		}
	}
	return found
}

// What a worklist, a case page, an inbox, the page of deliveries and the work in the
// background ask reads no growing table from end to end (design §9). The control is a
// question that does.
func TestPagesReadNoTableFromEndToEnd(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	now := time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)
	var asked []string
	ok(t, s.engine.read(ctx, func(tx *tx) error {
		_, _, err := tx.CaseRow(ctx, "c")
		for _, ask := range []func() error{
			func() error { _, err := tx.Events(ctx, "c"); return err },
			func() error { _, err := tx.EventsOf(ctx, []loket.CaseID{"c", "d"}, "note"); return err },
			func() error { _, _, err := tx.CaseByNumber(ctx, "noord", "2026-0001"); return err },
			func() error { _, _, err := tx.Person(ctx, "noord", "p"); return err },
			func() error { _, err := tx.People(ctx, "noord"); return err },
			func() error {
				_, err := tx.FindIndex(ctx, "noord", []desk.IndexLook{{Hash: []byte{1}, From: now, To: now}})
				return err
			},
			func() error { _, err := tx.NeighboursOf(ctx, "c"); return err },
			func() error { _, err := tx.NeighboursOpen(ctx, "noord", 9); return err },
			func() error { _, err := tx.NeighboursSettled(ctx, "noord", 9); return err },
			func() error { _, err := tx.Related(ctx, "noord", []string{"a:b"}, []loket.CaseID{"c"}); return err },
			func() error { _, err := tx.Disclosures(ctx, "noord", "p", 9); return err },
			func() error { _, err := tx.Messages(ctx, "noord", 9); return err },
			func() error { _, err := tx.LedgerOf(ctx, "c"); return err },
			func() error { _, _, err := tx.Result(ctx, "k"); return err },
			func() error { _, _, err := tx.Occasion(ctx, "noord", "year/2026"); return err },
			func() error { _, err := tx.DueClocks(ctx, now, 9); return err },
			func() error { _, err := tx.DueRetention(ctx, now, 9); return err },
			func() error { _, err := tx.RetentionList(ctx, "noord", "proposed", 9); return err },
			func() error { _, err := tx.OpenErasures(ctx, 9); return err },
			func() error {
				_, err := tx.Entries(ctx, desk.EntryQuery{Tenant: "noord", Book: "roster", At: now})
				return err
			},
			func() error { _, err := tx.CountEarlier(ctx, "noord", "Alfa", now, now); return err },
			func() error { return tx.RegisterRows(ctx, "noord", 2026, func(desk.CaseRow) error { return nil }) },
			func() error { _, err := tx.HiddenFrom(ctx, "noord", "p"); return err },
			func() error { _, err := tx.EmergencyRows(ctx, "noord", "", 9); return err },
			func() error { _, err := tx.EmergencyRows(ctx, "noord", "p", 9); return err },
			func() error { _, err := tx.NewestCases(ctx, "noord", 9); return err },
		} {
			if err == nil {
				err = ask()
			}
		}
		for view := range views {
			for _, q := range []desk.CaseQuery{{}, {Search: "alfa"}, {Kind: "k", Law: "l"}, {Among: []string{"a:b"}}, {After: "1.c"}, {Reader: "p"}} {
				q.Tenant, q.Person, q.View, q.Now, q.EndOfDay, q.Limit = "noord", "p", view, now, now, 9
				if err == nil {
					_, err = tx.Cases(ctx, q)
				}
				if err == nil {
					_, err = tx.CountCases(ctx, q)
				}
			}
		}
		asked = slices.Sorted(maps.Keys(tx.run.(*session).stmts))
		return err
	}))
	asked = slices.DeleteFunc(asked, func(text string) bool { return !strings.HasPrefix(text, "SELECT") })
	if len(asked) < 40 {
		t.Fatalf("only %d questions were heard", len(asked))
	}
	for _, found := range endToEnd(t, s, asked) {
		t.Error(found)
	}
	if control := []string{`SELECT id FROM cases WHERE tenant = $1 AND joined_to = $2`, `SELECT seq FROM events WHERE type = $1`}; len(endToEnd(t, s, control)) == 0 {
		t.Error("a question that reads every event is not found: this test sees nothing")
	}
}
