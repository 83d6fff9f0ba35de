// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/loket/desk"
)

// PutErasure implements desk.Tx.
func (t *tx) PutErasure(ctx context.Context, e desk.Erasure) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = t.run.exec(ctx, `INSERT INTO erasures (id, tenant, case_id, at, line, done) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (id) DO NOTHING`,
		e.ID, e.Tenant, string(e.Case), micros(e.At), string(line), int64(0))
	return err
}

// OpenErasures implements desk.Tx.
func (t *tx) OpenErasures(ctx context.Context, limit int) ([]desk.Erasure, error) {
	return list(ctx, t, scanJSON[desk.Erasure], `SELECT line FROM erasures WHERE done = 0 ORDER BY at, id LIMIT $1 + 0`, limit)
}

// ErasureDone implements desk.Tx.
func (t *tx) ErasureDone(ctx context.Context, id string) error {
	_, err := t.run.exec(ctx, `UPDATE erasures SET done = 1 WHERE id = $1`, id)
	return err
}

// ErasureMark implements desk.Tx.
func (t *tx) ErasureMark(ctx context.Context) (int64, error) {
	upto, _, err := one(ctx, t, func(rows *sql.Rows, n *int64) error { return rows.Scan(n) }, `SELECT upto FROM erasure_mark WHERE id = 1`)
	return upto, err
}

// SetErasureMark implements desk.Tx.
func (t *tx) SetErasureMark(ctx context.Context, upto int64) error {
	_, err := t.run.exec(ctx, `UPDATE erasure_mark SET upto = $1 WHERE id = 1`, upto)
	return err
}

// PutCertificate implements desk.Tx.
func (t *tx) PutCertificate(ctx context.Context, c desk.Certificate) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = t.run.exec(ctx, `INSERT INTO certificates (id, tenant, at, body) VALUES ($1,$2,$3,$4)`, c.ID, c.Tenant, micros(c.At), string(body))
	return fault(err)
}

// Certificate implements desk.Tx.
func (t *tx) Certificate(ctx context.Context, tenant, id string) (desk.Certificate, bool, error) {
	return one(ctx, t, scanJSON[desk.Certificate], `SELECT body FROM certificates WHERE tenant = $1 AND id = $2`, tenant, id)
}

// Certificates implements desk.Tx.
func (t *tx) Certificates(ctx context.Context, tenant string, limit int) ([]desk.Certificate, error) {
	return list(ctx, t, scanJSON[desk.Certificate], `SELECT body FROM certificates WHERE tenant = $1 ORDER BY at DESC, id DESC LIMIT $2 + 0`, tenant, limit)
}

func scanJSON[T any](rows *sql.Rows, v *T) error {
	var text string
	if err := rows.Scan(&text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), v)
}
