// SPDX-License-Identifier: EUPL-1.2

// Package store keeps events, the rows read from them and the tamper-evident log, in
// SQLite or PostgreSQL. Both engines run one text of SQL; only the schema folders and one
// file per engine for opening differ.
//
//	           ┌────────────── SQLite ──────────────┐   ┌──── PostgreSQL ────┐
//	Write(fn) ─┤ queue ─▶ one writer: BEGIN          │   │ a transaction each,│
//	Write(fn) ─┤   fn · SAVEPOINT fn · SAVEPOINT fn  │   │ row locks, unique  │
//	Write(fn) ─┤   COMMIT: one fsync, then all answer│   │ constraints        │
//	           └─────────────────────────────────────┘   └────────────────────┘
//	Read(fn)  ─── a snapshot on one of a few reading connections
//
// A Write that returns nil is on disk. A Write that returns an error may still be on disk
// when the error came from the commit itself: callers use an idempotency key (R03).
// After a failed commit the store takes no more writes, because what the disk holds is
// then unknown (R07); a full disk is the exception, it leaves nothing behind (R06).
package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/loket/desk"
)

// engine is what differs between SQLite and PostgreSQL.
type engine interface {
	write(ctx context.Context, fn func(*tx) error) error
	later(ctx context.Context, wait time.Duration, fn func(*tx) error) error
	read(ctx context.Context, fn func(*tx) error) error
	check(ctx context.Context) error
	wipe(ctx context.Context) error
	failed() <-chan struct{}
	close() error
}

// Store implements desk.Store.
type Store struct{ engine engine }

// Open opens the database that dsn names and brings its schema up to date:
//
//	/var/lib/loket            a folder; the file loket.db in it
//	sqlite:/var/lib/x.db      a file
//	postgres://host/database  PostgreSQL
//
// It refuses a schema newer than this program and settings that would lose data.
func Open(ctx context.Context, dsn string) (*Store, error) {
	e, err := openEngine(ctx, dsn, layout{file: deskFile, folder: "schema", space: "loket", tenants: true, cache: 4_000})
	if err != nil {
		return nil, err
	}
	return &Store{engine: e}, nil
}

// layout is which tables an engine opens: those of the desk, or those of the key store.
type layout struct {
	file    string // in a SQLite folder
	folder  string // of the schema files
	space   string // schema name in PostgreSQL
	tenants bool   // rows belong to organisations
	cache   int    // KiB of pages that each connection of SQLite keeps; with every commit it walks along all that the writer keeps
}

func openEngine(ctx context.Context, dsn string, l layout) (engine, error) {
	switch {
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return openPostgres(ctx, dsn, l)
	case dsn == "" || strings.Contains(strings.TrimPrefix(dsn, "sqlite:"), "://"):
		return nil, fmt.Errorf("store: %q names no database; write a folder, sqlite:<file> or postgres://<host>/<database>", dsn)
	}
	return openSQLite(ctx, strings.TrimPrefix(dsn, "sqlite:"), l)
}

// Write implements desk.Store: nil means durable. fn must not call Write or Read itself,
// and may run on another goroutine than the caller's.
func (s *Store) Write(ctx context.Context, fn func(desk.Tx) error) error {
	return s.engine.write(ctx, func(t *tx) error { return fn(t) })
}

// WriteWithin is Write for background work: it waits up to a moment for others, to be on
// disk with them at no cost to anybody. Its fn then runs in the transaction that they share.
func (s *Store) WriteWithin(ctx context.Context, wait time.Duration, fn func(desk.Tx) error) error {
	return s.engine.later(ctx, wait, func(t *tx) error { return fn(t) })
}

// Read implements desk.Store: fn sees one snapshot, and cannot write.
func (s *Store) Read(ctx context.Context, fn func(desk.Tx) error) error {
	return s.engine.read(ctx, func(t *tx) error { return fn(t) })
}

// Check looks the database over: settings, structure, indexes. It reads everything, so
// it is for maintenance, not for a health page.
func (s *Store) Check(ctx context.Context) error { return s.engine.check(ctx) }

// Wipe makes what was overwritten or deleted disappear from the files of the database too,
// as far as the engine can. What was sealed is unreadable without it, once its key is gone.
func (s *Store) Wipe(ctx context.Context) error { return s.engine.wipe(ctx) }

// Failed is closed when a commit failed and the store takes no more writes; the program
// must then stop, and start anew from what the disk holds.
func (s *Store) Failed() <-chan struct{} { return s.engine.failed() }

// Close waits for the running writes and closes the database.
func (s *Store) Close() error { return s.engine.close() }
