// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
	"time"
)

// opening is one stretch in which the desk is open: from ≤ t < to.
type opening struct{ from, to time.Time }

// DeskOpen tells whether the desk reads and answers at t: Opens ≤ t < Closes, on
// the desk's days, holidays included unless it says
// that it is closed then (T-04, D-67). 22:00 exactly is closed.
func (p *Protocol) DeskOpen(t time.Time) bool {
	open, ok := p.openingOn(dayOf(t, p.zone()))
	return ok && !t.Before(open.from) && t.Before(open.to)
}

// NextDeskOpening is the first moment at or after t when the desk is open: t itself
// when it is open then (T-04: a report of 23:40 is read from 09:00).
func (p *Protocol) NextDeskOpening(t time.Time) time.Time {
	open := p.openingFrom(t)
	if open.from.Before(t) {
		return t
	}
	return open.from
}

// DeskCloses is the end of the opening in which t falls, or of the next one when
// the desk is closed at t.
func (p *Protocol) DeskCloses(t time.Time) time.Time { return p.openingFrom(t).to }

// openingFrom is the opening at t, or else the next one. A desk that never opens
// has none: then it is empty, at t.
func (p *Protocol) openingFrom(t time.Time) opening {
	day := dayOf(t, p.zone())
	for range 31 { // longer than any run of holidays and weekends
		if open, ok := p.openingOn(day); ok && t.Before(open.to) {
			return open
		}
		day = day.add(1)
	}
	return opening{t, t}
}

// openingOn is the opening of a day. A desk without hours is open day and night.
func (p *Protocol) openingOn(day civil) (opening, bool) {
	if _, free := p.holiday(day); free && p.Desk.Holidays == "closed" {
		return opening{}, false
	}
	if len(p.Desk.Days) > 0 && !slices.Contains(p.Desk.Days, strings.ToLower(day.weekday().String()[:3])) {
		return opening{}, false
	}
	opens, _ := parseClock(p.Desk.Opens)
	closes, ok := parseClock(p.Desk.Closes)
	if !ok {
		closes = 24 * time.Hour
	}
	return opening{day.at(opens, p.zone()), day.at(closes, p.zone())}, opens < closes
}

// afterDeskHours counts d of open desk from t on; what is closed does not count.
func (p *Protocol) afterDeskHours(t time.Time, d time.Duration) time.Time {
	at := p.NextDeskOpening(t)
	for {
		open := p.openingFrom(at)
		left := open.to.Sub(at)
		if d <= left || left <= 0 {
			return at.Add(d)
		}
		d -= left
		at = p.NextDeskOpening(open.to)
	}
}

// officeCloses is when office hours end; 17:00 when the protocol is silent.
func (p *Protocol) officeCloses() time.Duration {
	if clock, ok := parseClock(p.Desk.Office.Closes); ok {
		return clock
	}
	return 17 * time.Hour
}

// officeCloseFrom is the first end of office hours of a working day at or after t.
func (p *Protocol) officeCloseFrom(t time.Time) time.Time {
	day := dayOf(t, p.zone())
	for {
		if end := day.at(p.officeCloses(), p.zone()); p.workingDay(day) && !end.Before(t) {
			return end
		}
		day = day.add(1)
	}
}
