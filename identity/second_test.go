// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
)

// The examples of RFC 6238, appendix B, in six digits.
func TestCodes(t *testing.T) {
	t.Parallel()
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"} {
		if got := codeAt(secret, at/30); got != want {
			t.Errorf("at %d: %s, not %s", at, got, want)
		}
	}
	now := time.Unix(1234567890, 0)
	for around, want := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		if _, ok := codeStepOf(secret, codeAt(secret, now.Unix()/30+around), now); ok != want {
			t.Errorf("%d steps away: %v", around, ok)
		}
	}
}

// halfWay logs in with the password and gives the ticket.
func (h house) halfWay(t *testing.T) *http.Cookie {
	t.Helper()
	w := httptest.NewRecorder()
	if err := h.Login(w, httptest.NewRequest(http.MethodPost, "/inloggen", nil), "oefening", "mila", password); !errors.Is(err, desk.ErrSecondStep) {
		t.Fatalf("have %v", err)
	}
	return w.Result().Cookies()[0]
}

func (h house) finish(ticket *http.Cookie, code, from string) (recovery []string, err error) {
	r := httptest.NewRequest(http.MethodPost, "/inloggen/tweede-stap", nil)
	r.RemoteAddr = from
	r.AddCookie(ticket)
	return h.FinishLogin(httptest.NewRecorder(), r, "oefening", code)
}

// withFactor gives Mila a second factor.
func (h house) withFactor(t *testing.T, secret []byte) (recovery []string) {
	t.Helper()
	recovery, err := h.keepFactor(t.Context(), "oefening", "p1", secret, 0)
	if err != nil {
		t.Fatal(err)
	}
	return recovery
}

// S11: ten guesses an hour at a code, per account and per source, and then not even the right
// one; one answer to all; each code and each ticket once.
func TestSecondStepIsLimited(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	secret := random(secretBytes)
	recovery := h.withFactor(t, secret)
	right := func() string { return codeAt(secret, h.clock.Now().Unix()/30) }
	if _, err := h.finish(h.halfWay(t), right(), here); err != nil {
		t.Fatal("control: the right code is refused")
	}
	if _, err := h.finish(h.halfWay(t), right(), here); !errors.Is(err, ErrCode) {
		t.Errorf("the same code again: %v", err)
	}
	ticket := h.halfWay(t)
	for range guessesPerHour - 1 {
		if _, err := h.finish(ticket, "000000", "192.0.2.77:1"); !errors.Is(err, ErrCode) {
			t.Errorf("a guess: %v", err)
		}
	}
	h.clock.move(time.Minute)
	if _, err := h.finish(ticket, right(), "192.0.2.78:1"); !errors.Is(err, ErrCode) {
		t.Errorf("the right code after ten guesses: %v", err)
	}
	h.clock.move(time.Hour)
	ticket = h.halfWay(t)
	if _, err := h.finish(ticket, strings.ToLower(recovery[0]), here); err != nil {
		t.Errorf("an hour later, a recovery code: %v", err)
	}
	if _, err := h.finish(ticket, recovery[1], here); !errors.Is(err, ErrBeginAgain) {
		t.Errorf("a ticket twice: %v", err)
	}
	if _, err := h.finish(h.halfWay(t), recovery[0], here); !errors.Is(err, ErrCode) {
		t.Errorf("a recovery code twice: %v", err)
	}
}

// S04 S11: half a login is nobody, ends with all sessions, and a secret cannot be read in the
// database. Whoever is blocked meanwhile does not come in with the right code.
func TestHalfALogin(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	secret := random(secretBytes)
	h.withFactor(t, secret)
	ticket := h.halfWay(t)
	if _, ok := h.who(ticket); ok || len(h.store.sessions) > 0 {
		t.Error("half a login is somebody")
	}
	if _, ok := h.who(&http.Cookie{Name: h.cookieName(), Value: ticket.Value}); ok {
		t.Error("the token of half a login opens a session")
	}
	if strings.Contains(string(h.store.factors["oefening/p1"].Sealed), string(secret)) {
		t.Error("the secret lies open")
	}
	_ = h.Revoke(t.Context(), "oefening", "p1")
	code := codeAt(secret, h.clock.Now().Unix()/30)
	if _, err := h.finish(ticket, code, here); !errors.Is(err, ErrBeginAgain) {
		t.Errorf("half a login outlived the end of all: %v", err)
	}
	ticket = h.halfWay(t)
	a := h.store.accounts["oefening/mila"]
	a.Blocked = true
	_ = h.store.PutAccount(t.Context(), a)
	if _, err := h.finish(ticket, code, here); !errors.Is(err, ErrLogin) {
		t.Errorf("blocked meanwhile: %v", err)
	}
}

// S11: unknown, wrong and blocked ask the database as often as each other.
func TestFailuresReadAlike(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	for _, user := range []string{"niemand", "mila", "bram"} {
		before := h.store.reads
		if _, err := h.login(t, user, "fout", here); !errors.Is(err, ErrLogin) {
			t.Error(err)
		}
		if n := h.store.reads - before; n != 1 {
			t.Errorf("%s: %d reads", user, n)
		}
	}
}
