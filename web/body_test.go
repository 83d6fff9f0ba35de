// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Issue 2, bad input: a flood of names loses no typed text. Control: the library alone gives
// up on the whole body.
func TestManyNamesLoseNoText(t *testing.T) {
	t.Parallel()
	body := "description=getypt" + strings.Repeat("&f=1", 100_000)
	if kept, err := url.ParseQuery(firstPairs(body)); err != nil || kept.Get("description") != "getypt" {
		t.Errorf("lost: %v %v", kept.Get("description"), err)
	}
	if _, err := url.ParseQuery(body); err == nil {
		t.Error("control: the library reads any number of names, the limit is not needed")
	}
	if short := "a=1&b=2"; firstPairs(short) != short {
		t.Error("a usual body is changed")
	}
}

// ASVS 6.2.8: a password arrives as it was typed, with its spaces and odd characters. Control:
// an ordinary answer is tidied.
func TestPasswordsStayAsTyped(t *testing.T) {
	t.Parallel()
	const typed = "  blauwe stoel\u0007 achter glas \r\n"
	body := url.Values{"wachtwoord": {typed}, "nieuw": {typed}, "organisation": {typed}}.Encode()
	request := httptest.NewRequest(http.MethodPost, "/inloggen", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got, err := (&visit{&reader{r: request}}).posted()
	if err != nil || got.Get("wachtwoord") != typed || got.Get("nieuw") != typed {
		t.Errorf("%v: %q %q", err, got.Get("wachtwoord"), got.Get("nieuw"))
	}
	if tidy := got.Get("organisation"); tidy != "blauwe stoel achter glas" {
		t.Errorf("control: %q", tidy)
	}
}
