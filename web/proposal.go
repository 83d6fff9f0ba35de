// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// todoWhen is the small line above a proposal: by when, for whom, how certain.
func (c *casePage) todoWhen(todo desk.Proposal) string {
	var said []string
	if todo.Urgent {
		said = append(said, c.T("case.urgent_now"))
	}
	if !todo.Due.IsZero() {
		said = append(said, c.T("case.before", c.when(todo.Due), c.until(todo.Due)))
	}
	if todo.Provisional {
		said = append(said, c.T("case.provisional"))
	}
	if todo.Owner != "" {
		said = append(said, todo.Owner)
	}
	return sentence(" · ", said...)
}

// todoClass draws the edge: late and soon have a colour, not yet certain is dashed.
func (c *casePage) todoClass(todo desk.Proposal) string {
	class := "desk-proposal"
	switch {
	case todo.Late:
		class += " desk-proposal--late"
	case todo.Urgent || !todo.Due.IsZero() && c.sameDay(todo.Due, c.now):
		class += " desk-proposal--soon"
	}
	if todo.Provisional {
		class += " desk-proposal--provisional"
	}
	return class
}

// because is the reason in one sentence; the words of the step go before those of the rule.
func (c *casePage) because(reason protocol.Reason) string {
	if said := c.P(reason.Because); said != "" {
		return said
	}
	return c.P(reason.Title)
}

// postponed says what somebody did about a step before, when it comes back.
func (c *casePage) postponed(todo desk.Proposal) string {
	if !todo.State.Skipped {
		return ""
	}
	until := ""
	if !todo.State.Until.IsZero() {
		until = c.T("case.until", c.when(todo.State.Until))
	}
	return sentence(" ", c.word("case.how", todo.State.How)+".", until, "“"+todo.State.Why+"”")
}

// formLink leads to a form on this case, for one row when there is one.
func (c *casePage) formLink(form, row string) string {
	link := c.at("formulier", form)
	if row != "" {
		link += "?rij=" + url.QueryEscape(row)
	}
	return link
}

// productLink leads to a product of this case; version 0 is the newest or a new draft.
func productLink(view *desk.CaseView, product, row string, version int) string {
	query := url.Values{}
	if row != "" {
		query.Set("rij", row)
	}
	if version > 0 {
		query.Set("versie", fmt.Sprint(version))
	}
	link := casePath(view.ID, "product", product)
	if len(query) > 0 {
		link += "?" + query.Encode()
	}
	return link
}

// formTitle is the title of a form that this reader may fill, or empty.
func (c *casePage) formTitle(id string) string {
	for _, form := range c.view.Forms {
		if form.ID == id {
			return c.P(form.Title)
		}
	}
	return ""
}

// decidable are the outcomes that a person can choose; words that come along with a
// choice are not chosen by themselves.
func decidable(table *protocol.Table) []*protocol.Fact {
	var outputs []*protocol.Fact
	for i := range table.Outputs {
		switch table.Outputs[i].Type {
		case protocol.TypeChoice, protocol.TypeChoices, protocol.TypeYesNo, protocol.TypeNumber:
			outputs = append(outputs, &table.Outputs[i])
		}
	}
	return outputs
}

// mayDecide tells whether one of the reader's roles is named by the table or list.
func (c *casePage) mayDecide(roles []string) bool {
	return c.may("decide") && len(roles) > 0 && c.actor.Has(roles...)
}

// standingOutputs are the outcomes as they stand: decided, or else proposed.
func standingOutputs(finding *protocol.TableFinding) protocol.Facts {
	if finding.Decided != nil {
		return finding.Decided.Outputs
	}
	return finding.Outputs
}

// formValues are the values of one outcome as a form sends them.
func formValues(value any) []string {
	switch given := value.(type) {
	case bool:
		if given {
			return []string{yesValue}
		}
		return []string{noValue}
	case string:
		return []string{given}
	case []string:
		return given
	case int64:
		return []string{fmt.Sprint(given)}
	}
	return nil
}

func firstValue(value any) string {
	if values := formValues(value); len(values) > 0 {
		return values[0]
	}
	return ""
}

// standsMet tells whether a criterion starts ticked: decided, or else proposed as met.
func standsMet(finding *protocol.CriteriaFinding, item protocol.CriterionFinding) bool {
	if finding.Decided != nil {
		return slices.Contains(finding.Decided.Met, item.Rule.ID)
	}
	return item.Verdict == protocol.True
}

// verdict is a criterion in a word: met, not met, or possible as long as it is unknown.
func (c *casePage) verdict(item protocol.CriterionFinding) string {
	switch item.Verdict {
	case protocol.True:
		return c.T("case.met")
	case protocol.False:
		return c.T("case.not_met")
	}
	return c.T("case.possible")
}

// inProposals tells whether a subject is decided among the proposals, so that its form
// does not stand on the page twice.
func (c *casePage) inProposals(subject string) bool {
	return slices.ContainsFunc(c.view.Proposals, func(todo desk.Proposal) bool {
		return todo.Action == "decide" && todo.Target == subject && (todo.Table != nil || todo.Criteria != nil)
	})
}

// askField is something that can be asked of the reporter.
type askField struct {
	id, title string
	needed    bool // a check or an open proposal waits for it
}

// askFields are the unknown answers of the forms of the reporting side.
func (c *casePage) askFields() []askField {
	needed := c.neededFields()
	var fields []askField
	for _, group := range c.view.Facts {
		if !c.askable(group.Form) {
			continue
		}
		for _, fact := range group.Facts {
			if !fact.Known {
				fields = append(fields, askField{fact.ID, c.P(fact.Title), needed[fact.ID]})
			}
		}
	}
	return fields
}

func (c *casePage) askable(form string) bool {
	for i := range c.protocol.Forms {
		if c.protocol.Forms[i].ID == form {
			return c.protocol.Forms[i].Use == "report" || c.protocol.Forms[i].Use == "follow_up"
		}
	}
	return false
}

func (c *casePage) neededFields() map[string]bool {
	needed := map[string]bool{}
	for _, list := range c.view.Checks {
		for _, item := range list.Items {
			if item.OK != protocol.True && item.Check.Field != "" {
				needed[item.Check.Field] = true
			}
		}
	}
	for _, todo := range c.view.Proposals {
		for _, fact := range todo.Facts {
			if !fact.Known {
				needed[fact.ID] = true
			}
		}
	}
	return needed
}

// askNow are the fields that the one button of a proposal to ask sends.
func (c *casePage) askNow() (ids []string, titles string) {
	var named []string
	for _, field := range c.askFields() {
		if field.needed {
			ids = append(ids, field.id)
			named = append(named, strings.ToLower(field.title[:min(1, len(field.title))])+field.title[min(1, len(field.title)):])
		}
	}
	return ids, c.words(named)
}
