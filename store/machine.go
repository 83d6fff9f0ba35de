// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"example.org/loket/desk"
)

const machineColumns = `tenant, id, title, organisation, scopes, hash, made, actor, expires, used, ended`

func scanMachine(rows *sql.Rows, m *desk.Machine) error {
	var scopes string
	var made, expires, used, ended moment
	err := rows.Scan(&m.Tenant, &m.ID, &m.Title, &m.Organisation, &scopes, &m.Hash, &made, &m.By, &expires, &used, &ended)
	m.Scopes, m.Made, m.Expires, m.Used, m.Ended = strings.Fields(scopes), made.Time, expires.Time, used.Time, ended.Time
	return err
}

// PutMachine implements desk.Tx.
func (t *tx) PutMachine(ctx context.Context, m desk.Machine) error {
	_, err := t.run.exec(ctx, `INSERT INTO machines (`+machineColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
		ON CONFLICT (tenant, id) DO UPDATE SET title = excluded.title, organisation = excluded.organisation, scopes = excluded.scopes, hash = excluded.hash,
		expires = excluded.expires, used = excluded.used, ended = excluded.ended`,
		m.Tenant, m.ID, m.Title, m.Organisation, strings.Join(m.Scopes, " "), blob(m.Hash), micros(m.Made), m.By, micros(m.Expires), micros(m.Used), micros(m.Ended))
	return fault(err)
}

// Machine implements desk.Tx.
func (t *tx) Machine(ctx context.Context, tenant, id string) (desk.Machine, bool, error) {
	return one(ctx, t, scanMachine, `SELECT `+machineColumns+` FROM machines WHERE tenant = $1 AND id = $2`, tenant, id)
}

// MachinesOf implements desk.Tx, the newest first.
func (t *tx) MachinesOf(ctx context.Context, tenant string) ([]desk.Machine, error) {
	return list(ctx, t, scanMachine, `SELECT `+machineColumns+` FROM machines WHERE tenant = $1 ORDER BY made DESC, id`, tenant)
}

// UseMachine implements desk.Tx.
func (t *tx) UseMachine(ctx context.Context, tenant, id string, at time.Time) error {
	_, err := t.run.exec(ctx, `UPDATE machines SET used = $3 WHERE tenant = $1 AND id = $2`, tenant, id, micros(at))
	return fault(err)
}
