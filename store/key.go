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
	e, err := openEngine(ctx, dsn, layout{file: keyFile, folder: "schema/keys", space: "keys", cache: 500})
	if err != nil {
		return nil, err
	}
	return &Keys{engine: e}, nil
}

// AddKeys implements seal.KeyStore.
func (k *Keys) AddKeys(ctx context.Context, keys []seal.Key) error {
	return k.engine.write(ctx, func(t *tx) error {
		if err := sameAbove(ctx, t, keys); err != nil {
			return err
		}
		return insert(ctx, t, `INSERT INTO keys (id, tenant, wrapped, state, created, destroyed, wrapper, version) VALUES `, ` ON CONFLICT (id) DO NOTHING`, 8, keys, func(x seal.Key) []any {
			return []any{x.ID, x.Tenant, blob(x.Wrapped), "live", micros(x.Created), int64(never), x.Wrapper, x.Version}
		})
	})
}

// sameAbove sees to it that the keys above still have the version that wrapped these. It
// writes nothing new, but holds the row until the commit, so that a change of keys comes
// before it or after.
func sameAbove(ctx context.Context, t *tx, keys []seal.Key) error {
	seen := map[string]bool{}
	for _, key := range keys {
		above := seal.Above(key.ID, key.Tenant)
		if seen[above] {
			continue
		}
		seen[above] = true
		n, err := t.run.exec(ctx, `UPDATE keys SET version = version WHERE id = $1 AND version = $2`, above, key.Wrapper)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		_, found, err := one(ctx, t, scanKey, `SELECT `+keyColumns+` FROM keys WHERE id = $1`, above)
		if err == nil && (found || key.Wrapper != 0) {
			err = seal.ErrStale
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ReplaceKey implements seal.KeyStore.
func (k *Keys) ReplaceKey(ctx context.Context, was, is seal.Key) (replaced bool, err error) {
	err = k.engine.write(ctx, func(t *tx) error {
		n, err := t.run.exec(ctx, `UPDATE keys SET wrapped = $2, wrapper = $3, version = $4 WHERE id = $1 AND state = 'live' AND wrapped = $5 AND version = $6`,
			was.ID, blob(is.Wrapped), is.Wrapper, is.Version, blob(was.Wrapped), was.Version)
		replaced = n == 1
		return err
	})
	return replaced, err
}

// Keys implements seal.KeyStore.
func (k *Keys) Keys(ctx context.Context, tenant string, ofCases bool, after string, limit int) (out []seal.Key, err error) {
	err = k.engine.read(ctx, func(t *tx) error {
		out, err = list(ctx, t, scanKey, `SELECT `+keyColumns+` FROM keys WHERE id > $1 AND state = 'live' AND ($2 = '' OR tenant = $2)
			AND (id LIKE '%:%') = $3 AND id NOT IN ('root:', 'erasures:') ORDER BY id LIMIT $4 + 0`, after, tenant, !ofCases, limit)
		return err
	})
	return out, err
}

// markRow is where the key store keeps how far the erasure register was carried out.
const markRow = "erasures:"

// Mark implements seal.KeyStore.
func (k *Keys) Mark(ctx context.Context) (int64, error) {
	key, _, err := k.Key(ctx, markRow)
	return key.Version, err
}

// SetMark implements seal.KeyStore.
func (k *Keys) SetMark(ctx context.Context, upto int64) error {
	return k.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `INSERT INTO keys (id, tenant, wrapped, state, created, destroyed, wrapper, version) VALUES ($1, '', $2, 'live', 0, $3, 0, $4)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version`, markRow, blob(nil), int64(never), upto)
		return err
	})
}

const keyColumns = `id, tenant, wrapped, state, created, wrapper, version`

// Key implements seal.KeyStore.
func (k *Keys) Key(ctx context.Context, id string) (key seal.Key, found bool, err error) {
	err = k.engine.read(ctx, func(t *tx) error {
		key, found, err = one(ctx, t, scanKey, `SELECT `+keyColumns+` FROM keys WHERE id = $1`, id)
		return err
	})
	return key, found, err
}

func scanKey(rows *sql.Rows, k *seal.Key) error {
	var state string
	var created moment
	err := rows.Scan(&k.ID, &k.Tenant, &k.Wrapped, &state, &created, &k.Wrapper, &k.Version)
	k.Destroyed, k.Created = state == "destroyed", created.Time
	return err
}

// DestroyKey implements seal.KeyStore. The key is overwritten with noise of the same
// length before it is emptied, and the log is cut, so that the old bytes are gone from the
// files too.
func (k *Keys) DestroyKey(ctx context.Context, id string, at time.Time) error {
	err := k.engine.write(ctx, func(t *tx) error {
		key, found, err := one(ctx, t, scanKey, `SELECT `+keyColumns+` FROM keys WHERE id = $1`, id)
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
