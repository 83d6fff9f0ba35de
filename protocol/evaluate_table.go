// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"maps"
	"slices"
)

// hit is a row of a table that is not false.
type hit struct {
	rule        *Rule
	verdict     Verdict
	provisional bool
	missing     []int
	looked      []int
}

// table proposes the outputs of a decision table, lays a decision over them, and gives
// conditions the result.
func (a *activation) table(n *node) {
	t := n.table
	f := TableFinding{Table: t}
	arises := a.try(n.when)
	f.Arises = arises.verdict
	if d, ok := a.in.Decided[t.ID]; ok {
		f.Decided = &d
	}
	var missing []int
	var hits []hit
	if f.Arises != False {
		hits = a.hits(n, t.Rules, t.Hit == "first")
		switch t.Hit {
		case "unique":
			missing = a.unique(&f, hits)
		case "collect":
			missing = a.gather(&f, hits)
		default:
			missing = a.first(&f, hits)
		}
		if f.Arises == Unknown || arises.provisional {
			f.Provisional = true
			missing = merge(slices.Clone(arises.missing), missing)
		}
		if !a.brief {
			f.Words = a.p.outputWords(t, f.Outputs)
		}
	}
	f.Differs = f.Decided != nil && differs(f.Decided.Outputs, f.Outputs)
	a.outputs(n, &f, missing)
	if t.Hit == "collect" && f.Provisional {
		a.openOutputs(n, &f, hits, arises)
	}
	a.ev.Tables = append(a.ev.Tables, f)
}

// hits runs the rows and keeps those that are not false. A row that is false only
// provisionally is kept as unknown: it could still win. Where the first row counts, rows
// below a certain one are not looked at.
func (a *activation) hits(n *node, rules []Rule, first bool) []hit {
	var hits []hit
	for i := range rules {
		r := &rules[i]
		found := a.try(n.rules[i])
		if found.verdict == False && !found.provisional {
			continue
		}
		h := hit{rule: r, verdict: found.verdict, provisional: found.provisional, missing: found.missing}
		if !a.brief {
			h.looked = slices.Clone(found.looked)
		}
		hits = append(hits, h)
		if first && h.certain() {
			break
		}
	}
	return hits
}

// explain adds the reason of a row, for who will read it.
func (a *activation) explain(to []Reason, h hit) []Reason {
	if a.brief {
		return to
	}
	return append(to, a.because(h))
}

// because is the reason of a row.
func (a *activation) because(h hit) Reason {
	return a.reason(h.rule.ID, h.rule.Title, h.rule.Because, h.rule.Source, outcome{looked: h.looked, missing: h.missing})
}

// stands tells whether a row speaks for its outcome: true, or unknown where the table is cautious.
func (h hit) stands(cautious bool) bool {
	return h.verdict == True || h.verdict == Unknown && cautious
}

// certain rows need no further facts.
func (h hit) certain() bool { return h.verdict == True && !h.provisional }

// first proposes the first row that stands. The proposal is provisional when a row that
// is not certain, above it or itself, could give way to another outcome.
func (a *activation) first(f *TableFinding, hits []hit) []int {
	cautious := f.Table.Unknown == "cautious"
	win := slices.IndexFunc(hits, func(h hit) bool { return h.stands(cautious) })
	end := slices.IndexFunc(hits, hit.certain)
	if win >= 0 {
		f.Outputs = a.outputsOf(hits[win].rule)
	}
	open := hits
	if end >= 0 {
		open = hits[:end]
	}
	same := end >= 0
	for i, h := range hits {
		if i > end && end >= 0 {
			break
		}
		same = same && !differs(outputsOf(h.rule), f.Outputs) && len(h.rule.Then) == len(f.Outputs)
	}
	if same && win >= 0 { // what is true explains it, not what is unknown and would say the same
		win = slices.IndexFunc(hits, func(h hit) bool { return h.verdict == True })
	}
	if win >= 0 {
		f.Reasons = a.explain(nil, hits[win])
	}
	var missing []int
	for i, h := range open {
		missing = merge(missing, h.missing)
		if i != win {
			f.Others = a.explain(f.Others, h)
		}
	}
	f.Provisional = len(open) > 0 && !same
	if !f.Provisional && win >= 0 {
		return nil
	}
	return missing
}

// unique proposes the one true row; two true rows are a fault in the protocol that shows
// as a provisional proposal with both reasons.
func (a *activation) unique(f *TableFinding, hits []hit) []int {
	cautious := f.Table.Unknown == "cautious"
	win := slices.IndexFunc(hits, func(h hit) bool { return h.verdict == True })
	if win < 0 {
		win = slices.IndexFunc(hits, func(h hit) bool { return h.stands(cautious) })
	}
	var missing []int
	for i, h := range hits {
		if i == win {
			f.Outputs = a.outputsOf(h.rule)
			f.Reasons = append(a.explain(nil, h), f.Reasons...)
			f.Provisional = f.Provisional || !h.certain()
			missing = merge(missing, h.missing)
			continue
		}
		if win >= 0 && hits[win].certain() && h.verdict != True {
			continue // at most one row is true, and it is known which
		}
		f.Others = a.explain(f.Others, h)
		f.Provisional = true
		missing = merge(missing, h.missing)
	}
	return missing
}

// gather adds the outputs of every row that stands.
func (a *activation) gather(f *TableFinding, hits []hit) []int {
	cautious := f.Table.Unknown == "cautious"
	f.Outputs = Facts{}
	for i := range f.Table.Outputs {
		f.Outputs[f.Table.Outputs[i].ID] = []string{}
	}
	var missing []int
	for _, h := range hits {
		missing = merge(missing, h.missing)
		f.Provisional = f.Provisional || !h.certain()
		if !h.stands(cautious) {
			f.Others = a.explain(f.Others, h)
			continue
		}
		f.Reasons = a.explain(f.Reasons, h)
		for id, value := range h.rule.Then {
			list, _ := value.([]string)
			sofar, _ := f.Outputs[id].([]string)
			for _, one := range list {
				if !slices.Contains(sofar, one) {
					sofar = append(sofar, one)
				}
			}
			f.Outputs[id] = sofar
		}
	}
	return missing
}

// openOutputs remembers which elements of collected lists are certain.
func (a *activation) openOutputs(n *node, f *TableFinding, hits []hit, arises outcome) {
	whole := arises.verdict == True && !arises.provisional
	for _, at := range n.make {
		if !a.unsettled[at] {
			continue // decided
		}
		var elements []element
		for _, h := range hits {
			list, _ := h.rule.Then[a.c.declared[at].fact.ID].([]string)
			for _, id := range list {
				elements = append(elements, element{id, whole && h.certain(), merge(slices.Clone(arises.missing), h.missing)})
			}
		}
		a.open(at, elements, a.rest.missing[at])
	}
}

func outputsOf(r *Rule) Facts { return Facts(r.Then) }

// outputsOf are the outputs of a rule for a finding: a copy, which a reader of the finding
// may do with as it likes. Who only writes a case down changes nothing in it.
func (a *activation) outputsOf(r *Rule) Facts {
	if a.brief {
		return outputsOf(r)
	}
	return maps.Clone(outputsOf(r))
}

// differs tells whether a decision says otherwise than the proposal.
func differs(decided, proposed Facts) bool {
	for id, value := range decided {
		one, list := value.([]string)
		other, both := proposed[id].([]string)
		if list != both || !sameSet(one, other) {
			return true
		}
		if list {
			continue
		}
		if value != proposed[id] {
			return true
		}
	}
	return false
}

func sameSet(a, b []string) bool {
	for _, one := range a {
		if !slices.Contains(b, one) {
			return false
		}
	}
	for _, one := range b {
		if !slices.Contains(a, one) {
			return false
		}
	}
	return true
}

// outputs gives conditions the outcome of a table: decided, else proposed, else nothing.
func (a *activation) outputs(n *node, f *TableFinding, missing []int) {
	for _, at := range n.make {
		id := a.c.declared[at].fact.ID
		if f.Decided != nil {
			if value, ok := f.Decided.Outputs[id]; ok {
				a.conclude(at, value, false, nil)
				continue
			}
		}
		if f.Arises == False {
			a.setEmpty(at)
			continue
		}
		if value, ok := f.Outputs[id]; ok {
			a.conclude(at, value, f.Provisional, missing)
			continue
		}
		if !f.Provisional && len(missing) == 0 {
			a.setEmpty(at) // every row is settled and none gives this outcome
			continue
		}
		a.forget(at, missing)
	}
}
