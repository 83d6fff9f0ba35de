// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket/desk"
)

// PutDisclosure implements desk.Tx: one row for each person and product version.
func (t *tx) PutDisclosure(ctx context.Context, r desk.DisclosureRow) error {
	_, err := t.run.exec(ctx, `INSERT INTO disclosures (case_id, product, row_id, version, person, tenant, number, title, at, read_at, withdrawn)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
		ON CONFLICT (case_id, product, row_id, version, person) DO UPDATE SET
		number = excluded.number, title = excluded.title, at = excluded.at, read_at = excluded.read_at, withdrawn = excluded.withdrawn`,
		string(r.Case), r.Product, r.Row, r.Version, r.Person, r.Tenant, r.Number, r.Title, micros(r.At), micros(r.ReadAt), flag(r.Withdrawn))
	return err
}

// Disclosures implements desk.Tx, newest first.
func (t *tx) Disclosures(ctx context.Context, tenant, person string, limit int) ([]desk.DisclosureRow, error) {
	return list(ctx, t, scanDisclosure, `SELECT case_id, product, row_id, version, person, tenant, number, title, at, read_at, withdrawn
		FROM disclosures WHERE tenant = $1 AND person = $2 ORDER BY at DESC, case_id, product, row_id, version LIMIT $3 + 0`, tenant, person, limit)
}

func scanDisclosure(rows *sql.Rows, r *desk.DisclosureRow) error {
	var at, read moment
	err := rows.Scan(&r.Case, &r.Product, &r.Row, &r.Version, &r.Person, &r.Tenant, &r.Number, &r.Title, &at, &read, &r.Withdrawn)
	r.At, r.ReadAt = at.Time, read.Time
	return err
}
