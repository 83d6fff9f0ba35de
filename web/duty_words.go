// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"

	"example.org/loket/desk"
)

// shownDuties are the duties that arise, and those that somebody recorded something about.
func (c *casePage) shownDuties() []desk.DutyView {
	hidden := func(duty desk.DutyView) bool { return duty.Must == "" && duty.Recorded == nil }
	if !slices.ContainsFunc(c.view.Duties, hidden) {
		return c.view.Duties
	}
	return slices.DeleteFunc(slices.Clone(c.view.Duties), hidden)
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

// splitDuties sets apart what need not be told, so that what must stands out.
func splitDuties(duties []desk.DutyView) (must, needNot []desk.DutyView) {
	for _, duty := range duties {
		if duty.Must == "no" && duty.Recorded == nil {
			needNot = append(needNot, duty)
		} else {
			must = append(must, duty)
		}
	}
	return must, needNot
}

// dutyLine says who does it, on which ground. The title says who is told.
func (c *casePage) dutyLine(duty desk.DutyView) string {
	return sentence(" · ", c.T("case.duty_by", c.roleTitle(c.protocol, duty.Duty.By)), c.P(duty.Duty.Basis))
}

func (c *casePage) dutyRecorded(duty desk.DutyView) string {
	done, reference := "", ""
	if !duty.Recorded.DoneAt.IsZero() {
		done = c.T("case.duty_done_at", c.when(duty.Recorded.DoneAt))
	}
	if duty.Recorded.Reference != "" {
		reference = c.T("case.duty_ref", duty.Recorded.Reference)
	}
	note := duty.Recorded.Note
	if duty.Said.Sealed || duty.Said.Erased != nil {
		note = c.saidWords(duty.Said)
	}
	return sentence(" · ", done, reference, note)
}
