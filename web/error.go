// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.org/loket"
)

// failure is an error that a page itself found: a status and the keys of its words.
type failure struct {
	status int
	words  string        // error.<words>.title and error.<words>.text
	wait   time.Duration // before it makes sense to try again; zero: not known
}

func (f *failure) Error() string { return "web: " + f.words }

func errUnknownPage() error { return &failure{status: http.StatusNotFound, words: "unknown"} }
func errOtherSite() error   { return &failure{status: http.StatusForbidden, words: "other_site"} }
func errBodyKind() error {
	return &failure{status: http.StatusUnsupportedMediaType, words: "body_kind"}
}
func errBodyLost() error { return &failure{status: http.StatusBadRequest, words: "body_lost"} }

// statuses gives the answer for each code. Forbidden and unknown are alike in every byte.
var statuses = map[loket.Code]failure{
	loket.Invalid:     {status: http.StatusUnprocessableEntity, words: "invalid"},
	loket.Forbidden:   {status: http.StatusNotFound, words: "unknown"},
	loket.NotFound:    {status: http.StatusNotFound, words: "unknown"},
	loket.Conflict:    {status: http.StatusConflict, words: "conflict"},
	loket.Gone:        {status: http.StatusGone, words: "gone"},
	loket.Stopped:     {status: http.StatusUnprocessableEntity, words: "stopped"},
	loket.Motivation:  {status: http.StatusUnprocessableEntity, words: "motivation"},
	loket.Unavailable: {status: http.StatusServiceUnavailable, words: "unavailable"},
	loket.Internal:    {status: http.StatusInternalServerError, words: "internal"},
}

// fail answers with an error page: what happened, what to do, and the desk's number.
func (v *visit) fail(err error) error {
	found, detail := v.explain(err)
	v.retryAfter(err)
	v.nav = ""
	return v.show(found.status, v.T("error."+found.words+".title"), errorPage(v, found.words, detail))
}

// explain finds the words for an error. Only an error made for readers adds a detail.
func (v *reader) explain(err error) (failure, string) {
	if own, ok := errors.AsType[*failure](err); ok {
		return *own, v.floodWords(err)
	}
	if said, ok := errors.AsType[*loket.Error](err); ok {
		found := statuses[said.Code]
		if found.status == 0 {
			found = statuses[loket.Internal]
		}
		if found.status == http.StatusNotFound || found.status == http.StatusInternalServerError {
			return found, ""
		}
		return found, v.P(said.Message)
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok && tooLarge != nil {
		return failure{status: http.StatusRequestEntityTooLarge, words: "too_large"}, ""
	}
	return statuses[loket.Internal], ""
}

// faultKind names the type of a panic; its text may hold what was typed.
func faultKind(fault any) string { return fmt.Sprintf("%T", fault) }
