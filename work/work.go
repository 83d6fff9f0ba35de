// SPDX-License-Identifier: EUPL-1.2

// Package work does what is due: it carries notices to the mail server and tells the
// desk which clocks have reached a moment.
//
// What is due is a row, written in the transaction of the change that caused it. The
// worker looks for such rows and keeps nothing of its own, so that a restart, a lost
// wake-up or a second worker loses and doubles nothing.
//
//	          ┌────── nudge, or 5 s ──────┐
//	          ▼                           │
//	clocks: DueClocks ──▶ desk.Due ──▶ next moment of the clock
//	outbox: Lease ──▶ Send ─┬─ accepted ────────▶ Sent
//	                        ├─ not now ─────────▶ Failed, again in 30 s … 10 min
//	                        └─ never (5xx) ─────▶ Failed, final, shown to people
//	terms:  desk.Retain ──▶ proposals, erasures, addresses forgotten
//
// Messages go one by one: a crash between the server's "250 OK" and our commit sends
// one message twice, never two, and both bear the same Message-ID (R04). When many wait, who
// came last does not wait for all who came before. An operator whose mail server is slow may
// let messages to different readers go side by side (lane.go); a crash may then send as many
// twice, one to each reader.
package work

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"example.org/loket/desk"
)

// Store is where due rows lie.
type Store interface {
	Write(ctx context.Context, fn func(desk.Tx) error) error
	Read(ctx context.Context, fn func(desk.Tx) error) error
}

// sharing is a store where work that may wait a moment costs no commit of its own.
type sharing interface {
	WriteWithin(ctx context.Context, wait time.Duration, fn func(desk.Tx) error) error
}

// Sender carries one message. An error may also say Permanent() true (the message will
// never be accepted) or Unreachable() true (the server, not the message, is the trouble).
type Sender interface {
	Send(ctx context.Context, m desk.Message) error
}

// Desk is told of clocks that have reached a moment: a warning, their end, a reminder.
// Due records what follows and moves the clock's next moment. It may be called twice
// for the same moment and must then do nothing.
type Desk interface {
	Due(ctx context.Context, clock desk.ClockRow) error
}

// Deliveries may be implemented by the Desk as well: it is told how far a message came
// ("sent" or "failed") before the outbox forgets it. It may be told twice.
type Deliveries interface {
	Delivered(ctx context.Context, m desk.Message, state string) error
}

// Keeper may be implemented by the Desk as well: it does what is due about keeping and
// erasing, and returns how many things that were.
type Keeper interface {
	Retain(ctx context.Context) (int, error)
}

// Options of a worker. Store, Sender, Desk and Clock must be given.
type Options struct {
	Store  Store
	Sender Sender
	Desk   Desk
	Clock  desk.Clock
	Log    *slog.Logger
	Poll   time.Duration // between looks when nobody nudges; zero is 5 s
	Lanes  int           // messages on their way at once, each to another reader; zero is 1
}

// How long and how often. A mail server that comes back is found within maxWait, well
// inside the quarter of an hour that R05 allows; giving up counts attempts and not
// hours, so that a clock set forward drops nothing.
const (
	defaultPoll = 5 * time.Second
	firstWait   = 30 * time.Second
	maxWait     = 10 * time.Minute
	maxAttempts = 7 * 24 * 6      // a week of maxWait
	leaseBatch  = 4               // for each lane, of those that wait longest
	leaseNewest = 2               // for each lane, of those that came last, when more wait
	leaseTime   = 5 * time.Minute // longer than a lane's share of a batch at 30 s a message
	clockBatch  = 25              // then messages have their turn, and everybody else
	clockRetry  = time.Minute     // after the desk could not handle a clock

	// How long a note in the outbox waits for others to share a commit with. Taking a message
	// delays it, so it waits less than writing down that the last one in hand was sent. While
	// many wait it holds up the others, and waits least.
	company     = 8 * time.Millisecond
	companyLast = 30 * time.Millisecond
	companyBusy = 2 * time.Millisecond

	clockLook = time.Second           // between looks at the clocks when messages keep us awake
	breath    = 20 * time.Millisecond // between batches when very much is due
)

// Worker does due work. Make one with New, then Run it.
type Worker struct {
	Options
	attempts int // that a message gets
	wake     chan struct{}
	patient  bool      // notes may wait for company: somebody else may be writing
	looked   time.Time // at the clocks, last
	carried  time.Time // when the mail server last took a message; guarded by mu

	mu     sync.Mutex
	health Health
}

// New makes a worker that does nothing until Run or Step.
func New(o Options) *Worker {
	if o.Poll == 0 {
		o.Poll = defaultPoll
	}
	o.Lanes = max(1, o.Lanes)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Worker{Options: o, attempts: maxAttempts, wake: make(chan struct{}, 1)}
}

// Run works until ctx ends. Trouble is logged and shown by Health; it never ends the loop.
func (w *Worker) Run(ctx context.Context) {
	w.patient = true
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		step := w.Step
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
			if since := w.Clock.Now().Sub(w.looked); since >= 0 && since < clockLook {
				step = w.mails // it is messages that wake us
			}
		case <-timer.C:
		}
		if _, err := step(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("due work stopped half-way", "error", err.Error())
		}
		timer.Reset(w.Poll)
	}
}

// Step does everything that is due at this moment of the clock and returns how many
// things it did. Scenarios and tests call it after moving their clock.
func (w *Worker) Step(ctx context.Context) (n int, err error) {
	w.looked = w.Clock.Now()
	clocks, err := w.clocks(ctx)
	if err == nil {
		n, err = w.outbox(ctx)
	}
	kept, keepErr := w.keep(ctx)
	if err == nil {
		err = keepErr
	}
	w.note(err)
	return clocks + n + kept, err
}

// keep lets the desk erase and forget what is due. Mail that waits holds up no erasure.
func (w *Worker) keep(ctx context.Context) (int, error) {
	k, ok := w.Desk.(Keeper)
	if !ok || ctx.Err() != nil {
		return 0, nil
	}
	return k.Retain(ctx)
}

// mails sends what is due. That it goes well says nothing of the clocks.
func (w *Worker) mails(ctx context.Context) (n int, err error) {
	if n, err = w.outbox(ctx); err != nil {
		w.note(err)
	}
	return n, err
}

// write notes something in the outbox; when others may be writing it waits for them.
func (w *Worker) write(ctx context.Context, wait time.Duration, fn func(desk.Tx) error) error {
	if s, ok := w.Store.(sharing); ok && w.patient {
		return s.WriteWithin(ctx, wait, fn)
	}
	return w.Store.Write(ctx, fn)
}

// breathe lets others at the processor and the disk while a backlog is worked off.
func (w *Worker) breathe(ctx context.Context) {
	if !w.patient {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(breath):
	}
}

// Nudge makes a running worker look now instead of at its next turn. It never blocks.
func (w *Worker) Nudge() {
	select {
	case w.wake <- struct{}{}:
	default: // one is waiting already
	}
}
