// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strconv"
	"time"
)

// The words for days and months, Dutch and English, Sunday and January first.
var (
	shortDays = [7]Text{{"zo", "Sun"}, {"ma", "Mon"}, {"di", "Tue"}, {"wo", "Wed"}, {"do", "Thu"}, {"vr", "Fri"}, {"za", "Sat"}}

	shortMonths = [12]Text{
		{"jan", "Jan"}, {"feb", "Feb"}, {"mrt", "Mar"}, {"apr", "Apr"}, {"mei", "May"}, {"jun", "Jun"},
		{"jul", "Jul"}, {"aug", "Aug"}, {"sep", "Sep"}, {"okt", "Oct"}, {"nov", "Nov"}, {"dec", "Dec"},
	}
	longDays = [7]Text{
		{"zondag", "Sunday"}, {"maandag", "Monday"}, {"dinsdag", "Tuesday"}, {"woensdag", "Wednesday"},
		{"donderdag", "Thursday"}, {"vrijdag", "Friday"}, {"zaterdag", "Saturday"},
	}
	longMonths = [12]Text{
		{"januari", "January"}, {"februari", "February"}, {"maart", "March"}, {"april", "April"},
		{"mei", "May"}, {"juni", "June"}, {"juli", "July"}, {"augustus", "August"},
		{"september", "September"}, {"oktober", "October"}, {"november", "November"}, {"december", "December"},
	}
)

// join sets texts behind each other, in each language.
func join(parts ...Text) Text {
	var nl, en [256]byte
	dutch, english := nl[:0], en[:0]
	for _, part := range parts {
		dutch, english = append(dutch, part.NL...), append(english, part.EN...)
	}
	return Text{NL: string(dutch), EN: string(english)}
}

// plain is a text that is the same in both languages.
func plain(words string) Text { return Text{NL: words, EN: words} }

// words is a day: "za 28 mrt", and with its year "za 28 mrt 2026".
func (c civil) words(year bool) Text {
	name, month, after := shortDays[c.weekday()], shortMonths[c.month-1], ""
	if year {
		after = " " + strconv.Itoa(c.year)
	}
	n := strconv.Itoa(c.day)
	return Text{NL: name.NL + " " + n + " " + month.NL + after, EN: name.EN + " " + n + " " + month.EN + after}
}

// clockWords is a clock on the wall: "14:00", "24:00".
func clockWords(clock time.Duration) string {
	minutes := int(clock / time.Minute)
	return string([]byte{
		byte('0' + minutes/600%10), byte('0' + minutes/60%10), ':', byte('0' + minutes%60/10), byte('0' + minutes%10),
	})
}

// words is a bound for a reader. A clock that came twice tells which of the two.
func (b bound) words(loc *time.Location, year bool) Text {
	return join(b.day(loc).words(year), plain(" "+clockWords(b.clock(loc))), whichOfTwo(b.at, loc))
}

// whichOfTwo names summer or winter time for a clock that came twice, else nothing.
func whichOfTwo(t time.Time, loc *time.Location) Text {
	found := dayOf(t, loc).moments(clockOf(t, loc), loc)
	switch {
	case len(found) < 2:
		return Text{}
	case t.Equal(found[0]):
		return Text{NL: " (zomertijd)", EN: " (summer time)"}
	}
	return Text{NL: " (wintertijd)", EN: " (winter time)"}
}

// inFull is a day as a letter writes it: "zaterdag 28 maart 2026".
func (c civil) inFull() Text {
	name, month, n, year := longDays[c.weekday()], longMonths[c.month-1], strconv.Itoa(c.day), strconv.Itoa(c.year)
	return Text{NL: name.NL + " " + n + " " + month.NL + " " + year, EN: name.EN + " " + n + " " + month.EN + " " + year}
}

// inFull is a bound as a letter writes it: "zaterdag 28 maart 2026 om 14.00 uur".
func (b bound) inFull(loc *time.Location) Text {
	clock := clockWords(b.clock(loc))
	at := Text{NL: " om " + clock[:2] + "." + clock[3:] + " uur", EN: " at " + clock}
	return join(b.day(loc).inFull(), at, whichOfTwo(b.at, loc))
}

// timeWords words moments, briefly for a page or in full for a letter.
type timeWords struct {
	loc     *time.Location
	inFull  bool
	closing bool // of a moment that ends something: midnight is the end of the day before
}

func (w timeWords) bound(b bound) Text {
	if w.closing && b.clock(w.loc) == 0 {
		b.dayEnd = true
	}
	if w.inFull {
		return b.inFull(w.loc)
	}
	return b.words(w.loc, true)
}

func (w timeWords) day(c civil) Text {
	if w.inFull {
		return c.inFull()
	}
	return c.words(true)
}

// moment is a moment in local time: "za 28 mrt 2026 14:00". Empty when zero.
func (w timeWords) moment(t time.Time) Text {
	if t.IsZero() {
		return Text{}
	}
	return w.bound(bound{at: t})
}

// date is the local day of t: "za 28 mrt 2026". Empty when zero.
func (w timeWords) date(t time.Time) Text {
	if t.IsZero() {
		return Text{}
	}
	return w.day(dayOf(t, w.loc))
}

// occurrence tells when something happened as exactly as is known.
func (w timeWords) occurrence(o Occurrence) Text {
	switch o.Precision {
	case PrecisionDiscovered:
		return join(Text{NL: "tijdstip onbekend, ontdekt op ", EN: "time unknown, discovered on "}, w.discovered(o))
	case PrecisionDay:
		return join(w.date(o.From), Text{NL: ", tijdstip onbekend", EN: ", time unknown"}, w.since(o))
	case PrecisionPeriod:
		return join(w.period(o), w.since(o))
	}
	return join(w.moment(o.From), w.since(o))
}

func (w timeWords) discovered(o Occurrence) Text {
	if endsDay(o, w.loc) && clockOf(o.From, w.loc) == 0 {
		return w.date(o.From)
	}
	return w.moment(o.Discovered)
}

// period leaves the clock out when the period is of whole days.
func (w timeWords) period(o Occurrence) Text {
	to := bound{o.To, endsDay(o, w.loc)}
	if to.dayEnd && clockOf(o.From, w.loc) == 0 {
		return join(Text{NL: "van ", EN: "from "}, w.date(o.From),
			Text{NL: " tot en met ", EN: " up to and including "}, w.day(to.day(w.loc)))
	}
	return join(Text{NL: "van ", EN: "from "}, w.moment(o.From), Text{NL: " tot ", EN: " until "}, w.bound(to))
}

// since adds when a known occurrence was discovered (D-01: shown, never hidden).
func (w timeWords) since(o Occurrence) Text {
	if o.Discovered.IsZero() {
		return Text{}
	}
	return join(Text{NL: ", bekend sinds ", EN: ", known since "}, w.moment(o.Discovered))
}

func (p *Protocol) brief() timeWords { return timeWords{loc: p.zone()} }
