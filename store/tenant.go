// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/loket/desk"
)

const tenantColumns = `id, name, kind, protocol, version, host, phone, email, theme, privacy, second_factor`

// scanTenant reads a row; what was adopted is JSON.
func scanTenant(rows *sql.Rows, x *desk.Tenant) error {
	var adopted string
	if err := rows.Scan(&x.ID, &x.Name, &x.Kind, &x.Protocol, &x.Version, &x.Host, &x.Phone, &x.Email, &x.Theme, &x.Privacy, &x.SecondFactor, &adopted); err != nil || adopted == "" {
		return err
	}
	return json.Unmarshal([]byte(adopted), &x.Adopted)
}

// PutAdopted implements desk.Tx.
func (t *tx) PutAdopted(ctx context.Context, tenant string, adopted []desk.Adoption) error {
	text, err := json.Marshal(adopted)
	if err == nil {
		_, err = t.run.exec(ctx, `UPDATE tenants SET adopted = $2 WHERE id = $1`, tenant, string(text))
	}
	return fault(err)
}

// PutSettings implements desk.Tx.
func (t *tx) PutSettings(ctx context.Context, tenant string, s desk.Settings) error {
	_, err := t.run.exec(ctx, `UPDATE tenants SET privacy = $2, second_factor = $3 WHERE id = $1`, tenant, s.Privacy, s.SecondFactor)
	return fault(err)
}

// PutTenant implements desk.Tx. A tenant keeps the place it got when it came, and what it adopted.
func (t *tx) PutTenant(ctx context.Context, x desk.Tenant) error {
	_, err := t.run.exec(ctx, `INSERT INTO tenants (`+tenantColumns+`, place) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11, (SELECT COALESCE(MAX(place), 0) + 1 FROM tenants))
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, protocol = excluded.protocol, version = excluded.version,
		host = excluded.host, phone = excluded.phone, email = excluded.email, theme = excluded.theme, privacy = excluded.privacy, second_factor = excluded.second_factor`,
		x.ID, x.Name, x.Kind, x.Protocol, x.Version, x.Host, x.Phone, x.Email, x.Theme, x.Privacy, x.SecondFactor)
	return fault(err)
}

// Tenants implements desk.Tx, in order of arrival.
func (t *tx) Tenants(ctx context.Context) ([]desk.Tenant, error) {
	return list(ctx, t, scanTenant, `SELECT `+tenantColumns+`, adopted FROM tenants ORDER BY place, id`)
}
