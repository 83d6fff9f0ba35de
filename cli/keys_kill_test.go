// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"example.org/loket/seal"
	"example.org/loket/store"
)

// TestMain turns the test program into `loket keys rotate` when asked, to be killed; or into one
// that asks an address outside.
func TestMain(m *testing.M) {
	if address := os.Getenv("LOKET_TEST_DIAL"); address != "" {
		dial(address)
		return
	}
	if folder := os.Getenv("LOKET_TEST_ROTATE"); folder != "" {
		os.Exit(Main(context.Background(), []string{"keys", "rotate", "--data", folder}, io.Discard, io.Discard))
	}
	os.Exit(m.Run())
}

// vault is the keys of a desk that works while others change them.
type vault struct {
	t      *testing.T
	folder string
	ring   *seal.Keyring
	keys   []string
	texts  [][]byte
	asked  atomic.Int64
}

const vaultPlain = "Mila Verzonnen"

func openVault(t *testing.T) *vault {
	t.Helper()
	v := &vault{t: t, folder: filepath.Join(t.TempDir(), "desk")}
	if status, _, errs := typed(t, "desk", "set", "--data", v.folder, "--id", "voorbeeld", "--name", "Voorbeeld", "--protocol", "rotterdam"); status != exitOK {
		t.Fatal(errs)
	}
	if _, err := seal.EnsureRoot(filepath.Join(v.folder, "root.key")); err != nil {
		t.Fatal(err)
	}
	var end func()
	v.ring, end = v.open("root.key")
	t.Cleanup(end)
	for range 300 {
		v.add()
	}
	return v
}

// open opens the keys anew, as a desk that starts now.
func (v *vault) open(root string) (*seal.Keyring, func()) {
	v.t.Helper()
	r, err := seal.OpenRoot(filepath.Join(v.folder, root))
	if err != nil {
		v.t.Fatal(err)
	}
	keys, err := store.OpenKeys(v.t.Context(), v.folder)
	if err != nil {
		v.t.Fatal(err)
	}
	return seal.NewKeyring(r, keys), func() { _ = keys.Close() }
}

func (v *vault) add() {
	key, err := v.ring.NewKey(v.t.Context(), "voorbeeld")
	if err != nil {
		v.t.Error(err)
		return
	}
	text, err := v.ring.Seal(v.t.Context(), key, "x", []byte(vaultPlain))
	if err != nil {
		v.t.Error(err)
		return
	}
	v.keys, v.texts = append(v.keys, key), append(v.texts, text)
}

// works seals and opens some fifty times a second until it is told to stop.
func (v *vault) works(stop <-chan struct{}) {
	beat := time.NewTicker(20 * time.Millisecond)
	defer beat.Stop()
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		case <-beat.C:
		}
		if n%10 == 0 {
			v.add()
		}
		i := rand.IntN(len(v.keys))
		if plain, err := v.ring.Open(v.t.Context(), v.keys[i], "x", v.texts[i]); err != nil || string(plain) != vaultPlain {
			v.t.Errorf("a reading failed: %v", err)
		}
		v.asked.Add(1)
	}
}

// readable counts what opens with a root key, for a desk that starts now.
func (v *vault) readable(root string) (n int) {
	v.t.Helper()
	ring, end := v.open(root)
	defer end()
	for i, key := range v.keys {
		if plain, err := ring.Open(v.t.Context(), key, "x", v.texts[i]); err == nil && string(plain) == vaultPlain {
			n++
		}
	}
	return n
}

// rotate runs the command, and kills it after a while; zero: never.
func (v *vault) rotate(after time.Duration) error {
	v.t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "LOKET_TEST_ROTATE="+v.folder)
	if err := c.Start(); err != nil {
		v.t.Fatal(err)
	}
	if after > 0 {
		defer time.AfterFunc(after, func() { _ = c.Process.Kill() }).Stop()
	}
	return c.Wait()
}

// S07: keys of a real desk are changed by the command itself, which is killed at random moments
// (2 changes and 6 kills; 5 and 20 with LOKET_FULL=1) while the desk goes on: no reading fails,
// everything opens afterwards, also after a start, and with a copy of an old root key nothing does. Control: before
// the change the same file opened all of it.
func TestRotationIsKilledUnderLoad(t *testing.T) {
	t.Parallel()
	v, rounds, each, killed := openVault(t), 2, 3, 0
	if full() {
		rounds, each = 5, 4
	}
	if n := v.readable("root.key"); n != 300 {
		t.Errorf("control: before the change %d of 300 open", n)
	}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() { defer close(done); v.works(stop) }()
	var old []string
	for round := range rounds {
		name := fmt.Sprintf("old%d.key", round)
		data, err := os.ReadFile(filepath.Join(v.folder, "root.key"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(v.folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		old = append(old, name)
		for range each {
			if v.rotate(time.Duration(20+rand.IntN(250))*time.Millisecond) != nil {
				killed++
			}
		}
		if err := v.rotate(0); err != nil {
			t.Fatalf("the command does not go on where it stopped: %v", err)
		}
	}
	close(stop)
	<-done
	for _, name := range old {
		if n := v.readable(name); n != 0 {
			t.Errorf("%s still opens %d of %d", name, n, len(v.keys))
		}
	}
	if n := v.readable("root.key"); n != len(v.keys) {
		t.Errorf("%d of %d open after the changes", n, len(v.keys))
	}
	if killed == 0 {
		t.Error("control: nothing was killed")
	}
	t.Logf("%d changes, %d kills, %d readings, %d keys", rounds, killed, v.asked.Load(), len(v.keys))
}

// dial tries to reach an address, as a program would that asks outside.
func dial(address string) {
	if c, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		_ = c.Close()
	}
}
