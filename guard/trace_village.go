// SPDX-License-Identifier: EUPL-1.2

package guard

import "slices"

// ofVillage are the words that stand before “van” and a village.
var ofVillage = set("inwoner inwoonster inwoners bewoner bewoonster bewoners dorp kern buurtschap gemeente " + officeWords + " raad dorpsraad dorpsbelangen dominee pastoor huisarts dokter school kerk omgeving noorden zuiden oosten westen buitengebied haven centrum station")

// villagesAreNobody takes back a personal name that was only guessed and is a village, where a
// village stands: “de huisarts van Zwiggelte”, “waaronder Zwiggelte”.
func (s *scan) villagesAreNobody() {
	s.found = slices.DeleteFunc(s.found, func(h hit) bool {
		if h.category != Name || h.why != personWhy {
			return false
		}
		i, ok := slices.BinarySearchFunc(s.toks, h.from, func(t token, at int) int { return t.from - at })
		if !ok {
			return false
		}
		of := s.toks[i].text == "van"
		if of {
			i++
		}
		t := s.tok(i)
		if t.to != h.to || !t.capital || t.has.is(given) || !s.aVillage(t.text) {
			return false
		}
		p := s.tok(i - 1)
		if p.text == "van" {
			return ofVillage[s.tok(i-2).text]
		}
		return whereWords[p.text] || p.text == "waaronder" || p.text == "naar" || p.text == "omgeving"
	})
}

// aVillage: one word that is a village.
func (s *scan) aVillage(w string) bool {
	return slices.ContainsFunc(villages()[w], func(words []string) bool { return len(words) == 1 })
}
