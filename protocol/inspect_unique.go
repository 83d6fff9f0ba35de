// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// maxTried bounds the combinations of answers that are tried for one pair of rows.
const maxTried = 4096

// inspectUnique tries the answers that two rows of a `unique` table look at, all of them
// together, and warns when both rows can hold. Rows that look at numbers, moments, texts or
// facts that follow from others are left alone: those answers cannot be listed, or do not
// come in every combination.
func (l *loader) inspectUnique(t *Table) {
	if t.Hit != "unique" {
		return
	}
	for i := range t.Rules {
		for j := range i {
			if both := l.overlap(t.Rules[j].When, t.Rules[i].When); both != "" {
				l.warn(t.Rules[i].Pos, "when", "Sluit dat geval uit in één van de twee, of gebruik hit: first.", "Deze regel en regel %q gelden allebei bij: %s.", t.Rules[j].ID, both)
			}
		}
	}
}

// overlap gives answers under which both conditions hold, in words; empty when none are found.
func (l *loader) overlap(one, other string) string {
	a, b := l.c.conditions[one], l.c.conditions[other]
	if a == nil || b == nil {
		return "" // always: reported elsewhere
	}
	facts := merge(slices.Clone(a.refs), b.refs)
	choices, total := make([][]any, len(facts)), 1
	for i, at := range facts {
		if choices[i] = l.answersOf(at); choices[i] == nil {
			return ""
		}
		if total *= len(choices[i]); total > maxTried {
			return ""
		}
	}
	try := l.p.activate(&Input{})
	defer try.release()
	for n := range total {
		var tried []any
		for i, at := range facts {
			value := choices[i][n%len(choices[i])]
			n /= len(choices[i])
			tried = append(tried, value)
			try.set(at, value)
		}
		if try.test(one).verdict == True && try.test(other).verdict == True {
			return l.inWords(facts, tried)
		}
	}
	return ""
}

// answersOf lists the answers to a fact that somebody can give independently of others; nil
// when they cannot be listed. Of a list it is nothing, each option and each pair.
func (l *loader) answersOf(at int) []any {
	d := l.c.declared[at]
	if d.derived || slices.Contains(l.c.marks, at) {
		return nil
	}
	var answers []any
	switch d.fact.Type {
	case TypeYesNo:
		return []any{true, false}
	case TypeChoice:
		for _, o := range d.fact.Options {
			if !o.Unknown {
				answers = append(answers, o.ID)
			}
		}
	case TypeChoices:
		answers = append(answers, []string{})
		for i, o := range d.fact.Options {
			answers = append(answers, []string{o.ID})
			for _, other := range d.fact.Options[:i] {
				answers = append(answers, []string{other.ID, o.ID})
			}
		}
	}
	return answers
}

func (l *loader) inWords(facts []int, answers []any) string {
	var parts []string
	for i, at := range facts {
		f := l.c.declared[at].fact
		parts = append(parts, f.ID+" = "+strings.ReplaceAll(written(l.p, answers[i]), ", ", " + "))
	}
	return strings.Join(parts, ", ")
}
