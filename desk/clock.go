// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// movedClocks finds the deadlines whose due moment changed because an anchor was corrected.
func movedClocks(before, after *protocol.Evaluation) []loket.DeadlineMoved {
	if before == nil {
		return nil
	}
	was := map[string]time.Time{}
	for _, f := range before.Deadlines {
		was[loket.RowKey(f.Deadline.ID, f.Row)] = f.Due
	}
	var out []loket.DeadlineMoved
	for _, f := range after.Deadlines {
		old := was[loket.RowKey(f.Deadline.ID, f.Row)]
		if !old.IsZero() && !f.Due.IsZero() && !old.Equal(f.Due) {
			out = append(out, loket.DeadlineMoved{Deadline: f.Deadline.ID, Row: f.Row, Was: old, Is: f.Due})
		}
	}
	return out
}

// clockRows are the clocks that still have something to do. A case that is only kept has none:
// nobody may act on it; they come back when that is over.
func clockRows(c *loket.Case, p *protocol.Protocol, ev *protocol.Evaluation, now time.Time) []ClockRow {
	if c.Limit != nil {
		return nil
	}
	out := tellRows(c, p, ev)
	for _, f := range ev.Deadlines {
		if f.Due.IsZero() || !f.Met.IsZero() || c.Ended != "" {
			continue
		}
		next, stage := nextMoment(p, c, f, now)
		if at, passed := nextReminder(p, c, f, now); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next, stage = at, remindingStage+passed
		}
		if next.IsZero() {
			continue
		}
		out = append(out, ClockRow{Case: c.ID, Tenant: c.Tenant, Clock: loket.RowKey(f.Deadline.ID, f.Row), DueAt: f.Due, NextAt: next, Stage: stage, State: string(f.State)})
	}
	return append(append(out, stepClocks(c, now)...), versionClocks(c, p, now)...)
}

// stepClock marks a row that is no clock of the protocol: a moment that a person chose.
const stepClock = "step:"

// stepClocks are the moments at which the worklist must look again because a person said so:
// a task of their own that is due, a step that was put aside until later (R-I-04).
func stepClocks(c *loket.Case, now time.Time) []ClockRow {
	var out []ClockRow
	for id, s := range c.Steps {
		at := s.Due
		if s.Skipped {
			at = s.Until
		}
		if s.Done || c.Ended != "" || !at.After(now) {
			continue
		}
		// A moment after it: at the moment itself nothing is late yet.
		out = append(out, ClockRow{Case: c.ID, Tenant: c.Tenant, Clock: stepClock + id, DueAt: at, NextAt: at.Add(time.Second), State: string(protocol.ClockRunning)})
	}
	slices.SortFunc(out, func(a, b ClockRow) int { return strings.Compare(a.Clock, b.Clock) })
	return out
}

// nextMoment is the first warning, due or escalating moment after now. A stage of escalation
// that was missed, such as while the desk was down, is due at once.
func nextMoment(p *protocol.Protocol, c *loket.Case, f protocol.DeadlineFinding, now time.Time) (time.Time, int) {
	moments := append(append([]time.Time{}, f.Warn...), f.Due)
	stages := p.Escalations(f.Deadline, f.Due)
	if told := c.Escalated[loket.RowKey(f.Deadline.ID, f.Row)]; told < len(stages) && !stages[told].After(now) {
		return stages[told], len(moments) + told
	}
	moments = append(moments, stages...)
	for i, m := range moments {
		if m.After(now) {
			return m, i
		}
	}
	return time.Time{}, len(moments)
}
