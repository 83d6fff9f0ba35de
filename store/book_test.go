// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/loket"
	"example.org/loket/desk"
)

func line(tenant, id, about string, version int) desk.Entry {
	return desk.Entry{Tenant: tenant, Book: "contacten", ID: id, Version: version, Name: about + "|" + id, Sort: about + " " + id, About: about,
		Values: map[string]string{"name": "Team " + id}, At: now, By: "p1"}
}

// R-I-97, R-I-98, R-I-100, S03: lines of a book come back as they were, page by page, with
// every version they had; the second of two changes gets a conflict; tenants stay apart.
func checkBooks(t *testing.T, s *Store) {
	a, b := line("noord", "a", "kampen", 1), line("noord", "b", "zwolle", 1)
	a.From, a.Until = now.Add(-time.Hour), now.Add(time.Hour)
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.PutEntry(ctx, a))
		ok(t, tx.PutEntry(ctx, b))
		return tx.PutEntry(ctx, line("zuid", "a", "kampen", 1))
	})
	entries := func(q desk.EntryQuery) []desk.Entry {
		q.Tenant, q.Book = "noord", "contacten"
		return get(t, s, func(tx desk.Tx) ([]desk.Entry, error) { return tx.Entries(ctx, q) })
	}
	if d := cmp.Diff([]desk.Entry{a, b}, entries(desk.EntryQuery{})); d != "" {
		t.Error(d)
	}
	for _, c := range []struct {
		q    desk.EntryQuery
		want int
	}{
		{desk.EntryQuery{About: []string{"kampen", "elders"}}, 1}, {desk.EntryQuery{At: now}, 2}, {desk.EntryQuery{At: now.Add(time.Hour)}, 1}, {desk.EntryQuery{At: now.Add(-2 * time.Hour)}, 1},
		{desk.EntryQuery{At: now.Add(-2 * time.Hour), Until: now}, 2}, {desk.EntryQuery{After: "a", Limit: 1}, 1}, {desk.EntryQuery{After: "b"}, 0},
	} {
		if got := entries(c.q); len(got) != c.want {
			t.Errorf("%+v gives %d", c.q, len(got))
		}
	}
	change := line("noord", "b", "zwolle", 2)
	change.Values["name"] = "Team anders"
	write(t, s, func(tx desk.Tx) error { return tx.PutEntry(ctx, change) })
	for what, wrong := range map[string]desk.Entry{"the second of two changes": change, "a new line of the same name": func() desk.Entry { e := line("noord", "c", "", 1); e.Name = change.Name; return e }(), "the same new line": line("noord", "b", "zwolle", 1)} {
		if err := s.Write(ctx, func(tx desk.Tx) error { return tx.PutEntry(ctx, wrong) }); loket.ErrorCode(err) != loket.Conflict {
			t.Errorf("%s: %v", what, err)
		}
	}
	history := get(t, s, func(tx desk.Tx) ([]desk.Entry, error) { return tx.EntryHistory(ctx, "noord", "contacten", "b") })
	if d := cmp.Diff([]desk.Entry{change, b}, history); d != "" {
		t.Error(d)
	}
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		if e, found, err := tx.EntryNamed(ctx, "noord", "contacten", "zwolle|b"); err != nil || !found || e.Version != 2 {
			t.Error(e, found, err)
		}
		if _, found, err := tx.Entry(ctx, "zuid", "contacten", "b"); err != nil || found {
			t.Error("another tenant's line", err)
		}
		return nil
	}))
}

// R-I-32, S03: a list that is limited to some organisations holds and counts only their cases,
// also after a case moved, was closed, or when there is none.
func checkRelations(t *testing.T, s *Store) {
	write(t, s, func(tx desk.Tx) error {
		for n := range 6 {
			r := row(n)
			r.Relations = []string{fmt.Sprintf("town:t%d", n%2), "lives:t0"}
			if n == 5 {
				r.Status, r.DueAt = "ended", time.Time{}
			}
			ok(t, tx.PutCase(ctx, r))
		}
		moved := row(0)
		moved.Relations = []string{"town:t1"}
		return tx.PutCase(ctx, moved)
	})
	for _, c := range []struct {
		among  []string
		team   int
		closed int
	}{{nil, 5, 1}, {[]string{}, 0, 0}, {[]string{"town:t0"}, 2, 0}, {[]string{"town:t1"}, 3, 1}, {[]string{"town:t1", "lives:t0"}, 5, 1}, {[]string{"town:t9"}, 0, 0}} {
		q := desk.CaseQuery{Tenant: "noord", View: "team", Now: now, EndOfDay: now, Limit: 50, Among: c.among}
		rows := get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) { return tx.Cases(ctx, q) })
		counts := get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })
		if len(rows) != c.team || counts["team"] != c.team || counts["closed"] != c.closed {
			t.Errorf("%v: %d rows, counted %d and %d closed", c.among, len(rows), counts["team"], counts["closed"])
		}
	}
	for _, c := range []struct {
		person string
		owns   []string
		among  []string
		want   int
	}{{"nobody", nil, nil, 0}, {"nobody", []string{"town:t1"}, nil, 3}, {"nobody", []string{"town:t1"}, []string{"lives:t0"}, 2}, {"nobody", []string{"town:t9"}, nil, 0}} {
		q := desk.CaseQuery{Tenant: "noord", View: "mine", Person: c.person, Now: now, EndOfDay: now, Limit: 50, Owns: c.owns, Among: c.among}
		rows := get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) { return tx.Cases(ctx, q) })
		counts := get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })
		if len(rows) != c.want || counts["mine"] != c.want {
			t.Errorf("%s owns %v among %v: %d rows, counted %d", c.person, c.owns, c.among, len(rows), counts["mine"])
		}
	}
	near := get(t, s, func(tx desk.Tx) (map[loket.CaseID]bool, error) {
		return tx.Related(ctx, "noord", []string{"town:t0"}, []loket.CaseID{row(0).ID, row(1).ID, row(2).ID, "elders"})
	})
	if !near[row(2).ID] || len(near) != 1 {
		t.Errorf("related are %v", near)
	}
	if n := get(t, s, func(tx desk.Tx) (int, error) {
		return tx.CountEarlier(ctx, "noord", " aanbieder ALFA", now, now.Add(time.Second))
	}); n != 0 {
		t.Errorf("joined cases count as earlier ones: %d", n)
	}
	alone := row(9)
	alone.JoinedTo = ""
	write(t, s, func(tx desk.Tx) error { return tx.PutCase(ctx, alone) })
	if n := get(t, s, func(tx desk.Tx) (int, error) {
		return tx.CountEarlier(ctx, "noord", " aanbieder ALFA", now, now.Add(time.Second))
	}); n != 1 {
		t.Errorf("counted %d earlier cases", n)
	}
}

// The plan that SQLite makes for a limited list goes through the index of active relations:
// the cost grows with the organisation's own open cases.
func TestLimitedListUsesItsIndex(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	q := &selection{}
	from := q.from(desk.CaseQuery{Tenant: "noord", View: "team", Among: []string{"town:t0"}}, "team", false)
	var plan []string
	ok(t, s.engine.read(ctx, func(t *tx) (err error) {
		rows, err := t.run.query(ctx, `EXPLAIN QUERY PLAN SELECT id`+from, q.args...)
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
	if !slices.ContainsFunc(plan, func(s string) bool { return strings.Contains(s, "case_organisations_active") }) {
		t.Errorf("the plan is %q", plan)
	}
}
