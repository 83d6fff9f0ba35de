// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// PutClocks implements desk.Tx.
func (t *tx) PutClocks(ctx context.Context, id loket.CaseID, clocks []desk.ClockRow) error {
	if id != t.opened {
		if _, err := t.run.exec(ctx, `DELETE FROM clocks WHERE case_id = $1`, string(id)); err != nil {
			return err
		}
	}
	return insert(ctx, t, `INSERT INTO clocks (case_id, clock, tenant, due_at, next_at, stage, state) VALUES `, ``, 7, clocks, func(c desk.ClockRow) []any {
		return []any{string(id), c.Clock, c.Tenant, micros(c.DueAt), micros(c.NextAt), c.Stage, c.State}
	})
}

// clocksDue walks an index that holds only clocks with a next moment, in order of it, up to
// now. The index's condition is no bound on purpose: of two bounds SQLite takes one, and it may
// be the one that lies at the end of all clocks. The sum keeps it from planning anew at every
// run (see selection.limit).
const clocksDue = `SELECT case_id, clock, tenant, due_at, next_at, stage, state FROM clocks
	WHERE next_at <> 9223372036854775807 AND next_at <= $1 ORDER BY next_at LIMIT $2 + 0`

// DueClocks implements desk.Tx, longest due first.
func (t *tx) DueClocks(ctx context.Context, now time.Time, limit int) ([]desk.ClockRow, error) {
	return list(ctx, t, scanClock, clocksDue, micros(now), limit)
}

func scanClock(rows *sql.Rows, c *desk.ClockRow) error {
	var due, next moment
	err := rows.Scan(&c.Case, &c.Clock, &c.Tenant, &due, &next, &c.Stage, &c.State)
	c.DueAt, c.NextAt = due.Time, next.Time
	return err
}

// SetClockNext implements desk.Tx.
func (t *tx) SetClockNext(ctx context.Context, id loket.CaseID, clock string, next time.Time, stage int) error {
	_, err := t.run.exec(ctx, `UPDATE clocks SET next_at = $3, stage = $4 WHERE case_id = $1 AND clock = $2`, string(id), clock, micros(next), stage)
	return err
}
