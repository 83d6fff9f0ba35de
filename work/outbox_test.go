// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.org/loket/desk"
)

// trouble is an SMTP answer as package mail reports it.
type trouble struct{ final, down bool }

func (t trouble) Error() string     { return "the mail server said no" }
func (t trouble) Permanent() bool   { return t.final }
func (t trouble) Unreachable() bool { return t.down }

// server counts what it accepted, by Message-ID.
type server struct {
	mu       sync.Mutex
	accepted map[string][]time.Time
	answer   func(m desk.Message) error
	now      func() time.Time
	tries    int
}

func (s *server) Send(_ context.Context, m desk.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if err := s.answer(m); err != nil {
		return err
	}
	s.accepted[m.ID] = append(s.accepted[m.ID], s.now())
	return nil
}

// listener is a desk that hears of deliveries and has no clocks.
type listener struct {
	mu     sync.Mutex
	states map[string]string
}

func (l *listener) Due(context.Context, desk.ClockRow) error { return nil }
func (l *listener) Delivered(_ context.Context, m desk.Message, state string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.states[m.ID] = state
	return nil
}

func message(id string, at time.Time) desk.Message {
	return desk.Message{ID: id, To: "sara.fictie@example.org", Subject: "Bericht bij melding 2026-0001", CreatedAt: at, DueAt: at}
}

func enqueue(t *testing.T, s desk.Store, m desk.Message) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx desk.Tx) error { return tx.Enqueue(t.Context(), []desk.Message{m}) }); err != nil {
		t.Error(err)
	}
}

// outage is one story: messages at random moments while the mail server is down for
// 72 hours. It returns what was lost, what came double and the longest delay after recovery.
func outage(t *testing.T, seed uint64, attempts int) (lost, double int, longest time.Duration) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 5))
	start := time.Now()
	recovery := start.Add(72*time.Hour + time.Duration(random.IntN(3600))*time.Second)
	store := newMemory()
	kinds := []error{trouble{down: true}, trouble{}} // connection refused, or 4xx
	moods := rand.New(rand.NewPCG(seed, 7))          // of the server, which runs beside this story
	smtp := &server{accepted: map[string][]time.Time{}, now: time.Now, answer: func(desk.Message) error {
		if time.Now().Before(recovery) {
			return kinds[moods.IntN(2)]
		}
		return nil
	}}
	w := New(Options{Store: store, Sender: smtp, Desk: &listener{states: map[string]string{}}, Clock: realClock{}, Poll: time.Minute})
	w.attempts = attempts
	ctx, cancel := context.WithCancel(t.Context())
	finished := make(chan struct{})
	go func() { defer close(finished); w.Run(ctx) }()
	const messages = 40
	for i := range messages {
		time.Sleep(time.Duration(random.IntN(100)) * time.Minute)
		enqueue(t, writeOnly{store}, message(fmt.Sprint("m", i), time.Now()))
		w.Nudge()
	}
	time.Sleep(time.Until(recovery.Add(15 * time.Minute)))
	cancel()
	<-finished
	for _, times := range smtp.accepted {
		double += len(times) - 1
		longest = max(longest, times[0].Sub(recovery))
	}
	return messages - len(smtp.accepted), double, longest
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

// writeOnly lends the test store to code that wants a desk.Store.
type writeOnly struct{ *memory }

// R05 R04: the mail server is down for 72 hours; everything arrives within 15 minutes of
// its return, once. The control gives up after three attempts, and loses mail.
func TestOutageOf72Hours(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		synctest.Test(t, func(t *testing.T) {
			lost, double, longest := outage(t, seed, maxAttempts)
			if lost != 0 || double != 0 || longest > 15*time.Minute {
				t.Errorf("seed %d: %d lost, %d double, last after %v", seed, lost, double, longest)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		if lost, _, _ := outage(t, 1, 3); lost == 0 {
			t.Error("control: giving up after three attempts lost nothing, so this test sees nothing")
		}
	})
}

func setup(answer func(desk.Message) error) (*Worker, *memory, *server, *listener, *hands) {
	clock := &hands{at: time.Date(2026, 3, 28, 13, 0, 0, 0, time.UTC)}
	store, heard := newMemory(), &listener{states: map[string]string{}}
	smtp := &server{accepted: map[string][]time.Time{}, answer: answer, now: clock.Now}
	return New(Options{Store: store, Sender: smtp, Desk: heard, Clock: clock}), store, smtp, heard, clock
}

func step(t *testing.T, w *Worker) int {
	t.Helper()
	n, err := w.Step(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// R04: a crash between "250 OK" and the commit sends the same message again, under the
// same Message-ID; without a crash nothing comes double.
func TestCrashBeforeCommit(t *testing.T) {
	t.Parallel()
	w, store, smtp, _, clock := setup(func(desk.Message) error { return nil })
	for i := range 20 {
		enqueue(t, writeOnly{store}, message(fmt.Sprint("m", i), clock.Now()))
	}
	crashes := 0
	for store.unsent() > 0 {
		if crashes < 5 {
			store.loseSent = 1
		}
		if _, err := w.Step(t.Context()); errors.Is(err, errCrash) {
			crashes++
			w = New(w.Options) // the process starts again with nothing in memory
		}
		clock.move(leaseTime)
	}
	double := 0
	for _, times := range smtp.accepted {
		double += len(times) - 1
	}
	if len(smtp.accepted) != 20 || double != crashes || crashes != 5 {
		t.Errorf("%d arrived, %d double after %d crashes", len(smtp.accepted), double, crashes)
	}
}

// R05: a 5xx is final at once, seen at the case, and does not hold up the others.
func TestPermanentRefusal(t *testing.T) {
	t.Parallel()
	w, store, smtp, heard, clock := setup(func(m desk.Message) error {
		if m.ID == "bad" {
			return trouble{final: true}
		}
		return nil
	})
	enqueue(t, writeOnly{store}, message("bad", clock.Now()))
	enqueue(t, writeOnly{store}, message("good", clock.Now()))
	if n := step(t, w); n != 2 {
		t.Errorf("did %d things", n)
	}
	if m := store.messages["bad"]; !m.Final || m.Error == "" || heard.states["bad"] != "failed" {
		t.Errorf("not given up in sight: %+v, %v", m, heard.states)
	}
	if len(smtp.accepted["good"]) != 1 || heard.states["good"] != "sent" {
		t.Error("the good one did not leave")
	}
	clock.move(24 * time.Hour)
	if step(t, w); smtp.tries != 2 {
		t.Errorf("tried %d times", smtp.tries)
	}
}

// R05: when the server is down, one try stands for all, and the trouble shows at once.
func TestServerDownIsTriedOnce(t *testing.T) {
	t.Parallel()
	down := true
	w, store, smtp, _, clock := setup(func(desk.Message) error {
		if down {
			return trouble{down: true}
		}
		return nil
	})
	for i := range 50 {
		enqueue(t, writeOnly{store}, message(fmt.Sprint("m", i), clock.Now()))
	}
	step(t, w)
	step(t, w)
	if h := w.Health(); smtp.tries != 1 || h.MailDown.IsZero() || h.MailError == "" {
		t.Errorf("tried %d times, health %+v", smtp.tries, h)
	}
	down = false
	clock.move(firstWait)
	step(t, w)
	if h := w.Health(); len(smtp.accepted) != 50 || !h.MailDown.IsZero() {
		t.Errorf("%d arrived, health %+v", len(smtp.accepted), h)
	}
}

// A stopping worker gives back what it did not try, and nobody waits for its lease.
func TestStoppingGivesBack(t *testing.T) {
	t.Parallel()
	w, store, smtp, _, clock := setup(func(desk.Message) error { return nil })
	for i := range 3 {
		enqueue(t, writeOnly{store}, message(fmt.Sprint("m", i), clock.Now()))
	}
	ctx, cancel := context.WithCancel(t.Context())
	smtp.answer = func(desk.Message) error { cancel(); return nil }
	if _, err := w.Step(ctx); err != nil {
		t.Fatal(err)
	}
	if store.unsent() != 2 {
		t.Fatalf("%d unsent", store.unsent())
	}
	smtp.answer = func(desk.Message) error { return nil }
	if step(t, w); store.unsent() != 0 {
		t.Error("the lease of the stopped worker still holds")
	}
}

// The nudge after a commit makes mail leave at once, not at the next look.
func TestNudge(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		smtp := &server{accepted: map[string][]time.Time{}, now: time.Now, answer: func(desk.Message) error { return nil }}
		w := New(Options{Store: store, Sender: smtp, Desk: &listener{states: map[string]string{}}, Clock: realClock{}, Poll: time.Hour})
		ctx, cancel := context.WithCancel(t.Context())
		go w.Run(ctx)
		synctest.Wait()
		started := time.Now()
		enqueue(t, writeOnly{store}, message("m", started))
		w.Nudge()
		w.Nudge() // more than one at a time is one
		synctest.Wait()
		if got := smtp.accepted["m"]; len(got) != 1 || !got[0].Equal(started) {
			t.Errorf("left at %v", got)
		}
		cancel()
	})
}

// Waiting doubles from half a minute to ten minutes.
func TestWait(t *testing.T) {
	t.Parallel()
	for attempts, want := range map[int]time.Duration{0: 30 * time.Second, 1: 30 * time.Second, 2: time.Minute, 5: 8 * time.Minute, 6: maxWait, 1000: maxWait} {
		if got := waitAfter(attempts); got != want {
			t.Errorf("attempt %d waits %v, want %v", attempts, got, want)
		}
	}
}
