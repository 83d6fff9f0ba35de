// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"

	"example.org/loket/desk"
)

// PutDraft adds or replaces a draft.
func (s *Store) PutDraft(ctx context.Context, d desk.Draft) error {
	return s.change(ctx, `INSERT INTO drafts (id, sealed, expires) VALUES ($1,$2,$3)
		ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, expires = excluded.expires`,
		blob(d.ID), blob(d.Sealed), micros(d.Expires))
}

// Draft finds a draft; false when there is none.
func (s *Store) Draft(ctx context.Context, id []byte) (d desk.Draft, found bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		d, found, err = one(ctx, t, scanDraft, `SELECT id, sealed, expires FROM drafts WHERE id = $1`, blob(id))
		return err
	})
	return d, found, fault(err)
}

func scanDraft(rows *sql.Rows, d *desk.Draft) error {
	var expires moment
	err := rows.Scan(&d.ID, &d.Sealed, &expires)
	d.Expires = expires.Time
	return err
}

// DraftBytes is how much room all drafts together take. It reads the lengths, not the texts.
func (s *Store) DraftBytes(ctx context.Context) (n int64, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		n, _, err = one(ctx, t, func(rows *sql.Rows, n *int64) error { return rows.Scan(n) }, `SELECT COALESCE(SUM(LENGTH(sealed) + 128), 0) FROM drafts`)
		return err
	})
	return n, fault(err)
}

// DeleteDraft forgets a draft.
func (s *Store) DeleteDraft(ctx context.Context, id []byte) error {
	return s.change(ctx, `DELETE FROM drafts WHERE id = $1`, blob(id))
}

// PurgeDrafts forgets what expired at or before now.
func (s *Store) PurgeDrafts(ctx context.Context, now time.Time) error {
	return s.change(ctx, `DELETE FROM drafts WHERE expires <= $1`, micros(now))
}
