// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// readers is how many reads run at once; the rest waits its turn.
const readers = 4

// liteEngine is SQLite: one writer, a few readers.
type liteEngine struct {
	path    string
	writeDB *sql.DB
	readDB  *sql.DB
	writer  *writer
	idle    chan *session // reading sessions; nil stands for one not opened yet
	closing sync.Once
}

func openSQLite(ctx context.Context, path string, l layout) (engine, error) {
	path, err := prepareFile(path, l.file)
	if err != nil {
		return nil, err
	}
	e := &liteEngine{path: path, idle: make(chan *session, readers)}
	if err := e.open(ctx, l); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), e.close())
	}
	return e, nil
}

func (e *liteEngine) open(ctx context.Context, l layout) (err error) {
	// The writer moves the log into the file itself: SQLite's own checkpoints hide their errors.
	if e.writeDB, err = openPool(e.path, 1, "wal_autocheckpoint(0)", "journal_size_limit(67108864)", fmt.Sprintf("cache_size(-%d)", l.cache)); err != nil {
		return err
	}
	if err := migrate(ctx, e.writeDB, l.folder+"/sqlite"); err != nil {
		return err
	}
	if e.readDB, err = openPool(e.path, readers, "query_only(1)", fmt.Sprintf("cache_size(-%d)", l.cache)); err != nil {
		return err
	}
	for range readers {
		e.idle <- nil
	}
	s, err := newSession(ctx, e.writeDB)
	if err != nil {
		return err
	}
	e.writer = startWriter(s)
	return nil
}

// prepareFile makes the folder (0700) and the file (0600), so that SQLite's own log files,
// which take over the mode, are closed to others too.
func prepareFile(path, name string) (string, error) {
	info, err := os.Stat(path)
	if (err == nil && info.IsDir()) || (err != nil && filepath.Ext(path) == "") {
		path = filepath.Join(path, name)
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	return path, errors.Join(f.Chmod(0o600), f.Close())
}

func (e *liteEngine) write(ctx context.Context, fn func(*tx) error) error {
	return e.writer.do(ctx, fn)
}

func (e *liteEngine) later(ctx context.Context, wait time.Duration, fn func(*tx) error) error {
	return e.writer.later(ctx, wait, fn)
}

func (e *liteEngine) read(ctx context.Context, fn func(*tx) error) (err error) {
	s, err := e.take(ctx)
	if err != nil {
		return err
	}
	broken := true
	defer func() {
		if broken {
			_ = s.close() // a session that cannot end its transaction is not used again
			s = nil
		}
		e.idle <- s
	}()
	if err := s.do("BEGIN DEFERRED"); err != nil {
		return err
	}
	defer func() {
		end := s.do("ROLLBACK")
		broken = end != nil
		err = errors.Join(err, end)
	}()
	return fn(&tx{run: s, ctx: ctx})
}

// take waits for a reading session.
func (e *liteEngine) take(ctx context.Context) (*session, error) {
	select {
	case s, ok := <-e.idle:
		if !ok {
			return nil, errClosed
		}
		if s != nil {
			return s, nil
		}
		s, err := newSession(context.WithoutCancel(ctx), e.readDB)
		if err != nil {
			e.idle <- nil
		}
		return s, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (e *liteEngine) check(ctx context.Context) error {
	s, err := e.take(ctx)
	if err != nil {
		return err
	}
	defer func() { e.idle <- s }()
	if err := s.conn.Raw(func(c any) error { return readBack(ctx, c.(driver.Conn), settings) }); err != nil {
		return err
	}
	rows, err := s.conn.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return err
	}
	lines, err := collect(ctx, rows, func(rows *sql.Rows, line *string) error { return rows.Scan(line) })
	if err != nil {
		return err
	}
	if len(lines) != 1 || lines[0] != "ok" {
		return fmt.Errorf("store: %s is damaged: %s", e.path, strings.Join(lines, "; "))
	}
	return nil
}

// wipe moves the log into the file, where secure_delete has overwritten what was deleted,
// and cuts the log to nothing. Reads that go on are waited for.
func (e *liteEngine) wipe(ctx context.Context) error {
	db, err := openPool(e.path, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var busy, log, moved int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("store: the log of %s is in use and was not cut; try again", e.path)
	}
	return nil
}

func (e *liteEngine) failed() <-chan struct{} { return e.writer.broken }

// close ends the work and closes the file; a second call does nothing.
func (e *liteEngine) close() (err error) {
	e.closing.Do(func() { err = e.closeAll() })
	return err
}

func (e *liteEngine) closeAll() error {
	var errs []error
	if e.writer != nil {
		errs = append(errs, e.writer.stop())
		for range readers {
			if s := <-e.idle; s != nil {
				errs = append(errs, s.close())
			}
		}
		close(e.idle)
	}
	for _, db := range []*sql.DB{e.readDB, e.writeDB} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
