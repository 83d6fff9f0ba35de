// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"example.org/loket/protocol"
)

// decideDecision compares what a person decides with what the protocol proposes. A
// different decision is always possible, with a motivation (R-I-05, R-R-16).
func decideDecision(c *Case, p *protocol.Protocol, w Decided, now time.Time) ([]Payload, error) {
	ev := p.Evaluate(c.Input(now))
	for i := range ev.Tables {
		if ev.Tables[i].Table.ID == w.Subject {
			return decideTable(c, &ev.Tables[i], w)
		}
	}
	for i := range ev.Criteria {
		if ev.Criteria[i].Criteria.ID == w.Subject {
			return decideCriteria(&ev.Criteria[i], w)
		}
	}
	return nil, Refuse(Invalid, "Dit besluit staat niet in het protocol.", "The protocol does not have this decision.")
}

func decideTable(c *Case, t *protocol.TableFinding, w Decided) ([]Payload, error) {
	w.Proposed, w.Provisional = maps.Clone(t.Outputs), t.Provisional
	outputs := maps.Clone(t.Outputs)
	if outputs == nil {
		outputs = map[string]any{}
	}
	for id, v := range w.Outputs {
		i := slices.IndexFunc(t.Table.Outputs, func(f protocol.Fact) bool { return f.ID == id })
		if i < 0 || !permitted(t.Table.Outputs[i], v) {
			return nil, Refuse(Invalid, fmt.Sprintf("Kies een van de antwoorden bij “%s”.", t.Table.Title.NL), fmt.Sprintf("Choose one of the answers at “%s”.", t.Table.Title.EN))
		}
		outputs[id] = v
	}
	w.Outputs = outputs
	w.Deviates = len(w.Proposed) > 0 && !reflect.DeepEqual(w.Outputs, w.Proposed)
	w, refusal := sign(c, t.Table, w)
	if refusal != nil {
		return nil, refusal
	}
	if w.Deviates {
		w = countersign(c, w)
		return one(w, motivated(w.Motivation))
	}
	return []Payload{w}, nil
}

// permitted: a choice must be one of the options; other types are free.
func permitted(f protocol.Fact, v any) bool {
	if len(f.Options) == 0 {
		return true
	}
	known := func(id string) bool {
		return slices.ContainsFunc(f.Options, func(o protocol.Option) bool { return o.ID == id })
	}
	switch x := v.(type) {
	case string:
		return known(x)
	case []string:
		return !slices.ContainsFunc(x, func(id string) bool { return !known(id) })
	}
	return false
}

func decideCriteria(f *protocol.CriteriaFinding, w Decided) ([]Payload, error) {
	w.ProposedMet = nil
	for _, item := range f.Items {
		if item.Verdict == protocol.True {
			w.ProposedMet = append(w.ProposedMet, item.Rule.ID)
		}
		w.Provisional = w.Provisional || item.Verdict == protocol.Unknown || item.Provisional
	}
	for _, id := range w.Met {
		if !slices.ContainsFunc(f.Items, func(i protocol.CriterionFinding) bool { return i.Rule.ID == id }) {
			return nil, Refuse(Invalid, "Dit criterium staat niet in de lijst.", "This criterion is not on the list.")
		}
	}
	slices.Sort(w.Met)
	w.Deviates = lacks(w.Met, w.ProposedMet) || addsFalse(f, w.Met)
	if w.Deviates {
		return one(w, motivated(w.Motivation))
	}
	return []Payload{w}, nil
}

// lacks: something that was proposed as met is decided as not met.
func lacks(met, proposed []string) bool {
	return slices.ContainsFunc(proposed, func(id string) bool { return !slices.Contains(met, id) })
}

// addsFalse: something the facts contradict is decided as met. Settling an unknown
// criterion either way is a judgement, not a deviation.
func addsFalse(f *protocol.CriteriaFinding, met []string) bool {
	return slices.ContainsFunc(f.Items, func(i protocol.CriterionFinding) bool {
		return i.Verdict == protocol.False && slices.Contains(met, i.Rule.ID)
	})
}
