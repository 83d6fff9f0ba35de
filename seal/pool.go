// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// A batch of spare keys is written at once, so that taking a report in costs no wait for
// the key store's disk. Batches grow while keys go fast. Spares that were not used when
// the program ends stay unused: a key nobody used seals nothing.
const (
	batchLeast = 16
	batchMost  = 256
)

// spare is a key that is in the key store and seals nothing yet.
type spare struct {
	id   string
	aead tink.AEAD
}

// pool holds the spare keys of one tenant.
type pool struct {
	mu     sync.Mutex
	spares []spare
	size   int           // of the next batch
	turn   chan struct{} // holds one token: who has it makes the next batch
}

func (p *pool) init() {
	p.size, p.turn = batchLeast, make(chan struct{}, 1)
	p.turn <- struct{}{}
}

// take gives a spare key, and whether it is time to make more.
func (p *pool) take() (s spare, ok, more bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.spares) == 0 {
		return spare{}, false, true
	}
	s = p.spares[len(p.spares)-1]
	p.spares = p.spares[:len(p.spares)-1]
	return s, true, len(p.spares) < p.size/2
}

// NewKey gives a fresh case key that is durable in the key store already.
func (k *Keyring) NewKey(ctx context.Context, tenant string) (string, error) {
	o, err := k.organisation(ctx, tenant)
	if err != nil {
		return "", err
	}
	for {
		s, ok, more := o.pool.take()
		if ok {
			if more {
				k.refillSoon(o)
			}
			k.cases.put(s.id, s.aead, k.cases.era())
			return s.id, nil
		}
		select {
		case <-o.pool.turn:
			err := k.refillIfEmpty(ctx, o)
			o.pool.turn <- struct{}{}
			if err != nil {
				return "", err
			}
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// refillSoon makes a batch while nobody waits for it, unless one is being made.
func (k *Keyring) refillSoon(o *organisation) {
	select {
	case <-o.pool.turn:
		go func() {
			_ = k.refill(context.Background(), o) // who finds the pool empty tries again and sees the error
			o.pool.turn <- struct{}{}
		}()
	default:
	}
}

func (k *Keyring) refillIfEmpty(ctx context.Context, o *organisation) error {
	o.pool.mu.Lock()
	n := len(o.pool.spares)
	o.pool.mu.Unlock()
	if n > 0 {
		return nil
	}
	return k.refill(ctx, o)
}

func (k *Keyring) refill(ctx context.Context, o *organisation) error {
	err := k.refillOnce(ctx, o)
	if errors.Is(err, ErrStale) { // the key of the organisation was changed since it was read
		if err := k.reload(ctx, o); err != nil {
			return err
		}
		err = k.refillOnce(ctx, o)
	}
	return err
}

func (k *Keyring) refillOnce(ctx context.Context, o *organisation) error {
	n := o.pool.size
	keys, spares := make([]Key, 0, n), make([]spare, 0, n)
	for range n {
		key, s, err := o.fresh()
		if err != nil {
			return err
		}
		keys, spares = append(keys, key), append(spares, s)
	}
	if err := k.store.AddKeys(ctx, keys); err != nil {
		return err
	}
	o.pool.mu.Lock()
	defer o.pool.mu.Unlock()
	o.pool.spares = append(o.pool.spares, spares...)
	o.pool.size = min(2*n, batchMost)
	return nil
}

// fresh makes one case key, wrapped by the organisation key.
func (o *organisation) fresh() (Key, spare, error) {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return Key{}, spare{}, err
	}
	id := newID()
	top := o.top.Load()
	wrapped, err := wrap(h, top.aead, id, o.tenant)
	if err != nil {
		return Key{}, spare{}, err
	}
	a, err := aead.New(h)
	return Key{ID: id, Tenant: o.tenant, Wrapped: wrapped, Created: time.Now(), Wrapper: top.version}, spare{id, a}, err
}
