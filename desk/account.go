// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"time"

	"example.org/loket"
)

// Account is a person's way to log in here. Hash is an Argon2id hash in PHC form.
type Account struct {
	Tenant  string
	Login   string // in lower case
	Person  string
	Hash    string
	Blocked bool
}

// Session is one logged-in browser. ID is a hash of the token in its cookie, so that
// somebody who reads the table cannot log in with it.
type Session struct {
	ID      []byte
	Tenant  string
	Person  string
	Started time.Time
	Seen    time.Time // last use, to the minute

	Provider string // id of the provider that vouched for the person; empty: a password here
	Strong   bool   // a second factor was shown, here or at the provider

	ProviderSession string // hash of what the provider calls the session; empty: it said nothing
}

// Link says that somebody at a provider is a person here. Only issuer and subject count: an
// address or a name at the provider can be given to somebody else tomorrow (S12).
type Link struct {
	Tenant  string
	Issuer  string
	Subject string
	Person  string
	Made    time.Time
}

// Ticket is something that may be done once and before a moment: come back from a provider,
// show a second factor, accept an invitation. ID is made from a token that only one browser
// or one letter holds, and Sealed opens only with that token.
type Ticket struct {
	ID      []byte
	Kind    string
	Tenant  string
	Person  string // of whom; empty when nobody is known yet
	Sealed  []byte
	Expires time.Time
}

// Factor is a person's second factor: a secret shared with an app that makes codes. The
// secret lies sealed under a key of its own.
type Factor struct {
	Tenant   string
	Person   string
	Key      string
	Sealed   []byte
	LastStep int64 // the time step of the last code that was used; none is used twice
	Made     time.Time
}

// Passkey is a key pair of a device, of which the desk has the public half (WebAuthn). It
// opens the door of one person at one desk.
type Passkey struct {
	Tenant     string
	ID         []byte // by which a device knows it
	Person     string
	Title      string // what the person calls it
	Credential []byte // as the standard keeps it; no secret
	Made       time.Time
	Used       time.Time
}

// ErrSecondStep is no failure: the first step of a login went well and a second is asked.
var ErrSecondStep = loket.Refuse(loket.Invalid, "Nog één stap: bevestig dat u het bent.", "One more step: confirm that it is you.")

// Provider is an organisation's own login, as the login page offers it.
type Provider struct {
	ID    string
	Title string
}

// SecondStep is what somebody is asked after name and password. When Setup holds, there is
// no second factor yet and Secret is what the app must be given.
type SecondStep struct {
	Setup  bool
	Secret string // base32, in groups of four
	URI    string // otpauth: address for a telephone

	Passkey    bool // the second factor is a passkey: that, or a recovery code
	MayPasskey bool // a passkey can be made instead of an app
}

// OwnAccount is what somebody sees of the own account.
type OwnAccount struct {
	Login     string // empty: no password here
	Sessions  []OwnSession
	Factor    time.Time // since when there is a second factor; zero: none
	Recovery  int       // recovery codes left
	Required  bool      // a role of this person asks for a second factor
	Providers []string  // titles of the logins that are linked
	Passkeys  []OwnPasskey
	Proof     Proof // what is asked before another session ends
}

// Proof is what somebody who is logged in shows once more, before something that a left-open
// browser must not do.
type Proof string

// The proofs there are.
const (
	ProofPassword Proof = "password"
	ProofCode     Proof = "code"  // of the second step
	ProofLogin    Proof = "login" // neither is there: a login of a moment ago
)

// OwnPasskey is a passkey as its owner sees it.
type OwnPasskey struct {
	Key   string // names it on the page
	Title string
	Made  time.Time
	Used  time.Time
}

// OwnSession is one place where somebody is logged in.
type OwnSession struct {
	Key     string // names it on the page; nobody can log in with it
	Started time.Time
	Seen    time.Time
	This    bool
	Strong  bool
	Through string // title of the provider; empty: a password here
}

// Draft is what somebody typed and did not send yet. ID is a hash of the browser's key
// and Sealed can be opened only with that key.
type Draft struct {
	ID      []byte
	Sealed  []byte
	Expires time.Time
}
