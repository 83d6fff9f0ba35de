// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// Who stands in a table: what the words above its columns say, and what can be a name there.

var headOf = headWords(map[headWord]string{
	bornHead:    "geb geboren geboortedatum gebdatum gebdat geboortedag dob",
	nameHead:    "naam namen contact",
	whoHead:     "wie door roepnaam achternaam voornaam familienaam geslachtsnaam actiehouder eigenaar trekker verantwoordelijke aanwezige aanwezigen deelnemer deelnemers opsteller steller indiener spreker contactpersoon melder medewerker collega auteur gezin uitvoerder notulist beller afzender ontvanger betrokkene leerling ouder ouders kind bewoner cliënt client jeugdige",
	aboutHead:   "leeftijd rol functie relatie geslacht bsn",
	addressHead: "adres postcode pc woonadres gegevens telefoon tel mobiel email mail telefoonnummer mobielnummer",
	thingHead:   "locatie gemeente plaats woonplaats product merk groep school organisatie instelling aanbieder woning gebouw zaal vestiging bedrijf leverancier dagbesteding vak menu maaltijd lunch diner ontbijt activiteit onderwerp document straat wijk",
})

func headWords(of map[headWord]string) map[string]headWord {
	out := map[string]headWord{}
	for h, words := range of {
		for w := range set(words) {
			out[w] = h
		}
	}
	return out
}

// headWord reads a word above a column: from the list, or somebody's part in a matter.
func (s *scan) headWord(j int) headWord {
	t := s.toks[j]
	if h := headOf[t.text]; h != noHead {
		return h
	}
	if t.has.is(role|kin|label) || vocab().words[strings.TrimSuffix(t.text, "s")].is(role|kin) || vocab().words[strings.TrimSuffix(t.text, "en")].is(role|kin) {
		return whoHead
	}
	return noHead
}

// wordsOnly: nothing in the cell is a number, a sentence, or looks like a name, as it does below
// the head of a table and in a form that has its words in front.
func (s *scan) wordsOnly(c cell) bool {
	for j := c.from; j < c.to; j++ {
		switch t := s.toks[j]; {
		case t.kind == number, t.text == ":", t.text == "?", t.text == "!", t.text == "," && c.to-c.from > 3:
			return false
		case t.kind == word && t.capital && !t.has.is(common|role|kin|label) && headOf[t.text] == noHead && (t.has.is(given|surname) || s.strange(t) && vocab().letters.of(t.text) > 20):
			return false
		}
	}
	return true
}

// nameCell: a cell of a few words below “naam” is one, but for words of every day.
func (s *scan) nameCell(c cell) {
	if s.cellOfName(c) > 0 {
		s.add(c.from, c.to-1, Name, 39, personWhy)
	}
}

// cellOfName counts the words of a cell that can be those of a name, 0 when one of them cannot.
func (s *scan) cellOfName(c cell) int {
	if c.to-c.from > 8 {
		return 0
	}
	big := 0
	for j := c.from; j < c.to; j++ {
		t := s.toks[j]
		switch {
		case t.kind == word && t.has.is(particle) && !t.has.is(given|surname) && j < c.to-1:
		case t.kind == number, t.taken && !t.has.is(given|surname), t.kind == word && t.has.is(common|known|houseBefore|houseAfter|role|kin|place|title) && !t.has.is(given|surname):
			return 0
		case t.kind == sign && t.text != "." && t.text != "-" && t.text != "'" && t.text != ",":
			return 0
		case t.kind != word:
		case !t.capital && (t.has.is(common|verb|sick) || !t.has.is(given|surname) && !s.unheard(t)):
			return 0
		case t.shout && len(t.text) < 5 && !t.has.is(given|surname):
			return 0
		case len(t.text) > 2 || t.capital:
			big++
		}
	}
	return big
}
