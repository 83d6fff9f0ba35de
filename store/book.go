// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

const entryColumns = `tenant, book, id, version, name, sort, about, starts, ends, body, at, actor`

// PutEntry implements desk.Tx: the row as it is now, and one more version in its history.
func (t *tx) PutEntry(ctx context.Context, e desk.Entry) error {
	body, err := json.Marshal(e.Values)
	if err != nil {
		return err
	}
	args := []any{e.Tenant, e.Book, e.ID, e.Version, e.Name, e.Sort, e.About, begins(e.From), micros(e.Until), string(body), micros(e.At), e.By}
	query := `INSERT INTO books (` + entryColumns + `) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`
	if e.Version > 1 {
		query = `UPDATE books SET version = $4, name = $5, sort = $6, about = $7, starts = $8, ends = $9, body = $10, at = $11, actor = $12
			WHERE tenant = $1 AND book = $2 AND id = $3 AND version = $4 - 1`
	}
	n, err := t.run.exec(ctx, query, args...)
	if err != nil {
		return fault(err)
	}
	if n != 1 {
		return errTaken
	}
	_, err = t.run.exec(ctx, `INSERT INTO book_history (`+entryColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, args...)
	return fault(err)
}

// begins is a first moment in microseconds; the beginning of time when it is open.
func begins(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixMicro()
}

func scanEntry(rows *sql.Rows, e *desk.Entry) error {
	var starts int64
	var ends, at moment
	var body string
	if err := rows.Scan(&e.Tenant, &e.Book, &e.ID, &e.Version, &e.Name, &e.Sort, &e.About, &starts, &ends, &body, &at, &e.By); err != nil {
		return err
	}
	if starts != math.MinInt64 {
		e.From = time.UnixMicro(starts).UTC()
	}
	e.Until, e.At = ends.Time, at.Time
	return json.Unmarshal([]byte(body), &e.Values)
}

// Entry implements desk.Tx.
func (t *tx) Entry(ctx context.Context, tenant, book, id string) (desk.Entry, bool, error) {
	return one(ctx, t, scanEntry, `SELECT `+entryColumns+` FROM books WHERE tenant = $1 AND book = $2 AND id = $3`, tenant, book, id)
}

// EntryNamed implements desk.Tx.
func (t *tx) EntryNamed(ctx context.Context, tenant, book, name string) (desk.Entry, bool, error) {
	return one(ctx, t, scanEntry, `SELECT `+entryColumns+` FROM books WHERE tenant = $1 AND book = $2 AND name = $3`, tenant, book, name)
}

// Entries implements desk.Tx, in the order of the book.
func (t *tx) Entries(ctx context.Context, q desk.EntryQuery) ([]desk.Entry, error) {
	s := &selection{}
	s.and("tenant = " + s.arg(q.Tenant))
	s.and("book = " + s.arg(q.Book))
	if len(q.About) > 0 {
		s.and("about IN (" + s.all(q.About) + ")")
	}
	if !q.At.IsZero() {
		until := q.Until
		if until.IsZero() {
			until = q.At
		}
		s.and("starts <= " + s.arg(micros(until)))
		s.and("ends > " + s.arg(micros(q.At)))
	}
	if q.After != "" {
		s.and("(sort, id) > (SELECT sort, id FROM books WHERE tenant = " + s.arg(q.Tenant) + " AND book = " + s.arg(q.Book) + " AND id = " + s.arg(q.After) + ")")
	}
	query := `SELECT ` + entryColumns + ` FROM books` + s.String() + ` ORDER BY sort, id`
	if q.Limit > 0 {
		query += s.limit(q.Limit)
	}
	return list(ctx, t, scanEntry, query, s.args...)
}

// all gives the placeholders of a list.
func (s *selection) all(values []string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = s.arg(v)
	}
	return strings.Join(marks, ",")
}

// EntryHistory implements desk.Tx.
func (t *tx) EntryHistory(ctx context.Context, tenant, book, id string) ([]desk.Entry, error) {
	return list(ctx, t, scanEntry, `SELECT `+entryColumns+` FROM book_history WHERE tenant = $1 AND book = $2 AND id = $3 ORDER BY version DESC`, tenant, book, id)
}

// CountEarlier implements desk.Tx.
func (t *tx) CountEarlier(ctx context.Context, tenant, organisation string, from, before time.Time) (int, error) {
	n, _, err := one(ctx, t, scanInt, `SELECT count(*) FROM cases WHERE tenant = $1 AND folded = $2 AND received_at >= $3 AND received_at < $4 AND joined_to = ''`,
		tenant, fold(organisation), micros(from), micros(before))
	return n, err
}

// putRelations keeps which organisations a case concerns, for lists that are limited to them.
func (t *tx) putRelations(ctx context.Context, r desk.CaseRow) error {
	if r.Relations == nil {
		return nil
	}
	if r.ID != t.opened {
		if _, err := t.run.exec(ctx, `DELETE FROM case_organisations WHERE case_id = $1`, string(r.ID)); err != nil {
			return err
		}
	}
	return insert(ctx, t, `INSERT INTO case_organisations (case_id, organisation, tenant, active) VALUES `, ``, 4, r.Relations, func(name string) []any {
		return []any{string(r.ID), name, r.Tenant, flag(active(r))}
	})
}

// among limits a selection of cases to those that concern one of some organisations. Active
// ones lie in an index of their own: there are few, however many cases were closed.
func (s *selection) among(tenant string, names []string, open bool) {
	if names == nil {
		return
	}
	if len(names) == 0 {
		s.and("1 = 0")
		return
	}
	s.and("id IN (SELECT case_id FROM case_organisations WHERE active = " + map[bool]string{true: "1", false: "0"}[open] +
		" AND tenant = " + s.arg(tenant) + " AND organisation IN (" + s.all(names) + "))")
}

// Related implements desk.Tx.
func (t *tx) Related(ctx context.Context, tenant string, among []string, ids []loket.CaseID) (map[loket.CaseID]bool, error) {
	out := map[loket.CaseID]bool{}
	if len(among) == 0 || len(ids) == 0 {
		return out, nil
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	s := &selection{}
	s.and("tenant = " + s.arg(tenant))
	s.and("organisation IN (" + s.all(among) + ")")
	s.and("case_id IN (" + s.all(texts) + ")")
	found, err := list(ctx, t, func(rows *sql.Rows, id *loket.CaseID) error { return rows.Scan(id) }, `SELECT DISTINCT case_id FROM case_organisations`+s.String(), s.args...)
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
