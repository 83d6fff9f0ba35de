// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"time"

	"example.org/loket/desk"
)

// AccountsOf lists the accounts of a person: usually one or none.
func (s *Store) AccountsOf(ctx context.Context, tenant, person string) (all []desk.Account, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanAccount, `SELECT tenant, login, person, hash, blocked FROM accounts WHERE tenant = $1 AND person = $2 ORDER BY login`, tenant, person)
		return err
	})
	return all, fault(err)
}

// Link finds who somebody at a provider is here; false when nobody said so.
func (s *Store) Link(ctx context.Context, tenant, issuer, subject string) (l desk.Link, found bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		l, found, err = one(ctx, t, scanLink, `SELECT tenant, issuer, subject, person, made FROM links WHERE tenant = $1 AND issuer = $2 AND subject = $3`, tenant, issuer, subject)
		return err
	})
	return l, found, fault(err)
}

// LinksOf lists the links of a person.
func (s *Store) LinksOf(ctx context.Context, tenant, person string) (all []desk.Link, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanLink, `SELECT tenant, issuer, subject, person, made FROM links WHERE tenant = $1 AND person = $2 ORDER BY issuer, subject`, tenant, person)
		return err
	})
	return all, fault(err)
}

// LinksAt lists who a subject of a provider is, at every organisation.
func (s *Store) LinksAt(ctx context.Context, issuer, subject string) (all []desk.Link, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		all, err = list(ctx, t, scanLink, `SELECT tenant, issuer, subject, person, made FROM links WHERE issuer = $1 AND subject = $2 ORDER BY tenant`, issuer, subject)
		return err
	})
	return all, fault(err)
}

func scanLink(rows *sql.Rows, l *desk.Link) error {
	var made moment
	err := rows.Scan(&l.Tenant, &l.Issuer, &l.Subject, &l.Person, &made)
	l.Made = made.Time
	return err
}

// AddLink adds a link and reports whether it is there now: false when somebody else has it.
func (s *Store) AddLink(ctx context.Context, l desk.Link) (added bool, err error) {
	n, err := s.count(ctx, `INSERT INTO links (tenant, issuer, subject, person, made) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (tenant, issuer, subject) DO UPDATE SET made = links.made WHERE links.person = excluded.person`,
		l.Tenant, l.Issuer, l.Subject, l.Person, micros(l.Made))
	return n == 1, err
}

// PutTicket adds or replaces a ticket.
func (s *Store) PutTicket(ctx context.Context, k desk.Ticket) error {
	return s.change(ctx, `INSERT INTO tickets (id, kind, tenant, person, sealed, expires) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, tenant = excluded.tenant, person = excluded.person, sealed = excluded.sealed, expires = excluded.expires`,
		blob(k.ID), k.Kind, k.Tenant, k.Person, blob(k.Sealed), micros(k.Expires))
}

// AddTicket adds a ticket; false when there is one with this id already.
func (s *Store) AddTicket(ctx context.Context, k desk.Ticket) (bool, error) {
	n, err := s.count(ctx, `INSERT INTO tickets (id, kind, tenant, person, sealed, expires) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (id) DO NOTHING`,
		blob(k.ID), k.Kind, k.Tenant, k.Person, blob(k.Sealed), micros(k.Expires))
	return n == 1, err
}

// EndHalfLogins forgets logins of a person that still need their second step.
func (s *Store) EndHalfLogins(ctx context.Context, tenant, person string) error {
	return s.change(ctx, `DELETE FROM tickets WHERE tenant = $1 AND person = $2 AND kind = 'second'`, tenant, person)
}

// EndInvitations forgets the invitations of a person.
func (s *Store) EndInvitations(ctx context.Context, tenant, person string) error {
	return s.change(ctx, `DELETE FROM tickets WHERE tenant = $1 AND person = $2 AND kind = 'invitation'`, tenant, person)
}

// Ticket finds a ticket; false when there is none.
func (s *Store) Ticket(ctx context.Context, id []byte) (k desk.Ticket, found bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		k, found, err = one(ctx, t, scanTicket, `SELECT id, kind, tenant, person, sealed, expires FROM tickets WHERE id = $1`, blob(id))
		return err
	})
	return k, found, fault(err)
}

func scanTicket(rows *sql.Rows, k *desk.Ticket) error {
	var expires moment
	err := rows.Scan(&k.ID, &k.Kind, &k.Tenant, &k.Person, &k.Sealed, &expires)
	k.Expires = expires.Time
	return err
}

// UseTicket takes a ticket away and reports whether it was there: of two who come with the
// same one, only one gets true.
func (s *Store) UseTicket(ctx context.Context, id []byte) (bool, error) {
	n, err := s.count(ctx, `DELETE FROM tickets WHERE id = $1`, blob(id))
	return n == 1, err
}

// PurgeTickets forgets what expired at or before now.
func (s *Store) PurgeTickets(ctx context.Context, now time.Time) error {
	return s.change(ctx, `DELETE FROM tickets WHERE expires <= $1`, micros(now))
}

// Factor finds the second factor of a person; false when there is none.
func (s *Store) Factor(ctx context.Context, tenant, person string) (f desk.Factor, found bool, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		f, found, err = one(ctx, t, scanFactor, `SELECT tenant, person, key, sealed, last_step, made FROM factors WHERE tenant = $1 AND person = $2`, tenant, person)
		return err
	})
	return f, found, fault(err)
}

func scanFactor(rows *sql.Rows, f *desk.Factor) error {
	var made moment
	err := rows.Scan(&f.Tenant, &f.Person, &f.Key, &f.Sealed, &f.LastStep, &made)
	f.Made = made.Time
	return err
}

// PutFactor gives a person a second factor with recovery codes, in the place of the old ones.
func (s *Store) PutFactor(ctx context.Context, f desk.Factor, recovery [][]byte) error {
	return s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `INSERT INTO factors (tenant, person, key, sealed, last_step, made) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (tenant, person) DO UPDATE SET key = excluded.key, sealed = excluded.sealed, last_step = excluded.last_step, made = excluded.made`,
			f.Tenant, f.Person, f.Key, blob(f.Sealed), f.LastStep, micros(f.Made))
		if err != nil {
			return fault(err)
		}
		return fault(t.putRecovery(ctx, f.Tenant, f.Person, recovery))
	})
}

// PutRecovery gives a person new recovery codes; the old ones end.
func (s *Store) PutRecovery(ctx context.Context, tenant, person string, hashes [][]byte) error {
	return s.engine.write(ctx, func(t *tx) error { return fault(t.putRecovery(ctx, tenant, person, hashes)) })
}

func (t *tx) putRecovery(ctx context.Context, tenant, person string, hashes [][]byte) error {
	if _, err := t.run.exec(ctx, `DELETE FROM recovery_codes WHERE tenant = $1 AND person = $2`, tenant, person); err != nil {
		return err
	}
	for _, hash := range hashes {
		if _, err := t.run.exec(ctx, `INSERT INTO recovery_codes (tenant, person, hash) VALUES ($1,$2,$3)`, tenant, person, blob(hash)); err != nil {
			return err
		}
	}
	return nil
}

// StepFactor notes the time step of a code and reports whether it may be used: a step counts
// once, and none before it counts any more.
func (s *Store) StepFactor(ctx context.Context, tenant, person string, step int64) (bool, error) {
	n, err := s.count(ctx, `UPDATE factors SET last_step = $3 WHERE tenant = $1 AND person = $2 AND last_step < $3`, tenant, person, step)
	return n == 1, err
}

// EndFactor takes a second factor and its recovery codes away.
func (s *Store) EndFactor(ctx context.Context, tenant, person string) error {
	return s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, `DELETE FROM factors WHERE tenant = $1 AND person = $2`, tenant, person)
		if err != nil {
			return fault(err)
		}
		return fault(t.putRecovery(ctx, tenant, person, nil))
	})
}

// UseRecovery takes a recovery code away and reports whether it was there.
func (s *Store) UseRecovery(ctx context.Context, tenant, person string, hash []byte) (bool, error) {
	n, err := s.count(ctx, `DELETE FROM recovery_codes WHERE tenant = $1 AND person = $2 AND hash = $3`, tenant, person, blob(hash))
	return n == 1, err
}

// RecoveryLeft counts the recovery codes that were not used.
func (s *Store) RecoveryLeft(ctx context.Context, tenant, person string) (n int, err error) {
	err = s.engine.read(ctx, func(t *tx) error {
		n, _, err = one(ctx, t, func(rows *sql.Rows, n *int) error { return rows.Scan(n) }, `SELECT COUNT(*) FROM recovery_codes WHERE tenant = $1 AND person = $2`, tenant, person)
		return err
	})
	return n, fault(err)
}

// count runs one statement in a transaction of its own and counts the rows it touched.
func (s *Store) count(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = s.engine.write(ctx, func(t *tx) error {
		n, err = t.run.exec(ctx, query, args...)
		return fault(err)
	})
	return n, err
}
