// SPDX-License-Identifier: EUPL-1.2

package web

import "example.org/loket/desk"

// shownDuties are the duties that arise, and those that somebody recorded something about.
func (c *casePage) shownDuties() []desk.DutyView {
	var shown []desk.DutyView
	for _, duty := range c.view.Duties {
		if duty.Must != "" || duty.Recorded != nil {
			shown = append(shown, duty)
		}
	}
	return shown
}

// dutyState is how a duty stands: as recorded, or else as it follows from the facts.
func (c *casePage) dutyState(duty desk.DutyView) string {
	if duty.Recorded != nil {
		return duty.Recorded.State
	}
	return duty.State
}

func (c *casePage) dutyBadge(duty desk.DutyView) string {
	switch c.dutyState(duty) {
	case "open":
		return "desk-badge--soon"
	case "unknown":
		return "desk-badge--open"
	}
	return ""
}

// dutyLine says who tells whom, on which ground.
func (c *casePage) dutyLine(duty desk.DutyView) string {
	line := c.T("case.duty_line", c.roleTitle(c.protocol, duty.Duty.By), c.roleTitle(c.protocol, duty.Duty.Tell))
	return sentence(" · ", line, c.P(duty.Duty.Basis))
}

func (c *casePage) dutyRecorded(duty desk.DutyView) string {
	done, reference := "", ""
	if !duty.Recorded.DoneAt.IsZero() {
		done = c.T("case.duty_done_at", c.when(duty.Recorded.DoneAt))
	}
	if duty.Recorded.Reference != "" {
		reference = c.T("case.duty_ref", duty.Recorded.Reference)
	}
	return sentence(" · ", done, reference, duty.Recorded.Note)
}
