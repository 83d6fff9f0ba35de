// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/loket"
)

// publicPages are the addresses anyone can open.
var publicPages = []string{"/", "/melden", "/moet-ik-melden", "/mijn-melding", "/nergens"}

var inline = regexp.MustCompile(`(?i)\sstyle=|\son[a-z]+=|<style|<script(?:\s+defer)?>|javascript:`)

// S03, promises on content policy: nothing inline, nothing from elsewhere, nothing kept.
func TestPagesHoldToTheStrictPolicy(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, path := range publicPages {
		page := newBrowser(t, r).get(path)
		if got := page.header.Get("Content-Security-Policy"); strings.Contains(got, "unsafe") || !strings.Contains(got, "default-src 'none'") {
			t.Errorf("%s: policy %q", path, got)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := page.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if found := inline.FindString(page.body); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
		if strings.Contains(page.body, "http://") || strings.Contains(page.body, "https://") {
			t.Errorf("%s leads elsewhere", path)
		}
	}
}

// Control: the search sees what it forbids.
func TestPagesHoldToTheStrictPolicyControl(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{`<p style="color:red">`, `<a onclick="x()">`, `<script>x()</script>`, `<style>p{}</style>`, `<a href="javascript:x()">`} {
		if inline.FindString(bad) == "" {
			t.Errorf("%s passed", bad)
		}
	}
}

// Every page has the frame: language, skip link, one main, one heading, the number to call.
func TestEveryPageHasTheFrame(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, path := range publicPages {
		page := newBrowser(t, r).get(path).body
		wants(t, page, `<html lang="nl">`, `href="#inhoud"`, `<main class="loket-main loket-page" id="inhoud"`, `href="tel:0100000000"`, "010 000 00 00", "Gemeente Oefenstad", "Oefening")
		if n := strings.Count(page, "<h1 "); n != 1 {
			t.Errorf("%s has %d main headings", path, n)
		}
	}
	lacks(t, newBrowser(t, newRig(t, func(o *Options) { o.Practice = false })).get("/").body, "Oefening")
}

// S03: unknown and forbidden answer alike in every byte but the time of day.
func TestUnknownAndForbiddenAreAlike(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	show := func(err error) answer {
		w := httptest.NewRecorder()
		r.answer(route{handle: func(*visit) error { return err }})(w, httptest.NewRequest(http.MethodGet, "/zaak/x", nil))
		return answer{status: w.Code, header: w.Header(), body: w.Body.String()}
	}
	want := show(errUnknownPage())
	for name, err := range map[string]error{
		"forbidden": loket.Refuse(loket.Forbidden, "geheim detail", "secret detail"),
		"not found": loket.Refuse(loket.NotFound, "ander detail", "other detail"),
	} {
		if got := show(err); got.status != http.StatusNotFound || got.body != want.body {
			t.Errorf("%s differs: %d", name, got.status)
		}
	}
	// Control: another error is another page, so the comparison can see a difference.
	if show(loket.Refuse(loket.Conflict, "x", "x")).body == want.body {
		t.Error("a conflict looks like an unknown page")
	}
}

// Errors for readers: what, what to do, the number; the cause never leaks.
func TestErrorsSayWhatToDoAndLeakNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for code, status := range map[loket.Code]int{
		loket.Invalid: 422, loket.Conflict: 409, loket.Stopped: 422, loket.Motivation: 422, loket.Unavailable: 503,
	} {
		w := httptest.NewRecorder()
		r.answer(route{handle: func(*visit) error { return loket.Refuse(code, "De reden staat hier.", "x") }})(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if w.Code != status {
			t.Errorf("%s answers %d", code, w.Code)
		}
		wants(t, w.Body.String(), "De reden staat hier.", "010 000 00 00", "Naar de startpagina")
	}
	w := httptest.NewRecorder()
	r.answer(route{handle: func(*visit) error { return errors.New("pq: password=geheim") }})(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("an unknown error answers %d", w.Code)
	}
	wants(t, w.Body.String(), "010 000 00 00")
	lacks(t, w.Body.String(), "geheim", "pq:")
}

// A panic becomes a page; what was being handled is not on it.
func TestPanicBecomesAPage(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	w := httptest.NewRecorder()
	r.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Mila Verzonnen") })).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("answered %d", w.Code)
	}
	lacks(t, w.Body.String(), "Mila")
}

// Without a protocol there is no desk: the page says to call and to try again.
func TestNoProtocolIsUnavailable(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.Phone = "010 000 00 01" })
	r.desk.p = nil
	page := newBrowser(t, r).get("/melden")
	if page.status != http.StatusServiceUnavailable {
		t.Errorf("answered %d", page.status)
	}
	wants(t, page.body, "010 000 00 01")
}

// A form from another site is refused, in words, and nothing is sent.
func TestOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	request := httptest.NewRequest(http.MethodPost, "/melden", strings.NewReader(three(url.Values{}).Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	page := newBrowser(t, r).do(request)
	if page.status != http.StatusForbidden || len(r.desk.sent) != 0 {
		t.Errorf("answered %d, sent %d", page.status, len(r.desk.sent))
	}
	wants(t, page.body, "andere website", "010 000 00 00")
}

// ASVS 16.3.3: a form of another site leaves a line in the log, without what it held or where
// it came from; one of this site leaves none.
func TestOtherSitesAreLogged(t *testing.T) {
	t.Parallel()
	for site, want := range map[string]string{"cross-site": "form of another site", "same-origin": ""} {
		var log bytes.Buffer
		r := newRig(t, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
		request := httptest.NewRequest(http.MethodPost, "/melden", strings.NewReader(three(url.Values{}).Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", site)
		request.Header.Set("Origin", "https://elders.example.org")
		newBrowser(t, r).do(request)
		if said := log.String(); !strings.Contains(said, want) || want == "" && said != "" || strings.Contains(said, "elders") {
			t.Errorf("%s: the log says %q", site, said)
		}
	}
}

// Pages behind login send others to the login page; a logged-in person of another
// organisation is nobody here.
func TestLoginIsAskedFor(t *testing.T) {
	t.Parallel()
	called := 0
	staff := route{who: loggedIn, handle: func(v *visit) error { called++; return v.to("/") }}
	open := func(r *rig) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r.answer(staff)(w, httptest.NewRequest(http.MethodGet, "/werklijst", nil))
		return w
	}
	if got := open(newRig(t)).Header().Get("Location"); got != "/inloggen?naar=%2Fwerklijst" {
		t.Errorf("sent to %q", got)
	}
	other := loket.Actor{ID: "p9", Tenant: "elders", Roles: []string{"officer"}}
	open(newRig(t, func(o *Options) { o.Sessions = fakeSessions{&other} }))
	if called != 0 {
		t.Fatal("a person of another organisation came in")
	}
	own := loket.Actor{ID: "p1", Name: "Daan Bedacht", Tenant: fakeTenant, Roles: []string{"officer"}}
	r := newRig(t, func(o *Options) { o.Sessions = fakeSessions{&own} })
	open(r)
	if called != 1 {
		t.Fatal("an own person did not come in")
	}
	home := newBrowser(t, r).get("/").body
	wants(t, home, "Daan Bedacht", "Werklijst", "Uitloggen")
	lacks(t, home, "/register\"")
}

// R-R-27: nl is the language, en the second one; the choice is kept and the page stays.
func TestLanguageSwitch(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, newRig(t))
	page := b.follow(b.get("/melden?taal=en"))
	wants(t, page.body, `<html lang="en">`, "Report an event", "Send now", `hreflang="nl"`)
	wants(t, b.follow(b.get("/melden?taal=nl")).body, `<html lang="nl">`, "Meld een voorval")
	if got := b.get("//elders.example.org/?taal=en").header.Get("Location"); strings.HasPrefix(got, "//") {
		t.Errorf("leaves the desk: %q", got)
	}
}

// Cookies on https carry the strictest prefix; on the http demo they cannot.
func TestCookiesAreStrict(t *testing.T) {
	t.Parallel()
	secure := newBrowser(t, newRig(t, func(o *Options) { o.Secure = true }))
	page := secure.post("/melden/concept", url.Values{"organisation": {"Alfa"}})
	got := page.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-loket-concept=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q lacks %s", got, part)
		}
	}
	if page.header.Get("Strict-Transport-Security") == "" {
		t.Error("https is not pinned")
	}
	plain := newBrowser(t, newRig(t)).post("/melden/concept", url.Values{"organisation": {"Alfa"}})
	if got := plain.header.Get("Set-Cookie"); !strings.HasPrefix(got, "loket-concept=") || strings.Contains(got, "Secure") {
		t.Errorf("the demo sets %q", got)
	}
}
