// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// An illness that nobody has: of a course, a clinic, a count, a figure of speech.

var ofWeather = set("noordzee oceaan regen wind lagedrukgebied hogedrukgebied")

// weather: a depression over the sea is nobody's.
func (s *scan) weather(i int) bool {
	return s.toks[i].text == "depressie" && (s.tok(i+1).text == "boven" || s.near(i+8, 8, ofWeather))
}

// topics are what deals with an illness and is nobody's.
var (
	topics  = set("poli polikliniek zorgpad verbod spreekuur thema gespecialiseerd waarschuwen waarschuwt waarschuwing gevaren bestrijding strijd omgaan poster learning elearning artikel flyer info informatie dag film lotgenotengroep café cursus training themadag themaavond themabijeenkomst protocol richtlijn beleid voorlichting workshop boek folder brochure fonds onderzoek lezing lesprogramma project campagne webinar symposium congres studiedag scholing bijscholing module wereldaidsdag collecte informatieavond lespakket handreiking brochure themaweek werkgroep expertise kenniscentrum specialisme aanbod preventie leerlijn opleiding")
	persons = set("haar hem zijn hij zij ze lijdt leed mijn diens")
)

// topic: the illness is what something is about: “de cursus Omgaan met autisme”, “de wachttijd
// voor autisme”, and nobody is named.
func (s *scan) topic(i int) bool {
	if s.reader(i) || s.groupWith(i) || s.ofMany(i) || s.ofItself(i) || s.seized(i) {
		return true
	}
	about := s.tok(i-1).text == "over"
	for j := i - 1; j >= 0 && j >= i-12; j-- {
		t := s.toks[j]
		if t.capital && t.has.is(given) && !t.has.is(common|place) || persons[t.text] || someone[t.text] || t.has.is(kin|role) {
			return false
		}
		if t.text == "." || t.text == ":" {
			break
		}
		if i-j <= 6 && (topics[t.text] && !(t.text == "dag" && everyDay[s.tok(j-1).text]) || t.text == "over" && topics[s.tok(j-1).text]) {
			return true
		}
		about = about || figuresOf[t.text]
		if t.starts {
			break
		}
	}
	if about {
		return true
	}
	for j := i + 1; j < len(s.toks) && j <= i+6 && !s.toks[j].starts; j++ {
		t := s.toks[j]
		if persons[t.text] || someone[t.text] || t.has.is(kin|role) && !groups[t.text] {
			return false
		}
		if groups[t.text] && (s.tok(j-1).text == "onder" || s.tok(j-1).text == "bij" || s.tok(j-1).text == "voor") {
			return true
		}
	}
	return false
}

// everyDay stand before a day that no day about an illness is.
var everyDay = set("per elke iedere de deze die dezelfde volgende vorige hele halve één een")

var (
	figuresOf = set("cijfers wachttijd wachttijden wachtlijst wachtlijsten kosten budget percentage procent aantal prevalentie landelijke landelijk uitgaven toename stijging vraag wachttermijn behandelplekken capaciteit behandelplaatsen statistiek statistieken bezuiniging")
	groups    = set("jongeren kinderen ouderen inwoners volwassenen jeugdigen scholieren studenten vrouwen mannen mensen")
)

// ofHouse: the word is part of the name of an institution or of a policy.
func (s *scan) ofHouse(i, last int) bool {
	n := s.tok(last + 1)
	if n.text == "-" && !n.space {
		n = s.tok(last + 2)
	}
	w := s.toks[i].text
	if m := s.tok(last + 1); s.toks[i].capital && m.kind == word && m.capital && m.space && !m.starts && !m.shout && !m.has.is(sick|given|surname|verb) {
		return true // “Alzheimer Nederland”
	}
	if s.tok(last+1).text == "-" && s.glued(last+1) && s.toks[i].capital && !s.toks[i].shout && n.kind == word && !n.has.is(sick) && !sickAfter[n.text] && !s.toks[i].starts {
		return true // “het Dyslexie-akkoord”
	}
	for _, end := range []string{"zorg", "kliniek", "preventie", "beleid", "vriendelijk", "vriendelijke", "centrum", "fonds", "stichting", "lijn", "afdeling", "instelling", "vereniging", "reclassering", "wet", "plein"} {
		if len(w) > len(end)+3 && w[len(w)-len(end):] == end {
			return true
		}
	}
	return healthHouse[n.text] || s.afterHouse(i) && s.toks[i].capital
}

var figures = set(strings.Join(section("healthpart", "figure"), " "))

// figureOfSpeech: “een zwangere stilte”, “een schizofrene situatie”, “allergisch voor
// bureaucratie”: what is so is no person.
func (s *scan) figureOfSpeech(i, last int) bool {
	n := s.tok(last + 1)
	if s.tok(i-1).text == "indisch" {
		return true // “Oost-Indisch doof”
	}
	if n.kind == word && !n.capital && !n.line && figures[n.text] && strings.HasSuffix(s.toks[last].text, "e") {
		return true
	}
	for j := i - 1; j > 0 && j > i-5 && !s.toks[j+1].starts && !s.single(j); j-- {
		if a := s.tok(j - 1).text; figures[s.toks[j].text] && (a == "de" || a == "het" || a == "onze" || a == "deze") {
			return true // “de markt is ziek”
		}
	}
	if !addicted(s.toks[i].text) || n.text != "voor" && n.text != "aan" && n.text != "op" {
		return false
	}
	for j := last + 2; j <= last+3; j++ {
		if figures[s.tok(j).text] || abstract(s.tok(j).text) {
			return true
		}
	}
	return false
}

// abstract: a word for what cannot be touched.
func abstract(w string) bool {
	if len(w) < 5 {
		return false
	}
	for _, end := range []string{"heid", "tie", "atie", "iek", "isme", "cratie", "regels", "praatjes", "woorden", "beloften", "beloftes", "gedoe", "dwang", "druk", "smoesjes", "vergaderen", "macht", "eigendom", "overleg", "cijfers", "gezag", "vertraging", "versnippering", "werkdruk"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// reader: the illness is of whoever reads it: “Denkt u aan …? Bel 113.”
func (s *scan) reader(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4 && !s.toks[j+1].starts; j-- {
		if s.toks[j].text == "u" || s.toks[j].text == "jij" {
			return true
		}
	}
	return false
}

// groupWith: “jongeren met autisme” are nobody, unless it is told how many or whose.
func (s *scan) groupWith(i int) bool {
	j := i - 1
	for ; j > i-4 && j > 0 && (s.toks[j].text == "een" || sickBefore[s.toks[j].text] || s.toks[j].text == "of"); j-- {
	}
	if j < 1 || s.toks[j].text != "met" || !groups[s.toks[j-1].text] && s.toks[j-1].text != "patiënten" && s.toks[j-1].text != "cliënten" {
		return false
	}
	p := s.tok(j - 2)
	_, counted := s.value(j - 2)
	return !counted && p.text != "beide" && p.text != "deze" && !persons[p.text]
}
