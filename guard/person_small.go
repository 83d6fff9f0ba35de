// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// Names without their capital: a given name that is no other word anywhere, and others where
// only somebody's name can stand.

// smallName: a given name without its capital, that is no other word.
func (s *scan) smallName(i int) (last int, ok bool) {
	t := s.toks[i]
	if !t.has.is(given) || t.has.is(doubtful|common|surname|place|known|particle|sick) || len(t.text) < 4 || s.used[i] || s.own.common[t.text] {
		return 0, false
	}
	if s.article(i) && s.smallSurname(i) == i {
		return 0, false // “een lieve jongen”
	}
	if s.glued(i) && s.toks[i-1].kind != sign || s.glued(i) && (s.toks[i-1].text == "-" || s.toks[i-1].text == ".") || s.tok(i+1).kind == number && s.glued(i+1) || s.afterHouse(i) {
		return 0, false
	}
	last = s.smallSurname(i)
	s.add(i, last, Name, 38, personWhy)
	return last, true
}

// smallSurname gives the end of the last name behind a small given name, if there is one.
func (s *scan) smallSurname(i int) int {
	small := s.skipSmall(i + 1)
	if n := s.tok(small); n.kind == word && n.space && !n.line && (s.bound(i+1, small) && small > i+2 || n.has.is(surname) && !n.has.is(verb) && (!n.has.is(common) || small > i+1) || small > i+1 && traits(n.text, true).is(family) && !n.has.is(common) || s.unheard(n) && vocab().letters.of(n.text) > 25) {
		return small
	}
	return i
}

// What stands around a name in a message that somebody types with one thumb.
var (
	hails    = set("goedemorgen goedemiddag goedenavond goedendag ha hi dank hoi hoii hai hey heey hee hallo dag lieve beste groetjes groet groeten gr grtjs liefs thx thanks bedankt dankje dankjewel gefeliciteerd sorry welkom yo gefelicteerd")
	reaches  = set("bellen appen bereiken spreken gebeld geappt gesproken bereikt gemaild mailen")
	fetches  = set("ophalen opgehaald halen brengen gebracht meenemen meegenomen vragen gevraagd gezien gehoord zien zoeken helpen")
	calls    = set("belde bel app appte vraag vroeg sprak spreek mailde mail zag")
	withWhom = set("met door volgens namens tegen voor aan waar of dat toen als omdat want was is heeft bij van en maar")
)

// belongings are what is said to be somebody's.
var belongings = set("nummer nr auto fiets huis kamer telefoon mobiel jas tas verjaardag account verhaal verklaring dossier adres mail reactie vraag plan spullen klas school huisgenoot mentor begeleider voogd")

// smallInPlace reads a name without its capital that is rare, or a word as well, by where it
// stands: “hoi soeradj,”, “iris zegt”, “heb cem gebeld”.
func (s *scan) smallInPlace(i int) (last int, ok bool) {
	t := s.toks[i]
	if !s.maySmall(i) {
		return 0, false
	}
	p, n := s.tok(i-1), s.tok(i+1)
	listed, rare := t.has.is(given), t.has == 0 && s.rareSmall(t.text)
	if stem, ok := strings.CutSuffix(t.text, "s"); ok && len(stem) > 3 && vocab().words[stem].is(given) && !vocab().words[stem].is(common) && (n.has.is(kin) || belongings[n.text]) {
		s.add(i, i, Name, 38, personWhy)
		return i, true // “hakans nummer”
	}
	ends := n.kind != word && n.kind != number || n.line
	switch {
	case !listed && !rare:
		return 0, false
	case hails[p.text] && ends, p.text == "." && ends && s.tok(i-2).has.is(greeting), s.reports(i+1) && !s.article(i):
	case p.has.is(kin|strong) && !p.has.is(role) && !n.has.is(given|surname) && (listed || ends || n.has.is(verb) || p.has.is(strong) && s.rareSmall(n.text)):
	case p.has.is(role) && listed && n.has.is(verb) && !n.line:
	case t.starts && rare && n.has.is(verb) && vocab().letters.of(t.text) > 70:
	case reaches[n.text] && (listed || p.text == "iemand" || p.text == "heb" || p.text == "even" || p.text == "ik"):
	case listed && (fetches[n.text] || calls[p.text] || withWhom[p.text] && (ends || n.has.is(verb)) || n.text == ":" && t.starts && !t.has.is(doubtful)):
	default:
		return 0, false
	}
	last = s.smallSurname(i)
	if n := s.tok(last + 1); last == i && n.kind == word && n.space && !n.line && !n.capital && n.has == 0 && s.rareSmall(n.text) && (p.has.is(strong) || s.tok(i+2).kind != word || s.tok(i+2).line) {
		last++
	}
	s.add(i, last, Name, 38, personWhy)
	return last, true
}

// maySmall: a small word by itself, no part of something written without spaces.
func (s *scan) maySmall(i int) bool {
	t := s.toks[i]
	if t.capital || t.taken || s.used[i] || s.own.common[t.text] || t.has.is(common|place|known|particle|verb|role|kin|label|sick|title|strong) || monthOf[t.text] > 0 {
		return false
	}
	if t.has.is(abbreviation) && s.tok(i+1).text == "." {
		return false
	}
	if s.glued(i) && s.toks[i-1].text != "(" && s.toks[i-1].text != "\"" || s.glued(i+1) && (s.toks[i+1].kind == number || s.tok(i+1).text == "-" || s.tok(i+1).text == "." && !s.tok(i+2).space && s.tok(i+2).kind == word) {
		return false
	}
	return len(t.text) > 1
}

// rareSmall: no list holds the word, and it is built as names are and no word or verb is.
func (s *scan) rareSmall(w string) bool {
	return len(w) > 3 && !bent(w) && !shape(w).is(everyday|housePart|tail) && vocab().letters.of(w) > 45
}

// smallPair: a given name and a last name without capitals, each of which may be a word, where
// somebody is named: “groeten, iris visser”, “gezinsvoogd is nu mark van de berg”.
func (s *scan) smallPair(i int) (last int, ok bool) {
	t, p := s.toks[i], s.tok(i-1)
	if t.capital || !t.has.is(given) || t.has.is(verb|particle|role|kin|strong|title) || len(t.text) < 3 || s.used[i] || s.glued(i) && p.text != "(" {
		return 0, false
	}
	led := t.starts && !t.has.is(common) && s.tok(s.skipSmall(i+1)+1).has.is(verb) || p.text == "," || p.text == ":" || p.text == "ben" || p.text == "nu" || p.text == "heet" || p.text == "(" || hails[p.text] || calls[p.text] || withWhom[p.text] && p.text != "of" && p.text != "maar" || p.has.is(kin|role|strong)
	small := s.skipSmall(i + 1)
	n := s.tok(small)
	if !led || n.kind != word || n.capital || !n.space || n.line || n.has.is(verb|role|kin) || !n.has.is(surname) {
		return 0, false
	}
	if small == i+1 && n.has.is(common|place) && s.tok(small+1).kind == word && !s.tok(small+1).line {
		return 0, false
	}
	s.add(i, small, Name, 37, personWhy)
	return small, true
}
