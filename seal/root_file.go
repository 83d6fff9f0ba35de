// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// rootFile is a root key in a file that only its owner can read.
type rootFile struct{ path string }

// CreateRoot makes a root key in a new file that only its owner can read. It never
// overwrites: a root key that exists stays.
func CreateRoot(path string) error {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeRoot(path, h)
}

// writeRoot writes a new file, durably, or nothing.
func writeRoot(path string, h *keyset.Handle) error {
	var data bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&data)); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data.Bytes(), '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the name of a new file durable too.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// OpenRoot reads a root key. It refuses a file that others than its owner may touch.
func OpenRoot(path string) (*Root, error) {
	return openRoot(context.Background(), rootFile{path})
}

func (r rootFile) open(context.Context) (tink.AEAD, error) {
	h, err := r.read()
	if err != nil {
		return nil, err
	}
	return aead.New(h)
}

func (r rootFile) read() (*keyset.Handle, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if open := info.Mode().Perm() &^ 0o600; open != 0 {
		return nil, fmt.Errorf("seal: the root key %s is open to others (mode %v); write: chmod 600 %s", r.path, info.Mode().Perm(), r.path)
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(f))
	if err != nil {
		return nil, fmt.Errorf("seal: the root key %s cannot be read: %w", r.path, err)
	}
	return h, nil
}

// rotate adds a key to the file; the old ones still open what they wrapped.
func (r rootFile) rotate(context.Context) error {
	h, err := r.read()
	if err != nil {
		return err
	}
	if h, err = withNewKey(h); err != nil {
		return err
	}
	return r.replace(h)
}

// retire takes all keys but the newest out of the file.
func (r rootFile) retire(context.Context) error {
	h, err := r.read()
	if err != nil {
		return err
	}
	if h, err = primaryOnly(h); err != nil {
		return err
	}
	return r.replace(h)
}

// replace puts a new file in the place of the old one: at every moment one of them is whole.
func (r rootFile) replace(h *keyset.Handle) error {
	fresh := r.path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := writeRoot(fresh, h); err != nil {
		return err
	}
	if err := os.Rename(fresh, r.path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(r.path))
}

// withNewKey adds a key to a keyset that encrypts from now on.
func withNewKey(h *keyset.Handle) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, err
	}
	return m.Handle()
}

// primaryOnly drops every key of a keyset but the one that encrypts.
func primaryOnly(h *keyset.Handle) (*keyset.Handle, error) {
	info := h.KeysetInfo()
	m := keyset.NewManagerFromHandle(h)
	for _, key := range info.GetKeyInfo() {
		if key.GetKeyId() != info.GetPrimaryKeyId() {
			if err := m.Delete(key.GetKeyId()); err != nil {
				return nil, err
			}
		}
	}
	return m.Handle()
}
