// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"context"
	"errors"
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
}

// KeyStore keeps wrapped keys, apart from the database that holds what they seal, so that
// its backups can be thrown away sooner. Package store implements it.
type KeyStore interface {
	// AddKeys stores keys durably, all or none; a key whose ID exists is left as it is.
	AddKeys(ctx context.Context, keys []Key) error
	Key(ctx context.Context, id string) (Key, bool, error)
	// DestroyKey overwrites the wrapped key and marks it; it is durable when it returns.
	DestroyKey(ctx context.Context, id string, at time.Time) error
}

// Errors that a caller can tell apart.
var (
	ErrDestroyed = errors.New("seal: the key was destroyed, what it sealed is erased")
	ErrUnknown   = errors.New("seal: there is no such key")
	ErrRejected  = errors.New("seal: the sealed text was changed, moved, or belongs to another key")
)

// memory is a KeyStore that forgets everything at the end of the program.
type memory struct {
	mu   sync.Mutex
	keys map[string]Key
}

// Memory is a key store for tests and for trying things out.
func Memory() KeyStore { return &memory{keys: map[string]Key{}} }

func (m *memory) AddKeys(_ context.Context, keys []Key) error {
	m.mu.Lock()
	defer m.mu.Unlock()
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
