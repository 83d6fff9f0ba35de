// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"slices"
	"strings"
)

// protected are the levels that a form shows to nobody who has not opened them.
var protected = []Level{"V4", "V5"}

// formSpecimen makes the document that somebody fills in: every question that arises, with
// the answer. What is for few eyes is not in it.
func (p *Protocol) formSpecimen(e *caseEntry, f *Form) Specimen {
	s := Specimen{File: e.result.File, Case: e.result.Name, Refs: e.result.Refs, Form: f, Wanted: True}
	shown := p.Shown(f, e.facts, e.now)
	for i := range f.Sections {
		section := &f.Sections[i]
		var lines []string
		for j := range section.Fields {
			if field := &section.Fields[j]; shown[field.ID] {
				lines = append(lines, "- "+field.Label.NL+" "+p.answerWords(e, field))
			}
		}
		part := &Part{ID: section.ID, Title: section.Title, Pos: section.Pos}
		s.Parts = append(s.Parts, SpecimenPart{Part: part, Composed: strings.Join(lines, "\n")})
	}
	return s
}

func (p *Protocol) answerWords(e *caseEntry, field *Field) string {
	value, known := e.facts[field.ID]
	switch {
	case !known && field.Need == "required":
		return "*niet ingevuld, maar nodig*"
	case !known:
		return "*niet ingevuld*"
	case slices.Contains(protected, field.Level):
		return "*ingevuld en afgeschermd (" + string(field.Level) + ")*"
	}
	fact := p.Fact(field.ID)
	a := p.activate(&Input{Facts: e.facts, Now: e.now})
	defer a.release()
	words := a.chosen(fact, "V3", func(t Text) string { return t.NL })
	if words == "" {
		words = escape(fact, wordsOf(fact, value, timeWords{loc: p.zone(), inFull: true}).NL)
	}
	return "**" + words + "**"
}

// FormFile is the name under which the specimen of a form is kept: "DOC-01-report.md".
func FormFile(f *Form) string { return f.Ref + "-" + f.ID + ".md" }

// FormText writes a form as it came out of one or more cases.
func (p *Protocol) FormText(f *Form, from []Specimen) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s (%s)\n\n%s\n", f.Title.NL, f.Ref, SpecimenVersion(p))
	if f.Intro.NL != "" {
		fmt.Fprintf(&out, "%s\n", f.Intro.NL)
	}
	for _, s := range from {
		fmt.Fprintf(&out, "\n## %s\n", s.Case)
		for _, part := range s.Parts {
			if part.Composed != "" {
				fmt.Fprintf(&out, "\n### %s\n\n%s\n", part.Part.Title.NL, part.Composed)
			}
		}
	}
	return out.String()
}
