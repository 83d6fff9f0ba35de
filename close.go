// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// decideClosing: every check of the phase is yes or motivated (DT-24, R-R-76). What a phase ends
// is closed with it, and asks its checks too: nothing ends unseen.
func decideClosing(c *Case, p *protocol.Protocol, want Payload, now time.Time) ([]Payload, error) {
	switch w := want.(type) {
	case CloseProposed:
		if _, err := openChecks(c, p, w.Phase, w.Motivations, nil, now); err != nil {
			return nil, err
		}
		return []Payload{w}, nil
	case PhaseClosed:
		if closed(c, w.Phase) {
			return nil, Refuse(Conflict, "Deze fase is al afgesloten.", "This phase is already closed.")
		}
		open, err := openChecks(c, p, w.Phase, w.Motivations, proposedWhy(c, w.Phase), now)
		if err != nil {
			return nil, err
		}
		return closings(c, p, w, open), nil
	case Reopened:
		return decideReopening(c, p, w)
	case CaseEnded:
		if !slices.Contains(CaseEnds, w.As) {
			return nil, Refuse(Invalid, "Kies waarom dit geen zaak is.", "Choose why this is no case.")
		}
		return one(w, motivated(w.Reason))
	}
	return nil, fmt.Errorf("decide: %s", want.Type())
}

// closings are the phase and those that it ends, each with its own open checks; the reasons stay
// with the first.
func closings(c *Case, p *protocol.Protocol, w PhaseClosed, open map[string][]string) []Payload {
	w.Open = open[w.Phase]
	w.GoesOn = p.Phase(w.Phase).GoesOn
	out := []Payload{w}
	for _, ph := range p.ClosesWith(w.Phase)[1:] {
		if !closed(c, ph.ID) {
			out = append(out, PhaseClosed{Phase: ph.ID, Open: open[ph.ID], GoesOn: ph.GoesOn, With: w.Phase})
		}
	}
	return out
}

// CaseEnds are the reasons why a case is none, in the order in which they are offered (SM-1).
var CaseEnds = []string{"event", "withdrawn", "test", "no_role"}

// decideReopening: a closed phase goes on, or a case that was ended after all. That one goes
// on where it stood; when nobody says where, in its first phase.
func decideReopening(c *Case, p *protocol.Protocol, w Reopened) ([]Payload, error) {
	if c.Ended != "" && w.Phase == "" && len(p.Phases) > 0 {
		w.Phase = p.Phases[0].ID
	}
	switch {
	case p.Phase(w.Phase) == nil:
		return nil, Refuse(Invalid, "Deze fase staat niet in het protocol.", "The protocol does not have this phase.")
	case !closed(c, w.Phase) && c.Ended == "":
		return nil, Refuse(Invalid, "Deze fase is niet afgesloten.", "This phase is not closed.")
	}
	if err := motivated(w.Reason); err != nil {
		return nil, err
	}
	out := []Payload{w}
	for _, id := range alsoReopened(c, p, w.Phase) {
		out = append(out, Reopened{Phase: id, Reason: w.Reason, Level: w.Level})
	}
	return out, nil
}

// alsoReopened are the phases that were closed together with this one: a case of which one half
// stays closed would stay closed.
func alsoReopened(c *Case, p *protocol.Protocol, phase string) (ids []string) {
	for i := range p.Phases {
		ph := &p.Phases[i]
		together := slices.Contains(ph.Ends, phase) || p.Phase(phase) != nil && slices.Contains(p.Phase(phase).Ends, ph.ID)
		if together && closed(c, ph.ID) {
			ids = append(ids, ph.ID)
		}
	}
	return ids
}

func closed(c *Case, phase string) bool { return c.Phases[phase] != nil && c.Phases[phase].Closed }

// proposedWhy are the motivations of who proposed to close: who closes need not write them again.
func proposedWhy(c *Case, phase string) map[string]string {
	if ph := c.Phases[phase]; ph != nil && ph.Proposed {
		return ph.Why
	}
	return nil
}

// openChecks lists, by phase, the checks that are not yes: of the phase and of those that it
// ends and that are not closed yet. One without a motivation, now or in the proposal to close,
// refuses, and the refusal names each of them once.
func openChecks(c *Case, p *protocol.Protocol, phase string, why, proposed map[string]string, now time.Time) (map[string][]string, error) {
	phases := p.ClosesWith(phase)
	if len(phases) == 0 {
		return nil, Refuse(Invalid, "Deze fase staat niet in het protocol.", "The protocol does not have this phase.")
	}
	open := map[string][]string{}
	refusal := Refuse(Motivation, "Nog niet alles is gedaan. Doe het, of schrijf per punt op waarom het zo kan.", "Not everything is done. Do it, or write down per item why it can stay so.")
	ev := p.Evaluate(c.Input(now))
	for i, ph := range phases {
		if i > 0 && closed(c, ph.ID) {
			continue
		}
		for _, item := range ev.OpenChecks(ph.Checks) {
			id := item.Check.ID
			open[ph.ID] = append(open[ph.ID], id)
			named := slices.ContainsFunc(refusal.Fields, func(f protocol.AnswerError) bool { return f.Field == id })
			if !named && strings.TrimSpace(why[id]+proposed[id]) == "" {
				refusal.Fields = append(refusal.Fields, protocol.AnswerError{Field: id, Message: item.Check.Ask})
			}
		}
	}
	if len(refusal.Fields) > 0 {
		return open, refusal
	}
	return open, nil
}
