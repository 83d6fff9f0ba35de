// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// factWords is the value of a fact for this reader, or that it is sealed.
func (c *casePage) factWords(fact desk.FactView) string {
	if fact.Sealed {
		return c.T("case.sealed", string(fact.Level))
	}
	return c.P(fact.Value)
}

// origin is where a fact comes from and when; zero for what is not known.
type origin struct {
	from, by string
	at       time.Time
}

func originOf(fact *desk.FactView) origin {
	if !fact.Known {
		return origin{}
	}
	return origin{fact.From, fact.By, fact.At}
}

func (c *casePage) originWords(o origin) string {
	return sentence(", ", c.word("case.origin", o.from), o.by, c.when(o.at))
}

// usualOrigin is where most facts of the case come from: it is said once, not a hundred times.
func (c *casePage) usualOrigin() origin {
	var usual origin
	count := map[origin]int{}
	for _, group := range c.view.Facts {
		for i := range group.Facts {
			o := originOf(&group.Facts[i])
			count[o]++
			if o != (origin{}) && (usual == origin{} || count[o] > count[usual]) {
				usual = o
			}
		}
	}
	return usual
}

// factTitle finds the title of a fact on this page, or in the protocol.
func (c *casePage) factTitle(id string) string {
	for _, group := range c.view.Facts {
		for i := range group.Facts {
			if group.Facts[i].ID == id {
				return c.P(group.Facts[i].Title)
			}
		}
	}
	if fact := c.protocol.Fact(id); fact != nil && fact.Title.NL != "" {
		return c.P(fact.Title)
	}
	return id
}

// groupNote counts what is known of a section.
func (c *casePage) groupNote(group desk.FactGroup) string {
	known := 0
	for _, fact := range group.Facts {
		if fact.Known {
			known++
		}
	}
	return c.T("case.known_of", known, len(group.Facts))
}

// factGroups are the sections of which something is known, and those that are all unknown.
func (c *casePage) factGroups() (known, unknown []desk.FactGroup) {
	for _, group := range c.view.Facts {
		switch open := len(c.unknownTitles(group)); {
		case open < len(group.Facts):
			known = append(known, group)
		case open > 0:
			unknown = append(unknown, group)
		}
	}
	return known, unknown
}

// unknownTitles are the questions of a section that have no answer yet.
func (c *casePage) unknownTitles(group desk.FactGroup) []string {
	var titles []string
	for i := range group.Facts {
		if fact := &group.Facts[i]; !fact.Known {
			titles = append(titles, c.P(fact.Title))
		}
	}
	return titles
}

// canOpen tells whether there is anything sealed that this reader may open.
func (c *casePage) canOpen() bool {
	return slices.ContainsFunc(c.view.Facts, func(group desk.FactGroup) bool {
		return slices.ContainsFunc(group.Facts, func(fact desk.FactView) bool { return fact.Sealed && fact.CanOpen })
	})
}

// officerForms are the forms of single facts; repeated forms have their own lists.
func (c *casePage) officerForms() []*protocol.Form {
	var forms []*protocol.Form
	for _, form := range c.view.Forms {
		if form.Use != "rows" {
			forms = append(forms, form)
		}
	}
	return forms
}

// findingWords is the outcome of a table as it stands.
func (c *casePage) findingWords(finding *protocol.TableFinding) string {
	if finding.Decided != nil && finding.Differs {
		return c.outputWords(finding)
	}
	if words := c.P(finding.Words); words != "" {
		return words
	}
	return c.T("case.no_proposal")
}

// outputWords says decided outcomes in words.
func (c *casePage) outputWords(finding *protocol.TableFinding) string {
	var said []string
	for _, output := range decidable(finding.Table) {
		for _, value := range formValues(finding.Decided.Outputs[output.ID]) {
			said = append(said, sentence(": ", c.P(output.Title), c.optionWords(output, value)))
		}
	}
	return sentence(", ", said...)
}

func (c *casePage) optionWords(output *protocol.Fact, value string) string {
	for _, option := range output.Options {
		if option.ID == value {
			return c.P(option.Label)
		}
	}
	if output.Type == protocol.TypeYesNo {
		return c.yesNo(value == yesValue)
	}
	return value
}

func (v *reader) yesNo(yes bool) string {
	if yes {
		return v.T("case.yes")
	}
	return v.T("case.no")
}

// chooseWords names the form under a proposal: otherwise, or again.
func (c *casePage) chooseWords(decided bool) string {
	if decided {
		return c.T("case.decide_again")
	}
	return c.T("case.decide_otherwise")
}

func (c *casePage) decideWords(finding *protocol.CriteriaFinding) string {
	if finding.Decided != nil {
		return c.T("case.decide_again")
	}
	return c.T("case.decide")
}

func (c *casePage) otherwiseWords(todo desk.Proposal) string {
	if todo.Action == "decide" {
		return c.T("case.not_now")
	}
	return c.T("case.decide_otherwise")
}

// holds tells whether a criterion stands: decided, or else met by the facts.
func (c *casePage) holds(finding *protocol.CriteriaFinding, item protocol.CriterionFinding) bool {
	return standsMet(finding, item)
}

// heldWords is the state of a criterion in a word; a decision goes before the facts.
func (c *casePage) heldWords(finding *protocol.CriteriaFinding, item protocol.CriterionFinding) string {
	if finding.Decided == nil {
		return c.verdict(item)
	}
	if standsMet(finding, item) {
		return c.T("case.met")
	}
	return c.T("case.not_met")
}

func (c *casePage) criteriaWords(finding *protocol.CriteriaFinding) string {
	if finding.Decided != nil {
		return c.T("case.decided_at", c.when(finding.Decided.At))
	}
	return c.T("case.criteria_text")
}

// roleTitles names roles as a reader says them.
func (s *sheet) roleTitles(ids []string) string {
	titles := make([]string, len(ids))
	for i, id := range ids {
		titles[i] = s.roleTitle(s.protocol, id)
	}
	return s.words(titles)
}

// doneWords says what was done about a step: when, how, why.
func (c *casePage) doneWords(step desk.Proposal) string {
	if step.State.Skipped {
		return sentence(" ", c.word("case.how", step.State.How)+".", "“"+c.saidWords(step.Said)+"”", step.State.By)
	}
	return sentence(" · ", c.when(step.State.DoneAt), step.State.By, c.saidWords(step.Said))
}
