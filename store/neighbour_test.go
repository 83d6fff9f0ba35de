// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/loket"
	"example.org/loket/desk"
)

// D-60, DT-17: what two organisations said comes back as it was, from either case; as long as it
// waits for an answer it is open for both, and of two answers the second gets a conflict.
func checkNeighbours(t *testing.T, s *Store) {
	n := desk.Neighbour{ID: "n1", Version: 1, State: "proposed", From: desk.NeighbourSide{Tenant: "noord", Case: "c-noord", Number: "2026-0001"}, To: desk.NeighbourSide{Tenant: "zuid"}, Reference: "kenmerk", At: now}
	write(t, s, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) })
	count := func(tenant string) (open, settled int) {
		open = len(get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighboursOpen(ctx, tenant, 9) }))
		return open, len(get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighboursSettled(ctx, tenant, 9) }))
	}
	lists := func(when, tenant string, open, settled int) {
		t.Helper()
		if o, d := count(tenant); o != open || d != settled {
			t.Errorf("%s, %s: %d open and %d settled, want %d and %d", when, tenant, o, d, open, settled)
		}
	}
	lists("proposed", "zuid", 1, 0)
	lists("proposed", "noord", 1, 0)
	lists("control: somebody else", "west", 0, 0)
	n.Version, n.State, n.To.Case, n.To.Number, n.Coordinator, n.Basis = 2, "accepted", "c-zuid", "2026-0007", "zuid", "residence"
	n.Answer = desk.NeighbourAnswer{What: "accepted", By: "zuid", At: now}
	n.Shares = []desk.NeighbourShare{{By: "noord", Product: "dat", Version: 1, At: now}}
	write(t, s, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) })
	for _, side := range []loket.CaseID{"c-noord", "c-zuid"} {
		got := get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighboursOf(ctx, side) })
		if d := cmp.Diff([]desk.Neighbour{n}, got); d != "" {
			t.Errorf("%s: %s", side, d)
		}
	}
	if got := get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighboursOf(ctx, "") }); len(got) != 0 {
		t.Error("no case gives a link")
	}
	lists("accepted", "zuid", 0, 1)
	lists("accepted", "noord", 0, 1)
	if err := s.Write(ctx, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) }); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("the second of two answers: %v", err)
	}
	n.Version, n.Offered, n.OfferedBy, n.OfferBasis = 3, "noord", "zuid", "place"
	write(t, s, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) })
	lists("who coordinates is asked", "noord", 1, 0)
	lists("who coordinates is asked", "zuid", 1, 0)
}
