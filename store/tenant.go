// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket/desk"
)

// PutTenant implements desk.Tx.
func (t *tx) PutTenant(ctx context.Context, x desk.Tenant) error {
	_, err := t.run.exec(ctx, `INSERT INTO tenants (id, name, protocol, phone, email) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, protocol = excluded.protocol, phone = excluded.phone, email = excluded.email`,
		x.ID, x.Name, x.Protocol, x.Phone, x.Email)
	return err
}

// Tenants implements desk.Tx, in order of id.
func (t *tx) Tenants(ctx context.Context) ([]desk.Tenant, error) {
	return list(ctx, t, func(rows *sql.Rows, x *desk.Tenant) error {
		return rows.Scan(&x.ID, &x.Name, &x.Protocol, &x.Phone, &x.Email)
	}, `SELECT id, name, protocol, phone, email FROM tenants ORDER BY id`)
}
