// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"strconv"
	"time"

	"example.org/loket/locale"
)

// Names of cookies. Each holds a random key or a language; none holds an answer.
const (
	languageCookie = "taal"
	draftCookie    = "concept"
	receiptCookie  = "ontvangst"
	reporterCookie = "melder"
)

// cookieName puts the name under the browser's strictest rule when the desk is on https.
func (s *Server) cookieName(name string) string {
	if s.secure {
		return "__Host-loket-" + name
	}
	return "loket-" + name
}

// cookie reads one of our cookies; empty when there is none.
func (v *visit) cookie(name string) string {
	if c, err := v.r.Cookie(v.cookieName(name)); err == nil {
		return c.Value
	}
	return ""
}

// setCookie keeps value in the browser for a while; an empty value removes the cookie.
func (v *visit) setCookie(name, value string, kept time.Duration) {
	c := &http.Cookie{
		Name: v.cookieName(name), Value: value, Path: "/", MaxAge: int(kept / time.Second),
		Secure: v.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.w, c)
}

// chooseLanguage remembers ?taal= and goes on to the same page without it.
func (v *visit) chooseLanguage() error {
	query := v.r.URL.Query()
	v.setCookie(languageCookie, string(locale.Of(query.Get("taal"))), staticKept)
	query.Del("taal")
	target := *v.r.URL
	target.Scheme, target.Host, target.RawQuery = "", "", query.Encode()
	if len(target.Path) > 1 && target.Path[1] == '/' {
		return errUnknownPage() // "//elsewhere" would leave this desk
	}
	return v.to(target.String())
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }
