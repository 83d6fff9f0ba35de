// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"
	"time"

	"example.org/loket/desk"
	"example.org/loket/locale"
)

// mayErase: this reader may erase, hold, or ask for destruction. The desk decides again.
func (c *casePage) mayErase() bool {
	return c.may("retain") || c.may("decide") && c.may("record")
}

// erasableFacts are the facts that are known, without their values.
func (c *casePage) erasableFacts() []line {
	var out []line
	for _, group := range c.view.Facts {
		for i := range group.Facts {
			if fact := &group.Facts[i]; fact.Known && fact.From != "rule" {
				out = append(out, line{name: sentence(", ", c.P(fact.Title), string(fact.Level)), value: fact.ID})
			}
		}
	}
	return out
}

// erasableTexts are the typed words that stand on the page, by what they belong to.
func (c *casePage) erasableTexts() []line {
	var out []line
	add := func(view desk.TextView, name string, at time.Time) {
		if seq, ok := strings.CutPrefix(view.Ref, "text:"); ok {
			out = append(out, line{name: sentence(", ", name, c.longMoment(at)), value: seq})
		}
	}
	for _, n := range c.view.Notes {
		add(n.Said, c.T("case.note"), n.At)
	}
	for _, d := range c.view.Decisions {
		add(d.Said, c.P(d.Title), d.At)
	}
	for _, d := range c.view.Deviations {
		if !c.decided(d) {
			add(d.Said, c.P(d.Title), d.At)
		}
	}
	for _, q := range c.view.Questions {
		add(q.Said, c.T("case.ask_own"), q.At)
	}
	for _, l := range c.view.Links {
		add(l.Said, l.Number, l.At)
	}
	return out
}

// longMoment is a moment with its year, for what stays for years.
func (v *reader) longMoment(t time.Time) string { return locale.MomentYear(v.lang, t, v.zone()) }
