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

// accessWords say how deep the reader sees, and how deep by opening: nothing is deeper where
// both are the same.
func (c *casePage) accessWords() string {
	if c.view.Opens <= c.view.Sees {
		return c.T("case.access_same", string(c.view.Sees))
	}
	return c.T("case.access_text", string(c.view.Sees), string(c.view.Opens))
}

// todoWhen is the small line above a proposal: by when, for whom, how certain.
func (c *casePage) todoWhen(todo desk.Proposal) string {
	var said []string
	if todo.Urgent {
		said = append(said, c.T("case.urgent_now"))
	}
	switch {
	case todo.Due.IsZero():
	case todo.Late:
		said = append(said, c.T("case.was", c.dueBy(todo.Due), c.until(todo.Due)))
	default:
		said = append(said, c.T("case.before", c.dueBy(todo.Due), c.until(todo.Due)))
	}
	if todo.Provisional {
		said = append(said, c.T("case.provisional"))
	}
	if todo.Owner.NL != "" && !todo.Mine {
		said = append(said, c.T("case.owner", c.P(todo.Owner)))
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
	said := c.P(reason.Because)
	if said == "" {
		said = c.P(reason.Title)
	}
	start, _, _ := strings.Cut(c.T("case.because", ""), ":")
	if said == "" || strings.HasPrefix(strings.ToLower(said), strings.ToLower(start)) {
		return said
	}
	return c.T("case.because", said)
}

// reasonOf is why a step is proposed; nothing when all that is known is its own title, which
// stands above it.
func (c *casePage) reasonOf(todo desk.Proposal) string {
	if todo.Reason.Because.NL == "" && todo.Reason.Title == todo.Title {
		return ""
	}
	return c.because(todo.Reason)
}

// markDone is what the button says that records a step as done. The step of somebody else is
// recorded, not done, by the reader.
func (c *casePage) markDone(todo desk.Proposal) string {
	if ofOthers(todo) {
		return c.T("case.mark_done_other")
	}
	return c.T("case.mark_done")
}

// isRecorded: to do this is to write it in the file, which only who records may (policy
// "keep", "step"). The rest leads to a page, or to a part of this one, that can be read too.
func (c *casePage) isRecorded(todo desk.Proposal) bool {
	return !slices.Contains([]string{"version", "close"}, todo.Action)
}

// workOf says whose work a proposal is, to somebody who can only read it.
func (c *casePage) workOf(todo desk.Proposal) string {
	if todo.Owner.NL == "" {
		return c.T("case.work_of_desk")
	}
	return c.T("case.work_of", c.P(todo.Owner))
}

// ofOthers: the protocol gives this to somebody else than the reader.
func ofOthers(todo desk.Proposal) bool { return !todo.Mine && todo.Owner.NL != "" }

// proposalsShown is how many proposals stand open; the others are one fold away.
const proposalsShown = 6

// splitProposals keeps the most pressing proposals in sight.
func (c *casePage) splitProposals() (now, then []desk.Proposal) {
	n := min(proposalsShown, len(c.view.Proposals))
	if c.inPressRoom() {
		n = min(1, n)
	}
	todos := ownFirst(c.view.Proposals)
	return todos[:n], todos[n:]
}

// ownFirst puts what is late or urgent first, for everybody; then what is the reader's own,
// so that nobody looks for it below the terms of others.
func ownFirst(todos []desk.Proposal) []desk.Proposal {
	todos = slices.Clone(todos)
	slices.SortStableFunc(todos, func(a, b desk.Proposal) int { return turnOf(a) - turnOf(b) })
	return todos
}

func turnOf(todo desk.Proposal) int {
	switch {
	case todo.Late || todo.Urgent && !todo.Provisional:
		return 0
	case ofOthers(todo):
		return 2
	}
	return 1
}

// holdsForm tells whether the form that was refused or asked for stands among these proposals.
func (c *casePage) holdsForm(todos []desk.Proposal) bool {
	form := c.brought
	if c.kept.err != nil {
		form = c.kept.form
	}
	return form != "" && slices.ContainsFunc(todos, func(todo desk.Proposal) bool {
		return strings.HasSuffix(form, "-"+todo.Key) || strings.HasSuffix(form, "-"+todo.Target)
	})
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
	return sentence(" ", c.word("case.how", todo.State.How)+".", until, "“"+c.saidWords(todo.Said)+"”")
}

// mayFill: this reader may fill the form now; to others a link would lead nowhere.
func (c *casePage) mayFill(form string) bool {
	return slices.ContainsFunc(c.view.Forms, func(f *protocol.Form) bool { return f.ID == form })
}

// formLink leads to a form on this case, for one row when there is one.
func (c *casePage) formLink(form, row string) string {
	link := c.at("formulier", form)
	if row != "" {
		link += "?rij=" + url.QueryEscape(row)
	}
	return link
}

// stepFormLink leads to the form of a step, which then opens at what the step is about, with
// what the step says already.
func (c *casePage) stepFormLink(todo desk.Proposal) string {
	link, sign := c.formLink(todo.Target, todo.Row), "?"
	if strings.Contains(link, sign) {
		sign = "&"
	}
	return link + sign + "stap=" + url.QueryEscape(todo.Key)
}

// fillWords say what is still to be filled in, or else which form it is.
func (c *casePage) fillWords(todo desk.Proposal) string {
	if len(todo.Lacks) == 0 || len(todo.Lacks) > asksNamed {
		return c.formTitle(todo.Target)
	}
	return c.T("case.lacks", c.quoted(c.labels(todo.Lacks)))
}

// draftWords say how far the text of a step is: ready to be checked, or kept and waiting for
// whoever releases it.
func (c *casePage) draftWords(todo desk.Proposal) string {
	product := c.protocol.Product(todo.Target)
	for _, line := range c.view.Products {
		if line.Product == todo.Target && line.Row == todo.Row && line.State == "drafted" && !c.actor.Has(product.ReleasedBy...) {
			return c.T("case.draft_waits", line.Version, c.roleTitles(product.ReleasedBy))
		}
	}
	return c.T("case.draft_ready")
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

// decides tells whether the reader decides this table on this case: not when the role that
// does so stands at another organisation.
func (c *casePage) decides(table *protocol.Table) bool {
	return c.mayDecide(table.DecidedBy) && !c.view.Elsewhere[table.ID]
}

// deciders say who decides a table, to somebody who does not.
func (c *casePage) deciders(table *protocol.Table) string {
	if c.view.Elsewhere[table.ID] {
		return c.T("case.decided_elsewhere")
	}
	return c.T("case.decided_by", c.roleTitles(table.DecidedBy))
}

// proposes: there is an outcome that a step puts before a person: nothing was decided, or
// something else than the facts say by now.
func proposes(finding *protocol.TableFinding) bool {
	return (finding.Decided == nil || finding.Differs) && len(finding.Outputs) > 0
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

// likelyItems parts the criteria that may hold from those that the facts contradict and
// nobody ticked: what is probably nothing stands one fold away.
func (c *casePage) likelyItems(form string, finding *protocol.CriteriaFinding) (likely, others []protocol.CriterionFinding) {
	for _, item := range finding.Items {
		if item.Verdict != protocol.False || c.ticked(form, "voldaan", item.Rule.ID, standsMet(finding, item)) {
			likely = append(likely, item)
		} else {
			others = append(others, item)
		}
	}
	return likely, others
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
