// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"example.org/loket"
)

var (
	errTaken = loket.Refuse(loket.Conflict, "Iemand anders heeft dit net gewijzigd. Kijk wat er veranderd is en probeer het opnieuw.",
		"Somebody else has just changed this. See what changed and try again.")
	errBroken = loket.Refuse(loket.Unavailable, "Het loket kan nu niets bewaren. Bel het loket.",
		"The desk cannot store anything now. Call the desk.")
	errClosed = errors.New("store: it is closed")
)

// primary drops what SQLite adds to a code to tell its causes apart.
const primary = 0xff

// PostgreSQL's codes for what two units of work may do to one another.
const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	diskFull             = "53100"
)

// fault turns an engine's error into one the desk knows: Conflict when another was first,
// Unavailable when nothing can be stored. The cause stays in the chain for the log.
func fault(err error) error {
	switch {
	case err == nil:
		return nil
	case conflicting(err):
		return &caused{errTaken, err}
	case unstorable(err):
		return &caused{errBroken, err}
	}
	return err
}

func conflicting(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	code := postgresCode(err)
	return code == uniqueViolation || code == serializationFailure || code == deadlockDetected
}

func unstorable(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & primary {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN:
			return true
		}
	}
	if code := postgresCode(err); len(code) == 5 {
		return code == diskFull || code[:2] == "57" || code[:2] == "58" || code[:2] == "08"
	}
	return unreachable(err)
}

// passing errors leave the database as it was and may be over at the next try: the disk
// is full, or another process holds the lock.
func passing(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	code := e.Code() & primary
	return code == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_BUSY
}

// caused is an error in the reader's words with the engine's error behind it: pages show
// the *loket.Error in the chain, the log shows the whole.
type caused struct {
	say   *loket.Error
	cause error
}

// Unwrap gives both.
func (c *caused) Unwrap() []error { return []error{c.say, c.cause} }

// Error implements error.
func (c *caused) Error() string { return fmt.Sprintf("%v: %v", c.say, c.cause) }
