// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// memory is a store of outbox and clocks. It keeps the promises of the real one that
// matter here: leases hold, and a failed transaction changes nothing.
type memory struct {
	desk.Tx // every other method would panic: the worker has no business there

	mu       sync.Mutex
	messages map[string]desk.Message
	leased   map[string]time.Time
	order    []string
	clocks   map[string]desk.ClockRow
	loseSent int           // commits of Sent that fail, as in a crash
	early    time.Duration // control: shows clocks before their moment

	oldestOnly bool // control: nobody passes
	pushy      bool // control: everybody passes
}

func newMemory() *memory {
	return &memory{messages: map[string]desk.Message{}, leased: map[string]time.Time{}, clocks: map[string]desk.ClockRow{}}
}

func (s *memory) Write(_ context.Context, fn func(desk.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fn(s)
}

func (s *memory) Read(ctx context.Context, fn func(desk.Tx) error) error { return s.Write(ctx, fn) }

func (s *memory) Enqueue(_ context.Context, messages []desk.Message) error {
	for _, m := range messages {
		s.messages[m.ID] = m
		s.order = append(s.order, m.ID)
	}
	return nil
}

func (s *memory) Lease(_ context.Context, now, until time.Time, limit int) (found []desk.Message, err error) {
	for _, id := range s.order {
		m := s.messages[id]
		if len(found) == limit {
			break
		}
		if !m.Final && m.SentAt.IsZero() && !m.DueAt.After(now) && !s.leased[id].After(now) {
			m.Attempts++
			s.messages[id], s.leased[id] = m, until
			found = append(found, m)
		}
	}
	return found, nil
}

// LeaseNewest walks from the end, and lets nobody pass who waits for the same address.
func (s *memory) LeaseNewest(_ context.Context, now, until time.Time, limit int) (found []desk.Message, err error) {
	for i := len(s.order) - 1; i >= 0 && len(found) < limit && !s.oldestOnly; i-- {
		m := s.messages[s.order[i]]
		free := !m.Final && m.SentAt.IsZero() && !m.DueAt.After(now) && !s.leased[m.ID].After(now)
		if free && (s.pushy || !slices.ContainsFunc(s.order, func(id string) bool {
			o := s.messages[id]
			return !o.Final && o.SentAt.IsZero() && o.To == m.To && o.DueAt.Before(m.DueAt)
		})) {
			m.Attempts++
			s.messages[m.ID], s.leased[m.ID] = m, until
			found = append(found, m)
		}
	}
	return found, nil
}

var errCrash = errors.New("the machine went down before the commit")

func (s *memory) Sent(_ context.Context, id string, at time.Time) error {
	if s.loseSent > 0 {
		s.loseSent--
		return errCrash
	}
	m := s.messages[id]
	m.SentAt = at
	s.messages[id] = m
	return nil
}

func (s *memory) Failed(_ context.Context, id string, next time.Time, reason string, final bool) error {
	m := s.messages[id]
	m.DueAt, m.Error, m.Final = next, reason, final
	s.messages[id] = m
	delete(s.leased, id)
	return nil
}

func (s *memory) PutClocks(_ context.Context, id loket.CaseID, rows []desk.ClockRow) error {
	for _, row := range rows {
		s.clocks[string(id)+"/"+row.Clock] = row
	}
	return nil
}

func (s *memory) DueClocks(_ context.Context, now time.Time, limit int) (due []desk.ClockRow, err error) {
	for _, row := range s.clocks {
		if len(due) < limit && !row.NextAt.IsZero() && !row.NextAt.Add(-s.early).After(now) {
			due = append(due, row)
		}
	}
	return due, nil
}

func (s *memory) SetClockNext(_ context.Context, id loket.CaseID, clock string, next time.Time, stage int) error {
	key := string(id) + "/" + clock
	row := s.clocks[key]
	row.NextAt, row.Stage = next, stage
	s.clocks[key] = row
	return nil
}

// unsent counts messages that neither left nor were given up.
func (s *memory) unsent() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if m.SentAt.IsZero() && !m.Final {
			n++
		}
	}
	return n
}

// hands is a clock that moves when told.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}
