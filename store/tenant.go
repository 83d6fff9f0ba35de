// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket/desk"
)

const tenantColumns = `id, name, kind, protocol, version, host, phone, email, theme`

// PutTenant implements desk.Tx. A tenant keeps the place it got when it came.
func (t *tx) PutTenant(ctx context.Context, x desk.Tenant) error {
	_, err := t.run.exec(ctx, `INSERT INTO tenants (`+tenantColumns+`, place) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9, (SELECT COALESCE(MAX(place), 0) + 1 FROM tenants))
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, protocol = excluded.protocol, version = excluded.version,
		host = excluded.host, phone = excluded.phone, email = excluded.email, theme = excluded.theme`,
		x.ID, x.Name, x.Kind, x.Protocol, x.Version, x.Host, x.Phone, x.Email, x.Theme)
	return fault(err)
}

// Tenants implements desk.Tx, in order of arrival.
func (t *tx) Tenants(ctx context.Context) ([]desk.Tenant, error) {
	return list(ctx, t, func(rows *sql.Rows, x *desk.Tenant) error {
		return rows.Scan(&x.ID, &x.Name, &x.Kind, &x.Protocol, &x.Version, &x.Host, &x.Phone, &x.Email, &x.Theme)
	}, `SELECT `+tenantColumns+` FROM tenants ORDER BY place, id`)
}
