// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"iter"
	"time"

	"example.org/loket/ledger"
)

// LedgerHead gives the state of the log, to sign as a checkpoint.
func (s *Store) LedgerHead(ctx context.Context) (head ledger.Head, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		head, err = t.storedHead(ctx)
		return err
	})
	return head, err
}

func (t *tx) storedHead(ctx context.Context) (ledger.Head, error) {
	data, _, err := one(ctx, t, func(rows *sql.Rows, b *[]byte) error { return rows.Scan(b) }, `SELECT tree FROM ledger_head WHERE id = 1`)
	if err != nil {
		return ledger.Head{}, err
	}
	var tree ledger.Tree
	if err := tree.UnmarshalBinary(data); err != nil {
		return ledger.Head{}, err
	}
	return tree.Head()
}

// VerifyLedger checks the whole log on one snapshot: against itself, against the head in
// the database, and against heads from signed checkpoints that were kept elsewhere.
func (s *Store) VerifyLedger(ctx context.Context, heads ...ledger.Head) (report ledger.Report, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		own, err := t.storedHead(ctx)
		if err != nil {
			return err
		}
		report, err = ledger.Verify(t.lines(ctx), append(heads[:len(heads):len(heads)], own)...)
		return err
	})
	return report, err
}

// ExportLedger writes the whole log, of one snapshot, so that it can be checked without the
// database (ledger.VerifyFile).
func (s *Store) ExportLedger(ctx context.Context, w io.Writer) error {
	return s.engine.read(ctx, func(t *tx) error {
		head, err := t.storedHead(ctx)
		if err == nil {
			err = ledger.WriteHead(w, head)
		}
		for line, fault := range t.lines(ctx) {
			if err == nil {
				err = fault
			}
			if err == nil {
				err = ledger.WriteLine(w, line)
			}
			if err != nil {
				return err
			}
		}
		return err
	})
}

// linePage is how many lines of the log are read at once.
const linePage = 1000

// lines walks the log in order of index.
func (t *tx) lines(ctx context.Context) iter.Seq2[ledger.Line, error] {
	return func(yield func(ledger.Line, error) bool) {
		for from := int64(-1 << 62); ; {
			page, err := list(ctx, t, scanLine, `SELECT `+ledgerColumns+`, hashes FROM ledger WHERE idx >= $1 ORDER BY idx LIMIT $2 + 0`, from, linePage)
			if err != nil {
				yield(ledger.Line{}, err)
				return
			}
			for _, line := range page {
				if !yield(line, nil) {
					return
				}
			}
			if len(page) < linePage {
				return
			}
			from = page[len(page)-1].Index + 1
		}
	}
}

func scanLine(rows *sql.Rows, l *ledger.Line) error {
	var at moment
	err := rows.Scan(&l.Index, &at, &l.Tenant, &l.Actor, &l.Role, &l.Case, &l.Action, &l.Outcome, &l.Purpose, &l.Seq, &l.Digest, &l.Via, &l.Hashes)
	l.At = at.Time
	return err
}

// ProveEntry shows that entry index is in the log: the entry, the head and the proof.
func (s *Store) ProveEntry(ctx context.Context, index int64) (e ledger.Entry, head ledger.Head, p ledger.Proof, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		if head, err = t.storedHead(ctx); err != nil {
			return err
		}
		line, found, err := one(ctx, t, scanLine, `SELECT `+ledgerColumns+`, hashes FROM ledger WHERE idx = $1`, index)
		if err != nil {
			return err
		}
		if !found {
			return errors.New("store: the log has no such entry")
		}
		e = line.Entry
		p, err = ledger.Prove(head, index, func(entry int64) ([]byte, error) { return t.hashesOf(ctx, entry) })
		return err
	})
	return e, head, p, err
}

func (t *tx) hashesOf(ctx context.Context, entry int64) ([]byte, error) {
	data, _, err := one(ctx, t, func(rows *sql.Rows, b *[]byte) error { return rows.Scan(b) }, `SELECT hashes FROM ledger WHERE idx = $1`, entry)
	return data, err
}

// Checkpoint is a signed state of the log.
type Checkpoint struct {
	Size int64
	At   time.Time
	Note string
}

// KeepCheckpoint stores a signed checkpoint; it must also be sent out of the house.
func (s *Store) KeepCheckpoint(ctx context.Context, c Checkpoint) error {
	return s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `INSERT INTO checkpoints (size, at, note) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING`, c.Size, micros(c.At), c.Note)
		return err
	})
}

// Checkpoints lists the newest checkpoints first.
func (s *Store) Checkpoints(ctx context.Context, limit int) (out []Checkpoint, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		out, err = list(ctx, t, func(rows *sql.Rows, c *Checkpoint) error {
			var at moment
			err := rows.Scan(&c.Size, &at, &c.Note)
			c.At = at.Time
			return err
		}, `SELECT size, at, note FROM checkpoints ORDER BY size DESC LIMIT $1 + 0`, limit)
		return err
	})
	return out, err
}
