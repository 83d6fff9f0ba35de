// SPDX-License-Identifier: EUPL-1.2

package testkit

import (
	"encoding/base32"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"example.org/loket/desk"
)

// seeded makes identifiers that are the same in every run with the same seed.
type seeded struct {
	mu  sync.Mutex
	src *rand.ChaCha8
}

func newRand(seed uint64) *seeded {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return &seeded{src: rand.NewChaCha8(key)}
}

func (s *seeded) bytes(n int) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := make([]byte, n)
	s.src.Read(b)
	return b
}

func (s *seeded) text(bytes int) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s.bytes(bytes)))
}

// ID implements desk.Rand.
func (s *seeded) ID() string { return s.text(16) }

// RowID implements desk.Rand.
func (s *seeded) RowID(at time.Time) string { return desk.OrderedID(at, [10]byte(s.bytes(10))) }

// Code implements desk.Rand: four groups of four.
func (s *seeded) Code() string {
	t := s.text(10)
	return strings.Join([]string{t[:4], t[4:8], t[8:12], t[12:16]}, "-")
}
