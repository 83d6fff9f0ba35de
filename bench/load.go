// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"slices"
	"sync"
	"time"
)

// sample is what a load gave: how many in how long, and how long each took.
type sample struct {
	took  []time.Duration
	wall  time.Duration
	fault error // the first one; the numbers then mean nothing
}

// load lets clients do one thing again and again for a while.
func load(clients int, lasts time.Duration, do func(client int) error) sample {
	var mu sync.Mutex
	var all sample
	var wg sync.WaitGroup
	start := time.Now()
	for client := range clients {
		wg.Go(func() {
			took, err := repeat(start.Add(lasts), func() error { return do(client) })
			mu.Lock()
			defer mu.Unlock()
			all.took = append(all.took, took...)
			if all.fault == nil {
				all.fault = err
			}
		})
	}
	wg.Wait()
	all.wall = time.Since(start)
	return all
}

func repeat(until time.Time, do func() error) (took []time.Duration, err error) {
	for time.Now().Before(until) && err == nil {
		began := time.Now()
		err = do()
		took = append(took, time.Since(began))
	}
	return took, err
}

// with adds what another round gave.
func (s sample) with(other sample) sample {
	s.took = append(s.took, other.took...)
	s.wall += other.wall
	if s.fault == nil {
		s.fault = other.fault
	}
	return s
}

// rate is how many there were in a second.
func (s sample) rate() float64 {
	if s.wall == 0 {
		return 0
	}
	return float64(len(s.took)) / s.wall.Seconds()
}

// each is the part of a cost that falls to one.
func (s sample) each(all time.Duration) time.Duration {
	return all / time.Duration(max(1, len(s.took)))
}

// at is the time within which a share of them was done: at(0.5) is the median.
func (s sample) at(share float64) time.Duration {
	if len(s.took) == 0 {
		return 0
	}
	slices.Sort(s.took)
	return s.took[min(len(s.took)-1, int(share*float64(len(s.took))))]
}
