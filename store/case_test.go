// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.org/loket"
	"example.org/loket/desk"
)

// R03: a key that came back finds the first answer and cannot replace it.
func firstResult(t *testing.T, s *Store) {
	write(t, s, func(tx desk.Tx) error { return tx.KeepResult(ctx, "noord|p1|k", []byte("first"), now) })
	err := s.Write(ctx, func(tx desk.Tx) error { return tx.KeepResult(ctx, "noord|p1|k", []byte("second"), now) })
	if loket.ErrorCode(err) != loket.Conflict {
		t.Fatalf("got %v, want a conflict", err)
	}
	for key, want := range map[string]string{"noord|p1|k": "first", "noord|p2|k": ""} {
		ok(t, s.Read(ctx, func(tx desk.Tx) error {
			value, found, err := tx.Result(ctx, key)
			if string(value) != want || found != (want != "") {
				t.Errorf("%s: %q %v", key, value, found)
			}
			return err
		}))
	}
}

func numbersWithoutGaps(t *testing.T, s *Store) {
	var mu sync.Mutex
	seen := map[int]bool{}
	together(8, func(i int) {
		for j := range 10 {
			var n int
			err := s.Write(ctx, func(tx desk.Tx) (err error) {
				if n, err = tx.NextNumber(ctx, "noord", 2026); err == nil && j == 5 {
					err = errMine
				}
				return err
			})
			if errors.Is(err, errMine) {
				continue
			}
			mu.Lock()
			if err != nil || seen[n] {
				t.Errorf("number %d: %v", n, err)
			}
			seen[n] = true
			mu.Unlock()
		}
	})
	for n := 1; n <= 72; n++ {
		if !seen[n] {
			t.Errorf("number %d was skipped", n)
		}
	}
	write(t, s, func(tx desk.Tx) error {
		for _, other := range []struct {
			tenant string
			year   int
		}{{"zuid", 2026}, {"noord", 2027}} {
			if n, err := tx.NextNumber(ctx, other.tenant, other.year); err != nil || n != 1 {
				t.Errorf("%v starts at %d: %v", other, n, err)
			}
		}
		return nil
	})
}

func caseComesBack(t *testing.T, s *Store) {
	for _, change := range []func(*desk.CaseRow){
		func(*desk.CaseRow) {},
		func(r *desk.CaseRow) {
			r.DueAt, r.HandoverAt, r.JoinedTo, r.CodeHash, r.Registered, r.Waiting = time.Time{}, time.Time{}, "", []byte{}, false, false
		},
		func(r *desk.CaseRow) {
			r.Number, r.Status, r.Assigned, r.HandoverAt, r.Version, r.More, r.Organisation = "2026-9999", "closed", "", now, 9, 0, "Bravo"
		},
	} {
		want := row(1)
		change(&want)
		write(t, s, func(tx desk.Tx) error { return tx.PutCase(ctx, want) })
		ok(t, s.Read(ctx, func(tx desk.Tx) error {
			got, found, err := tx.CaseRow(ctx, want.ID)
			if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); !found || d != "" {
				t.Errorf("by id: %v %s", found, d)
			}
			ok(t, err)
			got, found, err = tx.CaseByNumber(ctx, "noord", want.Number)
			if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); !found || d != "" {
				t.Errorf("by number: %v %s", found, d)
			}
			return err
		}))
	}
	twice := row(2)
	twice.Number = "2026-9999"
	if err := s.Write(ctx, func(tx desk.Tx) error { return tx.PutCase(ctx, twice) }); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("a number was given twice: %v", err)
	}
}

func put(t testing.TB, s *Store, rows ...desk.CaseRow) {
	t.Helper()
	write(t, s, func(tx desk.Tx) error {
		for _, r := range rows {
			if err := tx.PutCase(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// walk reads all pages of a view, doing between between them.
func walk(t testing.TB, s *Store, q desk.CaseQuery, between func()) (ids []loket.CaseID) {
	t.Helper()
	for {
		rows := get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) { return tx.Cases(ctx, q) })
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		if len(rows) < q.Limit {
			return ids
		}
		q.After = desk.Cursor(rows[len(rows)-1])
		between()
	}
}

// Pages hold while other cases come, go and close between them.
func stablePages(t *testing.T, s *Store) {
	for _, view := range []string{"team", "closed"} {
		var rows []desk.CaseRow
		for i := range 100 {
			r := row(i)
			r.ID, r.Number = loket.CaseID(view)+r.ID, view+r.Number
			if i%7 == 0 || view == "closed" {
				r.DueAt = time.Time{}
			}
			if view == "closed" {
				r.Status, r.UpdatedAt = "closed", now.Add(time.Duration(i/3)*time.Second)
			}
			rows = append(rows, r)
		}
		put(t, s, rows...)
		n := 0
		ids := walk(t, s, desk.CaseQuery{Tenant: "noord", View: view, Now: now, EndOfDay: now.Add(time.Hour), Limit: 7}, func() {
			early := row(1000 + n)
			early.ID, early.Number, early.DueAt, early.UpdatedAt = loket.CaseID(view)+early.ID, view+early.Number, now.Add(-time.Hour), now.Add(time.Hour)
			if early.Status = rows[0].Status; view == "closed" {
				early.DueAt = time.Time{}
			}
			put(t, s, early) // stands before every page that is still to come
			n++
		})
		seen := map[loket.CaseID]bool{}
		for _, id := range ids {
			if seen[id] {
				t.Errorf("%s: %s comes twice", view, id)
			}
			seen[id] = true
		}
		for _, r := range rows {
			if !seen[r.ID] {
				t.Errorf("%s: %s was skipped", view, r.ID)
			}
		}
	}
}

func viewsAndFilters(t *testing.T, s *Store) {
	base := func(n int, change func(*desk.CaseRow)) desk.CaseRow {
		r := row(n)
		r.DueAt, r.Assigned, r.Waiting, r.Laws, r.Kind, r.Organisation = now.Add(48*time.Hour), "", false, "wmo", "incident", "Delta"
		change(&r)
		return r
	}
	put(t, s,
		base(1, func(r *desk.CaseRow) { r.DueAt = now.Add(-time.Hour) }),
		base(2, func(r *desk.CaseRow) { r.DueAt = now.Add(time.Minute); r.Assigned = "p1" }),
		base(3, func(r *desk.CaseRow) { r.Waiting = true; r.Kind = "calamity" }),
		base(4, func(r *desk.CaseRow) { r.Status = "closed"; r.DueAt = time.Time{} }),
		base(5, func(r *desk.CaseRow) { r.Laws = "jeugdwet wmo"; r.Organisation = "Échte Zorg" }),
		base(6, func(r *desk.CaseRow) { r.Status = "ended"; r.Laws = "wm" }),
		base(7, func(r *desk.CaseRow) { r.Status = "proposed"; r.DueAt = time.Time{}; r.Assigned = "p2" }),
	)
	q := desk.CaseQuery{Tenant: "noord", Person: "p1", Now: now, EndOfDay: now.Add(2 * time.Hour), Limit: 50}
	for _, c := range []struct {
		say    string
		change func(*desk.CaseQuery)
		want   string
	}{
		{"team: all that is open, no due moment last", func(q *desk.CaseQuery) { q.View = "team" }, "1 2 3 5 7"},
		{"mine", func(q *desk.CaseQuery) { q.View = "mine" }, "2"},
		{"late", func(q *desk.CaseQuery) { q.View = "late" }, "1"},
		{"today", func(q *desk.CaseQuery) { q.View = "today" }, "1 2"},
		{"waiting", func(q *desk.CaseQuery) { q.View = "waiting" }, "3"},
		{"closed, newest first", func(q *desk.CaseQuery) { q.View = "closed" }, "6 4"},
		{"unknown view", func(q *desk.CaseQuery) { q.View = "everything" }, ""},
		{"kind", func(q *desk.CaseQuery) { q.View, q.Kind = "team", "calamity" }, "3"},
		{"law is a whole word", func(q *desk.CaseQuery) { q.View, q.Law = "closed", "wmo" }, "4"},
		{"law among others", func(q *desk.CaseQuery) { q.View, q.Law = "team", "jeugdwet" }, "5"},
		{"law takes no wildcard", func(q *desk.CaseQuery) { q.View, q.Law = "team", "w%" }, ""},
		{"organisation, any case", func(q *desk.CaseQuery) { q.View, q.Search = "team", "éCHTE" }, "5"},
		{"number", func(q *desk.CaseQuery) { q.View, q.Search = "team", " 2026-0007 " }, "7"},
		{"search takes no wildcard", func(q *desk.CaseQuery) { q.View, q.Search = "team", "%" }, ""},
	} {
		q := q
		c.change(&q)
		got := ""
		for _, r := range get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) { return tx.Cases(ctx, q) }) {
			got += fmt.Sprintf(" %d", int(r.ID[len(r.ID)-1]-'0'))
		}
		if got != "" {
			got = got[1:]
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.say, got, c.want)
		}
	}
	asked := q
	asked.View, asked.Search = "team", "2026-000"
	inAll := get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, asked) })
	if d := cmp.Diff(map[string]int{"team": 5, "mine": 1, "today": 2, "late": 1, "waiting": 1, "handover": 0, "closed": 2}, inAll); d != "" {
		t.Error("counts of a search that finds all: " + d)
	}
	ok(t, s.engine.read(ctx, func(t2 *tx) error { // whether a search finds few or many, it finds the same
		for _, word := range []string{"2026-000", "échte", "2026-0007", "aan", "niets"} {
			for view := range views {
				asked.View, asked.Search = view, word
				var found [2]string
				for i, few := range []bool{true, false} {
					query, args := casesQuery(asked, few, nil)
					scan := scanJob
					if view == "handover" {
						scan = scanCase
					}
					rows, err := list(ctx, t2, scan, query, args...)
					if err != nil {
						return err
					}
					for _, r := range rows {
						found[i] += string(r.ID) + " "
					}
				}
				if found[0] != found[1] {
					t.Errorf("%s in %s: few %q, many %q", word, view, found[0], found[1])
				}
			}
		}
		return nil
	}))
	counts := get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })
	if d := cmp.Diff(map[string]int{"team": 5, "mine": 1, "today": 2, "late": 1, "waiting": 1, "handover": 0, "closed": 2}, counts); d != "" {
		t.Error(d)
	}
}

// Counting stops at CountMost; what is late and what is for today are counted along the
// team's list and must not lose by it. The control is one late case less.
func countsStop(t *testing.T, s *Store) {
	const late, today, later = 3, CountMost - 2, 9 // of each, in order of moment
	var rows []desk.CaseRow
	for n := range late + today + later {
		r := row(n)
		r.Waiting, r.Assigned, r.DueAt = false, "", now.Add(-time.Hour)
		if n >= late {
			r.DueAt = now.Add(time.Hour)
		}
		if n >= late+today {
			r.DueAt = now.Add(100 * time.Hour)
		}
		rows = append(rows, r)
	}
	put(t, s, rows...)
	counts := func() map[string]int {
		q := desk.CaseQuery{Tenant: "noord", Person: "p1", Now: now, EndOfDay: now.Add(2 * time.Hour)}
		return get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })
	}
	if d := cmp.Diff(map[string]int{"team": CountMost, "mine": 0, "today": CountMost, "late": late, "waiting": 0, "handover": 0, "closed": 0}, counts()); d != "" {
		t.Error(d)
	}
	rows[0].Status, rows[0].DueAt = "ended", time.Time{}
	rows[1].Status, rows[1].DueAt = "ended", time.Time{}
	put(t, s, rows[:2]...)
	if d := cmp.Diff(map[string]int{"team": CountMost, "mine": 0, "today": CountMost - 1, "late": late - 2, "waiting": 0, "handover": 0, "closed": 2}, counts()); d != "" {
		t.Error(d)
	}
}

// A line holds what the worklist shows; keys and figures stay where they are, but for the
// cases that were handed over, whose notes are opened.
func linesOfTheWorklist(t *testing.T, s *Store) {
	want := row(1)
	want.HandoverAt = now
	put(t, s, want)
	view := func(name string) desk.CaseRow {
		rows := get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) {
			return tx.Cases(ctx, desk.CaseQuery{Tenant: "noord", View: name, Now: now, EndOfDay: now, Limit: 5})
		})
		if len(rows) != 1 {
			t.Fatalf("%s has %d cases", name, len(rows))
		}
		return rows[0]
	}
	if d := cmp.Diff(want, view("handover")); d != "" {
		t.Error(d)
	}
	want.Year, want.Registered, want.Key, want.CodeHash, want.Version, want.UpdatedAt, want.JoinedTo, want.Columns = 0, false, "", nil, 0, time.Time{}, "", ""
	if d := cmp.Diff(want, view("team")); d != "" {
		t.Error(d)
	}
}

// S03: the same question for another tenant gives nothing.
func tenantsApart(t *testing.T, s *Store) {
	put(t, s, row(1))
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.PutIndex(ctx, "case00001", "noord", []desk.IndexRow{{Fact: "f", Hash: []byte("h")}}))
		ok(t, tx.PutDisclosure(ctx, desk.DisclosureRow{Case: "case00001", Tenant: "noord", Product: "x", Person: "p1", At: now}))
		ok(t, tx.PutPerson(ctx, desk.Person{Tenant: "noord", ID: "p1"}))
		return tx.Enqueue(ctx, []desk.Message{message(1)})
	})
	found := func(tenant string) (n int) {
		ok(t, s.Read(ctx, func(tx desk.Tx) error {
			cases, err := tx.Cases(ctx, desk.CaseQuery{Tenant: tenant, View: "team", Limit: 9})
			ok(t, err)
			_, number, err := tx.CaseByNumber(ctx, tenant, "2026-0001")
			ok(t, err)
			index, err := tx.FindIndex(ctx, tenant, []desk.IndexLook{{Hash: []byte("h")}})
			ok(t, err)
			told, err := tx.Disclosures(ctx, tenant, "p1", 9)
			ok(t, err)
			people, err := tx.People(ctx, tenant)
			ok(t, err)
			sent, err := tx.Messages(ctx, tenant, 9)
			ok(t, err)
			n = len(cases) + len(index) + len(told) + len(people) + len(sent)
			if number {
				n++
			}
			return tx.RegisterRows(ctx, tenant, 2026, func(desk.CaseRow) error { n++; return nil })
		}))
		return n
	}
	if a, b := found("noord"), found("zuid"); a != 7 || b != 0 {
		t.Errorf("noord sees %d of 7, zuid sees %d", a, b)
	}
}

// R-R-74: the register is in order of year and number, also past 9999. Control: as text 2026-10000
// comes before 2026-9999, and the number of an earlier year is longer.
func registerInOrder(t *testing.T, s *Store) {
	for _, n := range []int{10000, 5, 9999, 1, 3} {
		put(t, s, row(n))
	}
	before := row(12345)
	before.Number = "2025-12345" // counted in 2026, the year of its incident (D-69)
	put(t, s, before)
	out := row(2)
	out.Registered = false
	other := row(4)
	other.Year = 2025
	put(t, s, out, other)
	var got []string
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		return tx.RegisterRows(ctx, "noord", 2026, func(r desk.CaseRow) error { got = append(got, r.Number); return nil })
	}))
	if d := cmp.Diff([]string{"2025-12345", "2026-0001", "2026-0003", "2026-0005", "2026-9999", "2026-10000"}, got); d != "" {
		t.Error(d)
	}
}

// design §4: the newest cases are those with the highest number of the newest year, also when
// a number has five digits; what was destroyed is not among them. Control: as text, 9999 is
// the highest.
func newestPast9999(t *testing.T, s *Store) {
	put(t, s, row(9998), row(9999), row(10000), row(10001), row(10002))
	earlier, gone := row(3), row(10002)
	earlier.ID, earlier.Number, earlier.Year = "earlier", "2025-10003", 2025
	gone.Status = "destroyed"
	put(t, s, earlier, gone)
	write(t, s, func(u desk.Tx) error {
		_, err := u.(*tx).run.exec(ctx, `INSERT INTO numbers (tenant, year, last) VALUES ($1, 2025, 10003), ($1, 2026, 10002)`, "noord")
		return err
	})
	want := []string{"2026-10001", "2026-10000", "2026-9999", "2026-9998", "2025-10003"}
	var got []string
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		rows, err := tx.NewestCases(ctx, "noord", 9)
		for _, r := range rows {
			got = append(got, r.Number)
		}
		return err
	}))
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if slices.Sort(got); got[len(got)-1] != "2026-9999" {
		t.Error("control: as text the highest number is not 9999")
	}
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		rows, err := tx.NewestCases(ctx, "noord", 3)
		if err == nil && (len(rows) != 3 || rows[2].Number != "2026-9999") {
			t.Errorf("a limit of three gives %d cases", len(rows))
		}
		return err
	}))
}

// DT-22: a case that goes on in another one is no work, an open one is; both are found.
func TestActive(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]bool{"open": true, "proposed": true, "joined": false, "closed": false, "ended": false, "destroyed": false} {
		if got := active(desk.CaseRow{Status: status}); got != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}

// SM-11: what an organisation adopted stays when its settings change, and nothing of others.
func adoptedStays(t *testing.T, s *Store) {
	adopted := []desk.Adoption{{Protocol: "p", Version: "2.0", On: "2026-09-01", From: "2026-10-01"}}
	write(t, s, func(tx desk.Tx) error {
		for _, id := range []string{"noord", "zuid"} {
			if err := tx.PutTenant(ctx, desk.Tenant{ID: id, Name: id, Kind: "municipality", Protocol: "p"}); err != nil {
				return err
			}
		}
		return tx.PutAdopted(ctx, "noord", adopted)
	})
	write(t, s, func(tx desk.Tx) error {
		return tx.PutTenant(ctx, desk.Tenant{ID: "noord", Name: "Noord aan zee", Kind: "municipality", Protocol: "p"})
	})
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		all, err := tx.Tenants(ctx)
		for _, x := range all {
			want := map[string][]desk.Adoption{"noord": adopted}[x.ID]
			if d := cmp.Diff(want, x.Adopted); d != "" && (x.ID == "noord" || x.ID == "zuid") {
				t.Errorf("%s: %s", x.ID, d)
			}
		}
		return err
	}))
}
