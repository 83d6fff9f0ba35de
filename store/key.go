// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"time"

	"example.org/loket/seal"
)

// Keys is the key store: a SQLite file of its own, or a schema of its own in PostgreSQL.
// It implements seal.KeyStore.
type Keys struct{ engine engine }

// OpenKeys opens the key store that dsn names: as for Open, but a folder holds it in
// keys.db, and PostgreSQL in the schema "keys".
func OpenKeys(ctx context.Context, dsn string) (*Keys, error) {
	e, err := openEngine(ctx, dsn, layout{file: "keys.db", folder: "schema/keys", space: "keys"})
	if err != nil {
		return nil, err
	}
	return &Keys{engine: e}, nil
}

// AddKeys implements seal.KeyStore.
func (k *Keys) AddKeys(ctx context.Context, keys []seal.Key) error {
	return k.engine.write(ctx, func(t *tx) error {
		return insert(ctx, t, `INSERT INTO keys (id, tenant, wrapped, state, created, destroyed) VALUES `, ` ON CONFLICT (id) DO NOTHING`, 6, keys, func(x seal.Key) []any {
			return []any{x.ID, x.Tenant, blob(x.Wrapped), "live", micros(x.Created), int64(never)}
		})
	})
}

// Key implements seal.KeyStore.
func (k *Keys) Key(ctx context.Context, id string) (key seal.Key, found bool, err error) {
	err = k.engine.read(ctx, func(t *tx) error {
		key, found, err = one(ctx, t, scanKey, `SELECT id, tenant, wrapped, state, created FROM keys WHERE id = $1`, id)
		return err
	})
	return key, found, err
}

func scanKey(rows *sql.Rows, k *seal.Key) error {
	var state string
	var created moment
	err := rows.Scan(&k.ID, &k.Tenant, &k.Wrapped, &state, &created)
	k.Destroyed, k.Created = state == "destroyed", created.Time
	return err
}

// DestroyKey implements seal.KeyStore. The key is overwritten with noise of the same
// length before it is emptied, and the log is cut, so that the old bytes are gone from the
// files too.
func (k *Keys) DestroyKey(ctx context.Context, id string, at time.Time) error {
	err := k.engine.write(ctx, func(t *tx) error {
		key, found, err := one(ctx, t, scanKey, `SELECT id, tenant, wrapped, state, created FROM keys WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if !found {
			return seal.ErrUnknown
		}
		noise := make([]byte, len(key.Wrapped))
		rand.Read(noise)
		for _, wrapped := range [][]byte{noise, {}} {
			if _, err := t.run.exec(ctx, `UPDATE keys SET wrapped = $2, state = 'destroyed', destroyed = $3 WHERE id = $1`, id, wrapped, micros(at)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return k.engine.wipe(ctx)
}

// Check looks the key store over; see Store.Check.
func (k *Keys) Check(ctx context.Context) error { return k.engine.check(ctx) }

// Close closes the key store.
func (k *Keys) Close() error { return k.engine.close() }
