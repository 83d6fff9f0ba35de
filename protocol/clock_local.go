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

func (c civil) utc() time.Time { return time.Date(c.year, c.month, c.day, 0, 0, 0, 0, time.UTC) }

func (c civil) weekday() time.Weekday { return c.utc().Weekday() }

// add is the day n days later; the calendar has no gaps, unlike the clock.
func (c civil) add(n int) civil {
	return dayOf(time.Date(c.year, c.month, c.day+n, 0, 0, 0, 0, time.UTC), time.UTC)
}

// addMonths is the same day number n months later, or the last day of that month
// when it has no such day: 31 December and two months is 28 February (D-05, T-14).
func (c civil) addMonths(n int) civil {
	first := time.Date(c.year, c.month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	target := civil{first.Year(), first.Month(), c.day}
	target.day = min(target.day, target.lastOfMonth())
	return target
}

func (c civil) lastOfMonth() int {
	return time.Date(c.year, c.month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// moments lists the moments at which the wall shows this clock on this day: one,
// none when the clock was put forward over it, two when it was put back over it.
func (c civil) moments(clock time.Duration, loc *time.Location) []time.Time {
	wall := c.utc().Add(clock)
	var found []time.Time
	for _, near := range [2]time.Duration{-26 * time.Hour, 26 * time.Hour} {
		_, offset := wall.Add(near).In(loc).Zone()
		moment := wall.Add(-time.Duration(offset) * time.Second).In(loc)
		if _, there := moment.Zone(); there == offset && (len(found) == 0 || !found[0].Equal(moment)) {
			found = append(found, moment)
		}
	}
	return found
}

// at is one moment for a clock on a day, for counting. A clock that came twice is
// its second coming, so that no term is cut short; one that never came moves
// forward by as much as the clock did.
func (c civil) at(clock time.Duration, loc *time.Location) time.Time {
	if found := c.moments(clock, loc); len(found) > 0 {
		return found[len(found)-1]
	}
	wall := c.utc().Add(clock)
	_, before := wall.Add(-26 * time.Hour).In(loc).Zone()
	return wall.Add(-time.Duration(before) * time.Second).In(loc)
}

// parseDay reads 2026-03-28, and 28-03-2026 as people write it (also with / or .).
func parseDay(text string) (civil, bool) {
	parts := strings.FieldsFunc(strings.TrimSpace(text), func(r rune) bool { return strings.ContainsRune("-/.", r) })
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
	return day, day.year >= 1900 && day.year <= 2199 && day.add(0) == day
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
