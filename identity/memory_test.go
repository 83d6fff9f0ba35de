// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"sync"
	"time"

	"example.org/loket/desk"
)

// memory keeps accounts, sessions, drafts and people as the real store does.
type memory struct {
	mu       sync.Mutex
	accounts map[string]desk.Account
	sessions map[string]desk.Session
	drafts   map[string]desk.Draft
	counts   int // how often the room of drafts was counted
	people   map[string]desk.Person
	links    map[string]desk.Link
	tickets  map[string]desk.Ticket
	factors  map[string]desk.Factor
	recovery map[string]bool
	passkeys map[string]desk.Passkey
	reads    int // of accounts
	writes   int
	broken   error
}

func newMemory() *memory {
	return &memory{accounts: map[string]desk.Account{}, sessions: map[string]desk.Session{},
		drafts: map[string]desk.Draft{}, people: map[string]desk.Person{}, links: map[string]desk.Link{},
		tickets: map[string]desk.Ticket{}, factors: map[string]desk.Factor{}, recovery: map[string]bool{}, passkeys: map[string]desk.Passkey{}}
}

func (m *memory) lock() func() { m.mu.Lock(); return m.mu.Unlock }

func (m *memory) Account(_ context.Context, tenant, login string) (desk.Account, bool, error) {
	defer m.lock()()
	m.reads++
	a, ok := m.accounts[tenant+"/"+login]
	return a, ok, m.broken
}

func (m *memory) PutAccount(_ context.Context, a desk.Account) error {
	defer m.lock()()
	m.accounts[a.Tenant+"/"+a.Login] = a
	return m.broken
}

func (m *memory) PutPassword(_ context.Context, a desk.Account) error {
	defer m.lock()()
	a.Blocked = m.accounts[a.Tenant+"/"+a.Login].Blocked
	m.accounts[a.Tenant+"/"+a.Login] = a
	return m.broken
}

func (m *memory) PutSession(_ context.Context, s desk.Session) error {
	defer m.lock()()
	m.writes++
	m.sessions[string(s.ID)] = s
	return m.broken
}

func (m *memory) TouchSession(_ context.Context, id []byte, seen time.Time) error {
	defer m.lock()()
	m.writes++
	if s, ok := m.sessions[string(id)]; ok {
		s.Seen = seen
		m.sessions[string(id)] = s
	}
	return m.broken
}

func (m *memory) Session(_ context.Context, id []byte) (desk.Session, bool, error) {
	defer m.lock()()
	s, ok := m.sessions[string(id)]
	return s, ok, m.broken
}

func (m *memory) EndSession(_ context.Context, id []byte) error {
	defer m.lock()()
	delete(m.sessions, string(id))
	return m.broken
}

func (m *memory) EndSessions(_ context.Context, tenant, person string) error {
	defer m.lock()()
	for id, s := range m.sessions {
		if s.Tenant == tenant && s.Person == person {
			delete(m.sessions, id)
		}
	}
	for id, k := range m.tickets {
		if k.Tenant == tenant && k.Person == person && k.Kind != kindInvitation {
			delete(m.tickets, id)
		}
	}
	return m.broken
}

func (m *memory) PurgeSessions(_ context.Context, started, seen time.Time) error {
	defer m.lock()()
	for id, s := range m.sessions {
		if !s.Started.After(started) || !s.Seen.After(seen) {
			delete(m.sessions, id)
		}
	}
	return m.broken
}

func (m *memory) PutDraft(_ context.Context, d desk.Draft) error {
	defer m.lock()()
	m.drafts[string(d.ID)] = d
	return m.broken
}

func (m *memory) Draft(_ context.Context, id []byte) (desk.Draft, bool, error) {
	defer m.lock()()
	d, ok := m.drafts[string(id)]
	return d, ok, m.broken
}

func (m *memory) DraftBytes(context.Context) (n int64, err error) {
	defer m.lock()()
	m.counts++
	for _, d := range m.drafts {
		n += int64(len(d.Sealed))
	}
	return n, m.broken
}

func (m *memory) DeleteDraft(_ context.Context, id []byte) error {
	defer m.lock()()
	delete(m.drafts, string(id))
	return m.broken
}

func (m *memory) PurgeDrafts(_ context.Context, now time.Time) error {
	defer m.lock()()
	for id, d := range m.drafts {
		if !now.Before(d.Expires) {
			delete(m.drafts, id)
		}
	}
	return m.broken
}

func (m *memory) Person(_ context.Context, tenant, id string) (desk.Person, bool, error) {
	defer m.lock()()
	p, ok := m.people[tenant+"/"+id]
	return p, ok, m.broken
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
