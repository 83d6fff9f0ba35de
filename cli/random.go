// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"crypto/rand"
	"encoding/base32"
	"io"
	mathrand "math/rand/v2"
	"strings"
	"sync"
	"time"

	"example.org/loket/desk"
)

// identifiers makes random ids and return codes from a source of random bytes.
type identifiers struct {
	mu     sync.Mutex
	source io.Reader
}

// randomIDs are for a real desk.
func randomIDs() *identifiers { return &identifiers{source: rand.Reader} }

// seededIDs are the same in every run, for stories.
func seededIDs() *identifiers {
	return &identifiers{source: mathrand.NewChaCha8([32]byte{'l', 'o', 'k', 'e', 't'})}
}

// spoken is an alphabet without letters that sound or look alike: no i, l, o, u.
var spoken = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

var plain = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func (r *identifiers) bytes(n int) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := make([]byte, n)
	if _, err := io.ReadFull(r.source, b); err != nil {
		panic("cli: no randomness: " + err.Error()) // an id that can be guessed is worse than no desk
	}
	return b
}

// ID is 128 random bits in base32.
func (r *identifiers) ID() string { return plain.EncodeToString(r.bytes(16)) }

// RowID is 48 bits of the moment and 80 random bits.
func (r *identifiers) RowID(at time.Time) string {
	return desk.OrderedID(at, [10]byte(r.bytes(10)))
}

// Code is 80 random bits in four groups of four that a person can read aloud.
func (r *identifiers) Code() string {
	t := strings.ToUpper(spoken.EncodeToString(r.bytes(10)))
	return t[:4] + "-" + t[4:8] + "-" + t[8:12] + "-" + t[12:]
}

// wall is the clock of this machine.
type wall struct{}

// Now is the present moment.
func (wall) Now() time.Time { return time.Now() }

// hands is a clock that stories move. Let go, it runs with the clock of this machine.
type hands struct {
	mu  sync.Mutex
	at  time.Time
	off bool
}

// Now is the moment the hands stand at.
func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.off {
		return time.Now()
	}
	return h.at
}

func (h *hands) set(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = at
}

func (h *hands) letGo() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.off = true
}

func (h *hands) hold(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.off = at, false
}
