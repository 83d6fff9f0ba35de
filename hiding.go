// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// CaseHidden makes that a case does not exist for some people: it concerns their own family,
// or names them (D-65). It holds until CaseShown.
type CaseHidden struct {
	People []string `json:"people"` // account ids
	Reason string   `json:"reason" typed:"V2"`
}

// CaseShown takes that back for some of them.
type CaseShown struct {
	People []string `json:"people"`
	Reason string   `json:"reason" typed:"V2"`
}

// Type names the event.
func (CaseHidden) Type() string { return "case.hidden" }

// Type names the event.
func (CaseShown) Type() string { return "case.shown" }

// Hiding says since when, by whom and why a case is hidden from somebody.
type Hiding struct {
	Seq    int // of the event that Reason comes from
	At     time.Time
	By     string
	Reason string
}

// Hides reports whether the case does not exist for a person.
func (c *Case) Hides(person string) bool {
	_, hidden := c.HiddenFrom[person]
	return hidden
}

func (c *Case) applyHiding(e Event) {
	if c.HiddenFrom == nil {
		c.HiddenFrom = map[string]Hiding{}
	}
	switch p := e.Payload.(type) {
	case CaseHidden:
		for _, person := range p.People {
			c.HiddenFrom[person] = Hiding{Seq: e.Seq, At: e.At, By: e.By, Reason: p.Reason}
		}
	case CaseShown:
		maps.DeleteFunc(c.HiddenFrom, func(person string, _ Hiding) bool { return slices.Contains(p.People, person) })
	}
}

// decideHiding: who handles the case and loses it leaves it without a handler, for all to see.
func decideHiding(c *Case, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case CaseHidden:
		w.People = slices.DeleteFunc(tidy(w.People), c.Hides)
		if len(w.People) == 0 {
			return nil, Refuse(Invalid, "Kies voor wie deze zaak verborgen moet zijn.", "Choose from whom this case must be hidden.")
		}
		if refusal := motivated(w.Reason); refusal != nil {
			return nil, refusal
		}
		if c.Assigned != "" && slices.Contains(w.People, c.Assigned) {
			return []Payload{w, CaseAssigned{}}, nil
		}
		return []Payload{w}, nil
	case CaseShown:
		w.People = slices.DeleteFunc(tidy(w.People), func(person string) bool { return !c.Hides(person) })
		if len(w.People) == 0 {
			return nil, Refuse(Invalid, "Kies wie deze zaak weer mag zien.", "Choose who may see this case again.")
		}
		return one(w, motivated(w.Reason))
	}
	return []Payload{want}, nil
}

// tidy leaves out empty names and doubles.
func tidy(people []string) []string {
	out := make([]string, 0, len(people))
	for _, person := range people {
		if person = strings.TrimSpace(person); person != "" && !slices.Contains(out, person) {
			out = append(out, person)
		}
	}
	return out
}

// notHidden refuses to give something of the case to people for whom it does not exist.
func notHidden(c *Case, people ...string) *Error {
	if !slices.ContainsFunc(people, c.Hides) {
		return nil
	}
	return Refuse(Stopped, "Deze zaak is verborgen voor iemand die u koos. Kies iemand anders, of laat eerst de verberging opheffen.",
		"This case is hidden from somebody you chose. Choose somebody else, or have the hiding lifted first.")
}

func idsOf(recipients []Recipient) []string {
	out := make([]string, len(recipients))
	for i, r := range recipients {
		out[i] = r.ID
	}
	return out
}
