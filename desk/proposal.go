// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// proposals are the things to do on a case, most pressing first: late, then urgent, then
// by due moment, then in the order of the protocol.
func proposals(o *open, a loket.Actor, now time.Time) []Proposal {
	out := make([]Proposal, 0, min(len(o.ev.Steps), fewProposals))
	for i := range o.ev.Steps {
		f := &o.ev.Steps[i]
		state := o.Steps[loket.RowKey(f.Step.ID, f.Row)]
		if f.Open == protocol.False || f.Done || state.Done || put(state, now) || over(o.Case, f.Step) {
			continue
		}
		if p := proposal(o, a, f, state, now); p.Action != "ask" || !p.waits {
			out = append(out, p)
		}
	}
	out = append(out, ownSteps(o, now)...)
	slices.SortStableFunc(out, pressing)
	return out
}

// fewProposals is as many as most cases have: room for them at once.
const fewProposals = 12

// put: the step was put aside, for good or until a later moment.
func put(s loket.StepState, now time.Time) bool {
	return s.Skipped && (s.How != "later" || s.Until.IsZero() || now.Before(s.Until))
}

// over: the step belongs to a phase that is closed. A step without a phase goes on, as a
// notice to the council that an investigation ended (R-R-95).
func over(c *loket.Case, s *protocol.Step) bool {
	ph := c.Phases[s.Phase]
	return s.Phase != "" && ph != nil && ph.Closed
}

func pressing(a, b Proposal) int {
	if a.Late != b.Late {
		return truth(b.Late) - truth(a.Late)
	}
	if x, y := a.Urgent && !a.Provisional, b.Urgent && !b.Provisional; x != y {
		return truth(y) - truth(x) // what is perhaps urgent does not push aside what is surely due
	}
	if a.Due.IsZero() != b.Due.IsZero() {
		return truth(a.Due.IsZero()) - truth(b.Due.IsZero())
	}
	return cmp.Compare(a.Due.UnixMicro(), b.Due.UnixMicro())
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func proposal(o *open, a loket.Actor, f *protocol.StepFinding, state loket.StepState, now time.Time) Proposal {
	action, target, _ := strings.Cut(f.Step.Action, ":")
	p := Proposal{
		Key: loket.RowKey(f.Step.ID, f.Row), Step: f.Step.ID, Row: f.Row, RowTitle: rowTitle(o, f.Step.Each, f.Row), Title: titled(o, f.Step.Title, f.Step.About, o.RowFacts(f.Step.Each, f.Row)),
		Reason: f.Reason, Provisional: f.Open == protocol.Unknown, Urgent: f.Urgent, Owner: ownerTitles(o, f.Step, f.Row),
		Mine: owns(o, a, f.Step, f.Row), Action: action, Target: target, State: state,
	}
	if due := dueOf(o.ev, f.Step.Due, f.Row); due != nil && due.Met.IsZero() { // a clock that was met hurries nobody
		p.Due, p.DueTitle = due.Due, nameOfClock(o, due)
		p.Late = now.After(due.Due)
		if due.Deadline.Strength == "watch" && !now.Before(due.Due) { // a watch ends in a duty, not in lateness
			p.Late, p.Urgent, p.Due = false, true, o.p.DeskCloses(now) // before the shift ends
		}
	}
	if action == "ask" {
		p.Asks, p.waits = toAsk(o, f, target)
	}
	if action == "form" {
		p.Lacks, p.With = lacks(o, f.Step, o.p.Form(target)), f.Step.With
	}
	if action == "version" {
		p.Target = caseVersion(o)
	}
	p.Table, p.Criteria = findings(o.ev, action, target)
	p.Mine = p.Mine && !signedAlready(o, a, p.Target)
	p.Elsewhere = o.elsewhere(a, f.Step, f.Row)
	p.Kept = p.Elsewhere || !named(a, f.Step.SkippedBy)
	return p
}

// titled is a title with the facts that it names (`about`): “Vul de contactlijst aan: Kampen”.
// What nobody knows is left out.
func titled(o *open, title protocol.Text, about []string, row protocol.Facts) protocol.Text {
	var nl, en []string
	for _, id := range about {
		value := row[id]
		if value == nil {
			value = o.ev.Facts[id]
		}
		if words := both(o.p.Words(id, value)); value != nil && words.NL != "" {
			nl, en = append(nl, words.NL), append(en, words.EN)
		}
	}
	if len(nl) == 0 {
		return title
	}
	title = both(title)
	return say(title.NL+": "+strings.Join(nl, ", "), title.EN+": "+strings.Join(en, ", "))
}

// nameOfClock is what a clock is called on this case.
func nameOfClock(o *open, f *protocol.DeadlineFinding) protocol.Text {
	return titled(o, f.Deadline.Title, f.Deadline.About, o.RowFacts(f.Deadline.Each, f.Row))
}

// findings are the table or list that a deciding step is about.
func findings(ev *protocol.Evaluation, action, target string) (*protocol.TableFinding, *protocol.CriteriaFinding) {
	if action != "decide" {
		return nil, nil
	}
	for i := range ev.Tables {
		if ev.Tables[i].Table.ID == target {
			return &ev.Tables[i], nil
		}
	}
	for i := range ev.Criteria {
		if ev.Criteria[i].Criteria.ID == target {
			return nil, &ev.Criteria[i]
		}
	}
	return nil, nil
}

// dueOf is the clock that hurries a step: of those that it names the one that runs and ends
// first, else one that was met; nil when none of them began.
func dueOf(ev *protocol.Evaluation, ids protocol.Clocks, row string) (most *protocol.DeadlineFinding) {
	for i := range ev.Deadlines {
		f := &ev.Deadlines[i]
		if !slices.Contains(ids, f.Deadline.ID) || f.Row != row && f.Row != "" || f.Due.IsZero() {
			continue
		}
		if most == nil || f.Met.IsZero() && (!most.Met.IsZero() || f.Due.Before(most.Due)) {
			most = f
		}
	}
	return most
}

// ownSteps are tasks that people added themselves (R-I-04).
func ownSteps(o *open, now time.Time) []Proposal {
	var out []Proposal
	for id, s := range o.Steps {
		if s.Title == "" || s.Done || put(s, now) {
			continue
		}
		out = append(out, Proposal{Key: id, Step: id, Title: protocol.Text{NL: s.Title, EN: s.Title}, Due: s.Due, Late: !s.Due.IsZero() && now.After(s.Due), Owner: roleTitles(o.p, []string{s.Owner}), Mine: true, Action: "note", State: s})
	}
	slices.SortFunc(out, func(a, b Proposal) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// doneSteps are the steps that people finished or put aside.
func doneSteps(o *open, a loket.Actor, now time.Time) []Proposal {
	var out []Proposal
	for i := range o.ev.Steps {
		f := &o.ev.Steps[i]
		state := o.Steps[loket.RowKey(f.Step.ID, f.Row)]
		if state.Done || state.Skipped {
			out = append(out, proposal(o, a, f, state, now))
		}
	}
	for id, s := range o.Steps {
		if s.Title != "" && (s.Done || s.Skipped) {
			out = append(out, Proposal{Key: id, Step: id, Title: protocol.Text{NL: s.Title, EN: s.Title}, State: s})
		}
	}
	return out
}

// settledSteps are the steps that nobody needs to tick off: their `done` holds.
func settledSteps(o *open, a loket.Actor, now time.Time) []Proposal {
	var out []Proposal
	for i := range o.ev.Steps {
		f := &o.ev.Steps[i]
		state := o.Steps[loket.RowKey(f.Step.ID, f.Row)]
		if f.Done && !state.Done && !state.Skipped {
			out = append(out, proposal(o, a, f, state, now))
		}
	}
	return out
}

func roleTitles(p *protocol.Protocol, ids []string) protocol.Text {
	var nl, en []string
	for _, id := range ids {
		if r := p.Role(id); r != nil {
			title := both(r.Title)
			nl, en = append(nl, title.NL), append(en, title.EN)
		}
	}
	return say(strings.Join(nl, ", "), strings.Join(en, ", "))
}

// rowTitle names a row by its first answer that is V2 or less.
func rowTitle(o *open, form, row string) string {
	f := o.p.Form(form)
	if f == nil || row == "" {
		return ""
	}
	return titleOf(o.p, f, o.RowFacts(form, row))
}

func titleOf(p *protocol.Protocol, f *protocol.Form, facts protocol.Facts) string {
	for i := range f.Sections {
		fields := f.Sections[i].Fields
		for j := range fields {
			v, ok := facts[fields[j].ID]
			if ok && levelOf(p, fields[j].ID) <= "V2" {
				return p.Words(fields[j].ID, v).NL
			}
		}
	}
	return f.Title.NL
}

// levelOf is the level of a fact; what has none counts as the deepest.
func levelOf(p *protocol.Protocol, id string) protocol.Level {
	f := p.Fact(id)
	if f == nil || f.Level == "" {
		if f != nil && f.Type != protocol.TypeText && f.Type != protocol.TypeLong {
			return "V1"
		}
		return "V5"
	}
	return f.Level
}
