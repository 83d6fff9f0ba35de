// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// askField is something that can be asked of the reporter.
type askField struct {
	id, title string
	needed    bool // a check or an open proposal waits for it
}

// askFields are the unknown facts that a form of the reporting side can answer.
// The page asks for them in several places.
func (c *casePage) askFields() []askField {
	if c.asks != nil {
		return c.asks
	}
	needed, askable := c.neededFields(), c.askable()
	fields := []askField{}
	for _, group := range c.view.Facts {
		for i := range group.Facts {
			if fact := &group.Facts[i]; !fact.Known && askable[fact.ID] {
				fields = append(fields, askField{fact.ID, c.P(fact.Title), needed[fact.ID]})
			}
		}
	}
	c.asks = fields
	return fields
}

// askable are the questions that reporters can answer.
func (c *casePage) askable() map[string]bool {
	ids := map[string]bool{}
	for i := range c.protocol.Forms {
		form := &c.protocol.Forms[i]
		if form.Use != "report" && form.Use != "follow_up" {
			continue
		}
		for s := range form.Sections {
			fields := form.Sections[s].Fields
			for f := range fields {
				ids[fields[f].ID] = true
			}
		}
	}
	return ids
}

// neededFields are the fields that some check waits for.
func (c *casePage) neededFields() map[string]bool {
	needed := map[string]bool{}
	for _, list := range c.view.Checks {
		for _, item := range list.Items {
			if item.OK != protocol.True && item.Check.Field != "" {
				needed[item.Check.Field] = true
			}
		}
	}
	return needed
}

// asksNamed is how many questions a proposal names in its line; more are one fold away.
const asksNamed = 3

// askNow are the fields that the one button of a proposal to ask sends, as far as this
// reader sees them.
func (c *casePage) askNow(todo desk.Proposal) (ids, titles []string) {
	for _, field := range c.askFields() {
		if slices.Contains(todo.Asks, field.id) {
			ids, titles = append(ids, field.id), append(titles, field.title)
		}
	}
	return ids, titles
}

// howAsked says how the reporter hears of a question.
func (c *casePage) howAsked() string {
	if c.view.Reachable {
		return c.T("case.asks_how")
	}
	return c.T("case.asks_call")
}

// quoted are titles in a sentence.
func (c *casePage) quoted(titles []string) string {
	named := make([]string, len(titles))
	for i, title := range titles {
		named[i] = "“" + title + "”"
	}
	return c.words(named)
}
