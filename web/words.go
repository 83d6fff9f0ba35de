// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strconv"
	"time"

	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// sourceWords names the document and the place in it.
func (v *reader) sourceWords(source protocol.Source) string {
	if document := v.protocol.About.Document; document != "" {
		return document + ", " + source.At
	}
	return source.At
}

// sourceID is the place of a citation in the chapter of sources.
func sourceID(at string) string { return htmlID("bron", at) }

// sourceLink leads to the words of a citation.
func sourceLink(at string) string { return "/protocol/" + partSources + "#" + sourceID(at) }

// sendText says what sending gives, in the words of the protocol when it has them.
func (v *visit) sendText() string {
	if text := v.P(v.protocol.Text("receipt_notice")); text != "" {
		return text
	}
	return v.T("report.send_text")
}

// hourOf is the time of day: "22:00".
func (v *reader) hourOf(t time.Time) string { return locale.Clock(v.lang, t, v.zone()) }

// labels gives the questions that belong to fact ids; an id that names no question, such
// as a label, stays as it is.
func (v *reader) labels(ids []string) []string {
	words := make([]string, 0, len(ids))
	for _, id := range ids {
		word := id
		if fact := v.protocol.Fact(id); fact != nil && v.P(fact.Title) != "" {
			word = v.P(fact.Title)
		}
		words = append(words, word)
	}
	return words
}

// clockResult says whether a report that was received came in time.
func (v *visit) clockResult(c *clockView) string {
	switch c.State {
	case protocol.ClockMet:
		return v.T("report.in_time")
	case protocol.ClockMetLate, protocol.ClockLate:
		return v.T("report.too_late")
	case protocol.ClockMetPossiblyLate, protocol.ClockPossiblyLate:
		return v.T("report.possibly_late")
	}
	return ""
}

// itoa and atoi are for numbers in addresses; what is no number is 0.
func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
