// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/loket"
	"example.org/loket/desk"
)

const neighbourColumns = `id, version, state, from_tenant, from_case, from_number, to_tenant, to_case, to_number, reference, coordinator, basis, offered, offered_by, offer_basis, answer, answer_by, answer_about, answer_at, shares, at`

// PutNeighbour implements desk.Tx. A version that somebody else wrote first gives Conflict.
func (t *tx) PutNeighbour(ctx context.Context, n desk.Neighbour) error {
	shares, err := json.Marshal(n.Shares)
	if err != nil {
		return err
	}
	query := `INSERT INTO neighbours (` + neighbourColumns + `) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`
	if n.Version > 1 {
		query = `UPDATE neighbours SET version = $2, state = $3, from_tenant = $4, from_case = $5, from_number = $6, to_tenant = $7, to_case = $8, to_number = $9,
			reference = $10, coordinator = $11, basis = $12, offered = $13, offered_by = $14, offer_basis = $15, answer = $16, answer_by = $17, answer_about = $18, answer_at = $19, shares = $20, at = $21 WHERE id = $1 AND version = $2 - 1`
	}
	rows, err := t.run.exec(ctx, query, n.ID, n.Version, n.State, n.From.Tenant, string(n.From.Case), n.From.Number, n.To.Tenant, string(n.To.Case), n.To.Number,
		n.Reference, n.Coordinator, n.Basis, n.Offered, n.OfferedBy, n.OfferBasis, n.Answer.What, n.Answer.By, n.Answer.About, micros(n.Answer.At), string(shares), micros(n.At))
	if err == nil && rows != 1 {
		return errTaken
	}
	return fault(err)
}

func scanNeighbour(rows *sql.Rows, n *desk.Neighbour) error {
	var at, answered moment
	var shares string
	err := rows.Scan(&n.ID, &n.Version, &n.State, &n.From.Tenant, &n.From.Case, &n.From.Number, &n.To.Tenant, &n.To.Case, &n.To.Number,
		&n.Reference, &n.Coordinator, &n.Basis, &n.Offered, &n.OfferedBy, &n.OfferBasis, &n.Answer.What, &n.Answer.By, &n.Answer.About, &answered, &shares, &at)
	if err != nil {
		return err
	}
	n.At, n.Answer.At = at.Time, answered.Time
	return json.Unmarshal([]byte(shares), &n.Shares)
}

// Neighbour implements desk.Tx.
func (t *tx) Neighbour(ctx context.Context, id string) (desk.Neighbour, bool, error) {
	return one(ctx, t, scanNeighbour, `SELECT `+neighbourColumns+` FROM neighbours WHERE id = $1`, id)
}

// NeighboursOf implements desk.Tx.
func (t *tx) NeighboursOf(ctx context.Context, id loket.CaseID) ([]desk.Neighbour, error) {
	return list(ctx, t, scanNeighbour, `SELECT `+neighbourColumns+` FROM neighbours WHERE from_case = $1
		UNION ALL SELECT `+neighbourColumns+` FROM neighbours WHERE to_case = $1 AND to_case <> '' ORDER BY at, id`, string(id))
}

// NeighboursOpen implements desk.Tx.
func (t *tx) NeighboursOpen(ctx context.Context, tenant string, limit int) ([]desk.Neighbour, error) {
	return list(ctx, t, scanNeighbour, `SELECT `+neighbourColumns+` FROM neighbours WHERE from_tenant = $1 AND (state = 'proposed' OR offered <> '')
		UNION ALL SELECT `+neighbourColumns+` FROM neighbours WHERE to_tenant = $1 AND (state = 'proposed' OR offered <> '') ORDER BY at, id LIMIT $2`, tenant, limit)
}

// NeighboursSettled implements desk.Tx.
func (t *tx) NeighboursSettled(ctx context.Context, tenant string, limit int) ([]desk.Neighbour, error) {
	return list(ctx, t, scanNeighbour, `SELECT `+neighbourColumns+` FROM neighbours WHERE from_tenant = $1 AND state <> 'proposed' AND offered = ''
		UNION ALL SELECT `+neighbourColumns+` FROM neighbours WHERE to_tenant = $1 AND state <> 'proposed' AND offered = '' ORDER BY at DESC, id DESC LIMIT $2`, tenant, limit)
}
