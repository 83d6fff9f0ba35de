// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// Options of the sessions. Accounts, Store, People, Passwords and Clock must be given.
type Options struct {
	Accounts  Accounts
	Store     SessionStore
	People    People
	Passwords *Passwords
	Clock     desk.Clock
	Secure    bool                       // served over https
	Source    func(*http.Request) string // where a request comes from; nil is Source
	Log       *slog.Logger
}

// Sessions knows who is logged in. Make one with New.
type Sessions struct {
	Options
	guesses *limit
}

// New makes the sessions.
func New(o Options) *Sessions {
	if o.Source == nil {
		o.Source = Source
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Sessions{Options: o, guesses: newLimit()}
}

// Actor is who sent this request, with the roles of this moment; false when nobody is
// logged in.
func (s *Sessions) Actor(r *http.Request) (loket.Actor, bool) {
	id, ok := s.sessionID(r)
	if !ok {
		return loket.Actor{}, false
	}
	session, found, err := s.Store.Session(r.Context(), id)
	if err != nil {
		s.Log.Error("session not read", "error", err.Error())
		return loket.Actor{}, false
	}
	if !found || !alive(session, s.Clock.Now()) {
		return loket.Actor{}, false
	}
	person, found, err := s.People.Person(r.Context(), session.Tenant, session.Person)
	if err != nil || !found || len(person.Roles) == 0 {
		return loket.Actor{}, false // gone, or without any role: no way in
	}
	s.seen(r.Context(), session)
	return actor(person), true
}

// alive reports whether a session may still be used. A clock that was set back does not
// make it older or younger than its limits allow.
func alive(session desk.Session, now time.Time) bool {
	return now.Sub(session.Started).Abs() < Absolute && now.Sub(session.Seen).Abs() < Idle
}

// seen notes that the session was used, at most once a minute.
func (s *Sessions) seen(ctx context.Context, session desk.Session) {
	now := s.Clock.Now()
	if now.Sub(session.Seen).Abs() < seenStep {
		return
	}
	if err := s.Store.TouchSession(ctx, session.ID, now); err != nil {
		s.Log.Error("use of a session not noted", "error", err.Error())
	}
}

// Login starts a session, or returns ErrLogin. A session that the browser had before
// ends: the token never survives a change of who is behind it.
func (s *Sessions) Login(w http.ResponseWriter, r *http.Request, tenant, user, password string) error {
	login := strings.ToLower(strings.TrimSpace(user))
	person, err := s.check(r, tenant, login, password)
	if err != nil {
		return err
	}
	if old, ok := s.sessionID(r); ok {
		if err := s.Store.EndSession(r.Context(), old); err != nil {
			return s.trouble(err)
		}
	}
	token, now := newToken(), s.Clock.Now()
	session := desk.Session{ID: hashToken(token), Tenant: tenant, Person: person, Started: now, Seen: now}
	if err := s.Store.PutSession(r.Context(), session); err != nil {
		return s.trouble(err)
	}
	s.setCookie(w, token, int(Absolute/time.Second))
	return nil
}

// check finds the person behind name and password. Every road through it does the work
// of one password hash.
func (s *Sessions) check(r *http.Request, tenant, login, password string) (person string, err error) {
	ctx := r.Context()
	names := []string{"account " + tenant + "/" + login, "source " + s.Source(r)}
	allowed := s.guesses.take(s.Clock.Now(), names...)
	account, found, err := s.Accounts.Account(ctx, tenant, login)
	if err != nil {
		return "", s.trouble(err)
	}
	hash := ""
	if found && allowed && !account.Blocked {
		hash = account.Hash
	}
	right, err := s.Passwords.Verify(ctx, hash, password)
	if err != nil {
		return "", s.trouble(err)
	}
	if !right {
		return "", ErrLogin
	}
	s.guesses.undo(names...)
	return account.Person, nil
}

func (s *Sessions) trouble(err error) error {
	s.Log.Error("login not possible", "error", err.Error())
	return errNow
}

// Logout ends the session of this browser.
func (s *Sessions) Logout(w http.ResponseWriter, r *http.Request) {
	if id, ok := s.sessionID(r); ok {
		if err := s.Store.EndSession(r.Context(), id); err != nil {
			s.Log.Error("session not ended", "error", err.Error())
		}
	}
	s.setCookie(w, "", -1)
}

// Revoke ends every session of a person, on this and every other node.
func (s *Sessions) Revoke(ctx context.Context, tenant, person string) error {
	return s.Store.EndSessions(ctx, tenant, person)
}

// Purge forgets sessions that are over. Call it now and then.
func (s *Sessions) Purge(ctx context.Context) error {
	now := s.Clock.Now()
	return s.Store.PurgeSessions(ctx, now.Add(-Absolute), now.Add(-Idle))
}

func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: the program would stop
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func (s *Sessions) cookieName() string {
	if s.Secure {
		return "__Host-loket-sessie"
	}
	return "loket-sessie"
}

func (s *Sessions) setCookie(w http.ResponseWriter, token string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Value: token, Path: "/", MaxAge: maxAge,
		Secure: s.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func (s *Sessions) sessionID(r *http.Request) ([]byte, bool) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" {
		return nil, false
	}
	return hashToken(cookie.Value), true
}
