// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/ledger"
)

const ledgerColumns = `idx, at, tenant, actor, role, case_id, action, outcome, purpose, seq, digest, via`

// trunk is the ledger's right edge while a transaction appends to it. It is read once per
// transaction and written once before the commit.
type trunk struct {
	ledger.Tree
	loaded, changed bool
}

// Ledger implements desk.Tx. Entries wait until the end of the unit of work: on PostgreSQL
// the log's head is then locked last and for the shortest time, always in the same order.
func (t *tx) Ledger(ctx context.Context, entry desk.LedgerEntry) error {
	if t.tree == nil {
		return errors.New("store: a read cannot write to the ledger")
	}
	if entry.Via == "" {
		entry.Via = desk.Via(ctx, entry)
	}
	t.pending = append(t.pending, entry)
	return nil
}

// flush appends the waiting entries.
func (t *tx) flush() error {
	if len(t.pending) == 0 {
		return nil
	}
	if err := t.loadTree(); err != nil {
		return err
	}
	type line struct {
		ledger.Entry
		hashes []byte
	}
	lines := make([]line, len(t.pending))
	for i, e := range t.pending {
		lines[i].Entry = pure(e)
		hashes, err := t.tree.Append(&lines[i].Entry)
		if err != nil {
			return err
		}
		lines[i].hashes = hashes
	}
	t.pending, t.tree.changed = nil, true
	return insert(t.ctx, t, `INSERT INTO ledger (`+ledgerColumns+`, hashes) VALUES `, ``, 13, lines, func(l line) []any {
		return []any{l.Index, micros(l.At), l.Tenant, l.Actor, l.Role, l.Case, l.Action, l.Outcome, l.Purpose, l.Seq, blob(l.Digest), l.Via, l.hashes}
	})
}

// loadTree locks the head and reads it. The lock is an UPDATE that changes nothing. The head
// is asked afterwards, see NextNumber.
func (t *tx) loadTree() error {
	if t.tree.loaded {
		return nil
	}
	if _, alone := t.run.(*session); !alone { // SQLite has one writer, who holds the lock already
		if _, err := t.run.exec(t.ctx, `UPDATE ledger_head SET id = 1 WHERE id = 1`); err != nil {
			return err
		}
	}
	data, found, err := one(t.ctx, t, func(rows *sql.Rows, b *[]byte) error { return rows.Scan(b) }, `SELECT tree FROM ledger_head WHERE id = 1`)
	if err == nil && !found {
		err = errors.New("store: the ledger has no head")
	}
	if err == nil {
		err = t.tree.UnmarshalBinary(data)
	}
	t.tree.loaded = err == nil
	return err
}

// keepTree writes the head back before the commit.
func (t *tx) keepTree() error {
	if !t.tree.changed {
		return nil
	}
	data, err := t.tree.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = t.run.exec(t.ctx, `UPDATE ledger_head SET tree = $1 WHERE id = 1`, data)
	return err
}

func pure(e desk.LedgerEntry) ledger.Entry {
	return ledger.Entry{At: e.At, Tenant: e.Tenant, Actor: e.Actor, Role: e.Role, Case: string(e.Case), Action: e.Action,
		Outcome: e.Outcome, Purpose: e.Purpose, Seq: e.Seq, Digest: e.Digest, Via: e.Via}
}

// LedgerOf implements desk.Tx.
func (t *tx) LedgerOf(ctx context.Context, id loket.CaseID) ([]desk.LedgerEntry, error) {
	if err := t.flush(); err != nil {
		return nil, err
	}
	return list(ctx, t, func(rows *sql.Rows, e *desk.LedgerEntry) error {
		var at moment
		err := rows.Scan(&e.Index, &at, &e.Tenant, &e.Actor, &e.Role, &e.Case, &e.Action, &e.Outcome, &e.Purpose, &e.Seq, &e.Digest, &e.Via)
		e.At = at.Time
		return err
	}, `SELECT `+ledgerColumns+` FROM ledger WHERE case_id <> '' AND case_id = $1 ORDER BY idx`, string(id))
}

// LastLogins tells when each person of a tenant came in last. It reads the whole log: for a
// review of rights, not for a page.
func (s *Store) LastLogins(ctx context.Context, tenant string) (map[string]time.Time, error) {
	type login struct {
		person string
		at     moment
	}
	last := map[string]time.Time{}
	err := s.engine.read(ctx, func(t *tx) error {
		all, err := list(ctx, t, func(rows *sql.Rows, l *login) error { return rows.Scan(&l.person, &l.at) },
			`SELECT actor, max(at) FROM ledger WHERE tenant = $1 AND action = $2 AND outcome = $3 GROUP BY actor`, tenant, "login", "done")
		for _, l := range all {
			last[l.person] = l.at.Time
		}
		return err
	})
	return last, fault(err)
}

// LedgerBetween gives every entry of a tenant from one moment until another, oldest first, and
// of one person only when person is given. It reads the whole log: for a command, not for a page.
func (s *Store) LedgerBetween(ctx context.Context, tenant, person string, from, until time.Time) (all []desk.LedgerEntry, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, func(rows *sql.Rows, e *desk.LedgerEntry) error {
			var at moment
			err := rows.Scan(&e.Index, &at, &e.Tenant, &e.Actor, &e.Role, &e.Case, &e.Action, &e.Outcome, &e.Purpose, &e.Seq, &e.Digest, &e.Via)
			e.At = at.Time
			return err
		}, `SELECT `+ledgerColumns+` FROM ledger WHERE tenant = $1 AND at >= $2 AND at < $3 AND ($4 = '' OR actor = $4) ORDER BY idx`, tenant, micros(from), micros(until), person)
		return err
	})
	return all, fault(err)
}
