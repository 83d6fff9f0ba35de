// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// textLevels are what a writer may say of their own words; V3 is what they are when nobody
// says anything (requirements §2.2).
var textLevels = []string{"V3", "V4", "V5"}

// textLevel is the level chosen with a posted text.
func (v *visit) textLevel() protocol.Level {
	if level := v.text("niveau"); slices.Contains(textLevels, level) {
		return protocol.Level(level)
	}
	return ""
}

// openedText are the words that this reader opened for this answer.
func (c *casePage) openedText(view desk.TextView) string {
	if fact, ok := c.opened[view.Ref]; ok && view.Ref != "" {
		return c.P(fact.Value)
	}
	return ""
}

// saidWords are typed words in one line: themselves, or why they are not shown.
func (c *casePage) saidWords(view desk.TextView) string {
	if words := c.openedText(view); words != "" {
		return words
	}
	switch {
	case view.Text != "":
		return view.Text
	case view.Sealed:
		return c.T("case.text_sealed", string(view.Level))
	case view.Erased != nil:
		return c.erasedWords(view.Erased)
	}
	return ""
}

// erasedWords say when and why something was destroyed (D-26, D-43).
func (c *casePage) erasedWords(gone *loket.Erasure) string {
	return c.T("case.erased", c.longMoment(gone.At), gone.Reason)
}

// sealedText tells whether there are typed words that this reader may open.
func (c *casePage) sealedText() bool {
	views := []desk.TextView{}
	for _, n := range c.view.Notes {
		views = append(views, n.Said)
	}
	for _, d := range c.view.Decisions {
		views = append(views, d.Said)
	}
	for _, d := range c.view.Deviations {
		views = append(views, d.Said)
	}
	for _, q := range c.view.Questions {
		views = append(views, q.Said)
	}
	for _, l := range c.view.Links {
		views = append(views, l.Said)
	}
	return slices.ContainsFunc(views, func(v desk.TextView) bool { return v.Sealed && v.CanOpen })
}

// momentWhy is why something happened or comes; a clock says it in the reader's language.
func (c *casePage) momentWhy(moment desk.Moment) string {
	if words := c.P(moment.Words); words != "" {
		return words
	}
	return c.whyWords(moment.Why, moment.Said)
}

// whyWords is the why of a line: typed words as the reader may see them, or words that the
// desk itself made.
func (c *casePage) whyWords(why string, view desk.TextView) string {
	if words := c.saidWords(view); words != "" {
		return words
	}
	return why
}
