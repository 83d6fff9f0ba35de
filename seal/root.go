// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// Root is the key above all keys. Who has it and the key store can read everything; who
// loses it can read nothing ever again. It lies in a file, or stays inside a key service
// that wraps and unwraps for us.
type Root struct {
	keeper keeper
	mu     sync.Mutex
	aead   tink.AEAD
}

// keeper is where a root key lies. After rotate new wraps are made with a new version and
// old ones still open; retire ends the old versions once nothing is wrapped by them.
type keeper interface {
	open(ctx context.Context) (tink.AEAD, error)
	rotate(ctx context.Context) error
	retire(ctx context.Context) error
}

func openRoot(ctx context.Context, k keeper) (*Root, error) {
	a, err := k.open(ctx)
	if err != nil {
		return nil, err
	}
	return &Root{keeper: k, aead: a}, nil
}

// wrapping is the root key as it was last read.
func (r *Root) wrapping() tink.AEAD {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.aead
}

// reload reads the root key again: another program may have changed it.
func (r *Root) reload(ctx context.Context) error {
	a, err := r.keeper.open(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.aead = a
	return nil
}

// RootAt opens the root key that a setting names: the path of a file, which is made at the
// very first start, a key in OpenBao or Vault, see Transit, or one in Google Cloud KMS, see Cloud.
//
//	/var/lib/loket/root.key
//	vault:https://bao.example.org:8200/transit/keys/loket
//	gcpkms:projects/P/locations/europe-west4/keyRings/R/cryptoKeys/loket
func RootAt(ctx context.Context, where string, token func() (string, error)) (*Root, error) {
	if address, ok := strings.CutPrefix(where, transitPrefix); ok {
		return Transit(ctx, address, token)
	}
	if address, ok := strings.CutPrefix(where, cloudPrefix); ok {
		return Cloud(ctx, address, token)
	}
	return EnsureRoot(where)
}

// EnsureRoot opens the root key in a file, and makes it at the very first start.
func EnsureRoot(path string) (*Root, error) {
	if err := CreateRoot(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return OpenRoot(path)
}
