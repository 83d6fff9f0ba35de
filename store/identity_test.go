// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"
	"time"

	"example.org/loket/desk"
)

// S11 S12: what may be done once is done once, on both engines. TestConformance runs these.

func checkLinks(t *testing.T, s *Store) {
	ctx := t.Context()
	l := desk.Link{Tenant: "oefening", Issuer: "https://login.example.org", Subject: "a1", Person: "p1", Made: now.Truncate(time.Microsecond)}
	add := func(l desk.Link) bool {
		t.Helper()
		added, err := s.AddLink(ctx, l)
		ok(t, err)
		return added
	}
	if !add(l) || !add(l) {
		t.Error("a link was not made, or not the second time")
	}
	other := l
	other.Person = "p2"
	if add(other) {
		t.Error("somebody took over a link")
	}
	if got, found, err := s.Link(ctx, "oefening", l.Issuer, "a1"); err != nil || !found || got != l {
		t.Errorf("have %+v, %v, %v", got, found, err)
	}
	for _, at := range [][3]string{{"elders", l.Issuer, "a1"}, {"oefening", "https://other.example.org", "a1"}, {"oefening", l.Issuer, "a2"}} {
		if _, found, err := s.Link(ctx, at[0], at[1], at[2]); found || err != nil {
			t.Errorf("%v is somebody: %v", at, err)
		}
	}
	if all, err := s.LinksOf(ctx, "oefening", "p1"); err != nil || len(all) != 1 {
		t.Errorf("%d links, %v", len(all), err)
	}
}

func checkTickets(t *testing.T, s *Store) {
	ctx := t.Context()
	put := func(id, kind string, expires time.Time) {
		t.Helper()
		ok(t, s.PutTicket(ctx, desk.Ticket{ID: []byte(id), Kind: kind, Tenant: "oefening", Person: "p1", Sealed: []byte("x"), Expires: expires}))
	}
	there := func(id string) bool {
		t.Helper()
		_, found, err := s.Ticket(ctx, []byte(id))
		ok(t, err)
		return found
	}
	put("one", "second", now.Add(time.Hour))
	put("old", "second", now)
	put("half", "second", now.Add(time.Hour))
	put("invited", "invitation", now.Add(time.Hour))
	ok(t, s.PurgeTickets(ctx, now))
	if there("old") || !there("one") {
		t.Error("purged the wrong ones")
	}
	for i, want := range []bool{true, false} {
		if used, err := s.UseTicket(ctx, []byte("one")); err != nil || used != want {
			t.Errorf("use %d: %v, %v", i, used, err)
		}
	}
	ok(t, s.EndSessions(ctx, "oefening", "p1"))
	if there("half") || !there("invited") {
		t.Error("half a login outlived the end of all sessions, or an invitation did not")
	}
	ok(t, s.EndInvitations(ctx, "elders", "p1"))
	ok(t, s.EndInvitations(ctx, "oefening", "p2"))
	if !there("invited") {
		t.Error("an invitation of somebody else ended")
	}
	ok(t, s.EndInvitations(ctx, "oefening", "p1"))
	if there("invited") {
		t.Error("an invitation outlived its end")
	}
}

func checkFactors(t *testing.T, s *Store) {
	ctx := t.Context()
	f := desk.Factor{Tenant: "oefening", Person: "p1", Key: "k", Sealed: []byte("s"), LastStep: 10, Made: now}
	ok(t, s.PutFactor(ctx, f, [][]byte{[]byte("a"), []byte("b")}))
	for _, c := range []struct {
		step int64
		want bool
	}{{10, false}, {12, true}, {12, false}, {11, false}, {13, true}} {
		if got, err := s.StepFactor(ctx, "oefening", "p1", c.step); err != nil || got != c.want {
			t.Errorf("step %d: %v, %v", c.step, got, err)
		}
	}
	for _, c := range []struct {
		person, hash string
		want         bool
	}{{"p2", "a", false}, {"p1", "a", true}, {"p1", "a", false}, {"p1", "c", false}} {
		if got, err := s.UseRecovery(ctx, "oefening", c.person, []byte(c.hash)); err != nil || got != c.want {
			t.Errorf("code %s of %s: %v, %v", c.hash, c.person, got, err)
		}
	}
	if n, err := s.RecoveryLeft(ctx, "oefening", "p1"); err != nil || n != 1 {
		t.Errorf("%d left, %v", n, err)
	}
	if got, found, err := s.Factor(ctx, "oefening", "p1"); err != nil || !found || got.LastStep != 13 || got.Key != "k" || !got.Made.Equal(now) {
		t.Errorf("have %+v, %v", got, err)
	}
	ok(t, s.EndFactor(ctx, "oefening", "p1"))
	if _, found, _ := s.Factor(ctx, "oefening", "p1"); found {
		t.Error("ended, and still there")
	}
	if n, _ := s.RecoveryLeft(ctx, "oefening", "p1"); n != 0 {
		t.Error("recovery codes outlived their factor")
	}
}

func checkOwnSessions(t *testing.T, s *Store) {
	ctx := t.Context()
	for i, id := range []string{"one", "two"} {
		ok(t, s.PutSession(ctx, desk.Session{ID: []byte(id), Tenant: "oefening", Person: "p1", Started: now, Seen: now.Add(time.Duration(i) * time.Minute), Provider: "broker", Strong: i == 1}))
	}
	all, err := s.SessionsOf(ctx, "oefening", "p1")
	if err != nil || len(all) != 2 || string(all[0].ID) != "two" || !all[0].Strong || all[1].Strong || all[0].Provider != "broker" {
		t.Errorf("have %+v, %v", all, err)
	}
	if all, err := s.SessionsOf(ctx, "elders", "p1"); err != nil || len(all) != 0 {
		t.Errorf("sessions of another tenant: %v, %v", all, err)
	}
	ok(t, s.PutAccount(ctx, desk.Account{Tenant: "oefening", Login: "mila", Person: "p1", Hash: "h", Blocked: true}))
	if all, err := s.AccountsOf(ctx, "oefening", "p1"); err != nil || len(all) != 1 || !all[0].Blocked {
		t.Errorf("accounts %+v, %v", all, err)
	}
	ok(t, s.PutPassword(ctx, desk.Account{Tenant: "oefening", Login: "mila", Person: "p1", Hash: "h2"}))
	if a, found, err := s.Account(ctx, "oefening", "mila"); err != nil || !found || a.Hash != "h2" || !a.Blocked {
		t.Errorf("another password: %+v, %v", a, err)
	}
	ok(t, s.PutPassword(ctx, desk.Account{Tenant: "oefening", Login: "daan", Person: "p2", Hash: "h"}))
	if a, found, err := s.Account(ctx, "oefening", "daan"); err != nil || !found || a.Blocked || a.Person != "p2" {
		t.Errorf("a first password: %+v, %v", a, err)
	}
}

func checkPasskeys(t *testing.T, s *Store) {
	ctx := t.Context()
	k := desk.Passkey{Tenant: "oefening", ID: []byte("k1"), Person: "p1", Title: "laptop", Credential: []byte("{}"), Made: now, Used: now}
	for i, want := range []bool{true, false} {
		if added, err := s.AddPasskey(ctx, k); err != nil || added != want {
			t.Errorf("add %d: %v, %v", i, added, err)
		}
	}
	k.Credential, k.Used = []byte(`{"n":1}`), now.Add(time.Hour)
	if there, err := s.UsePasskey(ctx, k); err != nil || !there {
		t.Errorf("use: %v, %v", there, err)
	}
	if got, found, err := s.Passkey(ctx, "oefening", k.ID); err != nil || !found || string(got.Credential) != `{"n":1}` || !got.Used.Equal(k.Used) || !got.Made.Equal(now) || got.Title != "laptop" {
		t.Errorf("have %+v, %v", got, err)
	}
	if _, found, _ := s.Passkey(ctx, "elders", k.ID); found {
		t.Error("a passkey of another tenant")
	}
	ok(t, s.EndPasskey(ctx, "oefening", "p2", k.ID))
	if all, err := s.PasskeysOf(ctx, "oefening", "p1"); err != nil || len(all) != 1 {
		t.Errorf("somebody else ended it: %v, %v", all, err)
	}
	ok(t, s.EndPasskeys(ctx, "oefening", "p1"))
	if there, err := s.UsePasskey(ctx, k); err != nil || there {
		t.Errorf("ended, and still used: %v", err)
	}
}
