// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/loket/desk"
)

func (m *memory) AccountsOf(_ context.Context, tenant, person string) (out []desk.Account, _ error) {
	defer m.lock()()
	for _, key := range slices.Sorted(maps.Keys(m.accounts)) {
		if a := m.accounts[key]; a.Tenant == tenant && a.Person == person {
			out = append(out, a)
		}
	}
	return out, m.broken
}

func (m *memory) SessionsOf(_ context.Context, tenant, person string) (out []desk.Session, _ error) {
	defer m.lock()()
	for _, s := range m.sessions {
		if s.Tenant == tenant && s.Person == person {
			out = append(out, s)
		}
	}
	return out, m.broken
}

func linkKey(tenant, issuer, subject string) string {
	return tenant + "\x00" + issuer + "\x00" + subject
}

func (m *memory) Link(_ context.Context, tenant, issuer, subject string) (desk.Link, bool, error) {
	defer m.lock()()
	l, ok := m.links[linkKey(tenant, issuer, subject)]
	return l, ok, m.broken
}

func (m *memory) LinksOf(_ context.Context, tenant, person string) (out []desk.Link, _ error) {
	defer m.lock()()
	for _, l := range m.links {
		if l.Tenant == tenant && l.Person == person {
			out = append(out, l)
		}
	}
	return out, m.broken
}

func (m *memory) LinksAt(_ context.Context, issuer, subject string) (out []desk.Link, _ error) {
	defer m.lock()()
	for _, l := range m.links {
		if l.Issuer == issuer && l.Subject == subject {
			out = append(out, l)
		}
	}
	return out, m.broken
}

func (m *memory) SessionsAt(_ context.Context, provider, name string) (out []desk.Session, _ error) {
	defer m.lock()()
	for _, s := range m.sessions {
		if provider != "" && s.Provider == provider && s.ProviderSession == name {
			out = append(out, s)
		}
	}
	return out, m.broken
}

func (m *memory) AddTicket(_ context.Context, k desk.Ticket) (bool, error) {
	defer m.lock()()
	_, there := m.tickets[string(k.ID)]
	if !there {
		m.tickets[string(k.ID)] = k
	}
	return !there, m.broken
}

func (m *memory) EndInvitations(_ context.Context, tenant, person string) error {
	defer m.lock()()
	for id, k := range m.tickets {
		if k.Tenant == tenant && k.Person == person && k.Kind == kindInvitation {
			delete(m.tickets, id)
		}
	}
	return m.broken
}

func (m *memory) EndHalfLogins(_ context.Context, tenant, person string) error {
	defer m.lock()()
	for id, k := range m.tickets {
		if k.Tenant == tenant && k.Person == person && k.Kind == kindSecond {
			delete(m.tickets, id)
		}
	}
	return m.broken
}

func (m *memory) AddLink(_ context.Context, l desk.Link) (bool, error) {
	defer m.lock()()
	key := linkKey(l.Tenant, l.Issuer, l.Subject)
	if old, ok := m.links[key]; ok {
		return old.Person == l.Person, m.broken
	}
	m.links[key] = l
	return true, m.broken
}

func (m *memory) PutTicket(_ context.Context, k desk.Ticket) error {
	defer m.lock()()
	m.tickets[string(k.ID)] = k
	return m.broken
}

func (m *memory) Ticket(_ context.Context, id []byte) (desk.Ticket, bool, error) {
	defer m.lock()()
	k, ok := m.tickets[string(id)]
	return k, ok, m.broken
}

func (m *memory) UseTicket(_ context.Context, id []byte) (bool, error) {
	defer m.lock()()
	_, ok := m.tickets[string(id)]
	delete(m.tickets, string(id))
	return ok, m.broken
}

func (m *memory) PurgeTickets(_ context.Context, now time.Time) error {
	defer m.lock()()
	maps.DeleteFunc(m.tickets, func(_ string, k desk.Ticket) bool { return !now.Before(k.Expires) })
	return m.broken
}

func (m *memory) Factor(_ context.Context, tenant, person string) (desk.Factor, bool, error) {
	defer m.lock()()
	f, ok := m.factors[tenant+"/"+person]
	return f, ok, m.broken
}

func (m *memory) PutFactor(ctx context.Context, f desk.Factor, recovery [][]byte) error {
	m.mu.Lock()
	m.factors[f.Tenant+"/"+f.Person] = f
	m.mu.Unlock()
	return m.PutRecovery(ctx, f.Tenant, f.Person, recovery)
}

func (m *memory) PutRecovery(_ context.Context, tenant, person string, hashes [][]byte) error {
	defer m.lock()()
	maps.DeleteFunc(m.recovery, func(key string, _ bool) bool { return strings.HasPrefix(key, tenant+"/"+person+"/") })
	for _, hash := range hashes {
		m.recovery[tenant+"/"+person+"/"+string(hash)] = true
	}
	return m.broken
}

func (m *memory) StepFactor(_ context.Context, tenant, person string, step int64) (bool, error) {
	defer m.lock()()
	f, ok := m.factors[tenant+"/"+person]
	if !ok || f.LastStep >= step {
		return false, m.broken
	}
	f.LastStep = step
	m.factors[tenant+"/"+person] = f
	return true, m.broken
}

func (m *memory) EndFactor(ctx context.Context, tenant, person string) error {
	m.mu.Lock()
	delete(m.factors, tenant+"/"+person)
	m.mu.Unlock()
	return m.PutRecovery(ctx, tenant, person, nil)
}

func (m *memory) UseRecovery(_ context.Context, tenant, person string, hash []byte) (bool, error) {
	defer m.lock()()
	key := tenant + "/" + person + "/" + string(hash)
	ok := m.recovery[key]
	delete(m.recovery, key)
	return ok, m.broken
}

func (m *memory) RecoveryLeft(_ context.Context, tenant, person string) (n int, _ error) {
	defer m.lock()()
	for key := range m.recovery {
		if strings.HasPrefix(key, tenant+"/"+person+"/") {
			n++
		}
	}
	return n, m.broken
}

// vault keeps secrets under keys that can be destroyed, as package seal does.
type vault struct {
	mu   sync.Mutex
	keys map[string]bool
}

func (v *vault) NewKey(context.Context, string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.keys == nil {
		v.keys = map[string]bool{}
	}
	key := fmt.Sprint("key", len(v.keys))
	v.keys[key] = true
	return key, nil
}

func (v *vault) Seal(_ context.Context, key, place string, plain []byte) ([]byte, error) {
	return flipped(key+place, plain), nil
}

func (v *vault) Open(_ context.Context, key, place string, sealed []byte) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.keys[key] {
		return nil, errors.New("destroyed")
	}
	return flipped(key+place, sealed), nil
}

func (v *vault) Destroy(_ context.Context, key string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[key] = false
	return nil
}

func flipped(key string, in []byte) []byte {
	out := make([]byte, len(in))
	for i := range in {
		out[i] = in[i] ^ key[i%len(key)] ^ 0x5a
	}
	return out
}
