// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.org/loket/desk"
)

// slow is a mail server far away: each message takes a while. It notes who came when.
type slow struct {
	mu      sync.Mutex
	arrived []string
	came    func(id string)
}

func (s *slow) Send(_ context.Context, m desk.Message) error {
	time.Sleep(20 * time.Millisecond) // of the test's own clock
	s.mu.Lock()
	s.arrived = append(s.arrived, m.ID)
	s.mu.Unlock()
	if s.came != nil {
		s.came(m.ID)
	}
	return nil
}

// flood queues messages and lets a worker send them, until none is left. Every message is
// a little later than the one before.
func flood(t *testing.T, lanes int, store *memory, smtp *slow, n int, to func(i int) string) (took time.Duration) {
	t.Helper()
	began := time.Now()
	for i := range n {
		m := message(fmt.Sprintf("m%04d", i), began.Add(-time.Hour+time.Duration(i)*time.Millisecond))
		m.To = to(i)
		enqueue(t, writeOnly{store}, m)
	}
	w := New(Options{Store: store, Sender: smtp, Desk: &listener{states: map[string]string{}}, Clock: realClock{}, Lanes: lanes})
	for store.unsent() > 0 {
		step(t, w)
	}
	return time.Since(began)
}

func everybody(i int) string { return fmt.Sprintf("melder-%d@example.org", i) }

// design §9: a notice that comes after very many others does not wait for them. Control: when
// the newest are not looked at, it comes last.
func TestNewestPassesAFlood(t *testing.T) {
	t.Parallel()
	for _, oldestOnly := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			store, smtp := newMemory(), &slow{}
			store.oldestOnly = oldestOnly
			var queued time.Time
			var waited time.Duration
			smtp.came = func(id string) {
				switch {
				case id == "late":
					waited = time.Since(queued)
				case queued.IsZero():
					queued = time.Now()
					m := message("late", queued)
					m.To = "functionaris@example.org"
					enqueue(t, writeOnly{store}, m)
				}
			}
			flood(t, 1, store, smtp, 400, everybody)
			if passed := waited < time.Second; passed == oldestOnly {
				t.Errorf("it waited %v (oldest only: %v)", waited, oldestOnly)
			}
		})
	}
}

// To one reader messages come in their order, also while others pass. Control: when those
// that came last may pass any other, the order is gone.
func TestOneReaderGetsThemInOrder(t *testing.T) {
	t.Parallel()
	for _, pushy := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			store, smtp := newMemory(), &slow{}
			store.pushy = pushy
			to := func(i int) string { return everybody(i % 7) }
			flood(t, 4, store, smtp, 200, to)
			perReader := map[string][]string{}
			for _, id := range smtp.arrived {
				reader := store.messages[id].To
				perReader[reader] = append(perReader[reader], id)
			}
			inOrder := true
			for _, ids := range perReader {
				inOrder = inOrder && slices.IsSorted(ids)
			}
			if inOrder == pushy || len(smtp.arrived) != 200 {
				t.Errorf("in order: %v (pushy: %v), %d arrived", inOrder, pushy, len(smtp.arrived))
			}
		})
	}
}

// A flood to many readers goes side by side when the operator wants that. Controls: to one
// reader it goes one by one, and so does everything when nobody asked for more lanes (R04).
func TestLanesSideBySide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		many := flood(t, 4, store, &slow{}, 200, everybody)
		plain := flood(t, 0, newMemory(), &slow{}, 200, everybody)
		one := flood(t, 4, newMemory(), &slow{}, 200, func(int) string { return "sara.fictie@example.org" })
		if whole := 200 * 20 * time.Millisecond; one < whole || plain < whole || many > whole/2 {
			t.Errorf("to many readers it took %v, to one %v, one by one %v", many, one, plain)
		}
	})
}
