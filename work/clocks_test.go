// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.org/loket/desk"
)

// alarms is a desk whose clocks have given moments; it remembers when each was told.
type alarms struct {
	store   *memory
	clock   *hands
	moments map[string][]time.Time // by clock
	rung    map[string][]time.Time
	refuse  string // clock that cannot be handled
	stuck   string // clock that is handled but never moves
	crash   string // clock that panics
}

func (a *alarms) Due(ctx context.Context, row desk.ClockRow) error {
	switch row.Clock {
	case a.refuse:
		return errors.New("the protocol cannot be read")
	case a.stuck:
		return nil
	case a.crash:
		panic("broken case")
	}
	a.rung[row.Clock] = append(a.rung[row.Clock], a.clock.Now())
	var next time.Time
	if row.Stage+1 < len(a.moments[row.Clock]) {
		next = a.moments[row.Clock][row.Stage+1]
	}
	return a.store.Write(ctx, func(tx desk.Tx) error {
		return tx.SetClockNext(ctx, row.Case, row.Clock, next, row.Stage+1)
	})
}

// desk90 makes clocks with up to four moments each in 90 days.
func desk90(random *rand.Rand, clocks int) (*Worker, *alarms, *hands, time.Time) {
	start := time.Date(2026, time.Month(1+random.IntN(12)), 1+random.IntN(28), random.IntN(24), 0, 0, 0, time.UTC)
	clock := &hands{at: start}
	store := newMemory()
	a := &alarms{store: store, clock: clock, moments: map[string][]time.Time{}, rung: map[string][]time.Time{}}
	for i := range clocks {
		id := fmt.Sprint("T-", i)
		at := start
		for range 1 + random.IntN(4) {
			at = at.Add(time.Duration(1+random.IntN(20*24*3600)) * time.Second)
			a.moments[id] = append(a.moments[id], at)
		}
		store.clocks["c/"+id] = desk.ClockRow{Case: "c", Clock: id, NextAt: a.moments[id][0]}
	}
	return New(Options{Store: store, Sender: nothing{}, Desk: a, Clock: clock}), a, clock, start
}

type nothing struct{}

func (nothing) Send(context.Context, desk.Message) error { return nil }

// check lists what is wrong: an alarm before its moment, later than allowed, missed, double.
func (a *alarms) check(late time.Duration, asleep func(time.Time) time.Time) (faults []string) {
	for id, moments := range a.moments {
		rung := a.rung[id]
		if len(rung) != len(moments) {
			faults = append(faults, fmt.Sprintf("%s rang %d times, want %d", id, len(rung), len(moments)))
			continue
		}
		for i, at := range moments {
			if rung[i].Before(at) {
				faults = append(faults, id+" rang early")
			}
			if rung[i].After(asleep(at).Add(late)) {
				faults = append(faults, fmt.Sprintf("%s rang %v late", id, rung[i].Sub(at)))
			}
		}
	}
	return faults
}

// R09: 90 days, with the desk down for a while: no alarm early, none missed, none double,
// none more than a minute late while the desk is up. The controls look too early, and
// lose a row.
func TestAlarms(t *testing.T) {
	t.Parallel()
	run := func(seed uint64, spoil func(*alarms)) []string {
		random := rand.New(rand.NewPCG(seed, 9))
		w, a, clock, start := desk90(random, 60)
		spoil(a)
		down := start.Add(time.Duration(random.IntN(60*24)) * time.Hour)
		up := down.Add(time.Minute + time.Duration(random.IntN(7*24*60))*time.Minute)
		for clock.Now().Before(start.Add(90 * 24 * time.Hour)) {
			if now := clock.Now(); now.Before(down) || !now.Before(up) {
				if _, err := w.Step(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			clock.move(time.Minute)
		}
		return a.check(time.Minute, func(at time.Time) time.Time {
			if !at.Before(down) && at.Before(up) {
				return up
			}
			return at
		})
	}
	for seed := range uint64(3) {
		for _, fault := range run(seed, func(*alarms) {}) {
			t.Errorf("seed %d: %s", seed, fault)
		}
	}
	if len(run(1, func(a *alarms) { a.store.early = time.Hour })) == 0 {
		t.Error("control: alarms an hour early were not seen")
	}
	if len(run(1, func(a *alarms) { delete(a.store.clocks, "c/T-7") })) == 0 {
		t.Error("control: a lost row was not seen")
	}
}

// R09 R10: a clock that cannot be handled, does not move or panics waits a minute; the
// others ring on time, and nothing runs round in circles.
func TestBrokenClockHoldsUpNobody(t *testing.T) {
	t.Parallel()
	w, a, clock, _ := desk90(rand.New(rand.NewPCG(4, 4)), 10)
	a.refuse, a.stuck, a.crash = "T-1", "T-2", "T-3"
	for id := range a.moments {
		a.moments[id] = a.moments[id][:1]
	}
	clock.move(90 * 24 * time.Hour)
	if n := step(t, w); n != 11 { // the stuck one twice
		t.Errorf("did %d things", n)
	}
	if len(a.rung) != 7 {
		t.Errorf("%d clocks rang, want 7", len(a.rung))
	}
	for _, id := range []string{"T-1", "T-2", "T-3"} {
		if next := a.store.clocks["c/"+id].NextAt; !next.Equal(clock.Now().Add(clockRetry)) {
			t.Errorf("%s comes again at %v", id, next)
		}
	}
	if w.Health().Silent(clock.Now()) || !w.Health().Silent(clock.Now().Add(Silence+time.Second)) {
		t.Error("silence is not told from work")
	}
}

// R04 R15: a database that cannot be read is an error, not a quiet "nothing due".
func TestStoreTroubleIsTold(t *testing.T) {
	t.Parallel()
	w := New(Options{Store: broken{}, Sender: nothing{}, Desk: &alarms{}, Clock: &hands{}})
	if _, err := w.Step(t.Context()); err == nil || w.Health().Error == "" {
		t.Errorf("err %v, health %+v", err, w.Health())
	}
}

type broken struct{}

func (broken) Write(context.Context, func(desk.Tx) error) error { return errCrash }
func (broken) Read(context.Context, func(desk.Tx) error) error  { return errCrash }
