// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// A press question that turned out to be about a calamity goes on as a case of another kind, and
// its own steps stop (R-I-02). The journalist still waits: the question keeps its place in the
// press room and on the worklist, with its clocks and its reminders, until it is answered or
// somebody put that aside with a reason (R-I-20, R-I-21, R-I-115). What was a row when the case
// joined the same report went along, and waits there:
//
//	question ──converted──▶ case      answer, further questions: here, until they are answered
//	question ──the same───▶ case      the answer: here; further questions asked by then: there

// awaited keeps of a joined case what a journalist waits for.
func awaited(o *open, todo []Proposal) []Proposal {
	return slices.DeleteFunc(slices.Clone(todo), func(t Proposal) bool {
		s := o.p.Step(t.Step)
		return s == nil || t.Due.IsZero() || !slices.ContainsFunc(s.Due, func(id string) bool { return pressClock(o.p, o.Case, o.p.Deadline(id), t.Row) })
	})
}

// asksHere: the clock is one of a question that waits here.
func asksHere(o *open, f *protocol.DeadlineFinding) bool {
	return pressClock(o.p, o.Case, f.Deadline, f.Row)
}

// pressClock: the press room counts this clock, and did not lose the row that it is about to the
// case that goes on instead of this one.
func pressClock(p *protocol.Protocol, c *loket.Case, d *protocol.Deadline, row string) bool {
	k := p.Kind(c.Kind)
	if k == nil || d == nil || !k.Press.There() {
		return false
	}
	if d.Each != "" {
		return d.Each == k.Press.FollowUp && !wentAlong(c, d.Each, row)
	}
	return d.ID == k.Press.Clock || d.ID == k.Press.OwnClock
}

// wentAlong: the row was there when the case joined the same report, and so stands in that one
// too, see sharedRows.
func wentAlong(c *loket.Case, form, row string) bool {
	link, ok := joined(c)
	if !ok || !strings.HasPrefix(link.Verdict, "same_") {
		return false
	}
	there := false
	for _, e := range c.Events {
		switch w := e.Payload.(type) {
		case loket.RowRecorded:
			there = there || w.Form == form && w.Row == row
		case loket.Linked:
			if w.Link == link.Link {
				return there
			}
		}
	}
	return false
}
