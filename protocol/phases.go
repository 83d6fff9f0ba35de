// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// referKind checks where cases of a kind start and what they can turn into.
func (l *loader) referKind(k *Kind) {
	l.need(k.Pos, "title", k.Title)
	exists(l, k.Pos, "phase", "fase", k.Phase, l.c.phases)
	for _, id := range k.ConvertsTo {
		exists(l, k.Pos, "converts_to", "soort zaak", id, l.c.kinds)
		if id == k.ID {
			l.problem(k.Pos, "converts_to", "Noem een andere soort zaak.", "Een zaak wordt niet omgezet in de soort die zij al is.")
		}
	}
	l.referPress(k)
}

// PhasesOf are the phases that a case of a kind goes through, in order: from the phase it
// starts in, each the `then` of the one before. A kind that names no phase goes through
// all phases that no other kind has for itself.
func (p *Protocol) PhasesOf(kind string) []*Phase {
	if k := p.Kind(kind); k != nil && k.Phase != "" {
		return p.chain(k.Phase)
	}
	var taken []*Phase
	for i := range p.Kinds {
		if from := p.Kinds[i].Phase; from != "" {
			taken = append(taken, p.chain(from)...)
		}
	}
	var free []*Phase
	for i := range p.Phases {
		if ph := &p.Phases[i]; !slices.Contains(taken, ph) {
			free = append(free, ph)
		}
	}
	return free
}

// chain follows `then`; a chain that bites its tail ends there.
func (p *Protocol) chain(from string) []*Phase {
	var found []*Phase
	for ph := p.Phase(from); ph != nil && !slices.Contains(found, ph); ph = p.Phase(ph.Then) {
		found = append(found, ph)
	}
	return found
}

// referEnds checks what a phase ends. A phase after which the case goes on cannot end one that
// closes the case.
func (l *loader) referEnds(ph *Phase) {
	for _, id := range ph.Ends {
		exists(l, ph.Pos, "ends", "fase", id, l.c.phases)
		other := l.c.phases[id]
		switch {
		case id == ph.ID:
			l.problem(ph.Pos, "ends", "Haal de fase hier weg, of noem een andere.", "Fase %q beëindigt zichzelf.", id)
		case other != nil && ph.GoesOn && !other.GoesOn:
			l.problem(ph.Pos, "ends", "Haal goes_on of ends weg.", "Na fase %q gaat de zaak door, maar met fase %q sluit zij.", ph.ID, id)
		}
	}
}

// inspectEnds warns of somebody who closes a phase that ends another one, which they may not close.
func (l *loader) inspectEnds(ph *Phase) {
	for _, id := range ph.Ends {
		other := l.c.phases[id]
		if other == nil || len(other.ClosedBy) == 0 {
			continue
		}
		for _, role := range ph.ClosedBy {
			if !slices.Contains(other.ClosedBy, role) {
				l.warn(ph.Pos, "ends", "Zet de rol ook bij closed_by van fase "+quoted(id)+".", "De rol %q sluit met fase %q ook fase %q af, maar staat daar niet bij closed_by.", role, ph.ID, id)
			}
		}
	}
}

// ClosesWith are the phases whose checks closing a phase asks and that are closed with it:
// itself, and those that it ends.
func (p *Protocol) ClosesWith(phase string) []*Phase {
	ph := p.Phase(phase)
	if ph == nil {
		return nil
	}
	out := []*Phase{ph}
	for _, id := range ph.Ends {
		if other := p.Phase(id); other != nil {
			out = append(out, other)
		}
	}
	return out
}

// OpenChecks are the items of a list of checks that are not yes.
func (ev *Evaluation) OpenChecks(list string) (open []CheckFinding) {
	for i := range ev.Checks {
		if ev.Checks[i].Checks.ID != list {
			continue
		}
		for _, item := range ev.Checks[i].Items {
			if item.OK != True {
				open = append(open, item)
			}
		}
	}
	return open
}

// phasesByKind works out, per kind, which phases its cases never come to. Nil when no kind
// names a phase: then every step may arise in every case.
func (l *loader) phasesByKind() {
	if !slices.ContainsFunc(l.p.Kinds, func(k Kind) bool { return k.Phase != "" }) {
		return
	}
	l.c.elsewhere = map[string]map[string]bool{}
	for i := range l.p.Kinds {
		kind := l.p.Kinds[i].ID
		mine := l.p.PhasesOf(kind)
		l.c.elsewhere[kind] = map[string]bool{}
		for j := range l.p.Phases {
			if ph := &l.p.Phases[j]; !slices.Contains(mine, ph) {
				l.c.elsewhere[kind][ph.ID] = true
			}
		}
	}
}

// phases tells of the phases that a case may not come to how that stands: by its kind, or
// by the `when` of the phase.
func (a *activation) phases() map[string]outcome {
	kind, _ := a.in.Facts["case_kind"].(string)
	var found map[string]outcome
	for i := range a.p.Phases {
		ph := &a.p.Phases[i]
		away := a.c.elsewhere[kind][ph.ID]
		if !away && always(ph.When) {
			continue
		}
		if found == nil {
			found = map[string]outcome{}
		}
		if found[ph.ID] = a.test(ph.When); away {
			found[ph.ID] = outcome{verdict: False}
		}
	}
	return found
}

// narrow lets a phase have its say about a step in it: no phase, no step; a phase that is
// not certain makes the step provisional.
func (o outcome) narrow(step outcome) outcome {
	switch {
	case o.verdict == False || step.verdict == False:
		return outcome{verdict: False}
	case o.verdict == Unknown:
		step.verdict = Unknown
	}
	step.provisional = step.provisional || o.provisional
	step.missing = merge(slices.Clone(step.missing), o.missing)
	return step
}

// inspectPhases warns of a phase that no kind of case comes to.
func (l *loader) inspectPhases() {
	if l.c.elsewhere == nil {
		return
	}
	for i := range l.p.Phases {
		ph := &l.p.Phases[i]
		unreached := !slices.ContainsFunc(l.p.Kinds, func(k Kind) bool { return !l.c.elsewhere[k.ID][ph.ID] })
		if unreached {
			l.warn(ph.Pos, "id", "Noem haar bij een soort zaak (phase), of als vervolg van een andere fase (then).", "Geen soort zaak komt in de fase %q.", ph.ID)
		}
	}
}
