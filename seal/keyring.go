// SPDX-License-Identifier: EUPL-1.2

// Package seal holds the keys and seals what is confidential.
//
//	root key (a file, mode 0600)
//	  └─ wraps ─▶ organisation key ──── wraps ─▶ case key ─ seals ─▶ fields of one case
//	  └─ wraps ─▶ index key (hashes for "equal or not")
//
// Every wrapped key lies in the key store, apart from the database. Destroying a case key
// erases the case: from the database, from its log, and from every backup once the key
// store's own, shorter-lived backups are gone (S08).
//
// A sealed text is bound to its place (table, column, row, version): moved elsewhere it
// does not open (S06).
package seal

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// domain keeps texts of this program apart from any other use of the same keys.
const domain = "loket/v1|"

// cached is how many opened case keys stay in memory.
const cached = 4096

// hashSize is how many bytes of a blind index are kept: enough to never meet by chance,
// too few to be anything else than an index.
const hashSize = 16

// Keyring makes, opens and destroys keys. It implements desk.Sealer and is safe for
// concurrent use.
type Keyring struct {
	root  *Root
	store KeyStore

	mu    sync.Mutex
	orgs  map[string]*organisation
	cases *recent
}

// organisation is the opened keys of one tenant.
type organisation struct {
	tenant string
	index  *prf.Set
	pool   pool
	top    atomic.Pointer[wrapper] // changes when the key of the organisation does
}

// wrapper is the key of an organisation as it wraps case keys now.
type wrapper struct {
	aead    tink.AEAD
	version int64
}

// NewKeyring makes a keyring over a key store.
func NewKeyring(root *Root, store KeyStore) *Keyring {
	return &Keyring{root: root, store: store, orgs: map[string]*organisation{}, cases: newRecent(cached)}
}

// organisation opens the keys of a tenant, and makes them the first time.
func (k *Keyring) organisation(ctx context.Context, tenant string) (*organisation, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if o, ok := k.orgs[tenant]; ok {
		return o, nil
	}
	o := &organisation{tenant: tenant}
	if err := k.reload(ctx, o); err != nil {
		return nil, err
	}
	index, _, err := k.top(ctx, "index:"+tenant, tenant, func() (*keyset.Handle, error) { return keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate()) })
	if err != nil {
		return nil, err
	}
	if o.index, err = prf.NewPRFSet(index); err != nil {
		return nil, err
	}
	o.pool.init()
	k.orgs[tenant] = o
	return o, nil
}

// reload opens the key of an organisation as it is now. Another program may have changed it.
func (k *Keyring) reload(ctx context.Context, o *organisation) error {
	h, version, err := k.top(ctx, "organisation:"+o.tenant, o.tenant, func() (*keyset.Handle, error) { return keyset.NewHandle(aead.AES256GCMKeyTemplate()) })
	if err != nil {
		return err
	}
	a, err := aead.New(h)
	if err == nil {
		o.top.Store(&wrapper{a, version})
	}
	return err
}

// top opens a key that the root key wraps, and makes it when there is none. When two
// programs make it at once, the first one stored is the key of both.
func (k *Keyring) top(ctx context.Context, id, tenant string, fresh func() (*keyset.Handle, error)) (*keyset.Handle, int64, error) {
	stored, found, err := k.store.Key(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	if !found {
		if err := k.addTop(ctx, id, tenant, fresh); err != nil {
			return nil, 0, err
		}
		if stored, _, err = k.store.Key(ctx, id); err != nil {
			return nil, 0, err
		}
	}
	h, err := k.openTop(ctx, stored)
	return h, stored.Version, err
}

// addTop makes a key under the root key; a root key that changed meanwhile is read again.
func (k *Keyring) addTop(ctx context.Context, id, tenant string, fresh func() (*keyset.Handle, error)) error {
	h, err := fresh()
	if err != nil {
		return err
	}
	for range 2 {
		root, _, err := k.store.Key(ctx, rootRow)
		if err != nil {
			return err
		}
		wrapped, err := wrap(h, k.root.wrapping(), id, tenant)
		if err != nil {
			return err
		}
		err = k.store.AddKeys(ctx, []Key{{ID: id, Tenant: tenant, Wrapped: wrapped, Created: time.Now(), Wrapper: root.Version}})
		if !errors.Is(err, ErrStale) {
			return err
		}
		if err := k.root.reload(ctx); err != nil {
			return err
		}
	}
	return ErrStale
}

// openTop opens a key of an organisation, if need be with the root key as it is now.
func (k *Keyring) openTop(ctx context.Context, stored Key) (*keyset.Handle, error) {
	h, err := unwrap(stored, k.root.wrapping())
	if err == nil || errors.Is(err, ErrDestroyed) {
		return h, err
	}
	if again := k.root.reload(ctx); again != nil {
		return nil, errors.Join(err, again)
	}
	return unwrap(stored, k.root.wrapping())
}

func wrap(h *keyset.Handle, with tink.AEAD, id, tenant string) ([]byte, error) {
	var out bytes.Buffer
	err := h.WriteWithAssociatedData(keyset.NewBinaryWriter(&out), with, keyPlace(id, tenant))
	return out.Bytes(), err
}

func unwrap(k Key, with tink.AEAD) (*keyset.Handle, error) {
	if k.Destroyed {
		return nil, ErrDestroyed
	}
	h, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(k.Wrapped)), with, keyPlace(k.ID, k.Tenant))
	if err != nil {
		return nil, fmt.Errorf("seal: key %s does not open; is this the right root key? %w", k.ID, err)
	}
	return h, nil
}

// keyPlace binds a wrapped key to its name and owner.
func keyPlace(id, tenant string) []byte { return []byte(domain + "key|" + tenant + "|" + id) }

func newID() string {
	var b [16]byte
	rand.Read(b[:]) // it never fails: the program would end
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// Seal encrypts plain with a case key, bound to place.
func (k *Keyring) Seal(ctx context.Context, key, place string, plain []byte) ([]byte, error) {
	a, err := k.opened(ctx, key)
	if err != nil {
		return nil, err
	}
	return a.Encrypt(plain, fieldPlace(key, place))
}

// Open decrypts what Seal made with the same key for the same place.
func (k *Keyring) Open(ctx context.Context, key, place string, sealed []byte) ([]byte, error) {
	a, err := k.opened(ctx, key)
	if err != nil {
		return nil, err
	}
	plain, err := a.Decrypt(sealed, fieldPlace(key, place))
	if err != nil {
		return nil, ErrRejected // Tink's own words would tell an attacker more than us
	}
	return plain, nil
}

// fieldPlace binds a sealed text to its case key and its place.
func fieldPlace(key, place string) []byte { return []byte(domain + "field|" + key + "|" + place) }

// opened finds the cipher of a case key, in memory or in the key store.
func (k *Keyring) opened(ctx context.Context, key string) (tink.AEAD, error) {
	if a := k.cases.get(key); a != nil {
		return a, nil
	}
	era := k.cases.era()
	stored, found, err := k.store.Key(ctx, key)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrUnknown
	}
	o, err := k.organisation(ctx, stored.Tenant)
	if err != nil {
		return nil, err
	}
	h, err := unwrap(stored, o.top.Load().aead)
	if err != nil && !errors.Is(err, ErrDestroyed) { // the key above was changed since it was read
		if err := k.reload(ctx, o); err != nil {
			return nil, err
		}
		if stored, _, err = k.store.Key(ctx, key); err != nil {
			return nil, err
		}
		h, err = unwrap(stored, o.top.Load().aead)
	}
	if err != nil {
		return nil, err
	}
	a, err := aead.New(h)
	if err == nil {
		k.cases.put(key, a, era)
	}
	return a, err
}

// Index is a keyed hash of a value, for equality within one tenant and one fact only. It
// is nil when the tenant's keys cannot be opened: nothing is then equal to anything.
func (k *Keyring) Index(tenant, fact, value string) []byte {
	o, err := k.organisation(context.Background(), tenant)
	if err != nil {
		return nil
	}
	hash, err := o.index.ComputePrimaryPRF([]byte(domain+"index|"+fact+"\x00"+value), hashSize)
	if err != nil {
		return nil
	}
	return hash
}

// Destroy makes everything that key sealed unreadable. It is done when it returns.
func (k *Keyring) Destroy(ctx context.Context, key string) error {
	if strings.Contains(key, ":") {
		return errors.New("seal: only the key of a case can be destroyed")
	}
	err := k.store.DestroyKey(ctx, key, time.Now())
	k.cases.drop(key)
	return err
}

// Destroyed tells that nothing can be opened with a key any more: it was destroyed, or there
// is no such key.
func (k *Keyring) Destroyed(ctx context.Context, key string) (bool, error) {
	stored, found, err := k.store.Key(ctx, key)
	return !found || stored.Destroyed, err
}

// Mark is how far the erasure register was carried out in the key store. A key store that was
// put back from a backup knows less than the register.
func (k *Keyring) Mark(ctx context.Context) (int64, error) { return k.store.Mark(ctx) }

// SetMark notes how far the erasure register was carried out.
func (k *Keyring) SetMark(ctx context.Context, upto int64) error { return k.store.SetMark(ctx, upto) }
