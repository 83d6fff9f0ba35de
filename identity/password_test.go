// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// S11 ASVS 11.4.2: Argon2id with OWASP's settings; the dummy costs what a real one costs.
func TestPasswords(t *testing.T) {
	t.Parallel()
	p := NewPasswords(1)
	hash, err := p.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", hash)
	}
	for _, c := range []struct {
		hash, password string
		want           bool
	}{{hash, password, true}, {hash, password + " ", false}, {"", password, false}, {"", "", false}} {
		if got, err := p.Verify(t.Context(), c.hash, c.password); got != c.want || err != nil {
			t.Errorf("%q: %v, %v", c.password, got, err)
		}
	}
	dummy, _, _, err := readHash(p.dummy)
	if err != nil || dummy != usual {
		t.Errorf("dummy costs %+v, %v", dummy, err)
	}
	if again, _ := p.Hash(t.Context(), password); again == hash {
		t.Error("two hashes share their salt")
	}
}

// A damaged hash is an error and never opens anything, nor eats all memory.
func TestDamagedHash(t *testing.T) {
	t.Parallel()
	p := newPasswords(1, cheap)
	for _, hash := range []string{
		"x", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=99999999,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=0,p=1$AAAA$AAAA", "$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=8,t=1,p=0$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1$!$AAAA",
	} {
		if ok, err := p.Verify(t.Context(), hash, password); ok || err == nil {
			t.Errorf("%s: %v, %v", hash, ok, err)
		}
	}
}

// Logins wait for their turn, and somebody who left is not waited for.
func TestTogether(t *testing.T) {
	t.Parallel()
	p := newPasswords(1, cheap)
	p.slots <- struct{}{} // somebody else is at it
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Verify(ctx, "", password); err == nil {
		t.Error("two hashes at once")
	}
	if _, err := p.Hash(ctx, password); err == nil {
		t.Error("two hashes at once")
	}
}

// S11: a source is an address, or the network of one subscriber.
func TestSource(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]string{
		"192.0.2.1:5":               "192.0.2.1",
		"[::ffff:192.0.2.1]:5":      "192.0.2.1",
		"[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64",
		"[2001:db8:1:2::9]:81":      "2001:db8:1:2::/64",
		"pipe":                      "pipe",
		"name:1":                    "name",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = remote
		if got := Source(r); got != want {
			t.Errorf("%s is %s", remote, got)
		}
	}
}
