// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"errors"
	"path/filepath"
	"testing"

	"example.org/loket/internal/postgrestest"
	"example.org/loket/seal"
)

// S08: a keyring over the key store of either engine keeps its keys through a restart, and
// a destroyed key stays destroyed.
func TestKeyringOverBothEngines(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { keyring(t, t.TempDir()) })
	t.Run("postgres", func(t *testing.T) {
		dsn := postgrestest.Start(t)
		open(t, dsn) // desk and keys share a database, each in its own schema
		keyring(t, dsn)
	})
}

func keyring(t *testing.T, dsn string) {
	root, err := seal.EnsureRoot(filepath.Join(t.TempDir(), "root.key"))
	ok(t, err)
	start := func() (*seal.Keyring, *Keys) {
		keys, err := OpenKeys(ctx, dsn)
		ok(t, err)
		ok(t, keys.Check(ctx))
		return seal.NewKeyring(root, keys), keys
	}
	ring, keys := start()
	kept, err := ring.NewKey(ctx, "noord")
	ok(t, err)
	gone, err := ring.NewKey(ctx, "noord")
	ok(t, err)
	text, err := ring.Seal(ctx, kept, "events|body|c|1", []byte("plain"))
	ok(t, err)
	ok(t, ring.Destroy(ctx, gone))
	ok(t, keys.Close())

	ring, keys = start()
	defer func() { ok(t, keys.Close()) }()
	if plain, err := ring.Open(ctx, kept, "events|body|c|1", text); err != nil || string(plain) != "plain" {
		t.Errorf("after a restart: %q %v", plain, err)
	}
	if _, err := ring.Open(ctx, gone, "events|body|c|1", text); !errors.Is(err, seal.ErrDestroyed) {
		t.Errorf("a destroyed key: %v", err)
	}
	for _, change := range []func() (int, error){func() (int, error) { return ring.RotateOrganisation(ctx, "noord") }, func() (int, error) { return ring.RotateRoot(ctx) }} {
		if n, err := change(); err != nil || n == 0 {
			t.Errorf("a change of keys did %d: %v", n, err)
		}
	}
	fresh := seal.NewKeyring(root, keys)
	if plain, err := fresh.Open(ctx, kept, "events|body|c|1", text); err != nil || string(plain) != "plain" {
		t.Errorf("after a change of keys: %q %v", plain, err)
	}
	if left, err := fresh.Destroyed(ctx, gone); err != nil || !left {
		t.Errorf("a change of keys brought a destroyed key back: %v", err)
	}
	stale := seal.Key{ID: "stale", Tenant: "noord", Wrapped: []byte("x")}
	if err := keys.AddKeys(ctx, []seal.Key{stale}); !errors.Is(err, seal.ErrStale) {
		t.Errorf("a key under an old version was taken: %v", err)
	}
	ok(t, ring.SetMark(ctx, 7))
	ok(t, ring.SetMark(ctx, 42))
	if upto, err := fresh.Mark(ctx); upto != 42 || err != nil {
		t.Errorf("mark: %d %v", upto, err)
	}
	if _, err := ring.Open(ctx, "unknown", "x", text); !errors.Is(err, seal.ErrUnknown) {
		t.Errorf("an unknown key: %v", err)
	}
}
