// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// Names that are told by where and how they stand: “Verzonnen, M.”, “Van der Nepnaam”, an
// entry in minutes, a cell of a table, somebody's age in brackets.

// laidOut reads such a name at token i.
func (s *scan) laidOut(i int) (last int, ok bool) {
	if last, ok := s.invertedName(i); ok {
		return last, true
	}
	if last, ok := s.smallLed(i); ok {
		return last, true
	}
	if last, ok := s.turned(i); ok {
		return last, true
	}
	return s.aged(i)
}

// lastNameLike: a word with a capital that is, or can be, a last name.
func (s *scan) lastNameLike(t token) bool {
	if t.kind != word || !t.capital || t.taken || len(t.text) < 3 || t.has.is(place|known|title|houseBefore) && !t.has.is(surname) {
		return false
	}
	return t.has.is(surname) || t.has.is(family) && !t.has.is(common|place|known|everyday|houseBefore) || s.strange(t) && !bent(t.text)
}

// invertedName: the last name first, with a comma and initials: “Nepnaam, B. van der”.
func (s *scan) invertedName(i int) (last int, ok bool) {
	if !s.lastNameLike(s.toks[i]) && !s.manyInitials(i) {
		return 0, false
	}
	end := i
	for s.lastNameLike(s.tok(end+1)) && !s.tok(end+1).starts || s.tok(end+1).text == "-" && s.glued(end+1) && s.tok(end+2).capital {
		end++
	}
	last, ok = s.initialsBehind(end)
	if ok && last == end && !s.toks[i].has.is(surname|family) && !s.manyInitials(i) {
		return 0, false
	}
	if ok {
		s.add(s.withSmall(i), last, Name, 47, personWhy)
	}
	return last, ok
}

// turned: last name, comma, given name, alone in a line or cell or between brackets:
// “Nepnaam, Daan”, “| Voorbeeld, Mila van der |”.
func (s *scan) turned(i int) (last int, ok bool) {
	t := s.toks[i]
	begins := i == 0 || t.line || s.tok(i-1).kind == sign && s.tok(i-1).text != "," || s.tok(i-1).has.is(strong)
	n := s.tok(i + 2)
	behind := s.tok(i+1).text == "," && n.has.is(given) && !n.has.is(common)
	odd := behind && (t.taken && t.has.is(tail) || t.has.is(place) && s.tok(i+3).has.is(particle)) // “Kerkhof, Daan”, “Dalfsen, Daan van”
	if !s.lastNameLike(t) && !(begins && t.has.is(given)) && !odd {
		return 0, false
	}
	end := i
	for most := i + 4; end < most && (s.tok(end+1).text == "-" && s.glued(end+1) || s.lastNameLike(s.tok(end+1)) && !s.tok(end+1).starts); {
		end++
	}
	n = s.tok(end + 2)
	if s.tok(end+1).text != "," || !s.glued(end+1) || !n.capital || n.line || n.has.is(place|known|role|kin|title) {
		return 0, false
	}
	if small := s.tok(end + 3); !begins && small.has.is(particle) && !small.capital && small.space && (!livesIn[small.text] || s.tok(end+4).text == "'" && s.tok(end+5).text == "t") && (s.tok(end+4).kind != word || !s.tok(end+4).capital) {
		begins = true // “Heuvel, Daan van den als betrokkene”
	}
	if !begins && s.tok(i-1).text == "," && !t.has.is(surname) {
		return 0, false // one of a row of given names
	}
	if !begins && (!n.has.is(given) || n.has.is(common) || t.starts || t.has.is(given) && !t.has.is(surname) || t.has.is(common)) {
		return 0, false
	}
	least := 20
	if s.tok(i-1).text == ":" && s.aboutPeople(i-1) {
		least = -80
	}
	if !n.has.is(given) && !s.tok(end+3).has.is(particle) && !(s.strange(n) && vocab().letters.of(n.text)+vocab().letters.of(t.text) > least) || n.has.is(common) && !t.has.is(surname) {
		return 0, false
	}
	last = end + 2
	for most := last + 4; last < most && s.tok(last+1).kind == word && s.tok(last+1).space && !s.tok(last+1).line && (s.tok(last+1).has.is(particle|given) || s.strange(s.tok(last+1))); {
		last++
	}
	if a := s.tok(last + 1); begins && a.kind == word && !a.line && !s.tok(last).has.is(particle) && (a.capital || !s.tok(last).has.is(given)) || begins && (a.text == "," || a.text == "en" || a.text == "&") || a.text == "-" && s.glued(last+1) {
		return 0, false
	}
	s.add(i, last, Name, 47, personWhy)
	return last, true
}

// manyInitials: two initials behind a comma tell that even an everyday word is a last name:
// “Voorbeeld, D.A.”.
func (s *scan) manyInitials(i int) bool {
	t := s.toks[i]
	if !t.capital || t.taken || t.has.is(known|place|title) || len(t.text) < 3 {
		return false
	}
	last, ok := s.initialsBehind(i)
	return ok && (last >= i+5 || s.tok(last).has.is(particle) && s.tok(last).kind == word)
}

// initialsBehind reads a comma, initials and small words behind a last name. When the
// initials begin the next name of a row, the name ends where it ended.
func (s *scan) initialsBehind(end int) (last int, ok bool) {
	if s.tok(end+1).text != "," || !s.glued(end+1) {
		return end, false
	}
	k, letters := end+2, 0
	for n := s.tok(k); n.kind == word && len(n.text) <= 2 && n.capital && !n.line && s.tok(k+1).text == "." && s.glued(k+1) && letters < 6; n = s.tok(k) {
		k, letters = k+2, letters+1
	}
	for most := k + 3; letters > 0 && k < most && s.tok(k).kind == word && s.tok(k).has.is(particle) && !s.tok(k).capital && !s.tok(k).line; k++ {
	}
	if n := s.tok(k); n.kind == word && n.capital && !n.line {
		k = end + 1
	}
	return k - 1, letters > 0
}

// smallLed: small words with a capital lead a last name: “Van der Nepnaam”, “met Ter Bedacht”.
func (s *scan) smallLed(i int) (last int, ok bool) {
	t := s.toks[i]
	if p := s.tok(i - 1); p.text == "het" && !p.capital && t.has.is(particle) && t.capital {
		s.take(i, s.surnameEnd(s.skipSmall(i)))
		return 0, false // a school, a fund
	}
	if !t.has.is(particle) || !t.capital || t.shout || t.has.is(given|surname) && len(t.text) > 3 || s.placeBefore(i) {
		return 0, false
	}
	first := s.skipSmall(i)
	n := s.tok(first)
	if first == i || first-i > 3 || n.line || n.starts || n.taken {
		return 0, false
	}
	if m := s.tok(first + 2); s.tok(first+1).text == "-" && s.glued(first+1) && s.glued(first+2) && m.kind == word && !m.capital && len(m.text) > 3 && !m.has.is(particle|given|surname) {
		return 0, false // “de Van der Ploeg-norm”
	}
	double := n.capital && s.tok(first+1).text == "-" && s.glued(first+1) && s.tok(first+2).has.is(surname)
	inside := !t.starts || s.behindName(first) || double && s.behindName(first+2)
	if !double && !s.lastNameLike(n) && !(inside && n.capital && (n.has.is(place|surname) || first-i > 1) && !n.has.is(known|title|houseBefore)) {
		return 0, false
	}
	if livesIn[t.text] && first == i+1 && n.has.is(place) && t.starts {
		return 0, false // “In Vaassen loopt …”
	}
	stem, bends := strings.CutSuffix(n.text, "s")
	if bends && first-i > 0 && t.starts && vocab().words[stem].is(surname) && s.tok(first+1).kind == word && !s.tok(first+1).capital && t.text != "in" && t.text != "op" && t.text != "de" {
		return s.nameFrom(i, first), true // “Van den Heuvels vraag”
	}
	listed := double || n.has.is(surname) && !n.has.is(common) || n.has.is(family) && !n.has.is(tail|housePart)
	switch t.text {
	case "van", "vd":
		ok = listed || inside || first-i > 1 && s.tok(first-1).text != "het" && !n.has.is(place|common)
	case "ter", "ten", "el", "ait", "ould", "ben", "bin", "al", "da", "do", "dos", "di", "del", "della", "von", "zu", "zur", "du", "ibn", "vande":
		ok = inside || listed
	case "de", "den", "in", "op", "aan", "uit", "t":
		ok = listed && inside && s.leadsToPerson(i) || listed && first-i > 1 && s.tok(first-1).text != "het" && t.text != "de"
	}
	if !ok || s.nextIsHouse(first+1) && s.tok(first+1).has.is(houseAfter) || s.firmName(first, s.surnameEnd(first)) {
		return 0, false
	}
	return s.nameFrom(i, first), true
}

// behindName: what stands behind token i, at the start of a line or cell, only stands behind
// a person.
func (s *scan) behindName(i int) bool {
	switch n := s.tok(i + 1); n.text {
	case "(", ":", "|":
		return true
	default:
		return n.has.is(verb) && !n.starts
	}
}

// firmName: an everyday word with a capital behind a last name is what a firm does: “Van der
// Nepnaam Educatie”.
func (s *scan) firmName(first, last int) bool {
	for j := first + 1; j <= last+1; j++ {
		n := s.tok(j)
		if n.kind == word && n.capital && n.space && !n.starts && !n.line && len(n.text) > 3 && n.has.is(common|everyday|housePart|houseAfter) &&
			!n.has.is(given|surname|role|kin|title|verb) && monthOf[n.text] == 0 && (n.has.is(common|houseAfter) || vocab().letters.of(n.text) < 10) {
			return true
		}
	}
	return false
}

// leadsToPerson: what stands before “De Nepnaam” goes with a person; houses and groups have
// such names as well: “dagbesteding De Sterrenboom”.
func (s *scan) leadsToPerson(i int) bool {
	p := s.tok(i - 1)
	if s.toks[i].starts {
		return true
	}
	return p.kind == sign && p.text != "\"" || beforePerson[p.text] || p.has.is(verb|role|kin|strong|title|label) || p.text == "van" && ofPerson[s.tok(i-2).text]
}

// aged: an age or a sex behind the word: “Nova (14)”, “Nova, 14 jaar”, “kind 2: Nova (v)”.
func (s *scan) aged(i int) (last int, ok bool) {
	t := s.toks[i]
	if !t.capital || t.kind != word || t.taken || t.shout || t.has.is(known|place|title|houseBefore|role|kin|label) && !t.has.is(given|surname) {
		return 0, false
	}
	listed := t.has.is(given|surname) && !(t.starts && t.has.is(common|place|known))
	if !listed && (t.starts || !s.strange(t)) || s.article(i) {
		return 0, false
	}
	end := s.surnameEnd(i)
	a, b, c := s.tok(end+1), s.tok(end+2), s.tok(end+3)
	short := b.kind == number && len(b.text) < 3
	switch {
	case a.text == "(" && short && (c.text == ")" || c.text == "," || c.text == "jaar"):
	case a.text == "(" && (b.text == "m" || b.text == "v" || b.text == "j") && c.text == ")":
	case a.text == "," && short && (c.text == "jaar" || c.text == "jr"):
	default:
		return 0, false
	}
	s.add(s.withSmall(i), end, Name, 46, personWhy)
	return end, true
}

// entry: a last name at the start of a line or cell, with what only stands behind a person
// or nothing at all: “Nepnaam: …”, “• Nepnaam (teamleider)”, “| Nepnaam |”.
func (s *scan) entry(i, end int) bool {
	t, n := s.toks[i], s.tok(end+1)
	if n.kind == word && n.capital && !n.starts {
		return false // the name of something longer
	}
	if s.bareTrade(i, end) {
		return true
	}
	if t.has.is(worded) && end == i && n.kind == word && !n.line && !s.livelyBehind(end) {
		return false // “Dekker en loodgieter …”
	}
	if t.has.is(surname) && len(t.text) > 4 || s.acts(end) {
		return true
	}
	if n.kind == 0 || n.line {
		return t.has.is(surname)
	}
	switch n.text {
	case "(", ":", "|", ",", "'":
		return true
	}
	return false
}

// bareTrade: who has a trade is told with an article before it; a trade that begins a sentence
// without one, with what one person does behind it, is a last name: “Mulder maakt het af”.
func (s *scan) bareTrade(i, end int) bool {
	t, n, m := s.toks[i], s.tok(i+1), s.tok(i+2)
	if !t.starts || end > i || !t.has.is(surname) || t.has.is(given|place|known|kin|role|label) || !n.has.is(verb) || n.capital || n.line || vocab().agents.of(t.text, 1) == "" || noAgents[t.text] || s.ofKind(i) {
		return false
	}
	if n.text == "licht" {
		return s.lightsUp(i + 1)
	}
	if m.capital && !m.has.is(given|surname|place) {
		return false // a title: “Boer zoekt Vrouw”
	}
	return !strings.HasSuffix(n.text, "en") && !(ofBeing[n.text] && (m.text == "een" || m.text == "geen" || m.text == "het" || m.text == "de" || m.text == "van"))
}

// noAgents end so and are nobody.
var noAgents = set("zomer winter donker helder zilver suiker peper hamer anker water wonder koper ijzer honger tijger adder ever ezelier vuur oever beker ketter leer meer veer zweer")

// ofKind: the sentence says what kind of thing the word is: “Roos is een bloem”.
func (s *scan) ofKind(i int) bool {
	for j := i + 1; j < i+8 && j < len(s.toks) && !s.toks[j].starts; j++ {
		if kindsOfThings[s.toks[j].text] {
			return true
		}
	}
	return false
}

var kindsOfThings = set("woord begrip dier vogel bloem plant boom bloei knop kleur beroep ambacht vak naam achternaam voornaam soort vis vrucht maand seizoen feest")

// livelyBehind: what follows is what only somebody does or is: “Dekker belde”, “Vonk en haar zus”.
func (s *scan) livelyBehind(end int) bool {
	n := s.tok(end + 1)
	return s.reports(end+1) || doing[n.text] || s.feels(end+1) || n.text == "en" && (s.tok(end+2).has.is(kin|role) || s.tok(end+2).text == "haar" || s.tok(end+2).text == "zijn")
}
