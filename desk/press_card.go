// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// pressSight is the deepest level that the room shows. What is deeper is opened on the case,
// where the log says who looked.
const pressSight = protocol.Level("V3")

// pressCard gathers what the room shows of one question.
func (d *Desk) pressCard(o *open, r reader, now time.Time) PressCard {
	k := o.p.Kind(o.Kind)
	room := k.Press
	card := PressCard{
		Case: o.ID, Number: o.Number, Kind: k, Status: status(o.Case), ReceivedAt: o.row.ReceivedAt, Urgent: urgent(o.p, o.Facts), Organisation: o.row.Organisation,
		Subject: r.pressFact(o, room.Subject), Question: r.pressFact(o, room.Question), Medium: r.pressFact(o, room.Medium), Answer: r.pressFact(o, room.Answer),
		Links: links(o, r), Converts: conversions(o, r.a), Clock: clockOf(o, room.Clock), Own: clockOf(o, room.OwnClock),
	}
	if o.Assigned != "" {
		card.Assigned = r.name(o.Assigned)
	}
	todo := proposals(o, r.a, now)
	if joinedTo(o.Case) != "" {
		todo = awaited(o, todo)
	}
	for i := range todo {
		todo[i] = r.proposal(o, todo[i])
	}
	if len(todo) > 0 {
		card.Next = &todo[0]
	}
	card.Parts = pressParts(o, todo)
	card.Texts = pressTexts(o, r, room.Texts)
	card.FollowUps = followUps(o, r, room.FollowUp)
	card.Evaluation, card.Found = pressRows(o, r, room.Evaluation), pressRows(o, r, room.Found.Form)
	return card
}

// pressFact shows a fact of the room; words of a person are never shown here.
func (r reader) pressFact(o *open, id string) FactView {
	value, known := o.ev.Facts[id]
	if o.p.Fact(id) == nil {
		return FactView{ID: id}
	}
	shallow := r
	shallow.sees = min(r.sees, pressSight)
	return shallow.fact(o.Case, id, value, known)
}

// clockOf is the clock of the case itself, running or met; nil while it waits.
func clockOf(o *open, id string) *ClockView {
	for _, c := range clocks(o) {
		if id != "" && c.Deadline.ID == id && c.Row == "" {
			return &c
		}
	}
	return nil
}

// pressParts groups what is to be done under the steps of the protocol, in its order. A part
// without anything open or done has not come up yet, and is shown too: there are five.
func pressParts(o *open, todo []Proposal) []PressPart {
	var out []PressPart
	at := func(title string) *PressPart {
		i := slices.IndexFunc(out, func(x PressPart) bool { return x.Title == title })
		if i < 0 {
			out = append(out, PressPart{Title: title})
			i = len(out) - 1
		}
		return &out[i]
	}
	phases := o.p.PhasesOf(o.Kind)
	for i := range o.ev.Steps {
		f := &o.ev.Steps[i]
		own := slices.ContainsFunc(phases, func(ph *protocol.Phase) bool { return ph.ID == f.Step.Phase && pressPhase(o, ph) })
		if f.Step.Task == "" || !own {
			continue
		}
		part := at(f.Step.Task)
		if f.Done || o.Steps[loket.RowKey(f.Step.ID, f.Row)].Done {
			part.Done++
		}
	}
	for _, p := range todo {
		if s := o.p.Step(p.Step); s != nil {
			if i := slices.IndexFunc(out, func(x PressPart) bool { return x.Title == s.Task }); i >= 0 {
				out[i].Open = append(out[i].Open, p)
			}
		}
	}
	return out
}

// pressPhase: the case comes to the phase.
func pressPhase(o *open, ph *protocol.Phase) bool {
	verdict, _ := o.p.Holds(ph.When, o.ev, nil)
	return verdict == protocol.True
}

// pressTexts are the texts that the protocol names, the newest version of each.
func pressTexts(o *open, r reader, ids []string) []PressText {
	lines, who := productLines(o, r), knows(o, r)
	var out []PressText
	for _, id := range ids {
		t := PressText{Product: o.p.Product(id)}
		if t.Product == nil || !MaySeeProduct(r.a, o.p, t.Product) {
			continue
		}
		if i := slices.IndexFunc(lines, func(l ProductLine) bool { return l.Product == id }); i >= 0 {
			t.Line = &lines[i]
		}
		if pv := o.ProductVersion(id, "", 0); pv != nil && t.Product.Level <= min(r.sees, pressSight) && pv.Withdrawn == "" {
			for i := range t.Product.Parts {
				part := &t.Product.Parts[i]
				if pv.Parts[part.ID] != "" {
					t.Parts = append(t.Parts, PartView{Part: part, Text: pv.Parts[part.ID]})
				}
			}
		}
		t.To = receivers(who, id)
		out = append(out, t)
	}
	return out
}

// receivers are those whom some version of a text reached, and how far the newest came.
func receivers(k KnowsTable, product string) []PressReader {
	var out []PressReader
	for _, row := range k.Rows {
		var last *PressReader
		for i, c := range k.Columns {
			if cell := row.Cells[i]; c.Product == product && cell.State != "" {
				last = &PressReader{Name: row.Person.Name, State: cell.State, At: cell.At}
			}
		}
		if last != nil {
			out = append(out, *last)
		}
	}
	return out
}

func followUps(o *open, r reader, form string) []PressFollowUp {
	rows := pressRows(o, r, form)
	if rows == nil {
		return nil
	}
	var out []PressFollowUp
	for _, row := range rows.Rows {
		f := PressFollowUp{Row: row}
		for _, c := range clocks(o) {
			if c.Deadline.Each == form && c.Row == row.ID && !wentAlong(o.Case, form, row.ID) {
				f.Clocks = append(f.Clocks, c)
			}
		}
		out = append(out, f)
	}
	return out
}

// pressRows are the rows of a repeated form as far as the room shows them; nil without a form.
func pressRows(o *open, r reader, form string) *RowsView {
	f := o.p.Form(form)
	if f == nil {
		return nil
	}
	r.sees = min(r.sees, pressSight)
	v := &RowsView{Form: f}
	for _, row := range o.Rows[f.ID] {
		v.Rows = append(v.Rows, RowView{ID: row.ID, Title: titleOf(o.p, f, row.Facts), Facts: r.rowFacts(o.Case, f, row), Answers: r.visible(row.Facts)})
	}
	return v
}

// pressAnswer is what was answered to a question, for those who answer another.
func pressAnswer(o *open, r reader) PressAnswer {
	room := o.p.Kind(o.Kind).Press
	a := PressAnswer{Case: o.ID, Number: o.Number, Received: o.row.ReceivedAt, Subject: r.pressFact(o, room.Subject), Medium: r.pressFact(o, room.Medium), Answer: r.pressFact(o, room.Answer)}
	if !a.Answer.Known {
		return a
	}
	if a.At = a.Answer.At; a.At.IsZero() {
		a.At = o.row.UpdatedAt
	}
	if c := clockOf(o, room.Clock); c != nil && !c.Met.IsZero() {
		a.At = c.Met
	}
	return a
}
