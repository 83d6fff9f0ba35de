// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/loket/desk"
)

// D-65: every view and every count leaves out what is hidden from its reader, whatever is
// searched for and whatever limits them besides; not for others, and not after it was taken
// back. Control: asked without a reader the case is there.
func hiddenOnNoList(t *testing.T, s *Store) {
	open, closed, left := row(1), row(2), row(3)
	open.HandoverAt, open.DueAt, open.Relations = now, now.Add(-time.Hour), []string{"town:noord"}
	closed.Status, closed.DueAt, closed.Relations = "closed", time.Time{}, []string{"town:noord"}
	open.HiddenFrom, closed.HiddenFrom = []string{"p1", "p2"}, []string{"p1"}
	put(t, s, open, closed, left)
	q := desk.CaseQuery{Tenant: "noord", Person: "p1", Now: now, EndOfDay: now.Add(2 * time.Hour), Limit: 50}
	finds := func(q desk.CaseQuery) bool {
		counts := get(t, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })
		rows := get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) { return tx.Cases(ctx, q) })
		there := slices.ContainsFunc(rows, func(r desk.CaseRow) bool { return r.ID != left.ID })
		if counts[q.View] != len(rows) {
			t.Errorf("%+v: counts %d, lists %d", q, counts[q.View], len(rows))
		}
		return there
	}
	for view := range views {
		for _, search := range []string{"", "2026", "aanbieder"} {
			for _, among := range [][]string{nil, {"town:noord"}} {
				q.View, q.Search, q.Among = view, search, among
				for reader, want := range map[string]bool{"": true, "p1": false, "p3": true, "p2": view == "closed"} {
					if q.Reader = reader; finds(q) != want {
						t.Errorf("%s %q %v: %q finds it: %v", view, search, among, reader, !want)
					}
				}
			}
		}
	}
	ids := get(t, s, func(tx desk.Tx) ([]string, error) {
		found, err := tx.HiddenFrom(ctx, "noord", "p1")
		var out []string
		for _, id := range found {
			out = append(out, string(id))
		}
		slices.Sort(out)
		return out, err
	})
	if d := cmp.Diff([]string{string(open.ID), string(closed.ID)}, ids); d != "" {
		t.Error(d)
	}
	open.HiddenFrom = []string{} // taken back
	put(t, s, open)
	q.View, q.Search, q.Among, q.Reader = "team", "", nil, "p1"
	if !finds(q) {
		t.Error("shown again, and not there")
	}
	open.HiddenFrom = []string{"p1"}
	put(t, s, open)
	open.HiddenFrom = nil // who writes a row without knowing leaves it as it was
	put(t, s, open)
	if finds(q) {
		t.Error("a row without the list made the case appear")
	}
}

// S10: openings come back as they were, newest first, all or of one person; a review changes
// the line. What was on its way to somebody else is not held back.
func emergenciesListed(t *testing.T, s *Store) {
	line := func(n int, person string) desk.EmergencyRow {
		at := now.Add(time.Duration(n) * time.Minute)
		return desk.EmergencyRow{Case: "c1", Seq: n, Tenant: "noord", Number: "2026-0001", Person: person, Role: "r", Ground: "safety", Depth: "V5", At: at, Until: at.Add(time.Hour)}
	}
	first, second := line(1, "p1"), line(2, "p2")
	reviewed := first
	reviewed.ReviewedAt, reviewed.ReviewedBy, reviewed.Right = now.Add(time.Hour), "p9", true
	foreign := line(3, "p1")
	foreign.Tenant = "zuid"
	write(t, s, func(tx desk.Tx) error {
		for _, r := range []desk.EmergencyRow{first, second, foreign, reviewed} {
			if err := tx.PutEmergency(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	for person, want := range map[string][]desk.EmergencyRow{"": {second, reviewed}, "p1": {reviewed}, "p7": nil} {
		got := get(t, s, func(tx desk.Tx) ([]desk.EmergencyRow, error) { return tx.EmergencyRows(ctx, "noord", person, 10) })
		if d := cmp.Diff(want, got); d != "" && len(want)+len(got) > 0 {
			t.Errorf("%q: %s", person, d)
		}
	}
	kept := message(2)
	kept.Person, kept.To = "p2", "ander@example.org"
	write(t, s, func(tx desk.Tx) error { return tx.Enqueue(ctx, []desk.Message{message(1), kept}) })
	write(t, s, func(tx desk.Tx) error { return tx.HoldBack(ctx, "c", []string{"p1"}) })
	var due []desk.Message
	write(t, s, func(tx desk.Tx) (err error) {
		due, err = tx.Lease(ctx, now.Add(time.Hour), now.Add(2*time.Hour), 10)
		return err
	})
	if len(due) != 1 || due[0].ID != kept.ID {
		t.Errorf("to be sent: %+v", due)
	}
	write(t, s, func(tx desk.Tx) error { return tx.HoldBack(ctx, "c", []string{"*"}) })
	write(t, s, func(tx desk.Tx) (err error) {
		due, err = tx.Lease(ctx, now.Add(3*time.Hour), now.Add(4*time.Hour), 10)
		return err
	})
	for _, m := range due {
		if m.Case == "c" {
			t.Errorf("after everybody: %+v", m)
		}
	}
}
