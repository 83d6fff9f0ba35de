// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/loket"
	"example.org/loket/desk"
)

func events(t testing.TB, s *Store, id loket.CaseID) []desk.Record {
	t.Helper()
	return get(t, s, func(tx desk.Tx) ([]desk.Record, error) { return tx.Events(ctx, id) })
}

func eventsKeepTheirOrder(t *testing.T, s *Store) {
	var want []desk.Record
	for seq := 1; seq <= 40; seq++ {
		want = append(want, record("c", seq))
	}
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, want[20:]) })
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, want[:20]) })
	if d := cmp.Diff(want, events(t, s, "c")); d != "" {
		t.Fatal(d)
	}
	if got := events(t, s, "unknown"); len(got) != 0 {
		t.Fatal("an unknown case has events")
	}
}

func eventsOfOneType(t *testing.T, s *Store) {
	noted := func(id loket.CaseID, seq int, kind string) desk.Record {
		r := record(id, seq)
		r.Type = kind
		return r
	}
	write(t, s, func(tx desk.Tx) error {
		return tx.Append(ctx, []desk.Record{noted("b", 1, "note"), noted("b", 2, "other"), noted("b", 3, "note"), noted("a", 1, "note"), noted("c", 1, "note"), noted("d", 1, "other")})
	})
	of := func(ids ...loket.CaseID) []desk.Record {
		return get(t, s, func(tx desk.Tx) ([]desk.Record, error) { return tx.EventsOf(ctx, ids, "note") })
	}
	if d := cmp.Diff([]desk.Record{noted("a", 1, "note"), noted("b", 1, "note"), noted("b", 3, "note")}, of("b", "d", "a")); d != "" {
		t.Error(d)
	}
	if got := append(of(), of("d", "unknown")...); len(got) != 0 {
		t.Errorf("found %v", got)
	}
}

// R12: the version decides, not who comes last.
func secondEditConflicts(t *testing.T, s *Store) {
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
	err := s.Write(ctx, func(tx desk.Tx) error {
		other := record("c", 1)
		other.Sealed = []byte("other")
		return tx.Append(ctx, []desk.Record{other})
	})
	if loket.ErrorCode(err) != loket.Conflict {
		t.Fatalf("got %v, want a conflict", err)
	}
	if got := events(t, s, "c"); len(got) != 1 || string(got[0].Sealed) != "sealed" {
		t.Fatal("the first edit was overwritten")
	}
}

// R12: of 200 pairs that saw the same version, each time one wins and the other knows.
func editPairs(t *testing.T, s *Store) {
	for seq := 1; seq <= 200; seq++ {
		errs := make([]error, 2)
		together(2, func(i int) {
			r := record("c", seq)
			r.By = fmt.Sprint(i)
			errs[i] = s.Write(ctx, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{r}) })
		})
		won := 0
		for i, err := range errs {
			switch {
			case err == nil:
				won = i
			case loket.ErrorCode(err) != loket.Conflict:
				t.Fatal(err)
			}
		}
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("edit %d: %v and %v", seq, errs[0], errs[1])
		}
		if got := events(t, s, "c"); len(got) != seq || got[seq-1].By != fmt.Sprint(won) {
			t.Fatalf("edit %d: the winner's text is not there", seq)
		}
	}
}

// together runs fn n times at once.
func together(n int, fn func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { fn(i) })
	}
	group.Wait()
}

var errMine = errors.New("mine")

func allOrNothing(t *testing.T, s *Store) {
	err := s.Write(ctx, func(tx desk.Tx) error {
		ok(t, tx.Append(ctx, []desk.Record{record("c", 1)}))
		ok(t, tx.PutCase(ctx, row(1)))
		ok(t, tx.Enqueue(ctx, []desk.Message{message(1)}))
		ok(t, tx.PutClocks(ctx, "c", []desk.ClockRow{{Case: "c", Clock: "T", NextAt: now}}))
		ok(t, tx.Ledger(ctx, desk.LedgerEntry{At: now, Case: "c", Action: "note.made"}))
		_, err := tx.NextNumber(ctx, "noord", 2026)
		ok(t, err)
		return errMine
	})
	if !errors.Is(err, errMine) {
		t.Fatal(err)
	}
	for _, table := range []string{"events", "cases", "outbox", "clocks", "ledger", "numbers"} {
		if n := count(t, s, table); n != 0 {
			t.Errorf("%s has %d rows of work that failed", table, n)
		}
	}
}

func count(t testing.TB, s *Store, table string) (n int) {
	t.Helper()
	ok(t, s.engine.read(ctx, func(x *tx) (err error) {
		n, _, err = one(ctx, x, scanInt, `SELECT count(*) FROM `+table)
		return err
	}))
	return n
}

// R02: group commit shares the disk, not the failure.
func oneFailingAmongMany(t *testing.T, s *Store) {
	const many = 32
	for round := range 5 {
		errs := make([]error, many)
		together(many, func(i int) {
			id := loket.CaseID(fmt.Sprintf("r%d-%d", round, i))
			errs[i] = s.Write(ctx, func(tx desk.Tx) error {
				if err := tx.Append(ctx, []desk.Record{record(id, 1)}); err != nil {
					return err
				}
				if err := tx.Ledger(ctx, desk.LedgerEntry{At: now, Case: id, Action: "note.made"}); err != nil {
					return err
				}
				if i == 7 {
					return errMine
				}
				return nil
			})
		})
		for i, err := range errs {
			id := loket.CaseID(fmt.Sprintf("r%d-%d", round, i))
			failed := i == 7
			if failed != errors.Is(err, errMine) || !failed && err != nil {
				t.Fatalf("unit %d: %v", i, err)
			}
			if got := len(events(t, s, id)); (got == 0) != failed {
				t.Fatalf("unit %d left %d events", i, got)
			}
		}
	}
	if n := count(t, s, "ledger"); n != 5*(many-1) {
		t.Fatalf("%d ledger entries", n)
	}
	report, err := s.VerifyLedger(ctx)
	if ok(t, err); !report.OK() {
		t.Fatal(report.Problems)
	}
}

func panicComesBack(t *testing.T, s *Store) {
	func() {
		defer func() {
			if recover() == nil {
				t.Fatal("the panic was swallowed")
			}
		}()
		_ = s.Write(ctx, func(tx desk.Tx) error {
			ok(t, tx.Append(ctx, []desk.Record{record("c", 1)}))
			panic("boem")
		})
	}()
	if len(events(t, s, "c")) != 0 {
		t.Fatal("work that panicked was kept")
	}
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
}

func readCannotWrite(t *testing.T, s *Store) {
	tries := map[string]func(tx desk.Tx) error{
		"append": func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) },
		"ledger": func(tx desk.Tx) error { return tx.Ledger(ctx, desk.LedgerEntry{At: now}) },
		"number": func(tx desk.Tx) error { _, err := tx.NextNumber(ctx, "noord", 2026); return err },
	}
	for name, try := range tries {
		if err := s.Read(ctx, try); err == nil {
			t.Errorf("%s: a read wrote", name)
		}
	}
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
}

func readSeesOneSnapshot(t *testing.T, s *Store) {
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		before, err := tx.Events(ctx, "c")
		ok(t, err)
		write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
		after, err := tx.Events(ctx, "c")
		if len(before) != 0 || len(after) != 0 {
			t.Errorf("a read saw %d and then %d events", len(before), len(after))
		}
		return err
	}))
	if len(events(t, s, "c")) != 1 {
		t.Fatal("the next read must see it")
	}
}

func everyCase(t *testing.T, s *Store) {
	const many = eachPage + 20
	write(t, s, func(tx desk.Tx) error {
		for i := range many {
			id := loket.CaseID(fmt.Sprintf("c%05d", i))
			if err := tx.Append(ctx, []desk.Record{record(id, 1), record(id, 2)}); err != nil {
				return err
			}
		}
		other := record("other", 1)
		other.Tenant = "zuid"
		return tx.Append(ctx, []desk.Record{other})
	})
	for tenant, want := range map[string]int{"noord": many, "zuid": 1, "": many + 1, "west": 0} {
		var seen []loket.CaseID
		ok(t, s.EachCase(ctx, tenant, func(id loket.CaseID) error {
			if len(seen) > 0 && id <= seen[len(seen)-1] {
				t.Fatalf("%s comes after %s", id, seen[len(seen)-1])
			}
			seen = append(seen, id)
			return nil
		}))
		if len(seen) != want {
			t.Errorf("tenant %q: %d cases, want %d", tenant, len(seen), want)
		}
	}
	if err := s.EachCase(ctx, "", func(loket.CaseID) error { return errMine }); !errors.Is(err, errMine) {
		t.Error(err)
	}
}

// D-26: what is erased from one record leaves the others as they are.
func vaultRewritten(t *testing.T, s *Store) {
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1), record("c", 2)}) })
	write(t, s, func(tx desk.Tx) error { return tx.RewriteVault(ctx, "c", 1, nil) })
	got := events(t, s, "c")
	if len(got[0].Vault) != 0 || string(got[0].Sealed) != "sealed" || string(got[1].Vault) != "vault" {
		t.Fatalf("%q %q", got[0].Vault, got[1].Vault)
	}
	if s.Write(ctx, func(tx desk.Tx) error { return tx.RewriteVault(ctx, "c", 9, nil) }) == nil {
		t.Fatal("an event that is not there was rewritten")
	}
}

func TestWriteStopsWithItsCaller(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Write(gone, func(desk.Tx) error { t.Error("it ran"); return nil }); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
}
