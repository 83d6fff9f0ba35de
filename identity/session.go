// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// Options of the sessions. Accounts, Store, People, Passwords, Sealer and Clock must be given.
type Options struct {
	Accounts  Accounts
	Store     Store
	People    People
	Sealer    Sealer
	Passwords *Passwords
	Clock     desk.Clock
	Secure    bool                       // served over https
	Source    func(*http.Request) string // where a request comes from; nil is Source
	Log       *slog.Logger

	Providers []*Provider // logins of organisations that are accepted
	// Address gives where the pages of a tenant are, without a slash at the end: providers
	// send people back there.
	Address func(ctx context.Context, tenant string) (string, error)
	// Needs reports whether somebody may come in only with a second factor; nil: nobody.
	Needs func(ctx context.Context, p desk.Person) bool
	// Called gives the name of an organisation, which nobody may use as a password; nil: not known.
	Called func(ctx context.Context, tenant string) string
	// Note keeps in the log what happened to a way in; nil: nowhere.
	Note func(ctx context.Context, tenant, person, what, outcome string)
	// NoteOther keeps in the log what somebody did to the way in of another; nil: nowhere.
	NoteOther func(ctx context.Context, by loket.Actor, person, what string) error
	// Leaked lists passwords that nobody may choose; nil: there is no such list.
	Leaked *Leaked
	// Origins knows from where requests come, for the log; nil: that is not kept.
	Origins *Origins
	// Client talks to providers; nil is one that gives up after ten seconds.
	Client *http.Client
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
	if o.Client == nil {
		o.Client = &http.Client{Timeout: providerPatience}
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
	if !session.Strong && s.needs(r.Context(), person) {
		return loket.Actor{}, false // a role came that asks for a second factor
	}
	s.seen(r.Context(), session)
	who := actor(person)
	who.Via = via(session.ID, s.Origins.Mark(r, session.Tenant))
	return who, true
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

// Login starts a session, or returns ErrLogin, or desk.ErrSecondStep when a second factor
// must be shown first.
func (s *Sessions) Login(w http.ResponseWriter, r *http.Request, tenant, user, password string) error {
	login := strings.ToLower(strings.TrimSpace(user))
	person, err := s.check(r, tenant, login, password)
	if err != nil {
		return err
	}
	return s.letIn(w, r, proven{Tenant: tenant, Person: person.Person, Password: passwordMark(person)})
}

// proven is somebody whose first step went well.
type proven struct {
	Tenant   string
	Person   string
	Provider string // id of the provider that vouched
	Session  string // hash of what that calls its session
	Strong   bool   // which saw a second factor
	Password string // mark of the password that was given; empty: none was
}

// letIn starts a session, or asks for a second factor first.
func (s *Sessions) letIn(w http.ResponseWriter, r *http.Request, p proven) error {
	person, err := s.welcome(r.Context(), p)
	if err != nil {
		return err
	}
	_, has, err := s.Store.Factor(r.Context(), p.Tenant, p.Person)
	if err != nil {
		return s.trouble(err)
	}
	if !p.Strong && (has || s.needs(r.Context(), person)) {
		return s.askSecond(w, r, p)
	}
	return s.start(w, r, p)
}

// welcome finds the person, who must be there, have a role, and not be blocked.
func (s *Sessions) welcome(ctx context.Context, p proven) (desk.Person, error) {
	person, found, err := s.People.Person(ctx, p.Tenant, p.Person)
	if err != nil {
		return person, s.trouble(err)
	}
	accounts, err := s.Accounts.AccountsOf(ctx, p.Tenant, p.Person)
	if err != nil {
		return person, s.trouble(err)
	}
	if !found || len(person.Roles) == 0 || slices.ContainsFunc(accounts, func(a desk.Account) bool { return a.Blocked }) {
		return person, ErrLogin
	}
	return person, nil
}

func (s *Sessions) needs(ctx context.Context, p desk.Person) bool {
	return s.Needs != nil && s.Needs(ctx, p)
}

// came says from where a request about somebody's way in came.
func (s *Sessions) came(r *http.Request, tenant, person string, session []byte) context.Context {
	return desk.CameFrom(r.Context(), tenant, person, via(session, s.Origins.Mark(r, tenant)))
}

func (s *Sessions) note(ctx context.Context, tenant, person, what, outcome string) {
	if s.Note != nil {
		s.Note(ctx, tenant, person, what, outcome)
	}
}

// start starts a session. One that the browser had before ends: the token never survives a
// change of who is behind it.
func (s *Sessions) start(w http.ResponseWriter, r *http.Request, p proven) error {
	if old, ok := s.sessionID(r); ok {
		if err := s.Store.EndSession(r.Context(), old); err != nil {
			return s.trouble(err)
		}
	}
	token, now := newToken(), s.Clock.Now()
	session := desk.Session{ID: hashToken(token), Tenant: p.Tenant, Person: p.Person, Started: now, Seen: now, Provider: p.Provider, ProviderSession: p.Session, Strong: p.Strong}
	if err := s.Store.PutSession(r.Context(), session); err != nil {
		return s.trouble(err)
	}
	if err := s.still(r.Context(), p); err != nil {
		return errors.Join(err, s.Store.EndSession(r.Context(), session.ID))
	}
	s.setCookie(w, token, int(Absolute/time.Second))
	s.note(s.came(r, p.Tenant, p.Person, session.ID), p.Tenant, p.Person, "login", "done")
	return nil
}

// still looks once more, after the session is there: hashing a password takes its time, and
// whoever blocked the account or changed its password meanwhile ended the sessions before this
// one began (S04). In this order one of the two always sees the other.
func (s *Sessions) still(ctx context.Context, p proven) error {
	if _, err := s.welcome(ctx, p); err != nil || p.Password == "" {
		return err
	}
	accounts, err := s.Accounts.AccountsOf(ctx, p.Tenant, p.Person)
	if err != nil {
		return s.trouble(err)
	}
	if !slices.ContainsFunc(accounts, func(a desk.Account) bool { return passwordMark(a) == p.Password }) {
		return ErrLogin
	}
	return nil
}

// passwordMark tells one password of an account from the next; it opens nothing.
func passwordMark(a desk.Account) string {
	sum := sha256.Sum256([]byte("loket password mark\x00" + a.Login + "\x00" + a.Hash))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// check finds the account behind name and password. Every road through it does the work
// of one password hash, but that of a source that guessed too often already: it could keep all
// others waiting for theirs, and how quickly it is refused tells it nothing of any account.
func (s *Sessions) check(r *http.Request, tenant, login, password string) (account desk.Account, err error) {
	ctx := r.Context()
	source := "source " + s.Source(r)
	names := []string{"account " + tenant + "/" + login, source}
	allowed := s.guesses.take(s.Clock.Now(), names...)
	if !allowed && s.guesses.full(s.Clock.Now(), source) {
		return desk.Account{}, ErrLogin
	}
	account, found, err := s.Accounts.Account(ctx, tenant, login)
	if err != nil {
		return desk.Account{}, s.trouble(err)
	}
	hash := ""
	if found && allowed && !account.Blocked {
		hash = account.Hash
	}
	right, err := s.Passwords.Verify(ctx, hash, password)
	if err != nil {
		return desk.Account{}, s.trouble(err)
	}
	if !right {
		if allowed { // a flood beyond the limit fills no log
			s.note(s.came(r, tenant, account.Person, nil), tenant, account.Person, "login", "refused")
		}
		return desk.Account{}, ErrLogin
	}
	s.guesses.undo(names...)
	return account, nil
}

func (s *Sessions) trouble(err error) error {
	s.Log.Error("login not possible", "error", err.Error())
	return errNow
}

// Logout ends the session of this browser. When a provider vouched for it, provider is its
// id: there the person is still logged in.
func (s *Sessions) Logout(w http.ResponseWriter, r *http.Request) (provider string) {
	if id, ok := s.sessionID(r); ok {
		session, _, err := s.Store.Session(r.Context(), id)
		if err != nil {
			s.Log.Error("session not read", "error", err.Error())
		}
		provider = session.Provider
		if err := s.Store.EndSession(r.Context(), id); err != nil {
			s.Log.Error("session not ended", "error", err.Error())
		}
	}
	s.setCookie(w, "", -1)
	return provider
}

// Revoke ends every session of a person, on this and every other node.
func (s *Sessions) Revoke(ctx context.Context, tenant, person string) error {
	return s.Store.EndSessions(ctx, tenant, person)
}

// Purge forgets sessions and tickets that are over. Call it now and then.
func (s *Sessions) Purge(ctx context.Context) error {
	now := s.Clock.Now()
	if s.Origins != nil {
		if err := s.Origins.Purge(ctx); err != nil {
			return err
		}
	}
	return errors.Join(s.Store.PurgeTickets(ctx, now), s.Store.PurgeSessions(ctx, now.Add(-Absolute), now.Add(-Idle)))
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
	s.keepCookie(w, s.cookieName(), token, maxAge)
}

func (s *Sessions) keepCookie(w http.ResponseWriter, name, token string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: token, Path: "/", MaxAge: maxAge,
		Secure: s.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func (s *Sessions) sessionID(r *http.Request) ([]byte, bool) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" {
		return nil, false
	}
	return hashToken(cookie.Value), true
}
