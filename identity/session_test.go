// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// cheap makes hashing fast enough for a test; the work is counted, not timed.
var cheap = cost{memory: 8, passes: 1, threads: 1}

const password = "een lang wachtwoord"

type house struct {
	*Sessions
	store  *memory
	clock  *hands
	hashes *atomic.Int64
	log    *bytes.Buffer
}

// open makes a desk with Mila, who holds two roles, and Bram, who is blocked.
func open(t *testing.T, secure bool) house {
	t.Helper()
	h := house{store: newMemory(), clock: &hands{at: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}, hashes: &atomic.Int64{}, log: &bytes.Buffer{}}
	passwords := newPasswords(2, cheap)
	hash, err := passwords.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	passwords.sum = func(password, salt []byte, c cost) []byte {
		h.hashes.Add(1)
		return argon2id(password, salt, c)
	}
	for _, a := range []desk.Account{
		{Tenant: "oefening", Login: "mila", Person: "p1", Hash: hash},
		{Tenant: "oefening", Login: "bram", Person: "p2", Hash: hash, Blocked: true},
	} {
		_ = h.store.PutAccount(t.Context(), a)
		h.store.people["oefening/"+a.Person] = desk.Person{ID: a.Person, Tenant: "oefening", Name: "Mila Verzonnen", Roles: []string{"desk_officer", "team_lead"}}
	}
	h.Sessions = New(Options{Accounts: h.store, Store: h.store, People: h.store, Sealer: &vault{}, Passwords: passwords, Clock: h.clock,
		Secure: secure, Log: slog.New(slog.NewTextHandler(h.log, nil))})
	return h
}

func (h house) login(t *testing.T, user, password string, from string) (*http.Cookie, error) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/inloggen", nil)
	r.RemoteAddr = from
	w := httptest.NewRecorder()
	if err := h.Login(w, r, "oefening", user, password); err != nil {
		if len(w.Result().Cookies()) != 0 {
			t.Error("a failed login set a cookie")
		}
		return nil, err
	}
	return w.Result().Cookies()[0], nil
}

func (h house) who(cookie *http.Cookie) (loket.Actor, bool) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if cookie != nil {
		r.AddCookie(cookie)
	}
	return h.Actor(r)
}

const here = "192.0.2.1:40000"

// S11 ASVS V7: who logs in is known by a cookie that scripts, other sites and plain http
// do not get, and of which the database holds no copy.
func TestLogin(t *testing.T) {
	t.Parallel()
	h := open(t, true)
	cookie, err := h.login(t, " Mila ", password, here)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(cookie.Name, "__Host-") || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
		t.Errorf("cookie %+v", cookie)
	}
	for id := range h.store.sessions {
		if strings.Contains(id, cookie.Value) || strings.Contains(cookie.Value, id) {
			t.Error("the token lies in the database")
		}
	}
	a, ok := h.who(cookie)
	if !ok || a.ID != "p1" || !a.Has("team_lead") || !a.Has("desk_officer") || a.Tenant != "oefening" {
		t.Errorf("actor %+v, %v", a, ok)
	}
	if _, ok := h.who(nil); ok {
		t.Error("somebody without a cookie is somebody")
	}
	if _, ok := h.who(&http.Cookie{Name: cookie.Name, Value: cookie.Value + "x"}); ok {
		t.Error("another token is somebody")
	}
}

// S11: unknown name, wrong password, blocked account and too many guesses get the same
// bytes after the same number of password hashes.
func TestFailuresAnswerAlike(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	work := func(user, password, from string) int64 {
		before := h.hashes.Load()
		if _, err := h.login(t, user, password, from); !errors.Is(err, ErrLogin) {
			t.Errorf("%q gave %v", user, err)
		}
		return h.hashes.Load() - before
	}
	for range guessesPerHour {
		if n := work("mila", "fout", "192.0.2.9:1"); n != 1 {
			t.Fatalf("%d hashes", n)
		}
	}
	for name, n := range map[string]int64{
		"unknown":  work("niemand", password, here),
		"wrong":    work("mila2", "fout", here),
		"blocked":  work("bram", password, here),
		"too many": work("mila", password, here),
	} {
		if n != 1 {
			t.Errorf("%s: %d hashes", name, n)
		}
	}
	if strings.Contains(h.log.String(), "mila") {
		t.Errorf("a name in the log: %s", h.log)
	}
}

// S11 S13: a source that guessed too often is refused in the same bytes and without the work of a
// hash, for a name that exists and one that does not: a flood of guesses from one place cannot
// fill the queue in which others wait for theirs. Control: its last allowed guess was hashed, and
// so is one from elsewhere.
func TestFloodOfGuessesHashesNothing(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	work := func(user, password, from string) int64 {
		before := h.hashes.Load()
		if _, err := h.login(t, user, password, from); !errors.Is(err, ErrLogin) {
			t.Errorf("%q gave %v", user, err)
		}
		return h.hashes.Load() - before
	}
	const flood = "192.0.2.9:1"
	for i := range guessesPerHour {
		if n := work(string(rune('a'+i)), "fout", flood); n != 1 {
			t.Errorf("control: guess %d: %d hashes", i, n)
		}
	}
	for _, user := range []string{"mila", "bram", "niemand"} {
		if n := work(user, password, flood); n != 0 {
			t.Errorf("%s: %d hashes", user, n)
		}
	}
	if n := work("mila", "fout", here); n != 1 {
		t.Errorf("control: elsewhere: %d hashes", n)
	}
}

// S11: ten guesses an hour per account, whatever the source, and per source, whatever
// the account. Right ones do not count. An hour later it is open again.
func TestGuessesAreLimited(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	for i := range 3 * guessesPerHour { // right passwords cost nothing
		if _, err := h.login(t, "mila", password, here); err != nil {
			t.Fatalf("login %d: %v", i, err)
		}
	}
	for i := range guessesPerHour {
		_, _ = h.login(t, "mila", "fout", string(rune('a'+i))+":1")
	}
	if _, err := h.login(t, "mila", password, here); err == nil {
		t.Error("an account that was guessed at ten times from ten sources is open")
	}
	h.clock.move(time.Hour)
	if _, err := h.login(t, "mila", password, here); err != nil {
		t.Error("an hour later it is still closed")
	}
	for i := range guessesPerHour {
		_, _ = h.login(t, string(rune('a'+i)), "fout", here)
	}
	if _, err := h.login(t, "mila", password, "192.0.2.1:50000"); err == nil {
		t.Error("a source that tried ten accounts may go on")
	}
	if _, err := h.login(t, "mila", password, "192.0.2.2:50000"); err != nil {
		t.Error("another source suffers")
	}
}

// ASVS 7.3: half an hour without use, twelve hours in all.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	cookie, _ := h.login(t, "mila", password, here)
	for range 23 { // used every half hour but one minute
		h.clock.move(29 * time.Minute)
		if _, ok := h.who(cookie); !ok {
			t.Fatal("a session in use ended")
		}
	}
	h.clock.move(29 * time.Minute)
	h.who(cookie)
	h.clock.move(29 * time.Minute)
	if _, ok := h.who(cookie); ok {
		t.Error("a session outlived twelve hours")
	}
	cookie, _ = h.login(t, "mila", password, here)
	h.clock.move(Idle)
	if _, ok := h.who(cookie); ok {
		t.Error("a session outlived half an hour of rest")
	}
	if err := h.Purge(t.Context()); err != nil || len(h.store.sessions) != 0 {
		t.Errorf("%d sessions left, %v", len(h.store.sessions), err)
	}
}

// Reading pages does not write at each of them.
func TestUseIsNotedByTheMinute(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	cookie, _ := h.login(t, "mila", password, here)
	before := h.store.writes
	for range 50 {
		h.who(cookie)
		h.clock.move(time.Second)
	}
	if got := h.store.writes - before; got != 0 {
		t.Errorf("%d writes in a minute", got)
	}
}

// S04: what is withdrawn is withdrawn at the next request.
func TestWithdrawnAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	cookie, _ := h.login(t, "mila", password, here)
	p := h.store.people["oefening/p1"]
	p.Roles = []string{"desk_officer"}
	h.store.people["oefening/p1"] = p
	if a, ok := h.who(cookie); !ok || a.Has("team_lead") {
		t.Error("a role outlived its withdrawal")
	}
	p.Roles = nil
	h.store.people["oefening/p1"] = p
	if _, ok := h.who(cookie); ok {
		t.Error("somebody without any role is still in")
	}
	p.Roles = []string{"desk_officer"}
	h.store.people["oefening/p1"] = p
	if err := h.Revoke(context.Background(), "oefening", "p1"); err != nil {
		t.Fatal(err)
	}
	if _, ok := h.who(cookie); ok {
		t.Error("a revoked session is still in")
	}
}

// ASVS 7.2.4: logging in gives a new token and ends the old one; logging out ends it.
func TestTokenChanges(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	first, _ := h.login(t, "mila", password, here)
	r := httptest.NewRequest(http.MethodPost, "/inloggen", nil)
	r.AddCookie(first)
	w := httptest.NewRecorder()
	if err := h.Login(w, r, "oefening", "mila", password); err != nil {
		t.Fatal(err)
	}
	second := w.Result().Cookies()[0]
	if _, ok := h.who(first); ok || first.Value == second.Value {
		t.Error("the old token still works")
	}
	r = httptest.NewRequest(http.MethodPost, "/uitloggen", nil)
	r.AddCookie(second)
	w = httptest.NewRecorder()
	h.Logout(w, r)
	if _, ok := h.who(second); ok || w.Result().Cookies()[0].MaxAge >= 0 {
		t.Error("logged out, and still in")
	}
}

// A database that fails is a fault of ours and lets nobody in.
func TestBrokenStore(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	cookie, _ := h.login(t, "mila", password, here)
	h.store.broken = errors.New("disk")
	if _, ok := h.who(cookie); ok {
		t.Error("let in by a broken store")
	}
	if _, err := h.login(t, "mila", password, here); loket.ErrorCode(err) != loket.Unavailable {
		t.Errorf("have %v", err)
	}
}
