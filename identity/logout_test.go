// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.org/loket/desk"
)

// leaver is a provider that ends sessions, and one person who logged in through it.
type leaver struct {
	*front
	*liar
	calls int
}

// enters logs mila in through the provider, which calls the session sid.
func (l *leaver) enters(t *testing.T, sid string) {
	t.Helper()
	if in, err := l.attempt(t, l.front, func(c claims) any { c["sid"] = sid; return signed(l.key, honest, c) }); !in {
		t.Fatal(err)
	}
}

// asks is a logout token as the standard has it.
func (l *leaver) asks(more claims) claims {
	now := l.clock.Now()
	l.calls++
	c := claims{"iss": l.liar.url, "aud": "desk", "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": fmt.Sprint("jti-", l.calls), "sub": "mila",
		"events": claims{logoutEvent: claims{}}}
	maps.Copy(c, more)
	for name, value := range c {
		if value == nil {
			delete(c, name)
		}
	}
	return c
}

// ends posts a token, each time from another address.
func (l *leaver) ends(raw string) error {
	l.calls++
	r := httptest.NewRequest(http.MethodPost, "/inloggen/afmelden/liar", nil)
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.1:1", l.calls/250, l.calls%250)
	return l.EndByProvider(r, "oefening", "liar", raw)
}

// open are the names of the sessions that mila has through the provider.
func (l *leaver) open(t *testing.T) int {
	t.Helper()
	all, err := l.store.SessionsOf(t.Context(), "oefening", "p1")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func newLeaver(t *testing.T) *leaver {
	f, l := liarFront(t)
	return &leaver{front: f, liar: l}
}

// OpenID Connect Back-Channel Logout 1.0 §2.6, ASVS 7.6.1: a logout token ends the sessions of
// its subject, or the one it names; only those for which this provider vouched; and once.
func TestLogoutByProvider(t *testing.T) {
	t.Parallel()
	l := newLeaver(t)
	l.enters(t, "een")
	l.enters(t, "twee")
	if _, err := l.login(t, "mila", password, here); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		what string
		more claims
		left int
	}{
		{"a session of nobody", claims{"sid": "drie"}, 3},
		{"a session of another subject", claims{"sid": "een", "sub": "bram"}, 3},
		{"one session, by its name only", claims{"sid": "een", "sub": nil}, 2},
		{"all of the subject", nil, 1},
	}
	for _, step := range steps {
		token := signed(l.key, claims{"alg": "RS256", "kid": "k", "typ": "logout+jwt"}, l.asks(step.more))
		if err := l.ends(token); err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if n := l.open(t); n != step.left {
			t.Errorf("%s: %d sessions left, not %d", step.what, n, step.left)
		}
		l.enters(t, "vier")
		if err := l.ends(token); !errors.Is(err, ErrLogout) || l.open(t) != step.left+1 {
			t.Errorf("%s: the token counted twice: %v", step.what, err)
		}
		if err := l.ends(signed(l.key, honest, l.asks(claims{"sid": "vier"}))); err != nil {
			t.Fatal(err)
		}
	}
}

// A login that is half-way ends too: whoever was logged out at the provider does not finish it.
func TestLogoutEndsHalfLogins(t *testing.T) {
	t.Parallel()
	l := newLeaver(t)
	half := []byte("half-way")
	_ = l.store.PutTicket(t.Context(), desk.Ticket{ID: half, Kind: kindSecond, Tenant: "oefening", Person: "p1", Expires: l.clock.Now().Add(time.Minute)})
	if err := l.ends(signed(l.key, honest, l.asks(nil))); err != nil {
		t.Fatal(err)
	}
	if _, there, _ := l.store.Ticket(t.Context(), half); there {
		t.Error("it goes on")
	}
}

// wrongLogouts are claims that no logout token may have.
func wrongLogouts(now time.Time, issuer string) map[string][]any {
	at := func(d time.Duration) any { return now.Add(d).Unix() }
	return map[string][]any{
		"iss":    {nil, "", issuer + "/", "https://elders.example.org", 1},
		"aud":    {nil, "", "other", []string{}, []string{"other"}, 1},
		"exp":    {nil, 0, at(-time.Second), at(-time.Hour), "tomorrow"},
		"iat":    {nil, 0, at(skew + time.Second), at(-flowKept - skew - time.Second), "now"},
		"jti":    {nil, "", 1, []string{"x"}},
		"sub":    {nil, "", 1, []string{"mila"}, claims{"id": "mila"}},
		"sid":    {"", 1, []string{"een"}, claims{}},
		"nonce":  {"", "x", 1},
		"events": {nil, "", logoutEvent, []string{logoutEvent}, claims{}, claims{"http://schemas.openid.net/event/other": claims{}}, claims{logoutEvent: nil}, claims{logoutEvent: true}, claims{logoutEvent: []string{}}},
	}
}

// OpenID Connect Back-Channel Logout 1.0 §2.6: what is not signed by the provider, or is not
// made for this, ends nothing; all get one answer. Control: after each the same token, right,
// ends the session.
func TestBrokenLogoutTokens(t *testing.T) {
	t.Parallel()
	l := newLeaver(t)
	cases := map[string]func() string{}
	for name, forge := range forgeries(l.liar) {
		cases[name] = func() string {
			raw, _ := forge(l.asks(nil)).(string)
			return raw
		}
	}
	for name, values := range wrongLogouts(l.clock.Now(), l.liar.url) {
		for i, value := range values {
			cases[fmt.Sprintf("%s %d: %v", name, i, value)] = func() string { return signed(l.key, honest, l.asks(claims{name: value})) }
		}
	}
	for _, typ := range []string{"at+jwt", "secevent+jwt", "dpop+jwt"} {
		cases["type "+typ] = func() string { return signed(l.key, claims{"alg": "RS256", "kid": "k", "typ": typ}, l.asks(nil)) }
	}
	if len(cases) < 180 {
		t.Errorf("only %d", len(cases))
	}
	l.enters(t, "een")
	for name, make := range cases {
		if err := l.ends(make()); !errors.Is(err, ErrLogout) || l.open(t) != 1 {
			t.Fatalf("%s: %v, %d sessions", name, err, l.open(t))
		}
	}
	if err := l.ends(signed(l.key, honest, l.asks(nil))); err != nil || l.open(t) != 0 {
		t.Errorf("control: %v, %d sessions", err, l.open(t))
	}
}

// A token of a login ends nothing, a logout token lets nobody in, and who guesses is slowed down.
func TestLogoutTokensAreNoLogins(t *testing.T) {
	t.Parallel()
	l := newLeaver(t)
	if in, _ := l.attempt(t, l.front, func(c claims) any {
		c["events"] = claims{logoutEvent: claims{}}
		delete(c, "nonce")
		return signed(l.key, honest, c)
	}); in {
		t.Error("a logout token let somebody in")
	}
	if err := l.EndByProvider(httptest.NewRequest(http.MethodPost, "/", nil), "oefening", "unknown", ""); !errors.Is(err, errNoProvider) {
		t.Errorf("an unknown provider: %v", err)
	}
	l.enters(t, "een")
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	for range guessesPerHour {
		_ = l.EndByProvider(r, "oefening", "liar", "x")
	}
	if err := l.EndByProvider(r, "oefening", "liar", signed(l.key, honest, l.asks(nil))); !errors.Is(err, ErrLogout) {
		t.Errorf("after ten wrong ones: %v", err)
	}
}
