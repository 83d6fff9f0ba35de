// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"
	"time"

	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// day is a day in full, as a heading: "Zaterdag 28 maart 2026".
func (v *reader) day(t time.Time) string {
	words := locale.Day(v.lang, t, v.zone())
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// until is a running clock in words; the sentence ends where the reader looks first.
func (v *reader) until(t time.Time) string { return locale.Until(v.lang, v.now, t) }

// stamp is a moment for the datetime attribute.
func (v *reader) stamp(t time.Time) string { return v.local(t).Format(time.RFC3339) }

// sameDay tells whether two moments fall on one local day.
func (v *reader) sameDay(a, b time.Time) bool {
	const day = "2006-01-02"
	return v.local(a).Format(day) == v.local(b).Format(day)
}

// sentence joins the parts that say something: "2026-0047 · Calamiteit · Alfa".
func sentence(separator string, parts ...string) string {
	var said []string
	for _, part := range parts {
		if strings.TrimSpace(part) != "" {
			said = append(said, part)
		}
	}
	joined := strings.Join(said, separator)
	if separator == ": " { // a label that asks needs no colon
		joined = strings.ReplaceAll(joined, "?: ", "? ")
	}
	return joined
}

// roleTitle is the name of a role for a reader; roles the protocol does not know are
// shown as they were recorded.
func (v *reader) roleTitle(p *protocol.Protocol, id string) string {
	if p != nil {
		for i := range p.Roles {
			if p.Roles[i].ID == id {
				return v.P(p.Roles[i].Title)
			}
		}
	}
	return id
}

// word is a text of the product chosen by a value, such as a state. A value without a
// text of its own is shown as it is rather than lost.
func (v *reader) word(area, value string) string {
	if value == "" {
		return ""
	}
	if key := area + "." + value; locale.Has(key) {
		return v.T(key)
	}
	return value
}

// htmlID makes an identifier that fits an id attribute and a link to it.
func htmlID(prefix, value string) string {
	return prefix + "-" + strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
			return c
		}
		return '-'
	}, value)
}
