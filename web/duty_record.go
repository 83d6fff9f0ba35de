// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// dutyStates are what a person can record about a duty to tell.
var dutyStates = []string{"done", "consulted", "not_applicable", "open"}

// readDuty records what is known about a duty: done when and under which reference, or not needed.
func readDuty(v *visit) (loket.Payload, error) {
	state := v.text("stand")
	if !oneOf(state, dutyStates) {
		return nil, loket.Refuse(loket.Invalid,
			"Kies wat u over deze plicht weet: gedaan, overlegd, niet nodig, of nog open.",
			"Choose what you know about this duty: done, consulted, not needed, or still open.")
	}
	at, err := v.postedMoment("gedaan")
	if err != nil {
		return nil, err
	}
	note := strings.TrimSpace(v.text("tekst_toelichting"))
	if state == "not_applicable" && note == "" {
		return nil, needReason()
	}
	return loket.DutyRecorded{
		Duty: v.text("plicht"), State: state, DoneAt: at, Reference: strings.TrimSpace(v.text("kenmerk")), Note: note, Level: v.textLevel(),
	}, nil
}

// dutyLink leads to the form of a duty, or to the duty when this reader has none.
func (c *casePage) dutyLink(id string) string {
	for _, duty := range c.view.Duties {
		if duty.Duty.ID == id && c.records(duty) {
			return c.foldLink("plicht-" + id)
		}
	}
	return "#" + htmlID("plicht", id)
}

// records: this reader writes down what is known about the duty; what the desk itself tells
// is written down by telling it.
func (c *casePage) records(duty desk.DutyView) bool { return c.may("record") && !duty.Duty.Desk }

func oneOf(value string, known []string) bool {
	for _, one := range known {
		if one == value {
			return true
		}
	}
	return false
}
