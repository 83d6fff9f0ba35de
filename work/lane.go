// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"errors"
	"hash/maphash"
	"sync"
	"time"

	"example.org/loket/desk"
)

// sendAll sends one batch over the lanes, of which there is one unless the operator wants
// more: a mail server far away answers slowly, and the time of one message is then that of a
// few. When the server has not been heard of for a while the first goes alone, so that one
// try stands for all when it is down.
//
//	batch ──▶ first ──▶ lane 0: to Sara, to Sara, to Bram
//	                    lane 1: to Mila
//	                    lane 2: to Daan, to Daan
//
// All messages to one address are in one lane, so they arrive in their order.
func (w *Worker) sendAll(ctx context.Context, messages []desk.Message, b *round) (n int, err error) {
	if len(messages) == 1 || !w.mailFresh() {
		if n, err = w.sendLane(ctx, messages[:1], b, len(messages) == 1); err != nil || len(messages) == 1 {
			return n, err
		}
		messages = messages[1:]
	}
	if w.Lanes == 1 {
		more, err := w.sendLane(ctx, messages, b, true)
		return n + more, err
	}
	side, counts, faults := make([][]desk.Message, w.Lanes), make([]int, w.Lanes), make([]error, w.Lanes)
	for _, m := range messages {
		at := maphash.String(laneSeed, m.To) % uint64(w.Lanes)
		side[at] = append(side[at], m)
	}
	var wg sync.WaitGroup
	for i := range side {
		if len(side[i]) > 0 {
			wg.Go(func() { counts[i], faults[i] = w.sendLane(ctx, side[i], b, true) })
		}
	}
	wg.Wait()
	for _, done := range counts {
		n += done
	}
	return n, errors.Join(faults...)
}

var laneSeed = maphash.MakeSeed()

// sendLane sends messages one after another. Once the server is found down, by this lane or
// another, the rest waits with the one that found it.
func (w *Worker) sendLane(ctx context.Context, messages []desk.Message, b *round, toEnd bool) (n int, err error) {
	for i, m := range messages {
		if ctx.Err() != nil || !w.Clock.Now().Before(b.until) {
			return n, w.giveBack(ctx, messages[i:]) // stopping, or the lease is no longer ours
		}
		if w.mailPaused() {
			return n, w.waitAll(ctx, messages[i:])
		}
		sent := w.Sender.Send(ctx, m)
		if sent != nil && ctx.Err() != nil {
			return n, w.giveBack(ctx, messages[i:])
		}
		if err := w.record(ctx, m, sent, b.patience(toEnd && i == len(messages)-1)); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// patience is how long writing down what became of a message waits for company.
func (b *round) patience(last bool) time.Duration {
	switch {
	case b.busy:
		return companyBusy
	case last:
		return companyLast
	}
	return company
}
