// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// unit is what a span is counted in. The elapsed units are indifferent to the
// clock on the wall; the others count days of the calendar or the hours of the desk.
type unit int

const (
	inMinutes unit = iota
	inHours
	inDeskHours
	inWorkingDays
	inDays
	inWeeks
	inMonths
	inYears
)

// span is an amount of time as a protocol writes it: "48 hours", "1 working day".
type span struct {
	n    int
	unit unit
}

var unitNames = [...]struct {
	keyword string // singular; the plural has an s
	one     Text
	many    Text
}{
	inMinutes:     {"minute", Text{"minuut", "minute"}, Text{"minuten", "minutes"}},
	inHours:       {"hour", Text{"uur", "hour"}, Text{"uur", "hours"}},
	inDeskHours:   {"desk hour", Text{"loketuur", "desk hour"}, Text{"loketuren", "desk hours"}},
	inWorkingDays: {"working day", Text{"werkdag", "working day"}, Text{"werkdagen", "working days"}},
	inDays:        {"day", Text{"dag", "day"}, Text{"dagen", "days"}},
	inWeeks:       {"week", Text{"week", "week"}, Text{"weken", "weeks"}},
	inMonths:      {"month", Text{"maand", "month"}, Text{"maanden", "months"}},
	inYears:       {"year", Text{"jaar", "year"}, Text{"jaar", "years"}},
}

// parseSpan reads an amount and a unit in English keywords, singular or plural.
func parseSpan(text string) (span, error) {
	amount, keyword, _ := strings.Cut(strings.TrimSpace(text), " ")
	keyword = strings.Join(strings.Fields(keyword), " ")
	if n, ok := digits(amount, 1, 4); ok {
		for u, name := range unitNames {
			if keyword == name.keyword || keyword == name.keyword+"s" {
				return span{n, unit(u)}, nil
			}
		}
	}
	return span{}, fmt.Errorf("%q is geen termijn; schrijf een aantal en een eenheid: minutes, hours, desk hours, working days, days, weeks, months of years, zoals \"48 hours\"", text)
}

// elapsed tells whether the span is time that passes, not days on a calendar.
func (s span) elapsed() bool { return s.unit == inMinutes || s.unit == inHours }

func (s span) duration() time.Duration {
	if s.unit == inMinutes {
		return time.Duration(s.n) * time.Minute
	}
	return time.Duration(s.n) * time.Hour
}

// words is the span for a reader: "48 uur", "1 werkdag".
func (s span) words() Text {
	name := unitNames[s.unit].many
	if s.n == 1 {
		name = unitNames[s.unit].one
	}
	n := strconv.Itoa(s.n)
	return Text{NL: n + " " + name.NL, EN: n + " " + name.EN}
}

// DurationWords says a term as the files write it ("48 hours") in words; ok is false for a text
// that is no term.
func DurationWords(text string) (words Text, ok bool) {
	s, err := parseSpan(text)
	if err != nil {
		return Text{}, false
	}
	return s.words(), true
}
