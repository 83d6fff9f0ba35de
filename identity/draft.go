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
	"sync"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// DraftStore is where drafts are kept.
type DraftStore interface {
	PutDraft(ctx context.Context, d desk.Draft) error // insert or replace
	Draft(ctx context.Context, id []byte) (desk.Draft, bool, error)
	DeleteDraft(ctx context.Context, id []byte) error
	// PurgeDrafts forgets what expired at or before now.
	PurgeDrafts(ctx context.Context, now time.Time) error
	// DraftBytes is about how much room all drafts together take.
	DraftBytes(ctx context.Context) (int64, error)
}

// Drafts keeps what somebody typed but did not send. Each draft is sealed with a key
// made from the browser's own, which is stored nowhere here: who reads the database
// reads no draft, and a draft whose cookie is gone is gone.
type Drafts struct {
	Store DraftStore
	Clock desk.Clock
	Quota int64 // bytes that all drafts together may take; zero is DraftQuota

	room room
}

// DraftQuota is what all unsent forms of an installation may take of the disk: enough for
// some 60,000 at a time, and nothing that a disk notices. The last tenth is for small ones,
// such as the visit of a reporter with number and code.
const (
	DraftQuota = 256 << 20
	smallDraft = 4 << 10
)

// ErrDraftsFull: there is no room for another draft now. Reports can still be sent.
var ErrDraftsFull = loket.Refuse(loket.Unavailable, "Bewaren lukt nu niet. Versturen kan wel.", "Saving does not work now. Sending does.")

// room knows about how much the drafts take without asking at every save: what was counted
// last, and what was added since. It counts again before it says that it is full.
type room struct {
	mu      sync.Mutex
	known   bool
	bytes   int64
	counted time.Time
}

// recount is how long a count holds when the room seems full, so that a flood of drafts is
// no flood of counting.
const recount = time.Minute

func (d *Drafts) fits(ctx context.Context, size int64) error {
	d.room.mu.Lock()
	defer d.room.mu.Unlock()
	quota := d.Quota
	if quota == 0 {
		quota = DraftQuota
	}
	if size > smallDraft {
		quota -= quota / 10
	}
	now := d.Clock.Now()
	if !d.room.known || d.room.bytes+size > quota && now.Sub(d.room.counted).Abs() >= recount {
		bytes, err := d.Store.DraftBytes(ctx)
		if err != nil {
			return err
		}
		d.room.known, d.room.bytes, d.room.counted = true, bytes, now
	}
	if d.room.bytes+size > quota {
		return ErrDraftsFull
	}
	d.room.bytes += size
	return nil
}

// Save keeps values under key until a moment.
func (d *Drafts) Save(ctx context.Context, key string, values url.Values, until time.Time) error {
	id, aead, err := keysOf("draft", key)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("identity: draft: %w", err)
	}
	sealed := aead.Seal(nil, nil, plain, id)
	if err := d.fits(ctx, int64(len(sealed))); err != nil {
		return err
	}
	return d.Store.PutDraft(ctx, desk.Draft{ID: id, Sealed: sealed, Expires: until})
}

// Load gives the values kept under key; nil when there are none, or none any more.
func (d *Drafts) Load(ctx context.Context, key string) (url.Values, error) {
	id, aead, err := keysOf("draft", key)
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
	id, _, err := keysOf("draft", key)
	if err != nil {
		return err
	}
	return d.Store.DeleteDraft(ctx, id)
}

// Purge forgets drafts that expired. Call it now and then.
func (d *Drafts) Purge(ctx context.Context) error {
	return d.Store.PurgeDrafts(ctx, d.Clock.Now())
}

// keysOf makes from a key that lies elsewhere the name of the row and the cipher of its
// content. They are derived apart: the name says nothing about the cipher's key, and the
// key of one kind of row opens no other kind.
func keysOf(kind, key string) (id []byte, aead cipher.AEAD, err error) {
	if id, err = hkdf.Key(sha256.New, []byte(key), nil, "loket "+kind+" name", sha256.Size); err != nil {
		return nil, nil, fmt.Errorf("identity: %s key: %w", kind, err)
	}
	secret, err := hkdf.Key(sha256.New, []byte(key), nil, "loket "+kind+" content", sha256.Size)
	if err != nil {
		return nil, nil, fmt.Errorf("identity: %s key: %w", kind, err)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, nil, fmt.Errorf("identity: %s key: %w", kind, err)
	}
	aead, err = cipher.NewGCMWithRandomNonce(block)
	return id, aead, err
}
