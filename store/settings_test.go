// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/seal"
)

// R01: every connection says what its settings are. Control: when one differs, such as
// synchronous=NORMAL, which loses reports in a power cut, the database is not opened.
func TestSettingsAreReadBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "loket.db")
	ok(t, open(t, path).Close())
	try := func(set []setting) error {
		c, err := newConnector(path, set)
		ok(t, err)
		db := sql.OpenDB(c)
		defer db.Close()
		return db.PingContext(ctx)
	}
	ok(t, try(settings))
	for name, worse := range map[string][]string{
		"synchronous": {"NORMAL", "OFF"}, "foreign_keys": {"OFF"}, "trusted_schema": {"ON"}, "secure_delete": {"OFF", "FAST"},
		"cell_size_check": {"OFF"}, "temp_store": {"FILE"}, "busy_timeout": {"0"}, "journal_mode": {"DELETE"},
	} {
		for _, value := range worse {
			set := slices.Clone(settings)
			at := slices.IndexFunc(set, func(s setting) bool { return s.name == name })
			set[at].set = value
			if err := try(set); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		}
	}
}

// S15: what the desk writes is closed to others on the machine, even when the file was open.
func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	ok(t, os.Mkdir(dir, 0o700))
	ok(t, os.WriteFile(filepath.Join(dir, "loket.db"), nil, 0o644))
	s := open(t, dir)
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
	names := map[string]bool{}
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		names[d.Name()] = true
		if err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", d.Name(), info.Mode())
		}
		return err
	}))
	if !names["loket.db"] || !names["loket.db-wal"] {
		t.Errorf("found only %v", names)
	}
	inner := filepath.Join(dir, "new", "folder")
	ok(t, open(t, inner).Close())
	if info, err := os.Stat(inner); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("a new folder has mode %v: %v", info.Mode(), err)
	}
}

func TestOpenSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"", "mysql://localhost/x", "postgres://%zz"} {
		if s, err := Open(ctx, dsn); err == nil {
			t.Errorf("%q opened %v", dsn, s)
		}
	}
	damaged := filepath.Join(t.TempDir(), "loket.db")
	ok(t, os.WriteFile(damaged, bytes.Repeat([]byte("no database "), 500), 0o600))
	if _, err := Open(ctx, damaged); err == nil || !strings.Contains(err.Error(), damaged) {
		t.Errorf("a file that is no database: %v", err)
	}
}

// A damaged page is found. Control: the same file untouched is in order.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "loket.db")
	s := open(t, path)
	for i := range 200 {
		put(t, s, row(i))
	}
	ok(t, s.Check(ctx))
	ok(t, s.Close())
	data, err := os.ReadFile(path)
	ok(t, err)
	at := bytes.LastIndex(data, []byte("case00150"))
	copy(data[at:], "case99999")
	ok(t, os.WriteFile(path, data, 0o600))
	if err := open(t, path).Check(ctx); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("the damage was not found: %v", err)
	}
}

// R07: after a failed commit nothing is acknowledged any more, and everybody who waits
// hears it. Reading goes on.
func TestNoWriteAfterAFailedCommit(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("before", 1)}) })
	session := s.engine.(*liteEngine).writer.session
	write(t, s, func(desk.Tx) error {
		return session.all("CREATE TABLE parent (id TEXT PRIMARY KEY)", "CREATE TABLE child (id TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
	})
	errs := make([]error, 16)
	together(len(errs), func(i int) {
		errs[i] = s.Write(ctx, func(tx desk.Tx) error {
			if err := tx.Append(ctx, []desk.Record{record(loket.CaseID(fmt.Sprint(i)), 1)}); err != nil {
				return err
			}
			if i == 3 { // goes well until the shared commit
				return session.do("INSERT INTO child VALUES ('orphan')")
			}
			return nil
		})
	})
	failed := 0
	for i, err := range errs {
		there := len(events(t, s, loket.CaseID(fmt.Sprint(i)))) == 1
		if (err == nil) != there {
			t.Errorf("unit %d: answered %v and stored %v", i, err, there)
		}
		if err != nil {
			failed++
		}
	}
	if failed == 0 {
		t.Fatal("nobody heard of the failed commit")
	}
	select {
	case <-s.Failed():
	default:
		t.Fatal("the store does not say that it failed")
	}
	err := s.Write(ctx, func(desk.Tx) error { t.Error("it ran"); return nil })
	if loket.ErrorCode(err) != loket.Unavailable {
		t.Fatalf("got %v, want unavailable", err)
	}
	if len(events(t, s, "before")) != 1 {
		t.Fatal("reading stopped too")
	}
}

// R06: a full disk refuses the work and leaves the store as it was; with space it goes on.
func TestFullDiskIsNotTheEnd(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("c", 1)}) })
	e := s.engine.(*liteEngine)
	limit := func(pages string) {
		rows, err := e.writer.session.conn.QueryContext(ctx, "PRAGMA max_page_count = "+pages)
		ok(t, err)
		ok(t, rows.Close())
	}
	limit("1") // SQLite takes the present size when that is more
	big := record("c", 2)
	big.Sealed = make([]byte, 1<<20)
	err := s.Write(ctx, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{big}) })
	if loket.ErrorCode(err) != loket.Unavailable {
		t.Fatalf("got %v, want unavailable", err)
	}
	if len(events(t, s, "c")) != 1 {
		t.Fatal("reading stopped, or half was stored")
	}
	limit("1000000")
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{big}) })
	if len(events(t, s, "c")) != 2 {
		t.Fatal("it did not go on")
	}
}

// S08: a destroyed key is gone from the key store's own files. Control: before, it is there.
func TestDestroyedKeyIsGoneFromTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	keys, err := OpenKeys(ctx, dir)
	ok(t, err)
	t.Cleanup(func() { ok(t, keys.Close()) })
	wrapped := bytes.Repeat([]byte("WRAPPEDKEY"), 20)
	ok(t, keys.AddKeys(ctx, []seal.Key{{ID: "k1", Tenant: "noord", Wrapped: wrapped, Created: now}, {ID: "k2", Tenant: "noord", Wrapped: []byte("other"), Created: now}}))
	ok(t, keys.AddKeys(ctx, []seal.Key{{ID: "k1", Tenant: "zuid", Wrapped: []byte("late"), Created: now}}))
	if !onDisk(t, dir, wrapped) {
		t.Fatal("control: the key must be in the file before")
	}
	ok(t, keys.DestroyKey(ctx, "k1", now))
	if onDisk(t, dir, wrapped) || onDisk(t, dir, wrapped[:30]) {
		t.Error("the key is still in the file")
	}
	k, found, err := keys.Key(ctx, "k1")
	if ok(t, err); !found || !k.Destroyed || len(k.Wrapped) != 0 || k.Tenant != "noord" {
		t.Errorf("got %+v", k)
	}
	if k, found, err := keys.Key(ctx, "k2"); err != nil || !found || k.Destroyed || string(k.Wrapped) != "other" {
		t.Errorf("the other key: %+v %v", k, err)
	}
	if err := keys.DestroyKey(ctx, "k3", now); !errors.Is(err, seal.ErrUnknown) {
		t.Error(err)
	}
}

func onDisk(t testing.TB, dir string, want []byte) bool {
	t.Helper()
	found := false
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	ok(t, err)
	for _, path := range files {
		data, err := os.ReadFile(path)
		ok(t, err)
		found = found || bytes.Contains(data, want)
	}
	return found
}
