// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"example.org/loket/desk"
)

// DraftStore is where drafts are kept.
type DraftStore interface {
	PutDraft(ctx context.Context, d desk.Draft) error // insert or replace
	Draft(ctx context.Context, id []byte) (desk.Draft, bool, error)
	DeleteDraft(ctx context.Context, id []byte) error
	// PurgeDrafts forgets what expired at or before now.
	PurgeDrafts(ctx context.Context, now time.Time) error
}

// Drafts keeps what somebody typed but did not send. Each draft is sealed with a key
// made from the browser's own, which is stored nowhere here: who reads the database
// reads no draft, and a draft whose cookie is gone is gone.
type Drafts struct {
	Store DraftStore
	Clock desk.Clock
}

// Save keeps values under key until a moment.
func (d *Drafts) Save(ctx context.Context, key string, values url.Values, until time.Time) error {
	id, aead, err := keysOf(key)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("identity: draft: %w", err)
	}
	return d.Store.PutDraft(ctx, desk.Draft{ID: id, Sealed: aead.Seal(nil, nil, plain, id), Expires: until})
}

// Load gives the values kept under key; nil when there are none, or none any more.
func (d *Drafts) Load(ctx context.Context, key string) (url.Values, error) {
	id, aead, err := keysOf(key)
	if err != nil {
		return nil, err
	}
	draft, found, err := d.Store.Draft(ctx, id)
	if err != nil || !found || !d.Clock.Now().Before(draft.Expires) {
		return nil, err
	}
	plain, err := aead.Open(nil, nil, draft.Sealed, id)
	if err != nil {
		return nil, fmt.Errorf("identity: a draft was damaged: %w", err)
	}
	var values url.Values
	decoder := json.NewDecoder(bytes.NewReader(plain))
	if err := decoder.Decode(&values); err != nil {
		return nil, fmt.Errorf("identity: draft: %w", err)
	}
	return values, nil
}

// Delete forgets the values kept under key.
func (d *Drafts) Delete(ctx context.Context, key string) error {
	id, _, err := keysOf(key)
	if err != nil {
		return err
	}
	return d.Store.DeleteDraft(ctx, id)
}

// Purge forgets drafts that expired. Call it now and then.
func (d *Drafts) Purge(ctx context.Context) error {
	return d.Store.PurgeDrafts(ctx, d.Clock.Now())
}

// keysOf makes from the browser's key the name of the row and the cipher of its content.
// They are derived apart: the name says nothing about the cipher's key.
func keysOf(key string) (id []byte, aead cipher.AEAD, err error) {
	if id, err = hkdf.Key(sha256.New, []byte(key), nil, "loket draft name", sha256.Size); err != nil {
		return nil, nil, fmt.Errorf("identity: draft key: %w", err)
	}
	secret, err := hkdf.Key(sha256.New, []byte(key), nil, "loket draft content", sha256.Size)
	if err != nil {
		return nil, nil, fmt.Errorf("identity: draft key: %w", err)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, nil, fmt.Errorf("identity: draft key: %w", err)
	}
	aead, err = cipher.NewGCMWithRandomNonce(block)
	return id, aead, err
}
