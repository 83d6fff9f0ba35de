// SPDX-License-Identifier: EUPL-1.2

package guard

// An organisation of one word that no list holds looks like a name. What stands before it
// once tells what it is, and then the word is an organisation in the whole text.

var (
	// Behind these, with a comma or nothing between, stands an organisation.
	saysHouse = set("aanbieder zorgaanbieder jeugdhulpaanbieder jeugdzorgaanbieder hoofdaannemer onderaannemer instelling zorginstelling jeugdzorginstelling organisatie zorgorganisatie welzijnsorganisatie leverancier softwareleverancier verzekeraar zorgverzekeraar woningcorporatie corporatie uitgever aannemer thuiszorgorganisatie zorgpartij bedrijf")
	// … and behind these with van, bij, met, door or aan between.
	housesThing = set("locatie locaties vestiging vestigingen woordvoerder woordvoerders directeur bestuurder bestuur bestuurders medewerker medewerkers medewerkster cliënten bewoners jongeren aanbod woongroep woongroepen leefgroep hoofdkantoor kantoor personeel manager teamleider website rapportage jaarverslag kwaliteitsverslag contactpersoon loods magazijn contract contracten overeenkomst evaluatie samenwerking raamovereenkomst contractgesprek convenant opdracht gegund overgedragen overdracht overdr geleverd aangeboden uitgevoerd onderaannemer behandeling verblijf verblijft opname opgenomen plaatsing geplaatst overplaatsing wachtlijst toezicht werkt werkzaam dagbesteding onderzoek aandacht reconstructie pilot proef aanbesteding logeeropvang begeleiding zorg terecht aangemeld aanmelding ingekocht inkoop")
	housesTie   = set("van bij met door aan via")
)

// organisations marks words that are told to be an organisation, wherever they stand.
func (s *scan) organisations() {
	var told map[string]bool
	for i := range s.toks {
		if t := s.toks[i]; t.capital && s.strange(t) && !t.has.is(given|surname) && s.toldHouse(i) && !s.ours(t.text) {
			if told == nil {
				told = map[string]bool{}
			}
			told[t.text] = true
		}
	}
	if told == nil {
		return
	}
	for i := range s.toks {
		if t := &s.toks[i]; told[t.text] && t.capital {
			t.taken = true
		}
	}
}

// toldHouse: the words before say that this is an organisation, and no further word of a
// name follows.
func (s *scan) toldHouse(i int) bool {
	if n := s.tok(i + 1); n.capital && !n.starts && !n.has.is(houseAfter) || s.toks[i].line {
		return false
	}
	p := s.tok(i - 1)
	if p.text == "," || p.text == ":" {
		p = s.tok(i - 2)
	}
	if saysHouse[p.text] {
		return true
	}
	if p.text == "contactpersoon" && s.tok(i+1).text == ":" {
		return true
	}
	return housesTie[p.text] && housesThing[s.tok(i-2).text] && s.tok(i-1).kind == word
}

// ours: the word is of a name of the case.
func (s *scan) ours(w string) bool {
	_, ok := s.own.parts[w]
	return ok
}
