// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
	"example.org/loket/store"
)

// follows is how many requests follow a withdrawal.
const follows = 1000

// storm asks at eight places at once, before and after something is withdrawn: ask tells whether
// it was let in. It gives how many got in before, and of the requests that began afterwards.
func storm(t *testing.T, ask func() bool, withdraw func() error) (before, after int64) {
	t.Helper()
	var group sync.WaitGroup
	var gone atomic.Bool
	var first, second, tried, left atomic.Int64
	left.Store(follows)
	ready := make(chan struct{})
	for range 8 {
		group.Go(func() {
			for left.Load() > 0 {
				late := gone.Load() // before the request: it began after the withdrawal was done
				in := ask()
				switch {
				case !late:
					if in {
						first.Add(1)
					}
					if tried.Add(1) == 200 {
						close(ready)
					}
				case late && left.Add(-1) >= 0 && in:
					second.Add(1)
				}
			}
		})
	}
	<-ready
	if err := withdraw(); err != nil {
		t.Error(err)
	}
	gone.Store(true)
	group.Wait()
	return first.Load(), second.Load()
}

// S04, ASVS 8.3.2: of a thousand requests that begin after a right was withdrawn none succeeds,
// while others were on their way: a role, a session, sight of one case, an account, a key of a
// machine. The withdrawal comes from another program at the same database, as from another node.
// Control: of those before it nearly all were let in.
func TestWithdrawnUnderLoad(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	other, err := store.Open(context.Background(), w.folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	officer := roleWith(w.told, "work", "close", "record")
	person := desk.Person{ID: "p-tijdelijk", Tenant: north, Name: "Bram Nepnaam", Email: "bram@example.org", Roles: []string{officer}}
	put := func(p desk.Person) error {
		return other.Write(t.Context(), func(tx desk.Tx) error { return tx.PutPerson(t.Context(), p) })
	}
	if err := put(person); err != nil {
		t.Fatal(err)
	}
	id := w.reported(north)
	boss := loket.Actor{ID: "p-baas", Role: officer, Roles: []string{roleWith(w.told, "shield"), officer}, Tenant: north}
	keeper := loket.Actor{ID: "p-baas", Role: "configure", Roles: []string{roleWith(w.told, "configure")}, Tenant: north}
	made, token, err := w.desk.MakeMachine(t.Context(), keeper, desk.Machine{Title: "Proef", Scopes: []string{desk.ScopeRegister}, Expires: siteNow.AddDate(0, 1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	page := func(path string) func() bool {
		b := w.person(person.ID, north)
		return func() bool {
			once := visitor.Browser{Transport: b.Transport, Host: b.Host, Cookies: map[string]string{"loket-sessie": b.Cookies["loket-sessie"]}}
			got, err := once.Once(http.MethodGet, path, "")
			return err == nil && got.Status == http.StatusOK
		}
	}
	for _, c := range []struct {
		name     string
		ask      func() bool
		withdraw func() error
	}{
		{"sight of one case", page("/zaak/" + id), func() error {
			_, err := w.desk.Do(t.Context(), boss, loket.CaseID(id), desk.Change{Want: loket.CaseHidden{People: []string{person.ID}, Reason: "bekende van het gezin"}})
			return err
		}},
		{"a role", page("/werklijst"), func() error { none := person; none.Roles = []string{roleWith(w.told, "configure")}; return put(none) }},
		{"an account", page("/account"), func() error { none := person; none.Roles = nil; return put(none) }},
		{"a session", func() func() bool { _ = put(person); return page("/werklijst") }(), func() error { return other.EndSessions(t.Context(), north, person.ID) }},
		{"a key of a machine", func() bool { _, err := w.desk.MachineActor(t.Context(), north, token); return err == nil }, func() error { return w.desk.EndMachine(t.Context(), keeper, made.ID) }},
	} {
		if err := put(person); err != nil {
			t.Fatal(err)
		}
		before, after := storm(t, c.ask, c.withdraw)
		if after != 0 || before < 150 {
			t.Errorf("%s: %d of %d succeed after it was withdrawn; control: %d before", c.name, after, follows, before)
		}
		t.Logf("%s: %d before, %d of %d after", c.name, before, after, follows)
	}
}
