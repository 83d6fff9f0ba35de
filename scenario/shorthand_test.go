// SPDX-License-Identifier: EUPL-1.2

package scenario

import "testing"

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
