// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// checkNote is the start of the name of the form field that motivates one check.
const checkNote = "tekst_check_"

// readCloseProposed asks a colleague to close the phase (DT-24, D-68).
func readCloseProposed(v *visit) (loket.Payload, error) {
	return loket.CloseProposed{Phase: v.text("fase"), Motivations: v.checkNotes(), Level: v.textLevel()}, nil
}

// readPhaseClosed closes the phase. The desk refuses a check that is neither yes nor motivated.
func readPhaseClosed(v *visit) (loket.Payload, error) {
	return loket.PhaseClosed{Phase: v.text("fase"), Motivations: v.checkNotes(), Level: v.textLevel()}, nil
}

// closers are the roles that decide on closing, in a sentence.
func (c *casePage) closers(phase *protocol.Phase) string {
	titles := make([]string, len(phase.ClosedBy))
	for i, role := range phase.ClosedBy {
		titles[i] = c.roleTitle(c.protocol, role)
	}
	return c.words(titles)
}

func (v *visit) checkNotes() map[string]string {
	notes := map[string]string{}
	for name := range v.r.PostForm {
		if check, ok := strings.CutPrefix(name, checkNote); ok {
			if note := strings.TrimSpace(v.text(name)); note != "" {
				notes[check] = note
			}
		}
	}
	return notes
}

// readReopened starts a phase again because of new facts.
func readReopened(v *visit) (loket.Payload, error) {
	reason := strings.TrimSpace(v.text("tekst_reden"))
	if reason == "" {
		return nil, needReason()
	}
	return loket.Reopened{Phase: v.text("fase"), Reason: reason, Level: v.textLevel()}, nil
}

// caseEnds are the ways a case can turn out to be none (SM-1).
var caseEnds = loket.CaseEnds

// readCaseEnded closes a case that is none; it stays registered as what it was (R-R-74).
func readCaseEnded(v *visit) (loket.Payload, error) {
	as := v.text("als")
	if !oneOf(as, caseEnds) {
		return nil, loket.Refuse(loket.Invalid, "Kies wat deze zaak is.", "Choose what this case is.")
	}
	reason := strings.TrimSpace(v.text("tekst_reden"))
	if reason == "" {
		return nil, needReason()
	}
	return loket.CaseEnded{As: as, Reason: reason, Level: v.textLevel()}, nil
}

// openPhase is the phase that can be closed now: the one the case is in.
func (c *casePage) openPhase() *protocol.Phase {
	if c.view.Status == "closed" {
		return nil
	}
	if phase := c.protocol.Phase(c.view.PhaseID); phase != nil {
		return phase
	}
	if len(c.view.Phases) > 0 {
		return c.view.Phases[0]
	}
	return nil
}

// closedPhases are the phases before the one the case is in; all of them up to and
// including it when the case is closed.
func (c *casePage) closedPhases() []*protocol.Phase {
	var phases []*protocol.Phase
	for _, phase := range c.view.Phases {
		here := phase.ID == c.view.PhaseID
		if here && c.view.Status != "closed" && c.view.Status != "ended" {
			return phases
		}
		phases = append(phases, phase)
		if here {
			return phases
		}
	}
	if c.view.Status == "closed" || c.view.Status == "ended" {
		return phases
	}
	return nil
}

// closingPart is what closing asks for one phase: the one that is closed, or one that it ends.
type closingPart struct {
	phase *protocol.Phase
	items []protocol.CheckFinding
}

// closedWith are the phases that are closed together, each with its checks. An item that two
// lists have stands in the first.
func (c *casePage) closedWith(phase *protocol.Phase) (parts []closingPart) {
	seen, phases := map[string]bool{}, []*protocol.Phase{phase}
	for _, id := range phase.Ends {
		if ended := c.protocol.Phase(id); ended != nil && !slices.Contains(c.closedPhases(), ended) {
			phases = append(phases, ended)
		}
	}
	for _, ph := range phases {
		part := closingPart{phase: ph}
		for _, item := range c.phaseChecks(ph) {
			if !seen[item.Check.ID] {
				seen[item.Check.ID] = true
				part.items = append(part.items, item)
			}
		}
		if len(part.items) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// phaseChecks are the findings of the list of checks that closing the phase asks for.
func (c *casePage) phaseChecks(phase *protocol.Phase) []protocol.CheckFinding {
	for i := range c.view.Checks {
		if c.view.Checks[i].Checks.ID == phase.Checks {
			return c.view.Checks[i].Items
		}
	}
	return nil
}

// openChecks are the checks of the phase that are not yet yes: closing asks a reason for each.
func (c *casePage) openChecks(phase *protocol.Phase) []protocol.CheckFinding {
	var open []protocol.CheckFinding
	for _, part := range c.closedWith(phase) {
		for _, item := range part.items {
			if item.OK != protocol.True {
				open = append(open, item)
			}
		}
	}
	return open
}

func (c *casePage) checkWords(item protocol.CheckFinding) string {
	switch item.OK {
	case protocol.True:
		return c.T("case.check_yes")
	case protocol.False:
		return c.T("case.check_no")
	}
	return c.T("case.check_unknown")
}

// checkWhy asks why a check may stay open; what the proposal says need not be said again.
func (c *casePage) checkWhy(item protocol.CheckFinding) string {
	if _, said := c.view.CloseWhy[item.Check.ID]; said {
		return c.T("case.check_why_too")
	}
	return c.T("case.check_why")
}

func (c *casePage) mayClose(phase *protocol.Phase) bool {
	return c.may("close") && (len(phase.ClosedBy) == 0 || c.actor.Has(phase.ClosedBy...))
}

// closesAt is where the form goes, whatever key sends it: who may only propose, proposes.
func (c *casePage) closesAt(phase *protocol.Phase) string {
	if c.mayClose(phase) {
		return c.at("sluiten")
	}
	return c.at("sluiten-voorstellen")
}

func (c *casePage) mayPropose(phase *protocol.Phase) bool {
	if c.view.Status == "proposed" || c.mayClose(phase) {
		return false
	}
	return c.may("propose_close") && (len(phase.ProposedBy) == 0 || c.actor.Has(phase.ProposedBy...))
}
