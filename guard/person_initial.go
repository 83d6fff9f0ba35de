// SPDX-License-Identifier: EUPL-1.2

package guard

// Initials are written without full stops as well: “M de Nepnaam”, “KJ Verzonnen”. A letter is
// also that of a group or an annex, and two are mostly an abbreviation; so what stands before
// them, or the shape of the last name, must tell.

// initialsBare: the token can be such initials.
func (s *scan) initialsBare(i int) bool {
	t := s.tok(i)
	if n := s.tok(s.skipSmall(i + 1)); t.shout && len(t.text) == 2 && s.tok(i+1).has.is(particle) && !s.tok(i+1).capital && n.capital && n.has.is(surname) {
		return !t.has.is(given) // “BW de Nepnaam”
	}
	if t.kind != word || !t.capital || len(t.text) > 3 || t.has.is(known|place|unit|houseBefore|houseAfter|common|role|kin|strong) {
		return false
	}
	return len(t.text) == 1 || t.shout && !t.has.is(given)
}

// bareInitial reads them with the last name behind.
func (s *scan) bareInitial(i int) (last int, ok bool) {
	t, p := s.toks[i], s.tok(i-1)
	if !s.initialsBare(i) || s.glued(i+1) || s.glued(i) && p.text != "(" || lettered[p.text] || p.kind == number {
		return 0, false
	}
	first := s.skipSmall(i + 1)
	n := s.tok(first)
	if !n.capital || len(n.text) < 3 || n.line || n.starts || n.shout && !t.shout || n.taken && !n.has.is(surname) || n.has.is(known|title) && !n.has.is(surname|family) {
		return 0, false
	}
	last = s.surnameEnd(first)
	if !s.lastNameBehind(i, first, last) {
		return 0, false
	}
	s.add(i, last, Name, 46, personWhy)
	return last, true
}

// lastNameBehind: what stands at token first is a last name, as sure as the initials before it need.
func (s *scan) lastNameBehind(i, first, last int) bool {
	n, t := s.toks[first], s.toks[i]
	led := s.ledToPerson(i)
	if first > i+1 {
		return s.lastNameLike(n) && (led || len(t.text) == 1 || n.has.is(surname|family)) // “J de Nepnaam”
	}
	listed := n.has.is(surname) || n.has.is(family) && !n.has.is(houseBefore|houseAfter|tail)
	switch after := s.tok(last + 1); {
	case after.kind == word && after.capital && !after.starts && !after.line:
		return false
	case listed && !n.has.is(common|worded|place):
		return led || len(t.text) < 3
	case listed:
		return led && (last > first || after.kind != word || after.line || after.has.is(verb|particle))
	}
	return led && s.strange(n) && !bent(n.text) && vocab().letters.of(n.text) > 0
}

// ledToPerson: before token i stands what leads to somebody, or a line or cell begins.
func (s *scan) ledToPerson(i int) bool {
	p := s.tok(i - 1)
	if p.text == "." && s.tok(i-2).has.is(strong|abbreviation) && s.tok(i-2).has.is(strong|role|kin|greeting) {
		return true
	}
	return s.toks[i].line || i == 0 || p.text == ":" || p.text == "leden" || p.text == "|" || p.text == "(" || p.text == "," || p.text == ";" || p.text == "/" || p.text == "•" || p.text == "-" && s.toks[i].space ||
		withWhom[p.text] || beforePerson[p.text] || surePerson[p.text] || p.has.is(role|kin|strong|label|title) && !p.capital || p.has.is(role|strong|label|title) || offices[p.text] || listHead[p.text]
}
