// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strings"
)

var (
	ownNameWhy     = Reason{"een naam uit deze zaak", "a name from this case"}
	ownInitialsWhy = Reason{"voorletters van iemand uit deze zaak", "initials of somebody in this case"}
)

// likeness is how much a word is like a name of the case.
type likeness int

const (
	unlike  likeness = iota
	partly           // only beside another word of a name
	clearly          // by itself
)

// ownNames looks for the names of the case: whole, in part, bent, misspelt.
func (s *scan) ownNames() {
	if len(s.own.list) == 0 {
		return
	}
	like := make([]likeness, len(s.toks))
	for i := range s.toks {
		like[i] = s.likeness(i)
	}
	for i := 0; i < len(s.toks); i++ {
		if like[i] == unlike {
			continue
		}
		j, words, clear := s.ownRow(like, i)
		if p := s.tok(i - 1); len(p.text) == 1 && p.capital && s.toks[i].capital && !p.starts {
			clear = true // “M Verzonnen”
		}
		if clear || words > 1 {
			from, to := s.widen(i, j)
			s.add(from, to, Name, 90, ownNameWhy)
		}
		i = j
	}
	s.brokenNames()
	s.ownInitials()
}

// ownRow walks over the words of a name that belong together.
func (s *scan) ownRow(like []likeness, i int) (last, words int, clear bool) {
	last, words, clear = i, 1, like[i] == clearly
	for j := i + 1; j < len(s.toks) && j-last <= 6; j++ {
		t := s.toks[j]
		switch {
		case like[j] != unlike:
			last, words, clear = j, words+1, clear || like[j] == clearly
		case t.has.is(particle) && t.kind == word, t.kind == word && len(t.text) == 1, t.text == "-" && !t.space, t.text == "'", t.text == "_" && !t.space:
		case t.text == ".", t.text == "," && j == last+1 && j+1 < len(s.toks) && like[j+1] != unlike:
			if t.text == "," && s.own.parts[s.toks[last].text].first {
				return last, words, clear
			}
		default:
			return last, words, clear
		}
	}
	return last, words, clear
}

// likeness compares one word with the names of the case.
func (s *scan) likeness(i int) likeness {
	t := s.toks[i]
	if t.kind != word || len(t.text) < 2 {
		return unlike
	}
	exact := s.exactly(t)
	if !exact {
		return s.nearly(t)
	}
	if w, ok := strings.CutSuffix(t.text, "s"); ok && t.taken && t.capital && s.own.parts[w].first && s.tok(i+1).kind == word && !s.tok(i+1).capital {
		return clearly // what is somebody's bears no name: “Okans medisch dossier”
	}
	switch {
	case t.taken && t.capital && t.has.is(tail) && !s.houseName(i) && !s.article(i) && s.tok(i-1).text != "aan" && s.tok(i+1).kind != number:
		return clearly // a last name that ends as a street does
	case t.taken, s.houseName(i):
		return partly // only when the whole name is there
	case t.capital && t.starts && t.has.is(common) && !s.personal(i) && !s.ownEntry(i):
		return partly
	case t.capital:
		return clearly
	case s.article(i) && !t.has.is(surname) && t.text != s.tok(i-1).text && (t.has.is(common|doubtful) || len(t.text) < 4):
		return partly
	case s.own.parts[strings.TrimSuffix(t.text, "s")].first && (len(t.text) > 5 || len(t.text) > 4 && s.tok(i+1).has.is(kin)) && t.text[len(t.text)-1] == 's' && !t.has.is(common|particle|known):
		return clearly
	case !s.own.parts[t.text].first && !s.own.inOne(t.text) && !t.has.is(surname) && !traits(t.text, true).is(family), len(t.text) < 4 && !t.has.is(given), t.has.is(common | particle | known), bent(t.text), len(t.text) < 3:
		if s.tied(i) || s.ownSmallBefore(i) || t.has == 0 && len(t.text) > 4 && !bent(t.text) && !shape(t.text).is(everyday|housePart|tail) {
			return clearly
		}
		return partly
	}
	return clearly
}

// ownSmallBefore: the small words of this name stand before it: “van verzonnen”.
func (s *scan) ownSmallBefore(i int) bool {
	p := s.tok(i - 1)
	return p.has.is(particle) && slices.Contains(s.own.particles, p.text) && !s.toks[i].has.is(common) && !s.toks[i].line && !s.own.parts[s.toks[i].text].first && len(s.toks[i].text) > 3
}

// ownEntry: what stands behind a word of a name, at the start of a line or cell, tells that it
// is no word of a sentence: nothing, a colon, initials, what is somebody's.
func (s *scan) ownEntry(i int) bool {
	n, m := s.tok(i+1), s.tok(i+2)
	switch {
	case n.kind == 0 || n.line:
		return s.toks[i].line || i == 0 || s.tok(i-1).kind == sign
	case n.kind == sign && n.text != ",":
		return n.text == ":" || n.text == "|" || n.text == ")" || n.text == "(" || n.text == "'"
	case n.text == "," && len(m.text) == 1 && m.capital:
		return true
	}
	if first := s.own.parts[s.toks[i].text].first; first && (n.text == "," && !m.capital || n.text == "en" && (m.has.is(kin) || m.has.is(given) && m.capital)) {
		return true
	}
	return n.text == "z" && m.text == "'" || (n.text == "haar" || n.text == "zijn") && !s.tok(i+2).has.is(verb|particle) && s.own.parts[s.toks[i].text].first
}

// exactly: the word of a name, with the s of possession, or first and last name in one.
func (s *scan) exactly(t token) bool {
	if _, ok := s.own.parts[t.text]; ok {
		return true
	}
	if w, ok := strings.CutSuffix(t.text, "s"); ok && len(w) > 2 && (t.capital || len(w) > 4) {
		if _, ok := s.own.parts[w]; ok {
			return true
		}
	}
	if s.familyOf(t) {
		return true
	}
	for _, end := range []string{"tje", "je", "ke"} { // Daantje
		if w, ok := strings.CutSuffix(t.text, end); ok && len(w) > 2 && t.capital && s.own.parts[w].first {
			return true
		}
	}
	return len(t.text) > 5 && s.own.inOne(t.text)
}

// nearly: one slip in a word of five letters or more, two in nine or more; or a name that
// sounds the same. Everyday words, places and makes are themselves.
func (s *scan) nearly(t token) likeness {
	if (t.taken || t.has.is(tail|houseAfter)) && !s.slipOfLast(t.text) || t.has.is(common|place|known|title|houseBefore) || len(t.text) < 3 || s.own.common[t.text] {
		return unlike
	}
	heard := ""
	for _, p := range s.own.list {
		if abs(len(t.text)-len(p.text)) > 2 {
			continue
		}
		if heard == "" {
			heard = sound(t.text)
		}
		if !slip(t.text, heard, p) {
			continue
		}
		switch {
		case t.capital && !(t.starts && t.has.is(everyday)):
			return clearly
		case len(t.text) > 7 && !bent(t.text):
			return clearly
		}
		return partly
	}
	return unlike
}

// slip: the word is a slip of the pen for a word of a name, or is heard the same.
func slip(w, heard string, p part) bool {
	if len(w) > 3 && heard == p.sound {
		return true
	}
	if len(w) > 3 && len(w) == len(p.text) && swapped(w, p.text) {
		return true
	}
	if w[0] != p.text[0] && len(w) < 7 {
		return false
	}
	most := 0
	switch n := min(len(w), len(p.text)); {
	case n >= 8:
		most = 2
	case n >= 4 && max(len(w), len(p.text)) >= 5:
		most = 1
	}
	return most > 0 && distance(w, p.text, most) <= most
}

// swapped: two letters side by side changed places.
func swapped(a, b string) bool {
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

// bent: a small word with the shape of a verb or participle.
func bent(w string) bool {
	if len(w) < 6 {
		return false
	}
	for _, start := range []string{"ge", "be", "ver", "ont", "her", "uit", "aan", "op"} {
		if strings.HasPrefix(w, start) && (strings.HasSuffix(w, "en") || strings.HasSuffix(w, "t") || strings.HasSuffix(w, "d")) {
			return true
		}
	}
	return false
}

// personal: what follows or comes before says that this is somebody.
func (s *scan) personal(i int) bool { return s.tok(i+1).has.is(verb) || s.tied(i) }

// tied: a word before it is followed by a name: mevrouw, broertje, begeleider.
func (s *scan) tied(i int) bool {
	j := i - 1
	for ; j >= 0 && i-j < 8 && (s.toks[j].text == "." || s.toks[j].has.is(particle) || len(s.toks[j].text) == 1 && s.toks[j].kind == word); j-- {
		if s.toks[j+1].starts {
			return false
		}
	}
	return j >= 0 && s.toks[j].has.is(strong|kin|role) && !s.toks[j+1].starts
}

// houseName: an institution or street has the name.
func (s *scan) houseName(i int) bool {
	j := i - 1
	for ; j >= 0 && i-j < 4 && s.toks[j].has.is(particle) && s.toks[j].text != "van"; j-- {
	}
	if s.tok(j).has.is(houseBefore) && !weakHouse[s.tok(j).text] && !s.tok(j).has.is(role|kin) && s.toks[j].kind == word && !s.toks[j+1].starts && j < i {
		return true
	}
	n := s.tok(i + 1)
	return s.toks[i].capital && n.has.is(houseAfter) && (n.capital || s.glued(i+1)) || n.text == "-" && !n.space && s.tok(i+2).has.is(houseAfter)
}

// widen takes the initials and small words before a last name, and the initial after a
// first name.
func (s *scan) widen(i, j int) (int, int) {
	last := !s.own.parts[s.toks[i].text].first // a last name may have small words before it
	for most := i - longest; i > 0 && i > most; {
		p := s.toks[i-1]
		switch {
		case s.toks[i].line && s.toks[i].starts:
			return i, s.widenRight(j)
		case last && len(s.toks[i].text) > 1 && p.has.is(particle) && (slices.Contains(s.own.particles, p.text) || p.text == "v" || p.text == "vd" || p.text == "d"):
			i--
		case p.text == "." && i > 2 && s.glued(i-2) && (s.toks[i-3].text == "-" || s.toks[i-3].kind == number):
			return i, s.widenRight(j) // the end of a number plate
		case p.text == "." && i > 1 && len(s.toks[i-2].text) == 1 && s.toks[i-2].kind == word && (s.toks[i-2].capital || s.toks[i-2].has.is(particle)):
			i -= 2
		case p.kind == word && len(p.text) == 1 && p.capital && s.toks[i].capital:
			i--
		case p.text == "'" && i > 1 && s.toks[i].text == "t":
			i--
		default:
			return i, s.widenRight(j)
		}
	}
	return i, s.widenRight(j)
}

func (s *scan) widenRight(j int) int {
	if n := s.tok(j + 1); n.kind == word && len(n.text) == 1 && n.capital && n.space && s.tok(j+2).text == "." && s.glued(j+2) {
		return j + 2
	}
	if s.tok(j+1).text == "," && s.glued(j+1) && len(s.tok(j+2).text) == 1 && s.tok(j+2).capital && s.tok(j+3).text == "." && !s.own.parts[s.toks[j].text].first {
		return j + 3 // “Verzonnen, M.”
	}
	return j
}

// brokenNames: a name with a space or a hyphen in it, or letter by letter.
func (s *scan) brokenNames() {
	for i, t := range s.toks {
		if t.kind != word {
			continue
		}
		s.letterByLetter(i)
		if !t.capital {
			continue
		}
		j := i + 1
		if s.tok(j).text == "-" {
			j++
		}
		if n := s.tok(j); n.kind == word && len(t.text)+len(n.text) > 5 && !n.capital && !t.has.is(common) {
			if _, ok := s.own.parts[t.text+n.text]; ok {
				s.add(i, j, Name, 90, ownNameWhy)
			}
		}
	}
}

func (s *scan) letterByLetter(i int) {
	if len(s.toks[i].text) != 1 {
		return
	}
	w, last := s.toks[i].text, i
	for j := i + 1; j < len(s.toks) && len(w) < 20; j++ {
		t := s.toks[j]
		if t.kind == sign && (t.text == "." || t.text == "-" || t.text == "*" || t.text == "_") {
			continue
		}
		if t.kind != word || len(t.text) != 1 {
			break
		}
		w, last = w+t.text, j
		if n := s.tok(j + 1); len(w) > 2 && (n.kind != word || len(n.text) > 1 || n.line) && (s.toks[i].capital || len(w) > 3) {
			if _, ok := s.own.parts[w]; ok {
				s.add(i, last, Name, 90, ownNameWhy)
			}
		}
	}
}

// ownInitials: the letters of somebody in the case, each with a full stop, or behind a word
// that is followed by a name.
func (s *scan) ownInitials() {
	for i := 0; i < len(s.toks); i++ {
		t := s.toks[i]
		if t.shout && len(t.text) < 5 && s.own.initialed(t.text) && s.tok(i-1).has.is(kin|role|strong) && !t.starts {
			s.add(i, i, Name, 80, ownInitialsWhy)
			continue
		}
		if len(t.text) > 2 && t.capital && !t.shout && s.f.upper[t.to-1] && s.own.initialed(t.text) {
			s.add(i, i, Name, 80, ownInitialsWhy) // “MvdV”
			continue
		}
		if last := s.pressInitials(i); last > i {
			s.add(i, last, Name, 80, ownInitialsWhy)
			i = last
			continue
		}
		if s.ownLetter(i) {
			s.add(i, i+1, Name, 80, ownInitialsWhy)
			continue
		}
		letters, last := "", i
		for j := i; j+1 < len(s.toks) && len(letters) < longest && len(s.toks[j].text) == 1 && s.toks[j].kind == word && s.toks[j+1].text == "."; j += 2 {
			letters, last = letters+s.toks[j].text, j+1
		}
		if len(letters) > 1 && t.capital && !t.taken && s.own.initialed(letters) {
			s.add(i, last, Name, 80, ownInitialsWhy)
		}
		i = last
	}
}

// ownLetter: the first letter of a given name of the case with a full stop, where somebody's
// name can stand: “Op school valt M. niet op”.
func (s *scan) ownLetter(i int) bool {
	t, n, p := s.toks[i], s.tok(i+2), s.tok(i-1)
	writes := n.text == ":" && (p.text == "]" || p.text == ")" || p.text == "-" || t.line)
	if len(t.text) != 1 || !t.capital || s.tok(i+1).text != "." || !s.glued(i+1) || n.kind == word && (n.capital && !n.line || s.glued(i+2)) || n.kind == number || lettered[p.text] {
		return false
	}
	ends := n.kind == 0 || n.line || n.text == "|" || n.text == ";" || n.text == ":" || n.text == ","
	inside := !t.starts && (p.kind == word && (!p.capital || p.starts) || p.text == ":" || p.text == "(") && (n.kind == word && !n.capital || ends && p.text == ":" || n.text == ")")
	cell := t.starts && ends && (i == 0 || p.kind == sign || t.line) && n.text != ","
	if !inside && !cell && !writes && !(t.starts && (n.has.is(verb) || n.text == "en")) {
		return false
	}
	for _, part := range s.own.list {
		if part.first && part.text[:1] == t.text {
			return true
		}
	}
	return false
}

// lettered are things that have a letter.
var lettered = set("kolom bijlage groep klas vitamine type punt optie categorie artikel lid blok gebouw zaal team variant deel vak niveau plan letter perceel cluster fase hepatitis kamer lokaal ingang rij unit sub onder ad model")
