// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// PutIndex implements desk.Tx. Rows without a hash are left out: they would all be equal.
func (t *tx) PutIndex(ctx context.Context, id loket.CaseID, tenant string, entries []desk.IndexRow) error {
	if id != t.opened {
		if _, err := t.run.exec(ctx, `DELETE FROM blind_index WHERE case_id = $1`, string(id)); err != nil {
			return err
		}
	}
	hashed := make([]desk.IndexRow, 0, len(entries))
	for _, e := range entries {
		if len(e.Hash) > 0 {
			hashed = append(hashed, e)
		}
	}
	return insert(ctx, t, `INSERT INTO blind_index (case_id, fact, hash, tenant, moment) VALUES `, ` ON CONFLICT DO NOTHING`, 5, hashed, func(e desk.IndexRow) []any {
		return []any{string(id), e.Fact, e.Hash, tenant, micros(e.Moment)}
	})
}

// FindIndex implements desk.Tx. Each look is a walk along a stretch of one index, where what
// has no moment lies at the end.
func (t *tx) FindIndex(ctx context.Context, tenant string, look []desk.IndexLook) ([]desk.IndexRow, error) {
	var found []desk.IndexRow
	for _, l := range look {
		stretches := [][2]int64{{micros(l.From), micros(l.To)}, {never, never}}
		if l.To.IsZero() {
			stretches = [][2]int64{{math.MinInt64, never}}
		}
		for _, between := range stretches {
			rows, err := list(ctx, t, scanIndex, `SELECT case_id, fact, hash, moment FROM blind_index WHERE tenant = $1 AND hash = $2 AND moment >= $3 AND moment <= $4`,
				tenant, blob(l.Hash), between[0], between[1])
			if err != nil {
				return nil, err
			}
			found = append(found, rows...)
		}
	}
	slices.SortFunc(found, func(a, b desk.IndexRow) int {
		return cmp.Or(strings.Compare(string(a.Case), string(b.Case)), strings.Compare(a.Fact, b.Fact))
	})
	return found, nil
}

func scanIndex(rows *sql.Rows, r *desk.IndexRow) error {
	var at moment
	err := rows.Scan(&r.Case, &r.Fact, &r.Hash, &at)
	r.Moment = at.Time
	return err
}
