// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var ctx = context.Background()

func ring(t testing.TB) (*Keyring, *Root, KeyStore) {
	t.Helper()
	root, err := EnsureRoot(filepath.Join(t.TempDir(), "root.key"))
	if err != nil {
		t.Fatal(err)
	}
	store := Memory()
	return NewKeyring(root, store), root, store
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestRootKeyIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys", "root.key")
	if err := CreateRoot(path); err != nil {
		t.Fatal(err)
	}
	info := must[os.FileInfo](t)(os.Stat(path))
	if info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v", info.Mode())
	}
	if err := CreateRoot(path); err == nil {
		t.Fatal("a root key was overwritten")
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o700} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenRoot(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Fatalf("mode %v was taken: %v", mode, err)
		}
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenRoot(path); err != nil {
		t.Fatalf("control: with the right mode it opens: %v", err)
	}
}

// sealedAt is one sealed text and where it belongs.
type sealedAt struct {
	key, place string
	text       []byte
}

// many seals a text at places that differ in tenant, case, column, row and version.
func many(t *testing.T, k *Keyring) []sealedAt {
	var out []sealedAt
	for _, tenant := range []string{"alfa", "bravo"} {
		for c := range 3 {
			key := must[string](t)(k.NewKey(ctx, tenant))
			for _, column := range []string{"body", "vault"} {
				for seq := 1; seq <= 3; seq++ {
					place := fmt.Sprintf("events|%s|c%d|%d", column, c, seq)
					out = append(out, sealedAt{key, place, must[[]byte](t)(k.Seal(ctx, key, place, []byte(canary)))})
				}
			}
		}
	}
	return out
}

// S06: a sealed text opens at its own place and nowhere else, and no bit may differ.
// Control: sealed without its place it opens everywhere under the same key.
func TestSealedTextCannotMove(t *testing.T) {
	t.Parallel()
	k, _, _ := ring(t)
	texts := many(t, k)
	for i, here := range texts {
		for j, there := range texts {
			plain, err := k.Open(ctx, there.key, there.place, here.text)
			if i == j && (err != nil || string(plain) != canary) {
				t.Fatalf("%v does not open at its own place: %v", here.place, err)
			}
			if i != j && !errors.Is(err, ErrRejected) {
				t.Fatalf("a text of %s opened at %s", here.place, there.place)
			}
		}
	}
	for bit := range 8 * len(texts[0].text) {
		forged := bytes.Clone(texts[0].text)
		forged[bit/8] ^= 1 << (bit % 8)
		if _, err := k.Open(ctx, texts[0].key, texts[0].place, forged); !errors.Is(err, ErrRejected) {
			t.Fatalf("bit %d may differ", bit)
		}
	}
	bare := must[[]byte](t)(k.cases.get(texts[0].key).Encrypt([]byte(canary), nil))
	for range texts {
		if plain, err := k.cases.get(texts[0].key).Decrypt(bare, nil); err != nil || string(plain) != canary {
			t.Fatal("control: without a place the text must open anywhere")
		}
	}
}

func TestKeysOpenAfterARestart(t *testing.T) {
	t.Parallel()
	k, root, store := ring(t)
	texts := many(t, k)
	index := k.Index("alfa", "client", canary)
	again := NewKeyring(root, store)
	for _, x := range texts {
		if plain, err := again.Open(ctx, x.key, x.place, x.text); err != nil || string(plain) != canary {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(index, again.Index("alfa", "client", canary)) {
		t.Fatal("the index key changed")
	}
	stranger := must[*Root](t)(EnsureRoot(filepath.Join(t.TempDir(), "other.key")))
	if _, err := NewKeyring(stranger, store).Open(ctx, texts[0].key, texts[0].place, texts[0].text); err == nil {
		t.Fatal("another root key opened it")
	}
}

// S06: a wrapped key does not open under another name or for another tenant.
func TestWrappedKeyCannotMove(t *testing.T) {
	t.Parallel()
	k, root, store := ring(t)
	texts := many(t, k)
	m := store.(*memory)
	a, b := m.keys[texts[0].key], m.keys[texts[6].key]
	a.Wrapped, b.Wrapped = b.Wrapped, a.Wrapped
	m.keys[a.ID], m.keys[b.ID] = a, b
	if _, err := NewKeyring(root, store).Open(ctx, texts[0].key, texts[0].place, texts[0].text); err == nil {
		t.Fatal("a swapped key opened")
	}
}

// S08: after the key is destroyed nothing opens any more, in memory or after a restart.
func TestDestroyedKeyOpensNothing(t *testing.T) {
	t.Parallel()
	k, root, store := ring(t)
	texts := many(t, k)
	gone := texts[0].key
	wrapped := bytes.Clone(store.(*memory).keys[gone].Wrapped)
	if err := k.Destroy(ctx, gone); err != nil {
		t.Fatal(err)
	}
	for _, ring := range []*Keyring{k, NewKeyring(root, store)} {
		for _, x := range texts {
			_, err := ring.Open(ctx, x.key, x.place, x.text)
			if (x.key == gone) != errors.Is(err, ErrDestroyed) {
				t.Fatalf("%s: %v", x.place, err)
			}
		}
		if _, err := ring.Seal(ctx, gone, "x", nil); !errors.Is(err, ErrDestroyed) {
			t.Fatalf("a destroyed key sealed: %v", err)
		}
	}
	// Control: from a backup of the key store the case would come back.
	store.(*memory).keys[gone] = Key{ID: gone, Tenant: "alfa", Wrapped: wrapped}
	if _, err := NewKeyring(root, store).Open(ctx, gone, texts[0].place, texts[0].text); err != nil {
		t.Fatalf("control: with the wrapped key it must open: %v", err)
	}
	if err := k.Destroy(ctx, "organisation:alfa"); err == nil {
		t.Fatal("the key of an organisation was destroyed as if it were a case's")
	}
}

func TestIndexIsEqualWithinOneTenantAndFact(t *testing.T) {
	t.Parallel()
	k, _, _ := ring(t)
	same := k.Index("alfa", "client", canary)
	if len(same) != hashSize || !bytes.Equal(same, k.Index("alfa", "client", canary)) {
		t.Fatal("the same value gives another hash")
	}
	for _, other := range [][]byte{k.Index("bravo", "client", canary), k.Index("alfa", "name", canary), k.Index("alfa", "client", "Daan Bedacht"), k.Index("alfa", "clien", "t"+canary)} {
		if bytes.Equal(same, other) {
			t.Fatal("hashes of different things are equal")
		}
	}
}

// failing is a key store whose disk is full.
type failing struct{ KeyStore }

var errDisk = errors.New("no space")

func (failing) AddKeys(context.Context, []Key) error { return errDisk }

// A key that is handed out is in the key store already; without the store there are no keys.
func TestNewKeysAreDurableAndDifferent(t *testing.T) {
	t.Parallel()
	k, root, store := ring(t)
	var mu sync.Mutex
	seen := map[string]bool{}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				key, err := k.NewKey(ctx, "alfa")
				_, found, _ := store.Key(ctx, key)
				mu.Lock()
				if err != nil || !found || seen[key] {
					t.Errorf("key %s: %v, stored %v, seen %v", key, err, found, seen[key])
				}
				seen[key] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if _, err := NewKeyring(root, failing{Memory()}).NewKey(ctx, "alfa"); !errors.Is(err, errDisk) {
		t.Fatalf("a key was given that is stored nowhere: %v", err)
	}
}

func TestRecentForgetsTheOldest(t *testing.T) {
	t.Parallel()
	r := newRecent(2)
	k, _, _ := ring(t)
	key := must[string](t)(k.NewKey(ctx, "alfa"))
	cipher := k.cases.get(key)
	for _, id := range []string{"a", "b", "c"} {
		r.put(id, cipher, r.era())
	}
	if r.get("a") != nil || r.get("b") == nil || r.get("c") == nil {
		t.Fatal("the wrong one was forgotten")
	}
	era := r.era()
	r.drop("b")
	r.put("b", cipher, era)
	if r.get("b") != nil {
		t.Fatal("a key came back that was dropped while it was being read")
	}
}

func BenchmarkSeal(b *testing.B) {
	k, _, _ := ring(b)
	key := must[string](b)(k.NewKey(ctx, "alfa"))
	plain := make([]byte, 2048)
	for b.Loop() {
		if _, err := k.Seal(ctx, key, "events|body|c|1", plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewKey(b *testing.B) {
	k, _, _ := ring(b)
	for b.Loop() {
		if _, err := k.NewKey(ctx, "alfa"); err != nil {
			b.Fatal(err)
		}
	}
}
