// SPDX-License-Identifier: EUPL-1.2

package guard

// Persons whom the case does not know are found by three kinds of signs, of which one may
// be enough: a given name from the list, the shape of a last name, and the words around
// it: “mevrouw”, “broertje”, “heet”.

var (
	personWhy  = Reason{"een naam van een persoon", "the name of a person"}
	initialWhy = Reason{"de voorletter van een persoon", "the initial of a person"}
)

// persons looks for names that the case does not know.
func (s *scan) persons() {
	for i := 0; i < len(s.toks); i++ {
		t := s.toks[i]
		if t.text == ":" {
			s.labelledRow(i)
		}
		if t.kind != word {
			continue
		}
		if last, ok := s.tiedName(i); ok {
			i = last
			continue
		}
		if t.taken {
			continue
		}
		if last, ok := s.initialsName(i); ok {
			i = last
			continue
		}
		if last, ok := s.bareInitial(i); ok {
			i = last
			continue
		}
		if t.capital {
			if last, ok := s.laidOut(i); ok {
				i = last
			} else if last, ok := s.capitalName(i); ok {
				i = last
			}
		} else if last, ok := s.smallName(i); ok {
			i = last
		} else if last, ok := s.smallInPlace(i); ok {
			i = last
		} else if last, ok := s.smallPair(i); ok {
			i = last
		}
	}
}

// skipSmall steps over the small words of a last name.
func (s *scan) skipSmall(j int) int {
	if s.tok(j).text == "d" && s.tok(j+1).text == "'" {
		j++
	}
	for k := 0; k < 5 && (s.tok(j).has.is(particle) && s.tok(j).kind == word && s.tok(j+1).kind != 0 && !(s.tok(j).capital && s.tok(j).has.is(given) && !s.tok(j).has.is(surname)) || s.tok(j).text == "'" || (s.tok(j).text == "." || s.tok(j).text == "-" && !s.tok(j).space) && s.tok(j-1).has.is(particle)); k++ {
		j++
	}
	return j
}

// doubleInitial are the initials of two letters.
var doubleInitial = set("th ch ij tj sj ph fr")

// initialsName: “A. de Vries”, “J.P. van Dam”.
func (s *scan) initialsName(i int) (last int, ok bool) {
	t := s.toks[i]
	if len(t.text) == 1 && t.capital && s.tok(i+1).text == "." && s.tok(i+2).text == "(" && s.tok(i+3).kind == number && len(s.tok(i+3).text) < 3 && s.tok(i+4).text == ")" {
		s.add(i, i+1, Name, 48, initialWhy) // “J. (15)”
		return i + 1, true
	}
	if len(t.text) > 2 || !t.capital || s.tok(i+1).text != "." || len(t.text) == 2 && !doubleInitial[t.text] {
		return 0, false
	}
	j, letters := i, 0
	for s.tok(j).kind == word && len(s.tok(j).text) <= 2 && s.tok(j).capital && s.tok(j+1).text == "." && s.glued(j+1) && letters < 6 {
		j, letters = j+2, letters+1
	}
	small := s.skipSmall(j)
	n := s.tok(small)
	if n.kind != word || !n.capital || len(n.text) < 2 || n.taken && !n.has.is(surname) && !(s.bound(j, small) && !endsHouse(n.text)) || n.has.is(known) && !n.has.is(surname|family) || s.tok(j).line {
		return 0, false
	}
	if n.has.is(common) && !n.has.is(surname|given) && letters < 2 && small == j && n.space && !s.listedName(i, small) || s.toks[i].starts && s.tok(small).has.is(houseBefore) && !n.has.is(surname) || n.shout && len(n.text) < 4 {
		return 0, false
	}
	last = s.surnameEnd(small)
	if after := s.tok(last + 1); s.toks[i].starts && letters == 1 && last == j && n.has.is(common|worded) && after.kind == word && !after.capital && !after.line && !after.has.is(verb|particle) && after.text != "en" {
		return 0, false // “A. Witte bestelbus”
	}
	if s.toks[i].starts && letters == 1 && small == j && !n.has.is(surname|family|given) && n.space && !(s.endsLine(last) && s.strange(n)) && !s.acts(last) && !s.listedName(i, last) {
		return 0, false // “A. Verplichte melding” counts points
	}
	s.add(i, last, Name, 48, personWhy)
	return last, true
}

// nameFrom notes a name that begins at from, whose first big word is first, and gives its end.
func (s *scan) nameFrom(from, first int) int {
	last := s.surnameEnd(first)
	if behind, ok := s.initialsBehind(last); ok {
		last = behind
	}
	s.add(from, last, Name, 47, personWhy)
	return last
}

// longest is how many tokens a name may have; it keeps the reading of any text linear.
const longest = 16

// surnameEnd reads on: hyphens, second names, small words with a last name behind them.
func (s *scan) surnameEnd(first int) int {
	last := first
	for j := first + 1; j < len(s.toks) && j-last < 5 && j-first < longest; {
		t := s.toks[j]
		if t.line && t.starts {
			return last
		}
		if (t.text == "-" || t.text == "'") && !t.space && s.tok(j+1).kind == word && !s.tok(j+1).space && (s.tok(j+1).capital || t.text == "-" && s.tok(j+1).has.is(particle)) {
			j++
			continue
		}
		if t.kind == word && len(t.text) == 1 && t.capital && s.tok(j+1).text == "." && s.glued(j+1) {
			if n := s.tok(s.skipSmall(j + 2)); n.capital && !n.starts && s.partOfName(n) {
				j += 2
				continue
			}
			return j + 1 // “Mila V.”
		}
		small := s.skipSmall(j)
		n := s.tok(small)
		if small == j+1 && n.has.is(place) && livesIn[s.tok(j).text] && !s.tok(j).capital || small > j && n.has.is(given) && !n.has.is(doubtful|surname|family) && !s.bound(j, small) {
			return last // “Mila in Hasselt”, “Quote van Mila”
		}
		if n.kind != word || !n.capital || n.starts || n.line && small == j || !s.partOfName(n) && !s.behindGiven(first, small) && !s.fromPlace(first, j, small) && !s.bound(j, small) || s.nextIsHouse(small) && !s.bound(j, small) {
			return last
		}
		last, j = small, small+1
	}
	return last
}

// behindGiven: right behind a given name also a place or a building is a last name, when nothing
// longer follows: “Max Sluis”.
func (s *scan) behindGiven(first, i int) bool {
	n, after := s.tok(i), s.tok(i+1)
	if small := s.tok(i - 1); i == first+2 && small.text == "van" && !small.capital && s.toks[first].has.is(given) && n.has.is(houseAfter) && !n.has.is(houseBefore|known|title) && !n.shout {
		return !(after.kind == word && after.capital && !after.starts)
	}
	return i == first+1 && n.space && !n.line && s.toks[first].has.is(given) && !s.toks[first].has.is(place|known|title|role|kin) && !s.toks[first].taken &&
		(n.has.is(place|houseBefore) && !n.has.is(houseAfter|known) || n.has.is(known) && n.has.is(surname)) && !n.has.is(title|role|kin|tail) && !n.taken && !n.shout && len(n.text) > 2 &&
		!(after.kind == word && after.capital && !after.starts) && after.text != "-" && after.kind != number
}

// livesIn are small words of last names that say where somebody is as well.
var livesIn = set("in op uit aan te")

// bound: small words that only stand in last names: ter Haar, van 't Klooster, van der Weg.
func (s *scan) bound(j, small int) bool {
	w := s.tok(small - 1).text
	return small > j && (w == "ter" || w == "ten" || w == "t" || w == "der" || w == "den") && s.tok(small).kind == word && len(s.tok(small).text) > 1
}

// fromPlace: last names are made of places and waters: Joris van Dongen, Anna de Maas. But
// “mevrouw Jansen van Utrecht” lives there.
func (s *scan) fromPlace(first, j, small int) bool {
	n := s.toks[small]
	return small > j && n.has.is(place|known) && s.tok(j).text != "in" && s.tok(j).text != "op" && s.tok(j).text != "te" && s.tok(j).text != "uit" && s.tok(j).text != "aan" && (s.toks[first].has.is(given) || s.strange(s.toks[first]) && vocab().letters.of(s.toks[first].text) > 40) && !s.toks[first].has.is(place|known)
}

func (s *scan) nextIsHouse(i int) bool { return s.tok(i).taken && !s.tok(i).has.is(surname|given) }

// partOfName: a further word of a name.
func (s *scan) partOfName(n token) bool {
	switch {
	case n.has.is(given | surname):
		return !n.has.is(known) || n.has.is(family)
	case n.has.is(known | place | title | houseBefore | houseAfter):
		return false
	case n.has.is(role | kin | strong | label):
		return false
	case n.has.is(everyday):
		return n.has.is(family) || !n.has.is(housePart)
	}
	return !s.own.common[n.text] && !(n.shout && len(n.text) < 4)
}

// withPerson are words behind which a word with a capital is a person, even when it is an
// everyday word too: “gesprek met Winter”.
var withPerson = set("met volgens aldus namens tegen")

// doubtfulEntry: a given name that is a word too, at the start of a line: “Roos: nee”,
// “Mo K. belde”, “Hoop z'n fiets”.
func (s *scan) doubtfulEntry(i, end int) bool {
	n := s.tok(i + 1)
	switch n.text {
	case ":":
		if m := s.tok(i + 2); m.capital && !answers[m.text] || m.line {
			return false // “Ernst: Hoog”
		}
		return monthOf[s.toks[i].text] == 0 && (!s.toks[i].has.is(common) || s.toks[i].has.is(doubtful)) && (s.toks[i].line || i == 0 || s.tok(i-1).kind == sign)
	case "z":
		return s.tok(i+2).text == "'"
	case "zn", "dr":
		return s.tok(i + 2).has.is(kin)
	}
	return end == i+2 && len(n.text) == 1 && n.capital && s.tok(end).text == "." && s.tok(end+1).has.is(verb)
}

// Verbs of what only people do, even if an organisation may be said to.
var speaking = set("zei vertelde vertelt belde mailde appte vindt vond huilde huilt liep loopt zat sliep slaapt schrok sloeg schreeuwde lachte rende trilde bloedde viel struikelde weigerde overleed")

func (s *scan) speaks(i int) bool { return speaking[s.tok(i).text] }

// acts: what follows a name at the start of a sentence tells that somebody does something.
func (s *scan) acts(end int) bool {
	n := s.tok(end + 1)
	if n.text == "licht" {
		return s.lightsUp(end + 1)
	}
	return n.has.is(verb) || (n.text == "en" || n.text == ",") && (s.tok(end+2).has.is(kin|role|verb) || s.tok(end+2).text == "haar" || s.tok(end+2).text == "zijn")
}

// lightsUp: “licht … toe” is what somebody does, “licht” by itself is light.
func (s *scan) lightsUp(i int) bool {
	for j := i + 1; j < i+16 && j < len(s.toks) && !s.toks[j].starts; j++ {
		if t := s.toks[j].text; t == "toe" || t == "in" && !s.tok(j+1).capital {
			return true
		}
	}
	return false
}

// shoutOnly: an abbreviation, or a text that is all capitals in which nothing tells.
func (s *scan) shoutOnly(i int) bool {
	t := s.toks[i]
	return t.shout && len(t.text) < 4 && !(t.has.is(given) && !t.has.is(doubtful) && s.tok(i+1).shout)
}

// placeBefore: “in Den Ham”, “rond De Meent”: small words with a capital also begin places.
func (s *scan) placeBefore(from int) bool {
	if !s.toks[from].has.is(particle) || !s.toks[from].capital {
		return false
	}
	switch s.tok(from - 1).text {
	case "in", "te", "rond", "naar", "uit", "nabij", "vanuit", "omgeving", "richting":
		return true
	}
	return false
}

// article: “de Roos”, “het Anker”, “een Jansen”.
func (s *scan) article(i int) bool {
	switch s.tok(i - 1).text {
	case "het", "een", "deze", "dit", "die", "dat", "elke", "onze":
		return true
	case "de", "den", "der":
		return !s.smallBefore(i)
	}
	return false
}

// smallBefore: the small words before a last name are part of it: van der, De with a
// capital, or de behind a word like volgens.
func (s *scan) smallBefore(i int) bool {
	p, pp := s.tok(i-1), s.tok(i-2)
	if p.text == "het" && pp.text == "van" && !pp.capital && !s.tok(i-3).capital {
		return false // “ouders van het Canisius”
	}
	return p.has.is(particle) && (pp.has.is(particle) && pp.text != "in" && pp.text != "op" && pp.text != "aan" && pp.text != "uit" || p.capital && !p.starts)
}

func (s *scan) withSmall(i int) int {
	if !s.smallBefore(i) {
		return i
	}
	from := i
	for k := 0; k < 3 && s.tok(from-1).has.is(particle) && s.tok(from-1).kind == word; k++ {
		from--
	}
	for from < i && (s.toks[from].text == "in" || s.toks[from].text == "op" || s.toks[from].text == "aan" || s.toks[from].text == "uit") {
		from++
	}
	return from
}

// hasSurname: somewhere behind the first word stands what is a last name, or a word that no
// list knows.
func (s *scan) hasSurname(i, end int) bool {
	for j := i + 1; j <= end; j++ {
		t := s.toks[j]
		if t.kind == word && t.capital && (t.has.is(surname|family|given) || s.strange(t)) {
			return true
		}
	}
	return false
}

// strongSurname: a last name from the list, its shape, or small words that only names have.
func (s *scan) strongSurname(i, end int) bool {
	for j := i + 1; j <= end; j++ {
		t := s.toks[j]
		if t.kind == word && t.capital && (t.has.is(surname) || t.has.is(family) && !t.has.is(housePart|everyday)) {
			return true
		}
		switch t.text {
		case "der", "den", "el", "al", "ben", "bin", "ait", "ter", "ten", "'", "du", "ould":
			return true
		}
	}
	return false
}

// strange: a word with a capital that no list knows and that is not built as everyday words
// are.
func (s *scan) strange(t token) bool {
	return t.kind == word && len(t.text) > 2 && !t.shout && !t.taken && !t.has.is(common|known|place|title|houseBefore|houseAfter|housePart|everyday|tail|role|kin|label|sick|strong|verb) && monthOf[t.text] == 0 && !s.own.common[t.text]
}

// lookLikeNames: the words that no list knows look like names, taken together.
func (s *scan) lookLikeNames(i, end int, amid bool) bool {
	sum := 0
	if amid {
		sum = 140
	}
	for j := i; j <= end; j++ {
		if t := s.toks[j]; t.kind == word && t.capital && len(t.text) > 2 {
			sum += vocab().letters.of(t.text)
		}
	}
	return sum > 0
}

// amidPeople: what stands before or behind words inside a sentence goes with a person.
func (s *scan) amidPeople(i, end int) bool {
	p, n := s.tok(i-1), s.tok(end+1)
	if s.toks[i].starts {
		return n.has.is(verb) && !n.line && !n.capital || n.text == "(" && (s.roleBehind(end) || serves[s.tok(end+2).text])
	}
	if p.text == ":" && !s.aboutPeople(i-1) {
		return false
	}
	return p.text == ":" || !s.article(i) && (beforePerson[p.text] || reaches[n.text] || fetches[n.text] || n.has.is(verb) && !n.starts && !beforePlace[p.text])
}

// situated: “te Loon”, “uit Bosch”: a last name that is a place as well.
func (s *scan) situated(i int) bool {
	p := s.tok(i - 1)
	return (p.text == "te" || p.text == "in" || p.text == "uit") && !p.capital
}

func (s *scan) allStrange(i, end int) bool {
	for j := i; j <= end; j++ {
		t := s.toks[j]
		if odd := j > i && t.has.is(everyday) && t.has&^(everyday|family) == 0 && !t.shout; t.kind == word && t.capital && !s.strange(t) && !t.has.is(given|surname) && !odd {
			return false
		}
	}
	return true
}

// namesIn lists the names of persons in a text that somebody wrote in confidence.
func namesIn(text string, common map[string]bool) []string {
	f := fold(text)
	s := &scan{f: f, toks: split(f), own: &own{common: common}}
	s.used = make([]bool, len(s.toks)+1)
	s.institutions()
	s.persons()
	var out []string
	for _, h := range s.settle(nil) {
		out = append(out, text[f.bytes[f.pos[h.from]]:f.bytes[int(f.pos[h.to-1])+1]])
	}
	return out
}
