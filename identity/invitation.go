// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/loket"
	"example.org/loket/desk"
)

// How long an invitation can be used, and how long a browser remembers one that was typed.
const (
	InvitationKept = 3 * 24 * time.Hour
	acceptKept     = 30 * time.Minute
)

// Passwords of at least this many characters (ASVS 6.2.1 asks 8 and recommends 15), and no
// more than what is worth hashing.
const (
	ShortestPassword = 12
	longestPassword  = 256
)

// invitation is who invited; the person is on the ticket.
type invitation struct{ By string }

// Answers about invitations and passwords.
var (
	ErrInvitation = loket.Refuse(loket.Invalid,
		"Deze code is niet (meer) geldig. Kijk of u alles hebt overgenomen, of vraag de beheerder van het loket om een nieuwe.",
		"This code is not valid (any more). See whether you copied all of it, or ask the administrator of the desk for a new one.")
	ErrPassword = loket.Refuse(loket.Invalid,
		"Kies een wachtwoord van minstens 12 tekens, waarin uw gebruikersnaam niet voorkomt. Een paar losse woorden achter elkaar is goed.",
		"Choose a password of at least 12 characters that does not hold your user name. A few words in a row is fine.")
)

// Invite makes a code with which one person comes in for the first time, or again after
// losing a password: once, and for a few days. The code is shown once and never logged. An
// earlier one for the same person ends: of two codes one may lie with somebody else.
func (s *Sessions) Invite(ctx context.Context, by loket.Actor, person string) (code string, err error) {
	_, found, err := s.People.Person(ctx, by.Tenant, person)
	if err != nil {
		return "", s.trouble(err)
	}
	if !found {
		return "", loket.Refuse(loket.NotFound, "", "")
	}
	if err := s.Store.EndInvitations(ctx, by.Tenant, person); err != nil {
		return "", s.trouble(err)
	}
	code = rand.Text()
	if err := s.issue(ctx, kindInvitation, by.Tenant, person, code, invitation{by.ID}, InvitationKept); err != nil {
		return "", s.trouble(err)
	}
	if s.NoteOther != nil {
		if err := s.NoteOther(ctx, by, person, "login.invited"); err != nil {
			return "", errors.Join(s.trouble(err), s.Store.EndInvitations(ctx, by.Tenant, person))
		}
	}
	return code, nil
}

// Accept remembers a typed invitation in the browser.
func (s *Sessions) Accept(w http.ResponseWriter, r *http.Request, tenant, code string) error {
	code = typedCode(code)
	source := "invitation source " + s.Source(r)
	if !s.guesses.take(s.Clock.Now(), source) {
		return ErrInvitation
	}
	_, ok, err := s.ticket(r.Context(), kindInvitation, tenant, code, &invitation{})
	if err != nil {
		return s.trouble(err)
	}
	if !ok {
		return ErrInvitation
	}
	s.guesses.undo(source)
	s.hand(w, kindInvitation, code, acceptKept)
	return nil
}

// Invited tells who is accepting an invitation in this browser.
func (s *Sessions) Invited(r *http.Request, tenant string) (desk.Person, error) {
	k, ok, err := s.ticket(r.Context(), kindInvitation, tenant, s.shown(r, kindInvitation), &invitation{})
	if err != nil {
		return desk.Person{}, s.trouble(err)
	}
	person, found, err := s.People.Person(r.Context(), tenant, k.Person)
	if err != nil {
		return person, s.trouble(err)
	}
	if !ok || !found {
		return desk.Person{}, ErrInvitation
	}
	return person, nil
}

// SetPassword ends the invitation of this browser with a password, and starts a session or
// returns desk.ErrSecondStep. Whoever was logged in as this person is out.
func (s *Sessions) SetPassword(w http.ResponseWriter, r *http.Request, tenant, password string) error {
	ctx := r.Context()
	k, ok, err := s.ticket(ctx, kindInvitation, tenant, s.shown(r, kindInvitation), &invitation{})
	if err != nil {
		return s.trouble(err)
	}
	if !ok {
		return ErrInvitation
	}
	account, err := s.ownAccount(ctx, tenant, k.Person)
	if err != nil {
		return s.trouble(err)
	}
	if err := s.accepts(ctx, account, password); err != nil {
		return err
	}
	if used, err := s.Store.UseTicket(ctx, k.ID); err != nil {
		return s.trouble(err)
	} else if !used {
		return ErrInvitation
	}
	s.takeBack(w, kindInvitation)
	if err := s.putPassword(s.came(r, tenant, k.Person, nil), account, password); err != nil {
		return s.trouble(err)
	}
	return s.letIn(w, r, proven{Tenant: tenant, Person: k.Person})
}

// ownAccount is the account of a person; without one a new one, with the person's short name
// to log in with.
func (s *Sessions) ownAccount(ctx context.Context, tenant, person string) (desk.Account, error) {
	accounts, err := s.Accounts.AccountsOf(ctx, tenant, person)
	if err != nil || len(accounts) > 0 {
		return first(accounts), err
	}
	return desk.Account{Tenant: tenant, Login: strings.ToLower(person), Person: person}, nil
}

func first(accounts []desk.Account) (a desk.Account) {
	if len(accounts) > 0 {
		a = accounts[0]
	}
	return a
}

// putPassword stores a new password and ends every session of the person, and every other
// invitation: one that went astray would set yet another password.
func (s *Sessions) putPassword(ctx context.Context, a desk.Account, password string) (err error) {
	if a.Hash, err = s.Passwords.Hash(ctx, password); err != nil {
		return err
	}
	if err := errors.Join(s.Accounts.PutPassword(ctx, a), s.Store.EndInvitations(ctx, a.Tenant, a.Person)); err != nil {
		return err
	}
	s.note(ctx, a.Tenant, a.Person, "login.password_set", "done")
	return s.Store.EndSessions(ctx, a.Tenant, a.Person)
}

// accepts reports why a new password cannot be taken; nil: it can. The person is looked up,
// because the own name is what others try first.
func (s *Sessions) accepts(ctx context.Context, a desk.Account, password string) error {
	person, _, err := s.People.Person(ctx, a.Tenant, a.Person)
	if err != nil {
		return s.trouble(err)
	}
	own := []string{a.Login, a.Person, person.Name, person.Organisation, a.Tenant}
	if s.Called != nil {
		own = append(own, s.Called(ctx, a.Tenant))
	}
	if err := NewPassword(password, own...); err != nil {
		return err
	}
	return s.leaked(password)
}

// leaked refuses a password that is in the operator's list. A list that cannot be read lets
// nothing through.
func (s *Sessions) leaked(password string) error {
	if s.Leaked == nil {
		return nil
	}
	has, err := s.Leaked.Has(password)
	if err != nil {
		return s.trouble(err)
	}
	if has {
		return ErrLeaked
	}
	return nil
}

// NewPassword reports why a password cannot be chosen: too short, or easy to guess by the
// usual lists or by own, which is what somebody would try first who knows whose it is: the
// user name in front, then names and organisations (ASVS 6.2.1, 6.2.4, 6.2.11).
func NewPassword(password string, own ...string) error {
	n := utf8.RuneCountInString(password)
	if n < ShortestPassword || n > longestPassword {
		return ErrPassword
	}
	if len(own) > 0 && own[0] != "" && strings.Contains(strings.ToLower(password), strings.ToLower(own[0])) {
		return ErrPassword
	}
	return guessable(password, own...)
}
