// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket"
	"example.org/loket/desk"
)

// PutYearlySet implements desk.Tx.
func (t *tx) PutYearlySet(ctx context.Context, y desk.YearlySet) error {
	_, err := t.run.exec(ctx, `INSERT INTO yearly_sets (tenant, year, version, at, actor, set_key, sealed) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		y.Tenant, y.Year, y.Version, micros(y.At), y.By, y.Key, blob(y.Sealed))
	return fault(err)
}

// YearlySet implements desk.Tx.
func (t *tx) YearlySet(ctx context.Context, tenant string, year int) (desk.YearlySet, bool, error) {
	return one(ctx, t, func(rows *sql.Rows, y *desk.YearlySet) error {
		var at moment
		err := rows.Scan(&y.Tenant, &y.Year, &y.Version, &at, &y.By, &y.Key, &y.Sealed)
		y.At = at.Time
		return err
	}, `SELECT tenant, year, version, at, actor, set_key, sealed FROM yearly_sets WHERE tenant = $1 AND year = $2 ORDER BY version DESC LIMIT 1`, tenant, year)
}

// PutOccasion implements desk.Tx. The first case of an occasion stays.
func (t *tx) PutOccasion(ctx context.Context, tenant, name string, id loket.CaseID) error {
	_, err := t.run.exec(ctx, `INSERT INTO occasions (tenant, name, case_id) VALUES ($1,$2,$3) ON CONFLICT (tenant, name) DO NOTHING`, tenant, name, string(id))
	return err
}

// Occasion implements desk.Tx.
func (t *tx) Occasion(ctx context.Context, tenant, name string) (loket.CaseID, bool, error) {
	return one(ctx, t, func(rows *sql.Rows, id *loket.CaseID) error { return rows.Scan(id) }, `SELECT case_id FROM occasions WHERE tenant = $1 AND name = $2`, tenant, name)
}
