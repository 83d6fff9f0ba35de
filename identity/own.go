// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"bytes"
	"context"
	"encoding/hex"
	"net/http"

	"example.org/loket"
	"example.org/loket/desk"
)

// errRole says that a second factor may not go.
var errRole = loket.Refuse(loket.Invalid, "Uw rol vraagt om een tweede stap. Die kan niet uit.", "Your role asks for a second step. It cannot be switched off.")

// Own tells somebody about the own account: where logged in, and how.
func (s *Sessions) Own(r *http.Request, by loket.Actor) (desk.OwnAccount, error) {
	own, err := s.own(r, by)
	if err != nil {
		return own, s.trouble(err)
	}
	return own, nil
}

func (s *Sessions) own(r *http.Request, by loket.Actor) (own desk.OwnAccount, err error) {
	ctx := r.Context()
	accounts, err := s.Accounts.AccountsOf(ctx, by.Tenant, by.ID)
	if err != nil {
		return own, err
	}
	own.Login = first(accounts).Login
	factor, has, err := s.Store.Factor(ctx, by.Tenant, by.ID)
	if err != nil {
		return own, err
	}
	if has {
		own.Factor = factor.Made
	}
	if own.Recovery, err = s.Store.RecoveryLeft(ctx, by.Tenant, by.ID); err != nil {
		return own, err
	}
	if own.Required, err = s.required(ctx, by); err != nil {
		return own, err
	}
	links, err := s.Store.LinksOf(ctx, by.Tenant, by.ID)
	if err != nil {
		return own, err
	}
	for _, link := range links {
		own.Providers = append(own.Providers, s.titleOf(by.Tenant, link.Issuer))
	}
	keys, err := s.Store.PasskeysOf(ctx, by.Tenant, by.ID)
	if err != nil {
		return own, err
	}
	for _, k := range keys {
		own.Passkeys = append(own.Passkeys, desk.OwnPasskey{Key: hex.EncodeToString(k.ID), Title: k.Title, Made: k.Made, Used: k.Used})
	}
	if own.Proof, err = s.proofOf(ctx, by); err != nil {
		return own, err
	}
	own.Sessions, err = s.ownSessions(r, by)
	return own, err
}

func (s *Sessions) required(ctx context.Context, by loket.Actor) (bool, error) {
	person, found, err := s.People.Person(ctx, by.Tenant, by.ID)
	return found && s.needs(ctx, person), err
}

// titleOf names the provider with an issuer, or else the issuer.
func (s *Sessions) titleOf(tenant, issuer string) string {
	for _, p := range s.Providers {
		if p.Issuer == issuer && (p.Tenant == "" || p.Tenant == tenant) {
			return p.Title
		}
	}
	return issuer
}

func (s *Sessions) ownSessions(r *http.Request, by loket.Actor) (out []desk.OwnSession, err error) {
	all, err := s.Store.SessionsOf(r.Context(), by.Tenant, by.ID)
	here, _ := s.sessionID(r)
	for _, session := range all {
		if !alive(session, s.Clock.Now()) {
			continue
		}
		one := desk.OwnSession{Key: hex.EncodeToString(session.ID), Started: session.Started, Seen: session.Seen, This: bytes.Equal(session.ID, here), Strong: session.Strong}
		if p := s.provider(by.Tenant, session.Provider); p != nil {
			one.Through = p.Title
		}
		out = append(out, one)
	}
	return out, err
}

// errProof asks who has nothing to show here to come in anew.
var errProof = loket.Refuse(loket.Invalid, "U bent langer dan tien minuten geleden ingelogd. Log uit, log opnieuw in, en probeer het dan nog eens.",
	"You logged in more than ten minutes ago. Log out, log in again, and then try once more.")

// EndOwn ends one session of the person, or all but this one when key is empty. Who wants
// that proves once more who is there: a browser that somebody left open is not enough
// (ASVS 7.5.2). proof is the password, or else a code of the second step; who has neither
// must have logged in just now.
func (s *Sessions) EndOwn(r *http.Request, by loket.Actor, key, proof string) error {
	if err := s.proves(r, by, proof); err != nil {
		return err
	}
	all, err := s.Store.SessionsOf(r.Context(), by.Tenant, by.ID)
	if err != nil {
		return s.trouble(err)
	}
	here, _ := s.sessionID(r)
	for _, session := range all {
		if wanted := hex.EncodeToString(session.ID) == key || key == "" && !bytes.Equal(session.ID, here); !wanted {
			continue
		}
		if err := s.Store.EndSession(r.Context(), session.ID); err != nil {
			return s.trouble(err)
		}
	}
	return nil
}

// BeginSecond offers a secret to set up a second factor with; it counts only once a code
// that belongs to it came back.
func (s *Sessions) BeginSecond(w http.ResponseWriter, r *http.Request, t desk.Tenant, by loket.Actor) (desk.SecondStep, error) {
	var h half
	k, ok, err := s.ticket(r.Context(), kindSetup, by.Tenant, s.shown(r, kindSetup), &h)
	if err != nil {
		return desk.SecondStep{}, s.trouble(err)
	}
	if !ok || k.Person != by.ID {
		token := newToken()
		h = half{Secret: random(secretBytes)}
		if err := s.issue(r.Context(), kindSetup, by.Tenant, by.ID, token, h, secondKept); err != nil {
			return desk.SecondStep{}, s.trouble(err)
		}
		s.hand(w, kindSetup, token, secondKept)
	}
	return setup(h.Secret, t.Name, by.ID), nil
}

// SetSecond sets up the second factor that BeginSecond offered. Who has a password must give
// it: a browser that somebody left open is not enough. All sessions end but a new one here.
func (s *Sessions) SetSecond(w http.ResponseWriter, r *http.Request, by loket.Actor, password, code string) (recovery []string, err error) {
	ctx := r.Context()
	var h half
	k, ok, err := s.ticket(ctx, kindSetup, by.Tenant, s.shown(r, kindSetup), &h)
	if err != nil {
		return nil, s.trouble(err)
	}
	_, has, err := s.Store.Factor(ctx, by.Tenant, by.ID)
	if err != nil {
		return nil, s.trouble(err)
	}
	if !ok || has || k.Person != by.ID {
		return nil, ErrBeginAgain
	}
	if err := s.again(r, by, password); err != nil {
		return nil, err
	}
	here := s.through(r)
	if recovery, err = s.checkSecond(r, by.Tenant, by.ID, h.Secret, code); err != nil {
		return nil, err
	}
	s.takeBack(w, kindSetup)
	if err := s.Store.EndSessions(ctx, by.Tenant, by.ID); err != nil {
		return nil, s.trouble(err)
	}
	return recovery, s.start(w, r, proven{Tenant: by.Tenant, Person: by.ID, Provider: here.Provider, Session: here.ProviderSession, Strong: true})
}

// through is the session of this browser: it tells which provider vouched.
func (s *Sessions) through(r *http.Request) desk.Session {
	id, _ := s.sessionID(r)
	session, _, err := s.Store.Session(r.Context(), id)
	if err != nil {
		return desk.Session{}
	}
	return session
}

// proves checks what somebody shows once more.
func (s *Sessions) proves(r *http.Request, by loket.Actor, proof string) error {
	way, err := s.proofOf(r.Context(), by)
	if err != nil {
		return s.trouble(err)
	}
	switch way {
	case desk.ProofPassword:
		return s.again(r, by, proof)
	case desk.ProofCode:
		return s.shows(r, by, proof)
	}
	if s.Clock.Now().Sub(s.through(r).Started).Abs() > freshProof {
		return errProof
	}
	return nil
}

// proofOf is what somebody can show once more.
func (s *Sessions) proofOf(ctx context.Context, by loket.Actor) (desk.Proof, error) {
	accounts, err := s.Accounts.AccountsOf(ctx, by.Tenant, by.ID)
	if err != nil || first(accounts).Hash != "" {
		return desk.ProofPassword, err
	}
	_, has, err := s.Store.Factor(ctx, by.Tenant, by.ID)
	if has {
		return desk.ProofCode, err
	}
	return desk.ProofLogin, err
}

// again asks the password once more of who has one.
func (s *Sessions) again(r *http.Request, by loket.Actor, password string) error {
	accounts, err := s.Accounts.AccountsOf(r.Context(), by.Tenant, by.ID)
	if err != nil {
		return s.trouble(err)
	}
	if first(accounts).Hash == "" {
		return nil
	}
	_, err = s.check(r, by.Tenant, first(accounts).Login, password)
	return err
}

// NewRecovery gives new recovery codes to who shows a code; the old ones end.
func (s *Sessions) NewRecovery(r *http.Request, by loket.Actor, code string) ([]string, error) {
	if err := s.shows(r, by, code); err != nil {
		return nil, err
	}
	codes, hashes := newRecovery(by.Tenant, by.ID)
	if err := s.Store.PutRecovery(r.Context(), by.Tenant, by.ID, hashes); err != nil {
		return nil, s.trouble(err)
	}
	s.note(r.Context(), by.Tenant, by.ID, "login.recovery_made", "done")
	return codes, nil
}

// DropSecond takes the second factor away from who shows a code, unless a role asks for it.
// The person is logged out everywhere.
func (s *Sessions) DropSecond(r *http.Request, by loket.Actor, code string) error {
	required, err := s.required(r.Context(), by)
	if err != nil {
		return s.trouble(err)
	}
	if required {
		return errRole
	}
	if err := s.shows(r, by, code); err != nil {
		return err
	}
	if err := s.ForgetSecond(r.Context(), by.Tenant, by.ID); err != nil {
		return s.trouble(err)
	}
	return nil
}

// shows checks a code of somebody who has a second factor.
func (s *Sessions) shows(r *http.Request, by loket.Actor, code string) error {
	_, has, err := s.Store.Factor(r.Context(), by.Tenant, by.ID)
	if err != nil {
		return s.trouble(err)
	}
	if !has {
		return ErrCode
	}
	_, err = s.checkSecond(r, by.Tenant, by.ID, nil, code)
	return err
}

// ChangePassword replaces the password by another; every session ends but a new one here.
func (s *Sessions) ChangePassword(w http.ResponseWriter, r *http.Request, by loket.Actor, old, fresh string) error {
	accounts, err := s.Accounts.AccountsOf(r.Context(), by.Tenant, by.ID)
	if err != nil {
		return s.trouble(err)
	}
	account := first(accounts)
	if _, err := s.check(r, by.Tenant, account.Login, old); err != nil {
		return err
	}
	if err := s.accepts(r.Context(), account, fresh); err != nil {
		return err
	}
	id, _ := s.sessionID(r)
	session, _, err := s.Store.Session(r.Context(), id)
	if err != nil {
		return s.trouble(err)
	}
	if err := s.putPassword(r.Context(), account, fresh); err != nil {
		return s.trouble(err)
	}
	return s.start(w, r, proven{Tenant: by.Tenant, Person: by.ID, Provider: session.Provider, Session: session.ProviderSession, Strong: session.Strong})
}
