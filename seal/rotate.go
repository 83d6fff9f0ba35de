// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"context"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
)

// A change of keys gives the key above a new version, wraps every key below it anew, and only
// then forgets the old version:
//
//	new version, old still opens ─▶ wrap each key below anew ─▶ none left: old version ends
//
// What was sealed with case keys stays as it is. Each step can be cut off and taken up again:
// what is left to do is read from the key store. A desk may go on working meanwhile: it reads
// a key above again when something does not open, and a key that it makes with an old version
// is refused by the key store (S07).

// rewrapBatch is how many keys are looked at in one go.
const rewrapBatch = 200

// RotateRoot changes the root key. It returns how many keys were wrapped anew.
func (k *Keyring) RotateRoot(ctx context.Context) (int, error) {
	row, err := k.newRootVersion(ctx)
	if err != nil {
		return 0, err
	}
	if err := k.root.reload(ctx); err != nil {
		return 0, err
	}
	n, err := k.rewrap(ctx, "", false, row.Version, func(key Key) ([]byte, error) {
		h, err := unwrap(key, k.root.wrapping())
		if err != nil {
			return nil, err
		}
		return wrap(h, k.root.wrapping(), key.ID, key.Tenant)
	})
	if err != nil {
		return n, err
	}
	if err := k.root.keeper.retire(ctx); err != nil {
		return n, err
	}
	done := row
	done.Wrapper = row.Version
	if _, err := k.store.ReplaceKey(ctx, row, done); err != nil {
		return n, err
	}
	return n, k.root.reload(ctx)
}

// newRootVersion gives the root key a new version, unless a change that was cut off did so.
func (k *Keyring) newRootVersion(ctx context.Context) (Key, error) {
	row, found, err := k.store.Key(ctx, rootRow)
	if err != nil {
		return row, err
	}
	if !found {
		if err := k.store.AddKeys(ctx, []Key{{ID: rootRow}}); err != nil {
			return row, err
		}
		row = Key{ID: rootRow}
	}
	if row.Version > row.Wrapper {
		return row, nil
	}
	if err := k.root.keeper.rotate(ctx); err != nil {
		return row, err
	}
	next := row
	next.Version++
	replaced, err := k.store.ReplaceKey(ctx, row, next)
	if err == nil && !replaced {
		err = fmt.Errorf("seal: the root key is being changed by another program")
	}
	return next, err
}

// RotateOrganisation changes the key of one organisation. It returns how many case keys were
// wrapped anew.
func (k *Keyring) RotateOrganisation(ctx context.Context, tenant string) (int, error) {
	o, err := k.organisation(ctx, tenant)
	if err != nil {
		return 0, err
	}
	if err := k.newOrganisationVersion(ctx, o); err != nil {
		return 0, err
	}
	n, err := k.rewrap(ctx, tenant, true, o.top.Load().version, func(key Key) ([]byte, error) {
		h, err := unwrap(key, o.top.Load().aead)
		if err != nil {
			return nil, err
		}
		return wrap(h, o.top.Load().aead, key.ID, key.Tenant)
	})
	if err != nil {
		return n, err
	}
	return n, k.endOrganisationVersion(ctx, o)
}

// newOrganisationVersion adds a key to the keyset of an organisation; one that has two is in
// the middle of a change that was cut off.
func (k *Keyring) newOrganisationVersion(ctx context.Context, o *organisation) error {
	stored, _, err := k.store.Key(ctx, "organisation:"+o.tenant)
	if err != nil {
		return err
	}
	h, err := k.openTop(ctx, stored)
	if err != nil {
		return err
	}
	if len(h.KeysetInfo().GetKeyInfo()) == 1 {
		if h, err = withNewKey(h); err != nil {
			return err
		}
		next := stored
		next.Version++
		if next.Wrapped, err = wrap(h, k.root.wrapping(), next.ID, next.Tenant); err != nil {
			return err
		}
		if err := k.replaced(ctx, stored, next); err != nil {
			return err
		}
	}
	return k.reload(ctx, o)
}

// endOrganisationVersion drops the keys that wrap nothing any more.
func (k *Keyring) endOrganisationVersion(ctx context.Context, o *organisation) error {
	stored, _, err := k.store.Key(ctx, "organisation:"+o.tenant)
	if err != nil {
		return err
	}
	h, err := k.openTop(ctx, stored)
	if err != nil {
		return err
	}
	if h, err = primaryOnly(h); err != nil {
		return err
	}
	next := stored
	if next.Wrapped, err = wrap(h, k.root.wrapping(), next.ID, next.Tenant); err != nil {
		return err
	}
	if err := k.replaced(ctx, stored, next); err != nil {
		return err
	}
	a, err := aead.New(h)
	if err == nil {
		o.top.Store(&wrapper{a, next.Version})
	}
	return err
}

func (k *Keyring) replaced(ctx context.Context, was, is Key) error {
	replaced, err := k.store.ReplaceKey(ctx, was, is)
	if err == nil && !replaced {
		err = fmt.Errorf("seal: key %s is being changed by another program; try again", was.ID)
	}
	return err
}

// rewrap wraps every key that an older version wraps, until a walk finds none.
func (k *Keyring) rewrap(ctx context.Context, tenant string, ofCases bool, version int64, anew func(Key) ([]byte, error)) (n int, err error) {
	for {
		some, err := k.rewrapWalk(ctx, tenant, ofCases, version, anew)
		n += some
		if err != nil || some == 0 {
			return n, err
		}
	}
}

func (k *Keyring) rewrapWalk(ctx context.Context, tenant string, ofCases bool, version int64, anew func(Key) ([]byte, error)) (n int, err error) {
	for after := ""; ; {
		keys, err := k.store.Keys(ctx, tenant, ofCases, after, rewrapBatch)
		if err != nil || len(keys) == 0 {
			return n, err
		}
		for _, key := range keys {
			if key.Wrapper == version {
				continue
			}
			next := key
			if next.Wrapped, err = anew(key); err != nil {
				return n, err
			}
			next.Wrapper = version
			if _, err := k.store.ReplaceKey(ctx, key, next); err != nil {
				return n, err
			}
			n++ // one that somebody else changed is met again in the next walk
		}
		after = keys[len(keys)-1].ID
	}
}
