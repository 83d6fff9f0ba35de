// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"slices"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Names in actions and expectations about who may see a case, and what is kept of it.

// guardingNames are the names in such an action.
func (p *player) guardingNames(s *Step) []named {
	switch {
	case s.Hide != nil:
		return each(p.people(), s.Hide.From...)
	case s.Show != nil:
		return each(p.people(), s.Show.To...)
	case s.Emergency != nil:
		return []named{{s.Emergency.Ground, crisisWords}, {s.Emergency.Level, levelWords}}
	case s.Review != nil:
		return each(p.people(), s.Review.By)
	case s.Limit != nil:
		return each(limitWords, s.Limit.Ground)
	case s.ProposeDestroy != nil:
		return each(groundWords, s.ProposeDestroy.Ground)
	case s.Approve != nil:
		return append(each(p.retentionNames(), s.Approve.Rules...), each(p.caseNames(), s.Approve.Cases...)...)
	case s.Note != nil:
		return []named{{s.Note.Kind, noteWords}, {s.Note.Level, levelWords}}
	}
	return nil
}

// retentionNames are what a term or a person may let go: rules of the protocol and grounds.
func (p *player) retentionNames() names {
	n := namesOf("Het protocol heeft geen bewaartermijn", p.protocol.Retention, func(r protocol.Retention) string { return r.ID })
	for _, ground := range loket.Grounds {
		n.known[ground], n.known[groundMark+ground] = true, true
	}
	n.known["all"] = true
	return n
}

// guardedNames are the names in such an expectation.
func (p *player) guardedNames(e *Expect) []named {
	all := each(p.people(), e.HiddenFrom...)
	for _, w := range e.Emergencies {
		all = append(all, each(p.people(), w.By, w.Reviewer)...)
		all = append(all, named{w.Ground, crisisWords}, named{w.Level, levelWords}, named{w.State, openingWords})
	}
	if w := e.Retention; w != nil {
		all = append(all, each(p.retentionNames(), slices.Concat(w.Proposed, w.Held, sortedKeys(w.Due), sortedKeys(w.Asked))...)...)
	}
	if w := e.Certificate; w != nil {
		all = append(all, each(p.caseNames(), append(sortedKeys(w.Items), w.Whole...)...)...)
		for _, name := range sortedKeys(w.Items) {
			all = append(all, each(p.retentionNames(), w.Items[name]...)...)
		}
	}
	roles := namesOf("Het protocol heeft geen rol", p.protocol.Roles, func(r protocol.Role) string { return r.ID })
	for _, role := range sortedKeys(e.OnDuty) {
		all = append(append(all, named{role, roles}), each(p.people(), e.OnDuty[role]...)...)
	}
	return all
}
