// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
)

// places keeps origins as the real store does.
type places struct{ kept map[string]desk.Origin }

func (p *places) AddOrigin(_ context.Context, o desk.Origin) (bool, error) {
	_, there := p.kept[o.Tenant+"/"+o.Mark]
	if !there {
		p.kept[o.Tenant+"/"+o.Mark] = o
	}
	return !there, nil
}

func (p *places) TouchOrigin(_ context.Context, tenant, mark string, last time.Time) (bool, error) {
	o, there := p.kept[tenant+"/"+mark]
	if there {
		o.Last = last
		p.kept[tenant+"/"+mark] = o
	}
	return there, nil
}

func (p *places) OldOrigins(_ context.Context, before time.Time, _ int) (out []desk.Origin, _ error) {
	for _, o := range p.kept {
		if o.Last.Before(before) {
			out = append(out, o)
		}
	}
	return out, nil
}

func (p *places) DropOrigin(_ context.Context, tenant, mark string) error {
	delete(p.kept, tenant+"/"+mark)
	return nil
}

func (v *vault) Index(tenant, fact, value string) []byte {
	mac := hmac.New(sha256.New, []byte("key of "+tenant))
	mac.Write([]byte(fact + "\x00" + value))
	return mac.Sum(nil)
}

const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	chrome  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
	edge    = chrome + " Edg/141.0.0.0"
	iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)

// AVG 5(1)(c), BIO2 8.15.01: of an address the network is kept, of a browser its kind. Control:
// other networks and kinds are told apart.
func TestWhereaboutsAreCoarse(t *testing.T) {
	t.Parallel()
	seen := map[desk.Whereabouts]bool{}
	for _, c := range []struct{ remote, agent, network, device string }{
		{"192.0.2.77:4000", firefox, "192.0.2.0/24", "Firefox, Linux"},
		{"198.51.100.1:1", chrome, "198.51.100.0/24", "Chrome, Windows"},
		{"[2001:db8:1:2:3:4:5:6]:1", edge, "2001:db8:1::/48", "Edge, Windows"},
		{"[::ffff:192.0.2.9]:1", iphone, "192.0.2.0/24", "Safari, iPhone"},
		{"[fe80::1%eth0]:1", "curl/8.0 Mila Verzonnen", "fe80::/48", ""},
		{"odd", "", "", ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		r.Header.Set("User-Agent", c.agent)
		got := whereabouts(r)
		if got != (desk.Whereabouts{Network: c.network, Device: c.device}) {
			t.Errorf("%s %q: %+v", c.remote, c.agent, got)
		}
		seen[got] = true
	}
	if len(seen) != 6 {
		t.Error("control: places that differ look alike")
	}
}

// placed is a house that keeps from where people come, and what it notes about ways in.
type placed struct {
	house
	places *places
	vault  *vault
	noted  *[]string // what, outcome, via
}

func openPlaced(t *testing.T) placed {
	h := placed{open(t, false), &places{kept: map[string]desk.Origin{}}, &vault{}, &[]string{}}
	h.Origins = &Origins{Store: h.places, Sealer: h.vault, Clock: h.clock, Log: slog.New(slog.DiscardHandler)}
	h.Note = func(ctx context.Context, tenant, person, what, outcome string) {
		*h.noted = append(*h.noted, fmt.Sprint(what, " ", outcome, " ", desk.Via(ctx, desk.LedgerEntry{Tenant: tenant, Actor: person})))
	}
	return h
}

// comes logs in from an address with a browser, and gives the mark of what is done then.
func (h placed) comes(t *testing.T, remote, agent string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/inloggen", nil)
	r.RemoteAddr = remote
	r.Header.Set("User-Agent", agent)
	w := httptest.NewRecorder()
	if err := h.Login(w, r, "oefening", "mila", password); err != nil {
		t.Fatal(err)
	}
	r.AddCookie(w.Result().Cookies()[0])
	who, _ := h.Actor(r)
	return who.Via
}

// BIO2 8.15.01, NEN 7513, ASVS 16.2.1: what somebody does carries a mark of the login and of the
// place; logins from one place share the place. No address lies readable anywhere. Control:
// without it there is no mark.
func TestFromWhereIsMarked(t *testing.T) {
	t.Parallel()
	h := openPlaced(t)
	one, two, other := h.comes(t, "192.0.2.7:1", firefox), h.comes(t, "192.0.2.8:1", firefox), h.comes(t, "198.51.100.7:1", firefox)
	_, place, _ := strings.Cut(one, ".")
	if one == two || one == other || len(place) != 16 || !strings.HasSuffix(two, "."+place) || strings.HasSuffix(other, place) {
		t.Errorf("marks %q, %q and %q", one, two, other)
	}
	if !slices.Contains(*h.noted, "login done "+one) {
		t.Errorf("the login itself has no mark: %q", *h.noted)
	}
	if _, err := h.login(t, "mila", "fout", "192.0.2.9:1"); err == nil || !strings.HasPrefix((*h.noted)[len(*h.noted)-1], "login refused ") || strings.Contains((*h.noted)[len(*h.noted)-1], ".") {
		t.Errorf("a wrong guess is not marked: %q", *h.noted)
	}
	kept := fmt.Sprintf("%q", h.places.kept)
	if len(h.places.kept) != 3 || strings.Contains(kept, "192.0.2") || strings.Contains(kept, "Firefox") {
		t.Errorf("kept %s", kept)
	}
	o := h.places.kept["oefening/"+place]
	plain, err := h.vault.Open(t.Context(), o.Key, desk.OriginPlace("oefening", place), o.Sealed)
	if err != nil || string(plain) != `{"network":"192.0.2.0/24","device":"Firefox, Linux"}` {
		t.Errorf("the mark stands for %s, %v", plain, err)
	}
	if elders := h.Origins.Mark(httptest.NewRequest(http.MethodGet, "/", nil), "elders"); elders == h.Origins.Mark(httptest.NewRequest(http.MethodGet, "/", nil), "oefening") {
		t.Error("two organisations can compare marks")
	}
	h.Origins = nil
	if bare := h.comes(t, "192.0.2.7:1", firefox); bare != "" {
		t.Errorf("control: %q", bare)
	}
}

// AVG 5(1)(e): five years after the last time it is forgotten what a mark stands for, and its
// key with it. Control: a day before it is not.
func TestPlacesAreForgotten(t *testing.T) {
	t.Parallel()
	h := openPlaced(t)
	_, place, _ := strings.Cut(h.comes(t, "192.0.2.7:1", firefox), ".")
	o := h.places.kept["oefening/"+place]
	h.clock.move(OriginKept - 24*time.Hour)
	if err := h.Purge(t.Context()); err != nil || len(h.places.kept) != 1 {
		t.Fatalf("forgot too early: %v", err)
	}
	h.clock.move(25 * time.Hour)
	if err := h.Purge(t.Context()); err != nil || len(h.places.kept) != 0 {
		t.Fatalf("still there: %v", err)
	}
	if _, err := h.vault.Open(t.Context(), o.Key, desk.OriginPlace("oefening", place), o.Sealed); err == nil {
		t.Error("its key is still there")
	}
}
