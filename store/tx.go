// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"sync"

	"example.org/loket"
	"example.org/loket/desk"
)

// tx is one unit of work. It implements desk.Tx on both engines.
type tx struct {
	run     runner
	ctx     context.Context // of the caller; a scan stops when it ends
	tree    *trunk          // of the ledger; nil when reading
	pending []desk.LedgerEntry
	opened  loket.CaseID // the case that this unit of work opened: no read rows of it exist yet
}

var _ desk.Tx = (*tx)(nil)

// collect reads all rows before anything else is asked: PostgreSQL answers one question
// at a time on a connection.
func collect[T any](ctx context.Context, rows *sql.Rows, scan func(*sql.Rows, *T) error) ([]T, error) {
	var out []T
	err := each(ctx, rows, scan, func(t T) error {
		out = append(out, t)
		return nil
	})
	return out, err
}

// each streams rows to fn.
func each[T any](ctx context.Context, rows *sql.Rows, scan func(*sql.Rows, *T) error, fn func(T) error) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var t T
		if err := scan(rows, &t); err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
	}
	return rows.Err()
}

// list runs a query and reads all its rows.
func list[T any](ctx context.Context, t *tx, scan func(*sql.Rows, *T) error, query string, args ...any) ([]T, error) {
	rows, err := t.run.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return collect(ctx, rows, scan)
}

// one runs a query that gives a row or none.
func one[T any](ctx context.Context, t *tx, scan func(*sql.Rows, *T) error, query string, args ...any) (T, bool, error) {
	all, err := list(ctx, t, scan, query, args...)
	if err != nil || len(all) == 0 {
		var none T
		return none, false, err
	}
	return all[0], true, nil
}

// texts keeps the INSERTs that were written before: there are few, and each is long.
var texts sync.Map // textOf → string

type textOf struct {
	head, tail string
	n, width   int
}

// insertText writes the INSERT of n rows of width columns: head ($1,$2),($3,$4) … tail.
func insertText(head, tail string, n, width int) string {
	of := textOf{head, tail, n, width}
	if text, ok := texts.Load(of); ok {
		return text.(string)
	}
	text := head + placeholders(n, width) + tail
	texts.Store(of, text)
	return text
}

// placeholders writes the values of n rows of width columns: ($1,$2),($3,$4) …
func placeholders(n, width int) string {
	var b strings.Builder
	for i := range n * width {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%width == 0:
			b.WriteString("),(")
		default:
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(i + 1))
	}
	b.WriteByte(')')
	return b.String()
}

// chunk is how many rows one INSERT takes, so that few texts of SQL are prepared and no
// limit on arguments is met.
const chunk = 16

// insert adds rows in statements of at most chunk rows each.
func insert[T any](ctx context.Context, t *tx, head, tail string, width int, rows []T, args func(T) []any) error {
	for len(rows) > 0 {
		n := min(len(rows), chunk)
		all := make([]any, 0, n*width)
		for _, r := range rows[:n] {
			all = append(all, args(r)...)
		}
		if _, err := t.run.exec(ctx, insertText(head, tail, n, width), all...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func scanInt(rows *sql.Rows, n *int) error { return rows.Scan(n) }
