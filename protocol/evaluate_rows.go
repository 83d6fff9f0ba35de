// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"cmp"
	"reflect"
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// saved is the value a fact had before a row came into view.
type saved struct {
	at    int
	value ref.Val
	raw   any
}

// enter lays the facts of one row over those of the case. Milestones that each row has
// for itself start at no; what followed for the row earlier is laid over as well.
func (a *activation) enter(form string, i int, row Row) []saved {
	var undo []saved
	lay := func(at int, value any) {
		undo = append(undo, saved{at, a.values[at], a.raw[at]})
		a.set(at, value)
	}
	for _, at := range a.c.rowMarks[form] {
		lay(at, nil)
		if a.c.declared[at].fact.Type == TypeYesNo {
			a.set(at, false)
		}
	}
	for id, value := range row.Facts {
		if at, ok := a.c.index[id]; ok {
			lay(at, value)
		}
	}
	if followed := a.rowFacts[form]; i < len(followed) {
		for id, value := range followed[i] {
			lay(a.c.index[id], value)
		}
	}
	for _, at := range a.c.rowMarks[form] {
		when := a.c.companion[at]
		if when >= 0 && a.raw[at] == false && a.values[when] != nil {
			a.set(at, true)
		}
	}
	a.row = row.ID
	return undo
}

// leave takes the row away again, last laid first.
func (a *activation) leave(undo []saved) {
	for i := len(undo) - 1; i >= 0; i-- {
		s := undo[i]
		a.values[s.at], a.raw[s.at] = s.value, s.raw
		a.unsay(s.at)
	}
	a.row = ""
}

// keep remembers a fact that followed for one row.
func (a *activation) keep(form string, i int, id string, value any) {
	if a.rowFacts == nil {
		a.rowFacts = map[string][]Facts{}
	}
	if a.rowFacts[form] == nil {
		a.rowFacts[form] = make([]Facts, len(a.in.Rows[form]))
	}
	if a.rowFacts[form][i] == nil {
		a.rowFacts[form][i] = Facts{}
	}
	a.rowFacts[form][i][id] = value
}

// perRow does something once for the case, or once for every row of a form.
func (a *activation) perRow(form string, do func(i int)) {
	if form == "" {
		do(-1)
		return
	}
	for i, row := range a.in.Rows[form] {
		undo := a.enter(form, i, row)
		do(i)
		a.leave(undo)
	}
}

// fromCEL turns a computed value into a value of Facts.
func fromCEL(value ref.Val) any {
	switch v := value.(type) {
	case types.Bool:
		return bool(v)
	case types.String:
		return string(v)
	case types.Int:
		return int64(v)
	case types.Timestamp:
		return v.Time
	case nil:
		return nil
	}
	if list, err := value.ConvertToNative(stringList); err == nil {
		return list
	}
	return nil
}

var stringList = reflect.TypeFor[[]string]()

func sortBy[T any](list []T, pos func(T) Pos) {
	slices.SortStableFunc(list, func(x, y T) int {
		a, b := pos(x), pos(y)
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}

// deadline computes a clock, for the case or for each row.
func (a *activation) deadline(n *node) {
	d := n.deadline
	a.perRow(d.Each, func(i int) {
		found := a.try(n.when)
		if found.verdict == False {
			a.clockFacts(n, i, DeadlineFinding{}, found)
			return
		}
		f := DeadlineFinding{State: ClockWaiting, Words: clockUncertain}
		if found.verdict == True {
			f = a.runClock(n, &found)
		}
		f.Deadline, f.Row = d, a.row
		a.ev.Deadlines = append(a.ev.Deadlines, f)
		a.clockFacts(n, i, f, found)
	})
}

// clockUncertain explains a clock of which it is not known yet whether it applies.
var clockUncertain = Text{"nog niet zeker of deze termijn geldt", "not certain yet whether this deadline applies"}

// runClock computes a clock that applies; what it rests on provisionally goes into found.
func (a *activation) runClock(n *node, found *outcome) DeadlineFinding {
	d := n.deadline
	anchor := a.anchor(n)
	met, stopped := a.metAt(n.done, anchor)
	found.provisional = found.provisional || stopped.provisional
	found.missing = merge(found.missing, stopped.missing)
	if n.from >= 0 && a.unsettled[n.from] {
		found.provisional = true
		found.missing = merge(found.missing, a.rest.missing[n.from])
	}
	f := a.p.reckon(d, anchor, met, a.now)
	if !a.brief {
		a.p.say(&f)
	}
	return a.paused(d, f)
}

// anchor is the moment a clock starts from: a fact, or the end of another clock.
func (a *activation) anchor(n *node) any {
	if before := a.c.deadlines[n.deadline.From]; before != nil {
		for i := range a.ev.Deadlines {
			if f := &a.ev.Deadlines[i]; f.Deadline == before && (f.Row == "" || f.Row == a.row) {
				return chained(*f)
			}
		}
		return nil
	}
	if n.from >= 0 {
		return a.raw[n.from]
	}
	return nil
}

// clockFacts gives conditions the due moment and state of a clock. A clock that does not
// apply has no state; of one that perhaps applies it is unknown.
func (a *activation) clockFacts(n *node, row int, f DeadlineFinding, found outcome) {
	if len(n.make) < 2 {
		return
	}
	due, state := n.make[0], n.make[1]
	if row >= 0 {
		if !f.Due.IsZero() {
			a.keep(n.deadline.Each, row, a.c.declared[due].fact.ID, f.Due)
		}
		a.keep(n.deadline.Each, row, a.c.declared[state].fact.ID, string(f.State))
		return
	}
	if found.verdict == Unknown {
		a.forget(due, found.missing)
		a.forget(state, found.missing)
		return
	}
	a.setEmpty(due)
	a.setEmpty(state)
	if f.State != "" {
		a.set(state, string(f.State))
	}
	if !f.Due.IsZero() {
		a.set(due, f.Due)
	}
	for _, at := range n.make {
		a.unsettled[at] = found.provisional
		a.owe(at, found.missing)
	}
}
