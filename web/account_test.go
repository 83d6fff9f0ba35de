// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// endingWays takes logout tokens, and proofs before a session ends.
type endingWays struct {
	Ways
	answer error
	token  string
	proof  string
}

func (w *endingWays) EndByProvider(_ *http.Request, _, _, token string) error {
	w.token = token
	return w.answer
}

func (w *endingWays) EndOwn(_ *http.Request, _ loket.Actor, _, proof string) error {
	w.proof = proof
	return w.answer
}

func (w *endingWays) Own(*http.Request, loket.Actor) (desk.OwnAccount, error) {
	return desk.OwnAccount{Proof: desk.ProofCode, Sessions: []desk.OwnSession{{Key: "a", This: true}, {Key: "b"}}}, nil
}

func (w *endingWays) TakesPasskeys(context.Context, string) bool { return false }

// OpenID Connect Back-Channel Logout 1.0 §2.7, §2.8: done is 200, a wrong token 400, both not
// to be kept; a failure here is neither. It needs no cookie.
func TestLogoutByProviderAnswers(t *testing.T) {
	t.Parallel()
	ways := &endingWays{}
	r := newDeskRig(t, func(o *Options) { o.Ways, o.Sessions = ways, fakeSessions{} })
	for _, c := range []struct {
		answer error
		status int
	}{{nil, http.StatusOK}, {loket.Refuse(loket.Invalid, "x", "x"), http.StatusBadRequest}, {loket.Refuse(loket.Unavailable, "x", "x"), http.StatusServiceUnavailable}, {errors.New("broken"), http.StatusInternalServerError}} {
		ways.answer = c.answer
		got := r.post("/inloggen/afmelden/huis", url.Values{"logout_token": {"a.b.c"}})
		if got.status != c.status || got.header.Get("Cache-Control") != "no-store" || ways.token != "a.b.c" {
			t.Errorf("%v: %d %v", c.answer, got.status, got.header)
		}
	}
}

// ASVS 7.5.2: ending a session asks a proof, and says so when it is wrong.
func TestEndingSessionsAsksProof(t *testing.T) {
	t.Parallel()
	ways := &endingWays{answer: loket.Refuse(loket.Invalid, "Deze code klopt niet.", "x")}
	r := newDeskRig(t, func(o *Options) { o.Ways = ways })
	wants(t, r.get("/account").body, `name="bewijs"`, "one-time-code")
	got := r.post("/account/sessies", url.Values{"sessie": {"b"}, "bewijs": {"123456"}})
	if got.status != http.StatusUnprocessableEntity || ways.proof != "123456" {
		t.Errorf("%d, %q", got.status, ways.proof)
	}
	wants(t, got.body, "Deze code klopt niet.")
	lacks(t, got.body, "123456")
}
