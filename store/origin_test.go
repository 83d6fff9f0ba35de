// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/loket"
	"example.org/loket/desk"
)

// BIO2 8.15.01: what a mark stands for is kept once, touched, found by age and forgotten; one
// organisation's mark is nothing to another. TestConformance runs these on both engines.
func checkOrigins(t *testing.T, s *Store) {
	ctx := t.Context()
	at := now.Truncate(time.Microsecond)
	o := desk.Origin{Tenant: "noord", Mark: "abc", Key: "k", Sealed: []byte("sealed"), First: at, Last: at}
	for _, want := range []bool{true, false} {
		if added, err := s.AddOrigin(ctx, o); err != nil || added != want {
			t.Fatalf("added %v, %v", added, err)
		}
	}
	o.Last = at.Add(time.Hour)
	for mark, want := range map[string]bool{"abc": true, "other": false} {
		if there, err := s.TouchOrigin(ctx, "noord", mark, o.Last); err != nil || there != want {
			t.Errorf("%s touched %v, %v", mark, there, err)
		}
	}
	find := func(tenant string) (got desk.Origin, found bool) {
		ok(t, s.Read(ctx, func(tx desk.Tx) (err error) {
			got, found, err = tx.Origin(ctx, tenant, "abc")
			return err
		}))
		return got, found
	}
	if got, found := find("noord"); !found || cmp.Diff(o, got) != "" {
		t.Errorf("kept %+v", got)
	}
	if _, found := find("zuid"); found {
		t.Error("another organisation finds it")
	}
	for before, want := range map[time.Time]int{o.Last: 0, o.Last.Add(time.Second): 1} {
		if old, err := s.OldOrigins(ctx, before, 10); err != nil || len(old) != want {
			t.Errorf("%d old ones before %s, %v", len(old), before, err)
		}
	}
	ok(t, s.DropOrigin(ctx, "noord", "abc"))
	if _, found := find("noord"); found {
		t.Error("it is still there")
	}
}

// BIO2 8.15.01: entries of who made the request carry its mark, those of others made in the
// same go do not, and the log still holds. Control: an entry that lost its mark is found.
func checkVia(t *testing.T, s *Store) {
	here := desk.CameFrom(ctx, "noord", "p1", "login.place")
	write(t, s, func(tx desk.Tx) error {
		for _, e := range []desk.LedgerEntry{{Tenant: "noord", Actor: "p1"}, {Tenant: "noord", Actor: "system"}, {Tenant: "zuid", Actor: "p1"}, {Tenant: "noord", Actor: "p1", Via: "own"}} {
			e.At, e.Case, e.Action, e.Outcome = now, "via", "login", "done"
			if err := tx.Ledger(here, e); err != nil {
				return err
			}
		}
		return nil
	})
	var got []string
	for _, e := range get(t, s, func(tx desk.Tx) ([]desk.LedgerEntry, error) { return tx.LedgerOf(ctx, "via") }) {
		got = append(got, e.Via)
	}
	if d := cmp.Diff([]string{"login.place", "", "", "own"}, got); d != "" {
		t.Error(d)
	}
	if last, err := s.LastFrom(ctx, "noord"); err != nil || last["p1"] != "own" {
		t.Errorf("came in last from %q, %v", last, err)
	}
	for _, c := range []struct {
		person string
		from   time.Duration
		want   int
	}{{"", 0, 3}, {"p1", 0, 2}, {"nobody", 0, 0}, {"", time.Second, 0}} {
		if all, err := s.LedgerBetween(ctx, "noord", c.person, now.Add(c.from), now.Add(time.Hour)); err != nil || entriesOf(all, "via") != c.want {
			t.Errorf("%+v: %d entries, %v", c, entriesOf(all, "via"), err)
		}
	}
	if report, err := s.VerifyLedger(ctx); err != nil || !report.OK() {
		t.Fatalf("%v, %v", report, err)
	}
	ok(t, s.change(ctx, `UPDATE ledger SET via = '' WHERE via = 'login.place'`))
	if report, err := s.VerifyLedger(ctx); err != nil || report.OK() {
		t.Errorf("control: a lost mark was not found: %v, %v", report, err)
	}
}

// entriesOf is how many entries are about a case.
func entriesOf(all []desk.LedgerEntry, about loket.CaseID) (n int) {
	for _, e := range all {
		if e.Case == about {
			n++
		}
	}
	return n
}

// OpenID Connect Back-Channel Logout: sessions by what the provider calls them, people by
// subject, a token once, and half logins.
func checkProviderLogout(t *testing.T, s *Store) {
	ctx := t.Context()
	for id, name := range map[string]string{"one": "n1", "two": "n2", "password": ""} {
		session := desk.Session{ID: []byte(id), Tenant: "noord", Person: "p1", Started: now, Seen: now, ProviderSession: name}
		if name != "" {
			session.Provider = "huis"
		}
		ok(t, s.PutSession(ctx, session))
	}
	if got, err := s.SessionsAt(ctx, "huis", "n1"); err != nil || len(got) != 1 || string(got[0].ID) != "one" || got[0].ProviderSession != "n1" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := s.SessionsAt(ctx, "", ""); err != nil || len(got) != 0 {
		t.Errorf("sessions of no provider: %+v, %v", got, err)
	}
	for _, tenant := range []string{"noord", "zuid"} {
		_, err := s.AddLink(ctx, desk.Link{Tenant: tenant, Issuer: "https://i.example.org", Subject: "x9", Person: "p1", Made: now})
		ok(t, err)
	}
	if got, err := s.LinksAt(ctx, "https://i.example.org", "x9"); err != nil || len(got) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	k := desk.Ticket{ID: []byte("jti"), Kind: "logout", Tenant: "noord", Expires: now}
	for _, want := range []bool{true, false} {
		if fresh, err := s.AddTicket(ctx, k); err != nil || fresh != want {
			t.Errorf("fresh %v, %v", fresh, err)
		}
	}
	ok(t, s.PutTicket(ctx, desk.Ticket{ID: []byte("h"), Kind: "second", Tenant: "noord", Person: "p1", Expires: now}))
	ok(t, s.EndHalfLogins(ctx, "noord", "p1"))
	if _, there, _ := s.Ticket(ctx, []byte("h")); there {
		t.Error("a half login is still there")
	}
}

// What an organisation chose for its way in and its privacy statement is kept.
func checkSettings(t *testing.T, s *Store) {
	write(t, s, func(tx desk.Tx) error {
		if err := tx.PutTenant(ctx, desk.Tenant{ID: "keuze", Name: "Keuze", Kind: "municipality", Protocol: "p", Privacy: "https://a.example.org"}); err != nil {
			return err
		}
		return tx.PutSettings(ctx, "keuze", desk.Settings{Privacy: "https://b.example.org", SecondFactor: "all"})
	})
	for _, x := range get(t, s, func(tx desk.Tx) ([]desk.Tenant, error) { return tx.Tenants(ctx) }) {
		if x.ID == "keuze" && (x.Privacy != "https://b.example.org" || x.SecondFactor != "all") {
			t.Errorf("kept %+v", x)
		}
	}
}
