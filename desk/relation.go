// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// A role may be limited to the cases of its own organisation (`cases: {of: …}`): somebody of
// one member municipality sees nothing of another one's cases. The relation is kept in three
// places that say the same:
//
//	facts of the case ──relationsOf──▶ CaseRow.Relations ──▶ table case_organisations
//	actor's organisation ──seesRelations──▶ CaseQuery.Among ──▶ list and counts, in SQL
//	both ──concerned──▶ one case, at every load
//
// Who files a case themselves sees it, whatever organisation it names or does not name yet: a
// municipal adviser who writes down a press question must be able to go on with it.

// relation names one fact and one of its options: "municipality:north".
func relation(fact, option string) string { return fact + ":" + option }

// filedFact stands where a fact stands in other relations; no fact can have this name.
const filedFact = "@filed"

// filedBy relates a case to the account that filed it; empty for reporters without one.
func filedBy(c *loket.Case) []string {
	if len(c.Reports) == 0 || Reserved(c.Reports[0].By) {
		return nil
	}
	return []string{relation(filedFact, c.Reports[0].By)}
}

// relationFacts are the facts that some role of the protocol is limited by.
func relationFacts(p *protocol.Protocol) []string {
	var out []string
	for _, r := range p.Roles {
		for _, fact := range r.Cases.Of {
			if !slices.Contains(out, fact) {
				out = append(out, fact)
			}
		}
	}
	return out
}

// kindsOf are the kinds of case that some role of the protocol is limited to.
func kindsOf(p *protocol.Protocol) []string {
	var out []string
	for _, r := range p.Roles {
		out = append(out, r.Cases.Kinds...)
	}
	return out
}

// relationsOf are the organisations that a case concerns, and who filed it; nil where no role
// is limited.
func relationsOf(c *loket.Case, p *protocol.Protocol, ev *protocol.Evaluation) []string {
	facts, kinds := relationFacts(p), kindsOf(p)
	if len(facts) == 0 && len(kinds) == 0 {
		return nil
	}
	out := append([]string{}, filedBy(c)...)
	if kind, _ := ev.Facts["case_kind"].(string); slices.Contains(kinds, kind) {
		out = append(out, relation("case_kind", kind))
	}
	for _, fact := range facts {
		for _, o := range p.Organisations(ev, nil, fact) {
			out = append(out, relation(fact, o.ID))
		}
	}
	return out
}

// seesRelations are the relations that give an actor sight of a case; limited is false for
// somebody who sees every case of the tenant.
func seesRelations(a loket.Actor, p *protocol.Protocol) (among []string, limited bool) {
	among = []string{relation(filedFact, a.ID)}
	for _, id := range a.Roles {
		r := p.Role(id)
		if r == nil || !mayOn(alone(a, id), p, "case.enter", onSight, "", "") {
			continue
		}
		if !r.Cases.Limited() {
			return nil, false
		}
		for _, kind := range r.Cases.Kinds {
			among = append(among, relation("case_kind", kind))
		}
		for _, fact := range r.Cases.Of {
			for _, o := range optionsOf(p, fact) {
				if o.Named(a.Organisation) {
					among = append(among, relation(fact, o.ID))
				}
			}
		}
	}
	return among, true
}

// optionsOf are the organisations that a fact may name.
func optionsOf(p *protocol.Protocol, fact string) []protocol.Organisation {
	f := p.Fact(fact)
	if f == nil {
		return nil
	}
	out := make([]protocol.Organisation, len(f.Options))
	for i, o := range f.Options {
		out[i] = protocol.Organisation{ID: o.ID, Title: o.Label}
	}
	return out
}

// concerned reports whether a case is one of those that the roles of somebody are limited to.
func (d *Desk) concerned(a loket.Actor, o *open) bool {
	among, limited := seesRelations(a, o.p)
	if !limited || slices.ContainsFunc(filedBy(o.Case), func(r string) bool { return slices.Contains(among, r) }) {
		return true
	}
	if o.ev == nil {
		o.ev = o.p.Evaluate(o.Input(d.Now()))
	}
	return slices.ContainsFunc(relationsOf(o.Case, o.p, o.ev), func(r string) bool { return slices.Contains(among, r) })
}

// onlyRelated keeps, of cases that something else led to, those that the actor may see:
// likely duplicates, links, notices. Nobody learns a number from them.
func (d *Desk) onlyRelated(ctx context.Context, tx Tx, a loket.Actor, p *protocol.Protocol, ids []loket.CaseID) (map[loket.CaseID]bool, error) {
	among, limited := seesRelations(a, p)
	near := map[loket.CaseID]bool{}
	if !limited || a.Case != "" {
		for _, id := range ids {
			near[id] = true
		}
	} else {
		var err error
		if near, err = tx.Related(ctx, a.Tenant, among, ids); err != nil {
			return nil, err
		}
	}
	gone, err := hidden(ctx, tx, a)
	for id := range gone {
		delete(near, id)
	}
	return near, err
}

// mayRegister: one role must give the export of all cases by itself. Who is limited to the
// cases of some organisations gets none.
func mayRegister(a loket.Actor, p *protocol.Protocol) bool { return mayOverall(a, p, "register.read") }

// mayOverall asks for what goes over all cases: one role must give it, that is not limited to
// the cases of some organisations.
func mayOverall(a loket.Actor, p *protocol.Protocol, action string) bool {
	if isMachine(a) {
		return may(a, p, action, policies.Overview.When(a.Organisation == ""))
	}
	return slices.ContainsFunc(a.Roles, func(id string) bool {
		r := p.Role(id)
		return r != nil && may(alone(a, id), p, action, policies.Overview.When(len(r.Cases.Of) == 0))
	})
}

// sameOrganisation compares names as people write them.
func sameOrganisation(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// everLinked are the cases that this one is or was linked to.
func everLinked(c *loket.Case) []loket.CaseID {
	var out []loket.CaseID
	for _, e := range c.Events {
		if w, ok := e.Payload.(loket.Linked); ok {
			out = append(out, w.Other)
		}
	}
	return out
}

// others are the cases that a view would name.
func others(o *open, dups []DuplicateView) []loket.CaseID {
	out := everLinked(o.Case)
	for _, x := range dups {
		out = append(out, x.Other)
	}
	return out
}

// hideUnrelated takes the cases that the reader may not see out of a view.
func (v *CaseView) hideUnrelated(near map[loket.CaseID]bool) {
	v.Links = slices.DeleteFunc(v.Links, func(l LinkView) bool { return !near[l.Other] })
	v.Duplicates = slices.DeleteFunc(v.Duplicates, func(x DuplicateView) bool { return !near[x.Other] })
}

func casesOf(messages []Message) []loket.CaseID {
	out := make([]loket.CaseID, len(messages))
	for i, m := range messages {
		out[i] = m.Case
	}
	return out
}
