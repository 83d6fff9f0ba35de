// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// No list holds every illness and every medicine. Some words are followed by one, whatever it
// is called: “Diagnose:”, “lijdt aan”, “de ziekte van”, “gediagnosticeerd met”, “slikt”, and
// what is taken in milligrams is a medicine.

var (
	healthLabel = set(strings.Join(section("healthpart", "label"), " "))
	saysNothing = set(strings.Join(section("healthpart", "nothing"), " "))
	suffers     = set("lijdt leed lijdend lijden leden overleden overleed overlijdt gestorven stierf bezweken bezweek")
	frameWords  = set("heeft had heb hebben hadden krijgt kreeg gekregen slikt slikte slik gebruikt gebruikte nam neemt aan met tegen is was kreeg denkt :")
	between     = set("een de het zijn haar ook nu al ernstige zware lichte zwaar ernstig jaren sinds weer nog steeds")
	noIllness   = set("gevolgen verwondingen gebrek tekort boord tafel kop land zijn haar de het gevolg eind een")
)

// illFrame: the words before token i are followed by what somebody has or takes.
func (s *scan) illFrame(i int) bool {
	if s.labelBefore(i) || s.ownCell(i) {
		return true
	}
	j := i - 1
	for k := 0; k < 2 && between[s.tok(j).text]; k++ {
		j--
	}
	p := s.tok(j)
	if p.kind == 0 || s.toks[j+1].starts {
		return false
	}
	if p.text == "en" || p.text == "," || p.text == "of" {
		return s.tok(j-1).has.is(sick) && !onlyCapitals[s.tok(j-1).text]
	}
	return frameWords[p.text] && p.text != ":" && !(onlyCapitals[s.toks[i].text] && s.nounBehind(i))
}

// nounBehind: an abbreviation that is a word as well goes on as that word: “kreeg als eerste”.
func (s *scan) nounBehind(i int) bool {
	n := s.tok(i + 1)
	return n.kind == word && !n.starts && n.text != "en" && n.text != "vastgesteld" && n.text != "bij" || n.kind == number
}

// labelBefore: “dx: …”, also the second of a row: “VG: astma, cva”.
func (s *scan) labelBefore(i int) bool {
	for j := i - 1; j > 0 && j > i-8 && !s.toks[j+1].line; j-- {
		if s.toks[j].text == ":" {
			return healthLabel[s.toks[j-1].text]
		}
		if s.toks[j].text == "." {
			return false
		}
	}
	return false
}

// ownCell: an abbreviation that is all there is in a cell of a table.
func (s *scan) ownCell(i int) bool {
	n := s.tok(i + 1)
	return s.tok(i-1).text == "|" && (n.text == "|" || n.kind == 0 || n.line) && onlyCapitals[s.toks[i].text]
}

// healthFrames marks what such words are followed by.
func (s *scan) healthFrames() {
	for i, t := range s.toks {
		switch {
		case t.text == ":" && healthLabel[s.tok(i-1).text] && !s.topic(i-1):
			s.behindLabel(i + 1)
		case t.text == "aan" && !t.starts && s.near(i, 5, suffers), t.text == "met" && strings.HasPrefix(s.tok(i-1).text, "gediagnosticeerd"), (t.text == "slikt" || t.text == "slikte") && !t.starts:
			s.suffered(i + 1)
		case t.text == "van" && (s.tok(i-1).text == "ziekte" || s.tok(i-1).text == "syndroom"):
			s.named(i)
		case t.text == "mg" || t.text == "milligram":
			s.dose(i)
		}
	}
}

// behindLabel marks what stands behind a label, up to a mark or the end of the line.
func (s *scan) behindLabel(i int) {
	for k := 0; k < 6 && i < len(s.toks); k++ {
		last := i - 1
		for j := i; j < len(s.toks) && j-i < 7 && !s.toks[j].line && (s.toks[j].kind == word || s.toks[j].kind == number || s.toks[j].text == "-"); j++ {
			last = j
		}
		if last < i || last-i > 5 || s.toks[i].kind == number || saysNothing[s.toks[i].text] || s.sentence(i, last) {
			return
		}
		if k == 0 || last == i && !s.toks[i].has.is(common) {
			s.add(i, last, Health, 52, healthWhy)
		}
		if n := s.tok(last + 1); n.text != "," || n.line {
			return
		}
		i = last + 2
	}
}

// sentence: a verb says that this is no list of things.
func (s *scan) sentence(i, last int) bool {
	for j := i; j <= last; j++ {
		if t := s.toks[j]; t.has.is(verb) || t.has.is(given) && t.capital && !t.has.is(sick) {
			return true
		}
	}
	return false
}

// suffered marks the word that no list holds behind “lijdt aan”, “slikt” and the like.
func (s *scan) suffered(i int) {
	j := i
	for k := 0; k < 2 && (s.tok(j).text == "een" || s.tok(j).text == "het" || sickBefore[s.tok(j).text] || s.tok(j).text == "de"); k++ {
		j++
	}
	t := s.tok(j)
	if t.kind != word || t.line || len(t.text) < 4 || t.has.is(common|particle|verb|place|given|role|kin|known) || noIllness[t.text] || abstract(t.text) {
		return
	}
	s.add(i, j, Health, 50, healthWhy)
}

// named: “de ziekte van Nergens”, when nobody of that name is meant.
func (s *scan) named(i int) {
	n := s.tok(i + 1)
	if n.kind != word || !n.capital || n.starts || n.has.is(given|common|kin|role) {
		return
	}
	s.add(i-1, i+1, Health, 50, healthWhy)
}

// dose: “20 mg” of what stands before it.
func (s *scan) dose(i int) {
	if t := s.tok(i - 2); s.tok(i-1).kind == number && t.kind == word && !s.tok(i-1).line && len(t.text) > 4 && !t.has.is(common|particle|verb|place|given|role|kin) {
		s.add(i-2, i, Health, 50, healthWhy)
	}
}
