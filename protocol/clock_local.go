// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strconv"
	"strings"
	"time"
)

// civil is a day on the wall: no zone, no time.
type civil struct {
	year  int
	month time.Month
	day   int
}

// dayOf is the local day of t.
func dayOf(t time.Time, loc *time.Location) civil {
	year, month, day := t.In(loc).Date()
	return civil{year, month, day}
}

// clockOf is what the clock on the wall shows at t, since 00:00. It differs from
// the time elapsed that day when the clock was put forward or back.
func clockOf(t time.Time, loc *time.Location) time.Duration {
	at := t.In(loc)
	hour, minute, second := at.Clock()
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(second)*time.Second + time.Duration(at.Nanosecond())
}

// number counts days from 1 March of the year 0, in integers, because clocks walk
// along many days. The year is taken to begin in March, so that the leap day is its
// last; 146,097 days make four centuries.
func (c civil) number() int {
	year, month := c.year, int(c.month)-3
	if month < 0 {
		year, month = year-1, month+12
	}
	return year*365 + year/4 - year/100 + year/400 + (153*month+2)/5 + c.day - 1
}

// civilOf is the day with a number, which must not be negative.
func civilOf(number int) civil {
	era, rest := number/146097, number%146097
	year := (rest - rest/1460 + rest/36524 - rest/146096) / 365
	rest -= year*365 + year/4 - year/100
	month := (5*rest + 2) / 153
	c := civil{400*era + year, time.Month(month + 3), rest - (153*month+2)/5 + 1}
	if month >= 10 {
		c.year, c.month = c.year+1, c.month-12
	}
	return c
}

// weekday: 1 March of the year 0 was a Wednesday.
func (c civil) weekday() time.Weekday { return time.Weekday((c.number() + 3) % 7) }

// add is the day n days later; the calendar has no gaps, unlike the clock.
func (c civil) add(n int) civil { return civilOf(c.number() + n) }

// addMonths is the same day number n months later, or the last day of that month
// when it has no such day: 31 December and two months is 28 February (D-05, T-14).
func (c civil) addMonths(n int) civil {
	months := c.year*12 + int(c.month) - 1 + n
	target := civil{months / 12, time.Month(months%12 + 1), 1}
	target.day = min(c.day, target.lastOfMonth())
	return target
}

func (c civil) lastOfMonth() int {
	next := civil{c.year, c.month + 1, 1}
	if c.month == time.December {
		next = civil{c.year + 1, time.January, 1}
	}
	return next.add(-1).day
}

// wall is the clock on a day, written down as if it were UTC.
func (c civil) wall(clock time.Duration) time.Time {
	return time.Date(c.year, c.month, c.day, 0, 0, 0, 0, time.UTC).Add(clock)
}

// moments lists the moments at which the wall shows this clock on this day: one,
// none when the clock was put forward over it, two when it was put back over it, the
// earlier first: that is the one ahead of UTC by most.
func (c civil) moments(clock time.Duration, loc *time.Location) []time.Time {
	wall := c.wall(clock)
	before, after := offsetAt(wall.Add(-26*time.Hour), loc), offsetAt(wall.Add(26*time.Hour), loc)
	if before == after {
		return []time.Time{wall.Add(-before).In(loc)}
	}
	var found []time.Time
	for _, offset := range [2]time.Duration{before, after} {
		if moment := wall.Add(-offset); offsetAt(moment, loc) == offset {
			found = append(found, moment.In(loc))
		}
	}
	return found
}

// offsetAt is how far the wall is ahead of UTC at t.
func offsetAt(t time.Time, loc *time.Location) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}

// at is one moment for a clock on a day, for counting. A clock that came twice is
// its second coming, so that no term is cut short; one that never came moves
// forward by as much as the clock did.
func (c civil) at(clock time.Duration, loc *time.Location) time.Time {
	if found := c.moments(clock, loc); len(found) > 0 {
		return found[len(found)-1]
	}
	wall := c.wall(clock)
	return wall.Add(-offsetAt(wall.Add(-26*time.Hour), loc)).In(loc)
}

// parseDay reads 2026-03-28, and 28-03-2026 as people write it (also with / or .).
func parseDay(text string) (civil, bool) {
	parts := strings.Split(strings.NewReplacer("/", "-", ".", "-").Replace(strings.TrimSpace(text)), "-")
	if len(parts) != 3 {
		return civil{}, false
	}
	if len(parts[0]) != 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	var n [3]int
	for i, part := range parts {
		value, ok := digits(part, 1, 4)
		if !ok || (i == 0) != (len(part) == 4) {
			return civil{}, false
		}
		n[i] = value
	}
	day := civil{n[0], time.Month(n[1]), n[2]}
	ok := day.year >= 1900 && day.year <= 2199 && day.month >= time.January && day.month <= time.December
	return day, ok && day.day >= 1 && day.day <= day.lastOfMonth()
}

// parseClock reads 14:00, 14.00, 1400 and 9:30, with or without the Dutch word for
// o'clock. 24:00 is the end of the day.
func parseClock(text string) (time.Duration, bool) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "uur"))
	hours, minutes, found := strings.Cut(strings.Replace(text, ".", ":", 1), ":")
	if !found && (len(text) == 3 || len(text) == 4) {
		hours, minutes = text[:len(text)-2], text[len(text)-2:]
	}
	hour, okHour := digits(hours, 1, 2)
	minute, okMinute := digits(minutes, 2, 2)
	if !okHour || !okMinute || minute > 59 || hour > 24 || hour == 24 && minute > 0 {
		return 0, false
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute, true
}

// digits reads a number of at least low and at most high digits, without a sign.
func digits(text string, low, high int) (int, bool) {
	if len(text) < low || len(text) > high || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	value, err := strconv.Atoi(text)
	return value, err == nil
}
