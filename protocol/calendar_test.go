// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"testing"
	"time"
)

// R08: Easter as published for the years of use, and the two extremes.
func TestEaster(t *testing.T) {
	t.Parallel()
	for year, want := range easterTable {
		if got := easter(year); got != (civil{year, want.month, want.day}) {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
}

// R08 §10: every rule, King's Day on a Sunday, and a date of the organisation itself.
func TestHolidays(t *testing.T) {
	t.Parallel()
	p := dutch()
	p.Calendar.Extra = []string{"2027-12-24", "2026-12-24"}
	want := []struct{ date, name string }{
		{"2027-01-01", "Nieuwjaarsdag"}, {"2027-03-26", "Goede Vrijdag"}, {"2027-03-29", "tweede paasdag"},
		{"2027-04-27", "Koningsdag"}, {"2027-05-05", "Bevrijdingsdag"}, {"2027-05-06", "Hemelvaartsdag"},
		{"2027-05-17", "tweede pinksterdag"}, {"2027-12-24", "een vrije dag van de organisatie"},
		{"2027-12-25", "eerste kerstdag"}, {"2027-12-26", "tweede kerstdag"},
	}
	got := p.Holidays(2027)
	if len(got) != len(want) {
		t.Fatalf("%d days, want %d: %v", len(got), len(want), got)
	}
	for i, w := range want {
		if got[i].Date.Format(time.DateOnly) != w.date || got[i].Name.NL != w.name || got[i].Name.EN == "" {
			t.Errorf("%v, want %v", got[i], w)
		}
	}
	for day, free := range map[civil]bool{
		{2025, time.April, 26}: true, {2025, time.April, 27}: false, // King's Day 2025 and 2031 move to Saturday
		{2031, time.April, 26}: true, {2031, time.April, 27}: false,
		{2026, time.April, 27}: true, {2026, time.April, 26}: false,
		{2026, time.May, 5}: true, {2027, time.May, 5}: true, // every year
		{2026, time.December, 24}: true, {2028, time.December, 24}: false,
	} {
		if _, ok := p.holiday(day); ok != free {
			t.Errorf("%v: holiday %v", day, ok)
		}
	}
}

// Only what the calendar names is a holiday.
func TestHolidaysAsConfigured(t *testing.T) {
	t.Parallel()
	p := dutch()
	p.Calendar.Holidays = []string{"christmas", "good_friday"}
	if got := p.Holidays(2026); len(got) != 2 || got[0].Rule != "good_friday" || got[1].Rule != "christmas" {
		t.Error(got)
	}
	if !p.workingDay(civil{2026, time.May, 5}) || p.workingDay(civil{2026, time.April, 3}) {
		t.Error("5 May should be a working day here, Good Friday not")
	}
	if !knownHoliday("kings_day") || knownHoliday("queens_day") || knownHoliday("") {
		t.Error("knownHoliday")
	}
}

// T-04 R-R-10 D-67: 09:00 ≤ t < 22:00 every day, holidays and nights of the clock included.
func TestDeskOpen(t *testing.T) {
	t.Parallel()
	p := dutch()
	for text, open := range map[string]bool{
		"2026-04-27T08:59+02:00": false, "2026-04-27T09:00+02:00": true, "2026-04-27T21:59+02:00": true, "2026-04-27T22:00+02:00": false,
		"2026-03-29T08:59+02:00": false, "2026-03-29T09:00+02:00": true, "2026-10-25T21:59+01:00": true, "2026-10-25T22:00+01:00": false,
		"2026-12-25T12:00+01:00": true, "2026-04-27T07:00Z": true,
	} {
		if p.DeskOpen(instant(t, text)) != open {
			t.Errorf("%s: open %v", text, !open)
		}
	}
	for text, want := range map[string]string{
		"2026-04-27T23:40+02:00": "2026-04-28T09:00+02:00", "2026-04-28T08:00+02:00": "2026-04-28T09:00+02:00",
		"2026-04-28T22:00+02:00": "2026-04-29T09:00+02:00", "2026-04-28T15:00+02:00": "2026-04-28T15:00+02:00",
		"2026-03-28T23:00+01:00": "2026-03-29T09:00+02:00",
	} {
		if got := p.NextDeskOpening(instant(t, text)); !got.Equal(instant(t, want)) {
			t.Errorf("%s: opens %s", text, got)
		}
	}
	for text, want := range map[string]string{
		"2026-04-27T09:00+02:00": "2026-04-27T22:00+02:00", "2026-04-27T22:00+02:00": "2026-04-28T22:00+02:00",
	} {
		if got := p.DeskCloses(instant(t, text)); !got.Equal(instant(t, want)) {
			t.Errorf("%s: closes %s", text, got)
		}
	}
}

// A desk of office days, of no hours, and one that never opens: no answer is endless.
func TestDeskDays(t *testing.T) {
	t.Parallel()
	p := dutch()
	p.Desk.Days = []string{"mon", "tue", "wed", "thu", "fri"}
	saturday := instant(t, "2026-05-16T11:00+02:00")
	if got := p.NextDeskOpening(saturday); !got.Equal(instant(t, "2026-05-18T09:00+02:00")) {
		t.Error(got)
	}
	f := p.clock(&Deadline{Within: "14 desk hours"}, saturday, time.Time{}, saturday)
	if !f.Due.Equal(instant(t, "2026-05-19T10:00+02:00")) {
		t.Error(f.Due)
	}
	p.Desk = DeskHours{Zone: "Europe/Amsterdam"}
	if !p.DeskOpen(saturday) || !p.afterDeskHours(saturday, 30*time.Hour).Equal(saturday.Add(30*time.Hour)) {
		t.Error("a desk without hours is open day and night")
	}
	p.Desk.Days = []string{"never"}
	if p.DeskOpen(saturday) || !p.NextDeskOpening(saturday).Equal(saturday) || !p.afterDeskHours(saturday, time.Hour).Equal(saturday.Add(time.Hour)) {
		t.Error("a desk that never opens must not hang a clock")
	}
}

// A zone that does not exist is refused by Load; the clocks go on in UTC.
func TestZone(t *testing.T) {
	t.Parallel()
	p := &Protocol{Desk: DeskHours{Zone: "Europe/Nergens"}}
	if p.zone() != time.UTC {
		t.Error(p.zone())
	}
	if (&Protocol{}).zone().String() != "Europe/Amsterdam" {
		t.Error("a protocol without a zone keeps Dutch time")
	}
}

// The row of days of civil is that of the standard library, for three centuries.
func TestCivilDays(t *testing.T) {
	t.Parallel()
	at := time.Date(1899, time.December, 31, 0, 0, 0, 0, time.UTC)
	number := civil{1899, time.December, 31}.number()
	for at.Year() < 2201 {
		day := dayOf(at, time.UTC)
		if day.number() != number || civilOf(number) != day || day.weekday() != at.Weekday() {
			t.Fatalf("%s is day %d, %v, %s", at, day.number(), civilOf(number), day.weekday())
		}
		if last := at.AddDate(0, 0, 1).Day() == 1; last != (day.day == day.lastOfMonth()) {
			t.Fatalf("%s: last of month %d", at, day.lastOfMonth())
		}
		at, number = at.AddDate(0, 0, 1), number+1
	}
}
