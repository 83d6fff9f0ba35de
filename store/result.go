// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"
)

// Result implements desk.Tx.
func (t *tx) Result(ctx context.Context, key string) ([]byte, bool, error) {
	return one(ctx, t, func(rows *sql.Rows, value *[]byte) error { return rows.Scan(value) }, `SELECT value FROM results WHERE key = $1`, key)
}

// KeepResult implements desk.Tx. A key that is taken gives Conflict: the first answer
// stands (R03).
func (t *tx) KeepResult(ctx context.Context, key string, value []byte, at time.Time) error {
	_, err := t.run.exec(ctx, `INSERT INTO results (key, value, at) VALUES ($1, $2, $3)`, key, blob(value), micros(at))
	return fault(err)
}

// NextNumber implements desk.Tx. On PostgreSQL the row stays locked until the commit, so
// that numbers have no gaps. The number is asked afterwards: for RETURNING, SQLite makes a
// table of its own, which costs more than the question.
func (t *tx) NextNumber(ctx context.Context, tenant string, year int) (int, error) {
	_, err := t.run.exec(ctx, `INSERT INTO numbers (tenant, year, last) VALUES ($1, $2, 1) ON CONFLICT (tenant, year) DO UPDATE SET last = numbers.last + 1`, tenant, year)
	if err != nil {
		return 0, err
	}
	n, _, err := one(ctx, t, scanInt, `SELECT last FROM numbers WHERE tenant = $1 AND year = $2`, tenant, year)
	return n, err
}
