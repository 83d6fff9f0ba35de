// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"errors"
	"time"

	"example.org/loket/desk"
)

// outbox sends every message that is due, unless the mail server is known to be down.
func (w *Worker) outbox(ctx context.Context) (n int, err error) {
	for ctx.Err() == nil && !w.mailPaused() {
		b := &round{until: w.Clock.Now().Add(leaseTime)}
		messages, err := w.lease(ctx, b)
		if err != nil || len(messages) == 0 {
			return n, err
		}
		done, err := w.sendAll(ctx, messages, b)
		n += done
		if err != nil || !b.busy {
			return n, err
		}
		w.breathe(ctx) // reports come first
	}
	return n, nil
}

// round is one batch on its way.
type round struct {
	until time.Time // when the lease ends
	busy  bool      // more messages wait
}

// lease takes the messages that wait longest and, when more wait, those that came last.
// The last go first: for a notice that somebody waits for, the queue before it is no reason.
func (w *Worker) lease(ctx context.Context, b *round) (messages []desk.Message, err error) {
	err = w.write(ctx, company, func(tx desk.Tx) error {
		now := w.Clock.Now()
		messages, err = tx.Lease(ctx, now, b.until, leaseBatch*w.Lanes)
		if b.busy = len(messages) == leaseBatch*w.Lanes; err != nil || !b.busy {
			return err
		}
		last, err := tx.LeaseNewest(ctx, now, b.until, leaseNewest*w.Lanes)
		messages = append(last, messages...)
		return err
	})
	return messages, err
}

// record writes down what became of one message. It goes on when the desk is stopping:
// a message that the server took must not stay behind as unsent. No other waits for the last.
func (w *Worker) record(ctx context.Context, m desk.Message, sent error, wait time.Duration) error {
	ctx = context.WithoutCancel(ctx)
	now := w.Clock.Now()
	switch {
	case sent == nil:
		w.mailUp()
		w.delivered(ctx, m, "sent")
		return w.write(ctx, wait, func(tx desk.Tx) error { return tx.Sent(ctx, m.ID, now) })
	case permanent(sent), m.Attempts >= w.attempts:
		w.delivered(ctx, m, "failed")
		return w.failed(ctx, m, now, sent, true)
	case unreachable(sent):
		return w.failed(ctx, m, w.mailDown(sent), sent, false)
	}
	return w.failed(ctx, m, now.Add(waitAfter(m.Attempts)), sent, false)
}

func (w *Worker) failed(ctx context.Context, m desk.Message, next time.Time, why error, final bool) error {
	w.Log.Warn("message not sent", "message", m.ID, "attempts", m.Attempts, "final", final, "error", why.Error())
	return w.Store.Write(ctx, func(tx desk.Tx) error {
		return tx.Failed(ctx, m.ID, next, why.Error(), final)
	})
}

// waitAll sets messages aside until the mail server is tried again.
func (w *Worker) waitAll(ctx context.Context, messages []desk.Message) error {
	h := w.Health()
	return w.Store.Write(ctx, func(tx desk.Tx) error {
		for _, m := range messages {
			if err := tx.Failed(ctx, m.ID, h.MailNext, h.MailError, false); err != nil {
				return err
			}
		}
		return nil
	})
}

// giveBack ends the lease of messages that were not tried, so that the next worker need
// not wait for it to pass.
func (w *Worker) giveBack(ctx context.Context, messages []desk.Message) error {
	ctx = context.WithoutCancel(ctx)
	now := w.Clock.Now()
	return w.Store.Write(ctx, func(tx desk.Tx) error {
		for _, m := range messages {
			if err := tx.Failed(ctx, m.ID, now, "", false); err != nil {
				return err
			}
		}
		return nil
	})
}

// delivered tells the desk how far a message came. Its trouble does not stop the mail.
func (w *Worker) delivered(ctx context.Context, m desk.Message, state string) {
	listener, ok := w.Desk.(Deliveries)
	if !ok {
		return
	}
	if err := listener.Delivered(ctx, m, state); err != nil {
		w.Log.Error("delivery not recorded at the case", "case", m.Case, "state", state, "error", err.Error())
	}
}

// waitAfter doubles from half a minute to ten.
func waitAfter(attempts int) time.Duration {
	d := firstWait
	for ; attempts > 1 && d < maxWait; attempts-- {
		d *= 2
	}
	return min(d, maxWait)
}

// permanent reports that the message will never be accepted.
func permanent(err error) bool {
	var e interface{ Permanent() bool }
	return errors.As(err, &e) && e.Permanent()
}

// unreachable reports that every other message would fare the same.
func unreachable(err error) bool {
	var e interface{ Unreachable() bool }
	return errors.As(err, &e) && e.Unreachable()
}
