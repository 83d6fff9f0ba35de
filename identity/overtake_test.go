// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// during lets something happen once while a password is hashed, which is when a login that goes
// on for long can be overtaken.
func (h house) during(do func()) {
	h.Passwords.sum = func(password, salt []byte, c cost) []byte {
		if act := do; act != nil {
			do = nil
			act()
		}
		return argon2id(password, salt, c)
	}
}

// block does what an administrator does: first the account, then the sessions.
func (h house) block(t *testing.T) {
	a, _, _ := h.store.Account(t.Context(), "oefening", "mila")
	a.Blocked = true
	_ = h.store.PutAccount(t.Context(), a)
	_ = h.store.EndSessions(t.Context(), "oefening", "p1")
}

// renew changes the password from another browser.
func (h house) renew(t *testing.T) {
	hash, err := newPasswords(2, cheap).Hash(t.Context(), "vier andere losse woorden")
	if err != nil {
		t.Error(err)
	}
	_ = h.store.PutPassword(t.Context(), desk.Account{Tenant: "oefening", Login: "mila", Person: "p1", Hash: hash})
	_ = h.store.EndSessions(t.Context(), "oefening", "p1")
}

// S04, ASVS 7.4.3: a login that was on its way when the account was blocked, or when its password was
// changed, starts no session: not at once, and not after a second step. Control: one that nothing
// overtook does.
func TestLoginOvertaken(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(house, *testing.T){"blocked": house.block, "other password": house.renew} {
		h := open(t, false)
		h.during(func() { change(h, t) })
		if cookie, err := h.login(t, "mila", password, here); err == nil {
			_, in := h.who(cookie)
			t.Errorf("%s: the login went on, in: %v", name, in)
		}
		if len(h.store.sessions) != 0 {
			t.Errorf("%s: a session stayed behind", name)
		}
	}
	h := open(t, false)
	h.during(func() {})
	if _, err := h.login(t, "mila", password, here); err != nil {
		t.Errorf("control: %v", err)
	}
}

// The same of who is half-way: a ticket that an old password gave opens nothing after it.
func TestHalfLoginOvertaken(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(house, *testing.T){"control": func(house, *testing.T) {}, "blocked": house.block, "other password": house.renew} {
		h := open(t, false)
		secret := random(secretBytes)
		if _, err := h.keepFactor(t.Context(), "oefening", "p1", secret, 0); err != nil {
			t.Fatal(err)
		}
		h.during(func() { change(h, t) })
		r, w := httptest.NewRequest(http.MethodPost, "/inloggen", nil), httptest.NewRecorder()
		first := h.Login(w, r, "oefening", "mila", password)
		if loket.ErrorCode(first) == loket.Invalid {
			continue // refused at the first step already
		}
		r = httptest.NewRequest(http.MethodPost, "/inloggen/tweede-stap", nil)
		for _, c := range w.Result().Cookies() {
			r.AddCookie(c)
		}
		_, err := h.FinishLogin(httptest.NewRecorder(), r, "oefening", codeAt(secret, h.clock.Now().Unix()/30))
		if in := err == nil && len(h.store.sessions) == 1; in != (name == "control") {
			t.Errorf("%s: in %v, %v", name, in, err)
		}
	}
}

// S04: who is blocked while changing the own password stays blocked, and is out.
func TestBlockedWhileChanging(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	cookie, err := h.login(t, "mila", password, here)
	if err != nil {
		t.Fatal(err)
	}
	h.during(func() { h.block(t) })
	err = h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, password, "vier andere losse woorden")
	if a, _, _ := h.store.Account(t.Context(), "oefening", "mila"); err == nil || !a.Blocked || len(h.store.sessions) != 0 {
		t.Errorf("blocked %v, %d sessions, %v", a.Blocked, len(h.store.sessions), err)
	}
}

// S11, T5: of two invitations for one person only the last opens, and none does once a password was
// chosen: a code that went astray takes no account over. Control: somebody else's stays good.
func TestOneInvitationAtATime(t *testing.T) {
	t.Parallel()
	h := open(t, false)
	h.store.people["oefening/p3"] = desk.Person{ID: "p3", Tenant: "oefening", Name: "Sara Fictie", Roles: []string{"desk_officer"}}
	admin := loket.Actor{Tenant: "oefening", ID: "admin"}
	invite := func(person string) string {
		t.Helper()
		code, err := h.Invite(t.Context(), admin, person)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	accept := func(code string) (*httptest.ResponseRecorder, error) {
		w := httptest.NewRecorder()
		return w, h.Accept(w, httptest.NewRequest(http.MethodPost, "/uitnodiging", nil), "oefening", code)
	}
	other, astray, good := invite("p3"), invite("p1"), invite("p1")
	if _, err := accept(astray); err == nil {
		t.Error("the earlier invitation still opens")
	}
	w, err := accept(good)
	if err != nil {
		t.Fatal(err)
	}
	again := httptest.NewRequest(http.MethodPost, "/uitnodiging/wachtwoord", nil)
	again.AddCookie(w.Result().Cookies()[0])
	if err := h.SetPassword(httptest.NewRecorder(), again, "oefening", "vier andere losse woorden"); err != nil {
		t.Fatal(err)
	}
	last := invite("p1")
	cookie, err := h.login(t, "mila", "vier andere losse woorden", here)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, "vier andere losse woorden", "nog vier losse zinnen hier"); err != nil {
		t.Fatal(err)
	}
	if _, err := accept(last); err == nil {
		t.Error("an invitation outlived the choice of a password")
	}
	if _, err := accept(other); err != nil {
		t.Errorf("control: %v", err)
	}
}
