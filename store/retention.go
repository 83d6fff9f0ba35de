// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

const retentionColumns = `case_id, rule, tenant, number, due_at, state, asked`

// PutRetention implements desk.Tx.
func (t *tx) PutRetention(ctx context.Context, id loket.CaseID, rows []desk.RetentionRow) error {
	if id != t.opened {
		if _, err := t.run.exec(ctx, `DELETE FROM retention WHERE case_id = $1`, string(id)); err != nil {
			return err
		}
	}
	return insert(ctx, t, `INSERT INTO retention (`+retentionColumns+`) VALUES `, ``, 7, rows, func(r desk.RetentionRow) []any {
		return []any{string(id), r.Rule, r.Tenant, r.Number, micros(r.DueAt), r.State, r.Asked}
	})
}

func scanRetention(rows *sql.Rows, r *desk.RetentionRow) error {
	var due moment
	err := rows.Scan(&r.Case, &r.Rule, &r.Tenant, &r.Number, &due, &r.State, &r.Asked)
	r.DueAt = due.Time
	return err
}

// DueRetention implements desk.Tx. Its cost grows with what is due.
func (t *tx) DueRetention(ctx context.Context, now time.Time, limit int) ([]desk.RetentionRow, error) {
	return list(ctx, t, scanRetention, `SELECT `+retentionColumns+` FROM retention WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, case_id, rule LIMIT $2 + 0`, micros(now), limit)
}

// RetentionList implements desk.Tx.
func (t *tx) RetentionList(ctx context.Context, tenant, state string, limit int) ([]desk.RetentionRow, error) {
	return list(ctx, t, scanRetention, `SELECT `+retentionColumns+` FROM retention WHERE tenant = $1 AND state = $2 AND state <> 'waiting' ORDER BY due_at, case_id, rule LIMIT $3 + 0`, tenant, state, limit)
}

// SetRetentionDue implements desk.Tx.
func (t *tx) SetRetentionDue(ctx context.Context, id loket.CaseID, rule string, due time.Time) error {
	_, err := t.run.exec(ctx, `UPDATE retention SET due_at = $3 WHERE case_id = $1 AND rule = $2`, string(id), rule, micros(due))
	return err
}

// PurgeCase implements desk.Tx. The rows of events stay, with time, actor and type: they
// prove that something was there.
func (t *tx) PurgeCase(ctx context.Context, id loket.CaseID) error {
	empty := blob(nil)
	if _, err := t.run.exec(ctx, `UPDATE events SET sealed = $2, vault = $2 WHERE case_id = $1`, string(id), empty); err != nil {
		return err
	}
	for _, table := range []string{"clocks", "blind_index", "disclosures", "retention"} {
		if _, err := t.run.exec(ctx, `DELETE FROM `+table+` WHERE case_id = $1`, string(id)); err != nil {
			return err
		}
	}
	_, err := t.run.exec(ctx, `UPDATE outbox SET address = '', subject = '', body = '', error = '', done = 1, final = 1 WHERE case_id = $1`, string(id))
	return err
}

// PurgeOutbox implements desk.Tx.
func (t *tx) PurgeOutbox(ctx context.Context, before time.Time, limit int) (int, error) {
	n, err := t.run.exec(ctx, `UPDATE outbox SET address = '', body = '', subject = '', error = '' WHERE id IN
		(SELECT id FROM outbox WHERE done = 1 AND address <> '' AND created_at < $1 LIMIT $2 + 0)`, micros(before), limit)
	return int(n), err
}

// OldResults implements desk.Tx. It walks the table, so it is for work that runs seldom and
// in a read of its own.
func (t *tx) OldResults(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return list(ctx, t, func(rows *sql.Rows, key *string) error { return rows.Scan(key) }, `SELECT key FROM results WHERE at < $1 LIMIT $2 + 0`, micros(before), limit)
}

// DropResults implements desk.Tx.
func (t *tx) DropResults(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if _, err := t.run.exec(ctx, `DELETE FROM results WHERE key = $1`, key); err != nil {
			return err
		}
	}
	return nil
}
