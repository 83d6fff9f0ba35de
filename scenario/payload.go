// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// payload makes the event that the step wants.
func (p *player) payload(ctx context.Context, s *Step, c *played, who loket.Actor) (loket.Payload, error) {
	switch {
	case s.Decide != nil:
		return p.decided(ctx, c, who, s.Decide)
	case s.Draft != nil:
		return p.drafted(ctx, c, who, s.Draft)
	case s.Release != nil:
		return p.released(ctx, c, who, s.Release)
	case s.Align != nil:
		return p.aligned(ctx, c, s)
	case s.Withdraw != nil:
		return p.withdrawn(ctx, c, s.Withdraw)
	case s.Tell != nil:
		return p.told(ctx, c, s.Tell)
	case s.Link != nil, s.Unlink != nil:
		return p.linked(c, s)
	case s.Duty != nil:
		return p.duty(s.Duty)
	case s.Skip != nil, s.Task != nil, s.Done != nil:
		return p.stepped(ctx, c, s)
	case s.Hide != nil, s.Show != nil:
		return p.shielded(s), nil
	case s.Limit != nil, s.LiftLimit != nil, s.Hold != nil, s.Lift != nil, s.Keep != nil, s.ProposeDestroy != nil:
		return kept(s), nil
	default:
		return p.simple(c, s)
	}
}

// simple payloads are what the story says, word for word.
func (p *player) simple(c *played, s *Step) (loket.Payload, error) {
	switch {
	case s.Assign != nil:
		return loket.CaseAssigned{To: s.Assign.To}, nil
	case s.Ask != nil:
		to := s.Ask.To
		if row, ok := c.rows[to]; ok {
			to = row
		} else if to == "" {
			to = "reporter"
		}
		return loket.Asked{Fields: s.Ask.Fields, Text: s.Ask.Text, To: to}, nil
	case s.ProposeClose != nil:
		return loket.CloseProposed{Phase: s.ProposeClose.Phase, Motivations: s.ProposeClose.Motivations}, nil
	case s.Close != nil:
		return loket.PhaseClosed{Phase: s.Close.Phase, Motivations: s.Close.Motivations}, nil
	case s.Reopen != nil:
		return loket.Reopened{Phase: s.Reopen.Phase, Reason: s.Reopen.Reason}, nil
	case s.End != nil:
		return loket.CaseEnded{As: s.End.As, Reason: s.End.Reason}, nil
	case s.Erase != nil:
		return erased(s.Erase), nil
	case s.Note != nil:
		return noted(s.Note), nil
	default:
		return nil, mistaken("zie docs/scenarios.md", "Deze stap kan niet worden gespeeld.")
	}
}

func erased(e *EraseAction) loket.FactsErased {
	w := loket.FactsErased{Fields: e.Fields, Reason: e.Reason}
	if e.Texts {
		w.Texts = []int{desk.AllTexts}
	}
	return w
}

// noted is a remark. Who takes over what the last shift left needs no words for it.
func noted(n *NoteAction) loket.Noted {
	note := loket.Noted{Kind: cmp.Or(n.Kind, "note"), Text: n.Text, Level: protocol.Level(n.Level)}
	if note.Kind == "accepted" {
		note.Text = cmp.Or(note.Text, "Overgenomen.")
	}
	return note
}

func (p *player) stepped(ctx context.Context, c *played, s *Step) (loket.Payload, error) {
	switch {
	case s.Done != nil:
		return loket.StepDone{Step: p.ownStep(ctx, c, s.Done.Step), Row: c.rows[s.Done.Row], Note: s.Done.Note}, nil
	case s.Skip != nil:
		until, err := p.optional(s.Skip.Until)
		how := s.Skip.How
		if how == "" {
			how = "not"
		}
		return loket.StepSkipped{Step: p.ownStep(ctx, c, s.Skip.Step), Row: c.rows[s.Skip.Row], How: how, Until: until, Motivation: s.Skip.Motivation}, err
	default:
		due, err := p.optional(s.Task.Due)
		return loket.StepAdded{Title: s.Task.Title, Owner: s.Task.Owner, Due: due}, err
	}
}

// ownStep is the step of that id, or the task of one's own with that title.
func (p *player) ownStep(ctx context.Context, c *played, name string) string {
	if p.protocol.Step(name) != nil {
		return name
	}
	view, err := p.view(ctx, c)
	if err != nil {
		return name
	}
	for _, step := range view.Proposals {
		if strings.HasPrefix(step.Step, "own:") && has(step.Title.NL, name) {
			return step.Step
		}
	}
	return name
}

func (p *player) duty(d *DutyAction) (loket.Payload, error) {
	at, err := p.optional(d.DoneAt)
	state := d.State
	if state == "" {
		state = "done"
	}
	return loket.DutyRecorded{Duty: d.Duty, State: state, DoneAt: at, Reference: d.Reference, Note: d.Note}, err
}

func (p *player) optional(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := moment(text, p.now, p.loc)
	if err != nil {
		return at, mistaken("", "%s", err.Error())
	}
	return at, nil
}

func (p *player) decided(ctx context.Context, c *played, who loket.Actor, d *DecideAction) (loket.Payload, error) {
	decided := loket.Decided{Subject: d.Subject, Motivation: d.Motivation, Provisional: d.Provisional, Alone: d.Alone}
	if p.protocol.CriteriaList(d.Subject) != nil {
		decided.Met = d.Met
		if d.AsProposed || d.Met == nil && !d.None { // the subject alone confirms, as with a table
			view, err := p.desk.Service.Case(ctx, who, c.id)
			if err != nil {
				return nil, err
			}
			decided.Met = proposedMet(view, d.Subject)
		}
		return decided, nil
	}
	// Outcomes that the story leaves out are those proposed; the desk fills them in.
	if p.protocol.Table(d.Subject) == nil {
		return nil, mistaken(meant(d.Subject, p.subjects()), "Er is geen tabel of lijst %q in dit protocol.", d.Subject)
	}
	for id, v := range d.Outcome {
		if decided.Outputs == nil {
			decided.Outputs = map[string]any{}
		}
		decided.Outputs[id] = p.output(id, v)
	}
	return decided, nil
}

func (p *player) subjects() map[string]bool {
	all := map[string]bool{}
	for _, t := range p.protocol.Tables {
		all[t.ID] = true
	}
	for _, l := range p.protocol.Criteria {
		all[l.ID] = true
	}
	return all
}

// proposedMet is what confirming means: everything that the facts known now meet.
func proposedMet(view *desk.CaseView, id string) []string {
	var met []string
	for _, list := range view.Criteria {
		if list.Criteria.ID != id {
			continue
		}
		for _, item := range list.Items {
			if item.Verdict == protocol.True {
				met = append(met, item.Rule.ID)
			}
		}
	}
	return met
}

// output gives an outcome its type, as the page would.
func (p *player) output(id string, v Value) any {
	fact := p.protocol.Fact(id)
	switch {
	case fact != nil && fact.Type == "choices":
		return v.Words()
	case fact != nil && fact.Type == "yesno":
		yes, _ := truth(v.Text)
		return yes
	default:
		return v.Text
	}
}

func (p *player) told(ctx context.Context, c *played, t *TellAction) (loket.Payload, error) {
	at, err := p.optional(t.At)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = p.now
	}
	channel := t.Channel
	if channel == "" {
		channel = "phone"
	}
	version := t.Version
	if version == 0 && t.Product != "" {
		if version, err = p.newest(ctx, c, t.Product, ""); err != nil {
			return nil, err
		}
	}
	to, err := p.recipient(t.To)
	return loket.Told{Recipient: to, Product: t.Product, Version: version, Channel: channel, ToldAt: at, Note: t.Note}, err
}

// reporterID is how a case knows whoever reported it.
const reporterID = "reporter"

func (p *player) recipient(alias string) (loket.Recipient, error) {
	alias = p.aliasOf(alias)
	who, ok := p.tale.story.People[alias]
	if !ok {
		return loket.Recipient{}, mistaken(meant(alias, p.tale.story.People), "%q staat niet onder people.", alias)
	}
	to := loket.Recipient{ID: alias, Name: who.name(alias), Role: who.Role, Email: who.address(alias)}
	if !p.hasAccount(alias) {
		to.ID = reporterID
	}
	return to, nil
}

func (p *player) linked(c *played, s *Step) (loket.Payload, error) {
	if s.Unlink != nil {
		link, ok := c.links[s.Unlink.Link]
		if !ok {
			return nil, mistaken(meant(s.Unlink.Link, c.links), "Er is geen koppeling %q.", s.Unlink.Link)
		}
		return loket.Unlinked{Link: link, Reason: s.Unlink.Reason}, nil
	}
	other, err := p.caseNamed(s.Link.Other)
	if err != nil {
		return nil, err
	}
	return loket.Linked{Other: other.id, Number: other.number, Verdict: s.Link.Verdict, Leads: s.Link.Leads, Reason: s.Link.Reason}, nil
}

// learn finds the ids that the desk gave to a new question or link.
func (p *player) learn(ctx context.Context, s *Step, c *played) error {
	if s.Ask == nil && s.Link == nil {
		return nil
	}
	view, err := p.view(ctx, c)
	if err != nil {
		return err
	}
	if s.Ask != nil && len(view.Questions) > 0 {
		c.questions[s.Ask.Name] = view.Questions[len(view.Questions)-1].Question
	}
	if s.Link != nil && len(view.Links) > 0 {
		c.links[s.Link.Name] = view.Links[len(view.Links)-1].Link
	}
	return nil
}
