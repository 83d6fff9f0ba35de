// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"strconv"
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

// FindIndex implements desk.Tx, in order of case and fact.
func (t *tx) FindIndex(ctx context.Context, tenant string, hashes [][]byte) ([]desk.IndexRow, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	args, marks := []any{tenant}, make([]string, len(hashes))
	for i, h := range hashes {
		args, marks[i] = append(args, blob(h)), "$"+strconv.Itoa(i+2)
	}
	return list(ctx, t, scanIndex, `SELECT case_id, fact, hash, moment FROM blind_index WHERE tenant = $1 AND hash IN (`+strings.Join(marks, ", ")+`) ORDER BY case_id, fact`, args...)
}

func scanIndex(rows *sql.Rows, r *desk.IndexRow) error {
	var at moment
	err := rows.Scan(&r.Case, &r.Fact, &r.Hash, &at)
	r.Moment = at.Time
	return err
}
