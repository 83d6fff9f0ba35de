// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// RestsOn reports whether a table or criteria list may look at a fact, itself or through
// facts that follow from others. Who corrects such a fact after a decision touches what the
// decision rests on.
func (p *Protocol) RestsOn(subject, fact string) bool {
	target := p.compiled.indexOf(fact)
	if target < 0 {
		return false
	}
	makes := map[int]*node{}
	var start *node
	for i := range p.compiled.order {
		n := &p.compiled.order[i]
		for _, at := range n.make {
			makes[at] = n
		}
		if n.table != nil && n.table.ID == subject || n.criteria != nil && n.criteria.ID == subject {
			start = n
		}
	}
	seen := map[*node]bool{}
	var looks func(n *node) bool
	looks = func(n *node) bool {
		if n == nil || seen[n] {
			return false
		}
		seen[n] = true
		for _, at := range n.uses {
			if at == target || looks(makes[at]) {
				return true
			}
		}
		return false
	}
	return looks(start)
}

// Names lists the facts that a step's own condition names, in the order of the protocol;
// not those that these follow from. A step that opens because !known(x) is about x.
func (p *Protocol) Names(s *Step) []string { return p.NamesIn(s.When) }

// NamesIn lists the facts that a condition of the protocol names, in its order.
func (p *Protocol) NamesIn(condition string) []string {
	found := p.compiled.of(condition)
	if found == nil {
		return nil
	}
	return p.factIDs(found.refs)
}

// AskedBy are the forms that ask a fact, in the order of the protocol; none for a fact that
// nobody answers.
func (p *Protocol) AskedBy(fact string) []*Form {
	at := p.compiled.indexOf(fact)
	if at < 0 {
		return nil
	}
	return p.compiled.declared[at].askedBy
}

// FollowsFrom lists the facts that a derived fact's own expression names, in its order. It is
// nothing for an answer, a milestone, or what a table decides: those explain themselves.
func (p *Protocol) FollowsFrom(fact string) []string {
	at := p.compiled.indexOf(fact)
	if at < 0 {
		return nil
	}
	for i := range p.compiled.order {
		if n := &p.compiled.order[i]; n.fact != nil && slices.Contains(n.make, at) && n.when != nil {
			return p.factIDs(n.when.refs)
		}
	}
	return nil
}

func (p *Protocol) factIDs(refs []int) []string {
	out := make([]string, len(refs))
	for i, at := range refs {
		out[i] = p.compiled.declared[at].fact.ID
	}
	return out
}
