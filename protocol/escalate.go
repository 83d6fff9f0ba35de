// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"time"
)

// Escalation is one stage of what happens when a clock ends and was not met: these people are
// told, some time after the end. Stages come in order; the first is often a reminder to who
// must act, the next one their deputy, the last one somebody above them.
//
//	escalate:
//	  - {to: [officer]}                                        # a reminder, at the end itself
//	  - {after: 1 desk hour, to: [officer], deputy: true}      # the deputies of the same people
//	  - {after: 2 desk hours, to: [manager]}
type Escalation struct {
	After  string      `yaml:"after"`  // duration after the end; empty: at the end
	To     []Recipient `yaml:"to"`     // roles, or blocks with role, of, except and else
	Deputy bool        `yaml:"deputy"` // not these people but who stands in for them
	Pos    Pos         `yaml:"-"`
}

// Escalations are the moments of the stages of a clock that ends at due, in order.
func (p *Protocol) Escalations(d *Deadline, due time.Time) []time.Time {
	var out []time.Time
	for _, e := range d.Escalate {
		at := due
		if e.After != "" {
			if later, err := p.After(due, e.After); err == nil { // checked when the protocol was loaded
				at = later
			}
		}
		out = append(out, at)
	}
	return out
}

// EscalatesTo finds the people of a stage, as Addressees does for a product.
func (p *Protocol) EscalatesTo(e *Escalation, ev *Evaluation, row Facts, people []Person) ([]Addressee, []Gap) {
	return p.Addressees(&Product{Recipients: e.To}, ev, row, people)
}

// referEscalations checks that stages name people and come in order.
func (l *loader) referEscalations(d *Deadline) {
	start := time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC) // a Monday: stages are compared from here
	last := time.Time{}
	for _, e := range d.Escalate {
		l.span(e.Pos, "after", e.After)
		if len(e.To) == 0 {
			l.problem(e.Pos, "to", "Schrijf bijvoorbeeld: to: [officer].", "Deze trap noemt niemand.")
		}
		for _, r := range e.To {
			if r.When != "" || r.Expects != 0 {
				l.problem(e.Pos, "to", "Laat when en expects weg.", "Bij een trap kan alleen role, of, except en else.")
			}
		}
		l.referRecipients(&Product{Recipients: e.To, Each: d.Each})
		at := start
		if s, err := parseSpan(e.After); err == nil {
			at = l.p.count(bound{at: start}, s, "").at
		}
		if at.Before(last) {
			l.problem(e.Pos, "after", "Zet de trappen in volgorde van tijd.", "%s", fmt.Sprintf("Deze trap komt eerder dan de vorige: %q.", e.After))
		}
		last = at
	}
}
