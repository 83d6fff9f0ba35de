// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"time"

	"example.org/loket/protocol"
)

// A row says one thing to do and has one moment. The moment is that of the most pressing clock, and
// the worklist stands in that order. The thing to do is what the desk can do best now:
//
//	late ▶ urgent ▶ due before the desk closes ▶ no term of its own ▶ a later term
//
// so that a report of an inspectorate in six weeks does not stand before the weighing of today. When
// the moment is of something else than what the row says to do, the row names its clock.

// first takes over the most pressing thing to do; a case where only others must act waits.
func first(row *CaseRow, o *open, todo []Proposal, now time.Time) {
	row.What, row.Because, row.DueAt, row.More, row.Waiting = "", "", time.Time{}, 0, row.Status == "open"
	ours := slices.DeleteFunc(slices.Clone(todo), func(t Proposal) bool { return !atDesk(o.p, t.Step, t.State.Owner) })
	if row.Status != "open" {
		row.Waiting = false
	}
	if len(ours) == 0 {
		return
	}
	pressing, best := ours[0], ours[bestNow(ours, o.p.DeskCloses(now))]
	clock := protocol.Text{}
	if pressing.Key != best.Key {
		clock = pressing.DueTitle
	}
	row.What, row.DueAt, row.More, row.Waiting = encodeText(rowWhat(o.p, best)), dueBy(o.p, pressing, now), len(ours)-1, false
	if f := hurry(row, o); f != nil {
		row.DueAt, clock = f.Due, nameOfClock(o, f)
	}
	row.Because = encodeText(withClock(best.Reason.Because, clock))
}

// bestNow is the place of what the desk can do best now, in a list with the most pressing first:
// the first of it, unless that has a term after this shift and something else has none.
func bestNow(todo []Proposal, closes time.Time) int {
	if t := todo[0]; t.Late || t.Urgent && !t.Provisional || t.Due.IsZero() || !t.Due.After(closes) {
		return 0
	}
	return max(0, slices.IndexFunc(todo, func(t Proposal) bool { return t.Due.IsZero() && !t.Provisional }))
}

// withClock adds to a reason for which clock the moment of the row stands.
func withClock(why, clock protocol.Text) protocol.Text {
	if clock.NL == "" {
		return why
	}
	clock = both(clock)
	return say(why.NL+" De termijn loopt voor: "+clock.NL+".", why.EN+" The clock runs for: "+clock.EN+".")
}

// hurry finds the clock that brings a case forward: one of the desk that ends before what is to be
// done first. An officer who asks for answers must see that the alderman should have heard by now.
func hurry(row *CaseRow, o *open) *protocol.DeadlineFinding {
	if row.Status != "open" {
		return nil
	}
	var most *protocol.DeadlineFinding
	for i := range o.ev.Deadlines {
		f := &o.ev.Deadlines[i]
		if runs(f) && ofDesk(o.p, f.Deadline.Owner) && (row.JoinedTo == "" || asksHere(o, f)) && (most == nil || f.Due.Before(most.Due)) {
			most = f
		}
	}
	if most == nil || !row.DueAt.IsZero() && !most.Due.Before(row.DueAt) {
		return nil
	}
	return most
}

// runs: a clock that was not met and can be late; a watch ends in a duty, which is a step.
func runs(f *protocol.DeadlineFinding) bool {
	return !f.Due.IsZero() && f.Met.IsZero() && f.Deadline.Strength != "watch"
}

// dueBy is where a thing to do stands on the worklist. What is urgent without a term stands
// before the end of the shift: else it would lie below all that has a term.
func dueBy(p *protocol.Protocol, prop Proposal, now time.Time) time.Time {
	if prop.Due.IsZero() && prop.Urgent && !prop.Provisional {
		return p.DeskCloses(now)
	}
	return prop.Due
}
