// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// institutions marks the words of streets, institutions and places that carry the name of
// somebody: Anne Frankstraat, Stichting Jansen, het Albert Schweitzer ziekenhuis.
func (s *scan) institutions() {
	s.markPlaces()
	s.titles()
	s.firms()
	s.eponyms()
	for i := 0; i < len(s.toks); i++ {
		if !s.toks[i].capital || s.toks[i].kind != word {
			continue
		}
		last := s.phrase(i)
		s.house(i, last)
		i = last
	}
}

// markPlaces marks places of more than one word.
func (s *scan) markPlaces() {
	for i := range s.toks {
		for _, words := range vocab().places[s.toks[i].text] {
			if s.toks[i].capital || s.toks[i].text == "'" {
				if last, ok := s.follows(i, words); ok {
					for j := i; j <= last; j++ {
						s.toks[j].has |= place
						s.toks[j].taken = true
					}
				}
			}
		}
	}
}

// follows tells whether the tokens from i on are these words.
func (s *scan) follows(i int, words []string) (last int, ok bool) {
	for n, w := range words {
		if s.tok(i+n).text != w {
			return 0, false
		}
	}
	return i + len(words) - 1, true
}

// phrase gives the last token of a row of words with a capital, small words between them
// included: Burgemeester van Walsumweg, Prins Hendrik de Tweede, Jan-Willem.
func (s *scan) phrase(i int) int {
	last := i
	for j := i + 1; j < len(s.toks) && j-last < 5 && j-i < longest; j++ {
		t := s.toks[j]
		if t.line && t.starts {
			return last
		}
		switch {
		case livesIn[t.text] && livesIn[s.toks[j-1].text] && !t.capital:
			return last // “trof Mila aan op Beukenlaan 3”
		case t.kind == word && t.capital && !t.starts, t.kind == word && t.capital && s.toks[j-1].text == ".":
			last = j
		case t.kind == word && (t.has.is(particle) || t.text == "a"), t.text == "-" && !t.space, t.text == "'" && !t.space || t.text == "'" && s.tok(j+1).has.is(particle):
		case t.text == "&":
		case t.text == "." && !t.space && (len(s.toks[j-1].text) == 1 || s.toks[j-1].has.is(strong|abbreviation)) && s.toks[j-1].kind == word:
		default:
			return last
		}
	}
	return last
}

// house marks a phrase that is the name of a house, street or organisation.
func (s *scan) house(i, last int) {
	end := -1
	for j := i; j <= last; j++ {
		t := s.toks[j]
		if t.kind != word || !t.capital {
			continue
		}
		if t.has.is(tail) && !t.has.is(given|surname) && !s.familyName(j) || j > i && t.has.is(houseAfter) && !t.shout && !t.has.is(given|surname) && !lastNameSmall(s.toks[j-1].text) || t.text == "bv" || s.tok(j+1).text == "&" && j < last && !s.bothGiven(j) {
			end = j
			if s.tok(j+1).text == "&" && !s.bothGiven(j) {
				end = last
			}
		}
		if (t.has.is(houseBefore) || houseLike(t.text)) && (!t.has.is(given|surname) || t.has.is(worded) && s.tok(j+1).capital && s.tok(j+1).has.is(particle)) && !s.capitalTitle(j) && j < last && !(t.has.is(role | kin)) && !s.somebodys(j) {
			s.take(j, s.houseEnd(j, last))
		}
	}
	if n := s.tok(last + 1); (n.has.is(houseAfter) && !n.starts && (n.space || s.tok(last).text == "-") && !n.has.is(particle)) && !n.line && s.houseWord(n) || n.text == "-" && !n.space && s.tok(last+2).has.is(houseAfter) {
		end = last
	}
	if end >= 0 {
		s.take(s.behindPerson(i, end), end)
	}
	if s.afterHouse(i) {
		s.take(i, s.houseEnd(i, last))
	}
}

// bothGiven: “Mila & Daan” are two people and no firm.
func (s *scan) bothGiven(j int) bool {
	a, b := s.tok(j), s.tok(j+2)
	return s.tok(j+1).text == "&" && (a.has.is(given) || s.ours(a.text)) && (b.has.is(given) || s.ours(b.text)) && !(s.tok(j+3).capital && !s.tok(j+3).starts)
}

// behindPerson gives where a house begins of which somebody comes: “L. Nijhuis van Trias
// Jeugdhulp”. The person stays one.
func (s *scan) behindPerson(i, end int) int {
	if s.toks[i].has.is(given) && s.tok(i+1).text == "van" && (s.tok(i+2).text == "de" || s.tok(i+2).text == "het") && i+3 <= end && !s.article(i) && !livesIn[s.tok(i-1).text] && streetLike(s.toks[end].text) > 0 {
		return i + 3 // “wie kent Bram van de Bremstraat”
	}
	initial := len(s.toks[i].text) == 1 && s.tok(i+1).text == "."
	if s.tied(i) && s.tok(i+1).text == "van" && (s.tok(i+2).text == "de" || s.tok(i+2).text == "het") && i+3 <= end {
		return i + 3 // “meester Nepnaam van de Verzonnenschool”
	}
	if !initial && !s.toks[i].has.is(given) {
		return i
	}
	for j, last := i+1, false; j < end; j++ {
		t := s.toks[j]
		if last && t.text == "van" && !t.capital && s.tok(j+1).capital {
			return j + 1
		}
		if livesIn[t.text] && !t.capital && s.tok(j-1).capital && (s.tok(j+1).text == "de" || s.tok(j+1).text == "het") {
			return j + 1 // “Bram Nepnaam aan de Verzonnenlaan”
		}
		last = last || t.capital && len(t.text) > 1 && (initial || t.has.is(surname|family) && !t.has.is(given))
	}
	return i
}

// lastNameSmall: small words that stand in last names, not in names of houses.
func lastNameSmall(w string) bool {
	return w == "t" || w == "ter" || w == "ten" || w == "van" || w == "der" || w == "den" || w == "vd"
}

// familyName: a last name that ends as a house does, like Oosterhuis, behind a given name,
// an initial or “mevrouw”. Frankhuis is a house: Frank is a name by itself.
func (s *scan) familyName(j int) bool {
	t := s.toks[j]
	if s.boundBehind(j) && !endsHouse(t.text) {
		return true
	}
	if strings.HasSuffix(t.text, "huis") && !t.has.is(surname) && !s.tied(j-1) && s.tok(j-1).capital && s.tok(j-1).has.is(given) && !s.personLed(j-1) {
		return false // “bij het team van Frederik Nepnaamhuis”
	}
	may := t.has.is(family)
	for _, end := range vocab().tails[t.text[len(t.text)-1]] {
		stem, ok := strings.CutSuffix(t.text, end)
		if ok && (vocab().words[stem].is(given) || (houseTails[end] || wayTails[end] && !vocab().words[stem].is(common)) && vocab().words[stem].is(surname)) && !(s.tok(j-1).has.is(given) && s.personLed(j-1)) && !(end == "hof" && s.tok(j-1).text == "." && len(s.tok(j-2).text) == 1) {
			return false
		}
		may = may || ok && !houseTails[end] && s.tok(j+1).kind != number
	}
	if !may {
		return false
	}
	if n := s.tok(j + 1); n.text == "," && s.tok(j+2).has.is(place) && streetLike(t.text) > 0 && !s.tied(j) {
		return false // “Simon Stevinweg, Elburg”
	}
	p := s.tok(j - 1)
	switch s.tok(j - 2).text {
	case "het", "de", "aan", "t", "op":
		return false
	}
	return p.capital && (p.has.is(given) || s.strange(p)) || (p.text == "." && len(s.tok(j-2).text) == 1 || len(p.text) == 1 && p.capital) || s.tied(j) || offices[p.text] && streetLike(t.text) == 0 || p.text == "|" && s.tok(j-2).has.is(role|kin|strong|label)
}

// boundBehind: “J. van den Nepnaamhof”: den and der behind a given name or an initial.
func (s *scan) boundBehind(j int) bool {
	if w := s.tok(j - 1).text; w != "den" && w != "der" && w != "ten" && w != "ter" {
		return false
	}
	k := j - 1
	for ; k > j-4 && s.tok(k).has.is(particle); k-- {
	}
	p := s.tok(k)
	return p.text == "." && len(s.tok(k-1).text) == 1 && s.tok(k-1).capital || p.capital && p.has.is(given) && !p.has.is(common|place|title|role)
}

// personLed: what stands before a given name leads to a person: “ondertekend door Daan …”.
func (s *scan) personLed(i int) bool {
	p := s.tok(i - 1)
	return p.text == ":" || p.text == "," || beforePerson[p.text] || p.has.is(kin|role|strong|verb)
}

// houseTails end streets and buildings only; other tails end last names as well.
var houseTails = set("weg park straat straatje straatweg penning medaille trofee laan laantje plein pleintje brug tunnel school kade singel gracht school college lyceum ziekenhuis kliniek stadion museum stichting gasthuis tehuis instituut centrum plantsoen boulevard commissie methode wet prijs lezing zaal fonds")

// endsHouse: the word ends as only a street or a building does.
func endsHouse(w string) bool {
	for _, end := range vocab().tails[w[len(w)-1]] {
		if houseTails[end] && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// wayTails end streets that are named after people, and last names of which the first half
// is an everyday word.
var wayTails = set("pad wal hof ring baan")

// houseWord: the small word behind a phrase that makes it a house; everyday ones do not.
func (s *scan) houseWord(t token) bool {
	if t.has.is(common) && !houseTails[t.text] && !namedAfter[t.text] && t.text != "ziekte" {
		return false // “Mila bracht bloemen”
	}
	switch t.text {
	case "zn", "zonen", "begeleiding", "zorg", "groep", "huis", "bouw", "wonen", "bos", "team", "kamp", "plan", "wet", "zaal", "prijs", "ziekte", "noord", "zuid", "oost", "west", "partners", "onderwijs", "welzijn", "weg", "co", "zoon", "test", "mode", "taxi", "transport", "hal", "hof", "installatie", "haven", "jeugdzorg", "jeugdhulp", "thuiszorg", "arrest", "advies":
		return false
	}
	return true
}

// capitalTitle: with a capital only because the sentence begins.
func (s *scan) capitalTitle(j int) bool { return s.toks[j].starts && s.toks[j].has.is(role|kin) }

// somebodys: “Kamer van Mila” is hers, “Stichting van der Bedacht” is called so.
func (s *scan) somebodys(j int) bool {
	n := s.tok(j + 2)
	if t := s.tok(j + 1); t.kind == word && t.text != "van" && weakHouse[s.toks[j].text] && (t.has.is(given) && !t.has.is(place) || s.ours(t.text)) {
		return true // “Kamer Mila is leeg”
	}
	return s.tok(j+1).text == "van" && (s.toks[j].text == "kamer" || s.toks[j].text == "bed" || !n.has.is(particle) && (s.ours(n.text) || n.has.is(given) && !n.has.is(place|common|known)))
}

// houseEndings make a word that comes before the name of a house.
var houseEndings = strings.Fields("therapie praktijk centrum bedrijf kantoor school handel service techniek winkel kliniek stichting bureau instituut fonds")

func houseLike(w string) bool {
	for _, end := range houseEndings {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// houseEnd: up to where the name of the house runs: two names with what ties them.
func (s *scan) houseEnd(i, last int) int {
	names := 0
	for j := i + 1; j <= last; j++ {
		if s.toks[j].capital {
			names++
		}
		if names > 3 {
			return j - 1
		}
	}
	return last
}

func (s *scan) take(i, j int) {
	for k := i; k <= j && k < len(s.toks); k++ {
		s.toks[k].taken = true
	}
}

// weakHouse are words behind which a person stands as well: “kent de gemeente Mila?”, “kamer
// Mila is leeg”.
var weakHouse = set("gemeente kamer bed dienst politie zaal lijn")

// works are what has a title.
var works = set("boek film serie podcast lied liedje musical roman documentaire toneelstuk opera voorstelling rapport artikel gedicht album game spel")

// titles marks what stands in quotes behind such a word.
func (s *scan) titles() {
	for i := range s.toks {
		quote := s.tok(i + 1).text
		if !works[s.toks[i].text] || quote != "'" && quote != "\"" {
			continue
		}
		for j := i + 2; j < len(s.toks) && j-i < longest && !s.toks[j].line; j++ {
			if s.toks[j].text == quote && (s.tok(j+1).space || s.tok(j+1).kind != word) {
				s.take(i+2, j)
				break
			}
		}
	}
}

// afterHouse: a word like stichting or bakkerij stands before it, maybe with an article.
func (s *scan) afterHouse(i int) bool {
	j := i - 1
	for ; j >= 0 && i-j < 4 && (s.toks[j].has.is(particle) && s.toks[j].text != "van" && s.toks[j].text != "in" && s.toks[j].text != "aan" || s.toks[j].text == "'" || s.toks[j].text == "\"" || s.toks[j].text == "-"); j-- {
	}
	t := s.tok(j)
	if t.kind != word || s.toks[j+1].starts || s.toks[j+1].line || j == i-1 && weakHouse[t.text] && (len(s.toks[i].text) == 1 && s.tok(i+1).text == "." || s.toks[i].has.is(given) && !s.toks[i].has.is(place) || s.ours(s.toks[i].text)) {
		return false
	}
	return (t.has.is(houseBefore) || houseLike(t.text)) && !t.has.is(role|kin|strong) || t.text == "st" || t.text == "sint"
}

// eponyms are what is named after who thought of it.
var namedAfter = set("wet syndroom stelling theorie model schaal methode piramide effect test proef paradox driehoek matrix roos regel getal")

// eponyms marks names that are nobody's in a case, and are no name of this case.
func (s *scan) eponyms() {
	public := vocab().public
	for i, t := range s.toks {
		if t.kind != word || !t.capital && !t.has.is(particle) {
			continue
		}
		for _, words := range public[t.text] {
			last, ok := s.follows(i, words)
			if !ok || !t.capital && len(words) > 1 && !s.toks[last].capital || s.tok(last+1).capital && !s.tok(last+1).starts && s.partOfName(s.tok(last+1)) {
				continue
			}
			if !s.ours(words[len(words)-1]) && !s.ours(words[0]) && !s.namesake(i, last, len(words)) {
				s.take(i, last)
			}
		}
	}
}

// namesake: small words and a last name that a firm is known by are somebody's behind a given name
// or initials, or with initials behind: “Bram van Oord”.
func (s *scan) namesake(i, last, words int) bool {
	if words > 3 || words < 2 || !s.toks[i].has.is(particle) {
		return false
	}
	if _, ok := s.initialsBehind(last); ok {
		return true
	}
	p := s.tok(i - 1)
	return p.capital && !s.toks[i].starts && p.has.is(given) || s.tied(i) || p.text == "." && len(s.tok(i-2).text) == 1 && s.tok(i-2).capital || s.initialsBare(i-1) || s.tok(i-1).shout && len(s.tok(i-1).text) < 4 && s.tok(i-1).has == 0
}

// firms marks names that a legal form, sons or a law make something else: “Jansen B.V.”,
// “De Vries en Zonen”, “de wet van Jansen”.
func (s *scan) firms() {
	for i := range s.toks {
		if k := s.toks[i].kind; k == number || k == sign && s.toks[i].text != "&" {
			continue
		}
		t, n, m := s.toks[i], s.tok(i+1), s.tok(i+2)
		switch {
		case len(t.text) == 1 && t.capital && n.text == "." && len(m.text) == 1 && m.capital && s.tok(i+3).text == "." && legalForm[t.text+m.text]:
			if p := s.tok(i - 1); p.kind == word && p.capital && !p.has.is(strong|role) {
				s.take(i, i+3) // no initials: “Nepnaam Bouw B.V. A. Nepnaam”
			}
			s.takeBack(i - 1)
		case (t.text == "en" || t.text == "&") && kinOfFirm[n.text]:
			s.takeBack(i - 1)
		case namedAfter[t.text] && n.text == "van" && m.kind == word && !t.starts:
			if first := s.skipSmall(i + 2); s.tok(first).capital && !s.ours(s.tok(first).text) {
				s.take(i+2, first)
			}
		}
	}
}

var (
	legalForm = set("bv nv cv")
	kinOfFirm = set("zn zonen zoon dochters co partners compagnons")
)

// takeBack marks the words with a capital before token i, with the small words between them.
func (s *scan) takeBack(i int) {
	for most := i - 5; i > most && i >= 0 && s.toks[i].kind == word && (s.toks[i].capital || s.toks[i].has.is(particle)) && !s.toks[i].has.is(strong); i-- {
		s.toks[i].taken = true
		if s.toks[i].line {
			return
		}
	}
}
