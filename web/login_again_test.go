// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// R-I-04: a session that ended while somebody typed takes no words away. The form comes back
// as it was, without passwords, and nothing is done with it; a script in the background and a
// form without words are led to the login page.
func TestTextSurvivesAnEndedSession(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	done := 0
	staff := route{who: loggedIn, handle: func(v *visit) error { done++; return v.to("/") }}
	post := func(mode string, typed url.Values) *httptest.ResponseRecorder {
		w, req := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/zaak/z1/notitie?rij=a&b=c", strings.NewReader(typed.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Mode", mode)
		r.answer(staff)(w, req)
		return w
	}
	typed := url.Values{"tekst": {"Eerste regel.\nTweede <regel>."}, "keuze": {"a", "b"}, "sleutel": {"k1"}, "wachtwoord": {"dit is geheim"}}
	for _, mode := range []string{"navigate", ""} {
		got := post(mode, typed)
		body := got.Body.String()
		wants(t, body, `action="/zaak/z1/notitie?rij=a&amp;b=c"`, `name="tekst" value="Eerste regel.`+"\n"+`Tweede &lt;regel&gt;."`, `name="keuze" value="a"`, `name="keuze" value="b"`, `name="sleutel" value="k1"`, "U bent niet meer ingelogd")
		if got.Code != http.StatusUnauthorized || strings.Contains(body, "geheim") {
			t.Errorf("%q: status %d, or a password in the page", mode, got.Code)
		}
	}
	for mode, typed := range map[string]url.Values{"cors": typed, "navigate": {"stap": {"a"}}} {
		if got := post(mode, typed); !strings.HasPrefix(got.Header().Get("Location"), "/inloggen") {
			t.Errorf("%s: status %d to %q", mode, got.Code, got.Header().Get("Location"))
		}
	}
	if done != 0 {
		t.Error("a form of nobody was done")
	}
}
