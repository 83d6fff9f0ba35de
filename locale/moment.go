// SPDX-License-Identifier: EUPL-1.2

package locale

import (
	"fmt"
	"strconv"
	"time"
)

// names holds the names of days and months of one language, Sunday and January first.
type names struct {
	days, shortDays     [7]string
	months, shortMonths [12]string
	summer, winter      string // marks a time of day that came twice
}

var calendarNames = map[Lang]*names{
	NL: {
		days:        [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		shortDays:   [7]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
		months:      [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		shortMonths: [12]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
		summer:      " (zomertijd)",
		winter:      " (wintertijd)",
	},
	EN: {
		days:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		shortDays:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		months:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		shortMonths: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		summer:      " (summer time)",
		winter:      " (winter time)",
	},
}

func namesOf(lang Lang) *names {
	if n, ok := calendarNames[lang]; ok {
		return n
	}
	return calendarNames[NL]
}

// Moment is a moment for a page: "za 28 mrt 14:00". A time of day that came twice
// because the clock went back says which of the two it was. A zero time is "".
func Moment(lang Lang, t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return ShortDay(lang, t, loc) + " " + Clock(lang, t, loc)
}

// Due is the moment a term ends, for a page. Midnight reads as the end of the day that
// goes, "do 21 jan 24:00", as the sum under the clock says it: "vr 22 jan 00:00" reads as
// a day more than there is (C-07, D-05).
func Due(lang Lang, t time.Time, loc *time.Location) string {
	at := t.In(loc)
	if t.IsZero() || at.Hour() != 0 || at.Minute() != 0 || at.Second() != 0 {
		return Moment(lang, t, loc)
	}
	return ShortDay(lang, time.Date(at.Year(), at.Month(), at.Day()-1, 12, 0, 0, 0, loc), loc) + " 24:00"
}

// MomentYear is Moment with its year, for registers and old cases: "za 28 mrt 2026 14:00".
func MomentYear(lang Lang, t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d %s", ShortDay(lang, t, loc), t.In(loc).Year(), Clock(lang, t, loc))
}

// Clock is the time of day: "14:00".
func Clock(lang Lang, t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	words := t.In(loc).Format("15:04")
	if cameTwice(t, loc) {
		if t.In(loc).IsDST() {
			return words + namesOf(lang).summer
		}
		return words + namesOf(lang).winter
	}
	return words
}

// ShortDay is a day without its year: "za 28 mrt".
func ShortDay(lang Lang, t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	n, at := namesOf(lang), t.In(loc)
	return n.shortDays[at.Weekday()] + " " + strconv.Itoa(at.Day()) + " " + n.shortMonths[at.Month()-1]
}

// Day is a day in full: "zaterdag 28 maart 2026".
func Day(lang Lang, t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	n, at := namesOf(lang), t.In(loc)
	return fmt.Sprintf("%s %d %s %d", n.days[at.Weekday()], at.Day(), n.months[at.Month()-1], at.Year())
}

// cameTwice tells whether the local clock shows the time of day of t at another
// moment too, an hour before or after: it then stands an hour back there, or ahead.
func cameTwice(t time.Time, loc *time.Location) bool {
	const hour = 3600
	offset := func(t time.Time) int {
		_, seconds := t.In(loc).Zone()
		return seconds
	}
	here := offset(t)
	return offset(t.Add(time.Hour)) == here-hour || offset(t.Add(-time.Hour)) == here+hour
}
