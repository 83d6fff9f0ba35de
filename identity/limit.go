// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Guesses allowed per hour, per account and per source (S11).
const guessesPerHour = 10

// limit counts wrong guesses by name. It is kept in memory: a restart forgets, and an
// attacker cannot cause restarts.
type limit struct {
	mu      sync.Mutex
	most    int
	within  time.Duration
	guesses map[string][]time.Time
}

func newLimit() *limit {
	return &limit{most: guessesPerHour, within: time.Hour, guesses: map[string][]time.Time{}}
}

// take notes one guess under every name and reports whether it may be tried. The guess
// counts before its outcome is known, so that guessing in parallel gains nothing.
func (l *limit) take(now time.Time, names ...string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget(now)
	allowed := true
	for _, name := range names {
		allowed = allowed && len(l.recent(now, name)) < l.most
	}
	if allowed {
		for _, name := range names {
			l.guesses[name] = append(l.recent(now, name), now)
		}
	}
	return allowed
}

// full reports whether a name has no guess left.
func (l *limit) full(now time.Time, name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.recent(now, name)) >= l.most
}

// undo takes back the last guess under each name: it was right.
func (l *limit) undo(names ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range names {
		if g := l.guesses[name]; len(g) > 0 {
			l.guesses[name] = g[:len(g)-1]
		}
	}
}

// recent keeps the guesses that still count. One that lies in the future, because the
// clock was set back, counts no longer than it would have.
func (l *limit) recent(now time.Time, name string) []time.Time {
	var kept []time.Time
	for _, at := range l.guesses[name] {
		if age := now.Sub(at).Abs(); age < l.within {
			kept = append(kept, at)
		}
	}
	return kept
}

// forget drops names without recent guesses once there are many, so that memory stays
// small under a flood of invented names.
func (l *limit) forget(now time.Time) {
	const many = 10_000
	if len(l.guesses) < many {
		return
	}
	for name := range l.guesses {
		if len(l.recent(now, name)) == 0 {
			delete(l.guesses, name)
		}
	}
}

// Source names where a request comes from: the address of the connection, for IPv6 the
// network of 64 bits that one subscriber has. Headers are not believed.
func Source(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if addr = addr.Unmap(); addr.Is4() {
		return addr.String()
	}
	network, err := addr.WithZone("").Prefix(64)
	if err != nil {
		return host
	}
	return network.String()
}
