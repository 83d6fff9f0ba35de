// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"math"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// allowance is how often one source may do something: so many at once, and then one more
// each time that the interval passed.
type allowance struct {
	burst int
	every time.Duration
}

// flood counts, per thing and per source, how far ahead of its allowance somebody is. It
// keeps one moment for each: when the last request would have been in its turn. Somebody who
// never comes too fast has a moment in the past and is forgotten as soon as room is short.
type flood struct {
	mu    sync.Mutex
	turns map[turn]time.Time
}

type turn struct{ what, who string }

func newFlood() *flood { return &flood{turns: map[turn]time.Time{}} }

// take notes one request and reports whether it is within the allowance; if not, how long
// it is until the next one would be.
func (f *flood) take(now time.Time, what, who string, a allowance) (wait time.Duration, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := turn{what, who}
	last := f.turns[at]
	ahead := time.Duration(a.burst) * a.every
	if last.Before(now) || last.Sub(now) > ahead { // in time; or the clock was set back
		last = now
	}
	if next := last.Add(a.every); next.Sub(now) <= ahead {
		f.makeRoom(now)
		f.turns[at] = next
		return 0, true
	}
	return last.Add(a.every).Sub(now) - ahead, false
}

// giveBack undoes one take: it was no guess but the right answer.
func (f *flood) giveBack(what, who string, a allowance) {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := turn{what, who}
	if last, known := f.turns[at]; known {
		f.turns[at] = last.Add(-a.every)
	}
}

// makeRoom keeps memory small under a flood of invented sources. Who is in time goes first;
// when all are ahead an eighth of them goes, whoever they are.
func (f *flood) makeRoom(now time.Time) {
	if len(f.turns) < keptSources {
		return
	}
	for at, last := range f.turns {
		if !last.After(now) {
			delete(f.turns, at)
		}
	}
	for at := range f.turns {
		if len(f.turns) <= keptSources-keptSources/8 {
			return
		}
		delete(f.turns, at)
	}
}

// within reports whether this visit may do one more of what; a non-nil error tells how long
// to wait. People who work at the desk are never held up: they are known, and few.
func (v *visit) within(what string) error {
	if v.known && v.roleMay("record") {
		return nil
	}
	source := v.source(v.r)
	if source == "" {
		return nil
	}
	wait, ok := v.flood.take(v.now, what, source, allowances[what])
	if ok && what == floodReport && v.known && v.actor.Organisation != "" {
		wait, ok = v.flood.take(v.now, floodOrganisation, v.actor.Tenant+"/"+v.actor.Organisation, allowances[floodOrganisation])
	}
	if ok {
		return nil
	}
	v.log.Warn("too many from one source", "what", what)
	return &failure{status: http.StatusTooManyRequests, words: "flooded", wait: wait}
}

// mayReport keeps an urgent report apart from the rest: however many reports a network sent,
// the one that cannot wait still has an allowance of its own (R-R-127).
func (v *visit) mayReport(f *formView) error {
	for field := range f.fields() {
		if f.urgent(field) && v.within(floodUrgent) == nil {
			return nil
		}
	}
	return v.within(floodReport)
}

// floodWords tells somebody who came too often how long to wait; empty for another error.
func (v *reader) floodWords(err error) string {
	if own, ok := errors.AsType[*failure](err); ok && own.status == http.StatusTooManyRequests {
		if own.words == "reading" {
			return v.N("flood.reading", minutes(own.wait))
		}
		return v.N("flood.wait", minutes(own.wait))
	}
	return ""
}

// retryAfter tells programs how long to wait, in whole seconds.
func (v *visit) retryAfter(err error) {
	if own, ok := errors.AsType[*failure](err); ok && own.wait > 0 {
		v.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(own.wait.Seconds()))))
	}
}

func minutes(d time.Duration) int { return max(1, int(math.Ceil(d.Minutes()))) }

// remoteHost names a source by the address of its connection.
func remoteHost(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		return host
	}
	return r.RemoteAddr
}

// oneByOne lets only so many large bodies be read at a time; the others wait their turn, or
// until their sender goes. An ordinary form is small and never waits. One source has a quarter of the
// turns: who promises large bodies and sends them drop by drop keeps nobody else waiting.
func (s *Server) oneByOne(next http.Handler) http.Handler {
	own := &turnsOf{slots: map[string]*slots{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && (r.ContentLength > smallBody || r.ContentLength < 0) {
			mine, leave := own.enter(s.source(r))
			defer leave()
			for _, turn := range []chan struct{}{mine, s.large} {
				select {
				case turn <- struct{}{}:
					defer func() { <-turn }()
				case <-r.Context().Done():
					return
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// turnsOf are the turns of each source that has a large body here now, and of no other.
type turnsOf struct {
	mu    sync.Mutex
	slots map[string]*slots
}

type slots struct {
	turns chan struct{}
	users int
}

// enter gives the turns of a source; who leaves last takes them away. A source without a name
// stands for everybody and has all turns.
func (t *turnsOf) enter(source string) (turns chan struct{}, leave func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := t.slots[source]
	if own == nil {
		most := largeOfOne
		if source == "" {
			most = largeBodies
		}
		own = &slots{turns: make(chan struct{}, most)}
		t.slots[source] = own
	}
	own.users++
	return own.turns, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if own.users--; own.users == 0 {
			delete(t.slots, source)
		}
	}
}
