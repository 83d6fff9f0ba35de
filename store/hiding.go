// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket"
	"example.org/loket/desk"
)

// putHidden keeps from whom a case is hidden. A destroyed case keeps its lines: it stays
// unknown to the same people. They are few, so that every list can leave them out.
func (t *tx) putHidden(ctx context.Context, r desk.CaseRow) error {
	if r.HiddenFrom == nil {
		return nil
	}
	if _, err := t.run.exec(ctx, `DELETE FROM case_hidden WHERE case_id = $1`, string(r.ID)); err != nil {
		return err
	}
	return insert(ctx, t, `INSERT INTO case_hidden (tenant, person, case_id) VALUES `, ``, 3, r.HiddenFrom, func(person string) []any {
		return []any{r.Tenant, person, string(r.ID)}
	})
}

// shown leaves out the cases that are hidden from a reader.
func (s *selection) shown(tenant, reader string) {
	if reader != "" {
		s.and("id NOT IN (SELECT case_id FROM case_hidden WHERE tenant = " + s.arg(tenant) + " AND person = " + s.arg(reader) + ")")
	}
}

// HiddenFrom implements desk.Tx.
func (t *tx) HiddenFrom(ctx context.Context, tenant, person string) ([]loket.CaseID, error) {
	return list(ctx, t, func(rows *sql.Rows, id *loket.CaseID) error { return rows.Scan(id) },
		`SELECT case_id FROM case_hidden WHERE tenant = $1 AND person = $2`, tenant, person)
}

// HoldBack implements desk.Tx. What is being sent at this moment is not held back any more.
func (t *tx) HoldBack(ctx context.Context, id loket.CaseID, people []string) error {
	for _, person := range people {
		_, err := t.run.exec(ctx, `UPDATE outbox SET done = 1, final = 1, address = '', error = 'hidden' WHERE case_id = $1 AND ($2 = '*' OR person = $2) AND done = 0`, string(id), person)
		if err != nil {
			return fault(err)
		}
	}
	return nil
}

const emergencyColumns = `case_id, seq, tenant, number, person, role, ground, depth, at, until, reviewed_at, reviewed_by, rightful`

// PutEmergency implements desk.Tx.
func (t *tx) PutEmergency(ctx context.Context, r desk.EmergencyRow) error {
	_, err := t.run.exec(ctx, `INSERT INTO emergencies (`+emergencyColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)
		ON CONFLICT (case_id, seq) DO UPDATE SET reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by, rightful = excluded.rightful`,
		string(r.Case), r.Seq, r.Tenant, r.Number, r.Person, r.Role, r.Ground, r.Depth, micros(r.At), micros(r.Until), micros(r.ReviewedAt), r.ReviewedBy, flag(r.Right))
	return fault(err)
}

// EmergencyRows implements desk.Tx.
func (t *tx) EmergencyRows(ctx context.Context, tenant, person string, limit int) ([]desk.EmergencyRow, error) {
	s := &selection{}
	s.and("tenant = " + s.arg(tenant))
	if person != "" {
		s.and("person = " + s.arg(person))
	}
	return list(ctx, t, scanEmergency, `SELECT `+emergencyColumns+` FROM emergencies`+s.String()+` ORDER BY at DESC, case_id, seq`+s.limit(limit), s.args...)
}

func scanEmergency(rows *sql.Rows, r *desk.EmergencyRow) error {
	var at, until, reviewed moment
	err := rows.Scan(&r.Case, &r.Seq, &r.Tenant, &r.Number, &r.Person, &r.Role, &r.Ground, &r.Depth, &at, &until, &reviewed, &r.ReviewedBy, &r.Right)
	r.At, r.Until, r.ReviewedAt = at.Time, until.Time, reviewed.Time
	return err
}
