// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// The oracle knows the same calendar by other means: it lays all days of 2019–2050
// in a row, one after the other, and walks along them. It uses no package time, no
// zone data and no formula for Easter.

type monthDay struct {
	month time.Month
	day   int
}

// easterTable is Easter Sunday as almanacs print it.
var easterTable = map[int]monthDay{
	1818: {3, 22}, 1943: {4, 25}, 1954: {4, 18}, 1981: {4, 19}, 2008: {3, 23},
	2019: {4, 21}, 2020: {4, 12}, 2021: {4, 4}, 2022: {4, 17}, 2023: {4, 9}, 2024: {3, 31}, 2025: {4, 20}, 2026: {4, 5},
	2027: {3, 28}, 2028: {4, 16}, 2029: {4, 1}, 2030: {4, 21}, 2031: {4, 13}, 2032: {3, 28}, 2033: {4, 17}, 2034: {4, 9},
	2035: {3, 25}, 2036: {4, 13}, 2037: {4, 5}, 2038: {4, 25}, 2039: {4, 10}, 2040: {4, 1}, 2041: {4, 21}, 2042: {4, 6},
	2043: {3, 29}, 2044: {4, 17}, 2045: {4, 9}, 2046: {3, 25}, 2047: {4, 14}, 2048: {4, 5}, 2049: {4, 18}, 2050: {4, 10},
}

// oracleDay is one day of the row.
type oracleDay struct {
	year, month, day int
	weekday          int // 0 is Monday
	free             bool
	begin            int64 // minutes since 1970, UTC, of its 00:00
	offset           int64 // minutes ahead of UTC at 00:00
	length           int64 // minutes: 1380, 1440 or 1500
}

type oracle struct {
	days   []oracleDay
	office bool // the desk is closed at weekends and on holidays
}

var monthLengths = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func lengthOf(year, month int) int {
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return monthLengths[month]
}

// newOracle starts on Tuesday 1 January 2019 at 00:00, 17,897 days after 1970 began
// in UTC, and in winter an hour ahead of it.
func newOracle() *oracle {
	o := &oracle{}
	at, offset, weekday := int64(17897*1440-60), int64(60), 1
	for year := 2019; year <= 2050; year++ {
		for month := 1; month <= 12; month++ {
			for day := 1; day <= lengthOf(year, month); day++ {
				d := oracleDay{year: year, month: month, day: day, weekday: weekday, begin: at, offset: offset, length: 1440}
				lastSunday := weekday == 6 && day+7 > lengthOf(year, month)
				if lastSunday && month == 3 {
					d.length, offset = 1380, 120
				}
				if lastSunday && month == 10 {
					d.length, offset = 1500, 60
				}
				o.days = append(o.days, d)
				at, weekday = at+d.length, (weekday+1)%7
			}
		}
	}
	o.markFree()
	return o
}

func (o *oracle) markFree() {
	fixed := map[[2]int]bool{{1, 1}: true, {5, 5}: true, {12, 25}: true, {12, 26}: true}
	for i, d := range o.days {
		if fixed[[2]int{d.month, d.day}] ||
			d.month == 4 && d.day == 27 && d.weekday != 6 || d.month == 4 && d.day == 26 && d.weekday == 5 {
			o.days[i].free = true
		}
		if sunday := easterTable[d.year]; d.month == int(sunday.month) && d.day == sunday.day {
			for _, shift := range []int{-2, 1, 39, 50} {
				o.days[i+shift].free = true
			}
		}
	}
}

// spot is a minute of the row: which day, and how many minutes of it have passed.
type spot struct {
	day  int
	past int64
}

func (o *oracle) instant(s spot) time.Time {
	return time.Unix((o.days[s.day].begin+s.past)*60, 0).UTC()
}

// wall is what a clock on the wall shows, in minutes, and the offset that holds.
func (o *oracle) wall(s spot) (int64, int64) {
	d := o.days[s.day]
	switch {
	case d.length == 1380 && s.past >= 120: // 02:00 became 03:00
		return s.past + 60, d.offset + 60
	case d.length == 1500 && s.past >= 180: // 03:00 became 02:00
		return s.past - 60, d.offset - 60
	}
	return s.past, d.offset
}

// onWall is the last spot of a day that shows this clock; in the hour that was
// skipped, the spot as far after the jump.
func (o *oracle) onWall(day int, minutes int64) spot {
	if minutes == 1440 {
		return spot{day + 1, 0}
	}
	for past := o.days[day].length - 1; past >= 0; past-- {
		if shown, _ := o.wall(spot{day, past}); shown == minutes {
			return spot{day, past}
		}
	}
	return spot{day, minutes} // 02:30 becomes 03:30: the 150th minute of that day
}

func (o *oracle) afterMinutes(s spot, minutes int64) spot {
	for s.past += minutes; s.past >= o.days[s.day].length; {
		s.past -= o.days[s.day].length
		s.day++
	}
	return s
}

// afterDeskMinutes walks minute by minute and counts those of an open desk.
func (o *oracle) afterDeskMinutes(s spot, minutes int64) spot {
	for {
		shown, _ := o.wall(s)
		if open := shown >= 9*60 && shown < 22*60 && (!o.office || o.working(s.day)); open {
			if minutes == 0 {
				return s
			}
			minutes--
			if minutes == 0 {
				return o.afterMinutes(s, 1)
			}
		}
		s = o.afterMinutes(s, 1)
	}
}

func (o *oracle) working(day int) bool { return o.days[day].weekday < 5 && !o.days[day].free }

func (o *oracle) afterWorkingDays(s spot, n int) spot {
	day := s.day
	for n > 0 {
		if day++; o.working(day) {
			n--
		}
	}
	return o.onWall(day, 17*60)
}

// afterMonths crosses n first days of a month, and then looks for the same number,
// or stops on the last day of that month.
func (o *oracle) afterMonths(s spot, n int) int {
	number, day := o.days[s.day].day, s.day
	for n > 0 {
		if day++; o.days[day].day == 1 {
			n--
		}
	}
	for o.days[day].day < number && o.days[day+1].day != 1 {
		day++
	}
	return day
}

// due is where a term ends, for the ends that a protocol can ask for.
func (o *oracle) due(s spot, n int, what unit, end string) spot {
	shown, _ := o.wall(s)
	switch what {
	case inMinutes:
		s = o.afterMinutes(s, int64(n))
	case inHours:
		s = o.afterMinutes(s, int64(n)*60)
	case inDeskHours:
		s = o.afterDeskMinutes(s, int64(n)*60)
	case inWorkingDays:
		s = o.afterWorkingDays(s, n)
	case inDays:
		s = o.onWall(s.day+n, shown)
	case inWeeks:
		s = o.onWall(s.day+7*n, shown)
	case inMonths:
		s = o.onWall(o.afterMonths(s, n), shown)
	case inYears:
		s = o.onWall(o.afterMonths(s, 12*n), shown)
	}
	return o.finish(s, end)
}

func (o *oracle) finish(s spot, end string) spot {
	switch end {
	case endOfDay:
		return spot{s.day + 1, 0}
	case endDeskOpen:
		return o.afterDeskMinutes(s, 0)
	case endNine:
		for day := s.day; ; day++ {
			if at := o.onWall(day, 9*60); day > s.day || at.past >= s.past {
				return at
			}
		}
	case endOfficeClose:
		for day := s.day; ; day++ {
			closes := o.onWall(day, 17*60)
			if o.working(day) && (day > s.day || closes.past >= s.past) {
				return closes
			}
		}
	}
	return s
}
