// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"

	"example.org/loket/desk"
)

// Accounts and sessions stand outside the desk's unit of work: nobody's case changes
// when somebody logs in, so each call is a transaction of its own.

// Account finds an account by login; false when there is none.
func (s *Store) Account(ctx context.Context, tenant, login string) (a desk.Account, found bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		a, found, err = one(ctx, t, scanAccount, `SELECT tenant, login, person, hash, blocked FROM accounts WHERE tenant = $1 AND login = $2`, tenant, login)
		return err
	})
	return a, found, fault(err)
}

func scanAccount(rows *sql.Rows, a *desk.Account) error {
	return rows.Scan(&a.Tenant, &a.Login, &a.Person, &a.Hash, &a.Blocked)
}

// PutAccount adds or replaces an account.
func (s *Store) PutAccount(ctx context.Context, a desk.Account) error {
	return s.change(ctx, `INSERT INTO accounts (tenant, login, person, hash, blocked) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (tenant, login) DO UPDATE SET person = excluded.person, hash = excluded.hash, blocked = excluded.blocked`,
		a.Tenant, a.Login, a.Person, a.Hash, flag(a.Blocked))
}

// PutPassword gives an account the hash of another password, or adds the account. Whether it is
// blocked stays as it is here.
func (s *Store) PutPassword(ctx context.Context, a desk.Account) error {
	return s.change(ctx, `INSERT INTO accounts (tenant, login, person, hash, blocked) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (tenant, login) DO UPDATE SET hash = excluded.hash`,
		a.Tenant, a.Login, a.Person, a.Hash, flag(a.Blocked))
}

// Session finds a session by the hash of its token; false when there is none.
func (s *Store) Session(ctx context.Context, id []byte) (found desk.Session, ok bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		found, ok, err = one(ctx, t, scanLogin, `SELECT `+sessionColumns+` FROM sessions WHERE id = $1`, blob(id))
		return err
	})
	return found, ok, fault(err)
}

const sessionColumns = `id, tenant, person, started, seen, provider, strong, provider_session`

// SessionsOf lists the sessions of a person, the last used first.
func (s *Store) SessionsOf(ctx context.Context, tenant, person string) (all []desk.Session, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanLogin, `SELECT `+sessionColumns+` FROM sessions WHERE tenant = $1 AND person = $2 ORDER BY seen DESC, id`, tenant, person)
		return err
	})
	return all, fault(err)
}

// SessionsAt lists the sessions that a provider knows by one name.
func (s *Store) SessionsAt(ctx context.Context, provider, name string) (all []desk.Session, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanLogin, `SELECT `+sessionColumns+` FROM sessions WHERE provider <> '' AND provider = $1 AND provider_session = $2`, provider, name)
		return err
	})
	return all, fault(err)
}

func scanLogin(rows *sql.Rows, s *desk.Session) error {
	var started, seen moment
	err := rows.Scan(&s.ID, &s.Tenant, &s.Person, &started, &seen, &s.Provider, &s.Strong, &s.ProviderSession)
	s.Started, s.Seen = started.Time, seen.Time
	return err
}

// PutSession adds or replaces a session.
func (s *Store) PutSession(ctx context.Context, session desk.Session) error {
	return s.change(ctx, `INSERT INTO sessions (`+sessionColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT (id) DO UPDATE SET tenant = excluded.tenant, person = excluded.person, started = excluded.started, seen = excluded.seen,
		provider = excluded.provider, strong = excluded.strong, provider_session = excluded.provider_session`,
		blob(session.ID), session.Tenant, session.Person, micros(session.Started), micros(session.Seen), session.Provider, flag(session.Strong), session.ProviderSession)
}

// TouchSession notes the last use of a session that still exists; it brings none back.
func (s *Store) TouchSession(ctx context.Context, id []byte, seen time.Time) error {
	return s.change(ctx, `UPDATE sessions SET seen = $2 WHERE id = $1`, blob(id), micros(seen))
}

// EndSession forgets one session.
func (s *Store) EndSession(ctx context.Context, id []byte) error {
	return s.change(ctx, `DELETE FROM sessions WHERE id = $1`, blob(id))
}

// EndSessions forgets every session of a person, and every login that is half-way. An
// invitation stays: it is how somebody comes in again.
func (s *Store) EndSessions(ctx context.Context, tenant, person string) error {
	return s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `DELETE FROM sessions WHERE tenant = $1 AND person = $2`, tenant, person)
		if err == nil {
			_, err = t.run.exec(ctx, `DELETE FROM tickets WHERE tenant = $1 AND person = $2 AND kind <> 'invitation'`, tenant, person)
		}
		return fault(err)
	})
}

// PurgeSessions forgets sessions started at or before one moment, or last seen at or
// before another.
func (s *Store) PurgeSessions(ctx context.Context, started, seen time.Time) error {
	return s.change(ctx, `DELETE FROM sessions WHERE started <= $1 OR seen <= $2`, micros(started), micros(seen))
}

// change runs one statement in a transaction of its own.
func (s *Store) change(ctx context.Context, query string, args ...any) error {
	return s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, query, args...)
		return fault(err)
	})
}
