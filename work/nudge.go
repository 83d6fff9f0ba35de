// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"sync/atomic"

	"example.org/loket"
	"example.org/loket/desk"
)

// Watch wraps a store so that a committed change that left due work behind nudges the
// worker. The nudge only saves time: without it the next look finds the same rows.
func (w *Worker) Watch(s desk.Store) desk.Store { return watched{s, w} }

type watched struct {
	desk.Store
	worker *Worker
}

// Write runs fn and, when it is durable, nudges.
func (s watched) Write(ctx context.Context, fn func(desk.Tx) error) error {
	var left atomic.Bool
	err := s.Store.Write(ctx, func(tx desk.Tx) error {
		return fn(watchedTx{tx, &left})
	})
	if err == nil && left.Load() {
		s.worker.Nudge()
	}
	return err
}

// watchedTx notices what leaves due work behind.
type watchedTx struct {
	desk.Tx
	left *atomic.Bool
}

// Enqueue adds messages; there is mail to send.
func (t watchedTx) Enqueue(ctx context.Context, messages []desk.Message) error {
	t.left.Store(t.left.Load() || len(messages) > 0)
	return t.Tx.Enqueue(ctx, messages)
}

// PutClocks replaces clocks; one of them may be due already.
func (t watchedTx) PutClocks(ctx context.Context, id loket.CaseID, clocks []desk.ClockRow) error {
	t.left.Store(t.left.Load() || len(clocks) > 0)
	return t.Tx.PutClocks(ctx, id, clocks)
}
