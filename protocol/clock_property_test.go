// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var almanac = sync.OnceValue(newOracle)

// term is one question to both: where does this end?
type term struct {
	from spot
	span span
	end  string
}

var ends = []string{"", endExact, endOfDay, endOfficeClose, endDeskOpen, endNine}

const endNine = "9:00"

// longest keeps each term inside the row of days.
var longest = map[unit]int{
	inMinutes: 5000, inHours: 200, inDeskHours: 40, inWorkingDays: 30, inDays: 60, inWeeks: 10, inMonths: 30, inYears: 4,
}

// expected is the answer of the oracle. A term of no working days has no day to end
// on, and is left out by whoever asks.
func (q term) expected(o *oracle) time.Time {
	return o.instant(q.where(o))
}

func (q term) computed(p *Protocol, o *oracle) time.Time {
	return p.count(bound{at: o.instant(q.from)}, q.span, q.end).at
}

// R08 D-01…D-06: every term from every minute is the same as by walking the days.
func TestClockMatchesOracle(t *testing.T) {
	t.Parallel()
	p, o := dutch(), almanac()
	rapid.Check(t, func(r *rapid.T) {
		q := term{end: rapid.SampledFrom(ends).Draw(r, "end")}
		q.from.day = rapid.IntRange(0, 366*25).Draw(r, "day")
		q.from.past = rapid.Int64Range(0, o.days[q.from.day].length-1).Draw(r, "minute")
		q.span.unit = unit(rapid.IntRange(0, len(unitNames)-1).Draw(r, "unit"))
		q.span.n = rapid.IntRange(1, longest[q.span.unit]).Draw(r, "n")
		if got, want := q.computed(p, o), q.expected(o); !got.Equal(want) {
			r.Fatalf("%v from %s: got %s, want %s", q.span.words().EN, o.instant(q.from), got.UTC(), want)
		}
	})
}

// The nights on which the clock changes, and the days around them, minute by minute
// would be rare by chance: here each term starts or ends close to one.
func TestClockMatchesOracleNearTheNights(t *testing.T) {
	t.Parallel()
	p, o := dutch(), almanac()
	random := rand.New(rand.NewPCG(1, 2))
	for day, d := range o.days[:366*25] {
		if d.length == 1440 {
			continue
		}
		for range 200 {
			q := term{from: spot{day: max(0, day-random.IntN(4)), past: int64(random.IntN(1380))}, end: ends[random.IntN(len(ends))]}
			q.span.unit = unit(random.IntN(len(unitNames)))
			q.span.n = 1 + random.IntN(min(5, longest[q.span.unit]))
			if got, want := q.computed(p, o), q.expected(o); !got.Equal(want) {
				t.Fatalf("%v from %s, end %q: got %s, want %s", q.span.words().EN, o.instant(q.from), q.end, got.UTC(), want)
			}
		}
	}
}

// R08: a million random terms, of the units whose oracle does not walk minutes.
func TestMillionClocks(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the property test covers the same ground with fewer terms")
	}
	p, o := dutch(), almanac()
	random := rand.New(rand.NewPCG(3, 4))
	units := []unit{inMinutes, inHours, inWorkingDays, inWorkingDays}
	for range 1_000_000 {
		q := term{from: spot{day: random.IntN(366 * 25), past: int64(random.IntN(1380))}}
		q.span.unit = units[random.IntN(len(units))]
		q.span.n = 1 + random.IntN(min(12, longest[q.span.unit]))
		if got, want := q.computed(p, o), q.expected(o); !got.Equal(want) {
			t.Fatalf("%v from %s: got %s, want %s", q.span.words().EN, o.instant(q.from), got.UTC(), want)
		}
	}
}

// Control: what one would write without thinking of the clock or of short months is
// caught by the oracle.
func TestOracleCatchesNaiveClocks(t *testing.T) {
	t.Parallel()
	o := almanac()
	loc := dutch().zone()
	naive := map[string]func(time.Time, int) time.Time{
		"hours as days":      func(at time.Time, n int) time.Time { return at.AddDate(0, 0, n) },
		"months that spill":  func(at time.Time, n int) time.Time { return at.AddDate(0, n, 0) },
		"days as 24 hours":   func(at time.Time, n int) time.Time { return at.Add(time.Duration(n) * 24 * time.Hour) },
		"weekdays, no feast": naiveWorkingDays,
	}
	same := map[string]span{"hours as days": {24, inHours}, "months that spill": {1, inMonths}, "days as 24 hours": {1, inDays}, "weekdays, no feast": {1, inWorkingDays}}
	for name, add := range naive {
		caught := false
		for day := 2500; day < 2900 && !caught; day++ {
			from := spot{day, 14 * 60}
			s := same[name]
			s.n *= 2
			want := term{from: from, span: s}.expected(o)
			caught = !add(o.instant(from).In(loc), 2).Equal(want)
		}
		if !caught {
			t.Errorf("the oracle passed %s", name)
		}
	}
}

func naiveWorkingDays(at time.Time, n int) time.Time {
	for n > 0 {
		at = at.AddDate(0, 0, 1)
		if at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
			n--
		}
	}
	return time.Date(at.Year(), at.Month(), at.Day(), 17, 0, 0, 0, at.Location())
}

// A later start is never due earlier, and no deadline lies before its start.
func TestClockIsMonotone(t *testing.T) {
	t.Parallel()
	p := dutch()
	rapid.Check(t, func(r *rapid.T) {
		s := span{rapid.IntRange(0, 50).Draw(r, "n"), unit(rapid.IntRange(0, len(unitNames)-1).Draw(r, "unit"))}
		end := rapid.SampledFrom(ends).Draw(r, "end")
		from := time.Unix(rapid.Int64Range(1_700_000_000, 2_300_000_000).Draw(r, "from"), 0)
		later := from.Add(time.Duration(rapid.Int64Range(0, 200*3600).Draw(r, "seconds")) * time.Second)
		first, second := p.count(bound{at: from}, s, end).at, p.count(bound{at: later}, s, end).at
		if first.Before(from) {
			r.Fatalf("%v %q from %s is due %s", s.words().EN, end, from, first)
		}
		if second.Before(first) && !keepsWall(s, end) {
			r.Fatalf("%v %q: %s is due %s, later %s is due %s", s.words().EN, end, from, first, later, second)
		}
	})
}

// keepsWall: terms that keep the clock on the wall bend where the clock does.
func keepsWall(s span, end string) bool {
	return s.unit >= inWorkingDays && s.n > 0 && (end == "" || end == endExact)
}

func BenchmarkClock(b *testing.B) {
	p := dutch()
	from := instant(b, "2026-05-13T15:40+02:00")
	for name, within := range map[string]string{"hours": "48 hours", "working days": "3 working days", "desk hours": "4 desk hours", "months": "2 months"} {
		d := &Deadline{Within: within}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.clock(d, from, time.Time{}, from)
			}
		})
	}
}
