// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// A word with a capital is somebody, something or the start of a sentence. The lists, the shape
// of the word and its neighbours decide together.

// capitalName reads a name that begins with a word with a capital, without a tie before it.
func (s *scan) capitalName(i int) (last int, ok bool) {
	t := s.toks[i]
	if s.otherwise(i) {
		return 0, false
	}
	end := s.surnameEnd(i)
	if s.ofRegulation(end) {
		return end, false // “de motie over de Ploeg-norm”
	}
	if p := s.tok(i - 1).text; end > i && (t.has.is(given) && p == "de" || p == "het") && !s.tok(i-1).capital && s.hasSurname(i, end) {
		s.take(i, end) // “het Piter Jelles”: a school or a street
		return 0, false
	}
	more := end > i && s.hasSurname(i, end)
	ok, told := s.byGiven(i, end, more)
	switch {
	case s.shoutOnly(i):
		return 0, false
	case end == i && (s.tok(i-1).text == ":" || s.tok(i-1).text == "'" || s.tok(i-1).kind == number || t.starts) && t.has.is(common|doubtful|worded) && !t.has.is(place) && s.wordBehind(i):
		return 0, false // “Antwoord: Roos en tulp …”
	case !told:
		end, ok = s.byShape(i, end, more)
	}
	if s.tok(i-1).has.is(particle) && !ok && t.has.is(surname) && !t.has.is(known|place) && !t.starts && s.smallBefore(i) {
		ok = true
	}
	ok = ok || s.bareName(i, end) || s.officer(i) || s.headed(i, end)
	if t := s.tok(i - 2); ok && (s.tok(i-1).text == "en" || s.tok(i-1).text == "&") && t.taken && t.capital {
		return 0, false // “Bakkerij Jansen en Smit”
	}
	if !t.has.is(given) && s.firmName(i, end) {
		return 0, false
	}
	if !ok || s.tok(end).taken && !t.has.is(given) {
		return 0, false
	}
	if !t.has.is(given) && s.placeBefore(s.withSmall(i)) {
		return 0, false
	}
	from := i
	if !t.has.is(given) || t.has.is(surname) && end == i {
		from = s.withSmall(i)
	}
	s.add(from, end, Name, 40, personWhy)
	return end, true
}

// byShape decides about a word that no list of given names does: its shape, the lists of last names
// and what stands beside it. It gives the end of the name as well.
func (s *scan) byShape(i, end int, more bool) (last int, ok bool) {
	t := s.toks[i]
	switch {
	case t.has.is(surname) && !t.has.is(common|place|known), t.has.is(family) && !t.has.is(common|place|housePart|tail|known):
		ok = !t.starts && !s.article(i) && !s.situated(i) && (t.has.is(surname) || (end > i || s.acts(end)) && !s.titled(i)) || t.starts && (end > i && more || s.entry(i, end))
	case t.has.is(kin|role) && s.tok(i+1).text == "/":
	case s.twoWords(i):
		end, ok = s.surnameEnd(i+1), true
	case s.tok(i+1).has.is(kin) && !s.tok(i+1).line && !t.starts && (!t.has.is(common) || t.has.is(surname)) && strings.HasSuffix(t.text, "s") && len(t.text) > 4 && !s.article(i) && !t.has.is(known|place|houseBefore|title):
		ok = true // “dat Zomers moeder …”
	case s.possessed(i):
		ok = true // “Roos' moeder”
	case s.strange(t) && s.tok(i+1).text == "'" && s.glued(i+1) && s.tok(i+2).text == "s" && s.glued(i+2) && !s.article(i) && vocab().letters.of(t.text) > -10:
		ok = true // “Nepnaama's vraag”
	case t.has.is(surname) && t.has.is(common) && !t.has.is(place|known|houseBefore|particle|strong):
		ok = !t.starts && (withPerson[s.tok(i-1).text] || s.tok(i-1).text == "van" && s.tok(i-2).has.is(whose)) && !(s.tok(end+1).capital && !s.tok(end+1).starts) || s.bareTrade(i, end)
	case s.strange(t) && t.starts && end == i && s.tok(i+1).text == "(" && s.roleBehind(i) && !bent(t.text) && vocab().letters.of(t.text) > -10:
		ok = true // “- Nepnaam (moeder)”
	case s.strange(t) && t.starts && end == i && s.ofSomewhere(i) && vocab().letters.of(t.text) > 30:
		ok = true
	case s.strange(t) && end > i:
		ok = more && s.strongSurname(i, end) || s.allStrange(i, end) && s.lookLikeNames(i, end, s.amidPeople(i, end)) && (!t.starts || s.tok(end+1).kind == word && !s.tok(end+1).capital || s.roleBehind(end) || s.endsLine(end) || s.tok(end+1).text == "(")
	case s.strange(t) && !t.starts && len(t.text) > 3:
		ok = s.tok(i-1).text == "van" && s.tok(i-2).has.is(whose) || s.speaks(i+1)
	}
	return end, ok
}

// otherwise: the word is no name here: a month beside a number, an organisation, a school.
func (s *scan) otherwise(i int) bool {
	t := s.toks[i]
	if s.tok(i-1).text == "de" && t.has.is(given) && s.tok(i+1).text == "van" && s.tok(s.skipSmall(i+1)).capital && endsHouse(s.tok(s.skipSmall(i+1)).text) {
		return true // “aan de Vincent van Nepnaamlaan”
	}
	if s.own.common[t.text] && !t.has.is(given) || t.has.is(known) && !t.has.is(given) || t.has.is(title) && !t.has.is(given) {
		return true
	}
	if (monthOf[t.text] > 0 || t.has.is(abbreviation)) && (s.tok(i-1).kind == number || s.tok(i+1).kind == number || s.tok(i+1).text == "." && s.tok(i+2).kind == number) {
		return true
	}
	if p := s.tok(i - 1); p.text == "het" && !p.capital && !s.smallBefore(i) {
		s.take(i, s.surnameEnd(i)) // nobody is called so: a school, a fund
		return true
	}
	return false
}

// sender: who writes in a chat: “17:26 Nova: …”, “Nova (17:26): …”.
func (s *scan) sender(i, end int) bool {
	t, n := s.toks[i], s.tok(end+1)
	if t.has.is(role|kin|label) || monthOf[t.text] > 0 {
		return false
	}
	if n.text == "(" && (t.line || i == 0) {
		return s.tok(end+2).kind == number && s.tok(end+3).text == ":" && s.tok(end+4).kind == number && s.tok(end+5).text == ")" && s.tok(end+6).text == ":"
	}
	p, q := s.tok(i-1), s.tok(i-2)
	clock := p.kind == number && (q.text == ":" || q.text == ".") || (p.text == "]" || p.text == ")" || p.text == "-") && q.kind == number && s.tok(i-3).text == ":"
	return n.text == ":" && clock
}

// possessed: the s or apostrophe of possession behind a name, with what is somebody's behind it.
func (s *scan) possessed(i int) bool {
	t, j := s.toks[i], i+1
	if t.has.is(place|known|title) || s.article(i) {
		return false
	}
	listed := t.has.is(given | surname)
	if n := s.tok(j); n.text == "'" && s.glued(j) && strings.ContainsRune("szx", rune(t.text[len(t.text)-1])) {
		j++
	} else {
		stem, ok := strings.CutSuffix(t.text, "s")
		listed = ok && len(stem) > 2 && vocab().words[stem].is(given)
	}
	n := s.tok(j)
	return listed && n.kind == word && n.space && !n.line && (n.has.is(kin) && !n.capital || belongings[n.text] || ofPerson[n.text] || n.has.is(whose))
}

// ofSomewhere: “Daan van de opvang heeft …”.
func (s *scan) ofSomewhere(i int) bool {
	return s.tok(i+1).text == "van" && s.tok(i+2).has.is(particle) && s.tok(i+3).kind == word && !s.tok(i+3).capital && s.tok(i+4).has.is(verb) && !s.tok(i+4).starts
}

// byGiven reads a word that is a given name on a list; told is false when the list does not
// decide.
func (s *scan) byGiven(i, end int, more bool) (ok, told bool) {
	t := s.toks[i]
	switch {
	case !t.has.is(given):
		return false, false
	case s.sender(i, end):
		return true, true
	case !t.has.is(doubtful | common | known | place):
		return true, true
	case more && !(t.starts && t.has.is(common) && !s.strongSurname(i, end)):
		return true, true
	case t.starts && end == i && t.has.is(doubtful|common) && s.ofKind(i):
		return false, true // “Iris staat in bloei”
	case t.starts && !t.has.is(common) && s.ofSomewhere(i):
		return true, true
	case !t.has.is(place | known):
		return !t.starts && !s.article(i) || t.starts && (s.tok(i+1).has.is(verb) && !t.has.is(common) || s.doubtfulEntry(i, end) || s.present(i+1)), true
	case t.has.is(known) && s.tok(i+1).has.is(verb):
		return !t.starts || s.feels(i+1) || s.reports(i+1) || doing[s.tok(i+1).text], true
	case s.feels(i+1) || s.reports(i+1):
		return !t.has.is(common) || s.present(i+1), true
	}
	return false, false
}
