// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// tiedName reads a name behind a word that is followed by one.
func (s *scan) tiedName(i int) (last int, ok bool) {
	t := s.toks[i]
	if !t.has.is(strong|kin|role|greeting) || t.taken && t.capital && !t.starts && !t.has.is(strong) {
		return 0, false
	}
	from := s.afterTie(i)
	if from < 0 || s.used[i] {
		return 0, false
	}
	if p := s.tok(i - 1).text; (p == "het" || (p == "de" || s.tok(i-1).has.is(houseBefore)) && (styles[t.text] || offices[t.text])) && t.has.is(strong) && t.capital {
		last := s.surnameEnd(s.skipSmall(from)) // “het Dr. Leo Nepnaamhuis”, “de Ds. Nepnaamskoalle”
		s.take(i, last)
		return last, true
	}
	first := s.skipSmall(from)
	n := s.tok(first)
	if m := s.tok(first + 1); n.taken && m.capital && m.has.is(houseAfter) && !m.has.is(given|surname) {
		return 0, false // “het Dr. Nassau College”
	}
	if m := s.tok(first + 1); m.taken && m.capital && m.has.is(tail) && !s.familyName(first+1) {
		return 0, false // “de Dr. Albert Nepnaamschool”
	}
	if n.kind != word || len(n.text) == 1 && s.tok(first+1).text != "." || first-from > 3 || n.taken && !t.has.is(strong) {
		return 0, false
	}
	if len(n.text) == 1 && n.capital && s.tok(first+1).text == "." {
		return s.tiedInitial(from, first)
	}
	if first > from && !t.has.is(strong) && s.whereabouts(t, s.tok(from), n) && !s.bound(from, first) {
		return 0, false
	}
	if !n.capital {
		return s.tiedSmall(i, from, first)
	}
	if s.field(i, first) {
		return 0, false
	}
	if s.said(i, first) && !n.has.is(given|surname) {
		return 0, false
	}
	if !s.namable(n, t) && !s.wordAsName(first) && !(first > from && n.has.is(place|surname) && !n.starts) && !(s.tok(from-1).text == ":" && !n.starts && !n.has.is(known|place|houseBefore|houseAfter|title|common|role) && !s.said(i, first)) || n.taken && s.houseTaken(first) {
		return 0, false
	}
	if s.tok(from-1).text == ":" {
		if last, ok := s.turned(first); ok {
			return last, true // “Naam: Nepnaam, Mila”
		}
	}
	if end := s.surnameEnd(first); s.ofRegulation(end) {
		return end, false // “de Tante Agaath-regeling”
	}
	return s.nameFrom(from, first), true
}

// field: a line of nothing but a function and one word, below somebody's name, tells what the
// function is about: “adviseur Klachten”.
func (s *scan) field(i, first int) bool {
	t, n := s.toks[i], s.toks[first]
	return i > 0 && t.line && first == i+1 && t.has.is(role) && !n.has.is(given|surname) && s.endsLine(first) && s.tok(i-1).kind == word && s.tok(i-1).capital && !oneBlank(s.f.low[s.toks[i-1].to:t.from])
}

// endsLine: nothing follows token i on its line.
func (s *scan) endsLine(i int) bool { n := s.tok(i + 1); return n.kind == 0 || n.line }

// oneBlank: an empty line stands between two tokens.
func oneBlank(gap string) bool { return strings.Count(gap, "\n") > 1 }

// styles are what stands before a name without an article, unless it is the name of a house.
var styles = set("dr prof ds drs mr ir ing pastoor")

// ofRegulation: a hyphen and a small word behind a name make it the name of something else.
func (s *scan) ofRegulation(end int) bool {
	n := s.tok(end + 2)
	return s.tok(end+1).text == "-" && s.glued(end+1) && s.glued(end+2) && n.kind == word && !n.capital && len(n.text) > 3 && !n.has.is(particle|given|surname)
}

// whereabouts: “een meisje in Ommen”, “de jongen uit Kampen”, “bewoners van Zwolle” say where
// somebody is or comes from. Behind mevrouw and the like the same words begin a last name.
func (s *scan) whereabouts(tie, small, n token) bool {
	switch small.text {
	case "te":
		return !small.capital && (n.has.is(place) || !n.capital)
	case "in", "uit", "op", "aan":
		return !small.capital
	case "van", "de", "den", "het":
		if small.text == "van" && !small.capital && livesThere[tie.text] && !n.has.is(given|surname) && s.strange(n) {
			return true
		}
		return n.has.is(place|known) && !n.has.is(given|surname)
	}
	return false
}

// livesThere are people of a place more often than people called Van.
var livesThere = set("bewoner bewoonster inwoner inwoonster bewoners inwoners leerling leerlinge leerlingen")

// houseTaken: the word is of a house or place even behind such a word: “de heer Janstraat”.
func (s *scan) houseTaken(i int) bool { return s.toks[i].has.is(tail|place) || s.afterHouse(i) }

// namable: a word with a capital that can be a name behind a tie. After mevrouw and the
// like almost anything can.
func (s *scan) namable(n, tie token) bool {
	if n.has.is(title) && !n.has.is(given|surname) || n.starts && !tie.has.is(greeting) && !s.cell(n) {
		return false
	}
	if n.has.is(given) || n.has.is(surname) && !n.has.is(known) {
		return true
	}
	if tie.has.is(strong) || tie.has.is(greeting) && !n.has.is(common) {
		return !n.has.is(known|role|kin) || n.has.is(family) || n.has.is(surname) && addressed[tie.text]
	}
	if n.has.is(everyday) && !n.has.is(known|place|houseBefore|houseAfter|housePart|tail|common|role|kin) && vocab().letters.of(n.text) > 20 {
		return s.plainly(n) // it ends as everyday words do, and is none: Cruyningen
	}
	if n.has.is(known|place|houseBefore|houseAfter|housePart|tail|common|everyday|role|kin) && !(n.has.is(family) && !n.has.is(common|known|place)) {
		return false
	}
	return s.plainly(n)
}

// said: the tie is who speaks in a transcript, and the word begins what is said: “melder:
// Verschrikkelijk gewoon”.
func (s *scan) said(i, first int) bool {
	n := s.tok(first + 1)
	return s.toks[i].starts && s.tok(first-1).text == ":" && (n.kind == word && !n.capital && !n.line && !n.has.is(particle) || n.text == "," && !s.tok(first+2).capital)
}

// wordAsName: an everyday word with a capital behind a role, inside a sentence, is a last name
// when it has the shape of a verb, or when a verb follows: “huisarts Bedacht schreef”.
func (s *scan) wordAsName(i int) bool {
	n := s.tok(i)
	if p := s.tok(i - 2); (p.text == "de" || p.text == "het" || p.text == "een" || p.text == "onze") && !n.has.is(surname|given) && !bent(n.text) {
		return false // “de teamleider Toegang kijkt ernaar”
	}
	return n.capital && !n.shout && !n.starts && s.tok(i-1).text != ":" && len(n.text) > 2 && !portfolios[n.text] && n.has.is(common) && !n.has.is(known|place|title|role|kin|label|houseBefore|houseAfter|strong) && (bent(n.text) || s.tok(i+1).has.is(verb) && !s.tok(i+1).starts)
}

// plainly: nothing of the word says that it is an abbreviation or a word of this case.
func (s *scan) plainly(n token) bool {
	return !(n.shout && len(n.text) < 6) && !s.own.common[n.text]
}

// cell: the word begins a cell of a table.
func (s *scan) cell(n token) bool {
	for i := n.from - 1; i >= 0; i-- {
		if c := s.f.low[i]; c != ' ' {
			return c == '|'
		}
	}
	return false
}

// afterTie gives the first token of what may be a name: behind a full stop or colon, or
// “van” after a relative, or “heet”.
func (s *scan) afterTie(i int) int {
	t := s.toks[i]
	j := i + 1
	for j-i < 4 && (s.tok(j).text == "." && t.has.is(abbreviation) || s.tok(j).text == ":" && t.has.is(label|strong|role) || s.tok(j).text == "\"" || s.tok(j).text == "'" && s.tok(j+1).capital) {
		j++
	}
	n := s.tok(j)
	switch {
	case t.has.is(greeting) && !t.has.is(strong|kin|role):
		if m := s.tok(j + 1); n.text == "," && s.signs(m, j+2) {
			return j + 1
		} else if (n.line || n.has.is(given) || s.strange(n) && s.endsLine(j)) && s.signs(n, j+1) {
			return j
		}
		return -1
	case n.text == "|" && !n.line && s.tok(i-1).text == "|" && s.tok(j+1).capital && s.strange(s.tok(j+1)) || n.text == "|" && s.tok(i-1).text == "|" && (s.tok(j+1).has.is(surname|given) || s.tok(j+1).has.is(particle) && s.tok(j+2).capital):
		return j + 1
	case n.text == "," && t.has.is(kin|role) && s.tok(j+1).capital && !s.tok(j+1).starts:
		return j + 1
	case n.text == "(" && t.has.is(kin|role) && s.tok(j+1).capital && s.closes(j+2):
		return j + 1 // “vader (Daan)”
	case t.has.is(kin) && (n.text == "van" || n.text == "genaamd" || n.text == "heet" || n.text == "heette"):
		return j + 1
	case t.has.is(role) && (n.text == "genaamd" || n.text == "heet"):
		return j + 1
	case n.has.is(strong) && t.has.is(role|kin|strong):
		return -1 // “huisarts mevrouw Jansen” is read from mevrouw
	case n.line && n.starts && s.tok(j-1).text != ":" || n.kind == 0:
		return -1
	}
	return j
}

// closes: at token j, or behind one more word of a name, the brackets end or a comma stands.
func (s *scan) closes(j int) bool {
	for most := j + 4; j < most; j++ {
		switch t := s.tok(j); {
		case t.text == ")" || t.text == ",":
			return true
		case t.kind != word || !t.capital && !t.has.is(particle):
			return false
		}
	}
	return false
}

// signs: the word can be the name under a message. An everyday word is one when it is a
// given name as well and nothing follows on its line.
func (s *scan) signs(t token, next int) bool {
	if !t.capital || t.has.is(known|role|kin|strong) {
		return false
	}
	return !t.has.is(common) || t.has.is(given) && (s.tok(next).kind != word || s.tok(next).line)
}

// tiedInitial: “mevrouw A. de Vries”, “cliënt M.”.
func (s *scan) tiedInitial(from, first int) (last int, ok bool) {
	if last, ok := s.initialsName(first); ok {
		return last, true
	}
	j := first + 1
	for j-first < longest && s.tok(j+1).kind == word && len(s.tok(j+1).text) == 1 && s.tok(j+1).capital && s.tok(j+2).text == "." {
		j += 2
	}
	s.add(from, j, Name, 50, initialWhy)
	return j, true
}

// tiedSmall: a name without its capital behind a tie: “mevrouw jansen”, “broertje daan”.
func (s *scan) tiedSmall(i, from, first int) (last int, ok bool) {
	n, t := s.tok(first), s.toks[i]
	if from != first && !t.has.is(strong) && first-from > 2 || n.space == false {
		return 0, false
	}
	small := n.has.is(given|surname) && !n.has.is(common|doubtful|particle|verb|place|title|role|kin)
	if t.has.is(role) && first > from && s.tok(from).text == "van" && n.has.is(surname) && !n.has.is(common) && s.tok(first+1).has.is(verb) || s.bound(from, first) && first-from > 1 || first > from && addressed[t.text] && s.tok(from).text == "van" && n.has.is(place) {
		s.add(from, first, Name, 45, personWhy)
		return first, true // “wijkagent van den berg”, “mevr van dongen”
	}
	if addressed[t.text] {
		small = small || n.has.is(surname) && !n.has.is(particle|verb|title) || len(n.text) > 4 && traits(n.text, true).is(family) && !n.has.is(common|verb)
	}
	unheard := t.has.is(strong) && addressed[t.text] && s.unheard(n)
	if !small && !unheard {
		return 0, false
	}
	last = first
	if m := s.skipSmall(first + 1); (s.tok(m).has.is(surname|given) && !s.tok(m).has.is(common|verb) || addressed[t.text] && s.unheard(s.tok(m))) && m-first < 4 && s.tok(m).space && !s.tok(m).line {
		last = m
	}
	s.add(from, last, Name, 45, personWhy)
	return last, true
}

// addressed are words before a last name that hardly stand without one.
var addressed = set("mevrouw mevr mw dhr meneer fam familie heer")

// unheard: a small word that no list holds and that is built as no everyday word or verb is.
func (s *scan) unheard(n token) bool {
	return n.kind == word && n.has == 0 && !n.capital && len(n.text) > 3 && !bent(n.text) && !shape(n.text).is(everyday|housePart|tail) && n.text[len(n.text)-1] != 't' && vocab().letters.of(n.text) > 0
}
