// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// Input is what the protocol may look at: the facts of the case, what people decided,
// and the milestones of the case itself (received_at, <product>_released …).
func (c *Case) Input(now time.Time) protocol.Input {
	facts := make(protocol.Facts, len(c.Facts)+milestonesRoom)
	maps.Copy(facts, c.Facts)
	c.caseMilestones(facts)
	c.versionMilestones(facts, now)
	c.workMilestones(facts)
	return protocol.Input{Facts: facts, Rows: c.rowsWithMilestones(), Decided: c.decided(facts), Now: now}
}

// milestonesRoom is about how many milestones a case has besides its facts.
const milestonesRoom = 16

func (c *Case) caseMilestones(f protocol.Facts) {
	for name, at := range c.Marks {
		if strings.Contains(name, "/") {
			continue // belongs to a row, see rowFacts
		}
		f[name] = at
		if form, ok := strings.CutSuffix(name, "_sent_at"); ok {
			f[form+"_sent"] = true
		}
	}
	f["case_kind"] = c.Kind
	if c.Number != "" {
		f["case_number"] = c.Number
	}
	f["reports"] = int64(len(c.Reports))
	f["linked"] = int64(len(c.Links))
	f["converted"] = slices.ContainsFunc(c.Links, func(l Linked) bool { return l.Verdict == VerdictConverted && !l.Leads })
	f["open_questions"] = int64(c.openQuestions())
	if len(c.Reports) > 0 {
		f["channel"] = c.Reports[0].Channel
	}
	for form, rows := range c.Rows {
		f[form+"_rows"] = int64(len(rows))
	}
	for id, ph := range c.Phases {
		c.phaseMilestones(f, id, ph)
	}
	if c.Ended != "" {
		f["closed"] = true
	}
}

func (c *Case) phaseMilestones(f protocol.Facts, id string, ph *PhaseState) {
	f[id+"_closed"], f[id+"_close_proposed"] = ph.Closed, ph.Proposed && !ph.Closed
	if ph.Closed {
		f[id+"_closed_at"] = ph.ClosedAt
	}
	if ph.Closed && !ph.GoesOn {
		f["closed"], f["closed_at"] = true, ph.ClosedAt
	}
	if !ph.ReopenedAt.IsZero() {
		f["reopened_at"] = ph.ReopenedAt
	}
}

// Asked are the fields that somebody was asked for and that wait for an answer.
func (c *Case) Asked() map[string]bool {
	fields := map[string]bool{}
	for _, q := range c.Questions {
		for _, id := range q.Fields {
			fields[id] = fields[id] || !q.Done
		}
	}
	return fields
}

func (c *Case) openQuestions() int {
	n := 0
	for _, q := range c.Questions {
		if !q.Done {
			n++
		}
	}
	return n
}

func (c *Case) workMilestones(f protocol.Facts) {
	for key, s := range c.Steps {
		if strings.Contains(key, "/") {
			continue
		}
		f[key+"_done"], f[key+"_skipped"] = s.Done, s.skipped()
		if s.Done {
			f[key+"_done_at"] = s.DoneAt
		}
	}
	for id, d := range c.Duties {
		f[id+"_state"] = d.State
		if !d.DoneAt.IsZero() {
			f[id+"_done_at"] = d.DoneAt
		}
	}
	for key, s := range c.Products {
		if !strings.Contains(key, "/") {
			f[key+"_drafted"], f[key+"_released"] = len(s.Versions) > 0, s.Released()
		}
	}
}

// decided hands over the decisions and notes that they were made.
func (c *Case) decided(f protocol.Facts) map[string]protocol.Decided {
	out := make(map[string]protocol.Decided, len(c.Decisions))
	for id, d := range c.Decisions {
		out[id] = protocol.Decided{Outputs: d.Outputs, Met: d.Met, At: d.At}
		f[id+"_decided"], f[id+"_decided_at"] = true, d.At
	}
	return out
}

// rowsWithMilestones gives each row what was done about it.
func (c *Case) rowsWithMilestones() map[string][]protocol.Row {
	out := make(map[string][]protocol.Row, len(c.Rows))
	for form, rows := range c.Rows {
		for _, r := range rows {
			out[form] = append(out[form], protocol.Row{ID: r.ID, Facts: c.rowFacts(r)})
		}
	}
	return out
}

func (c *Case) rowFacts(r protocol.Row) protocol.Facts {
	f := maps.Clone(r.Facts)
	if f == nil {
		f = protocol.Facts{}
	}
	for key, s := range c.Steps {
		if step, ok := strings.CutSuffix(key, "/"+r.ID); ok {
			f[step+"_done"], f[step+"_skipped"] = s.Done, s.skipped()
			if s.Done {
				f[step+"_done_at"] = s.DoneAt
			}
		}
	}
	for key, s := range c.Products {
		if id, ok := strings.CutSuffix(key, "/"+r.ID); ok {
			f[id+"_drafted"], f[id+"_released"] = len(s.Versions) > 0, s.Released()
			if at, ok := c.Marks[key+"_released_at"]; ok {
				f[id+"_released_at"] = at
			}
		}
	}
	return f
}

// skipped: left out for good, or done otherwise. What is put off comes back.
func (s StepState) skipped() bool { return s.Skipped && s.How != "later" }
