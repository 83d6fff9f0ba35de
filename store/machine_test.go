// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/loket/desk"
)

// S04: a key of a machine comes back as it was kept, of its own desk only, and stays ended
// when its use is noted late. TestConformance runs this on both engines.
func checkMachines(t *testing.T, s *Store) {
	ctx := t.Context()
	m := desk.Machine{Tenant: "oefening", ID: "k1", Title: "Cliëntsysteem", Organisation: "Alfa", Scopes: []string{"report"}, Hash: []byte("hash"), Made: now, By: "p1", Expires: now.Add(time.Hour)}
	later := m
	later.ID, later.Made, later.Scopes = "k2", now.Add(time.Minute), []string{"report", "register"}
	ok(t, s.Write(ctx, func(tx desk.Tx) error { ok(t, tx.PutMachine(ctx, m)); return tx.PutMachine(ctx, later) }))
	m.Ended = now.Add(2 * time.Minute)
	ok(t, s.Write(ctx, func(tx desk.Tx) error {
		ok(t, tx.PutMachine(ctx, m))
		return tx.UseMachine(ctx, "oefening", "k1", now.Add(3*time.Minute))
	}))
	m.Used = now.Add(3 * time.Minute)
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		got, found, err := tx.Machine(ctx, "oefening", "k1")
		if diff := cmp.Diff(m, got); err != nil || !found || diff != "" {
			t.Errorf("%v %v: %s", found, err, diff)
		}
		if _, found, _ := tx.Machine(ctx, "elders", "k1"); found {
			t.Error("a key of another desk")
		}
		all, err := tx.MachinesOf(ctx, "oefening")
		if err != nil || len(all) != 2 || all[0].ID != "k2" || len(all[0].Scopes) != 2 || !all[0].Used.IsZero() {
			t.Errorf("have %+v, %v", all, err)
		}
		return nil
	}))
}
