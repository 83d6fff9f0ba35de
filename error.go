// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"errors"

	"example.org/loket/protocol"
)

// Code says what kind of error it is; the web answers with one status per code.
type Code string

// Codes of errors that a person can do something about. Anything else is Internal and
// its text never reaches a reader.
const (
	Invalid     Code = "invalid"     // 422: an answer cannot be taken
	Forbidden   Code = "forbidden"   // 404 to the outside: unknown and forbidden answer alike
	NotFound    Code = "not_found"   // 404
	Gone        Code = "gone"        // 410: it was destroyed; only that it was there is known
	Conflict    Code = "conflict"    // 409: somebody else changed it first
	Stopped     Code = "stopped"     // 422: a hard stop (R-I-05)
	Motivation  Code = "motivation"  // 422: this needs a reason
	Unavailable Code = "unavailable" // 503: call the desk
	Internal    Code = "internal"    // 500
)

// Error is an error in the reader's words: what, where, and what to do.
type Error struct {
	Code    Code
	Message protocol.Text
	Fields  []protocol.AnswerError
}

// Error gives the Dutch text.
func (e *Error) Error() string { return e.Message.NL }

// ErrorCode finds the code of err; Internal for any error that is not an *Error.
func ErrorCode(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Refuse makes an Error.
func Refuse(code Code, nl, en string) *Error {
	return &Error{Code: code, Message: protocol.Text{NL: nl, EN: en}}
}
