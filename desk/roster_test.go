// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// rostered is a desk where Samira has the evening, Lena stands in, and Toon takes over an hour.
func rostered(t *testing.T) *bench {
	t.Helper()
	b := regional(t)
	b.m.people = []desk.Person{{ID: "samira", Name: "Samira Proef", Email: "samira@example.org", Roles: []string{"officer"}}, {ID: "lena", Name: "Lena Denkbeeld", Email: "lena@example.org", Roles: []string{"officer"}}, {ID: "toon", Name: "Toon Voorbeeld", Email: "toon@example.org", Roles: []string{"officer"}}}
	for _, v := range []map[string]string{
		{"role": "officer", "person": "samira", "deputy": "lena", "from": "2026-03-30 22:00", "until": "2026-03-31 09:00"},
		{"role": "officer", "person": "toon", "kind": "override", "from": "2026-03-31 01:00", "until": "2026-03-31 02:00", "phone": "06 00 00 00 01"},
	} {
		if _, err := b.PutEntry(t.Context(), admin, "rooster", desk.EntryChange{Values: v}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.PutEntry(t.Context(), admin, "contacten", desk.EntryChange{Values: map[string]string{"organisation": "noord", "name": "samira proef", "mobile": "06 00 00 00 00"}}); err != nil {
		t.Fatal(err)
	}
	return b
}

func local(t *testing.T, s string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Issue "The region works" item 9: who is on duty, with a number; an exception goes before
// the shift while it lasts; nobody is nobody.
func TestOnDuty(t *testing.T) {
	t.Parallel()
	b := rostered(t)
	for at, want := range map[string]string{"2026-03-30 21:59": "", "2026-03-30 22:00": "samira lena 06 00 00 00 00", "2026-03-31 01:30": "toon  06 00 00 00 01", "2026-03-31 02:00": "samira lena 06 00 00 00 00", "2026-03-31 09:00": ""} {
		b.clock.at = local(t, at)
		v, err := b.Roster(t.Context(), officer)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, on := range v.OnDuty {
			got += on.Person.ID + " " + on.Deputy.ID + " " + on.Phone
		}
		if got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
	if _, err := b.Roster(t.Context(), loket.Actor{ID: "x", Tenant: "vb", Roles: []string{"provider"}}); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("a reporter reads the roster: %v", err)
	}
}

// Promise R09, item 9: a moment of a clock outside desk hours goes to whoever has duty, once,
// without content; inside desk hours nobody is woken; with nobody on duty the case waits in
// sight.
func TestAlarmsOutsideDeskHours(t *testing.T) {
	t.Parallel()
	b, ctx := rostered(t), t.Context()
	c := b.report(t, "k1", answers("town", "noord"))
	clock := desk.ClockRow{Case: c.Case, Tenant: "vb", Clock: "T-1", NextAt: noon, Stage: 1}
	count := func() int {
		n := 0
		for _, m := range b.m.s.outbox {
			if m.Product == "alarm" {
				n++
				if strings.Contains(m.Body+m.Subject, "Mila") || m.Case != c.Case {
					t.Errorf("the alarm says %s", m.Body)
				}
			}
		}
		return n
	}
	for _, step := range []struct {
		at   string
		want int
	}{{"2026-03-30 14:00", 0}, {"2026-03-30 23:00", 2}, {"2026-04-02 23:00", 2}} {
		b.clock.at = local(t, step.at)
		if err := b.Due(ctx, clock); err != nil {
			t.Fatal(err)
		}
		if got := count(); got != step.want {
			t.Errorf("at %s: %d alarms, want %d", step.at, got, step.want)
		}
	}
}

// Item 9: of those on duty only who must act on a clock is woken. The control is a clock on
// which nobody of them must act: then everybody is.
func TestAlarmGoesToWhoMustAct(t *testing.T) {
	t.Parallel()
	for clock, want := range map[string]int{"T-02": 2, "T-01": 3} {
		b := rostered(t)
		b.m.people = append(b.m.people, desk.Person{ID: "wil", Name: "Wil Denkbeeld", Email: "wil@example.org", Roles: []string{"alderman"}})
		evening := map[string]string{"role": "alderman", "person": "wil", "from": "2026-03-30 22:00", "until": "2026-03-31 09:00"}
		if _, err := b.PutEntry(t.Context(), admin, "rooster", desk.EntryChange{Values: evening}); err != nil {
			t.Fatal(err)
		}
		c := b.report(t, "k1", answers("town", "noord"))
		b.clock.at = local(t, "2026-03-30 23:00")
		if err := b.Due(t.Context(), desk.ClockRow{Case: c.Case, Tenant: "vb", Clock: clock, NextAt: noon, Stage: 1}); err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, m := range b.m.s.outbox {
			if m.Product == "alarm" {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d people are woken, want %d", clock, got, want)
		}
	}
}

// D-65: nobody is woken for a case that is hidden from them; when it is hidden from all who
// must act, the others who have duty are woken. Control: TestAlarmGoesToWhoMustAct.
func TestAlarmSkipsWhomItIsHiddenFrom(t *testing.T) {
	t.Parallel()
	b := rostered(t)
	b.m.people = append(b.m.people, desk.Person{ID: "wil", Name: "Wil Denkbeeld", Email: "wil@example.org", Roles: []string{"alderman"}})
	evening := map[string]string{"role": "alderman", "person": "wil", "from": "2026-03-30 22:00", "until": "2026-03-31 09:00"}
	if _, err := b.PutEntry(t.Context(), admin, "rooster", desk.EntryChange{Values: evening}); err != nil {
		t.Fatal(err)
	}
	c := b.report(t, "k1", answers("town", "noord"))
	var others []string
	for _, p := range b.m.people {
		if p.ID != "wil" {
			others = append(others, p.ID)
		}
	}
	(&house{bench: b}).write(t, c.Case, "system", loket.CaseHidden{People: others, Reason: "familie"})
	row := b.m.s.cases[c.Case]
	row.Version = len(b.m.s.events[c.Case])
	b.m.s.cases[c.Case] = row
	b.clock.at = local(t, "2026-03-30 23:00")
	if err := b.Due(t.Context(), desk.ClockRow{Case: c.Case, Tenant: "vb", Clock: "T-02", NextAt: noon, Stage: 1}); err != nil {
		t.Fatal(err)
	}
	var woken []string
	for _, m := range b.m.s.outbox {
		if m.Product == "alarm" {
			woken = append(woken, m.Person)
		}
	}
	if len(woken) != 1 || woken[0] != "wil" {
		t.Errorf("woken: %q", woken)
	}
}

// Item 9: the calendar behind a secret holds the holder's own shifts and nothing else; a new
// secret ends the old one; a wrong one and one of somebody who left open nothing.
func TestCalendar(t *testing.T) {
	t.Parallel()
	b, ctx := rostered(t), context.Background()
	address, err := b.NewCalendar(ctx, loket.Actor{ID: "lena", Tenant: "vb", Role: "officer", Roles: []string{"officer"}})
	if err != nil {
		t.Fatal(err)
	}
	token := address[strings.LastIndexByte(address, '/')+1:]
	file, err := b.Calendar(ctx, "vb", token)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "DTSTART:20260330T200000Z\r\n", "DTEND:20260331T070000Z\r\n", "SUMMARY:Vervanger: Medewerker loket\r\n"} {
		if !strings.Contains(string(file), want) {
			t.Errorf("no %q in %s", want, file)
		}
	}
	for _, never := range []string{"Samira", "Toon", "toon", "06 00"} {
		if strings.Contains(string(file), never) {
			t.Errorf("%s is in the calendar of somebody else", never)
		}
	}
	for _, e := range b.m.s.books {
		if strings.Contains(e.ID+e.Name+e.Values["hash"], token) {
			t.Error("the secret itself is stored")
		}
	}
	second, err := b.NewCalendar(ctx, loket.Actor{ID: "lena", Tenant: "vb", Role: "officer", Roles: []string{"officer"}})
	if err != nil || second == address {
		t.Fatal(second, err)
	}
	fresh := second[strings.LastIndexByte(second, '/')+1:]
	if _, err := b.Calendar(ctx, "vb", fresh); err != nil {
		t.Errorf("the new secret opens nothing: %v", err)
	}
	for what, wrong := range map[string]string{"the old secret": token, "a guess": "aaaaaaaaaaaaaaaaaaaaaaaaaa", "none": ""} {
		if _, err := b.Calendar(ctx, "vb", wrong); loket.ErrorCode(err) != loket.NotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	b.m.people = b.m.people[:1]
	if _, err := b.Calendar(ctx, "vb", fresh); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("somebody who left still reads: %v", err)
	}
}

// Item 9: a shift that is repeated is a line each week, at the same hours also over the
// change of the clock; an exception is one line and leaves the others alone.
func TestWeeklyShift(t *testing.T) {
	t.Parallel()
	b, ctx := rostered(t), t.Context()
	weekly := map[string]string{"role": "officer", "person": "lena", "from": "2026-10-18 17:00", "until": "2026-10-19 09:00", "weekly": "2026-11-08"}
	for what, broken := range map[string][2]string{"before it begins": {"weekly", "2026-10-01"}, "over a year": {"weekly", "2027-11-01"}} {
		v := map[string]string{}
		for k, x := range weekly {
			v[k] = x
		}
		v[broken[0]] = broken[1]
		if _, err := b.PutEntry(ctx, admin, "rooster", desk.EntryChange{Values: v}); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := b.PutEntry(ctx, admin, "rooster", desk.EntryChange{Values: weekly}); err != nil {
		t.Fatal(err)
	}
	swap := map[string]string{"role": "officer", "person": "toon", "kind": "override", "from": "2026-11-01 17:00", "until": "2026-11-02 09:00"}
	if _, err := b.PutEntry(ctx, admin, "rooster", desk.EntryChange{Values: swap}); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{
		"2026-10-18 21:45": "lena", "2026-10-25 16:59": "", "2026-10-25 17:00": "lena", "2026-10-26 08:59": "lena", "2026-10-26 09:00": "",
		"2026-11-01 21:45": "toon", "2026-11-08 21:45": "lena", "2026-11-15 21:45": "",
	} {
		b.clock.at = local(t, at)
		v, err := b.Roster(ctx, officer)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, on := range v.OnDuty {
			got += on.Person.ID
		}
		if got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
}

// Item 9: two people take turns: each has a shift every other week, over the change of the clock and
// the turn of the year. Control: without the number of weeks they would both be on duty.
func TestEveryOtherWeek(t *testing.T) {
	t.Parallel()
	for weeks, want := range map[string]map[string]string{
		"2": {"2026-10-18 21:45": "lena", "2026-10-25 21:45": "toon", "2026-11-01 21:45": "lena", "2026-12-27 21:45": "lena", "2027-01-03 21:45": "toon", "2027-01-10 21:45": ""},
		"":  {"2026-10-18 21:45": "lena", "2026-10-25 21:45": "lena+toon", "2026-11-01 21:45": "lena+toon"},
	} {
		b, ctx := rostered(t), t.Context()
		for person, from := range map[string]string{"lena": "2026-10-18", "toon": "2026-10-25"} {
			v := map[string]string{"role": "officer", "person": person, "from": from + " 17:00", "until": from + " 23:00", "weekly": "2027-01-05", "weeks": weeks}
			if _, err := b.PutEntry(ctx, admin, "rooster", desk.EntryChange{Values: v}); err != nil {
				t.Fatal(err)
			}
		}
		for at, who := range want {
			b.clock.at = local(t, at)
			v, err := b.Roster(ctx, officer)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, on := range v.OnDuty {
				got = append(got, on.Person.ID)
			}
			slices.Sort(got)
			if strings.Join(got, "+") != who {
				t.Errorf("weeks %q at %s: %v, want %q", weeks, at, got, who)
			}
		}
		if weeks != "" {
			_, err := b.PutEntry(ctx, admin, "rooster", desk.EntryChange{Values: map[string]string{"role": "officer", "person": "lena", "from": "2026-10-18 17:00", "until": "2026-10-18 23:00", "weeks": weeks}})
			if loket.ErrorCode(err) != loket.Invalid {
				t.Errorf("a rhythm without an end is taken: %v", err)
			}
		}
	}
}
