// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// What outsiders write in one word is read as they mean it.
func TestShorthand(t *testing.T) {
	t.Parallel()
	s := Step{Done: &DoneAction{Step: "call/alfa"}, Note: &NoteAction{Text: "gebeld"}, Withdraw: &WithdrawAction{Product: "letter/alfa#2"}, Release: &ReleaseAction{Product: "letter", Row: "alfa"}}
	s.shorten()
	if s.Done.Step != "call" || s.Done.Row != "alfa" || s.Done.Note != "gebeld" || s.Note != nil {
		t.Errorf("done: %+v, note %+v", s.Done, s.Note)
	}
	if s.Withdraw.Product != "letter" || s.Withdraw.Row != "alfa" || s.Withdraw.Version != 2 {
		t.Errorf("withdraw: %+v", s.Withdraw)
	}
	if s.Release.Product != "letter" || s.Release.Row != "alfa" || s.Release.Version != 0 {
		t.Errorf("control: what was written out stays: %+v", s.Release)
	}
}

// What may be written shorter is read the same; what could be meant otherwise is still a fault.
func TestShorterForms(t *testing.T) {
	t.Parallel()
	story := func(step string) string {
		return "scenario: S\nprotocol: rotterdam\npeople: {alfa: reporter, officer: desk_officer}\nsteps:\n  - {step: one, at: 2026-03-28 16:10, who: alfa, advise: {kinds: [other], age: 3}}\n  - " + step +
			"\nvariants:\n  - variant: a\n    changes:\n      - {set: one, who: officer}\n"
	}
	s, err := Read("a.yaml", []byte(story("{expect: {refused: [forbidden], worklist: {first: [mila]}}}")))
	if err != nil {
		t.Fatal(err)
	}
	if a := s.Steps[0].Advise.Answers; a["age"].Text != "3" {
		t.Errorf("advice: %v", a)
	}
	if e := s.Steps[1].Expect[0]; e.Refused.Code != "forbidden" || e.Worklist.First != "mila" {
		t.Errorf("expected: %+v", e)
	}
	if who := s.tales()[1].steps[0].Who; who != "officer" {
		t.Errorf("the variant is told of %s", who)
	}
	if _, err := Read("a.yaml", []byte(story("{who: officer, note: {text: Gebeld, geen antwoord, kind: note}}"))); err == nil || !strings.Contains(err.Error(), "aanhalingstekens") {
		t.Errorf("a comma in a text: %v", err)
	}
	for _, wrong := range []string{
		"{expect: {worklist: {first: [mila, daan]}}}", "{expect: {refused: [forbidden, stopped]}}", "{expect: {worklist: {frist: mila}}}",
	} {
		if _, err := Read("a.yaml", []byte(story(wrong))); err == nil {
			t.Errorf("control: %s is read", wrong)
		}
	}
}

// An answer that no page could send is a mistake of the story: it would be posted as nothing.
func TestAnswersOfTheWrongShape(t *testing.T) {
	t.Parallel()
	block, list, one := Value{Keys: map[string]string{"school": "yes"}}, Value{List: []string{"a", "b"}}, Value{List: []string{"a"}}
	for _, c := range []struct {
		kind  string
		value Value
		wrong bool
	}{
		{protocol.TypeChoice, block, true}, {protocol.TypeText, block, true}, {protocol.TypeChoices, block, true}, {protocol.TypeNumber, list, true},
		{protocol.TypeOccurrence, list, true}, {protocol.TypeChoices, list, false}, {protocol.TypeChoice, one, false}, {protocol.TypeOccurrence, block, false},
	} {
		if cure := misshapen(c.kind, c.value); (cure != "") != c.wrong {
			t.Errorf("%s as %s: %q", c.value, c.kind, cure)
		}
	}
}
