// SPDX-License-Identifier: EUPL-1.2

package protocol

// steps finds what there is to do.
func (a *activation) steps() {
	phases := a.phases()
	for i := range a.p.Steps {
		s := &a.p.Steps[i]
		a.perRow(s.Each, func(int) {
			f := StepFinding{Step: s, Row: a.row, Done: a.stepDone(i)}
			if f.Done && a.brief {
				return
			}
			found := a.try(a.c.stepWhen[i])
			if phase, bound := phases[s.Phase]; bound {
				found = phase.narrow(found)
			}
			f.Open = found.verdict
			if f.Open == False && a.brief {
				return
			}
			if f.Done || f.Open == False {
				found.looked = nil // not proposed, so nothing to explain
			}
			f.Reason = a.reason(s.ID, s.Title, s.Because, s.Source, found)
			if f.Done {
				f.Open = False
			} else if found.verdict == True && found.provisional {
				f.Open = Unknown // it rests on what is not settled
			}
			f.Urgent = s.Urgent != "" && f.Open != False && a.try(a.c.stepUrgent[i]).verdict == True
			a.ev.Steps = append(a.ev.Steps, f)
		})
	}
}

// stepDone: somebody said so, somebody chose to skip it, or the facts show it.
func (a *activation) stepDone(i int) bool {
	for _, at := range a.c.stepMarks[i] {
		if at >= 0 && a.raw[at] == true {
			return true
		}
	}
	s := &a.p.Steps[i]
	return s.Done != "" && s.Each != "" && a.test(s.Done).verdict == True
}

// products finds which messages are proposed now.
func (a *activation) products() {
	for i := range a.p.Products {
		d := &a.p.Products[i]
		if d.When == "" {
			continue // made when somebody wants it, never proposed
		}
		if a.brief && !d.ByItself {
			continue // for people to see
		}
		a.perRow(d.Each, func(int) {
			found := a.try(a.c.productWhen[i])
			f := ProductFinding{Product: d, Row: a.row, Open: found.verdict}
			if found.verdict == True && found.provisional {
				f.Open = Unknown
			}
			f.Reason = a.reason(d.ID, d.Title, d.Because, d.Source, found)
			a.ev.Products = append(a.ev.Products, f)
		})
	}
}

// checks finds what should hold and does not yet. A check that does not apply is left out.
func (a *activation) checks() {
	for i := range a.p.Checks {
		list := &a.p.Checks[i]
		f := ChecksFinding{Checks: list, Items: make([]CheckFinding, 0, len(list.Items))}
		for j := range list.Items {
			k := &list.Items[j]
			if a.try(a.c.checkWhen[i][j][0]).verdict == False {
				continue
			}
			found := a.try(a.c.checkWhen[i][j][1])
			if found.verdict == True {
				found.looked = nil // it holds: nothing to ask, nothing to explain
			}
			f.Items = append(f.Items, CheckFinding{Check: k, OK: found.verdict, Reason: a.reason(k.ID, k.Title, k.Ask, k.Source, found)})
		}
		a.ev.Checks = append(a.ev.Checks, f)
	}
}

// Holds evaluates one condition of the protocol (a stop, a guard) over an evaluation.
// An expression that the protocol does not contain is checked first; when it is wrong
// the verdict is Unknown. row may be nil.
func (p *Protocol) Holds(condition string, ev *Evaluation, row Facts) (Verdict, Reason) {
	if always(condition) {
		return True, Reason{Rule: condition}
	}
	a := p.over(ev, row)
	defer a.release()
	cond := p.compiled.conditions[condition]
	if cond == nil {
		fresh, faults := p.compiled.condition(condition)
		if len(faults) > 0 {
			return Unknown, Reason{Rule: condition}
		}
		cond = fresh
	}
	value, found := a.compute(cond)
	found.verdict = verdictOf(value)
	return found.verdict, a.reason(condition, Text{}, Text{}, Source{}, found)
}

// HoldEach evaluates conditions of the protocol over one evaluation, in their order. Laying
// out the facts takes far longer than one condition, so asking together is what is cheap. An
// empty condition is True; one that the protocol does not contain is Unknown.
func (p *Protocol) HoldEach(conditions []string, ev *Evaluation) []Verdict {
	verdicts := make([]Verdict, len(conditions))
	a := p.over(ev, nil)
	defer a.release()
	for i, condition := range conditions {
		verdicts[i] = a.test(condition).verdict
	}
	return verdicts
}

// Counts tells of each figure of the protocol whether its condition counts the case; True
// for a figure without one.
func (p *Protocol) Counts(ev *Evaluation) []Verdict {
	if ev.held != nil {
		return ev.held
	}
	a := p.over(ev, nil)
	defer a.release()
	return a.counts()
}

func (a *activation) counts() []Verdict {
	held := make([]Verdict, len(a.c.figureWhen))
	for i, cond := range a.c.figureWhen {
		held[i] = a.try(cond).verdict
	}
	return held
}

// over makes an activation on the facts of an evaluation that is ready.
func (p *Protocol) over(ev *Evaluation, row Facts) *activation {
	a := p.activate(&Input{Facts: ev.Facts, Now: ev.now, Rows: ev.rows})
	a.ev, a.rowFacts = ev, ev.rowFacts
	a.milestones()
	for _, at := range ev.rest.empty {
		if a.values[at] == nil {
			a.setEmpty(at)
		}
	}
	a.rest = ev.rest
	for id := range ev.Unsettled {
		if at, ok := p.compiled.index[id]; ok {
			a.unsettled[at] = true
		}
	}
	for id, value := range row {
		if at, ok := p.compiled.index[id]; ok {
			a.set(at, value)
			a.unsettled[at] = false
		}
	}
	return a
}
