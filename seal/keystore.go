// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Key is a wrapped keyset as it lies in the key store.
type Key struct {
	ID        string
	Tenant    string
	Wrapped   []byte // empty once destroyed
	Destroyed bool
	Created   time.Time
	Wrapper   int64 // version of the key above when it wrapped this one
	Version   int64 // of this key, for those below it; it counts changes of keys
}

// KeyStore keeps wrapped keys, apart from the database that holds what they seal, so that
// its backups can be thrown away sooner. Package store implements it.
type KeyStore interface {
	// AddKeys stores keys durably, all or none; a key whose ID exists is left as it is. It
	// gives ErrStale when the key above them has another version than Wrapper says.
	AddKeys(ctx context.Context, keys []Key) error
	// ReplaceKey stores was anew as is, unless somebody changed or destroyed it meanwhile.
	ReplaceKey(ctx context.Context, was, is Key) (replaced bool, err error)
	// Keys lists live keys in order of ID: those of organisations (of all tenants when tenant
	// is empty), or those of the cases of one tenant.
	Keys(ctx context.Context, tenant string, ofCases bool, after string, limit int) ([]Key, error)
	// Mark is how far the erasure register was carried out in this key store.
	Mark(ctx context.Context) (int64, error)
	SetMark(ctx context.Context, upto int64) error
	Key(ctx context.Context, id string) (Key, bool, error)
	// DestroyKey overwrites the wrapped key and marks it; it is durable when it returns.
	DestroyKey(ctx context.Context, id string, at time.Time) error
}

// Errors that a caller can tell apart.
var (
	ErrDestroyed = errors.New("seal: the key was destroyed, what it sealed is erased")
	ErrUnknown   = errors.New("seal: there is no such key")
	ErrStale     = errors.New("seal: the key above was changed meanwhile")
	ErrRejected  = errors.New("seal: the sealed text was changed, moved, or belongs to another key")
)

// rootRow is the row that counts changes of the root key. It holds no key: Version is the
// version that wraps now, Wrapper the last one that all keys were brought under.
const rootRow = "root:"

// above is the id of the row of the key that wraps k.
func above(k Key) string { return Above(k.ID, k.Tenant) }

// Above is the id of the row of the key that wraps another: that of the organisation for the
// key of a case, that of the root key for any other.
func Above(id, tenant string) string {
	if strings.Contains(id, ":") {
		return rootRow
	}
	return "organisation:" + tenant
}

// memory is a KeyStore that forgets everything at the end of the program.
type memory struct {
	mu   sync.Mutex
	keys map[string]Key
	mark int64
}

// Memory is a key store for tests and for trying things out.
func Memory() KeyStore { return &memory{keys: map[string]Key{}} }

func (m *memory) AddKeys(_ context.Context, keys []Key) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range keys {
		if m.keys[above(k)].Version != k.Wrapper {
			return ErrStale
		}
	}
	for _, k := range keys {
		if _, taken := m.keys[k.ID]; !taken {
			m.keys[k.ID] = k
		}
	}
	return nil
}

func (m *memory) Key(_ context.Context, id string) (Key, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.keys[id]
	return k, ok, nil
}

func (m *memory) DestroyKey(_ context.Context, id string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.keys[id]
	if !ok {
		return ErrUnknown
	}
	clear(k.Wrapped)
	k.Wrapped, k.Destroyed = nil, true
	m.keys[id] = k
	return nil
}

func (m *memory) ReplaceKey(_ context.Context, was, is Key) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.keys[was.ID]
	if !ok || k.Destroyed || !bytes.Equal(k.Wrapped, was.Wrapped) || k.Version != was.Version {
		return false, nil
	}
	m.keys[was.ID] = is
	return true, nil
}

func (m *memory) Keys(_ context.Context, tenant string, ofCases bool, after string, limit int) ([]Key, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Key
	for _, id := range slices.Sorted(maps.Keys(m.keys)) {
		k := m.keys[id]
		if id > after && len(out) < limit && !k.Destroyed && len(k.Wrapped) > 0 && strings.Contains(id, ":") != ofCases && (tenant == "" || k.Tenant == tenant) {
			out = append(out, k)
		}
	}
	return out, nil
}

func (m *memory) Mark(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mark, nil
}

func (m *memory) SetMark(_ context.Context, upto int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mark = upto
	return nil
}
