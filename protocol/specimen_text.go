// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// SpecimenFiles makes the documents of the folder specimens (see Specimens) as Markdown
// files, by name: every product and every form that some case makes.
func (p *Protocol) SpecimenFiles(fsys fs.FS) (map[string]string, error) {
	all, err := p.Specimens(fsys)
	if err != nil {
		return nil, err
	}
	products, forms := map[*Product][]Specimen{}, map[*Form][]Specimen{}
	for _, s := range all {
		if s.Form != nil {
			forms[s.Form] = append(forms[s.Form], s)
			continue
		}
		products[s.Product] = append(products[s.Product], s)
	}
	files := map[string]string{}
	for pr, made := range products {
		files[SpecimenFile(pr)] = p.SpecimenText(pr, made)
	}
	for f, made := range forms {
		files[FormFile(f)] = p.FormText(f, made)
	}
	return files, nil
}

// SpecimenVersion is the line of a specimen that says which protocol made it.
func SpecimenVersion(p *Protocol) string {
	return "- Protocol: " + p.About.Title.NL + ", versie " + p.About.Version + "\n"
}

// SpecimenFile is the name under which a specimen is kept: "DOC-04-dat.md".
func SpecimenFile(pr *Product) string {
	return strings.Trim(strings.ReplaceAll(pr.Ref, ", ", "-")+"-"+pr.ID, "-") + ".md"
}

// SpecimenText writes one document, as it came out of one or more cases, for people who
// look after the protocol: from whom, to whom, how deep, what for, and every part. What its
// author writes stands as a quotation; a gap says what is to be written.
func (p *Protocol) SpecimenText(pr *Product, from []Specimen) string {
	var out strings.Builder
	title := pr.Title.NL
	if pr.Ref != "" {
		title += " (" + pr.Ref + ")"
	}
	fmt.Fprintf(&out, "# %s\n\n%s", title, SpecimenVersion(p))
	p.specimenHead(&out, pr)
	for _, s := range from {
		fmt.Fprintf(&out, "\n## %s\n\n", s.Case)
		p.specimenAddress(&out, s)
		for _, part := range s.Parts {
			if text := part.readable(); text != "" {
				out.WriteString(headed(part.Part.Title.NL, text))
			}
		}
	}
	return out.String()
}

// headed is a part below its heading, when it has one.
func headed(title, text string) string {
	if title == "" {
		return "\n" + text + "\n"
	}
	return "\n### " + title + "\n\n" + text + "\n"
}

func (p *Protocol) specimenHead(out *strings.Builder, pr *Product) {
	fmt.Fprintf(out, "- Niveau: %s\n", pr.Level)
	for _, one := range []struct {
		label string
		roles []string
	}{{"Gemaakt door", pr.MadeBy}, {"Vrijgegeven door", pr.ReleasedBy}, {"Af te stemmen met", pr.Align}} {
		if len(one.roles) > 0 {
			fmt.Fprintf(out, "- %s: %s\n", one.label, strings.Join(p.roleTitles(one.roles), ", "))
		}
	}
	if pr.Purpose.NL != "" {
		fmt.Fprintf(out, "- Doel: %s\n", pr.Purpose.NL)
	}
	if pr.Source.At != "" {
		fmt.Fprintf(out, "- Bron: %s\n", pr.Source.At)
	}
}

func (p *Protocol) specimenAddress(out *strings.Builder, s Specimen) {
	if to := p.addresseeLine(s.To); to != "" {
		fmt.Fprintf(out, "- Aan: %s\n", to)
	} else {
		fmt.Fprintf(out, "- Aan: nog niet te zeggen\n")
	}
	fmt.Fprintf(out, "- Onderwerp van de mail: %s\n", s.Subject)
}

// addresseeLine names roles once, with the organisations for which.
func (p *Protocol) addresseeLine(to []Addressee) string {
	var roles []string
	places := map[string][]string{}
	for _, a := range to {
		if !slices.Contains(roles, a.Role) {
			roles = append(roles, a.Role)
		}
		if a.For.ID != "" && !slices.Contains(places[a.Role], a.For.Title.NL) {
			places[a.Role] = append(places[a.Role], a.For.Title.NL)
		}
	}
	words := p.roleTitles(roles)
	for i, role := range roles {
		if at := places[role]; len(at) > 0 {
			words[i] += " (" + strings.Join(at, ", ") + ")"
		}
	}
	return strings.Join(words, ", ")
}

func (p *Protocol) roleTitles(ids []string) []string {
	var titles []string
	for _, id := range ids {
		if r := p.Role(id); r != nil && r.Title.NL != "" {
			id = r.Title.NL
		}
		titles = append(titles, id)
	}
	return titles
}

// readable is the text of a part in a specimen; an empty part that nobody has to fill says
// nothing.
func (s SpecimenPart) readable() string {
	written := s.Written
	if written != "" {
		written = "> " + strings.ReplaceAll(written, "\n", "\n> ")
	}
	text := blocks(s.Composed, written)
	switch {
	case text != "" || !s.Part.Mandatory:
		return text
	case s.Part.Help.NL != "":
		return "*Nog te schrijven. " + s.Part.Help.NL + "*"
	}
	return "*Nog te schrijven.*"
}
