// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"time"
)

// Evaluate applies every rule to what is known. Safe for concurrent use.
//
// It first lets facts follow from facts in the order that Load worked out (derived facts,
// tables, criteria, duties, clocks), then looks at steps, products and checks.
func (p *Protocol) Evaluate(in Input) *Evaluation { return p.evaluate(in, false) }

// Conclude is Evaluate for who writes a case down: what follows and not why. It gives the
// facts, the outcome of the tables, the clocks, the steps that are to be done and the products
// that the desk sends by itself, the same as Evaluate; no lists of criteria, duties or checks,
// no reason names the facts behind it, and the sentence of a clock is made when somebody asks
// for it (InWords).
func (p *Protocol) Conclude(in Input) *Evaluation { return p.evaluate(in, true) }

func (p *Protocol) evaluate(in Input, brief bool) *Evaluation {
	a := p.activate(&in)
	defer a.release()
	a.brief = brief
	a.ev = p.blank(in.Now, brief)
	ev := a.ev
	a.milestones()
	a.hide()
	for i := range p.compiled.order {
		a.follow(&p.compiled.order[i])
	}
	a.inOrderOfProtocol()
	a.steps()
	a.products()
	if brief {
		ev.held = a.counts()
	} else {
		a.checks()
	}
	a.collect()
	ev.rest, ev.rows, ev.rowFacts = a.rest, in.Rows, a.rowFacts
	return ev
}

// Room for the clocks and steps of a report that has just come in.
const fewClocks, fewSteps = 8, 12

// blank is an evaluation with room for its findings.
func (p *Protocol) blank(now time.Time, brief bool) *Evaluation {
	ev := &Evaluation{Unsettled: map[string]bool{}, now: now, Tables: make([]TableFinding, 0, len(p.Tables))}
	if brief { // few clocks run and few steps are to be done
		ev.Deadlines, ev.Steps = make([]DeadlineFinding, 0, fewClocks), make([]StepFinding, 0, fewSteps)
		return ev
	}
	ev.Criteria = make([]CriteriaFinding, 0, len(p.Criteria))
	ev.Duties = make([]DutyFinding, 0, len(p.Duties))
	ev.Deadlines = make([]DeadlineFinding, 0, len(p.Deadlines))
	ev.Steps = make([]StepFinding, 0, len(p.Steps))
	ev.Products = make([]ProductFinding, 0, len(p.Products))
	ev.Checks = make([]ChecksFinding, 0, len(p.Checks))
	return ev
}

// milestones fills what the desk left out: no is no, zero is zero, and something that has
// a moment has happened.
func (a *activation) milestones() {
	for form, rows := range a.in.Rows {
		a.supply(form+"_rows", int64(len(rows)))
	}
	for id, d := range a.in.Decided {
		a.supply(id+"_decided", true)
		a.supply(id+"_decided_at", d.At)
	}
	for _, at := range a.c.marks {
		if a.values[at] != nil {
			continue
		}
		switch a.c.declared[at].fact.Type {
		case TypeYesNo:
			when := a.c.companion[at]
			happened := when >= 0 && a.values[when] != nil
			a.set(at, happened)
			a.assumed[at] = !happened
		case TypeNumber:
			a.set(at, int64(0))
			a.assumed[at] = true
		}
	}
}

// supply sets a milestone that the input itself shows, unless the desk said it.
func (a *activation) supply(id string, value any) {
	if at, ok := a.c.index[id]; ok && a.values[at] == nil {
		a.set(at, value)
	}
}

func (a *activation) follow(n *node) {
	switch {
	case n.fact != nil:
		a.derive(n)
	case n.table != nil:
		a.table(n)
	case n.criteria != nil:
		a.criteria(n)
	case n.duty != nil:
		a.duty(n)
	case n.deadline != nil:
		a.deadline(n)
	case n.step != nil:
		if a.try(n.when).verdict == True {
			a.conclude(n.make[0], true, false, nil)
		}
	}
}

// conclude sets a derived fact, and remembers whether it is provisional and what would settle it.
func (a *activation) conclude(at int, value any, provisional bool, missing []int) {
	a.set(at, value)
	a.unsettled[at] = provisional
	a.owe(at, missing)
}

// owe remembers what would settle a derived fact.
func (a *activation) owe(at int, missing []int) {
	if len(missing) > 0 {
		a.rest.missing[at] = missing
	}
}

// forget leaves a derived fact unknown, with what would settle it.
func (a *activation) forget(at int, missing []int) {
	a.values[at], a.raw[at], a.unsettled[at] = nil, nil, false
	a.owe(at, missing)
}

func (a *activation) derive(n *node) {
	at := n.make[0]
	if n.fact.First != "" {
		a.deriveFirst(at, n.fact)
		return
	}
	if n.fact.AnyOf != "" {
		a.deriveAny(at, n.fact)
		return
	}
	if always(n.fact.Is) && n.fact.Type == TypeYesNo {
		a.conclude(at, true, false, nil)
		return
	}
	value, found := a.compute(n.when)
	if value == nil {
		a.forget(at, found.missing)
		return
	}
	a.conclude(at, fromCEL(value), found.provisional, found.missing)
}

// deriveAny holds when some row satisfies `where`. With no rows it does not hold.
func (a *activation) deriveAny(at int, f *Fact) {
	verdict, provisional := False, false
	var missing []int
	for i, row := range a.in.Rows[f.AnyOf] {
		undo := a.enter(f.AnyOf, i, row)
		found := a.test(f.Where)
		a.leave(undo)
		switch {
		case found.verdict == True && !found.provisional:
			a.conclude(at, true, false, nil)
			return
		case found.verdict == True:
			verdict, provisional = True, true
		case found.verdict == Unknown && verdict != True:
			verdict = Unknown
		case found.provisional:
			provisional = true
		}
		missing = merge(missing, found.missing)
	}
	if verdict == Unknown {
		a.forget(at, missing)
		return
	}
	a.conclude(at, verdict == True, provisional, missing)
}

// deriveFirst is the earliest moment of the rows that certainly satisfy `where`. When none
// does it is unknown, and so it is of a row whose moment nobody gave.
func (a *activation) deriveFirst(at int, f *Fact) {
	var first time.Time
	var missing []int
	for i, row := range a.in.Rows[f.AnyOf] {
		undo := a.enter(f.AnyOf, i, row)
		found := a.test(f.Where)
		a.leave(undo)
		moment, known := row.Facts[f.First].(time.Time)
		if found.verdict == True && !found.provisional && known && (first.IsZero() || moment.Before(first)) {
			first = moment
		}
		missing = merge(missing, found.missing)
	}
	if first.IsZero() {
		a.forget(at, missing)
		return
	}
	a.conclude(at, first, false, nil)
}

// inOrderOfProtocol sorts the findings as the protocol lists its elements, not as they
// were computed: readers expect table 1 before table 2.
func (a *activation) inOrderOfProtocol() {
	sortBy(a.ev.Tables, func(f TableFinding) Pos { return f.Table.Pos })
	sortBy(a.ev.Criteria, func(f CriteriaFinding) Pos { return f.Criteria.Pos })
	sortBy(a.ev.Duties, func(f DutyFinding) Pos { return f.Duty.Pos })
	sortBy(a.ev.Deadlines, func(f DeadlineFinding) Pos { return f.Deadline.Pos })
}

// collect gathers all facts that hold, and which of them only provisionally. Milestones
// that nobody spoke of are left out: no and zero are what a reader takes them for.
func (a *activation) collect() {
	n := 0
	for at, value := range a.raw {
		if value != nil && !a.assumed[at] {
			n++
		}
	}
	a.ev.Facts = make(Facts, n)
	for id, value := range a.in.Facts {
		if _, ok := a.c.index[id]; !ok {
			a.ev.Facts[id] = value // of an older version of the protocol
		}
	}
	for at, value := range a.raw {
		if value == nil || a.assumed[at] {
			continue
		}
		id := a.c.declared[at].fact.ID
		a.ev.Facts[id] = value
		if a.unsettled[at] {
			a.ev.Unsettled[id] = true
		}
	}
}

// metAt tells when a clock stopped: the value of a moment, or when a condition came true.
func (a *activation) metAt(cond *condition, begin any) (time.Time, outcome) {
	if cond == nil {
		return time.Time{}, outcome{}
	}
	value, found := a.compute(cond)
	if moment, ok := fromCEL(value).(time.Time); ok {
		return moment, found
	}
	if verdictOf(value) != True {
		return time.Time{}, found
	}
	return a.cameTrue(begin), found
}

// cameTrue is the latest companion moment (<fact>_at) of what a condition looked at. A
// condition over answers alone has no moment; it then counts as met in time.
func (a *activation) cameTrue(begin any) time.Time {
	var last time.Time
	for _, at := range a.looked {
		companion := a.c.companion[at]
		if companion < 0 {
			companion = a.c.indexOf(strings.TrimSuffix(a.c.declared[at].fact.ID, "_state") + "_done_at")
		}
		if companion < 0 {
			continue
		}
		if moment, known := a.raw[companion].(time.Time); known && moment.After(last) {
			last = moment
		}
	}
	if !last.IsZero() {
		return last
	}
	switch from := begin.(type) {
	case time.Time:
		return from
	case Occurrence:
		return from.latest()
	case start:
		return from.to.at
	}
	return a.now
}
