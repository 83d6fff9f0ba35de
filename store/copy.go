// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrElsewhere: the database is not a file, so that its own tools copy it.
var ErrElsewhere = errors.New("store: the database is in PostgreSQL")

// Copy writes the database that dsn names to the new file to, whole and as it was at one
// moment, while others go on writing (R13). Unlike Open it changes nothing: a new program can
// copy what an old one made before it brings the tables up to date. Pages that were freed are
// not in the copy. ErrElsewhere when dsn names no file.
func Copy(ctx context.Context, dsn, to string) error { return copyFile(ctx, dsn, deskFile, to) }

// CopyKeys is Copy for the key store.
func CopyKeys(ctx context.Context, dsn, to string) error { return copyFile(ctx, dsn, keyFile, to) }

// Names of the files in a folder.
const (
	deskFile = "loket.db"
	keyFile  = "keys.db"
)

func copyFile(ctx context.Context, dsn, name, to string) error {
	if strings.Contains(dsn, "://") {
		return ErrElsewhere
	}
	from := strings.TrimPrefix(dsn, "sqlite:")
	if info, err := os.Stat(from); err == nil && info.IsDir() {
		from = filepath.Join(from, name)
	}
	if _, err := os.Stat(from); err != nil {
		return err // SQLite would make it, and copy nothing
	}
	if err := vacuumInto(ctx, from, to); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return synced(to)
}

// vacuumInto copies in one reading transaction. The new file is empty and ours alone first.
func vacuumInto(ctx context.Context, from, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := openPool(from, 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

// synced returns when the file is on disk: SQLite does not sync what it vacuums into.
func synced(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Sound reads a database file from its first to its last page; an error tells what is broken.
func Sound(ctx context.Context, path string) error {
	db, err := openPool(path, 1)
	if err != nil {
		return err
	}
	var said string
	err = db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said)
	if err == nil && said != "ok" {
		err = fmt.Errorf("%s: %s", filepath.Base(path), said)
	}
	return errors.Join(err, db.Close())
}
