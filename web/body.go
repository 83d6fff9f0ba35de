// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode"
)

// posted is a form as it arrived. Cut names the answer that was too long to read to its
// end; everything before it and the answer's beginning are here.
type posted struct {
	url.Values
	Cut string
}

// posted reads the body of a form. It never gives up on text that did arrive: a body
// that is too large is read as far as allowed and says where it was cut.
func (v *visit) posted() (posted, error) {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return posted{}, errBodyKind()
	}
	body, cut, err := readBounded(v.r.Body)
	if err != nil {
		return posted{}, err
	}
	var found posted
	if cut {
		found.Cut, body = cutShort(body)
	}
	found.Values, _ = url.ParseQuery(firstPairs(body)) // pairs that cannot be read are left out, the others stay
	for name, answers := range found.Values {
		if asTyped[name] {
			continue
		}
		for i := range answers {
			answers[i] = cleanText(answers[i])
		}
	}
	return found, nil
}

// asTyped names the fields of passwords: every character counts, also a space at the end.
var asTyped = map[string]bool{"wachtwoord": true, "nieuw": true}

// mostPairs is far more answers than any form asks, and less than the library refuses whole.
const mostPairs = 5000

// firstPairs leaves out what comes after it, so that a flood of names does not take the
// answers before it away.
func firstPairs(body string) string {
	for at, pairs := 0, 0; at < len(body); at++ {
		if body[at] != '&' {
			continue
		}
		if pairs++; pairs == mostPairs {
			return body[:at]
		}
	}
	return body
}

// readBounded reads at most keptBody bytes and lets the rest pass by, so that the sender
// gets an answer instead of a broken connection.
func readBounded(r io.Reader) (body string, cut bool, err error) {
	var raw bytes.Buffer
	raw.Grow(usualBody)
	if _, err := raw.ReadFrom(io.LimitReader(r, keptBody)); err != nil {
		return "", false, bodyFailure(err)
	}
	rest, err := io.Copy(io.Discard, r)
	if err != nil {
		return "", false, bodyFailure(err)
	}
	return raw.String(), rest > 0, nil
}

func bodyFailure(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return err
	}
	return errBodyLost()
}

// cutShort finds the answer in which a body ends and drops a half percent sign.
func cutShort(body string) (name, kept string) {
	if at := strings.LastIndexByte(body, '%'); at > len(body)-3 {
		body = body[:at]
	}
	last := body[strings.LastIndexByte(body, '&')+1:]
	name, _, _ = strings.Cut(last, "=")
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	return name, body
}

// plainText is ASCII without control characters but line end and tab: most answers are, and looking
// is quicker than mapping.
func plainText(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// cleanText makes typed text safe to keep: valid UTF-8, one kind of line end, no control
// characters, no space around it.
func cleanText(text string) string {
	if plainText(text) {
		return strings.TrimSpace(text)
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	text = strings.Map(func(c rune) rune {
		if c != '\n' && c != '\t' && unicode.IsControl(c) {
			return -1
		}
		return c
	}, text)
	return strings.TrimSpace(text)
}
