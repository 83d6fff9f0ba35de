// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"example.org/loket/desk"
	"example.org/loket/seal"
	"example.org/loket/store"
)

// S07: `loket keys rotate` changes the keys of a desk; what was sealed opens as before, and
// with a copy of the old root key it does not open any more.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	folder := filepath.Join(t.TempDir(), "desk")
	run := func(args ...string) string {
		var out, log bytes.Buffer
		if code := Main(ctx, append(args, "--data", folder), &out, &log); code != exitOK {
			t.Fatalf("%v: status %d\n%s%s", args, code, &out, &log)
		}
		return out.String()
	}
	run("desk", "set", "--id", "voorbeeld", "--name", "Voorbeeld", "--protocol", "rotterdam")
	ring := func(root string) (*seal.Keyring, func()) {
		r, err := seal.OpenRoot(root)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := store.OpenKeys(ctx, folder)
		if err != nil {
			t.Fatal(err)
		}
		return seal.NewKeyring(r, keys), func() { _ = keys.Close() }
	}
	path := filepath.Join(folder, "root.key")
	if _, err := seal.EnsureRoot(path); err != nil {
		t.Fatal(err)
	}
	k, end := ring(path)
	key, err := k.NewKey(ctx, "voorbeeld")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := k.Seal(ctx, key, "x", []byte("Mila Verzonnen"))
	if err != nil {
		t.Fatal(err)
	}
	end()
	old := filepath.Join(t.TempDir(), "old.key")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, data, 0o600); err != nil {
		t.Fatal(err)
	}
	run("keys", "rotate")
	for _, root := range []string{path, old} {
		k, end := ring(root)
		plain, err := k.Open(ctx, key, "x", sealed)
		if (root == path) != (err == nil && string(plain) == "Mila Verzonnen") {
			t.Errorf("%s: %q, %v", filepath.Base(root), plain, err)
		}
		end()
	}
}

// S08: a desk that cannot carry out the erasure register does not start.
func TestNoStartWithoutTheErasureRegister(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "desk")
	if err := os.MkdirAll(filepath.Join(folder, "erasures.log"), 0o700); err != nil { // a folder where the file must be
		t.Fatal(err)
	}
	_, err := open(t.Context(), parts{place: place{Data: folder}, sender: noMail{}, clock: wall{}, rand: randomIDs(), protocols: desk.Protocols{}})
	if err == nil {
		t.Error("the desk started")
	}
}
