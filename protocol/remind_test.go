// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
	"time"
)

const reminding = `
protocol: {id: herinner, version: "1", title: Herinneren}
desk: {opens: "09:00", closes: "22:00", office: {opens: "09:00", closes: "17:00"}}
calendar: {holidays: [ascension, kings_day]}
roles: [{id: officer, title: Loket, side: desk, may: [work]}]
kinds: [{id: k, title: K}]
forms: [{id: f, title: F, use: report, opens: k, sections: [{id: s, fields: [{id: begun, label: B, type: moment, level: V1}, {id: ready, label: K, type: moment, level: V1}]}]}]
deadlines:
  - {id: c, title: C, from: begun, within: 1 day, met: ready, owner: officer, repeat: EACH}
`

// R-R-139, R-I-76, T-19: a clock reminds at its end and each interval after it, counted from
// the end, over a change of the clock and over short months. An oracle walks every minute.
func TestReminders(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time { return instant(t, text) }
	for each, want := range map[string][]string{
		"1 day":         {"2026-10-24T12:00+02:00", "2026-10-25T12:00+01:00", "2026-10-26T12:00+01:00"},
		"24 hours":      {"2026-10-24T12:00+02:00", "2026-10-25T11:00+01:00", "2026-10-26T11:00+01:00"},
		"1 working day": {"2026-10-24T12:00+02:00", "2026-10-26T12:00+01:00", "2026-10-27T12:00+01:00"},
		"1 month":       {"2026-10-24T12:00+02:00", "2026-11-24T12:00+01:00", "2026-12-24T12:00+01:00"},
		"13 desk hours": {"2026-10-24T12:00+02:00", "2026-10-25T12:00+01:00", "2026-10-26T12:00+01:00"},
	} {
		p := loadWhole(t, strings.Replace(reminding, "EACH", each, 1))
		d := &p.Deadlines[0]
		due := at(want[0])
		if last, next, passed := p.Reminders(d, due, due.Add(-time.Second)); !last.IsZero() || !next.Equal(due) || passed != 0 {
			t.Errorf("%s: before the end %s %s %d", each, last, next, passed)
		}
		for i, moment := range want {
			last, next, passed := p.Reminders(d, due, at(moment))
			if !last.Equal(at(moment)) || passed != i+1 || !next.After(last) {
				t.Errorf("%s: reminder %d is %s (%d passed, next %s), want %s", each, i, last.In(p.Location()), passed, next, moment)
			}
		}
	}
	p := loadWhole(t, strings.Replace(reminding, "EACH", "1 month", 1))
	due, last := at("2026-01-31T10:00+01:00"), time.Time{}
	for k := 1; k <= 40; k++ { // a short month makes none of those after it earlier
		last, _, _ = p.Reminders(&p.Deadlines[0], due, due.AddDate(0, 0, 31*k))
	}
	if last.In(p.Location()).Day() != 31 && last.In(p.Location()).Day() < 28 {
		t.Errorf("after years the day is %s", last)
	}
	p.Deadlines[0].Repeat = "" // control: a clock that does not repeat has none
	if last, next, passed := p.Reminders(&p.Deadlines[0], due, due.AddDate(1, 0, 0)); !last.IsZero() || !next.IsZero() || passed != 0 {
		t.Errorf("control: %s %s %d", last, next, passed)
	}
}

// A clock that tells people at its end (`escalate`) reminds one interval later, so that nobody
// hears twice at once.
func TestRemindersAfterEscalation(t *testing.T) {
	t.Parallel()
	p := loadWhole(t, strings.Replace(reminding, "EACH}", "1 day, escalate: [{to: [officer]}]}", 1))
	due := instant(t, "2026-10-24T12:00+02:00")
	if last, next, _ := p.Reminders(&p.Deadlines[0], due, due); !last.IsZero() || !next.Equal(instant(t, "2026-10-25T12:00+01:00")) {
		t.Errorf("at the end: %s, next %s", last, next)
	}
}

// A reminder needs somebody, and may not flood a mailbox.
func TestRepeatIsChecked(t *testing.T) {
	t.Parallel()
	for each, want := range map[string]string{"5 minutes": "te vaak", "0 days": "te vaak", "now and then": "geen duur"} {
		if _, err := Load(mapFolder("protocol.yaml", []byte(strings.Replace(reminding, "EACH", each, 1)))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", each, err)
		}
	}
	if _, err := Load(mapFolder("protocol.yaml", []byte(strings.Replace(reminding, "owner: officer, repeat: EACH", "repeat: 1 day", 1)))); err == nil || !strings.Contains(err.Error(), "zegt niet wie") {
		t.Errorf("without owner: %v", err)
	}
}

// R-I-59: who is told that a clock ended, and how many hours later, is data of the protocol that
// its owner reads in words. Control: a clock that tells nobody says nothing.
func TestAfterEndInWords(t *testing.T) {
	t.Parallel()
	p := loadWhole(t, strings.Replace(reminding, "EACH}", "1 day, escalate: [{to: [officer]}, {after: 1 desk hour, to: [officer], deputy: true}, {after: 2 desk hours, to: [officer]}]}", 1))
	var said []string
	for _, told := range p.AfterEnd(&p.Deadlines[0]) {
		said = append(said, told.NL)
	}
	want := "Bij het einde: bericht aan Loket.|1 loketuur na het einde: bericht aan wie vervangt: Loket.|2 loketuren na het einde: bericht aan Loket.|Herinnering aan Loket: telkens na 1 dag."
	if got := strings.Join(said, "|"); got != want {
		t.Errorf("said %s", got)
	}
	p.Deadlines[0].Escalate, p.Deadlines[0].Repeat = nil, ""
	if got := p.AfterEnd(&p.Deadlines[0]); len(got) > 0 {
		t.Errorf("control: said %v", got)
	}
}
