// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/loket"
	"example.org/loket/desk"
)

// D-60: what two organisations said comes back as it was, from either case; it waits for an
// answer at one of them only, and of two answers the second gets a conflict.
func checkNeighbours(t *testing.T, s *Store) {
	n := desk.Neighbour{ID: "n1", Version: 1, State: "proposed", From: desk.NeighbourSide{Tenant: "noord", Case: "c-noord", Number: "2026-0001"}, To: desk.NeighbourSide{Tenant: "zuid"}, Reference: "kenmerk", At: now}
	write(t, s, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) })
	offers := func(tenant string) int {
		return len(get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighbourOffers(ctx, tenant, 9) }))
	}
	if offers("zuid") != 1 || offers("noord") != 0 || offers("west") != 0 {
		t.Error("a proposal waits at the wrong desk")
	}
	n.Version, n.State, n.To.Case, n.To.Number, n.Coordinator, n.Basis = 2, "accepted", "c-zuid", "2026-0007", "zuid", "residence"
	n.Shares = []desk.NeighbourShare{{By: "noord", Product: "dat", Version: 1, At: now}}
	write(t, s, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) })
	for _, side := range []loket.CaseID{"c-noord", "c-zuid"} {
		got := get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighboursOf(ctx, side) })
		if d := cmp.Diff([]desk.Neighbour{n}, got); d != "" {
			t.Errorf("%s: %s", side, d)
		}
	}
	if got := get(t, s, func(tx desk.Tx) ([]desk.Neighbour, error) { return tx.NeighboursOf(ctx, "") }); len(got) != 0 || offers("zuid") != 0 {
		t.Error("no case and no question gives a link")
	}
	if err := s.Write(ctx, func(tx desk.Tx) error { return tx.PutNeighbour(ctx, n) }); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("the second of two answers: %v", err)
	}
}
