// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"

	"example.org/loket/desk"
)

const passkeyColumns = `tenant, id, person, title, credential, made, used`

func scanPasskey(rows *sql.Rows, k *desk.Passkey) error {
	var made, used moment
	err := rows.Scan(&k.Tenant, &k.ID, &k.Person, &k.Title, &k.Credential, &made, &used)
	k.Made, k.Used = made.Time, used.Time
	return err
}

// AddPasskey adds a passkey; false when the desk has one with this id.
func (s *Store) AddPasskey(ctx context.Context, k desk.Passkey) (bool, error) {
	n, err := s.count(ctx, `INSERT INTO passkeys (`+passkeyColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (tenant, id) DO NOTHING`,
		k.Tenant, blob(k.ID), k.Person, k.Title, blob(k.Credential), micros(k.Made), micros(k.Used))
	return n == 1, err
}

// Passkey finds a passkey of a desk; false when there is none.
func (s *Store) Passkey(ctx context.Context, tenant string, id []byte) (k desk.Passkey, found bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		k, found, err = one(ctx, t, scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE tenant = $1 AND id = $2`, tenant, blob(id))
		return err
	})
	return k, found, fault(err)
}

// PasskeysOf lists the passkeys of a person, the oldest first.
func (s *Store) PasskeysOf(ctx context.Context, tenant, person string) (all []desk.Passkey, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE tenant = $1 AND person = $2 ORDER BY made, id`, tenant, person)
		return err
	})
	return all, fault(err)
}

// UsePasskey notes what a passkey is like after its use; false when it is gone.
func (s *Store) UsePasskey(ctx context.Context, k desk.Passkey) (bool, error) {
	n, err := s.count(ctx, `UPDATE passkeys SET credential = $3, used = $4 WHERE tenant = $1 AND id = $2`, k.Tenant, blob(k.ID), blob(k.Credential), micros(k.Used))
	return n == 1, err
}

// EndPasskey forgets a passkey of a person.
func (s *Store) EndPasskey(ctx context.Context, tenant, person string, id []byte) error {
	return s.change(ctx, `DELETE FROM passkeys WHERE tenant = $1 AND person = $2 AND id = $3`, tenant, person, blob(id))
}

// EndPasskeys forgets all passkeys of a person.
func (s *Store) EndPasskeys(ctx context.Context, tenant, person string) error {
	return s.change(ctx, `DELETE FROM passkeys WHERE tenant = $1 AND person = $2`, tenant, person)
}
