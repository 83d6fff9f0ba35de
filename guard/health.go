// SPDX-License-Identifier: EUPL-1.2

package guard

var healthWhy = Reason{"een gegeven over gezondheid", "a detail about health"}

// Abbreviations that are everyday words in small letters, and what makes a health word one
// of something else.
var (
	onlyCapitals = set("als ms add tia cva odd ass nah paaz")
	healthHouse  = set("kliniek kliniekje zorg preventie centrum stichting vereniging fonds team platform lijn polikliniek instelling alliantie vriendelijk vriendelijke")
)

// Words that belong to a health word beside them.
var (
	sickBefore = set("paranoïde chronische acute ernstige zware lichte recidiverende terminale postnatale complexe licht matige matig beginnende gevorderde vergevorderde zware buitenbaarmoederlijke")
	sickAfter  = set("aanval aanvallen stoornis stressstoornis klachten gedachten periode episode beperking neigingen poging verschijnselen problematiek medicatie nervosa gedrag beperkte patiënt type neiging toestand paracetamol pillen medicijnen")
)

var ofWeather = set("noordzee oceaan regen wind lagedrukgebied hogedrukgebied")

// weather: a depression over the sea is nobody's.
func (s *scan) weather(i int) bool {
	return s.toks[i].text == "depressie" && (s.tok(i+1).text == "boven" || s.near(i+8, 8, ofWeather))
}

// topics are what deals with an illness and is nobody's.
var (
	topics  = set("poster learning elearning artikel flyer info informatie dag film lotgenotengroep café cursus training themadag themaavond themabijeenkomst protocol richtlijn beleid voorlichting workshop boek folder brochure fonds onderzoek lezing lesprogramma project campagne webinar symposium congres studiedag scholing bijscholing module wereldaidsdag collecte informatieavond lespakket handreiking brochure themaweek werkgroep expertise kenniscentrum specialisme aanbod preventie leerlijn opleiding")
	persons = set("haar hem zijn hij zij ze lijdt leed mijn diens")
)

// topic: the illness is what something is about: “de cursus Omgaan met autisme”, “de wachttijd
// voor autisme”, and nobody is named.
func (s *scan) topic(i int) bool {
	about := false
	for j := i - 1; j >= 0 && j >= i-12; j-- {
		t := s.toks[j]
		if t.capital && t.has.is(given) && !t.has.is(common|place) || persons[t.text] || someone[t.text] || t.has.is(kin|role) {
			return false
		}
		if t.text == "." || t.text == ":" {
			break
		}
		if i-j <= 6 && (topics[t.text] || t.text == "over" && topics[s.tok(j-1).text]) {
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

var (
	figuresOf = set("cijfers wachttijd wachttijden wachtlijst wachtlijsten kosten budget percentage procent aantal prevalentie landelijke landelijk uitgaven toename stijging vraag wachttermijn behandelplekken plekken capaciteit statistiek statistieken bezuiniging")
	groups    = set("jongeren kinderen ouderen inwoners volwassenen jeugdigen scholieren studenten vrouwen mannen mensen")
)

// health looks for words that tell how somebody's health is.
func (s *scan) health() {
	for i := 0; i < len(s.toks); i++ {
		t := s.toks[i]
		if t.kind != word {
			continue
		}
		last := -1
		for _, words := range vocab().ills[t.text] {
			if j, ok := s.ill(i, words); ok {
				last = max(last, j)
			}
		}
		if last > i {
			for _, words := range vocab().ills[s.toks[last].text] {
				if j, ok := s.ill(last, words); ok {
					last = max(last, j) // “is blind”, “blind aan een oog”
				}
			}
		}
		if last < 0 && t.has.is(sick) && !(onlyCapitals[t.text] && !t.shout) {
			last = i
		}
		if last < 0 && t.has == 0 && !s.used[i] && sickSlip(t.text) {
			last = i
		}
		if last < 0 || s.ofHouse(i, last) {
			continue
		}
		if s.weather(i) || s.topic(i) {
			continue
		}
		from := i
		if sickBefore[s.tok(i-1).text] {
			from--
		} else if u := s.tok(i - 1).text; u == "weken" || u == "maanden" {
			if _, ok := s.value(i - 2); ok {
				from -= 2 // “twintig weken zwanger”
			}
		}
		for sickAfter[s.tok(last+1).text] {
			last++
		}
		last = s.illnessEnd(last)
		if n := s.tok(last + 2); (s.tok(last+1).text == "aan" || s.tok(last+1).text == "voor") && n.has.is(sick) && !n.line {
			last += 2 // “verslaafd aan cocaïne”
		}
		s.add(from, last, Health, 55, healthWhy)
		i = last
	}
}

// illnessEnd reads on: “EMDR-behandeling”, “crisisopname in de psychiatrie”.
func (s *scan) illnessEnd(last int) int {
	if n := s.tok(last + 2); s.tok(last+1).text == "-" && s.glued(last+1) && s.glued(last+2) && n.kind == word && !n.capital && len(n.text) > 3 {
		last += 2
	}
	if a := s.tok(last + 2); (s.tok(last+1).text == "in" || s.tok(last+1).text == "op") && (a.text == "de" || a.text == "een") && wards[s.tok(last+3).text] {
		last += 3
	}
	return last
}

// wards are where somebody is treated.
var wards = set("psychiatrie kliniek paaz ggz isoleer isoleercel separeer ic psychiatrische verslavingskliniek")

// ill matches a fixed expression; hyphens may be left out.
func (s *scan) ill(i int, words []string) (last int, ok bool) {
	last = i
	j := i
	for _, w := range words {
		if s.tok(j).text == "-" && w != "-" {
			j++
		}
		if w == "-" && s.tok(j).text != "-" {
			continue
		}
		if s.tok(j).text != w {
			return 0, false
		}
		last, j = j, j+1
	}
	return last, true
}

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
