// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/seal"
	"example.org/loket/store"
)

// A million reports over HTTP would take an hour. So the first ones come over HTTP and are
// patterns; the others are copies of them, written straight into the stores while the desk
// is stopped. A copy is a case like any other: an id, a number and a key of its own, its
// events sealed anew with that key, every read row, every line of the ledger. It opens, and
// it lies where it would have lain. What is not copied: its blind index is random, so that
// a thousand copies are not a thousand likely duplicates of each other; and no notice waits
// for it.

const (
	patternsMost = 1_000 // cases that are copied in turn
	fillBatch    = 250   // copies in one transaction
	fillHands    = 3     // that seal copies while others are written
)

// pattern is a case that came over HTTP, opened.
type pattern struct {
	row     desk.CaseRow
	columns []byte // figures of the register
	records []opened
	clocks  []desk.ClockRow
	index   []desk.IndexRow
}

// opened is a record with its words.
type opened struct {
	desk.Record
	body, vault []byte
}

// filler copies patterns into the stores of a desk that is stopped.
type filler struct {
	store    *store.Store
	keys     *store.Keys
	ring     *seal.Keyring
	patterns []pattern
	given    int // the highest number that a case has: the desk may hold reports whose answer came too late to be counted
}

// fill brings the desk to so many cases, and starts it again.
func (b *bench) fill(ctx context.Context, cases int) error {
	if int(b.cases) >= cases {
		return nil
	}
	b.desk.stop()
	f, err := openFiller(ctx, filepath.Join(b.dir, "desk"))
	if err == nil {
		err = errors.Join(f.copies(ctx, int(b.cases), cases), f.close())
	}
	if err != nil {
		return fmt.Errorf("copying cases: %w", err)
	}
	b.cases = cases
	return b.startDesk()
}

// recount finds the cases of an earlier run in a folder that was kept.
func (b *bench) recount() error {
	if b.keep == "" {
		return nil
	}
	f, err := openFiller(context.Background(), filepath.Join(b.dir, "desk"))
	if err != nil {
		return err
	}
	b.cases = max(0, f.given-1)
	return f.close()
}

func openFiller(ctx context.Context, folder string) (*filler, error) {
	root, err := seal.OpenRoot(filepath.Join(folder, "root.key"))
	if err != nil {
		return nil, err
	}
	f := &filler{}
	if f.store, err = store.Open(ctx, folder); err != nil {
		return nil, err
	}
	if f.keys, err = store.OpenKeys(ctx, folder); err != nil {
		return nil, errors.Join(err, f.store.Close())
	}
	f.ring = seal.NewKeyring(root, f.keys)
	if err := errors.Join(f.readPatterns(ctx), f.readGiven(ctx)); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// readGiven asks for one number more than was given, which no case will have.
func (f *filler) readGiven(ctx context.Context) error {
	if len(f.patterns) == 0 {
		return nil
	}
	return f.store.Write(ctx, func(tx desk.Tx) (err error) {
		row := f.patterns[0].row
		f.given, err = tx.NextNumber(ctx, row.Tenant, row.ReceivedAt.Year())
		return err
	})
}

func (f *filler) close() error { return errors.Join(f.store.Close(), f.keys.Close()) }

func (f *filler) readPatterns(ctx context.Context) error {
	return f.store.Read(ctx, func(tx desk.Tx) error {
		rows := tx.(desk.ReadRows)
		ids, err := rows.CaseIDs(ctx, "", patternsMost)
		for _, id := range ids {
			var p pattern
			if p, err = f.pattern(ctx, tx, rows, id); err != nil {
				return err
			}
			f.patterns = append(f.patterns, p)
		}
		return err
	})
}

func (f *filler) pattern(ctx context.Context, tx desk.Tx, rows desk.ReadRows, id loket.CaseID) (p pattern, err error) {
	records, err := tx.Events(ctx, id)
	if err != nil {
		return p, err
	}
	if p.row, _, err = tx.CaseRow(ctx, id); err != nil {
		return p, err
	}
	for _, r := range records {
		o := opened{Record: r}
		if o.body, err = f.ring.Open(ctx, p.row.Key, eventPlace("body", r), r.Sealed); err != nil {
			return p, err
		}
		if len(r.Vault) > 0 {
			if o.vault, err = f.ring.Open(ctx, p.row.Key, eventPlace("vault", r), r.Vault); err != nil {
				return p, err
			}
		}
		p.records = append(p.records, o)
	}
	if p.columns, err = base64.StdEncoding.DecodeString(p.row.Columns); err == nil {
		p.columns, err = f.ring.Open(ctx, p.row.Key, columnsPlace(p.row), p.columns)
	}
	if err == nil {
		p.clocks, err = rows.ClocksOf(ctx, id)
	}
	if err == nil {
		p.index, err = rows.IndexOf(ctx, id)
	}
	return p, err
}

// The places that package desk binds what it seals to. A copy that is bound otherwise does
// not open, which the first look at a page shows.
func eventPlace(column string, r desk.Record) string {
	return fmt.Sprintf("events|%s|%s|%d", column, r.Case, r.Seq)
}

func columnsPlace(row desk.CaseRow) string { return "cases|columns|" + string(row.ID) }

// copies makes the cases from number first+1 to last.
func (f *filler) copies(ctx context.Context, first, last int) error {
	numbers, failed := make(chan int), make(chan error, fillHands)
	var wg sync.WaitGroup
	for range fillHands {
		wg.Go(func() {
			var err error
			for n := range numbers {
				if err == nil { // after a failure the rest is passed over
					err = f.batch(ctx, n, min(n+fillBatch, last))
				}
			}
			failed <- err
		})
	}
	for n := first; n < last; n += fillBatch {
		numbers <- n
	}
	close(numbers)
	wg.Wait()
	close(failed)
	var err error
	for one := range failed {
		err = errors.Join(err, one)
	}
	return err
}

// batch seals some copies and writes them together. Their numbers are fixed, so that they
// can be sealed before the transaction begins: nobody else gives numbers now.
func (f *filler) batch(ctx context.Context, from, to int) error {
	made := make([]copied, 0, to-from)
	for n := from; n < to; n++ {
		c, err := f.copy(ctx, &f.patterns[n%len(f.patterns)], f.given+1+n)
		if err != nil {
			return err
		}
		made = append(made, c)
	}
	return f.store.Write(ctx, func(tx desk.Tx) error {
		for i := range made {
			if err := made[i].write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// copied is a copy on its way to the disk.
type copied struct {
	row     desk.CaseRow
	records []desk.Record
	clocks  []desk.ClockRow
	index   []desk.IndexRow
}

func (f *filler) copy(ctx context.Context, p *pattern, n int) (c copied, err error) {
	c.row = p.row
	c.row.ID = loket.CaseID(newID(p.row.ReceivedAt))
	c.row.Number = fmt.Sprintf("%s%04d", p.row.Number[:len("2026-")], n)
	if c.row.Key, err = f.ring.NewKey(ctx, p.row.Tenant); err != nil {
		return c, err
	}
	columns, err := f.ring.Seal(ctx, c.row.Key, columnsPlace(c.row), p.columns)
	c.row.Columns = base64.StdEncoding.EncodeToString(columns)
	for _, o := range p.records {
		r := o.Record
		r.Case = c.row.ID
		if err == nil {
			body := bytes.ReplaceAll(o.body, []byte(p.row.Number), []byte(c.row.Number))
			r.Sealed, err = f.ring.Seal(ctx, c.row.Key, eventPlace("body", r), body)
		}
		if err == nil && len(o.vault) > 0 {
			r.Vault, err = f.ring.Seal(ctx, c.row.Key, eventPlace("vault", r), o.vault)
		}
		c.records = append(c.records, r)
	}
	for _, clock := range p.clocks {
		clock.Case = c.row.ID
		c.clocks = append(c.clocks, clock)
	}
	for _, row := range p.index {
		row.Hash = make([]byte, len(row.Hash))
		_, _ = rand.Read(row.Hash)
		c.index = append(c.index, row)
	}
	return c, err
}

func newID(at time.Time) string {
	var random [10]byte
	_, _ = rand.Read(random[:])
	return desk.OrderedID(at, random)
}

func (c *copied) write(ctx context.Context, tx desk.Tx) error {
	year, _, _ := strings.Cut(c.row.Number, "-")
	given, err := strconv.Atoi(year)
	if err == nil { // the desk goes on after the last number
		_, err = tx.NextNumber(ctx, c.row.Tenant, given)
	}
	err = errors.Join(err,
		tx.Append(ctx, c.records),
		tx.PutCase(ctx, c.row),
		tx.PutClocks(ctx, c.row.ID, c.clocks),
		tx.PutIndex(ctx, c.row.ID, c.row.Tenant, c.index),
	)
	for _, r := range c.records {
		digest := sha256.Sum256(append(append([]byte{}, r.Sealed...), r.Vault...))
		err = errors.Join(err, tx.Ledger(ctx, desk.LedgerEntry{At: r.At, Tenant: r.Tenant, Actor: r.By, Role: r.Role, Case: r.Case, Action: r.Type, Outcome: "done", Seq: r.Seq, Digest: digest[:]}))
	}
	return err
}
