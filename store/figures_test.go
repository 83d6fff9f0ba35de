// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// R-R-75: the newest version of a frozen year comes back; no version is overwritten.
func frozenYears(t *testing.T, s *Store) {
	first := desk.YearlySet{Tenant: "vb", Year: 2026, Version: 1, At: now, By: "samira", Key: "k1", Sealed: []byte{1}}
	second := first
	second.Version, second.Sealed = 2, []byte{2}
	put := func(y desk.YearlySet) error {
		return s.Write(ctx, func(tx desk.Tx) error { return tx.PutYearlySet(ctx, y) })
	}
	ok(t, put(first))
	ok(t, put(second))
	if err := put(second); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("version 2 was written twice: %v", err)
	}
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		y, found, err := tx.YearlySet(ctx, "vb", 2026)
		if !found || y.Version != 2 || y.Sealed[0] != 2 || !y.At.Equal(now) || y.By != "samira" || y.Key != "k1" {
			t.Errorf("%v %+v", found, y)
		}
		if _, found, _ := tx.YearlySet(ctx, "elders", 2026); found {
			t.Error("another organisation's year was found")
		}
		return err
	}))
}

// R-R-88: an occasion has one case, whoever comes first.
func occasions(t *testing.T, s *Store) {
	put := func(id loket.CaseID) {
		ok(t, s.Write(ctx, func(tx desk.Tx) error { return tx.PutOccasion(ctx, "vb", "year/2026", id) }))
	}
	put("first")
	put("second")
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		id, found, err := tx.Occasion(ctx, "vb", "year/2026")
		if !found || id != "first" {
			t.Errorf("%v %q", found, id)
		}
		if _, found, _ := tx.Occasion(ctx, "elders", "year/2026"); found {
			t.Error("another organisation's occasion was found")
		}
		return err
	}))
}
