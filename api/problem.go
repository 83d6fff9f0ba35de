// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.org/loket"
)

// problem is an error as a machine and its owner read it: problem details (RFC 9457).
type problem struct {
	status int
	words  string // api.<words>.title and api.<words>.detail
	detail string // in place of that detail
	wait   time.Duration
	faults []fault
}

// fault is one thing that is wrong with what was sent.
type fault struct {
	In      string `json:"in"`      // body, query or header
	Pointer string `json:"pointer"` // JSON pointer into the body, or the name of the parameter
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

// details is how a problem is written. The phone number is for people: a machine that can
// not report is a report that must be made otherwise.
type details struct {
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail"`
	Code   string  `json:"code"`
	Phone  string  `json:"telefoon,omitempty"`
	Errors []fault `json:"errors,omitempty"`
}

func (p *problem) Error() string { return "api: " + p.words }

var errKey = &problem{status: http.StatusUnauthorized, words: "key"}

func errUnknown() error { return &problem{status: http.StatusNotFound, words: "unknown"} }

func errInput(faults ...fault) error {
	return &problem{status: http.StatusBadRequest, words: "input", faults: faults}
}

// unavailable keeps the cause for the log.
func unavailable(cause error) error {
	return errors.Join(&problem{status: http.StatusServiceUnavailable, words: "unavailable"}, cause)
}

// problems gives the answer for each code of the desk. Unknown and forbidden are alike.
var problems = map[loket.Code]problem{
	loket.Invalid:     {status: http.StatusBadRequest, words: "input"},
	loket.Stopped:     {status: http.StatusBadRequest, words: "input"},
	loket.Motivation:  {status: http.StatusBadRequest, words: "input"},
	loket.Forbidden:   {status: http.StatusNotFound, words: "unknown"},
	loket.NotFound:    {status: http.StatusNotFound, words: "unknown"},
	loket.Gone:        {status: http.StatusNotFound, words: "unknown"},
	loket.Conflict:    {status: http.StatusConflict, words: "conflict"},
	loket.Unavailable: {status: http.StatusServiceUnavailable, words: "unavailable"},
	loket.Internal:    {status: http.StatusInternalServerError, words: "internal"},
}

// problemOf finds the problem in an error; what is not meant for readers stays inside.
func (c *call) problemOf(err error) problem {
	if own, ok := errors.AsType[*problem](err); ok {
		return *own
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return problem{status: http.StatusRequestEntityTooLarge, words: "too_large"}
	}
	found := problems[loket.ErrorCode(err)]
	if said, ok := errors.AsType[*loket.Error](err); ok && found.status != http.StatusNotFound && found.status < http.StatusInternalServerError {
		found.detail = c.P(said.Message)
	}
	return found
}

// refuse answers with a problem.
func (c *call) refuse(err error) {
	found := c.problemOf(err)
	if found.status >= http.StatusInternalServerError {
		c.Log.Error("api failed", "method", c.r.Method, "pattern", c.r.Pattern, "error", err)
	}
	if found.status == http.StatusUnauthorized {
		c.w.Header().Set("WWW-Authenticate", `Bearer realm="loket"`)
	}
	c.retryAfter(found.wait)
	said := details{Title: c.T("api." + found.words + ".title"), Status: found.status, Detail: found.detail, Code: found.words, Phone: c.phone(), Errors: found.faults}
	if said.Detail == "" {
		said.Detail = c.T("api." + found.words + ".detail")
	}
	c.write(found.status, "application/problem+json", said)
}

// write answers with JSON, made whole before any of it is sent.
func (c *call) write(status int, kind string, what any) {
	text, err := json.Marshal(what)
	if err != nil {
		c.Log.Error("api answer not made", "pattern", c.r.Pattern, "error", err.Error())
		status, kind, text = http.StatusInternalServerError, "application/problem+json", []byte(`{"status":500,"title":"internal","detail":"internal","code":"internal"}`)
	}
	c.w.Header().Set("Content-Type", kind)
	c.w.Header().Set("Cache-Control", "no-store")
	c.w.WriteHeader(status)
	_, _ = c.w.Write(append(text, '\n')) // who went away gets no answer
}

// recovered turns a panic into a problem; its text may hold what was sent, so it is not logged.
func (c *call) recovered() {
	what := recover()
	if what == nil {
		return
	}
	if what == http.ErrAbortHandler {
		panic(what)
	}
	c.Log.Error("api panicked", "pattern", c.r.Pattern, "fault", fmt.Sprintf("%T", what))
	c.refuse(&problem{status: http.StatusInternalServerError, words: "internal"})
}
