// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// Pause says between which two moments a clock stands still, such as a question and its
// answer. Both are facts of type moment.
type Pause struct {
	From  string `yaml:"from"`
	Until string `yaml:"until"`
}

// referPause checks the moments of a pause.
func (l *loader) referPause(d *Deadline) {
	if d.Pause == (Pause{}) {
		return
	}
	if d.Pause.From == "" || d.Pause.Until == "" {
		l.problem(d.Pos, "pause", "Schrijf: pause: {from: gevraagd, until: beantwoord}, met feiten van type moment.", "Deze pauze heeft geen begin of geen einde.")
	}
	for _, id := range []string{d.Pause.From, d.Pause.Until} {
		l.moment(d.Pos, "pause", id)
		if at, ok := l.c.index[id]; ok {
			l.inView(site{pos: d.Pos, key: "pause", row: d.Each}, l.c.declared[at])
		}
	}
}

// paused moves the end of a clock by as long as it stood still. A clock that still stands
// still has no end yet.
func (a *activation) paused(d *Deadline, f DeadlineFinding) DeadlineFinding {
	from, begun := a.momentOf(d.Pause.From)
	if !begun || f.Due.IsZero() || from.Before(f.Start) || !from.Before(f.Due) || !f.Met.IsZero() && !from.Before(f.Met) {
		return f
	}
	a.p.say(&f)
	until, over := a.momentOf(d.Pause.Until)
	switch {
	case !over && f.Met.IsZero():
		since := bound{at: from}.words(a.p.zone(), false)
		f.Early, f.Due, f.Warn, f.State = time.Time{}, time.Time{}, nil, ClockWaiting
		f.Words = join(Text{NL: "De klok staat stil sinds ", EN: "The clock stands still since "}, since, Text{NL: ".", EN: "."})
		return f
	case !over:
		until = f.Met
	}
	if !until.After(from) {
		return f
	}
	s, err := parseSpan(d.Within)
	if err != nil {
		return f
	}
	f.Early, f.Due = a.p.later(f.Early, from, until, s), a.p.later(f.Due, from, until, s)
	f.Warn, f.State = warnings(d.Warn, f.Start, f.Early), clockState(d, f, a.now)
	loc := a.p.zone()
	f.Words = join(f.Words, Text{NL: "; de klok stond stil van ", EN: "; the clock stood still from "}, bound{at: from}.words(loc, false),
		Text{NL: " tot ", EN: " to "}, bound{at: until}.words(loc, false), Text{NL: ", dus nu ", EN: ", so now "}, bound{at: f.Due}.words(loc, false))
	return f
}

func (a *activation) momentOf(id string) (time.Time, bool) {
	at := a.c.indexOf(id)
	if at < 0 {
		return time.Time{}, false
	}
	moment, known := a.raw[at].(time.Time)
	return moment, known && !moment.IsZero()
}

// later moves an end by what lies between two moments, in the measure of the clock: working
// days by the working days between them, days and longer by the days, desk hours by the time
// that the desk was open, and hours by the hours.
func (p *Protocol) later(due, from, until time.Time, s span) time.Time {
	loc := p.zone()
	first, last, end := dayOf(from, loc), dayOf(until, loc), dayOf(due, loc)
	switch {
	case s.unit == inDeskHours:
		return p.afterDeskHours(due, p.openBetween(from, until))
	case s.elapsed():
		return due.Add(until.Sub(from))
	case s.unit == inWorkingDays:
		n := 0
		for day := first; day != last; {
			if day = day.add(1); p.workingDay(day) {
				n++
			}
		}
		if n == 0 {
			return due
		}
		return p.afterWorkingDays(end, n).at(clockOf(due, loc), loc)
	}
	return end.add(last.number()-first.number()).at(clockOf(due, loc), loc)
}

// openBetween is how long the desk was open between two moments.
func (p *Protocol) openBetween(from, until time.Time) time.Duration {
	var open time.Duration
	for at := p.NextDeskOpening(from); at.Before(until); {
		o := p.openingFrom(at)
		if !o.to.After(at) {
			break // a desk that never opens
		}
		if o.to.After(until) {
			return open + until.Sub(at)
		}
		open += o.to.Sub(at)
		at = p.NextDeskOpening(o.to)
	}
	return open
}
