// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Specimen is one document as the protocol makes it from an invented case, for readers who
// want to see what a rule comes to, and for tests that hold it.
type Specimen struct {
	File    string   // of the case: "2-karig.yaml"
	Case    string   // what the case is: "Een karige melding"
	Refs    []string // requirement ids that it proves
	Product *Product // or Form
	Form    *Form    // of a document that is filled in
	Subject string   // of the notice
	Wanted  Verdict
	To      []Addressee // with one invented person in every role
	Parts   []SpecimenPart
}

// SpecimenPart is one part of a document that applies to the case.
type SpecimenPart struct {
	Part     *Part
	Composed string // from facts alone
	Written  string // the author's own words, which replace or follow it
}

// Text is the part as its reader gets it; empty is a gap.
func (s SpecimenPart) Text() string { return blocks(s.Composed, s.Written) }

// Specimens makes the documents that the files of the folder specimens name: cases as in
// cases/*.yaml, with `documents` instead of `expect`:
//
//   - case: Een volledige melding
//     now: 2026-03-28 16:20
//     facts: {kinds: [missing], incident: 2026-03-28 14:00}
//     documents:
//     dat: {}
//     summary: {next: 'Het loket volgt de zaak.'}
//
// Under a document stand its author's words, by part. `documents: all` is every product, and
// every report form that is a document of the protocol.
func (p *Protocol) Specimens(fsys fs.FS) ([]Specimen, error) {
	names, err := fs.Glob(fsys, "specimens/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("protocol: specimens: %w", err)
	}
	var all []Specimen
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("protocol: specimens: %w", err)
		}
		entries, err := p.readCases(path.Base(name), data)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			made := p.specimensOf(e)
			if len(e.result.Differences) > 0 {
				return nil, fmt.Errorf("%s: %s", path.Base(name), strings.Join(e.result.Differences, "; "))
			}
			all = append(all, made...)
		}
	}
	return all, nil
}

func (p *Protocol) specimensOf(e *caseEntry) []Specimen {
	if e.documents == nil {
		e.differ("regel %d: er staat geen documents: welke documenten volgen hieruit?", e.result.Line)
		return nil
	}
	ev := p.Evaluate(Input{Facts: e.facts, Rows: e.rows, Decided: e.decided, Now: e.now})
	var all []Specimen
	if e.documents.Kind == yaml.ScalarNode && e.documents.Value == "all" {
		for i := range p.Products {
			all = append(all, p.specimen(e, ev, &p.Products[i], nil))
		}
		for i := range p.Forms {
			if f := &p.Forms[i]; f.Use == "report" && f.Ref != "" {
				all = append(all, p.formSpecimen(e, f))
			}
		}
		return all
	}
	for i := 0; i+1 < len(e.documents.Content); i += 2 {
		id, words := e.documents.Content[i], e.documents.Content[i+1]
		switch pr, form := p.Product(id.Value), p.Form(id.Value); {
		case pr != nil:
			all = append(all, p.specimen(e, ev, pr, words))
		case form != nil:
			all = append(all, p.formSpecimen(e, form))
		default:
			e.wrong(id, fmt.Errorf("er is geen product of formulier %q", id.Value))
		}
	}
	return all
}

// rowFor is the row that a product is made for: the first that asks for it, or else the first.
func (p *Protocol) rowFor(e *caseEntry, ev *Evaluation, pr *Product) Facts {
	rows := e.rows[pr.Each]
	for _, row := range rows {
		if asks, _ := p.Holds(pr.When, ev, row.Facts); asks == True {
			return row.Facts
		}
	}
	if len(rows) > 0 {
		return rows[0].Facts
	}
	return nil
}

// specimen makes one document.
func (p *Protocol) specimen(e *caseEntry, ev *Evaluation, pr *Product, words *yaml.Node) Specimen {
	row := p.rowFor(e, ev, pr)
	s := Specimen{
		File: e.result.File, Case: e.result.Name, Refs: e.result.Refs, Product: pr,
		Subject: p.Fill(pr.Subject, "V1", ev, row).NL,
	}
	s.Wanted, _ = p.Holds(pr.When, ev, row)
	s.To, _ = p.Addressees(pr, ev, row, p.cast(pr))
	composed, own := p.Compose(pr, ev, row), mapping(words)
	for i := range pr.Parts {
		part := &pr.Parts[i]
		text, there := composed[part.ID]
		if !there {
			if own[part.ID] != nil {
				e.wrong(own[part.ID], fmt.Errorf("het onderdeel %q van %s is in dit geval niet aan de orde", part.ID, pr.ID))
			}
			continue
		}
		made := SpecimenPart{Part: part, Composed: text}
		if n := own[part.ID]; n != nil {
			made.Written = strings.TrimSpace(n.Value)
			delete(own, part.ID)
		}
		s.Parts = append(s.Parts, made)
	}
	for id, n := range own {
		if !slices.ContainsFunc(pr.Parts, func(part Part) bool { return part.ID == id }) {
			e.wrong(n, fmt.Errorf("%s heeft geen onderdeel %q", pr.ID, id))
		}
	}
	return s
}

// cast is one invented person in every role that the product is for: at each organisation
// that it may be for, and as many as it expects.
func (p *Protocol) cast(pr *Product) []Person {
	var all []Person
	for _, r := range pr.Recipients {
		for n := range max(1, r.Expects) {
			if len(r.Of) == 0 {
				all = append(all, Person{ID: fmt.Sprintf("%s %d", r.Role, n), Roles: []string{r.Role}})
			}
		}
		for _, id := range r.Of {
			for _, o := range p.Fact(id).Options {
				all = append(all, Person{ID: r.Role + " " + o.ID, Roles: []string{r.Role}, Organisation: o.ID})
			}
		}
	}
	return all
}
