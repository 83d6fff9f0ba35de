// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"maps"
	"slices"
	"time"

	"example.org/loket/protocol"
)

// NewCase is a case to which nothing has happened yet.
func NewCase(id CaseID) *Case {
	return &Case{
		ID: id, Facts: protocol.Facts{}, Origin: map[string]Origin{}, Rows: map[string][]protocol.Row{},
		Decisions: map[string]Decision{}, Signatures: map[string][]Signature{}, Steps: map[string]StepState{}, Duties: map[string]DutyRecorded{},
		Products: map[string]*ProductState{}, Phases: map[string]*PhaseState{}, Marks: map[string]time.Time{}, Escalated: map[string]int{}, Reminded: map[string]time.Time{},
		ErasedFacts: map[string]Erasure{}, ErasedTexts: map[int]Erasure{}, ErasedBy: map[string]Erasure{},
	}
}

// Fold makes the case that follows from its events, in order.
func Fold(id CaseID, events []Event) *Case {
	c := NewCase(id)
	for _, e := range events {
		c.Apply(e)
	}
	return c
}

// Apply adds one event. It never fails: what was recorded, happened.
func (c *Case) Apply(e Event) {
	c.Version = e.Seq
	c.Events = append(c.Events, e)
	switch p := e.Payload.(type) {
	case CaseOpened:
		c.applyOpened(e, p)
	case ReportReceived:
		c.applyReport(e, p)
	case FactsRecorded:
		c.know(e, p.Form, "officer", p.Facts, p.Cleared)
		if p.Form != "" { // taken over from another case: nobody sent the form here
			c.Marks[p.Form+"_sent_at"] = e.At
		}
	case RowRecorded:
		c.applyRow(p)
	case Decided:
		c.applyDecided(e, p)
	case StepDone, StepSkipped, StepAdded:
		c.applyStep(e)
	case CaseAssigned:
		c.Assigned = p.To
	case DutyRecorded:
		c.Duties[p.Duty] = p
	case Asked:
		c.Questions = append(c.Questions, QuestionState{Asked: p, Seq: e.Seq, At: e.At, By: e.By})
	case Answered:
		c.applyAnswered(e, p)
	case ProductDrafted, ProductAligned, ProductReleased, ProductWithdrawn:
		c.applyProduct(e)
	case Told:
		c.Told = append(c.Told, Disclosure{Seq: e.Seq, Recipient: p.Recipient, Product: p.Product, Version: p.Version, Channel: p.Channel, State: "told", At: p.ToldAt, By: e.By, Purpose: p.Note})
		c.mark("first_informed_at", p.ToldAt)
	case DeliveryChanged:
		c.applyDelivery(e, p)
	case Linked:
		c.Links = append(c.Links, p)
	case Unlinked:
		c.Links = slices.DeleteFunc(c.Links, func(l Linked) bool { return l.Link == p.Link })
	case CloseProposed, PhaseClosed, Reopened:
		c.applyPhase(e)
	case CaseEnded:
		c.Ended = p.As
		c.Marks["ended_at"] = e.At
	case FactsErased:
		c.applyErased(e, p)
	case HoldPlaced:
		c.Hold = &Hold{At: e.At, By: e.By, Reason: p.Reason}
	case HoldLifted:
		c.Hold = nil
	case LimitPlaced, LimitLifted:
		c.applyLimit(e)
	case DestructionProposed:
		c.Destruction = &Destruction{DestructionProposed: p, At: e.At, By: e.By}
	case DestructionRefused:
		c.Destruction = nil
	case CaseHidden, CaseShown:
		c.applyHiding(e)
	case EmergencyOpened, EmergencyReviewed:
		c.applyEmergency(e)
	case DeadlineEscalated:
		c.Escalated[RowKey(p.Deadline, p.Row)] = p.Stage
	case DeadlineReminded:
		c.Reminded[RowKey(p.Deadline, p.Row)] = p.Of
	case DeadlineMoved:
		delete(c.Escalated, RowKey(p.Deadline, p.Row)) // it ends at another moment, so it begins again
		c.Moved = append(c.Moved, p)
	case ConsultationOpened, RemarkMade, RemarkAnswered, ConsultationClosed, VersionAdopted, VersionBegan:
		c.applyVersion(e)
	case Noted:
		c.Notes = append(c.Notes, Note{Noted: p, Seq: e.Seq, At: e.At, By: e.By})
	}
}

func (c *Case) applyOpened(e Event, p CaseOpened) {
	c.Number, c.Tenant, c.Kind = p.Number, p.Tenant, p.Kind
	c.Protocol, c.ProtocolVersion = p.Protocol, p.ProtocolVersion
	c.OpenedAt = e.At
}

func (c *Case) applyReport(e Event, p ReportReceived) {
	c.know(e, p.Form, "report", p.Facts, p.Cleared)
	c.Reports = append(c.Reports, Report{ID: p.Report, Form: p.Form, Channel: p.Channel, Organisation: p.Organisation, At: e.At, By: e.By})
	c.mark("received_at", received(e.At, p.Arrived))
	c.Marks[p.Form+"_sent_at"] = e.At
}

// received is when a report reached the desk: a mail lies in the mailbox before somebody
// writes it down, and counts from then (R-R-52, R-R-63).
func received(written, arrived time.Time) time.Time {
	if arrived.IsZero() || arrived.After(written) {
		return written
	}
	return arrived
}

// ReceivedAt is when the first report of the case reached the desk.
func (c *Case) ReceivedAt() time.Time {
	if at, ok := c.Marks["received_at"]; ok {
		return at
	}
	return c.OpenedAt
}

// mark sets a milestone the first time only.
func (c *Case) mark(name string, at time.Time) {
	if _, ok := c.Marks[name]; !ok {
		c.Marks[name] = at
	}
}

// know takes facts over: the newest answer counts, an empty answer forgets.
func (c *Case) know(e Event, form, from string, facts protocol.Facts, cleared []string) {
	if len(c.Facts) == 0 { // of a new case: room for all at once
		c.Facts, c.Origin = make(protocol.Facts, len(facts)), make(map[string]Origin, len(facts))
	}
	for id, v := range facts {
		c.Facts[id] = v
		c.Origin[id] = Origin{At: e.At, By: e.By, Form: form, From: from}
	}
	for _, id := range cleared {
		delete(c.Facts, id)
		delete(c.Origin, id)
	}
}

func (c *Case) forget(fields []string) {
	for _, id := range fields {
		delete(c.Facts, id)
		delete(c.Origin, id)
		for _, rows := range c.Rows {
			for _, row := range rows {
				delete(row.Facts, id)
			}
		}
	}
}

// applyErased keeps what was destroyed, when and why; the words and values themselves are
// gone from the events that held them.
func (c *Case) applyErased(e Event, p FactsErased) {
	gone := Erasure{At: e.At, By: e.By, Reason: p.Reason, Rule: p.Rule}
	c.forget(p.Fields)
	for _, id := range p.Fields {
		c.ErasedFacts[id] = gone
	}
	for _, seq := range p.Texts {
		c.ErasedTexts[seq] = gone
	}
	if p.Rule != "" {
		c.ErasedBy[p.Rule] = gone
	}
	if p.Figures != nil {
		c.Figures = p.Figures
	}
}

func (c *Case) applyRow(p RowRecorded) {
	rows := c.Rows[p.Form]
	i := slices.IndexFunc(rows, func(r protocol.Row) bool { return r.ID == p.Row })
	switch {
	case p.Removed && i >= 0:
		c.Rows[p.Form] = slices.Delete(slices.Clone(rows), i, i+1)
	case p.Removed:
	case i >= 0:
		maps.Copy(rows[i].Facts, p.Facts)
		for _, id := range p.Cleared {
			delete(rows[i].Facts, id)
		}
	default:
		c.Rows[p.Form] = append(rows, protocol.Row{ID: p.Row, Facts: maps.Clone(p.Facts)})
	}
}

func (c *Case) applyDecided(e Event, p Decided) {
	c.applySigned(e, p)
	if (p.Deviates || p.Alone) && !p.Waits {
		c.Deviations = append(c.Deviations, Deviation{Seq: e.Seq, At: e.At, By: e.By, What: p.Subject, Motivation: p.Motivation})
	}
}

// RowKey names the state of something that exists once per row.
func RowKey(id, row string) string {
	if row == "" {
		return id
	}
	return id + "/" + row
}

func (c *Case) applyStep(e Event) {
	switch p := e.Payload.(type) {
	case StepDone:
		s := c.Steps[RowKey(p.Step, p.Row)]
		s.Done, s.DoneAt, s.Why, s.By, s.Seq = true, e.At, p.Note, e.By, e.Seq
		c.Steps[RowKey(p.Step, p.Row)] = s
	case StepSkipped:
		s := c.Steps[RowKey(p.Step, p.Row)]
		s.Skipped, s.How, s.Until, s.Why, s.By, s.Seq = true, p.How, p.Until, p.Motivation, e.By, e.Seq
		c.Steps[RowKey(p.Step, p.Row)] = s
		c.Deviations = append(c.Deviations, Deviation{Seq: e.Seq, At: e.At, By: e.By, What: p.Step, Did: p.How, Motivation: p.Motivation})
	case StepAdded:
		c.Steps[p.Step] = StepState{Title: p.Title, TitleBy: e.Seq, Owner: p.Owner, Due: p.Due, By: e.By}
	}
}

func (c *Case) applyAnswered(e Event, p Answered) {
	for i := range c.Questions {
		if q := &c.Questions[i]; q.Question == p.Question {
			q.Done, q.DoneAt, q.Declined = true, e.At, p.Declined
		}
	}
}

func (c *Case) applyPhase(e Event) {
	switch p := e.Payload.(type) {
	case CloseProposed:
		ph := c.phase(p.Phase)
		ph.Proposed, ph.ProposedBy, ph.Why, ph.WhySeq = true, e.By, p.Motivations, e.Seq
	case PhaseClosed:
		ph := c.phase(p.Phase)
		ph.Closed, ph.ClosedAt, ph.GoesOn = true, e.At, p.GoesOn
	case Reopened:
		*c.phase(p.Phase) = PhaseState{ReopenedAt: e.At}
		if c.Ended != "" {
			c.Ended = ""
			delete(c.Marks, "ended_at") // it is a case after all: no term runs from that moment
		}
	}
}

func (c *Case) phase(id string) *PhaseState {
	if c.Phases[id] == nil {
		c.Phases[id] = &PhaseState{}
	}
	return c.Phases[id]
}
