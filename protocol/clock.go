// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// start is what a clock counts from: one moment, or two bounds between which it
// lies (T-01u). known is when it was discovered, when that was said.
type start struct {
	from, to  bound
	precision Precision
	known     time.Time
}

// unsaid is what the sentence of a clock is made of.
type unsaid struct {
	deadline   *Deadline
	span       span
	from       start
	early, due bound
}

// clock computes one deadline, with its sentence.
func (p *Protocol) clock(d *Deadline, anchor any, met, now time.Time) DeadlineFinding {
	f := p.reckon(d, anchor, met, now)
	p.say(&f)
	return f
}

// say makes the sentence of a clock that was left unsaid.
func (p *Protocol) say(f *DeadlineFinding) {
	if u := f.unsaid; u != nil {
		f.Words, f.unsaid = p.explain(u.deadline, u.span, u.from, u.early, u.due), nil
	}
}

// InWords is the sentence of a clock, also of one that Conclude found.
func (p *Protocol) InWords(f DeadlineFinding) Text {
	p.say(&f)
	return f.Words
}

// reckon computes one deadline and leaves its sentence unsaid. The anchor is a time.Time, an
// Occurrence, the start that chained gives, or nil while it is unknown; met is zero while the
// clock runs. Deadline and Row of the finding are for the caller to fill.
func (p *Protocol) reckon(d *Deadline, anchor any, met, now time.Time) DeadlineFinding {
	s, err := parseSpan(d.Within)
	from, ok := p.startOf(anchor)
	if err != nil || !ok {
		return waiting(met)
	}
	due := p.count(from.to, s, d.End)
	early := due
	if from.from != from.to {
		early = p.count(from.from, s, d.End)
	}
	if early.at.After(due.at) { // a clock on the wall can bend between the two
		early = due
	}
	f := DeadlineFinding{
		Start:      from.from.at,
		Early:      early.at,
		Due:        due.at,
		Met:        met,
		Discovered: from.precision == PrecisionDiscovered,
	}
	f.Warn = warnings(d.Warn, f.Start, f.Early)
	f.State = clockState(d, f, now)
	f.unsaid = &unsaid{d, s, from, early, due}
	return f
}

// waiting is the finding of a clock without a start. When it was met all the same,
// nobody can say whether that was in time.
func waiting(met time.Time) DeadlineFinding {
	f := DeadlineFinding{Met: met, State: ClockWaiting, Words: clockNotStarted}
	if !met.IsZero() {
		f.State = ClockMetPossiblyLate
	}
	return f
}

// startOf reads an anchor. A period counts from its end, an unknown occurrence from
// its discovery (D-02).
func (p *Protocol) startOf(anchor any) (start, bool) {
	switch a := anchor.(type) {
	case time.Time:
		return start{from: bound{at: a}, to: bound{at: a}, precision: PrecisionMoment}, !a.IsZero()
	case start:
		return a, !a.from.at.IsZero()
	case Occurrence:
		s := start{from: bound{at: a.From}, to: bound{a.To, endsDay(a, p.zone())}, precision: a.Precision, known: a.Discovered}
		switch {
		case a.Precision == PrecisionDiscovered && a.From.IsZero():
			s.from, s.to = bound{at: a.Discovered}, bound{at: a.Discovered}
		case a.Precision == PrecisionMoment:
			s.to = s.from
		case a.Precision == PrecisionPeriod:
			s.from = s.to
		}
		return s, !s.from.at.IsZero() && !s.to.at.IsZero()
	}
	return start{}, false
}

// endsDay tells whether the later bound is the 24:00 of a day.
func endsDay(o Occurrence, loc *time.Location) bool {
	return o.To.After(o.From) && clockOf(o.To, loc) == 0
}

// chained is the anchor of a clock that starts where f ends, with the bounds of f
// (T-02). The Deadline of f must be filled. Nil while f itself waits.
func chained(f DeadlineFinding) any {
	if f.Due.IsZero() {
		return nil
	}
	dayEnd := f.Deadline.End == endOfDay
	s := start{from: bound{f.Early, dayEnd}, to: bound{f.Due, dayEnd}, precision: PrecisionMoment}
	if f.Discovered {
		s.precision, s.known = PrecisionDiscovered, f.Start
	}
	return s
}

// warnings are the moments at which a clock asks for attention, counted to the
// first moment that it could be late.
func warnings(percentages []int, from, early time.Time) []time.Time {
	if len(percentages) == 0 {
		percentages = []int{50, 90}
	}
	moments := make([]time.Time, 0, len(percentages))
	for _, percentage := range percentages {
		moments = append(moments, from.Add(early.Sub(from)/100*time.Duration(percentage)))
	}
	return moments
}

// clockState tells where a clock stands at now. Due itself is still in time for
// what is met, and already late for what is not: so an alarm at Due finds it late.
func clockState(d *Deadline, f DeadlineFinding, now time.Time) DeadlineState {
	over, metOver := ClockLate, ClockMetLate
	if d.Strength == "watch" {
		over, metOver = ClockReached, ClockReached
	}
	switch {
	case !f.Met.IsZero() && !f.Met.After(f.Early):
		return ClockMet
	case !f.Met.IsZero() && !f.Met.After(f.Due):
		return ClockMetPossiblyLate
	case !f.Met.IsZero():
		return metOver
	case !now.Before(f.Due):
		return over
	case !now.Before(f.Early):
		return ClockPossiblyLate
	}
	return ClockRunning
}
