// SPDX-License-Identifier: EUPL-1.2

// Package identity knows who is behind a request.
//
// A person logs in with name and password and gets a session: a random token in a
// cookie, of which only a hash is stored. Who the person is and which roles he holds is
// read again at every request, so that a right withdrawn is withdrawn at once (S04).
//
//	name, password ──Login──▶ limit ──▶ Argon2id ──▶ session ──cookie──▶ browser
//	cookie ──Actor──▶ session still good? ──▶ person and roles now ──▶ loket.Actor
//
// Who logs in at an own organisation comes through a provider (OpenID Connect), and is known
// here by issuer and subject only, never by an address or a name. Where a role or the person
// asks for it, a second factor follows; until it is shown there is no session at all, only a
// ticket that opens one door, once.
//
//	provider ──Begin──▶ there ──Return──▶ token checked ──▶ link ─┐
//	name, password ───────────────────────────────────────────────┼─▶ ticket ──code──▶ session
//	invitation ──▶ password, or link ─────────────────────────────┘
//	passkey: a device that saw its owner vouches ────────────────────────▶ session
//
// Unknown name, wrong password, blocked account and too many guesses get one and the
// same answer, after the same work (S11). Drafts of forms are kept here as well: whoever
// holds the key of a draft is its owner, and nobody else can read it.
package identity

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// Accounts is where accounts are kept.
type Accounts interface {
	// Account finds an account by login; false when there is none.
	Account(ctx context.Context, tenant, login string) (desk.Account, bool, error)
	// PutAccount adds or replaces one.
	PutAccount(ctx context.Context, a desk.Account) error
	// PutPassword gives an account the hash of another password, or adds the account. Whether
	// it is blocked stays as it is in the store, whatever a says: somebody may just have blocked it.
	PutPassword(ctx context.Context, a desk.Account) error
	// AccountsOf lists the accounts of a person.
	AccountsOf(ctx context.Context, tenant, person string) ([]desk.Account, error)
}

// LinkStore is where it is kept who somebody at a provider is here.
type LinkStore interface {
	Link(ctx context.Context, tenant, issuer, subject string) (desk.Link, bool, error)
	LinksOf(ctx context.Context, tenant, person string) ([]desk.Link, error)
	// AddLink reports false when the link is somebody else's.
	AddLink(ctx context.Context, l desk.Link) (bool, error)
	// LinksAt lists who a subject is, at every organisation.
	LinksAt(ctx context.Context, issuer, subject string) ([]desk.Link, error)
}

// TicketStore is where tickets are kept.
type TicketStore interface {
	PutTicket(ctx context.Context, k desk.Ticket) error
	Ticket(ctx context.Context, id []byte) (desk.Ticket, bool, error)
	// AddTicket reports false when there is one with this id already.
	AddTicket(ctx context.Context, k desk.Ticket) (bool, error)
	// EndHalfLogins forgets logins of a person that still need their second step.
	EndHalfLogins(ctx context.Context, tenant, person string) error
	// EndInvitations forgets the invitations of a person.
	EndInvitations(ctx context.Context, tenant, person string) error
	// UseTicket takes a ticket away; of two who come with the same, one gets true.
	UseTicket(ctx context.Context, id []byte) (bool, error)
	PurgeTickets(ctx context.Context, now time.Time) error
}

// FactorStore is where second factors and recovery codes are kept.
type FactorStore interface {
	Factor(ctx context.Context, tenant, person string) (desk.Factor, bool, error)
	PutFactor(ctx context.Context, f desk.Factor, recovery [][]byte) error
	// StepFactor reports whether a code of this time step may be used: each counts once.
	StepFactor(ctx context.Context, tenant, person string, step int64) (bool, error)
	EndFactor(ctx context.Context, tenant, person string) error
	PutRecovery(ctx context.Context, tenant, person string, hashes [][]byte) error
	UseRecovery(ctx context.Context, tenant, person string, hash []byte) (bool, error)
	RecoveryLeft(ctx context.Context, tenant, person string) (int, error)
}

// PasskeyStore is where passkeys are kept.
type PasskeyStore interface {
	// AddPasskey reports false when the desk has one with this id already.
	AddPasskey(ctx context.Context, k desk.Passkey) (bool, error)
	Passkey(ctx context.Context, tenant string, id []byte) (desk.Passkey, bool, error)
	PasskeysOf(ctx context.Context, tenant, person string) ([]desk.Passkey, error)
	// UsePasskey notes credential and moment of use; false when it is gone.
	UsePasskey(ctx context.Context, k desk.Passkey) (bool, error)
	EndPasskey(ctx context.Context, tenant, person string, id []byte) error
	// EndPasskeys forgets all of a person.
	EndPasskeys(ctx context.Context, tenant, person string) error
}

// Store is everything that is kept about logins.
type Store interface {
	SessionStore
	LinkStore
	TicketStore
	FactorStore
	PasskeyStore
}

// Sealer keeps the secrets of second factors; package seal implements it.
type Sealer interface {
	NewKey(ctx context.Context, tenant string) (key string, err error)
	Seal(ctx context.Context, key, place string, plain []byte) ([]byte, error)
	Open(ctx context.Context, key, place string, sealed []byte) ([]byte, error)
	Destroy(ctx context.Context, key string) error
}

// SessionStore is where sessions are kept.
type SessionStore interface {
	PutSession(ctx context.Context, s desk.Session) error // insert or replace
	Session(ctx context.Context, id []byte) (desk.Session, bool, error)
	// TouchSession notes the last use of a session. It must not bring an ended one back.
	TouchSession(ctx context.Context, id []byte, seen time.Time) error
	EndSession(ctx context.Context, id []byte) error
	// EndSessions ends every session of a person: password changed, right withdrawn.
	EndSessions(ctx context.Context, tenant, person string) error
	// SessionsOf lists the sessions of a person, the last used first.
	SessionsOf(ctx context.Context, tenant, person string) ([]desk.Session, error)
	// SessionsAt lists the sessions that a provider knows by one name.
	SessionsAt(ctx context.Context, provider, name string) ([]desk.Session, error)
	// PurgeSessions forgets sessions started at or before one moment, or last seen at or
	// before another.
	PurgeSessions(ctx context.Context, started, seen time.Time) error
}

// People tells who somebody is now.
type People interface {
	Person(ctx context.Context, tenant, id string) (desk.Person, bool, error)
}

// How long a session lives: this long without use, and never longer than that in all.
const (
	Idle     = 30 * time.Minute
	Absolute = 12 * time.Hour
	seenStep = time.Minute // how exactly use is noted: not every page is a write
)

// ErrLogin is the one answer to every failed login.
var ErrLogin = loket.Refuse(loket.Invalid,
	"Deze naam en dit wachtwoord horen niet bij elkaar, of er is te vaak geprobeerd. Probeer het opnieuw, of wacht een uur. Komt u er niet in? Bel de beheerder van het loket.",
	"This name and password do not belong together, or there were too many tries. Try again, or wait an hour. Still no way in? Call the administrator of the desk.")

// errNow is the answer when something here is broken; the cause goes to the log.
var errNow = loket.Refuse(loket.Unavailable,
	"Inloggen kan op dit moment niet. Probeer het over een paar minuten opnieuw. Is het dringend? Bel het loket.",
	"Logging in is not possible at the moment. Try again in a few minutes. Urgent? Call the desk.")

// actor is a person acting at the desk. With several roles the first is the one shown.
func actor(p desk.Person) loket.Actor {
	a := loket.Actor{ID: p.ID, Name: p.Name, Roles: p.Roles, Tenant: p.Tenant, Organisation: p.Organisation}
	if len(p.Roles) > 0 {
		a.Role = p.Roles[0]
	}
	return a
}
