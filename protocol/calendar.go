// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // clocks must be right on a machine without zone files (R08)
)

// Holiday is a day that is not a working day.
type Holiday struct {
	Date time.Time // 00:00 local
	Rule string    // name of the rule; empty for a date of Calendar.Extra
	Name Text
}

// holidayRule finds the day of a rule in a year. Days around Easter are counted
// from it; the others stand on a date. requirements §10, R08.
type holidayRule struct {
	name   string
	words  Text
	easter bool
	month  time.Month
	day    int // of the month, or days after Easter Sunday
}

var holidayRules = []holidayRule{
	{name: "new_year", words: Text{NL: "Nieuwjaarsdag", EN: "New Year's Day"}, month: time.January, day: 1},
	{name: "good_friday", words: Text{NL: "Goede Vrijdag", EN: "Good Friday"}, easter: true, day: -2},
	{name: "easter_monday", words: Text{NL: "tweede paasdag", EN: "Easter Monday"}, easter: true, day: 1},
	{name: "kings_day", words: Text{NL: "Koningsdag", EN: "King's Day"}, month: time.April, day: 27},
	{name: "liberation_day", words: Text{NL: "Bevrijdingsdag", EN: "Liberation Day"}, month: time.May, day: 5},
	{name: "ascension", words: Text{NL: "Hemelvaartsdag", EN: "Ascension Day"}, easter: true, day: 39},
	{name: "whit_monday", words: Text{NL: "tweede pinksterdag", EN: "Whit Monday"}, easter: true, day: 50},
	{name: "christmas", words: Text{NL: "eerste kerstdag", EN: "Christmas Day"}, month: time.December, day: 25},
	{name: "boxing_day", words: Text{NL: "tweede kerstdag", EN: "Boxing Day"}, month: time.December, day: 26},
}

var extraHoliday = Text{NL: "een vrije dag van de organisatie", EN: "a day off of the organisation"}

// knownHoliday tells whether a calendar may name this rule.
func knownHoliday(name string) bool {
	return slices.ContainsFunc(holidayRules, func(r holidayRule) bool { return r.name == name })
}

// in is the day of the rule in a year. King's Day moves to Saturday when it would
// fall on a Sunday.
func (r *holidayRule) in(year int) civil {
	if r.easter {
		return easter(year).add(r.day)
	}
	day := civil{year, r.month, r.day}
	if r.name == "kings_day" && day.weekday() == time.Sunday {
		return day.add(-1)
	}
	return day
}

// mayBe spares most days the reckoning of Easter: its days lie between 20 March, the
// earliest Good Friday, and 14 June, the latest Whit Monday.
func (r *holidayRule) mayBe(day civil) bool {
	if r.easter {
		return day.month >= time.March && day.month <= time.June
	}
	return day.month == r.month
}

// easter is Easter Sunday of a year in the Gregorian calendar, by the method that
// was first printed in Nature, 20 April 1876.
func easter(year int) civil {
	century, rest := year/100, year%100
	golden := year % 19
	leaps := century - century/4 - (century-(century+8)/25+1)/3
	moon := (19*golden + leaps + 15) % 30
	sunday := (32 + 2*(century%4) + 2*(rest/4) - moon - rest%4) % 7
	shift := (golden + 11*moon + 22*sunday) / 451
	n := moon + sunday - 7*shift + 114
	return civil{year, time.Month(n / 31), n%31 + 1}
}

// Holidays lists the days of a year that are not working days although they may
// fall on a weekday, in order.
func (p *Protocol) Holidays(year int) []Holiday {
	var days []Holiday
	for i := range holidayRules {
		if rule := &holidayRules[i]; slices.Contains(p.Calendar.Holidays, rule.name) {
			days = append(days, Holiday{Date: rule.in(year).at(0, p.zone()), Rule: rule.name, Name: rule.words})
		}
	}
	for _, text := range p.Calendar.Extra {
		if day, ok := parseDay(text); ok && day.year == year {
			days = append(days, Holiday{Date: day.at(0, p.zone()), Name: extraHoliday})
		}
	}
	slices.SortStableFunc(days, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return days
}

// holiday names the holiday on a day, when there is one.
func (p *Protocol) holiday(day civil) (Text, bool) {
	for i := range holidayRules {
		if rule := &holidayRules[i]; rule.mayBe(day) && rule.in(day.year) == day && slices.Contains(p.Calendar.Holidays, rule.name) {
			return rule.words, true
		}
	}
	for _, text := range p.Calendar.Extra {
		if extra, ok := parseDay(text); ok && extra == day {
			return extraHoliday, true
		}
	}
	return Text{}, false
}

// workingDay tells whether people are at the office: Monday to Friday, no holiday.
func (p *Protocol) workingDay(day civil) bool {
	if weekend(day) {
		return false
	}
	_, free := p.holiday(day)
	return !free
}

func weekend(day civil) bool {
	return day.weekday() == time.Saturday || day.weekday() == time.Sunday
}

var zones sync.Map // name → *time.Location; reading a zone costs more than a whole evaluation

// zone is where the clocks of the protocol hang. Load refuses a zone that does not
// exist; a protocol without one keeps Dutch time.
func (p *Protocol) zone() *time.Location {
	name := p.Desk.Zone
	if name == "" {
		name = "Europe/Amsterdam"
	}
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, loc)
	return loc
}
