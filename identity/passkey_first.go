// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"errors"
	"net/http"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// BeginFirstPasskey is BeginPasskey for who is half-way in, and has no second factor yet.
func (s *Sessions) BeginFirstPasskey(w http.ResponseWriter, r *http.Request, t desk.Tenant) (options string, err error) {
	_, by, err := s.settingUp(r, t.ID)
	if err != nil {
		return "", err
	}
	return s.BeginPasskey(w, r, t, by)
}

// FinishFirstPasskey keeps the passkey that a device made as somebody's first second factor,
// and starts the session. The recovery codes are shown once.
func (s *Sessions) FinishFirstPasskey(w http.ResponseWriter, r *http.Request, tenant, title, response string) (recovery []string, err error) {
	ctx := r.Context()
	half, by, err := s.settingUp(r, tenant)
	if err != nil {
		return nil, err
	}
	k, state, err := s.asked(w, r, kindPasskeyNew, tenant)
	if err != nil {
		return nil, err
	}
	if k.Person != by.ID {
		return nil, ErrBeginAgain
	}
	credential, err := s.made(ctx, by, state, response)
	if err != nil {
		return nil, err
	}
	if used, err := s.Store.UseTicket(ctx, half.ID); err != nil {
		return nil, s.trouble(err)
	} else if !used {
		return nil, ErrBeginAgain
	}
	s.takeBack(w, kindSecond)
	codes, hashes := newRecovery(tenant, by.ID)
	if err := errors.Join(s.keepPasskey(ctx, by, strings.TrimSpace(title), credential), s.Store.PutRecovery(ctx, tenant, by.ID, hashes)); err != nil {
		return nil, s.trouble(err)
	}
	s.note(ctx, tenant, by.ID, "login.passkey_set", "done")
	return codes, s.start(w, r, proven{Tenant: tenant, Person: by.ID, Provider: half.provider, Session: half.session, Strong: true, Password: half.password})
}

// halfIn is somebody whose first step went well.
type halfIn struct {
	desk.Ticket
	provider, session, password string
}

// settingUp is who is half-way in and has no second factor of any kind yet; others begin again.
func (s *Sessions) settingUp(r *http.Request, tenant string) (halfIn, loket.Actor, error) {
	var h half
	k, ok, err := s.ticket(r.Context(), kindSecond, tenant, s.shown(r, kindSecond), &h)
	if err != nil {
		return halfIn{}, loket.Actor{}, s.trouble(err)
	}
	if !ok {
		return halfIn{}, loket.Actor{}, ErrBeginAgain
	}
	person, err := s.welcome(r.Context(), proven{Tenant: tenant, Person: k.Person})
	if err != nil {
		return halfIn{}, loket.Actor{}, err
	}
	_, has, err := s.Store.Factor(r.Context(), tenant, k.Person)
	keys, fault := s.Store.PasskeysOf(r.Context(), tenant, k.Person)
	if err := errors.Join(err, fault); err != nil {
		return halfIn{}, loket.Actor{}, s.trouble(err)
	}
	if has || len(keys) > 0 {
		return halfIn{}, loket.Actor{}, ErrBeginAgain
	}
	return halfIn{k, h.Provider, h.Session, h.Password}, actor(person), nil
}
