// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
	"time"
)

const pauses = `
protocol: {id: pauze, version: "1", title: Pauze}
desk: {opens: "09:00", closes: "22:00", office: {opens: "09:00", closes: "17:00"}}
calendar: {holidays: [ascension]}
kinds: [{id: k, title: K}]
forms: [{id: f, title: F, use: report, opens: k, sections: [{id: s, fields: [{id: begun, label: B, type: moment, level: V1}, {id: asked, label: V, type: moment, level: V1}, {id: answered, label: A, type: moment, level: V1}, {id: ready, label: K, type: moment, level: V1}]}]}]
deadlines:
  - {id: c, title: C, from: begun, within: WITHIN, met: ready, pause: {from: asked, until: answered}}
`

// design §4.9: a clock stands still between a question and its answer, in its own measure.
func TestPause(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time { return instant(t, text+"+02:00") }
	begun, asked, answered := at("2026-05-11T10:00"), at("2026-05-12T12:00"), at("2026-05-15T15:00") // Thursday is Ascension Day
	for within, want := range map[string]string{
		"48 hours":       "2026-05-16T13:00", // Wed 10:00 and 75 hours
		"3 working days": "2026-05-19T17:00", // Fri 15 May, and Wed and Fri
		"1 week":         "2026-05-21T10:00", // three days more
		"20 desk hours":  "2026-05-15T20:00", // five hours were left on Tuesday at 12:00
	} {
		p := loadWhole(t, strings.Replace(pauses, "WITHIN", within, 1))
		facts := Facts{"begun": begun, "asked": asked, "answered": answered}
		f := p.Evaluate(Input{Facts: facts, Now: answered}).Deadlines[0]
		if !f.Due.Equal(at(want)) || !strings.Contains(f.Words.NL, "stond stil van di 12 mei 12:00 tot vr 15 mei 15:00") {
			t.Errorf("%s: due %s, want %s: %s", within, f.Due.In(p.Location()), want, f.Words.NL)
		}
		delete(facts, "answered")
		if f := p.Evaluate(Input{Facts: facts, Now: answered}).Deadlines[0]; !f.Due.IsZero() || f.State != ClockWaiting || !strings.Contains(f.Words.NL, "staat stil sinds di 12 mei 12:00") {
			t.Errorf("%s, unanswered: %s %s %s", within, f.State, f.Due, f.Words.NL)
		}
		plain := p.Evaluate(Input{Facts: Facts{"begun": begun}, Now: answered}).Deadlines[0]
		late := p.Evaluate(Input{Facts: Facts{"begun": begun, "asked": plain.Due.Add(time.Hour), "answered": plain.Due.Add(5 * time.Hour)}, Now: answered}).Deadlines[0]
		if plain.Due.IsZero() || !late.Due.Equal(plain.Due) {
			t.Errorf("control, %s: a question after the end moves it: %s, %s", within, plain.Due, late.Due)
		}
	}
	if _, err := Load(mapFolder("protocol.yaml", []byte(strings.Replace(pauses, "until: answered", "until: case_kind", 1)))); err == nil {
		t.Error("a pause until something that is no moment is taken")
	}
}
