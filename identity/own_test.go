// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
)

// with is a request of somebody who is logged in.
func with(cookie *http.Cookie) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/account", nil)
	r.RemoteAddr = here
	r.AddCookie(cookie)
	return r
}

// ASVS 6.2.2, 6.2.3, 6.2.8, 6.2.9, 7.4.3, 7.5.1: a password is changed with the old one only, is
// taken as typed up to 200 characters and more, and ends every other session.
func TestChangePassword(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	in := func(password string) *http.Cookie {
		t.Helper()
		cookie, err := h.login(t, "mila", password, here)
		if err != nil {
			t.Fatalf("%q: %v", password, err)
		}
		return cookie
	}
	cookie, elsewhere := in(password), in(password)
	fresh := "  Vier losse woorden, " + strings.Repeat("zaagsel & kajuit 7 ", 9) + "ë "
	if len([]rune(fresh)) < 190 {
		t.Fatal("the control is too short")
	}
	for _, old := range []string{"", "een ander wachtwoord", strings.ToUpper(password), password + " "} {
		if err := h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, old, fresh); err == nil {
			t.Errorf("changed with %q", old)
		}
	}
	if err := h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, password, "kort"); err == nil {
		t.Error("changed to a short one")
	}
	if _, known := h.who(elsewhere); !known {
		t.Error("control: a refused change ended a session")
	}
	if err := h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, password, fresh); err != nil {
		t.Fatal(err)
	}
	if _, known := h.who(elsewhere); known {
		t.Error("another session goes on")
	}
	in(fresh)
	for _, almost := range []string{password, strings.TrimSpace(fresh), strings.ToLower(fresh), fresh[:72], fresh[:len(fresh)-1]} {
		if _, err := h.login(t, "mila", almost, here); err == nil {
			t.Errorf("in with %q", almost)
		}
	}
}

// ASVS 6.2.10: a password does not end by itself. Control: a session does.
func TestPasswordsDoNotAge(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	cookie, err := h.login(t, "mila", password, here)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.move(3 * 365 * 24 * time.Hour)
	if _, known := h.who(cookie); known {
		t.Error("the control goes on")
	}
	if _, err := h.login(t, "mila", password, here); err != nil {
		t.Errorf("after three years: %v", err)
	}
}

// ASVS 6.5.1, 6.5.3, 6.5.4, 7.2.3, 7.4.3, 7.5.1, 7.5.2: in the own account somebody sees the own sessions and
// ends them, and nobody else's; a second factor is set up with the password and ended with a
// code; new recovery codes end the old ones.
func TestOwnAccount(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	one, _ := h.login(t, "mila", password, here)
	two, _ := h.login(t, "mila", password, here)
	if len(one.Value) != 43 || one.Value == two.Value { // 256 bits in base64
		t.Errorf("tokens %q and %q", one.Value, two.Value)
	}
	own, err := h.Own(with(one), mila)
	if err != nil || len(own.Sessions) != 2 || own.Login != "mila" {
		t.Fatalf("%+v, %v", own, err)
	}
	for _, session := range own.Sessions {
		if err := h.EndOwn(with(two), loket.Actor{ID: "p3", Tenant: "oefening"}, session.Key, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, known := h.who(two); !known {
		t.Fatal("somebody else ended a session")
	}
	for _, wrong := range []string{"", "een ander wachtwoord"} {
		if err := h.EndOwn(with(one), mila, "", wrong); err == nil {
			t.Errorf("ended a session with %q", wrong)
		}
	}
	if _, known := h.who(two); !known {
		t.Error("a session ended without proof")
	}
	if err := h.EndOwn(with(one), mila, "", password); err != nil {
		t.Fatal(err)
	}
	if _, known := h.who(two); known {
		t.Error("the other session goes on")
	}
	if _, known := h.who(one); !known {
		t.Error("control: the own session ended too")
	}

	checkProofs(t, h)
	one, _ = h.login(t, "mila", password, here)

	secret := random(secretBytes)
	old := h.withFactor(t, secret)
	right := func() string { h.clock.move(time.Minute); return codeAt(secret, h.clock.Now().Unix()/30) }
	if _, err := h.NewRecovery(with(one), mila, "000000"); !errors.Is(err, ErrCode) {
		t.Errorf("new codes without one: %v", err)
	}
	fresh, err := h.NewRecovery(with(one), mila, right())
	if err != nil || len(fresh) != recoveryCodes || slices.Contains(fresh, old[0]) || len(typedCode(fresh[0])) != recoveryLength {
		t.Fatalf("%v, %v", fresh, err)
	}
	if err := h.DropSecond(with(one), mila, old[0]); !errors.Is(err, ErrCode) {
		t.Errorf("an old recovery code counts: %v", err)
	}
	if err := h.DropSecond(with(one), mila, right()); err != nil {
		t.Fatal(err)
	}
	if _, known := h.who(one); known {
		t.Error("a session goes on without the second factor")
	}
}

// checkProofs: who has no password shows a code, and who has neither must have logged in just
// now (ASVS 7.5.2). Control: each right proof ends the other session.
func checkProofs(t *testing.T, h house) {
	t.Helper()
	ctx := t.Context()
	account, _, _ := h.store.Account(ctx, "oefening", "mila")
	bare := account
	bare.Hash = ""
	_ = h.store.PutAccount(ctx, bare)
	begin := func() (*http.Cookie, *http.Cookie) {
		t.Helper()
		var both []*http.Cookie
		for range 2 {
			w := httptest.NewRecorder()
			if err := h.start(w, httptest.NewRequest(http.MethodPost, "/", nil), proven{Tenant: "oefening", Person: "p1", Provider: "huis", Strong: true}); err != nil {
				t.Fatal(err)
			}
			both = append(both, w.Result().Cookies()[0])
		}
		return both[0], both[1]
	}
	ends := func(what, proof string, wait time.Duration, want bool) {
		t.Helper()
		one, two := begin()
		h.clock.move(wait)
		err := h.EndOwn(with(one), mila, "", proof)
		if _, goesOn := h.who(two); goesOn == want || (err == nil) != want {
			t.Errorf("%s: %v, the other goes on: %v", what, err, goesOn)
		}
	}
	ends("just logged in", "", freshProof-time.Minute, true)
	ends("long ago", "", freshProof+time.Minute, false)
	secret := random(secretBytes)
	codes := h.withFactor(t, secret)
	ends("no code", "", 0, false)
	ends("a code", codeAt(secret, h.clock.Now().Unix()/30), 0, true)
	ends("a recovery code", codes[0], 0, true)
	_ = h.ForgetSecond(ctx, "oefening", "p1")
	_ = h.store.PutAccount(ctx, account)
}
