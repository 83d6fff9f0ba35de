// SPDX-License-Identifier: EUPL-1.2

package scenario_test

import (
	"strings"
	"testing"

	"example.org/loket/internal/testkit"
)

const enquiry = `scenario: ENQUIRY
title: controle
protocol: ijsselland
people:
  contract: contract_manager
  comms:    rsj_comms_adviser
  raalte:   {role: policy_officer_youth, organisation: raalte}
  m-raalte: {role: policy_officer_youth, organisation: zwolle}
  kampen:   {role: municipal_comms_adviser, organisation: kampen}
steps:
  - at: 2026-04-24 16:55
    who: kampen
    report:
      case: vraag
      form: press_enquiry
      answers: {press_question: Hoe lang wachten gezinnen?, press_subject: wachten, press_calamity: no, asker_kind: municipality, municipality_asking: [kampen]}
  - {who: comms, release: press_mail, expect: {refused: stopped}}
  - who: kampen
    record: {form: press_reply, answers: {reply_outcome: answered, reply_at: 2026-04-24 16:56, reply_text: Zes weken., reply_from: municipality}}
`

// R-I-17: a release that is refused leaves no text of the story behind; the next one proposes
// anew, with the answer that came meanwhile. Control: a text that the story did write stays.
func TestRefusedReleaseLeavesNoText(t *testing.T) {
	t.Parallel()
	release := "  - {who: comms, release: press_mail, expect: {texts: {press_mail: {contains: [Zes weken]}}}}\n"
	if sum, out := play(t, testkit.Start(nil), enquiry+release); sum.Failed != 0 {
		t.Errorf("the refused text stays:\n%s", out)
	}
	own := strings.Replace(enquiry, "  - {who: comms, release: press_mail, expect:", "  - {who: comms, draft: press_mail}\n  - {who: comms, release: press_mail, expect:", 1)
	if sum, out := play(t, testkit.Start(nil), own+release); sum.Failed != 1 || !strings.Contains(out, "stopped") {
		t.Errorf("control: the story's own text is gone:\n%s", out)
	}
}

// A mail to m-raalte is not one to raalte, of whom the address ends the same.
func TestMailGoesByTheWholeAddress(t *testing.T) {
	t.Parallel()
	release := "  - {who: comms, release: {product: press_mail, to: [m-raalte]}, expect: {mails: [{to: m-raalte, count: 1}, {to: raalte, count: %}]}}\n"
	for count, failed := range map[string]int{"0": 0, "1": 1} { // the second is the control
		if sum, out := play(t, testkit.Start(nil), enquiry+strings.Replace(release, "%", count, 1)); sum.Failed != failed {
			t.Errorf("count %s:\n%s", count, out)
		}
	}
}
