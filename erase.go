// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"

	"example.org/loket/protocol"
)

// Grounds are why a person may propose to destroy a whole case before its term is over. A
// retention rule that ended needs no person to propose it.
var Grounds = []string{
	"test",              // it was a test report
	"wrongly_received",  // it should never have come here
	"request",           // the person concerned asked for it and is right
	"joined_completely", // everything of it lives on in another case
}

// decideErasing judges what somebody wants to erase or keep from being erased (D-26, D-43).
func decideErasing(c *Case, p *protocol.Protocol, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case FactsErased:
		if refusal := onHold(c); refusal != nil {
			return nil, refusal
		}
		if len(w.Fields)+len(w.Texts) == 0 && w.Rule == "" {
			return nil, Refuse(Invalid, "Kies wat er gewist moet worden.", "Choose what has to be erased.")
		}
		if e := erasable(c, p, w); e != nil {
			return nil, e
		}
		return one(w, motivated(w.Reason))
	case HoldPlaced:
		return one(w, motivated(w.Reason))
	case HoldLifted:
		if c.Hold == nil {
			return nil, Refuse(Invalid, "Deze zaak wordt niet vastgehouden.", "This case is not on hold.")
		}
		return one(w, motivated(w.Reason))
	case DestructionProposed:
		if refusal := onHold(c); refusal != nil {
			return nil, refusal
		}
		if !slices.Contains(Grounds, w.Ground) {
			return nil, Refuse(Invalid, "Kies op welke grond de zaak weg moet.", "Choose the ground for destroying the case.")
		}
		return one(w, motivated(w.Reason))
	case DestructionRefused:
		if c.Destruction == nil {
			return nil, Refuse(Invalid, "Er is geen voorstel om deze zaak te vernietigen.", "There is no proposal to destroy this case.")
		}
		return one(w, motivated(w.Reason))
	}
	return []Payload{want}, nil
}

// erasable refuses names that neither the protocol nor the case has: a misspelt one would leave
// the value where it is, and a record that it was destroyed. What a retention rule takes was
// found in the case itself.
func erasable(c *Case, p *protocol.Protocol, w FactsErased) *Error {
	if w.Rule != "" {
		return nil
	}
	return knownFacts(p, slices.DeleteFunc(slices.Clone(w.Fields), func(id string) bool { _, there := c.Facts[id]; return there }))
}

// onHold refuses erasing while a case is kept for a reason.
func onHold(c *Case) *Error {
	if c.Hold == nil {
		return nil
	}
	return Refuse(Stopped, "Deze zaak wordt vastgehouden. Er mag niets gewist worden tot dat is opgeheven.", "This case is on hold. Nothing may be erased until the hold is lifted.")
}

// ToErase says what a retention rule takes from a case: facts and typed words of its levels.
// It is empty when there is nothing (more) of those levels.
func ToErase(c *Case, p *protocol.Protocol, levels []protocol.Level) (fields []string, texts []int) {
	seen := map[string]bool{}
	for _, e := range c.Events {
		for id := range factsOf(e.Payload) {
			if !seen[id] && slices.Contains(levels, factLevel(p, id)) {
				seen[id] = true
				fields = append(fields, id)
			}
		}
		if _, some := WithoutText(p, e.Payload, levels); some {
			texts = append(texts, e.Seq)
		}
	}
	slices.Sort(fields)
	return fields, texts
}

// factLevel is the level of a fact. One that the protocol does not know (any more) counts as
// the deepest, and so do words without a level.
func factLevel(p *protocol.Protocol, id string) protocol.Level {
	f := p.Fact(id)
	switch {
	case f == nil:
		return "V5"
	case f.Level != "":
		return f.Level
	case f.Type == protocol.TypeText || f.Type == protocol.TypeLong:
		return "V5"
	}
	return "V1"
}
