// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/loket/desk"
)

const personColumns = `tenant, id, name, email, roles, organisation`

// PutPerson implements desk.Tx.
func (t *tx) PutPerson(ctx context.Context, p desk.Person) error {
	roles, err := json.Marshal(p.Roles)
	if err != nil {
		return err
	}
	_, err = t.run.exec(ctx, `INSERT INTO people (`+personColumns+`) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, email = excluded.email, roles = excluded.roles, organisation = excluded.organisation`,
		p.Tenant, p.ID, p.Name, p.Email, string(roles), p.Organisation)
	return err
}

func scanPerson(rows *sql.Rows, p *desk.Person) error {
	var roles string
	if err := rows.Scan(&p.Tenant, &p.ID, &p.Name, &p.Email, &roles, &p.Organisation); err != nil {
		return err
	}
	return json.Unmarshal([]byte(roles), &p.Roles)
}

// Person implements desk.Tx.
func (t *tx) Person(ctx context.Context, tenant, id string) (desk.Person, bool, error) {
	return one(ctx, t, scanPerson, `SELECT `+personColumns+` FROM people WHERE tenant = $1 AND id = $2`, tenant, id)
}

// People implements desk.Tx, in order of name.
func (t *tx) People(ctx context.Context, tenant string) ([]desk.Person, error) {
	return list(ctx, t, scanPerson, `SELECT `+personColumns+` FROM people WHERE tenant = $1 ORDER BY name, id`, tenant)
}
