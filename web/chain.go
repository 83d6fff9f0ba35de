// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"maps"
	"net/http"

	"example.org/loket"
	"example.org/loket/locale"
)

// policy is the content security policy: everything from this address, nothing inline,
// nothing from anybody else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// chain puts the layers around the pages, from the outside in: answer in gzip, headers,
// panics, other sites, size, address.
func (s *Server) chain() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /static/{name}", s.static)
	mux.HandleFunc("GET /.well-known/security.txt", s.securityText)
	for _, route := range routes() {
		mux.HandleFunc(route.pattern, s.answer(route))
	}
	mux.HandleFunc("/", s.answer(route{handle: func(*visit) error { return errUnknownPage() }}))

	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(s.answer(route{handle: func(v *visit) error {
		v.log.Warn("a form of another site was refused", "method", v.r.Method, "from", siteKind(v.r))
		return errOtherSite()
	}}))
	return s.Headers(gzipped(s.recovered(origin.Handler(s.oneByOne(http.MaxBytesHandler(mux, heardBody))))))
}

// siteKind is what a browser says of where a request comes from, as one of its own words.
func siteKind(r *http.Request) string {
	if said := r.Header.Get("Sec-Fetch-Site"); said == "cross-site" || said == "same-site" {
		return said
	}
	return "another origin"
}

// carried are the headers of every answer. A page may hold answers about people, so nothing
// but the static files is kept by a browser or a proxy.
var carried = map[string][]string{
	"Content-Security-Policy":      {policy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=()"},
	"X-Frame-Options":              {"DENY"},    // for browsers that do not know frame-ancestors
	"X-Robots-Tag":                 {"noindex"}, // a desk is no place to be found by what is on it
	"Cache-Control":                {"no-store"},
}

// Headers sets what every answer carries, also one that another part of the program gives. The
// values are shared: a handler that sets its own takes their place, and cannot change them.
func (s *Server) Headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		maps.Copy(h, carried)
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into the page for internal errors. The log names the kind of
// fault, never what was typed.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if fault := recover(); fault != nil {
				if fault == http.ErrAbortHandler {
					panic(fault)
				}
				s.log.Error("page panicked", "pattern", r.Pattern, "fault", faultKind(fault))
				v := &visit{&reader{Server: s, w: w, r: r, lang: locale.NL, now: s.clock.Now()}}
				_ = v.fail(loket.Refuse(loket.Internal, "", ""))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// answer makes the visit, lets in who may come, and turns an error into a page.
func (s *Server) answer(route route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.noDesk(w, r), error(nil)
		if route.who != nobody {
			v, err = s.visit(w, r)
		}
		switch {
		case err != nil:
		case r.Method == http.MethodGet && r.URL.Query().Has("taal"):
			err = v.chooseLanguage()
		case route.who == loggedIn && !v.known:
			err = v.loginFirst()
		default:
			if err = v.mayRead(route.reads()); err == nil {
				err = route.handle(v)
			}
		}
		if err != nil {
			s.logFailure(r, err)
			v.turnedAway(route, err)
			if err := v.fail(err); err != nil {
				s.log.Error("error page failed", "pattern", r.Pattern, "error", err)
			}
		}
	}
}

// RefusalLog hears of a page that somebody who is logged in was refused.
type RefusalLog interface {
	TurnedAway(ctx context.Context, by loket.Actor, page string) error
}

// turnedAway enters a refusal in the log, whichever layer found the reason. An address that no
// page has says nothing of anybody.
func (v *visit) turnedAway(route route, err error) {
	log, ok := v.service.(RefusalLog)
	if found, _ := v.explain(err); !ok || !v.known || route.pattern == "" || found.status != http.StatusNotFound {
		return
	}
	if err := log.TurnedAway(v.r.Context(), v.actor, route.pattern); err != nil {
		v.log.Error("refusal not entered in the log", "pattern", route.pattern, "error", err.Error())
	}
}

// logFailure logs what the reader never sees: the cause of an internal error.
func (s *Server) logFailure(r *http.Request, err error) {
	if own, ok := errors.AsType[*failure](err); ok && own.status < http.StatusInternalServerError {
		return
	}
	if code := loket.ErrorCode(err); code == loket.Internal || code == loket.Unavailable {
		s.log.Error("page failed", "method", r.Method, "pattern", r.Pattern, "error", err)
	}
}
