// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket"
	"example.org/loket/desk"
)

var _ desk.ReadRows = (*tx)(nil)

// CaseIDs implements desk.ReadRows.
func (t *tx) CaseIDs(ctx context.Context, after loket.CaseID, limit int) ([]loket.CaseID, error) {
	return list(ctx, t, func(rows *sql.Rows, id *loket.CaseID) error { return rows.Scan(id) },
		`SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2 + 0`, string(after), limit)
}

// ClocksOf implements desk.ReadRows.
func (t *tx) ClocksOf(ctx context.Context, id loket.CaseID) ([]desk.ClockRow, error) {
	return list(ctx, t, scanClock, `SELECT case_id, clock, tenant, due_at, next_at, stage, state FROM clocks WHERE case_id = $1`, string(id))
}

// IndexOf implements desk.ReadRows.
func (t *tx) IndexOf(ctx context.Context, id loket.CaseID) ([]desk.IndexRow, error) {
	return list(ctx, t, scanIndex, `SELECT case_id, fact, hash, moment FROM blind_index WHERE case_id = $1`, string(id))
}

// DisclosuresOf implements desk.ReadRows.
func (t *tx) DisclosuresOf(ctx context.Context, id loket.CaseID) ([]desk.DisclosureRow, error) {
	return list(ctx, t, scanDisclosure, `SELECT case_id, product, row_id, version, person, tenant, number, title, at, read_at, withdrawn FROM disclosures WHERE case_id = $1`, string(id))
}
