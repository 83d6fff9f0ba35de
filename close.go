// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// decideClosing: every check of the phase is yes or motivated (DT-24, R-R-76).
func decideClosing(c *Case, p *protocol.Protocol, want Payload, now time.Time) ([]Payload, error) {
	switch w := want.(type) {
	case CloseProposed:
		_, err := openChecks(c, p, w.Phase, w.Motivations, nil, now)
		return payloadOr(w, err)
	case PhaseClosed:
		if closed(c, w.Phase) {
			return nil, Refuse(Conflict, "Deze fase is al afgesloten.", "This phase is already closed.")
		}
		open, err := openChecks(c, p, w.Phase, w.Motivations, proposedWhy(c, w.Phase), now)
		w.Open = open
		if ph := p.Phase(w.Phase); ph != nil {
			w.GoesOn = ph.GoesOn
		}
		return payloadOr(w, err)
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
	return one(w, motivated(w.Reason))
}

func closed(c *Case, phase string) bool { return c.Phases[phase] != nil && c.Phases[phase].Closed }

func payloadOr(p Payload, err error) ([]Payload, error) {
	if err != nil {
		return nil, err
	}
	return []Payload{p}, nil
}

// proposedWhy are the motivations of who proposed to close: who closes need not write them again.
func proposedWhy(c *Case, phase string) map[string]string {
	if ph := c.Phases[phase]; ph != nil && ph.Proposed {
		return ph.Why
	}
	return nil
}

// openChecks lists the checks that are not yes. One without a motivation, now or in the
// proposal to close, refuses, and the refusal names each of them.
func openChecks(c *Case, p *protocol.Protocol, phase string, why, proposed map[string]string, now time.Time) ([]string, error) {
	ph := p.Phase(phase)
	if ph == nil {
		return nil, Refuse(Invalid, "Deze fase staat niet in het protocol.", "The protocol does not have this phase.")
	}
	var open []string
	refusal := Refuse(Motivation, "Nog niet alles is gedaan. Doe het, of schrijf per punt op waarom het zo kan.", "Not everything is done. Do it, or write down per item why it can stay so.")
	for _, list := range p.Evaluate(c.Input(now)).Checks {
		if list.Checks.ID != ph.Checks {
			continue
		}
		for _, item := range list.Items {
			if item.OK == protocol.True {
				continue
			}
			open = append(open, item.Check.ID)
			if strings.TrimSpace(why[item.Check.ID]+proposed[item.Check.ID]) == "" {
				refusal.Fields = append(refusal.Fields, protocol.AnswerError{Field: item.Check.ID, Message: item.Check.Ask})
			}
		}
	}
	if len(refusal.Fields) > 0 {
		return open, refusal
	}
	return open, nil
}
