// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/loket/desk"
)

// R-I-22: a feed is taken by one node, comes back when its lease ends, is due again when the
// keywords change, and not at all when its line ended.
func checkFeeds(t *testing.T, s *Store) {
	f := desk.Feed{Tenant: "noord", ID: "f1", Address: "https://krant.example.org/feed", DueAt: now, ETag: `"v1"`, Modified: "gisteren"}
	ended, later := f, f
	ended.ID, ended.Ends = "f2", now
	later.ID, later.DueAt = "f3", now.Add(time.Hour)
	write(t, s, func(tx desk.Tx) error {
		for _, one := range []desk.Feed{f, ended, later} {
			if err := tx.PutFeed(ctx, one); err != nil {
				return err
			}
		}
		return nil
	})
	lease := func(at time.Time) (out []desk.Feed) {
		write(t, s, func(tx desk.Tx) (err error) {
			out, err = tx.LeaseFeeds(ctx, at, at.Add(5*time.Minute), 4)
			return err
		})
		return out
	}
	taken := f
	taken.Attempts = 1
	if d := cmp.Diff([]desk.Feed{taken}, lease(now)); d != "" {
		t.Fatal(d)
	}
	if again := lease(now.Add(time.Minute)); len(again) != 0 {
		t.Errorf("taken twice: %v", again)
	}
	if again := lease(now.Add(6 * time.Minute)); len(again) != 1 || again[0].Attempts != 2 {
		t.Errorf("after the lease: %v", again)
	}
	done := taken
	done.Attempts, done.DueAt, done.Fetched, done.Trouble, done.ETag = 0, now.Add(15*time.Minute), now, "slow", `"v2"`
	moved := done
	moved.Address = "https://elders.example.org/"
	write(t, s, func(tx desk.Tx) error { return tx.FeedDone(ctx, moved) }) // the address changed meanwhile
	if got := get(t, s, func(tx desk.Tx) ([]desk.Feed, error) { return tx.Feeds(ctx, "noord") }); got[0].ETag != `"v1"` {
		t.Errorf("a look at an old address counts: %+v", got[0])
	}
	write(t, s, func(tx desk.Tx) error { return tx.FeedDone(ctx, done) })
	if d := cmp.Diff([]desk.Feed{done, ended, later}, get(t, s, func(tx desk.Tx) ([]desk.Feed, error) { return tx.Feeds(ctx, "noord") })); d != "" {
		t.Error(d)
	}
	write(t, s, func(tx desk.Tx) error { return tx.FeedsAnew(ctx, "noord", now.Add(-time.Second)) })
	if fresh := lease(now.Add(-time.Millisecond)); len(fresh) != 3 || fresh[0].ETag != "" || fresh[0].Modified != "" {
		t.Errorf("new keywords: %+v", fresh)
	}
	if other := get(t, s, func(tx desk.Tx) ([]desk.Feed, error) { return tx.Feeds(ctx, "zuid") }); len(other) != 0 {
		t.Errorf("another tenant: %v", other)
	}
}

// R-I-22: an article comes once, whoever finds it again; one person moves it; it goes when no
// feed had it for a while, with its key once nothing is sealed with that any more.
func checkMedia(t *testing.T, s *Store) {
	item := func(id, mark, key string, seen time.Time) desk.MediaItem {
		return desk.MediaItem{Tenant: "noord", ID: id, Mark: []byte(mark), Feed: "f1", State: desk.MediaNew, Key: key, Sealed: []byte("sealed " + id), FoundAt: now, SeenAt: seen}
	}
	put := func(items ...desk.MediaItem) {
		write(t, s, func(tx desk.Tx) error { return tx.PutMedia(ctx, items) })
	}
	list := func(tenant, state, after string) []desk.MediaItem {
		return get(t, s, func(tx desk.Tx) ([]desk.MediaItem, error) { return tx.Media(ctx, tenant, state, after, 2) })
	}
	a, b, c := item("a", "\x00\xff1", "k1", now), item("b", "2", "k1", now), item("c", "3", "k2", now)
	put(a, b, c)
	again, unsealed := item("z", "\x00\xff1", "k9", now.Add(time.Hour)), b
	unsealed.Sealed, unsealed.SeenAt = nil, now.Add(2*time.Hour)
	put(again, unsealed)
	a.SeenAt, b.SeenAt = now.Add(time.Hour), now.Add(2*time.Hour)
	if d := cmp.Diff([]desk.MediaItem{c, b}, list("noord", desk.MediaNew, "")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]desk.MediaItem{a}, list("noord", desk.MediaNew, "b")); d != "" {
		t.Error(d)
	}
	if len(list("zuid", desk.MediaNew, "")) != 0 {
		t.Error("another tenant sees an article")
	}
	known := get(t, s, func(tx desk.Tx) (map[string]bool, error) {
		return tx.KnownMedia(ctx, "noord", [][]byte{a.Mark, []byte("nieuw"), c.Mark})
	})
	if len(known) != 2 || !known[string(a.Mark)] || known["nieuw"] {
		t.Errorf("known: %v", known)
	}
	b.State, b.Case, b.By = desk.MediaLinked, "zaak", "p1"
	var first, second bool
	write(t, s, func(tx desk.Tx) (err error) { first, err = tx.SetMedia(ctx, b, desk.MediaNew); return err })
	write(t, s, func(tx desk.Tx) (err error) { second, err = tx.SetMedia(ctx, b, desk.MediaNew); return err })
	if !first || second {
		t.Errorf("moved %v, and again %v", first, second)
	}
	if n := get(t, s, func(tx desk.Tx) (int, error) { return tx.CountMedia(ctx, "noord", desk.MediaNew) }); n != 2 {
		t.Errorf("%d new", n)
	}
	drop := func(before time.Time) (keys []string) {
		write(t, s, func(tx desk.Tx) (err error) { keys, err = tx.DropMedia(ctx, before, 9); return err })
		return keys
	}
	if keys := drop(now.Add(90 * time.Minute)); !slices.Equal(keys, []string{"k2"}) { // a and c go, b keeps k1
		t.Errorf("keys that nothing needs: %v", keys)
	}
	if keys := drop(now.Add(3 * time.Hour)); !slices.Equal(keys, []string{"k1"}) {
		t.Errorf("the last one gone: %v", keys)
	}
	if _, found, err := func() (desk.MediaItem, bool, error) {
		var i desk.MediaItem
		var found bool
		err := s.Read(ctx, func(tx desk.Tx) (err error) { i, found, err = tx.MediaItem(ctx, "noord", "a"); return err })
		return i, found, err
	}(); found || err != nil {
		t.Errorf("still there: %v", err)
	}
}

// The room lists only its own kinds; no kind is no case.
func checkKinds(t *testing.T, s *Store) {
	press, other, third := row(1), row(2), row(3)
	press.Kind, other.Kind, third.Kind = "press", "calamity", "version"
	write(t, s, func(tx desk.Tx) error {
		for _, r := range []desk.CaseRow{press, other, third} {
			if err := tx.PutCase(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct {
		kinds []string
		want  int
	}{{nil, 3}, {[]string{}, 0}, {[]string{"press"}, 1}, {[]string{"press", "version"}, 2}, {[]string{"nergens"}, 0}} {
		got := get(t, s, func(tx desk.Tx) ([]desk.CaseRow, error) {
			return tx.Cases(ctx, desk.CaseQuery{Tenant: "noord", View: "team", Kinds: c.kinds, Now: now, EndOfDay: now, Limit: 9})
		})
		if len(got) != c.want {
			t.Errorf("%v: %d cases, want %d", c.kinds, len(got), c.want)
		}
	}
}

// The room asks for the newest of a million closed cases by their own index, and the monitor
// for feeds that are due; the controls drop the index.
func TestPressRoomReadsItsOwnRows(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	page, args := casesQuery(desk.CaseQuery{Tenant: "noord", View: "closed", Kinds: []string{"press"}, Now: now, EndOfDay: now, Limit: 10}, false, nil)
	for index, asked := range map[string]struct {
		query string
		args  []any
	}{
		"cases_closed_kind": {page, args},
		"feeds_due":         {`SELECT tenant, id FROM feeds WHERE due_at <= $1 AND lease_until <= $1 AND ends > $1 ORDER BY due_at, tenant, id LIMIT $2 + 0`, []any{micros(now), 4}},
		"media_state":       {`SELECT id FROM media WHERE tenant = $1 AND state = $2 ORDER BY id DESC LIMIT $3 + 0`, []any{"noord", "new", 51}},
		"media_seen":        {`SELECT tenant, id FROM media WHERE seen_at < $1 ORDER BY seen_at LIMIT $2 + 0`, []any{micros(now), 50}},
	} {
		if plan := planOf(t, s, asked.query, asked.args...); !bounded(plan, index) {
			t.Errorf("%s: the plan is %q", index, plan)
		}
		ok(t, statement(s, `DROP INDEX `+index))
		if plan := planOf(t, s, asked.query, asked.args...); bounded(plan, index) {
			t.Errorf("without %s the plan is %q: this test sees nothing", index, plan)
		}
	}
}
