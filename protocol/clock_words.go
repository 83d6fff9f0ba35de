// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strconv"
	"time"
)

var clockNotStarted = Text{
	NL: "De klok loopt nog niet: het begin is nog niet bekend.",
	EN: "The clock is not running yet: its start is not known yet.",
}

// explain is the sentence under a clock: from where it counts, how much, to when,
// and why that is not what a reader would have guessed (C-07).
func (p *Protocol) explain(d *Deadline, s span, from start, early, due bound) Text {
	year := p.spansYears(from.from, due)
	sum := join(p.startWords(from, year), p.amountWords(d, s))
	if early.at.Equal(due.at) {
		sum = join(sum, plain(" = "), due.words(p.zone(), year), p.officeNote(d, s), p.holidayNote(d, s, due))
	} else {
		sum = join(sum, p.boundsWords(d, early, due, year))
	}
	return join(sum, because(p.reasons(d, s, from, due)), p.label(from, year))
}

// spansYears tells whether the words need the year to be clear.
func (p *Protocol) spansYears(from, due bound) bool {
	return from.day(p.zone()).year != due.day(p.zone()).year
}

func (p *Protocol) startWords(from start, year bool) Text {
	loc := p.zone()
	switch first, last := from.from.day(loc), from.to.day(loc); {
	case from.from.at.Equal(from.to.at):
		return from.to.words(loc, year)
	case first == last && from.from.clock(loc) == 0 && from.to.dayEnd:
		return join(first.words(year), Text{NL: " (tijdstip onbekend)", EN: " (time unknown)"})
	}
	return join(Text{NL: "tussen ", EN: "between "}, from.from.words(loc, year), Text{NL: " en ", EN: " and "}, from.to.words(loc, year))
}

// amountWords is " + 48 uur". A span of nothing is left out when the end says more.
func (p *Protocol) amountWords(d *Deadline, s span) Text {
	amount := join(plain(" + "), s.words())
	switch {
	case d.End == endDeskOpen && s.n == 0:
		return Text{NL: ", dan de eerste opening van het loket", EN: ", then the first opening of the desk"}
	case d.End == endDeskOpen:
		return join(amount, Text{NL: ", dan de eerste opening van het loket", EN: ", then the first opening of the desk"})
	case d.End == endOfDay:
		return join(amount, Text{NL: ", tot het einde van de dag", EN: ", to the end of the day"})
	}
	if _, ok := parseClock(d.End); ok {
		until := Text{NL: ", tot het " + d.End + " uur is", EN: ", until it is " + d.End}
		if s.n == 0 {
			return until
		}
		return join(amount, until)
	}
	return amount
}

// officeNote tells why a clock in working days ends at, say, 17:00.
func (p *Protocol) officeNote(d *Deadline, s span) Text {
	if d.End == endOfficeClose || d.End == "" && s.unit == inWorkingDays {
		return Text{NL: " (einde kantoortijd)", EN: " (end of office hours)"}
	}
	return Text{}
}

func (p *Protocol) boundsWords(d *Deadline, early, due bound, year bool) Text {
	possibly, surely := Text{NL: ": mogelijk te laat vanaf ", EN: ": possibly late from "}, Text{NL: ", te laat vanaf ", EN: ", late from "}
	if d.Strength == "watch" {
		possibly, surely = Text{NL: ": mogelijk bereikt vanaf ", EN: ": possibly reached from "}, Text{NL: ", bereikt vanaf ", EN: ", reached from "}
	}
	// A moment from which something holds reads as the 00:00 it is, not as a 24:00.
	if d.End != endOfDay {
		early.dayEnd, due.dayEnd = false, false
	}
	return join(possibly, early.words(p.zone(), year), surely, due.words(p.zone(), year))
}

// label tells from what a clock counts when that is not the occurrence itself, and
// since when an occurrence was known that was discovered later (D-01).
func (p *Protocol) label(from start, year bool) Text {
	switch {
	case from.precision == PrecisionDiscovered:
		return Text{NL: ", geteld vanaf de ontdekking", EN: ", counted from discovery"}
	case from.precision == PrecisionPeriod:
		return join(Text{NL: ", geteld vanaf het einde van de periode", EN: ", counted from the end of the period"}, p.knownWords(from, year))
	}
	return p.knownWords(from, year)
}

func (p *Protocol) knownWords(from start, year bool) Text {
	if !from.known.After(from.to.at) {
		return Text{}
	}
	return join(Text{NL: ", bekend sinds ", EN: ", known since "}, bound{at: from.known}.words(p.zone(), year))
}

// because joins reasons: ", want a, b en c".
func because(reasons []Text) Text {
	var words Text
	for i, reason := range reasons {
		link := Text{NL: ", ", EN: ", "}
		switch {
		case i == 0:
			link = Text{NL: ", want ", EN: ", because "}
		case i == len(reasons)-1:
			link = Text{NL: " en ", EN: " and "}
		}
		words = join(words, link, reason)
	}
	return words
}

// reasons lists what made the due moment differ from plain adding on the wall.
func (p *Protocol) reasons(d *Deadline, s span, from start, due bound) []Text {
	raw := due
	if d.End != "" {
		raw = p.advance(from.to, s, d.End)
	}
	var reasons []Text
	switch s.unit {
	case inMinutes, inHours:
		reasons = p.clockChanges(from, raw, s)
	case inWorkingDays:
		reasons = p.daysOff(from.to.day(p.zone()), due.day(p.zone()))
	case inMonths, inYears:
		reasons = p.shortMonth(from.to.day(p.zone()), raw.day(p.zone()))
	case inDeskHours:
		if raw.at.Sub(from.to.at) != s.duration() {
			return append([]Text{p.deskHoursWords()}, p.deskHolidays(from.to.day(p.zone()), raw.day(p.zone()))...)
		}
	}
	if d.End == endDeskOpen && !due.at.Equal(raw.at) {
		reasons = append(reasons, p.deskHoursWords())
	}
	return reasons
}

// clockChanges tells that the clock was put forward or back between start and due,
// seen from either bound of the start.
func (p *Protocol) clockChanges(from start, raw bound, s span) []Text {
	shift := p.shiftBetween(from.to.at, raw.at)
	if shift == 0 {
		shift = p.shiftBetween(from.from.at, from.from.at.Add(s.duration()))
	}
	minutes := strconv.Itoa(int(shift.Abs() / time.Minute))
	amount := Text{NL: minutes + " minuten", EN: minutes + " minutes"}
	if shift.Abs() == time.Hour {
		amount = Text{NL: "een uur", EN: "an hour"}
	}
	switch {
	case shift > 0:
		return []Text{{NL: "de klok gaat " + amount.NL + " vooruit", EN: "the clocks go forward " + amount.EN}}
	case shift < 0:
		return []Text{{NL: "de klok gaat " + amount.NL + " terug", EN: "the clocks go back " + amount.EN}}
	}
	return nil
}

func (p *Protocol) shiftBetween(a, b time.Time) time.Duration {
	return offsetAt(b, p.zone()) - offsetAt(a, p.zone())
}

// maxDaysOff is how many holidays are named before they are only counted.
const maxDaysOff = 4

// daysOff names the holidays after the first day, up to the last, and the weekend.
func (p *Protocol) daysOff(first, last civil) []Text {
	var reasons []Text
	weekends := false
	for n := first.number() + 1; n < last.number(); n++ {
		day := civilOf(n)
		if weekend(day) {
			weekends = true
		} else if name, free := p.holiday(day); free {
			reasons = append(reasons, join(day.words(false), Text{NL: " is ", EN: " is "}, name))
		}
	}
	if n := strconv.Itoa(len(reasons)); len(reasons) > maxDaysOff {
		reasons = []Text{{NL: n + " vrije dagen tellen niet mee", EN: n + " days off do not count"}}
	}
	if weekends {
		reasons = append(reasons, Text{NL: "het weekend telt niet mee", EN: "the weekend does not count"})
	}
	return reasons
}

// shortMonth tells that the month had no such day.
func (p *Protocol) shortMonth(first, last civil) []Text {
	if first.day == last.day {
		return nil
	}
	month, n := longMonths[last.month-1], strconv.Itoa(last.lastOfMonth())
	return []Text{{NL: month.NL + " heeft " + n + " dagen", EN: month.EN + " has " + n + " days"}}
}

// deskHolidays names the holidays on which the desk was closed, from day to day.
func (p *Protocol) deskHolidays(first, last civil) []Text {
	if p.Desk.Holidays != "closed" {
		return nil
	}
	var reasons []Text
	for n := first.number(); n <= last.number(); n++ {
		if name, free := p.holiday(civilOf(n)); free && !weekend(civilOf(n)) {
			reasons = append(reasons, join(civilOf(n).words(false), Text{NL: " is ", EN: " is "}, name))
		}
	}
	return reasons
}

// holidayNote tells that a moment that is simply given, not counted, falls on a holiday.
func (p *Protocol) holidayNote(d *Deadline, s span, due bound) Text {
	name, free := p.holiday(due.day(p.zone()))
	if s.n != 0 || d.End != "" || !free {
		return Text{}
	}
	return Text{NL: " (feestdag: " + name.NL + ")", EN: " (a holiday: " + name.EN + ")"}
}

func (p *Protocol) deskHoursWords() Text {
	from, to := p.Desk.Opens, p.Desk.Closes
	return Text{NL: "het loket is open van " + from + " tot " + to, EN: "the desk is open from " + from + " to " + to}
}
