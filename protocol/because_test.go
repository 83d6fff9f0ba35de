// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"testing"
	"time"
)

const reasonsAndMoments = `
forms:
  - id: asked
    title: Vragen
    use: officer
    sections: [{id: s, fields: [
      {id: high_risk, label: Risico, type: yesno, level: V2},
      {id: young, label: Jong, type: yesno, level: V2}]}]
  - id: talk
    title: Overleg
    use: rows
    sections: [{id: s, fields: [
      {id: talk_urgent, label: Spoed, type: yesno, level: V2},
      {id: talk_at, label: Wanneer, type: moment, level: V2}]}]
facts:
  - {id: urgent_talk_at, title: Spoedoverleg, type: moment, any: talk, where: talk_urgent, first: talk_at}
tables:
  - id: missing
    title: Vermissing
    outputs: [{id: must, title: Plicht, type: choice, options: [{id: duty, label: plicht}, {id: none, label: geen}]}]
    rules:
      - {id: high_risk, when: high_risk, then: {must: duty}}
      - {id: young, when: young, then: {must: duty}}
      - {id: other, then: {must: none}}
deadlines:
  - {id: T-talk, title: Spoedoverleg, from: received_at, within: 4 hours, met: urgent_talk_at}
`

// R-R-40, DT-12: a child under 13 is the reason for the duty, also when nobody said yet how high
// the risk is. What is unknown and would say the same explains nothing.
func TestWhatIsTrueExplains(t *testing.T) {
	t.Parallel()
	p := loadText(t, reasonsAndMoments)
	f := table(t, p.Evaluate(Input{Facts: Facts{"young": true}, Now: noon}), "missing")
	if f.Outputs["must"] != "duty" || f.Provisional || f.Reasons[0].Rule != "young" || len(f.Others) != 1 || f.Others[0].Rule != "high_risk" {
		t.Errorf("the child: %+v", f)
	}
	// Control: while the unknown row would say something else, it is the reason, provisionally.
	f = table(t, p.Evaluate(Input{Facts: Facts{"young": false}, Now: noon}), "missing")
	if f.Outputs["must"] != "duty" || !f.Provisional || f.Reasons[0].Rule != "high_risk" {
		t.Errorf("an unknown risk: %+v", f)
	}
}

// R-I-79, T-15: a clock can stop at the first row that counts, whatever is written down later.
func TestEarliestMomentOfRows(t *testing.T) {
	t.Parallel()
	p := loadText(t, reasonsAndMoments)
	at := func(hour int) time.Time { return noon.Add(time.Duration(hour) * time.Hour) }
	row := func(urgent bool, when any) Row {
		return Row{ID: "r", Facts: Facts{"talk_urgent": urgent, "talk_at": when}}
	}
	for name, c := range map[string]struct {
		rows []Row
		want any
	}{
		"none":          {nil, nil},
		"another":       {[]Row{row(false, at(1))}, nil},
		"without time":  {[]Row{{ID: "r", Facts: Facts{"talk_urgent": true}}}, nil},
		"the first one": {[]Row{row(true, at(3)), row(false, at(1)), row(true, at(2))}, at(2)},
	} {
		ev := p.Evaluate(Input{Facts: Facts{"received_at": noon}, Rows: map[string][]Row{"talk": c.rows}, Now: at(6)})
		if got := ev.Facts["urgent_talk_at"]; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		met := len(ev.Deadlines) > 0 && ev.Deadlines[len(ev.Deadlines)-1].State == ClockMet
		if met != (c.want != nil) {
			t.Errorf("%s: clock %+v", name, ev.Deadlines)
		}
	}
}

const halves = `
forms:
  - id: half_a
    title: Helft
    use: officer
    by: [officer]
    hidden_until: half_a_sent && half_b_sent
    sections: [{id: s, fields: [
      {id: safe_now, label: Veilig, type: yesno, level: V2, at_once: true},
      {id: acted_well, label: Goed, type: yesno, level: V2}]}]
  - id: half_b
    title: Andere helft
    use: officer
    by: [officer]
    sections: [{id: s, fields: [{id: effect_known, label: Effect, type: yesno, level: V2}]}]
facts:
  - {id: act_now, title: Nu handelen, is: '!safe_now'}
  - {id: badly, title: Niet goed, is: '!acted_well'}
`

// R-I-60, R-I-61: of a half that is hidden, what cannot wait counts from the first; the rest
// stays unknown until both halves are there.
func TestSafetyDoesNotWait(t *testing.T) {
	t.Parallel()
	p := loadText(t, halves)
	facts := Facts{"safe_now": false, "acted_well": false, "half_a_sent_at": noon, "half_a_sent": true}
	ev := p.Evaluate(Input{Facts: facts, Now: noon})
	if ev.Facts["act_now"] != true || ev.Facts["badly"] != nil {
		t.Errorf("one half: act_now %v, badly %v", ev.Facts["act_now"], ev.Facts["badly"])
	}
	if kept := p.HiddenFrom(ev, filledBy("somebody")); len(kept) != 1 || kept[0] != "acted_well" {
		t.Errorf("kept from others: %v", kept)
	}
	ev = p.Evaluate(Input{Facts: with(facts, "half_b_sent", true, "half_b_sent_at", noon), Now: noon})
	if ev.Facts["badly"] != true {
		t.Errorf("both halves: %v", ev.Facts["badly"])
	}
}
