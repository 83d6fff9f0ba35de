// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// dutch is a protocol with the calendar and hours of requirements §10: all
// holidays, a desk of 09:00–22:00 every day, an office of 09:00–17:00.
func dutch() *Protocol {
	p := &Protocol{}
	p.Desk = DeskHours{Opens: "09:00", Closes: "22:00", Zone: "Europe/Amsterdam", Office: Office{Opens: "09:00", Closes: "17:00"}}
	for _, rule := range holidayRules {
		p.Calendar.Holidays = append(p.Calendar.Holidays, rule.name)
	}
	return p
}

// instant reads RFC 3339 without seconds: 2026-03-28T14:00+01:00.
func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z07:00", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func wholeDay(p *Protocol, year int, month time.Month, day int) Occurrence {
	d := civil{year, month, day}
	return Occurrence{From: d.at(0, p.zone()), To: d.at(24*time.Hour, p.zone()), Precision: PrecisionDay}
}

// The examples of requirements §10 and of the scenarios, to the word.
func TestClockExamples(t *testing.T) {
	t.Parallel()
	p := dutch()
	for _, c := range []struct {
		name       string
		within     string
		end        string
		from, due  string
		nl, en     string
		discovered bool
	}{
		{name: "T-01 SC-01 R-R-31 spring", within: "48 hours", from: "2026-03-28T14:00+01:00", due: "2026-03-30T15:00+02:00",
			nl: "za 28 mrt 14:00 + 48 uur = ma 30 mrt 15:00, want de klok gaat een uur vooruit",
			en: "Sat 28 Mar 14:00 + 48 hours = Mon 30 Mar 15:00, because the clocks go forward an hour"},
		{name: "T-01 autumn", within: "48 hours", from: "2026-10-24T14:00+02:00", due: "2026-10-26T13:00+01:00",
			nl: "za 24 okt 14:00 + 48 uur = ma 26 okt 13:00, want de klok gaat een uur terug",
			en: "Sat 24 Oct 14:00 + 48 hours = Mon 26 Oct 13:00, because the clocks go back an hour"},
		{name: "T-01 doubled hour, first", within: "48 hours", from: "2026-10-25T02:30+02:00", due: "2026-10-27T01:30+01:00",
			nl: "zo 25 okt 02:30 (zomertijd) + 48 uur = di 27 okt 01:30, want de klok gaat een uur terug",
			en: "Sun 25 Oct 02:30 (summer time) + 48 hours = Tue 27 Oct 01:30, because the clocks go back an hour"},
		{name: "T-01 doubled hour, second", within: "48 hours", from: "2026-10-25T02:30+01:00", due: "2026-10-27T02:30+01:00",
			nl: "zo 25 okt 02:30 (wintertijd) + 48 uur = di 27 okt 02:30",
			en: "Sun 25 Oct 02:30 (winter time) + 48 hours = Tue 27 Oct 02:30"},
		{name: "T-01 SC-06", within: "48 hours", from: "2026-04-27T23:10+02:00", due: "2026-04-29T23:10+02:00",
			nl: "ma 27 apr 23:10 + 48 uur = wo 29 apr 23:10", en: "Mon 27 Apr 23:10 + 48 hours = Wed 29 Apr 23:10"},
		{name: "T-01k R-R-36", within: "48 hours", from: "2026-07-10T11:20+02:00", due: "2026-07-12T11:20+02:00", discovered: true,
			nl: "vr 10 jul 11:20 + 48 uur = zo 12 jul 11:20, geteld vanaf de ontdekking",
			en: "Fri 10 Jul 11:20 + 48 hours = Sun 12 Jul 11:20, counted from discovery"},
		{name: "T-02 duty", within: "48 hours", from: "2026-04-03T21:30+02:00", due: "2026-04-05T21:30+02:00",
			nl: "vr 3 apr 21:30 + 48 uur = zo 5 apr 21:30", en: "Fri 3 Apr 21:30 + 48 hours = Sun 5 Apr 21:30"},
		{name: "T-04 R-R-10 closed", within: "0 hours", end: "desk_open", from: "2026-04-27T23:40+02:00", due: "2026-04-28T09:00+02:00",
			nl: "ma 27 apr 23:40, dan de eerste opening van het loket = di 28 apr 09:00, want het loket is open van 09:00 tot 22:00",
			en: "Mon 27 Apr 23:40, then the first opening of the desk = Tue 28 Apr 09:00, because the desk is open from 09:00 to 22:00"},
		{name: "T-04 open", within: "0 hours", end: "desk_open", from: "2026-04-27T14:00+02:00", due: "2026-04-27T14:00+02:00",
			nl: "ma 27 apr 14:00, dan de eerste opening van het loket = ma 27 apr 14:00",
			en: "Mon 27 Apr 14:00, then the first opening of the desk = Mon 27 Apr 14:00"},
		{name: "T-15 R-I-79 next morning, the clock goes back", within: "0 hours", end: "9:00", from: "2026-10-25T00:00+02:00", due: "2026-10-25T09:00+01:00",
			nl: "zo 25 okt 00:00, tot het 9:00 uur is = zo 25 okt 09:00", en: "Sun 25 Oct 00:00, until it is 9:00 = Sun 25 Oct 09:00"},
		{name: "T-15 next morning, the clock goes forward", within: "0 hours", end: "9:00", from: "2027-03-28T00:00+01:00", due: "2027-03-28T09:00+02:00",
			nl: "zo 28 mrt 00:00, tot het 9:00 uur is = zo 28 mrt 09:00", en: "Sun 28 Mar 00:00, until it is 9:00 = Sun 28 Mar 09:00"},
		{name: "control: nine hours after midnight is not nine o'clock", within: "9 hours", end: "exact", from: "2026-10-25T00:00+02:00", due: "2026-10-25T08:00+01:00",
			nl: "zo 25 okt 00:00 + 9 uur = zo 25 okt 08:00, want de klok gaat een uur terug", en: "Sun 25 Oct 00:00 + 9 hours = Sun 25 Oct 08:00, because the clocks go back an hour"},
		{name: "already nine", within: "0 hours", end: "9:00", from: "2026-10-25T09:00+01:00", due: "2026-10-25T09:00+01:00",
			nl: "zo 25 okt 09:00, tot het 9:00 uur is = zo 25 okt 09:00", en: "Sun 25 Oct 09:00, until it is 9:00 = Sun 25 Oct 09:00"},
		{name: "on the last working day itself", within: "1 working day", end: "9:00", from: "2026-04-24T16:55+02:00", due: "2026-04-28T09:00+02:00",
			nl: "vr 24 apr 16:55 + 1 werkdag, tot het 9:00 uur is = di 28 apr 09:00, want ma 27 apr is Koningsdag en het weekend telt niet mee", en: "Fri 24 Apr 16:55 + 1 working day, until it is 9:00 = Tue 28 Apr 09:00, because Mon 27 Apr is King's Day and the weekend does not count"},
		{name: "T-05 within the day", within: "4 desk hours", from: "2026-03-28T16:10+01:00", due: "2026-03-28T20:10+01:00",
			nl: "za 28 mrt 16:10 + 4 loketuren = za 28 mrt 20:10", en: "Sat 28 Mar 16:10 + 4 desk hours = Sat 28 Mar 20:10"},
		{name: "T-05 over the spring night", within: "4 desk hours", from: "2026-03-28T21:00+01:00", due: "2026-03-29T12:00+02:00",
			nl: "za 28 mrt 21:00 + 4 loketuren = zo 29 mrt 12:00, want het loket is open van 09:00 tot 22:00",
			en: "Sat 28 Mar 21:00 + 4 desk hours = Sun 29 Mar 12:00, because the desk is open from 09:00 to 22:00"},
		{name: "T-10 third quarter: to 31 October 24:00", within: "1 month", from: "2026-10-01T00:00+02:00", due: "2026-11-01T00:00+01:00",
			nl: "do 1 okt 00:00 + 1 maand = zo 1 nov 00:00", en: "Thu 1 Oct 00:00 + 1 month = Sun 1 Nov 00:00"},
		{name: "end of day of a month", within: "1 month", end: "end_of_day", from: "2026-09-30T12:00+02:00", due: "2026-10-31T00:00+01:00",
			nl: "wo 30 sep 12:00 + 1 maand, tot het einde van de dag = vr 30 okt 24:00",
			en: "Wed 30 Sep 12:00 + 1 month, to the end of the day = Fri 30 Oct 24:00"},
		{name: "T-12 SC-04 R-I-09", within: "1 working day", from: "2026-05-13T15:40+02:00", due: "2026-05-15T17:00+02:00",
			nl: "wo 13 mei 15:40 + 1 werkdag = vr 15 mei 17:00 (einde kantoortijd), want do 14 mei is Hemelvaartsdag",
			en: "Wed 13 May 15:40 + 1 working day = Fri 15 May 17:00 (end of office hours), because Thu 14 May is Ascension Day"},
		{name: "T-12 Saturday", within: "1 working day", from: "2026-05-16T11:00+02:00", due: "2026-05-18T17:00+02:00",
			nl: "za 16 mei 11:00 + 1 werkdag = ma 18 mei 17:00 (einde kantoortijd), want het weekend telt niet mee",
			en: "Sat 16 May 11:00 + 1 working day = Mon 18 May 17:00 (end of office hours), because the weekend does not count"},
		{name: "T-12 Easter", within: "1 working day", from: "2026-04-02T16:20+02:00", due: "2026-04-07T17:00+02:00",
			nl: "do 2 apr 16:20 + 1 werkdag = di 7 apr 17:00 (einde kantoortijd), want vr 3 apr is Goede Vrijdag, ma 6 apr is tweede paasdag en het weekend telt niet mee",
			en: "Thu 2 Apr 16:20 + 1 working day = Tue 7 Apr 17:00 (end of office hours), because Fri 3 Apr is Good Friday, Mon 6 Apr is Easter Monday and the weekend does not count"},
		{name: "T-12 SC-04 follow-up", within: "1 working day", from: "2026-05-18T10:15+02:00", due: "2026-05-19T17:00+02:00",
			nl: "ma 18 mei 10:15 + 1 werkdag = di 19 mei 17:00 (einde kantoortijd)",
			en: "Mon 18 May 10:15 + 1 working day = Tue 19 May 17:00 (end of office hours)"},
		{name: "D-06 same clock time", within: "1 working day", end: "exact", from: "2026-05-13T15:40+02:00", due: "2026-05-15T15:40+02:00",
			nl: "wo 13 mei 15:40 + 1 werkdag = vr 15 mei 15:40, want do 14 mei is Hemelvaartsdag",
			en: "Wed 13 May 15:40 + 1 working day = Fri 15 May 15:40, because Thu 14 May is Ascension Day"},
		{name: "T-13 SC-10 R-I-85 D-04", within: "48 hours", from: "2026-12-31T15:00+01:00", due: "2027-01-02T15:00+01:00",
			nl: "do 31 dec 2026 15:00 + 48 uur = za 2 jan 2027 15:00", en: "Thu 31 Dec 2026 15:00 + 48 hours = Sat 2 Jan 2027 15:00"},
		{name: "T-14 SC-10 R-I-91 D-05", within: "2 months", end: "end_of_day", from: "2026-12-31T15:00+01:00", due: "2027-03-01T00:00+01:00",
			nl: "do 31 dec 2026 15:00 + 2 maanden, tot het einde van de dag = zo 28 feb 2027 24:00, want februari heeft 28 dagen",
			en: "Thu 31 Dec 2026 15:00 + 2 months, to the end of the day = Sun 28 Feb 2027 24:00, because February has 28 days"},
		{name: "office_close in weeks", within: "6 weeks", end: "office_close", from: "2026-02-10T20:00+01:00", due: "2026-03-25T17:00+01:00",
			nl: "di 10 feb 20:00 + 6 weken = wo 25 mrt 17:00 (einde kantoortijd)",
			en: "Tue 10 Feb 20:00 + 6 weeks = Wed 25 Mar 17:00 (end of office hours)"},
	} {
		anchor := any(instant(t, c.from))
		if c.discovered {
			anchor = Occurrence{Discovered: instant(t, c.from), Precision: PrecisionDiscovered}
		}
		f := p.clock(&Deadline{Within: c.within, End: c.end}, anchor, time.Time{}, instant(t, c.from))
		if want := instant(t, c.due); !f.Due.Equal(want) || !f.Early.Equal(want) {
			t.Errorf("%s: due %s, early %s, want %s", c.name, f.Due, f.Early, want)
		}
		if f.Words.NL != c.nl || f.Words.EN != c.en {
			t.Errorf("%s:\n got %s\nwant %s\n got %s\nwant %s", c.name, f.Words.NL, c.nl, f.Words.EN, c.en)
		}
		if f.Discovered != c.discovered || !f.Start.Equal(instant(t, c.from)) {
			t.Errorf("%s: discovered %v, start %s", c.name, f.Discovered, f.Start)
		}
	}
}

// T-01u D-02 R-R-137: a day without a time gives two bounds.
func TestClockDayOnly(t *testing.T) {
	t.Parallel()
	p := dutch()
	d := &Deadline{Within: "48 hours"}
	early, late := instant(t, "2026-06-04T00:00+02:00"), instant(t, "2026-06-05T00:00+02:00")
	for _, c := range []struct {
		met, now time.Time
		want     DeadlineState
	}{
		{time.Time{}, early.Add(-time.Second), ClockRunning},
		{time.Time{}, early, ClockPossiblyLate},
		{time.Time{}, late.Add(-time.Second), ClockPossiblyLate},
		{time.Time{}, late, ClockLate},
		{early, late, ClockMet},
		{early.Add(time.Second), late, ClockMetPossiblyLate},
		{late, late, ClockMetPossiblyLate},
		{late.Add(time.Second), late, ClockMetLate},
	} {
		f := p.clock(d, wholeDay(p, 2026, time.June, 2), c.met, c.now)
		if !f.Early.Equal(early) || !f.Due.Equal(late) || f.State != c.want {
			t.Errorf("met %s now %s: early %s due %s state %s, want %s", c.met, c.now, f.Early, f.Due, f.State, c.want)
		}
	}
	words := p.clock(d, wholeDay(p, 2026, time.June, 2), time.Time{}, early).Words
	if words.NL != "di 2 jun (tijdstip onbekend) + 48 uur: mogelijk te laat vanaf do 4 jun 00:00, te laat vanaf vr 5 jun 00:00" ||
		words.EN != "Tue 2 Jun (time unknown) + 48 hours: possibly late from Thu 4 Jun 00:00, late from Fri 5 Jun 00:00" {
		t.Error(words)
	}
}

// D-02: a period counts from its end, and says so.
func TestClockPeriod(t *testing.T) {
	t.Parallel()
	p := dutch()
	o := Occurrence{From: instant(t, "2026-06-02T10:00+02:00"), To: instant(t, "2026-06-03T16:00+02:00"), Precision: PrecisionPeriod}
	f := p.clock(&Deadline{Within: "48 hours"}, o, time.Time{}, o.To)
	if want := instant(t, "2026-06-05T16:00+02:00"); !f.Early.Equal(want) || !f.Due.Equal(want) || !f.Start.Equal(o.To) {
		t.Error(f)
	}
	if f.Words.NL != "wo 3 jun 16:00 + 48 uur = vr 5 jun 16:00, geteld vanaf het einde van de periode" {
		t.Error(f.Words.NL)
	}
}

// D-01: the clock runs from the incident, not from knowledge; knowledge is shown.
func TestClockKnownSince(t *testing.T) {
	t.Parallel()
	p := dutch()
	at, known := instant(t, "2026-07-10T11:20+02:00"), instant(t, "2026-07-13T09:00+02:00")
	o := Occurrence{From: at, To: at, Precision: PrecisionMoment, Discovered: known}
	f := p.clock(&Deadline{Within: "48 hours"}, o, time.Time{}, known)
	if f.State != ClockLate || f.Discovered || !f.Due.Equal(at.Add(48*time.Hour)) {
		t.Error(f)
	}
	if f.Words.NL != "vr 10 jul 11:20 + 48 uur = zo 12 jul 11:20, bekend sinds ma 13 jul 09:00" {
		t.Error(f.Words.NL)
	}
}

// A period that ends with a day still counts that day: no working day and no day of
// a month is won or lost at 24:00.
func TestClockCountsTheLastDay(t *testing.T) {
	t.Parallel()
	p := dutch()
	o := wholeDay(p, 2026, time.December, 30)
	for within, want := range map[string]string{
		"1 working day": "2026-12-31T17:00+01:00",
		"2 months":      "2027-03-01T00:00+01:00",
		"1 day":         "2027-01-01T00:00+01:00",
	} {
		f := p.clock(&Deadline{Within: within}, o, time.Time{}, o.To)
		if !f.Due.Equal(instant(t, want)) {
			t.Errorf("%s: due %s, want %s", within, f.Due, want)
		}
	}
	if naive := p.count(bound{at: o.To}, span{1, inWorkingDays}, "").at; naive.Equal(instant(t, "2026-12-31T17:00+01:00")) {
		t.Error("control: without the mark of the day's end the wrong day should come out")
	}
}

// T-02 D-03 R-R-40 SC-02: the watch ends in a duty, whose own clock starts there;
// both bounds and the discovery carry over.
func TestClockChained(t *testing.T) {
	t.Parallel()
	p := dutch()
	missing := instant(t, "2026-04-03T21:30+02:00")
	watch := &Deadline{Within: "48 hours", Strength: "watch"}
	duty := &Deadline{Within: "48 hours"}
	first := p.clock(watch, missing, time.Time{}, missing.Add(48*time.Hour))
	first.Deadline = watch
	if first.State != ClockReached {
		t.Error(first.State)
	}
	second := p.clock(duty, chained(first), time.Time{}, missing)
	if !second.Due.Equal(instant(t, "2026-04-07T21:30+02:00")) || second.State != ClockRunning {
		t.Error(second)
	}
	day := p.clock(watch, wholeDay(p, 2026, time.April, 3), time.Time{}, missing)
	day.Deadline = watch
	second = p.clock(duty, chained(day), time.Time{}, missing)
	if !second.Early.Equal(instant(t, "2026-04-07T00:00+02:00")) || !second.Due.Equal(instant(t, "2026-04-08T00:00+02:00")) {
		t.Error(second)
	}
	if second.Words.NL != "tussen zo 5 apr 00:00 en ma 6 apr 00:00 + 48 uur: mogelijk te laat vanaf di 7 apr 00:00, te laat vanaf wo 8 apr 00:00" {
		t.Error(second.Words.NL)
	}
	found := p.clock(watch, Occurrence{Discovered: missing, Precision: PrecisionDiscovered}, time.Time{}, missing)
	found.Deadline = watch
	if second = p.clock(duty, chained(found), time.Time{}, missing); !second.Discovered {
		t.Error("the discovery was lost")
	}
	if chained(p.clock(watch, nil, time.Time{}, missing)) != nil {
		t.Error("a waiting clock starts nothing")
	}
}

// A watch never says late: what comes after it is reached, met or not.
func TestClockWatch(t *testing.T) {
	t.Parallel()
	p := dutch()
	from := instant(t, "2026-04-03T21:30+02:00")
	watch := &Deadline{Within: "48 hours", Strength: "watch"}
	for met, want := range map[time.Duration]DeadlineState{0: ClockReached, 47 * time.Hour: ClockMet, 49 * time.Hour: ClockReached} {
		at := time.Time{}
		if met > 0 {
			at = from.Add(met)
		}
		if f := p.clock(watch, from, at, from.Add(50*time.Hour)); f.State != want {
			t.Errorf("met after %s: %s, want %s", met, f.State, want)
		}
	}
	if words := p.clock(watch, wholeDay(p, 2026, time.April, 3), time.Time{}, from).Words.NL; words !=
		"vr 3 apr (tijdstip onbekend) + 48 uur: mogelijk bereikt vanaf zo 5 apr 00:00, bereikt vanaf ma 6 apr 00:00" {
		t.Error(words)
	}
}

// A clock without a start waits; what was done meanwhile is not called in time.
func TestClockWaiting(t *testing.T) {
	t.Parallel()
	p := dutch()
	now := instant(t, "2026-04-03T21:30+02:00")
	for _, anchor := range []any{nil, time.Time{}, Occurrence{}, Occurrence{Precision: PrecisionDiscovered}, "2026-04-03"} {
		f := p.clock(&Deadline{Within: "48 hours"}, anchor, time.Time{}, now)
		if f.State != ClockWaiting || !f.Due.IsZero() || f.Words.NL == "" {
			t.Errorf("%v: %v", anchor, f)
		}
	}
	if f := p.clock(&Deadline{Within: "48 hours"}, nil, now, now); f.State != ClockMetPossiblyLate {
		t.Error(f.State)
	}
	if f := p.clock(&Deadline{Within: "soon"}, now, time.Time{}, now); f.State != ClockWaiting {
		t.Error(f.State)
	}
}

// §10: clocks warn at 50 % and 90 % unless the protocol says otherwise; of a day
// without a time, before the first moment that it could be late.
func TestClockWarns(t *testing.T) {
	t.Parallel()
	p := dutch()
	from := instant(t, "2026-06-02T00:00+02:00")
	hours := func(f DeadlineFinding) (after []time.Duration) {
		for _, at := range f.Warn {
			after = append(after, at.Sub(from))
		}
		return after
	}
	got := hours(p.clock(&Deadline{Within: "40 hours"}, from, time.Time{}, from))
	if !slices.Equal(got, []time.Duration{20 * time.Hour, 36 * time.Hour}) {
		t.Error(got)
	}
	got = hours(p.clock(&Deadline{Within: "40 hours", Warn: []int{75}}, from, time.Time{}, from))
	if !slices.Equal(got, []time.Duration{30 * time.Hour}) {
		t.Error(got)
	}
	got = hours(p.clock(&Deadline{Within: "48 hours"}, wholeDay(p, 2026, time.June, 2), time.Time{}, from))
	if !slices.Equal(got, []time.Duration{24 * time.Hour, 43*time.Hour + 12*time.Minute}) {
		t.Error(got)
	}
	if f := p.clock(&Deadline{Within: "20 years"}, from, time.Time{}, from); !f.Warn[1].After(f.Warn[0]) || !f.Warn[1].Before(f.Due) {
		t.Error("long clocks must not overflow:", f.Warn)
	}
}

func TestParseSpan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]span{
		"48 hours": {48, inHours}, "0 hours": {0, inHours}, "1 hour": {1, inHours}, "15 minutes": {15, inMinutes},
		"1 working day": {1, inWorkingDays}, "3 working days": {3, inWorkingDays}, "4 desk hours": {4, inDeskHours},
		"3 days": {3, inDays}, "6 weeks": {6, inWeeks}, "2 months": {2, inMonths}, "1 year": {1, inYears}, " 7 years ": {7, inYears},
	} {
		if got, err := parseSpan(text); err != nil || got != want {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "48", "hours", "48 uur", "-1 hours", "+1 hours", "1.5 hours", "48hours", "12345 days", "1 month and 2 days", "2 Hours"} {
		if got, err := parseSpan(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

// R-R-12 T-18: other spans of a protocol count the same way.
func TestAfter(t *testing.T) {
	t.Parallel()
	p := dutch()
	at, err := p.After(instant(t, "2028-02-29T09:00+01:00"), "12 months")
	if err != nil || !at.Equal(instant(t, "2029-02-28T09:00+01:00")) {
		t.Error(at, err)
	}
	if _, err := p.After(at, "soon"); err == nil {
		t.Error("a span that is none was taken")
	}
}

// T-16 R-I-09 D-67: a desk that is closed on holidays counts no desk hours then, and says so;
// by default it is open.
func TestDeskClosedOnHolidays(t *testing.T) {
	t.Parallel()
	from := instant(t, "2026-05-13T16:00+02:00") // Wednesday; Thursday is Ascension Day
	for holidays, want := range map[string][2]string{
		"":       {"2026-05-13T20:00+02:00", "wo 13 mei 16:00 + 4 loketuren = wo 13 mei 20:00"},
		"open":   {"2026-05-13T20:00+02:00", "wo 13 mei 16:00 + 4 loketuren = wo 13 mei 20:00"},
		"closed": {"2026-05-15T12:00+02:00", "wo 13 mei 16:00 + 4 loketuren = vr 15 mei 12:00, want het loket is open van 09:00 tot 17:00 en do 14 mei is Hemelvaartsdag"},
	} {
		p := dutch()
		if p.Desk.Holidays = holidays; holidays == "closed" {
			p.Desk.Closes = "17:00"
		}
		f := p.clock(&Deadline{Within: "4 desk hours"}, from, time.Time{}, time.Time{})
		if !f.Due.Equal(instant(t, want[0])) || f.Words.NL != want[1] {
			t.Errorf("%q: %s: %s", holidays, f.Due, f.Words.NL)
		}
		if open := p.DeskOpen(instant(t, "2026-05-14T11:00+02:00")); open != (holidays != "closed") {
			t.Errorf("%q: open on Ascension Day: %v", holidays, open)
		}
	}
}

// R-I-09: a moment that somebody else set is not moved by a holiday, but says that it is one.
func TestGivenMomentOnHoliday(t *testing.T) {
	t.Parallel()
	f := dutch().clock(&Deadline{Within: "0 hours"}, instant(t, "2026-05-14T12:00+02:00"), time.Time{}, time.Time{})
	if want := "do 14 mei 12:00 + 0 uur = do 14 mei 12:00 (feestdag: Hemelvaartsdag)"; f.Words.NL != want {
		t.Errorf("%s, want %s", f.Words.NL, want)
	}
	if f := dutch().clock(&Deadline{Within: "0 hours"}, instant(t, "2026-05-13T12:00+02:00"), time.Time{}, time.Time{}); strings.Contains(f.Words.NL, "feestdag") {
		t.Errorf("control: %s", f.Words.NL)
	}
}
