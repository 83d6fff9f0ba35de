// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// shortestRepeat keeps a slip of the pen ("5 minutes") from filling mailboxes.
const shortestRepeat = time.Hour

// Reminders says when a clock that ends at due reminds of itself (`repeat`): at its end, and
// each interval after it. A clock with `escalate` tells people at its end already; its first
// reminder comes an interval later. Intervals are counted from the end, so that "1 month" after
// 31 January is 28 February and then 31 March.
//
//	────────── end ──────── end + 1 ──── now ──── end + 2 ────
//	            │              └ last             └ next        passed is 2
//
// With `repeat_at: desk_open` a reminder of the night, the weekend or a holiday waits for the
// desk to open, and those of one closed stretch become one moment. The intervals do not move:
// the next one counts from the end of the clock as before.
//
// last is zero when none has passed, next when the clock has no reminders.
func (p *Protocol) Reminders(d *Deadline, due, now time.Time) (last, next time.Time, passed int) {
	each, err := parseSpan(d.Repeat)
	if err != nil || due.IsZero() { // without `repeat` nothing is parsed
		return time.Time{}, time.Time{}, 0
	}
	first := 0
	if len(d.Escalate) > 0 {
		first = 1
	}
	nth := func(k int) time.Time {
		if k += first; k == 0 { // no desk hours from an end at night are already its opening
			return p.reminderAt(d, due)
		}
		return p.reminderAt(d, p.count(bound{at: due}, span{each.n * k, each.unit}, endExact).at)
	}
	passed = countUntil(nth, now)
	if passed > 0 {
		last = nth(passed - 1)
	}
	return last, nth(passed), passed
}

// reminderAt is when the reminder of this moment goes out.
func (p *Protocol) reminderAt(d *Deadline, at time.Time) time.Time {
	if d.RepeatAt == endDeskOpen {
		return p.NextDeskOpening(at)
	}
	return at
}

// countUntil is how many moments of a row that never falls are not after now. It doubles its stride and
// then halves it: a clock that nobody stopped for years costs no more than twenty looks.
func countUntil(nth func(int) time.Time, now time.Time) int {
	low, high := 0, 1
	for !nth(high - 1).After(now) {
		low, high = high, 2*high
	}
	for low < high {
		mid := (low + high) / 2
		if nth(mid).After(now) {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// referRepeat checks that a clock that repeats has somebody to remind, and lets them sleep.
func (l *loader) referRepeat(d *Deadline) {
	l.span(d.Pos, "repeat", d.Repeat)
	l.one(d.Pos, "repeat_at", d.RepeatAt, endDeskOpen)
	if d.Repeat == "" && d.RepeatAt != "" {
		l.problem(d.Pos, "repeat_at", "Voeg toe: repeat: bijvoorbeeld 1 day, of laat repeat_at weg.", "Deze termijn zegt wanneer een herinnering uitgaat (repeat_at), maar herinnert niet.")
	}
	each, err := parseSpan(d.Repeat)
	if d.Repeat == "" || err != nil {
		return
	}
	if each.n == 0 || each.elapsed() && each.duration() < shortestRepeat {
		l.problem(d.Pos, "repeat", "Schrijf bijvoorbeeld: repeat: 1 day.", "%q is te vaak om te herinneren; een uur is het kortst.", d.Repeat)
	}
	if d.Owner == "" {
		l.problem(d.Pos, "owner", "Voeg toe: owner: de rol die aan zet is.", "Deze termijn herinnert (repeat), maar zegt niet wie.")
	}
}
