// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"maps"
	"slices"

	"example.org/loket"
	"example.org/loket/protocol"
)

// seenBy is the case as somebody may know it while a form is hidden from them: without its
// answers, wherever they lie. The evaluation goes with it unchanged; it leaves them out for
// everybody (R-I-60…67).
func (o *open) seenBy(a loket.Actor) *open {
	if o.ev == nil || len(o.ev.Hidden) == 0 {
		return o
	}
	facts := o.p.HiddenFrom(o.ev, func(f *protocol.Form) bool { return o.fills(a, f) })
	if len(facts) == 0 {
		return o
	}
	c := *o.Case
	c.Facts, c.Origin = maps.Clone(c.Facts), maps.Clone(c.Origin)
	for _, id := range facts {
		delete(c.Facts, id)
		delete(c.Origin, id)
	}
	c.Events = slices.Clone(c.Events)
	for i := range c.Events {
		c.Events[i].Payload = withoutAnswers(o, a, c.Events[i].Payload)
	}
	seen := *o
	seen.Case = &c
	return &seen
}

// withoutAnswers leaves of a hidden sending only that it was sent.
func withoutAnswers(o *open, a loket.Actor, payload loket.Payload) loket.Payload {
	switch w := payload.(type) {
	case loket.FactsRecorded:
		if hiddenFrom(o, a, w.Form) {
			return loket.FactsRecorded{Form: w.Form}
		}
	case loket.ReportReceived:
		if hiddenFrom(o, a, w.Form) {
			w.Facts, w.Cleared = nil, nil
			return w
		}
	}
	return payload
}

// hiddenFrom: the form is kept from the actor for now.
func hiddenFrom(o *open, a loket.Actor, form string) bool {
	f := o.p.Form(form)
	return f != nil && o.ev != nil && slices.Contains(o.ev.Hidden, form) && !o.fills(a, f)
}

// widens: it changes for whom other answers were given, by somebody who is not among them.
// Who gave them may; so may those for whom they are. Nobody opens a block that was closed by
// erasing its list (R-I-58).
func widens(a loket.Actor, o *open, want loket.Payload) bool {
	facts, cleared := answersOf(want)
	for id := range facts {
		cleared = append(cleared, id)
	}
	return a.Case == "" && slices.ContainsFunc(cleared, func(question string) bool {
		_, known := o.Facts[question]
		_, erased := o.ErasedFacts[question]
		return (known || erased) && o.p.NamesReaders(question) && !o.p.Chosen(question, o.Facts, a.Roles)
	})
}

// answersOf are what a sending answers and what it takes back.
func answersOf(want loket.Payload) (protocol.Facts, []string) {
	switch w := want.(type) {
	case loket.FactsRecorded:
		return w.Facts, slices.Clone(w.Cleared)
	case loket.ReportReceived:
		return w.Facts, slices.Clone(w.Cleared)
	}
	return nil, nil
}

// knownTo are the facts that a form may look at when the actor fills it in: those that
// count, and those of the actor's own half that do not count yet.
func (o *open) knownTo(a loket.Actor) protocol.Facts {
	seen := o.seenBy(a)
	if len(o.ev.Hidden) == 0 {
		return o.ev.Facts
	}
	facts := maps.Clone(seen.Facts)
	maps.Copy(facts, o.ev.Facts)
	return facts
}
