// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// inOneBatch lets a unit of work open a transaction and hold it until the others are waiting
// for the writer, so that all of them share it. It gives their errors in order.
func inOneBatch(t *testing.T, s *Store, first func(tx desk.Tx) error, others ...func(tx desk.Tx) error) []error {
	t.Helper()
	began, queued := make(chan struct{}), make(chan struct{})
	results := make([]chan error, 1+len(others))
	start := func(i int, fn func(tx desk.Tx) error) {
		results[i] = make(chan error, 1)
		go func() { results[i] <- s.Write(ctx, fn) }()
	}
	start(0, func(tx desk.Tx) error {
		close(began)
		<-queued
		return first(tx)
	})
	<-began
	for i, fn := range others {
		start(i+1, fn)
	}
	close(queued)
	errs := make([]error, len(results))
	for i, result := range results {
		errs[i] = <-result
	}
	return errs
}

// R03 R12: the first unit of work of a batch has no savepoint of its own. When it fails,
// what it wrote is gone, the others stand, and the ledger fits.
func TestFirstOfABatchFailsAlone(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]error{"fails": errors.New("no"), "control: succeeds": nil} {
		s := open(t, t.TempDir())
		add := func(id loket.CaseID, err error) func(tx desk.Tx) error {
			return func(tx desk.Tx) error {
				return errors.Join(tx.Append(ctx, []desk.Record{record(id, 1)}), tx.Ledger(ctx, desk.LedgerEntry{At: now, Case: id, Action: "opened"}), err)
			}
		}
		errs := inOneBatch(t, s, add("a", broken), add("b", nil), add("c", nil))
		if !errors.Is(errs[0], broken) || errs[1] != nil || errs[2] != nil {
			t.Errorf("%s: %v", name, errs)
		}
		want := map[loket.CaseID]int{"a": 0, "b": 1, "c": 1}
		if broken == nil {
			want["a"] = 1
		}
		for id, n := range want {
			if got := len(events(t, s, id)); got != n {
				t.Errorf("%s: %s has %d events, want %d", name, id, got, n)
			}
			entries := get(t, s, func(tx desk.Tx) ([]desk.LedgerEntry, error) { return tx.LedgerOf(ctx, id) })
			if len(entries) != n {
				t.Errorf("%s: %s has %d entries, want %d", name, id, len(entries), n)
			}
		}
	}
}

// Background work that may wait an hour is durable as soon as somebody in a hurry commits;
// the hour would outlast the test. Alone it waits its time; a store that closes waits for it.
func TestPatientWorkSharesACommit(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := open(t, folder)
	later := func(wait time.Duration, id loket.CaseID) chan error {
		done := make(chan error, 1)
		taken := make(chan struct{})
		go func() {
			close(taken)
			done <- s.WriteWithin(ctx, wait, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record(id, 1)}) })
		}()
		<-taken
		return done
	}
	shared := later(time.Hour, "shared")
	for busy := true; busy; { // however late it comes to the writer, it meets somebody
		ok(t, s.Write(ctx, func(desk.Tx) error { return nil }))
		select {
		case err := <-shared:
			ok(t, err)
			busy = false
		default:
		}
	}
	ok(t, <-later(time.Millisecond, "alone"))
	for _, id := range []loket.CaseID{"shared", "alone"} {
		if len(events(t, s, id)) != 1 {
			t.Errorf("%s is not there", id)
		}
	}
	closing := later(time.Hour, "closing")
	ok(t, s.Close())
	err := <-closing
	s = open(t, folder)
	if n := len(events(t, s, "closing")); (err == nil) != (n == 1) {
		t.Errorf("said %v at closing, and %d events are there", err, n)
	}
}

// A patient unit of work fails for itself alone, and one whose asker left is not done.
func TestPatientWorkFailsAlone(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	no := errors.New("no")
	if err := s.WriteWithin(ctx, time.Millisecond, func(desk.Tx) error { return no }); !errors.Is(err, no) {
		t.Errorf("want its own error, have %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.WriteWithin(gone, time.Millisecond, func(desk.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("want canceled, have %v", err)
	}
	ok(t, s.Write(ctx, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("next", 1)}) }))
}
