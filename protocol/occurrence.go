// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"net/url"
	"strings"
	"time"
)

// answers reads the posted parts of one answer about time and collects what cannot
// be taken. Only an occurrence asks that nothing lies in the future: a moment or a
// date may be an appointment.
type answers struct {
	id     string
	posted url.Values
	loc    *time.Location
	now    time.Time // zero: the future is allowed
	errors []AnswerError
}

func (a *answers) get(part string) string { return strings.TrimSpace(a.posted.Get(a.id + part)) }

func (a *answers) refuse(part string, message Text) {
	a.errors = append(a.errors, AnswerError{Field: a.id + part, Message: message})
}

// readOccurrence reads <id>_date, _time, _fold (first or second), _to_date, _to_time,
// _unknown, _discovered_date and _discovered_time. False when nothing was answered
// or something could not be taken. D-01, D-02, R-R-137.
//
// Of a discovery that is known by its day only, From and To are the bounds of that
// day; Discovered is always the first moment that it can have been.
func readOccurrence(id string, posted url.Values, loc *time.Location, now time.Time) (Occurrence, bool, []AnswerError) {
	a := &answers{id: id, posted: posted, loc: loc, now: now}
	var o Occurrence
	ticked := a.ticked("_unknown")
	if !ticked {
		o = a.occurred()
	}
	discovered := a.stretch("_discovered_date", "_discovered_time", "_discovered_fold")
	switch {
	case len(a.errors) > 0:
	case o.Precision != "":
		o = a.knownSince(o, discovered)
	case discovered.Precision != "":
		o = discovered
		o.Precision, o.Discovered = PrecisionDiscovered, discovered.From
	case ticked:
		a.refuse("_discovered_date", Text{
			NL: "Vul in wanneer het is ontdekt. De termijn telt dan vanaf de ontdekking.",
			EN: "Fill in when it was discovered. The term then counts from the discovery.",
		})
	}
	if len(a.errors) > 0 || o.Precision == "" {
		return Occurrence{}, false, a.errors
	}
	return o, true, nil
}

// readMoment reads a moment from <id>_date, <id>_time and <id>_fold.
func readMoment(id string, posted url.Values, loc *time.Location) (time.Time, bool, []AnswerError) {
	a := &answers{id: id, posted: posted, loc: loc}
	o := a.stretch("_date", "_time", "_fold")
	if o.Precision == PrecisionDay {
		a.refuse("_time", Text{NL: "Vul ook het tijdstip in, zoals 14:00.", EN: "Fill in the time too, such as 14:00."})
	}
	if len(a.errors) > 0 || o.Precision == "" {
		return time.Time{}, false, a.errors
	}
	return o.From, true, nil
}

// readDate reads a day from <id>: its 00:00.
func readDate(id string, posted url.Values, loc *time.Location) (time.Time, bool, []AnswerError) {
	a := &answers{id: id, posted: posted, loc: loc}
	day, given := a.day("")
	if len(a.errors) > 0 || !given {
		return time.Time{}, false, a.errors
	}
	return day.at(0, loc), true, nil
}

// occurred reads the moment, day or period itself.
func (a *answers) occurred() Occurrence {
	o := a.stretch("_date", "_time", "_fold")
	if a.get("_to_date") == "" && a.get("_to_time") == "" || len(a.errors) > 0 {
		return o
	}
	if o.Precision == "" {
		a.refuse("_date", Text{NL: "Vul ook het begin van de periode in.", EN: "Fill in the beginning of the period too."})
		return o
	}
	if a.get("_to_date") == "" { // a time alone: later on the same day
		a.posted = withValue(a.posted, a.id+"_to_date", a.get("_date"))
	}
	to := a.stretch("_to_date", "_to_time", "_to_fold")
	if len(a.errors) > 0 {
		return o
	}
	return a.period(o, to)
}

// period joins a beginning and an end, each of which may be a whole day.
func (a *answers) period(from, to Occurrence) Occurrence {
	switch {
	case endsBefore(to, from):
		a.refuse("_to_date", Text{NL: "Het einde ligt vóór het begin. Verbeter een van de twee.", EN: "The end lies before the beginning. Correct one of the two."})
	case to.From.Equal(from.From) && to.To.Equal(from.To):
		return from
	}
	return Occurrence{From: from.From, To: to.To, Precision: PrecisionPeriod}
}

// endsBefore tells whether a is over when b begins. The 24:00 of one day is the 00:00
// of the next, and so over; a moment is not over at itself.
func endsBefore(a, b Occurrence) bool {
	return !a.To.After(b.From) && !a.From.Equal(b.From)
}

// knownSince adds the discovery to an occurrence that is known itself.
func (a *answers) knownSince(o, discovered Occurrence) Occurrence {
	if discovered.Precision == "" {
		return o
	}
	if endsBefore(discovered, o) {
		a.refuse("_discovered_date", Text{
			NL: "De ontdekking ligt vóór het incident. Verbeter een van de twee.",
			EN: "The discovery lies before the incident. Correct one of the two.",
		})
	}
	o.Discovered = discovered.From
	if o.Discovered.Before(o.From) { // a day on which it happened as well
		o.Discovered = o.From
	}
	return o
}

// stretch reads a date with or without a time: a moment, a day, or nothing.
func (a *answers) stretch(date, clock, fold string) Occurrence {
	day, given := a.day(date)
	if a.get(clock) == "" {
		if !given {
			return Occurrence{}
		}
		return a.wholeDay(date, day)
	}
	at, ok := parseClock(a.get(clock))
	switch {
	case !ok:
		a.refuse(clock, Text{NL: "Dit is geen tijdstip. Schrijf het als 14:00.", EN: "This is not a time. Write it as 14:00."})
	case !given && a.get(date) == "":
		a.refuse(date, Text{NL: "Vul ook de datum in, zoals 28-03-2026.", EN: "Fill in the date too, such as 28-03-2026."})
	case given:
		return a.moment(day, at, date, clock, fold)
	}
	return Occurrence{}
}

// day reads a date; given is false when it is empty or cannot be taken.
func (a *answers) day(part string) (day civil, given bool) {
	if a.get(part) == "" {
		return civil{}, false
	}
	day, ok := parseDay(a.get(part))
	if !ok {
		a.refuse(part, Text{
			NL: "Deze datum bestaat niet. Schrijf dag, maand en jaar, zoals 28-03-2026.",
			EN: "This date does not exist. Write day, month and year, such as 28-03-2026.",
		})
	}
	return day, ok
}

func (a *answers) wholeDay(date string, day civil) Occurrence {
	o := Occurrence{From: day.at(0, a.loc), To: day.at(24*time.Hour, a.loc), Precision: PrecisionDay}
	a.notAhead(date, o.From)
	return o
}

// moment is a clock on a day: refused when it never came, asked which when it came
// twice and both are past.
func (a *answers) moment(day civil, clock time.Duration, date, part, fold string) Occurrence {
	found := day.moments(clock, a.loc)
	if len(found) == 0 {
		a.refuse(part, neverCame(day, clock, a.loc))
		return Occurrence{}
	}
	at := found[0]
	if len(found) == 2 {
		at = a.chosen(found, day, clock, fold)
	}
	if day == dayOf(a.now, a.loc) { // today: the clock is what to correct
		date = part
	}
	a.notAhead(date, at)
	return Occurrence{From: at, To: at, Precision: PrecisionMoment}
}

// chosen picks one of two moments with the same clock. The later of the two needs no
// asking while it is still to come. Of the end of a period and of a discovery, for
// which forms have no such question, it is the later.
func (a *answers) chosen(found []time.Time, day civil, clock time.Duration, fold string) time.Time {
	switch a.get(fold) {
	case "first":
		return found[0]
	case "second":
		return found[1]
	}
	if !a.now.IsZero() && found[1].After(a.now) {
		return found[0]
	}
	if fold == "_fold" {
		a.refuse(fold, cameTwice(day, clock))
	}
	return found[1]
}

func (a *answers) notAhead(part string, t time.Time) {
	if !a.now.IsZero() && t.After(a.now) {
		a.refuse(part, Text{NL: "Dit moment ligt in de toekomst. Verbeter de datum of het tijdstip.", EN: "This moment lies in the future. Correct the date or the time."})
	}
}

func (a *answers) ticked(part string) bool {
	switch strings.ToLower(a.get(part)) {
	case "", "0", "no", "nee", "false", "off":
		return false
	}
	return true
}

// neverCame tells which stretch of the clock was skipped.
func neverCame(day civil, clock time.Duration, loc *time.Location) Text {
	shown, name := clockWords(clock), day.words(true)
	after, _ := day.at(clock, loc).ZoneBounds()
	last, first := clockOf(after.Add(-time.Nanosecond), loc)+time.Nanosecond, clockOf(after, loc)
	return Text{
		NL: "Op " + name.NL + " was het nooit " + shown + ": de klok sprong van " + clockWords(last) + " naar " + clockWords(first) + ". Vul een ander tijdstip in.",
		EN: "On " + name.EN + " it was never " + shown + ": the clock jumped from " + clockWords(last) + " to " + clockWords(first) + ". Fill in another time.",
	}
}

func cameTwice(day civil, clock time.Duration) Text {
	shown, name := clockWords(clock), day.words(true)
	return Text{
		NL: "Op " + name.NL + " was het twee keer " + shown + ", want de klok ging een uur terug. Kies de eerste keer (zomertijd) of de tweede keer (wintertijd).",
		EN: "On " + name.EN + " it was " + shown + " twice, because the clock went back an hour. Choose the first time (summer time) or the second (winter time).",
	}
}

// withValue copies posted values with one more; the caller's own are never changed.
func withValue(posted url.Values, key, value string) url.Values {
	copied := make(url.Values, len(posted)+1)
	for k, v := range posted {
		copied[k] = v
	}
	copied.Set(key, value)
	return copied
}
