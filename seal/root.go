// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Root is the key above all keys. Who has it and the key store can read everything; who
// loses it can read nothing ever again.
type Root struct{ aead tink.AEAD }

// CreateRoot makes a root key in a new file that only its owner can read. It never
// overwrites: a root key that exists stays.
func CreateRoot(path string) error {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	var data bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&data)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
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
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if open := info.Mode().Perm() &^ 0o600; open != 0 {
		return nil, fmt.Errorf("seal: the root key %s is open to others (mode %v); write: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(f))
	if err != nil {
		return nil, fmt.Errorf("seal: the root key %s cannot be read: %w", path, err)
	}
	a, err := aead.New(h)
	if err != nil {
		return nil, err
	}
	return &Root{aead: a}, nil
}

// EnsureRoot opens the root key, and makes it at the very first start.
func EnsureRoot(path string) (*Root, error) {
	if err := CreateRoot(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return OpenRoot(path)
}
