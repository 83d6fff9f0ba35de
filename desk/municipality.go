// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"strings"

	"example.org/loket"
	"example.org/loket/municipality"
	"example.org/loket/protocol"
)

// kindMunicipality is a municipality in the list of organisations, and as a tenant.
const kindMunicipality = "municipality"

// municipalityWord is the same as people write it.
var municipalityWord = say("gemeente", "municipality")

// fillMunicipality completes a line of which code or name says which municipality it is, so
// that a file with nothing but codes and names will do. What was typed stays.
func fillMunicipality(v map[string]string, n Names) map[string]string {
	code, kind := strings.TrimSpace(v["code"]), strings.TrimSpace(v["kind"])
	if kind != "" && kind != kindMunicipality && !sameOrganisation(kind, municipalityWord.NL) && !sameOrganisation(kind, municipalityWord.EN) || kind == "" && code == "" {
		return v
	}
	m, found := municipality.Find(code)
	if code == "" {
		m, found = municipality.Find(v["name"])
	}
	if !found {
		return v
	}
	put := func(column, value string) {
		if strings.TrimSpace(v[column]) == "" {
			v[column] = value
		}
	}
	put("kind", kindMunicipality)
	put("name", m.Name)
	v["code"] = m.Code
	if id := n.organisationID(m.Name); id != m.Name {
		put("id", id) // as the protocol or the list calls it
	}
	put("id", shortNameOf(m.Name))
	return v
}

// wrongCode: the code of a municipality is that of another one, or of none.
func wrongCode(v map[string]string) []EntryFault {
	if v["kind"] != kindMunicipality || v["code"] == "" {
		return nil
	}
	m, found := municipality.Find(v["code"])
	byName, known := municipality.Find(v["name"])
	switch {
	case !found:
		return []EntryFault{{"code", say("Er is geen gemeente met deze code.", "There is no municipality with this code."), say("Laat de code leeg of zoek haar op bij het CBS.", "Leave the code empty or look it up at the CBS.")}}
	case known && byName.Code != m.Code:
		return []EntryFault{{"code", say("Deze code is van "+m.Name+".", "This code is that of "+m.Name+"."), say("De code van "+byName.Name+" is "+byName.Code+".", "The code of "+byName.Name+" is "+byName.Code+".")}}
	}
	return nil
}

// shortNameOf makes a short name of a name: "Súdwest-Fryslân" becomes "sudwest-fryslan".
func shortNameOf(name string) string {
	plain := strings.NewReplacer("á", "a", "â", "a", "ä", "a", "é", "e", "ë", "e", "í", "i", "ï", "i", "ó", "o", "ö", "o", "ú", "u", "û", "u", "ü", "u", "'", "")
	words := strings.FieldsFunc(plain.Replace(strings.ToLower(name)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

// MunicipalityNames are the names that a new desk is chosen from.
func MunicipalityNames() []string {
	var out []string
	for _, m := range municipality.All() {
		out = append(out, m.Name)
	}
	return out
}

// firstOrganisations begin the list of a new desk: the municipality itself, and those that
// its protocol speaks of, each with its code (R-I-32).
func firstOrganisations(f Founding, p *protocol.Protocol) []map[string]string {
	var out []map[string]string
	seen := map[string]bool{}
	add := func(id, name string) {
		if m, found := municipality.Find(name); found && !seen[m.Code] {
			seen[m.Code] = true
			out = append(out, map[string]string{"id": id, "name": m.Name, "kind": kindMunicipality, "code": m.Code})
		}
	}
	for _, fact := range relationFacts(p) {
		for _, o := range optionsOf(p, fact) {
			add(o.ID, o.Title.NL)
		}
	}
	if f.Tenant.Kind == kindMunicipality {
		m, _ := municipality.Find(f.Tenant.Name)
		add(shortNameOf(m.Name), m.Name)
	}
	return out
}

// beginOrganisations writes them with the founding of the desk.
func (d *Desk) beginOrganisations(ctx context.Context, tx Tx, a loket.Actor, f Founding) error {
	p := d.knowing(f.Tenant.Protocol).inForce(f.Tenant, d.Now())
	for _, values := range firstOrganisations(f, p) {
		e := organisationBook.made(f.Tenant.ID, values, p.Location())
		e.ID, e.Version, e.At, e.By = d.Rand.ID(), 1, d.Now(), a.ID
		if err := d.writeEntry(ctx, tx, a, e); err != nil {
			return err
		}
	}
	return nil
}
