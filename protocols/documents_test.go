// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// document is what a document must be: for whom, how deep at most, and what it must say.
// The words come from the definition of the document, not from the protocol's files.
type document struct {
	ref     string
	product string
	deepest protocol.Level
	to      []string // roles that must be among its readers
	says    []string // in the fullest specimen
}

// poor is the file of the cases of which almost nothing is known.
const poor = "2-karig.yaml"

// faults compares the specimens of a document from complete cases with its definition.
func (d document) faults(pr *protocol.Product, from []protocol.Specimen) []string {
	var wrong []string
	fault := func(format string, args ...any) {
		wrong = append(wrong, d.ref+" "+d.product+": "+fmt.Sprintf(format, args...))
	}
	switch {
	case pr == nil:
		return []string{d.ref + " " + d.product + " is no product"}
	case !strings.HasPrefix(pr.Ref, d.ref):
		fault("is %q", pr.Ref)
	case !pr.Level.Within(d.deepest):
		fault("goes as deep as %s", pr.Level)
	}
	for _, role := range d.to {
		if !slices.Contains(pr.RecipientRoles(), role) {
			fault("is not for %s", role)
		}
	}
	said, complete := "", 0
	for _, s := range from {
		if s.File == poor {
			continue
		}
		complete++
		said += text(s) + "\n"
		if s.Wanted == protocol.False {
			fault("%s: the protocol would not ask for it", s.Case)
		}
		for _, part := range s.Parts {
			if part.Part.Mandatory && part.Text() == "" {
				fault("%s: “%s” is empty", s.Case, part.Part.Title.NL)
			}
		}
		if len(s.To) == 0 {
			fault("%s: goes to nobody", s.Case)
		}
	}
	if complete == 0 || complete == len(from) {
		fault("has %d specimens, %d of complete cases; want one of a complete and one of a poor case", len(from), complete)
	}
	for _, words := range d.says {
		if !strings.Contains(said, words) {
			fault("does not say %q", words)
		}
	}
	return wrong
}

// text is a document as its reader gets it, with its headings.
func text(s protocol.Specimen) string {
	var all []string
	for _, part := range s.Parts {
		if part.Text() != "" {
			all = append(all, "### "+part.Part.Title.NL, part.Text())
		}
	}
	return strings.Join(all, "\n")
}

// Every document of both protocols, composed from complete invented cases, has the parts of
// its definition, goes no deeper and to those it is for; and removing any mandatory part
// from its product is noticed.
func TestDocumentsAreAsDefined(t *testing.T) {
	t.Parallel()
	for id, documents := range definitions {
		p, by := specimens(t, folder(t, id))
		defined := map[string]bool{}
		for _, d := range documents {
			defined[d.product] = true
			for _, fault := range d.faults(p.Product(d.product), by[d.product]) {
				t.Errorf("%s: %s", id, fault)
			}
			withoutPart(t, d, by[d.product])
		}
		for _, pr := range p.Products {
			if strings.HasPrefix(pr.Ref, "DOC-") && !defined[pr.ID] {
				t.Errorf("%s: %s (%s) has no definition here", id, pr.Ref, pr.ID)
			}
		}
	}
}

// withoutPart is the control: a document that lacks one of its mandatory parts is caught.
func withoutPart(t *testing.T, d document, from []protocol.Specimen) {
	t.Helper()
	if len(from) == 0 {
		return
	}
	pr := from[0].Product
	for _, part := range pr.Parts {
		if !part.Mandatory {
			continue
		}
		var lacking []protocol.Specimen
		for _, s := range from {
			s.Parts = slices.DeleteFunc(slices.Clone(s.Parts), func(x protocol.SpecimenPart) bool { return x.Part.ID == part.ID })
			lacking = append(lacking, s)
		}
		if len(d.faults(pr, lacking)) == 0 {
			t.Errorf("control: %s without “%s” (%s) was not noticed", d.product, part.Title.NL, part.ID)
		}
	}
}

// untidy finds what no letter should have: leftover placeholders, doubled spaces, labels and
// headings with nothing behind them, gaps in the middle of a sentence.
var untidy = map[string]*regexp.Regexp{
	"leftover braces":             regexp.MustCompile(`\{\{|\}\}`),
	"doubled spaces":              regexp.MustCompile(`\S  +\S`),
	"a space before a stop":       regexp.MustCompile(` [.,;](\s|$)`),
	"a label without words":       regexp.MustCompile(`(?m)^\s*(-|\d+\.) [^:\n]*:[ ]*$`),
	"an empty cell":               regexp.MustCompile(`\|[ \t]*\|`),
	"a gap in a list":             regexp.MustCompile(`nog onbekend, |, nog onbekend`),
	"a gap inside a sentence":     regexp.MustCompile(`[a-z] nog onbekend|nog onbekend [a-z]`),
	"a reason that is not there":  regexp.MustCompile(`(?m), (want|te weten|namelijk)\.?$`),
	"two headings with no text":   regexp.MustCompile(`(?m)^### .*\n### `),
	"a heading at the end":        regexp.MustCompile(`### [^\n]*$`),
	"markup that was escaped":     regexp.MustCompile(`\\[*_#|]`),
	"a moment in short":           regexp.MustCompile(`\b(ma|di|wo|do|vr|za|zo) \d{1,2} [a-z]{3} \d{4}`),
	"a code instead of its words": regexp.MustCompile(`\b[a-z]+_[a-z_]+\b`),
}

func untidyIn(text string) []string {
	var found []string
	for what, pattern := range untidy {
		if m := pattern.FindString(text); m != "" {
			found = append(found, fmt.Sprintf("%s: %q", what, m))
		}
	}
	slices.Sort(found)
	return found
}

// canaries are what the invented cases hold of persons: names, dossier and other own numbers,
// birth dates, addresses, ways to reach people, and what was written in deep answers.
var canaries = []string{
	"Mila", "Verzonnen", "Daan", "Bedacht", "Sara", "Fictie", "Bram", "Nepnaam", "Doornstraat", "bij haar zus",
	"CHAR-38", "GOLF-71", "DEL-2026", "000 00 00", "@example.org", "2 mei 2013", "gebroken been", "geboren", "38 jaar", "15 jaar", "71 jaar", "Het team kende",
}

// DOC-01 DOC-02 DOC-03 DOC-04 DOC-05 DOC-07 DOC-30, R-R-82, R-R-83, R-R-84, R-I-57, DT-25: what
// comes out of a case is a tidy text, also of a case of which almost nothing is known: a gap
// is named, or it is an empty mandatory part that tells its author what to write. Nothing of
// a person is in it.
func TestDocumentsAreTidyAndAnonymous(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"rotterdam", "ijsselland"} {
		_, by := specimens(t, folder(t, id))
		for _, from := range by {
			for _, s := range from {
				for _, fault := range improper(s) {
					t.Errorf("%s: %s", id, fault)
				}
			}
		}
	}
	for bad, why := range map[string]string{
		"- Wet: \n- Soort: x": "label", "Aan {{naam}}": "braces", "op nog onbekend en": "sentence", "a  b": "doubled",
		"nog onbekend, nog onbekend": "list", "### Kop\n### Kop": "headings", "Nee, want": "reason", "op za 28 mrt 2026": "short",
		"soort: serious_violence": "code",
	} {
		if found := strings.Join(untidyIn(bad), " "); !strings.Contains(found, why) {
			t.Errorf("control: %q gives %q", bad, found)
		}
	}
}

func improper(s protocol.Specimen) []string {
	name := s.Case + ": "
	if s.Product != nil {
		name += s.Product.ID
	} else {
		name += s.Form.ID
	}
	var wrong []string
	whole := s.Subject + "\n" + text(s)
	for _, fault := range untidyIn(whole) {
		wrong = append(wrong, name+" has "+fault)
	}
	for _, canary := range canaries {
		if strings.Contains(whole, canary) {
			wrong = append(wrong, name+" gives away "+canary)
		}
	}
	for _, part := range s.Parts {
		if s.Product != nil && part.Part.Mandatory && part.Text() == "" && part.Part.Help.NL == "" {
			wrong = append(wrong, name+": nothing tells what to write under "+part.Part.Title.NL)
		}
	}
	return wrong
}

// R-R-82, DT-25: the control of the above: a product that goes deeper lets a canary through,
// and that is noticed.
func TestDeepFactInADocumentIsNoticed(t *testing.T) {
	t.Parallel()
	fsys := changed(t, "rotterdam", "products-executive.yaml", "- Verband met zorg: {{relation_to_care}}", "- Omschrijving: {{description}}")
	if _, err := protocol.Load(fsys); err == nil {
		t.Error("a fact of V5 in a summary of V3 was not refused")
	}
	p, by := specimens(t, folder(t, "rotterdam"))
	s := by["summary"][0]
	s.Parts = slices.Clone(s.Parts)
	s.Parts[0].Written = "Sara Fictie woont in de Doornstraat."
	if len(improper(s)) < 2 || p == nil {
		t.Error("a name and a street in a summary were not noticed")
	}
}
