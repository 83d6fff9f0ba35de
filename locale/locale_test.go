// SPDX-License-Identifier: EUPL-1.2

package locale

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests need no zone files on disk
)

func amsterdam(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	same(t, T(NL, "list.and"), "en")
	same(t, T(EN, "list.and"), "and")
	same(t, T("fr", "list.and"), "en")
	same(t, T(EN, "no.such.key", 3), "no.such.key")
	same(t, N(NL, "clock.days", 1), "1 dag")
	same(t, N(EN, "clock.days", 0), "0 days")
	same(t, Pick(EN, "melding", ""), "melding")
	same(t, Pick(EN, "melding", "report"), "report")
	same(t, Pick(NL, "melding", "report"), "melding")
}

func TestOf(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]Lang{
		"": NL, "nl": NL, "en": EN, "EN": EN, "en-GB,en;q=0.9,nl;q=0.8": EN, "nl-NL,en;q=0.5": NL, "de,en;q=0.5": NL, "enx": NL,
	} {
		if got := Of(value); got != want {
			t.Errorf("Of(%q) = %s", value, got)
		}
	}
}

// Section 13.2: clocks in words.
func TestUntil(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 28, 21, 45, 30, 0, time.UTC)
	for _, c := range []struct {
		offset time.Duration
		nl, en string
	}{
		{2*time.Hour + 15*time.Minute, "nog 2 uur en 15 minuten", "2 hours and 15 minutes left"},
		{-45 * time.Minute, "45 minuten te laat", "45 minutes late"},
		{38*time.Hour + 10*time.Minute + 59*time.Second, "nog 1 dag, 14 uur en 10 minuten", "1 day, 14 hours and 10 minutes left"},
		{time.Minute, "nog 1 minuut", "1 minute left"},
		{59 * time.Second, "nog minder dan een minuut", "less than a minute left"},
		{0, "minder dan een minuut te laat", "less than a minute late"},
		{-25 * time.Hour, "1 dag en 1 uur te laat", "1 day and 1 hour late"},
		{50*time.Hour + 30*time.Minute, "nog 2 dagen en 2 uur", "2 days and 2 hours left"},
		{20*24*time.Hour + 5*time.Hour, "nog 20 dagen", "20 days left"},
	} {
		same(t, Until(NL, now, now.Add(c.offset)), c.nl)
		same(t, Until(EN, now, now.Add(c.offset)), c.en)
	}
	same(t, Since(NL, now, now.Add(-35*time.Minute)), "35 minuten geleden")
	same(t, Since(NL, now, now.Add(time.Hour)), "nog 1 uur")
}

func TestMoment(t *testing.T) {
	t.Parallel()
	loc := amsterdam(t)
	at := time.Date(2026, 3, 28, 13, 0, 0, 0, time.UTC)
	same(t, Moment(NL, at, loc), "za 28 mrt 14:00")
	same(t, Moment(EN, at, loc), "Sat 28 Mar 14:00")
	same(t, MomentYear(NL, at, loc), "za 28 mrt 2026 14:00")
	same(t, Day(NL, at, loc), "zaterdag 28 maart 2026")
	same(t, Day(EN, at, loc), "Saturday 28 March 2026")
	same(t, Clock(NL, at, loc), "14:00")
	for _, empty := range []string{Moment(NL, time.Time{}, loc), MomentYear(NL, time.Time{}, loc), Day(NL, time.Time{}, loc), ShortDay(NL, time.Time{}, loc), Clock(NL, time.Time{}, loc)} {
		same(t, empty, "")
	}
}

// C-07, D-05: a term that ends at midnight ends with the day before, in a new year and on
// the day the clock changes too; the control is the moment as such, a day further.
func TestDue(t *testing.T) {
	t.Parallel()
	loc := amsterdam(t)
	midnight := time.Date(2027, 1, 1, 0, 0, 0, 0, loc)
	same(t, Due(NL, midnight, loc), "do 31 dec 24:00")
	same(t, Due(EN, midnight, loc), "Thu 31 Dec 24:00")
	same(t, Moment(NL, midnight, loc), "vr 1 jan 00:00")
	same(t, Due(NL, time.Date(2026, 3, 30, 0, 0, 0, 0, loc), loc), "zo 29 mrt 24:00")
	same(t, Due(NL, midnight.Add(time.Minute), loc), "vr 1 jan 00:01")
	same(t, Due(NL, time.Time{}, loc), "")
}

// T-01: the hour that comes twice on 25 October 2026 is told apart; 03:00 and 01:59 are not marked.
func TestMomentThatCameTwice(t *testing.T) {
	t.Parallel()
	loc := amsterdam(t)
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)
	same(t, Moment(NL, first, loc), "zo 25 okt 02:30 (zomertijd)")
	same(t, Moment(NL, first.Add(time.Hour), loc), "zo 25 okt 02:30 (wintertijd)")
	same(t, Moment(EN, first.Add(time.Hour), loc), "Sun 25 Oct 02:30 (winter time)")
	same(t, Moment(NL, first.Add(90*time.Minute), loc), "zo 25 okt 03:00")
	same(t, Moment(NL, first.Add(-31*time.Minute), loc), "zo 25 okt 01:59")
}

// Told by the clock itself: a time of day that stands there again an hour earlier or later
// is marked, in every zone, and no other. T-01
func TestCameTwiceAsTheClockShows(t *testing.T) {
	t.Parallel()
	twice := 0
	for _, name := range []string{"Europe/Amsterdam", "America/St_Johns", "Australia/Sydney", "Asia/Kolkata"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.Add(30 * time.Minute) {
			shown := func(off time.Duration) string { return at.Add(off).In(loc).Format("2006-01-02 15:04") }
			again := shown(time.Hour) == shown(0) || shown(-time.Hour) == shown(0)
			if got := cameTwice(at, loc); got != again {
				t.Fatalf("%s in %s: %v, and the clock says %v", at, name, got, again)
			}
			if again {
				twice++
			}
		}
	}
	if twice != 3*2*4 {
		t.Errorf("saw %d half hours that come twice", twice)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	same(t, List(NL, nil), "")
	same(t, List(NL, []string{"a"}), "a")
	same(t, List(NL, []string{"a", "b", "c"}), "a, b en c")
	same(t, List(EN, []string{"a", "b"}), "a and b")
}
