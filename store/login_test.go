// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"
	"time"

	"example.org/loket/desk"
)

// S11 S04: accounts, sessions and drafts come back as they were put, and what ended or
// expired is gone. TestConformance runs these on both engines.

func checkAccounts(t *testing.T, s *Store) {
	ctx := t.Context()
	a := desk.Account{Tenant: "oefening", Login: "mila", Person: "p1", Hash: "$argon2id$"}
	for _, blocked := range []bool{false, true} {
		a.Blocked = blocked
		if err := s.PutAccount(ctx, a); err != nil {
			t.Fatal(err)
		}
		if got, found, err := s.Account(ctx, "oefening", "mila"); err != nil || !found || got != a {
			t.Errorf("have %+v, %v, %v", got, found, err)
		}
	}
	if _, found, err := s.Account(ctx, "elders", "mila"); found || err != nil {
		t.Errorf("another tenant's account: %v, %v", found, err)
	}
}

func checkSessions(t *testing.T, s *Store) {
	ctx, now := t.Context(), time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)
	put := func(id, person string, started, seen time.Time) {
		t.Helper()
		if err := s.PutSession(ctx, desk.Session{ID: []byte(id), Tenant: "oefening", Person: person, Started: started, Seen: seen}); err != nil {
			t.Fatal(err)
		}
	}
	there := func(id string) bool {
		t.Helper()
		_, found, err := s.Session(ctx, []byte(id))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	put("old", "p1", now.Add(-13*time.Hour), now)
	put("idle", "p1", now.Add(-time.Hour), now.Add(-time.Hour))
	put("good", "p1", now, now)
	put("other", "p2", now, now)
	if err := s.TouchSession(ctx, []byte("good"), now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := s.Session(ctx, []byte("good")); !got.Seen.Equal(now.Add(time.Minute)) || !got.Started.Equal(now) || got.Person != "p1" {
		t.Errorf("have %+v", got)
	}
	if err := s.PurgeSessions(ctx, now.Add(-12*time.Hour), now.Add(-30*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if there("old") || there("idle") || !there("good") {
		t.Error("purged the wrong ones")
	}
	if err := s.EndSessions(ctx, "oefening", "p1"); err != nil {
		t.Fatal(err)
	}
	if err := s.TouchSession(ctx, []byte("good"), now); err != nil || there("good") {
		t.Error("an ended session came back")
	}
	if !there("other") {
		t.Error("somebody else was logged out")
	}
	if err := s.EndSession(ctx, []byte("other")); err != nil || there("other") {
		t.Error("logged out, and still there")
	}
}

func checkDrafts(t *testing.T, s *Store) {
	ctx, now := t.Context(), time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)
	for _, sealed := range []string{"one", "two"} {
		if err := s.PutDraft(ctx, desk.Draft{ID: []byte("d"), Sealed: []byte(sealed), Expires: now}); err != nil {
			t.Fatal(err)
		}
	}
	if d, found, err := s.Draft(ctx, []byte("d")); err != nil || !found || string(d.Sealed) != "two" || !d.Expires.Equal(now) {
		t.Errorf("have %+v, %v, %v", d, found, err)
	}
	if n, err := s.DraftBytes(ctx); err != nil || n != 128+int64(len("two")) {
		t.Errorf("%d bytes, %v", n, err)
	}
	if err := s.PurgeDrafts(ctx, now.Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := s.Draft(ctx, []byte("d")); !found {
		t.Error("purged too early")
	}
	if err := s.PurgeDrafts(ctx, now); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := s.Draft(ctx, []byte("d")); found {
		t.Error("expired, and still there")
	}
	if err := s.DeleteDraft(ctx, []byte("nothing")); err != nil {
		t.Error(err)
	}
}
