// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/tink"
)

var errKilled = errors.New("killed")

// fuse lets a number of steps pass and then fails every one, as when the program is killed.
type fuse struct {
	mu   sync.Mutex
	left int
}

func (f *fuse) burn() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 {
		return errKilled
	}
	f.left--
	return nil
}

// fused is a key store that is cut off at some step. late cuts after the write, not before.
type fused struct {
	KeyStore
	*fuse
	late bool
}

func (s fused) ReplaceKey(ctx context.Context, was, is Key) (bool, error) {
	if s.late {
		ok, err := s.KeyStore.ReplaceKey(ctx, was, is)
		return ok, errors.Join(err, s.burn())
	}
	if err := s.burn(); err != nil {
		return false, err
	}
	return s.KeyStore.ReplaceKey(ctx, was, is)
}

// fusedKeeper is a root key whose file is changed, or not, when the program is killed.
type fusedKeeper struct {
	keeper
	*fuse
	late bool
}

func (k fusedKeeper) rotate(ctx context.Context) error { return k.step(ctx, k.keeper.rotate) }
func (k fusedKeeper) retire(ctx context.Context) error { return k.step(ctx, k.keeper.retire) }

func (k fusedKeeper) step(ctx context.Context, do func(context.Context) error) error {
	if k.late {
		return errors.Join(do(ctx), k.burn())
	}
	if err := k.burn(); err != nil {
		return err
	}
	return do(ctx)
}

// change is one kind of change of keys.
type change struct {
	name string
	run  func(*Keyring) error
}

var changes = []change{
	{"organisation", func(k *Keyring) error { _, err := k.RotateOrganisation(ctx, "alfa"); return err }},
	{"root", func(k *Keyring) error { _, err := k.RotateRoot(ctx); return err }},
}

// S07: a change of keys that is killed at any step leaves everything readable, for a desk that
// goes on working and for one that starts anew, and can be taken up again. Afterwards the old
// key opens nothing.
func TestChangeOfKeysCanBeKilled(t *testing.T) {
	t.Parallel()
	for _, c := range changes {
		for _, late := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s late=%v", c.name, late), func(t *testing.T) {
				t.Parallel()
				points := 0
				for n := 0; ; n++ {
					if !killedAt(t, c, n, late) {
						break
					}
					points++
				}
				if points < 4 {
					t.Errorf("control: only %d points to kill at", points)
				}
			})
		}
	}
}

// kept is what the store holds now; keys are made ahead of need meanwhile.
func kept(store KeyStore) map[string]Key {
	m := store.(*memory)
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.keys)
}

// killedAt kills a change at its n-th step, checks, and finishes it. It is false when the
// change was over before.
func killedAt(t *testing.T, c change, n int, late bool) (killed bool) {
	path := filepath.Join(t.TempDir(), fmt.Sprintf("root%d.key", n))
	root := must[*Root](t)(EnsureRoot(path))
	store := Memory()
	working := NewKeyring(root, store) // a desk that goes on meanwhile
	texts := many(t, working)
	before := kept(store)
	oldRoot := root.wrapping()

	f := &fuse{left: n}
	cut := must[*Root](t)(openRoot(ctx, fusedKeeper{rootFile{path}, f, late}))
	err := c.run(NewKeyring(cut, fused{store, f, late}))
	if killed = err != nil; killed && !errors.Is(err, errKilled) {
		t.Fatalf("killed at %d: %v", n, err)
	}
	readable(t, path, store, working, texts)
	again := NewKeyring(must[*Root](t)(OpenRoot(path)), store)
	if err := c.run(again); err != nil {
		t.Fatalf("killed at %d, taken up again: %v", n, err)
	}
	readable(t, path, store, working, texts)
	oldOpensNothing(t, c, store, before, oldRoot)
	return killed
}

// readable: everything opens, new keys are made, and they open too after a new start.
func readable(t *testing.T, path string, store KeyStore, working *Keyring, texts []sealedAt) {
	t.Helper()
	for _, k := range []*Keyring{NewKeyring(must[*Root](t)(OpenRoot(path)), store), working} {
		k.cases = newRecent(cached) // nothing is remembered
		for _, x := range texts {
			if plain, err := k.Open(ctx, x.key, x.place, x.text); err != nil || string(plain) != canary {
				t.Fatalf("%s does not open: %v", x.place, err)
			}
		}
	}
	for range batchLeast + 1 { // more than the spares that were there
		key := must[string](t)(working.NewKey(ctx, "alfa"))
		text := must[[]byte](t)(working.Seal(ctx, key, "x", []byte(canary)))
		fresh := NewKeyring(must[*Root](t)(OpenRoot(path)), store)
		if plain, err := fresh.Open(ctx, key, "x", text); err != nil || string(plain) != canary {
			t.Fatalf("a key that was made meanwhile does not open: %v", err)
		}
	}
}

// oldOpensNothing: with the key as it was nothing opens that it wrapped. Control: before the
// change it did.
func oldOpensNothing(t *testing.T, c change, store KeyStore, before map[string]Key, oldRoot tink.AEAD) {
	t.Helper()
	old, ofCases := oldRoot, false
	if c.name == "organisation" {
		h := must[*tinkHandle](t)(unwrap(before["organisation:alfa"], oldRoot))
		old, ofCases = must[tink.AEAD](t)(aead.New(h)), true
	}
	now := must[[]Key](t)(store.Keys(ctx, "alfa", ofCases, "", 1000))
	opened := 0
	for _, key := range now {
		if _, err := unwrap(key, old); err == nil {
			t.Fatalf("the old key still opens %s", key.ID)
		}
		if was, ok := before[key.ID]; ok {
			if _, err := unwrap(was, old); err == nil {
				opened++
			}
		}
	}
	if opened == 0 {
		t.Error("control: the old key opened nothing before either")
	}
}

// S07: five changes of keys while a desk seals and opens: nothing fails.
func TestChangeOfKeysUnderLoad(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "root.key")
	store := Memory()
	working := NewKeyring(must[*Root](t)(EnsureRoot(path)), store)
	texts := many(t, working)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			for i := range 400 {
				select {
				case <-stop:
					return
				default:
				}
				key, err := working.NewKey(ctx, "alfa")
				if err != nil {
					t.Error(err)
					return
				}
				x := texts[i%len(texts)]
				working.cases.drop(x.key)
				if plain, err := working.Open(ctx, x.key, x.place, x.text); err != nil || string(plain) != canary {
					t.Errorf("%s: %v", x.place, err)
				}
				working.cases.drop(key)
				if _, err := working.Seal(ctx, key, "x", nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 5 {
		other := NewKeyring(must[*Root](t)(OpenRoot(path)), store)
		for _, c := range changes {
			if err := c.run(other); err != nil {
				t.Error(err)
			}
		}
	}
	close(stop)
	group.Wait()
}

// The index must stay the same, or duplicates would not be found any more.
func TestChangeOfKeysKeepsTheIndex(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "root.key")
	store := Memory()
	k := NewKeyring(must[*Root](t)(EnsureRoot(path)), store)
	index := k.Index("alfa", "client", canary)
	data := must[[]byte](t)(os.ReadFile(path))
	for _, c := range changes {
		if err := c.run(k); err != nil {
			t.Fatal(err)
		}
	}
	again := NewKeyring(must[*Root](t)(OpenRoot(path)), store)
	if !bytes.Equal(index, again.Index("alfa", "client", canary)) {
		t.Error("the index changed with the keys")
	}
	if bytes.Equal(data, must[[]byte](t)(os.ReadFile(path))) {
		t.Error("control: the file of the root key did not change")
	}
}
