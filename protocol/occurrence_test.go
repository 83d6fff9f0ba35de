// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// form makes posted values: "date=28-03-2026 time=14:00" for the occurrence w.
func form(words string) url.Values {
	posted := url.Values{}
	for _, pair := range strings.Fields(words) {
		key, value, _ := strings.Cut(pair, "=")
		posted.Set("w_"+key, value)
	}
	return posted
}

// R-R-137 D-01 D-02 T-01u T-01k: every way to say when.
func TestReadOccurrence(t *testing.T) {
	t.Parallel()
	p := dutch()
	now := instant(t, "2026-11-22T12:00+01:00")
	for _, c := range []struct{ posted, precision, from, to, discovered, words string }{
		{"date=2026-03-28 time=14:00", "moment", "2026-03-28T14:00+01:00", "2026-03-28T14:00+01:00", "", "za 28 mrt 2026 14:00"},
		{"date=28-03-2026 time=14.00", "moment", "2026-03-28T14:00+01:00", "2026-03-28T14:00+01:00", "", "za 28 mrt 2026 14:00"},
		{"date=28-3-2026 time=1400", "moment", "2026-03-28T14:00+01:00", "2026-03-28T14:00+01:00", "", "za 28 mrt 2026 14:00"},
		{"date=28/3/2026 time=9:05", "moment", "2026-03-28T09:05+01:00", "2026-03-28T09:05+01:00", "", "za 28 mrt 2026 09:05"},
		{"date=2026-06-02", "day", "2026-06-02T00:00+02:00", "2026-06-03T00:00+02:00", "", "di 2 jun 2026, tijdstip onbekend"},
		{"date=2026-10-25", "day", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00", "", "zo 25 okt 2026, tijdstip onbekend"},
		{"date=2026-11-22", "day", "2026-11-22T00:00+01:00", "2026-11-23T00:00+01:00", "", "zo 22 nov 2026, tijdstip onbekend"},
		{"date=2026-06-02 time=10:00 to_date=2026-06-03 to_time=16:00", "period", "2026-06-02T10:00+02:00", "2026-06-03T16:00+02:00", "",
			"van di 2 jun 2026 10:00 tot wo 3 jun 2026 16:00"},
		{"date=2026-06-02 to_date=2026-06-03", "period", "2026-06-02T00:00+02:00", "2026-06-04T00:00+02:00", "",
			"van di 2 jun 2026 tot en met wo 3 jun 2026"},
		{"date=2026-06-02 time=10:00 to_time=12:00", "period", "2026-06-02T10:00+02:00", "2026-06-02T12:00+02:00", "",
			"van di 2 jun 2026 10:00 tot di 2 jun 2026 12:00"},
		{"date=2026-06-02 time=10:00 to_date=2026-06-02", "period", "2026-06-02T10:00+02:00", "2026-06-03T00:00+02:00", "",
			"van di 2 jun 2026 10:00 tot di 2 jun 2026 24:00"},
		{"date=2026-06-02 time=22:00 to_time=24:00", "period", "2026-06-02T22:00+02:00", "2026-06-03T00:00+02:00", "",
			"van di 2 jun 2026 22:00 tot di 2 jun 2026 24:00"},
		{"date=2026-06-02 to_date=2026-06-02", "day", "2026-06-02T00:00+02:00", "2026-06-03T00:00+02:00", "", "di 2 jun 2026, tijdstip onbekend"},
		{"date=2026-06-02 time=10:00 to_date=2026-06-02 to_time=10:00", "moment", "2026-06-02T10:00+02:00", "2026-06-02T10:00+02:00", "", "di 2 jun 2026 10:00"},
		{"unknown=on discovered_date=10-07-2026 discovered_time=11:20", "discovered", "2026-07-10T11:20+02:00", "2026-07-10T11:20+02:00", "2026-07-10T11:20+02:00",
			"tijdstip onbekend, ontdekt op vr 10 jul 2026 11:20"},
		{"discovered_date=10-07-2026 discovered_time=11:20", "discovered", "2026-07-10T11:20+02:00", "2026-07-10T11:20+02:00", "2026-07-10T11:20+02:00",
			"tijdstip onbekend, ontdekt op vr 10 jul 2026 11:20"},
		{"unknown=on date=2026-06-02 discovered_date=10-07-2026", "discovered", "2026-07-10T00:00+02:00", "2026-07-11T00:00+02:00", "2026-07-10T00:00+02:00",
			"tijdstip onbekend, ontdekt op vr 10 jul 2026"},
		{"date=2026-06-02 time=10:00 discovered_date=2026-06-03 discovered_time=08:00", "moment", "2026-06-02T10:00+02:00", "2026-06-02T10:00+02:00", "2026-06-03T08:00+02:00",
			"di 2 jun 2026 10:00, bekend sinds wo 3 jun 2026 08:00"},
		{"date=2026-06-02 time=10:00 discovered_date=2026-06-02", "moment", "2026-06-02T10:00+02:00", "2026-06-02T10:00+02:00", "2026-06-02T10:00+02:00",
			"di 2 jun 2026 10:00, bekend sinds di 2 jun 2026 10:00"},
		{"date=2026-10-25 time=02:30 fold=first", "moment", "2026-10-25T02:30+02:00", "2026-10-25T02:30+02:00", "", "zo 25 okt 2026 02:30 (zomertijd)"},
		{"date=2026-10-25 time=02:30 fold=second", "moment", "2026-10-25T02:30+01:00", "2026-10-25T02:30+01:00", "", "zo 25 okt 2026 02:30 (wintertijd)"},
		{"date=2026-10-25 time=03:00 fold=first", "moment", "2026-10-25T03:00+01:00", "2026-10-25T03:00+01:00", "", "zo 25 okt 2026 03:00"},
		{"date=2026-03-29 time=03:00", "moment", "2026-03-29T03:00+02:00", "2026-03-29T03:00+02:00", "", "zo 29 mrt 2026 03:00"},
		{"date=2026-10-24 time=23:00 to_date=2026-10-25 to_time=02:30", "period", "2026-10-24T23:00+02:00", "2026-10-25T02:30+01:00", "",
			"van za 24 okt 2026 23:00 tot zo 25 okt 2026 02:30 (wintertijd)"},
	} {
		o, ok, errors := readOccurrence("w", form(c.posted), p.zone(), now)
		if !ok || len(errors) > 0 {
			t.Errorf("%s: %v", c.posted, errors)
			continue
		}
		if string(o.Precision) != c.precision || !o.From.Equal(instant(t, c.from)) || !o.To.Equal(instant(t, c.to)) {
			t.Errorf("%s: %v", c.posted, o)
		}
		if c.discovered == "" && !o.Discovered.IsZero() || c.discovered != "" && !o.Discovered.Equal(instant(t, c.discovered)) {
			t.Errorf("%s: discovered %s", c.posted, o.Discovered)
		}
		if words := p.brief().occurrence(o); words.NL != c.words || words.EN == "" {
			t.Errorf("%s: %q", c.posted, words.NL)
		}
	}
}

// SC-01 step 5, T-01: what cannot be taken is refused at the field to correct.
func TestReadOccurrenceRefuses(t *testing.T) {
	t.Parallel()
	loc := dutch().zone()
	now := instant(t, "2026-11-22T12:00+01:00")
	for _, c := range []struct{ posted, field, says string }{
		{"date=2026-03-29 time=02:30", "w_time", "Op zo 29 mrt 2026 was het nooit 02:30: de klok sprong van 02:00 naar 03:00."},
		{"date=2026-03-29 time=02:00", "w_time", "nooit 02:00"},
		{"date=2026-10-25 time=02:30", "w_fold", "twee keer 02:30"},
		{"date=2026-10-25 time=02:30 fold=third", "w_fold", "twee keer"},
		{"date=2026-11-22 time=12:01", "w_time", "in de toekomst"},
		{"date=2026-11-23", "w_date", "in de toekomst"},
		{"date=2026-11-23 time=10:00", "w_date", "in de toekomst"},
		{"date=30-02-2026", "w_date", "bestaat niet"},
		{"date=28-03-26 time=14:00", "w_date", "bestaat niet"},
		{"date=morgen", "w_date", "bestaat niet"},
		{"date=-2026-01-01", "w_date", "bestaat niet"},
		{"date=1--2-2026", "w_date", "bestaat niet"},
		{"date=2026-03-28 time=25:00", "w_time", "geen tijdstip"},
		{"date=2026-03-28 time=14", "w_time", "geen tijdstip"},
		{"date=2026-03-28 time=2pm", "w_time", "geen tijdstip"},
		{"time=14:00", "w_date", "Vul ook de datum in"},
		{"unknown=on", "w_discovered_date", "ontdekt"},
		{"unknown=on discovered_time=10:00", "w_discovered_date", "Vul ook de datum in"},
		{"unknown=on discovered_date=2026-11-23", "w_discovered_date", "in de toekomst"},
		{"date=2026-06-02 to_date=2026-06-01", "w_to_date", "vóór het begin"},
		{"date=2026-06-02 time=10:00 to_date=2026-06-02 to_time=09:00", "w_to_date", "vóór het begin"},
		{"date=2026-06-02 time=10:00 to_date=2026-11-22 to_time=13:00", "w_to_time", "in de toekomst"},
		{"to_date=2026-06-02", "w_date", "begin van de periode"},
		{"date=2026-06-02 discovered_date=2026-06-01", "w_discovered_date", "vóór het incident"},
	} {
		o, ok, errors := readOccurrence("w", form(c.posted), loc, now)
		if ok || len(errors) != 1 || o != (Occurrence{}) {
			t.Errorf("%s: taken as %v, errors %v", c.posted, o, errors)
			continue
		}
		if e := errors[0]; e.Field != c.field || !strings.Contains(e.Message.NL, c.says) || e.Message.EN == "" {
			t.Errorf("%s: %s: %s", c.posted, e.Field, e.Message.NL)
		}
	}
}

// An empty answer is no answer, and no fault. The end of a doubled hour that is still
// to come cannot have been meant, so nobody is asked.
func TestReadOccurrenceSpares(t *testing.T) {
	t.Parallel()
	loc := dutch().zone()
	if _, ok, errors := readOccurrence("w", form("date= time= unknown=off fold=first"), loc, time.Unix(2e9, 0)); ok || errors != nil {
		t.Error(errors)
	}
	now := instant(t, "2026-10-25T02:45+02:00")
	o, ok, errors := readOccurrence("w", form("date=2026-10-25 time=02:30"), loc, now)
	if !ok || !o.From.Equal(instant(t, "2026-10-25T02:30+02:00")) {
		t.Error(o, errors)
	}
}

// The posted values stay as they were: raw answers are never lost.
func TestReadOccurrenceKeepsThePost(t *testing.T) {
	t.Parallel()
	posted := form("date=2026-06-02 time=10:00 to_time=12:00")
	before := posted.Encode()
	readOccurrence("w", posted, dutch().zone(), time.Unix(2e9, 0))
	if posted.Encode() != before {
		t.Error(posted)
	}
}

// A moment or a date may be an appointment, so it may lie ahead (SC-04: the
// journalist's own deadline).
func TestReadMomentAndDate(t *testing.T) {
	t.Parallel()
	p := dutch()
	at, ok, errors := readMoment("w", form("date=14-5-2099 time=12:00"), p.zone())
	if !ok || !at.Equal(instant(t, "2099-05-14T12:00+02:00")) {
		t.Error(at, errors)
	}
	for posted, field := range map[string]string{
		"date=2026-05-14": "w_time", "time=12:00": "w_date", "date=2026-03-29 time=02:30": "w_time",
		"date=2026-10-25 time=02:30": "w_fold", "date=x time=12:00": "w_date",
	} {
		if _, ok, errors = readMoment("w", form(posted), p.zone()); ok || len(errors) != 1 || errors[0].Field != field {
			t.Errorf("%s: %v %v", posted, ok, errors)
		}
	}
	if _, ok, errors = readMoment("w", url.Values{}, p.zone()); ok || errors != nil {
		t.Error(errors)
	}
	day, ok, errors := readDate("w", url.Values{"w": {"28-3-2026"}}, p.zone())
	if !ok || !day.Equal(instant(t, "2026-03-28T00:00+01:00")) || p.brief().date(day).NL != "za 28 mrt 2026" {
		t.Error(day, errors)
	}
	if _, ok, errors = readDate("w", url.Values{"w": {"31-4-2026"}}, p.zone()); ok || len(errors) != 1 || errors[0].Field != "w" {
		t.Error(errors)
	}
	if _, ok, errors = readDate("w", url.Values{}, p.zone()); ok || errors != nil {
		t.Error(errors)
	}
}

// Whatever is posted, the answer is an occurrence in order or a fault at a field.
func TestReadOccurrenceAlwaysAnswers(t *testing.T) {
	t.Parallel()
	p := dutch()
	now := instant(t, "2026-11-22T12:00+01:00")
	dates := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`2026-(03|10|11)-2[0-9]`), rapid.StringMatching(`[0-9./-]{0,10}`))
	clocks := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`0[0-4][:.]?[0-5][0-9]`), rapid.StringMatching(`[0-9:. ]{0,6}`))
	rapid.Check(t, func(r *rapid.T) {
		posted := url.Values{}
		for _, part := range []string{"_date", "_to_date", "_discovered_date"} {
			posted.Set("w"+part, dates.Draw(r, part))
		}
		for _, part := range []string{"_time", "_to_time", "_discovered_time"} {
			posted.Set("w"+part, clocks.Draw(r, part))
		}
		posted.Set("w_fold", rapid.SampledFrom([]string{"", "first", "second"}).Draw(r, "fold"))
		posted.Set("w_unknown", rapid.SampledFrom([]string{"", "on"}).Draw(r, "unknown"))
		o, ok, errors := readOccurrence("w", posted, p.zone(), now)
		if ok == (len(errors) > 0) && (ok || len(errors) > 0) {
			r.Fatalf("both or neither: %v %v", ok, errors)
		}
		if ok && (o.Precision == "" || o.To.Before(o.From) || o.From.IsZero() || o.From.After(now)) {
			r.Fatalf("out of order: %v", o)
		}
		for _, e := range errors {
			if !strings.HasPrefix(e.Field, "w_") || e.Message.NL == "" || e.Message.EN == "" {
				r.Fatalf("a fault without a field or words: %v", e)
			}
		}
		if f := p.clock(&Deadline{Within: "48 hours"}, o, time.Time{}, now); ok && (f.State == ClockWaiting || f.Words.NL == "") {
			r.Fatalf("an occurrence that starts no clock: %v", o)
		}
	})
}
