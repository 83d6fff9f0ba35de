// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"net/url"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// DT-09, section 11 (H): who corrects the answer of somebody else, or one that was decided
// on, says why, and the history keeps it. Adding asks nothing, nor does mending one's own
// fresh mistake.
func TestCorrectionsHaveAReason(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	b.p.Form("police").By = nil
	id := b.report(t, "k", answers()).Case
	send := func(a loket.Actor, reason, harm, investigation string) error {
		_, err := b.SendForm(ctx, a, id, desk.FormChange{Form: "police", Reason: reason, Posted: url.Values{"harm": {harm}, "investigation": {investigation}}})
		return err
	}
	colleague := officer
	colleague.ID = "bram"
	for _, step := range []struct {
		name, harm, investigation, reason string
		by                                loket.Actor
		refused                           bool
	}{
		{name: "adding", by: officer, harm: "serious", investigation: "yes"},
		{name: "own fresh mistake", by: officer, harm: "serious", investigation: "no"},
		{name: "the reporter's answer", by: officer, harm: "death", investigation: "no", refused: true},
		{name: "the same, explained", by: officer, harm: "death", investigation: "no", reason: "De melder belde."},
		{name: "a colleague's answer", by: colleague, harm: "death", investigation: "yes", refused: true},
		{name: "emptying it", by: colleague, harm: "death", investigation: "", refused: true},
		{name: "blanks are no reason", by: colleague, harm: "death", investigation: "yes", reason: "  ", refused: true},
	} {
		err := send(step.by, step.reason, step.harm, step.investigation)
		if got := loket.ErrorCode(err) == loket.Motivation; got != step.refused || err != nil && !got {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	b.do(t, officer, id, loket.Decided{Subject: "classification"})
	if err := send(officer, "", "serious", "no"); loket.ErrorCode(err) != loket.Motivation {
		t.Errorf("an answer that was decided on: %v", err)
	}
	if err := send(officer, "", "death", "yes"); err != nil { // control: no decision looks at this one
		t.Errorf("an own answer that nothing rests on: %v", err)
	}
	view, err := b.Case(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	said := false
	for _, m := range view.Log {
		said = said || m.Why == "De melder belde."
	}
	if !said {
		t.Error("the reason is not in the log")
	}
}

// R-R-74: one answer of a row can be emptied; the rest of the row stays.
func TestEmptyOneAnswerOfARow(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	send := func(row, name, kind string) {
		t.Helper()
		if _, err := b.SendForm(ctx, officer, id, desk.FormChange{Form: "party", Row: row, Posted: url.Values{"party_name": {name}, "party_kind": {kind}}}); err != nil {
			t.Fatal(err)
		}
	}
	rows := func() []desk.RowView {
		v, err := b.Case(ctx, officer, id)
		if err != nil {
			t.Fatal(err)
		}
		return v.Rows[0].Rows
	}
	send("", "Bravo", "care")
	row := rows()[0].ID
	send(row, "Bravo", "")
	got := rows()
	if _, still := got[0].Answers["party_kind"]; len(got) != 1 || still || got[0].Answers["party_name"] != "Bravo" {
		t.Errorf("after emptying: %+v", got)
	}
	// Control: what was not asked again stays.
	send(row, "Bravo", "care")
	if _, err := b.SendForm(ctx, officer, id, desk.FormChange{Form: "party", Row: row, Posted: url.Values{"party_name": {"Charlie"}}}); err != nil {
		t.Fatal(err)
	}
	if got := rows(); got[0].Answers["party_kind"] != "care" {
		t.Errorf("an answer that was not posted is gone: %+v", got)
	}
}
