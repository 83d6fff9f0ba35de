// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// urgent is a question and those of its answers that make a case urgent.
type urgent struct {
	fact    string
	options []string
}

// findUrgent gathers them once: they are few among very many questions.
func (l *loader) findUrgent() {
	l.eachField(func(_ *Form, f *Field) {
		if len(f.Urgent) > 0 {
			l.c.urgent = append(l.c.urgent, urgent{f.ID, f.Urgent})
		}
	})
}

// Urgent tells that some answer is one that the protocol marks as urgent (R-R-127, R-R-142).
func (p *Protocol) Urgent(facts Facts) bool {
	return slices.ContainsFunc(p.compiled.urgent, func(u urgent) bool {
		return slices.ContainsFunc(u.options, func(option string) bool { return chosen(facts[u.fact], option) })
	})
}
