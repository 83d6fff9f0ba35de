// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"slices"
	"testing"

	"example.org/loket/protocol"
)

// afterClosing are the steps that go on when a case is closed, each with why the protocol's own
// text lets it: it may come up later, or somebody waits for it on a day of its own.
var afterClosing = map[string]map[string]string{
	"rotterdam": {
		"assess_again": "a missing person is found later (SM-5)", "inform_found": "a missing person is found later (R-R-140)",
		"tell_council_start": "also when the case is closed (R-R-95)", "tell_council_end": "also when the case is closed (R-R-95)", "expect_outcome": "an inquiry ends later (R-R-106)",
	},
	"ijsselland": {
		"distribute_report": "the report comes later (R-I-92)", "discuss_bo": "the meeting is planned (SC-10)", "do_action": "an action has its own day", "plan_lessons": "lessons are acted on afterwards (R-I-95)",
		"answer_further": "a journalist calls later (R-I-21)", "align_further": "a journalist calls later (R-I-115)", "weigh_additional": "an article comes later (R-I-23)", "end_monitor": "monitoring has its own end (D-59)",
	},
}

// asksAtClosing: what such a step leaves undone, the closing asks (R-R-76, R-I-05): id of the check.
var asksAtClosing = map[string]string{
	"inform_found": "found_told", "distribute_report": "distributed", "answer_further": "follow_ups", "weigh_additional": "additional", "monitor_provider": "report",
	"evaluate_anyway": "evaluated", "write_evaluation": "evaluation_report", "plan_contract": "contract", "inform_administrators": "aldermen",
}

// R-R-76 R-R-95 R-I-05 R-I-91: what is proposed after a case is closed is there for a reason, and
// what a closed phase takes away was asked. Control: a step whose phase is taken away is found.
func TestWhatGoesOnAfterClosing(t *testing.T) {
	t.Parallel()
	for name, why := range afterClosing {
		p := load(t, folder(t, name))
		if got := goOn(p); !slices.Equal(got, sortedKeys(why)) {
			t.Errorf("%s: after closing go on %v, want %v", name, got, sortedKeys(why))
		}
		bound := slices.IndexFunc(p.Steps, func(s protocol.Step) bool { return s.Phase != "" })
		p.Steps[bound].Phase = ""
		if slices.Equal(goOn(p), sortedKeys(why)) {
			t.Errorf("control: %s goes on and nobody says why", p.Steps[bound].ID)
		}
		for step, check := range asksAtClosing {
			if p.Step(step) != nil && !asked(p, check) {
				t.Errorf("%s: closing does not ask for %s (%s)", name, check, step)
			}
		}
	}
}

// goOn are the steps without a phase.
func goOn(p *protocol.Protocol) (ids []string) {
	for _, s := range p.Steps {
		if s.Phase == "" {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// asked: the closing of some phase has the check.
func asked(p *protocol.Protocol, id string) bool {
	return slices.ContainsFunc(p.Phases, func(ph protocol.Phase) bool {
		list := slices.IndexFunc(p.Checks, func(c protocol.Checks) bool { return c.ID == ph.Checks })
		return list >= 0 && slices.ContainsFunc(p.Checks[list].Items, func(i protocol.Check) bool { return i.ID == id })
	})
}

func sortedKeys(m map[string]string) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
