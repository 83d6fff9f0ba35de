// SPDX-License-Identifier: EUPL-1.2

package desk

import (
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

// clockRows are the clocks that still have something to do.
func clockRows(c *loket.Case, p *protocol.Protocol, ev *protocol.Evaluation, now time.Time) []ClockRow {
	out := tellRows(c, p, ev)
	for _, f := range ev.Deadlines {
		if f.Due.IsZero() || !f.Met.IsZero() || c.Ended != "" {
			continue
		}
		next, stage := nextMoment(f, now)
		if next.IsZero() {
			continue
		}
		out = append(out, ClockRow{Case: c.ID, Tenant: c.Tenant, Clock: loket.RowKey(f.Deadline.ID, f.Row), DueAt: f.Due, NextAt: next, Stage: stage, State: string(f.State)})
	}
	return out
}

// nextMoment is the first warning or due moment after now.
func nextMoment(f protocol.DeadlineFinding, now time.Time) (time.Time, int) {
	moments := append(append([]time.Time{}, f.Warn...), f.Due)
	for i, m := range moments {
		if m.After(now) {
			return m, i
		}
	}
	return time.Time{}, len(moments)
}
