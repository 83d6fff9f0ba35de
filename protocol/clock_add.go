// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// Ends of a deadline: what happens to the moment that the span leads to.
const (
	endExact       = "exact"
	endOfDay       = "end_of_day"
	endOfficeClose = "office_close"
	endDeskOpen    = "desk_open"
)

// deadlineEnds are the ends with a name; a time of day ("9:00") is one too.
var deadlineEnds = []string{endExact, endOfDay, endOfficeClose, endDeskOpen}

// bound is one edge of what a clock counts from or to. The edge of a whole day is
// its 24:00: the same moment as 00:00 of the next day, but counted in days it still
// belongs to the day before.
type bound struct {
	at     time.Time
	dayEnd bool
}

func (b bound) day(loc *time.Location) civil {
	if b.dayEnd {
		return dayOf(b.at, loc).add(-1)
	}
	return dayOf(b.at, loc)
}

func (b bound) clock(loc *time.Location) time.Duration {
	if b.dayEnd {
		return 24 * time.Hour
	}
	return clockOf(b.at, loc)
}

// After counts a span of the protocol language ("12 months", "1 working day") from
// start. The error is about the text of the span.
func (p *Protocol) After(start time.Time, within string) (time.Time, error) {
	s, err := parseSpan(within)
	if err != nil {
		return time.Time{}, err
	}
	return p.count(bound{at: start}, s, "").at, nil
}

// count is where a span that starts at b ends, with the end that a deadline asks for.
func (p *Protocol) count(b bound, s span, end string) bound {
	raw := p.advance(b, s, end)
	switch {
	case end == endOfDay && !raw.dayEnd:
		return bound{raw.day(p.zone()).at(24*time.Hour, p.zone()), true}
	case end == endOfficeClose || end == "" && s == span{0, inWorkingDays}:
		return bound{at: p.officeCloseFrom(raw.at)}
	case end == endDeskOpen:
		return bound{at: p.NextDeskOpening(raw.at)}
	}
	if clock, ok := parseClock(end); ok {
		return bound{at: p.nextAt(raw.at, clock)}
	}
	return raw
}

// nextAt is the first time from t on that the clock on the wall shows this. Hours that
// elapse cannot say that: in the night that the clock changes, nine hours after midnight it
// is not nine o'clock.
func (p *Protocol) nextAt(t time.Time, clock time.Duration) time.Time {
	for day := dayOf(t, p.zone()); ; day = day.add(1) {
		if at := day.at(clock, p.zone()); !at.Before(t) {
			return at
		}
	}
}

// advance moves b by the span alone. Minutes and hours elapse; desk hours elapse
// while the desk is open; days, weeks, months and years keep the clock on the wall.
func (p *Protocol) advance(b bound, s span, end string) bound {
	loc := p.zone()
	if s.elapsed() {
		due := b.at.Add(s.duration())
		return bound{due, b.dayEnd && clockOf(due, loc) == 0}
	}
	if s.unit == inDeskHours {
		return bound{at: p.afterDeskHours(b.at, s.duration())}
	}
	if s.n == 0 {
		return b
	}
	switch day := b.day(loc); s.unit {
	case inWorkingDays:
		return p.onWorkingDay(b, p.afterWorkingDays(day, s.n), end)
	case inDays:
		return bound{day.add(s.n).at(b.clock(loc), loc), b.dayEnd}
	case inWeeks:
		return bound{day.add(7*s.n).at(b.clock(loc), loc), b.dayEnd}
	case inYears:
		return bound{day.addMonths(12*s.n).at(b.clock(loc), loc), b.dayEnd}
	default:
		return bound{day.addMonths(s.n).at(b.clock(loc), loc), b.dayEnd}
	}
}

// onWorkingDay is the moment on the last working day of a term: the end of office
// hours, with end: exact the same clock time as the start (D-06), or the time that end gives.
func (p *Protocol) onWorkingDay(b bound, day civil, end string) bound {
	if end == endExact {
		return bound{day.at(b.clock(p.zone()), p.zone()), b.dayEnd}
	}
	if clock, ok := parseClock(end); ok {
		return bound{at: day.at(clock, p.zone())}
	}
	return bound{at: day.at(p.officeCloses(), p.zone())}
}

// afterWorkingDays is the nth working day after a day; the day itself does not count.
func (p *Protocol) afterWorkingDays(day civil, n int) civil {
	for n > 0 {
		day = day.add(1)
		if p.workingDay(day) {
			n--
		}
	}
	return day
}
