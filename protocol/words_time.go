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

// momentWords is a moment in local time: "za 28 mrt 2026 14:00". Empty when zero.
func (p *Protocol) momentWords(t time.Time) Text {
	if t.IsZero() {
		return Text{}
	}
	return bound{at: t}.words(p.zone(), true)
}

// dateWords is the local day of t: "za 28 mrt 2026". Empty when zero.
func (p *Protocol) dateWords(t time.Time) Text {
	if t.IsZero() {
		return Text{}
	}
	return dayOf(t, p.zone()).words(true)
}

// occurrenceWords tells when something happened as exactly as is known.
func (p *Protocol) occurrenceWords(o Occurrence) Text {
	switch o.Precision {
	case PrecisionDiscovered:
		return join(Text{NL: "tijdstip onbekend, ontdekt op ", EN: "time unknown, discovered on "}, p.discoveredWords(o))
	case PrecisionDay:
		return join(p.dateWords(o.From), Text{NL: ", tijdstip onbekend", EN: ", time unknown"}, p.sinceWords(o))
	case PrecisionPeriod:
		return join(p.periodWords(o), p.sinceWords(o))
	}
	return join(p.momentWords(o.From), p.sinceWords(o))
}

func (p *Protocol) discoveredWords(o Occurrence) Text {
	if p.endsDay(o) && clockOf(o.From, p.zone()) == 0 {
		return p.dateWords(o.From)
	}
	return p.momentWords(o.Discovered)
}

// periodWords leaves the clock out when the period is of whole days.
func (p *Protocol) periodWords(o Occurrence) Text {
	to := bound{o.To, p.endsDay(o)}
	if to.dayEnd && clockOf(o.From, p.zone()) == 0 {
		return join(Text{NL: "van ", EN: "from "}, p.dateWords(o.From),
			Text{NL: " tot en met ", EN: " up to and including "}, to.day(p.zone()).words(true))
	}
	return join(Text{NL: "van ", EN: "from "}, p.momentWords(o.From), Text{NL: " tot ", EN: " until "}, to.words(p.zone(), true))
}

// sinceWords adds when a known occurrence was discovered (D-01: shown, never hidden).
func (p *Protocol) sinceWords(o Occurrence) Text {
	if o.Discovered.IsZero() {
		return Text{}
	}
	return join(Text{NL: ", bekend sinds ", EN: ", known since "}, p.momentWords(o.Discovered))
}
