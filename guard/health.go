// SPDX-License-Identifier: EUPL-1.2

package guard

var healthWhy = Reason{"een gegeven over gezondheid", "a detail about health"}

// Abbreviations that are everyday words in small letters, and what makes a health word one
// of something else.
var (
	onlyCapitals = set("als ms add tia cva odd ass nah paaz tos fas ocd")
	healthHouse  = set("kliniek kliniekje zorg preventie centrum stichting vereniging fonds team platform lijn polikliniek instelling alliantie vriendelijk vriendelijke")
)

// Words that belong to a health word beside them.
var (
	sickBefore = set("paranoïde chronische acute ernstige zware lichte recidiverende terminale postnatale complexe licht matige matig beginnende gevorderde vergevorderde zware buitenbaarmoederlijke zwaar ernstig chronisch ongewenst gesloten besloten ongeneeslijke progressieve")
	sickAfter  = set("aanval aanvallen stoornis stressstoornis klachten gedachten periode episode beperking neigingen poging verschijnselen problematiek medicatie nervosa gedrag beperkte patiënt type neiging toestand paracetamol pillen medicijnen")
)

// health looks for words that tell how somebody's health is.
func (s *scan) health() {
	for i := 0; i < len(s.toks); i++ {
		if s.toks[i].kind != word {
			continue
		}
		last, phrase := s.illness(i)
		if last < i || s.ofHouse(i, last) && !phrase || s.weather(i) || s.topic(i) || s.figureOfSpeech(i, last) {
			continue
		}
		from, to := s.illnessStart(i), s.illnessEnd(last)
		s.add(from, to, Health, 55, healthWhy)
		i = to
	}
	s.healthFrames()
}

// illness reads a word or expression for health that begins at token i; last is before i when
// there is none. An expression that says where somebody was treated is a phrase: it names no
// institution.
func (s *scan) illness(i int) (last int, phrase bool) {
	t := s.toks[i]
	last = s.expression(i)
	if last > i {
		last = max(last, s.expression(last)) // “is blind”, “blind aan een oog”
	}
	if j := s.bodyPart(i); j > last {
		return j, true
	}
	if last >= i {
		return last, placed[t.text]
	}
	if j := s.treated(i); j >= i {
		return j, true
	}
	switch {
	case t.has.is(sick) && !(onlyCapitals[t.text] && !t.shout && !s.illFrame(i)), s.medical(i), s.sickSlip(i):
		return i, false
	}
	return -1, false
}

// expression gives the end of the longest fixed expression that begins at token i.
func (s *scan) expression(i int) int {
	last := -1
	for _, words := range vocab().ills[s.asMeant(i)] {
		if j, ok := s.illnessWords(i, words); ok {
			last = max(last, j)
		}
	}
	return last
}

// illnessStart takes the words before a health word that belong to it.
func (s *scan) illnessStart(i int) int {
	p := s.tok(i - 1)
	switch {
	case sickBefore[p.text]:
		return i - 1
	case p.text == "van" && s.tok(i-2).text == "invloed":
		return max(i-3, 0) // “onder invloed van cocaïne”
	case p.text == "weken" || p.text == "maanden":
		if _, ok := s.value(i - 2); ok {
			return i - 2 // “twintig weken zwanger”
		}
	case p.text == "een" && len(s.toks[i].text) < 4 && !s.toks[i].line:
		return i - 1 // “een lvb”: so short a mark is not seen
	case s.toks[i].text == "geopereerd" && s.body(i-1):
		for j := i - 2; j >= 0 && j > i-4; j-- {
			if s.toks[j].text == "aan" {
				return j // “aan zijn knie geopereerd”
			}
		}
	}
	return i
}

// illnessEnd reads on behind a health word: “EMDR-behandeling”, “crisisopname in de
// psychiatrie”, “verslaafd aan de cocaïne”, “blowt elke dag”, “methylfenidaat 10 mg”.
func (s *scan) illnessEnd(last int) int {
	for sickAfter[s.tok(last+1).text] {
		last++
	}
	n := s.tok(last + 2)
	switch a := s.tok(last + 1); {
	case a.text == "-" && s.glued(last+1) && s.glued(last+2) && n.kind == word && !n.capital && len(n.text) > 3:
		last += 2
	case (a.text == "in" || a.text == "op") && (n.text == "de" || n.text == "een") && wards[s.tok(last+3).text]:
		last += 3
	case (a.text == "aan" || a.text == "voor" || a.text == "op") && s.craves(last):
		last = s.craved(last + 2)
	case a.kind == number && !a.line && (n.text == "mg" || n.text == "ml" || n.text == "mcg"):
		last += 2
	case a.text == "aan" && s.toks[last].text == "geopereerd":
		for j := last + 2; j <= last+4; j++ {
			if s.body(j) {
				return j // “geopereerd aan de kaak”
			}
		}
	case drinks[s.toks[last].text]:
		for k := 0; k < 3 && often[s.tok(last+1).text] && !s.tok(last+1).line; k++ {
			last++
		}
	}
	return last
}

// craves: what somebody is addicted or allergic to belongs to it.
func (s *scan) craves(last int) bool {
	n := s.tok(last + 2)
	return n.kind == word && !n.line && (n.has.is(sick) || addicted(s.asMeant(last)))
}

// craved reads what it is: “de coke”, “pinda's”.
func (s *scan) craved(j int) int {
	if a := s.tok(j).text; (a == "de" || a == "het") && s.tok(j+1).kind == word {
		j++
	}
	if s.tok(j+1).text == "'" && s.glued(j+1) && s.tok(j+2).text == "s" {
		return j + 2
	}
	return j
}

// illnessWords matches a fixed expression as ill does; a longer word of it may hold a slip.
func (s *scan) illnessWords(i int, words []string) (last int, ok bool) {
	j := i
	for _, w := range words {
		if s.tok(j).text == "-" && w != "-" {
			j++
		}
		if w == "-" && s.tok(j).text != "-" {
			continue
		}
		if t := s.tok(j).text; t != w && (t == "" || s.asMeant(j) != w) {
			return 0, false
		}
		last, j = j, j+1
	}
	return last, true
}

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
