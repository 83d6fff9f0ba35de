// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"

	"example.org/loket/desk"
)

const originColumns = `tenant, mark, key, sealed, first, last`

func scanOrigin(rows *sql.Rows, o *desk.Origin) error {
	var first, last moment
	err := rows.Scan(&o.Tenant, &o.Mark, &o.Key, &o.Sealed, &first, &last)
	o.First, o.Last = first.Time, last.Time
	return err
}

// Origin implements desk.Tx.
func (t *tx) Origin(ctx context.Context, tenant, mark string) (desk.Origin, bool, error) {
	return one(ctx, t, scanOrigin, `SELECT `+originColumns+` FROM origins WHERE tenant = $1 AND mark = $2`, tenant, mark)
}

// AddOrigin keeps what a mark stands for; false when it is kept already.
func (s *Store) AddOrigin(ctx context.Context, o desk.Origin) (bool, error) {
	n, err := s.count(ctx, `INSERT INTO origins (`+originColumns+`) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (tenant, mark) DO NOTHING`,
		o.Tenant, o.Mark, o.Key, blob(o.Sealed), micros(o.First), micros(o.Last))
	return n == 1, err
}

// TouchOrigin notes that somebody came from there again; false when the mark is not known.
func (s *Store) TouchOrigin(ctx context.Context, tenant, mark string, last time.Time) (bool, error) {
	n, err := s.count(ctx, `UPDATE origins SET last = $3 WHERE tenant = $1 AND mark = $2`, tenant, mark, micros(last))
	return n == 1, err
}

// OldOrigins finds places that nobody came from since a moment.
func (s *Store) OldOrigins(ctx context.Context, before time.Time, limit int) (all []desk.Origin, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanOrigin, `SELECT `+originColumns+` FROM origins WHERE last < $1 ORDER BY last LIMIT $2 + 0`, micros(before), limit)
		return err
	})
	return all, fault(err)
}

// DropOrigin forgets what a mark stands for.
func (s *Store) DropOrigin(ctx context.Context, tenant, mark string) error {
	return s.change(ctx, `DELETE FROM origins WHERE tenant = $1 AND mark = $2`, tenant, mark)
}

// LastFrom tells by which mark each person of a tenant came in last. It reads the whole log:
// for a review of rights, not for a page.
func (s *Store) LastFrom(ctx context.Context, tenant string) (map[string]string, error) {
	type login struct{ person, via string }
	last := map[string]string{}
	err := s.engine.read(ctx, func(t *tx) error {
		all, err := list(ctx, t, func(rows *sql.Rows, l *login) error { return rows.Scan(&l.person, &l.via) },
			`SELECT l.actor, l.via FROM ledger l JOIN (SELECT actor, max(idx) AS newest FROM ledger WHERE tenant = $1 AND action = $2 AND outcome = $3 GROUP BY actor) n ON l.idx = n.newest`,
			tenant, "login", "done")
		for _, l := range all {
			last[l.person] = l.via
		}
		return err
	})
	return last, fault(err)
}
