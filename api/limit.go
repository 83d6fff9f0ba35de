// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Numbers that bound what a machine may ask. A key has its own, so that one system that runs
// wild holds up no other; a source has its own for who comes without a good key.
const (
	mostBody    = 256 << 10 // bytes of a report: thirty times a full one
	keptCallers = 20_000
	limitSource = "source"
	limitWrong  = "wrong" // keys that open nothing
	limitKey    = "key"
	limitReport = "report"
	limitUrgent = "urgent" // reports that cannot wait have an allowance of their own (R-R-127)
)

// allowance: so many at once, and then one more each time that the interval passed.
type allowance struct {
	burst int
	every time.Duration
}

var allowances = map[string]allowance{
	limitSource: {burst: 600, every: 200 * time.Millisecond},
	limitWrong:  {burst: 30, every: 2 * time.Minute},
	limitKey:    {burst: 300, every: time.Second},
	limitReport: {burst: 120, every: 10 * time.Second},
	limitUrgent: {burst: 60, every: 20 * time.Second},
}

type caller struct{ what, who string }

// limits remembers for each caller until when the allowance is used up.
type limits struct {
	mu    sync.Mutex
	until map[caller]time.Time
}

func newLimits() *limits { return &limits{until: map[caller]time.Time{}} }

// take notes one request; a positive answer is how long to wait.
func (l *limits) take(now time.Time, what, who string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, at := allowances[what], caller{what, who}
	ahead := time.Duration(a.burst) * a.every
	until := l.until[at]
	if until.Before(now) || until.Sub(now) > ahead { // in time; or the clock was set back
		until = now
	}
	next := until.Add(a.every)
	if wait := next.Sub(now) - ahead; wait > 0 {
		return wait
	}
	l.makeRoom(now)
	l.until[at] = next
	return 0
}

// giveBack undoes one take: it was no guess.
func (l *limits) giveBack(what, who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until, known := l.until[caller{what, who}]; known {
		l.until[caller{what, who}] = until.Add(-allowances[what].every)
	}
}

// makeRoom forgets who is in time, and when all are ahead anybody.
func (l *limits) makeRoom(now time.Time) {
	if len(l.until) < keptCallers {
		return
	}
	for at, until := range l.until {
		if !until.After(now) {
			delete(l.until, at)
		}
	}
	for at := range l.until {
		if len(l.until) < keptCallers {
			return
		}
		delete(l.until, at)
	}
}

// within reports whether this call is within a limit; an error says how long to wait.
func (c *call) within(what, who string) error {
	if who == "" {
		return nil
	}
	wait := c.limits.take(c.Service.Now(), what, who)
	if wait <= 0 {
		return nil
	}
	c.Log.Warn("too many from one machine", "what", what)
	return &problem{status: http.StatusTooManyRequests, words: "flooded", wait: wait}
}

func (c *call) retryAfter(wait time.Duration) {
	if wait > 0 {
		c.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
}
