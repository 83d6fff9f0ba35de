// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"testing"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// R-I-06, R-I-20: a question that was answered hurries again when a further one waits. Control: a
// further question that was answered, or has no end yet, leaves the first clocks in front.
func TestFurtherQuestionHurries(t *testing.T) {
	t.Parallel()
	clock := func(title string, due int, met bool) desk.ClockView {
		v := desk.ClockView{Title: protocol.Text{NL: title}, DeadlineFinding: protocol.DeadlineFinding{Due: noon.Add(time.Duration(due) * time.Hour)}}
		if met {
			v.Met = noon
		}
		return v
	}
	own, ours := clock("journalist", 2, true), clock("loket", 9, true)
	waiting := clock("verder", 5, false)
	for want, further := range map[string]desk.ClockView{
		"verder, journalist": waiting, "journalist, loket": clock("beantwoord", 1, true),
	} {
		card := desk.PressCard{Own: &own, Clock: &ours, FollowUps: []desk.PressFollowUp{{Clocks: []desk.ClockView{further, {}}}}}
		first, then := card.Deadlines()
		if got := first.Title.NL + ", " + then.Title.NL; got != want {
			t.Errorf("in front stand %s, want %s", got, want)
		}
	}
	running := clock("journalist", 2, false)
	card := desk.PressCard{Own: &running, Clock: &ours, FollowUps: []desk.PressFollowUp{{Clocks: []desk.ClockView{waiting}}}}
	if first, _ := card.Deadlines(); first.Title.NL != "journalist" {
		t.Errorf("a journalist who waits comes first, not %s", first.Title.NL)
	}
	if first, then := (desk.PressCard{}).Deadlines(); first != nil || then != nil {
		t.Error("control: no clocks, and yet some stand there")
	}
}
