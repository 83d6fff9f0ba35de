// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"strings"
	"sync"
)

// A part of the body is nobody's secret; a part of the body with what happened to it is:
// “gebroken pols”, “aan zijn knie geopereerd”, “breuk in de linkerpols”, “knieoperatie”.

var (
	bodyParts = set(strings.Join(section("healthpart", "body"), " "))
	hurt      = set(strings.Join(section("healthpart", "hurt"), " "))
	hurts     = set(strings.Join(section("healthpart", "hurts"), " "))
	ails      = set(strings.Join(section("healthpart", "ails"), " "))
	wards     = set(strings.Join(section("healthpart", "ward"), " "))
	placed    = set(strings.Join(section("healthpart", "placed"), " "))
	often     = set(strings.Join(section("healthpart", "often"), " "))
	drinks    = set("blowt blowde drinkt dronk snuift snoof spuit spuitte zuipt gebruikt gebruikte slikt slikte")
)

// medicalEnds are the halves of compounds and the ends of names of medicines and illnesses.
type medicalEnds struct {
	stems           map[string]bool
	ailments, names endings
	about           endings // behind the name of an illness
	nobody          map[string]bool
}

var medicalWords = sync.OnceValue(func() *medicalEnds {
	return &medicalEnds{
		stems:    set(strings.Join(section("healthpart", "stem"), " ")),
		ailments: byLast(section("healthpart", "ailment")),
		names:    byLast(section("healthpart", "ends")),
		about:    byLast(section("healthpart", "about")),
		nobody:   set(strings.Join(section("healthpart", "nobody"), " ")),
	}
})

// medical: a word that no list holds, made as the names of illnesses and medicines are.
func (s *scan) medical(i int) bool {
	t := s.toks[i]
	if len(t.text) < 7 || len(t.text) > 32 || t.has.is(common|place|known|given|surname|role|kin) || t.taken {
		return false
	}
	m := medicalWords()
	if m.nobody[t.text] {
		return false
	}
	if m.names.of(t.text, 2) != "" {
		return true
	}
	if end := m.about.of(t.text, 2); end != "" && traits(t.text[:len(t.text)-len(end)], false).is(sick) {
		return true // “borderlineproblematiek”
	}
	for _, end := range m.ailments[t.text[len(t.text)-1]] {
		stem, ok := strings.CutSuffix(t.text, end)
		if ok && (m.stems[stem] || m.stems[strings.TrimSuffix(stem, "s")]) {
			return true
		}
	}
	return false
}

// body: token i is a part of the body, also the left or upper one.
func (s *scan) body(i int) bool {
	t := s.tok(i)
	if t.kind != word || t.line && i > 0 && s.tok(i-1).text == "." {
		return false
	}
	if bodyParts[t.text] {
		return true
	}
	for _, bone := range []string{"wervel", "wervels", "gewricht", "banden", "pees", "kas"} {
		if stem, ok := strings.CutSuffix(t.text, bone); ok && (bodyParts[stem] || bodyParts[strings.TrimSuffix(stem, "gen")]) {
			return true // “nekwervel”
		}
	}
	for _, side := range []string{"linker", "rechter", "boven", "onder"} {
		if rest, ok := strings.CutPrefix(t.text, side); ok && bodyParts[rest] {
			return true
		}
	}
	return false
}

// ofSomebody are the words between a verb or a wound and the part of the body.
var ofSomebody = set("zijn haar hun mijn de het een beide zich zichzelf in aan op van linker rechter twee drie enkele 's zn hr d'r z'n")

// bodyPart reads what happened to a part of the body, from token i on; before i is nothing.
func (s *scan) bodyPart(i int) (last int) {
	t := s.toks[i]
	switch {
	case hurt[t.text]:
		if n := s.tok(i + 1); s.body(i+1) && !n.line && n.text != "hart" && (t.text != "open" && t.text != "blauwe" || n.text == "been" || n.text == "benen" || n.text == "voet" || n.text == "ogen") {
			return s.andMore(i + 1)
		}
	case (t.text == "in" || t.text == "op" || t.text == "aan") && s.near(i, 6, themselves):
		for j := i + 1; j <= i+3; j++ {
			if s.body(j) && harmed[s.tok(j+1).text] {
				return j + 1 // “zich in de armen gesneden”
			}
		}
	case hurts[t.text] || ails[t.text]:
		between := 0
		for j := i + 1; j <= i+5 && j < len(s.toks) && !s.toks[j].starts; j++ {
			if s.body(j) && between > 0 && (hurts[t.text] || s.innerAils(i, j)) {
				return j
			}
			if !ofSomebody[s.toks[j].text] && s.toks[j].text != "'" {
				break
			}
			between++
		}
	}
	return -1
}

var (
	themselves = set("zich zichzelf")
	harmed     = set("gesneden gekrast gekerfd geprikt gestoken gebeten verwond verbrand gebrand gebonkt geslagen")
)

// innerAils: “breuk in de pols”, “pijn aan haar rug”, and not “pijn van de handen in de klei”.
func (s *scan) innerAils(i, j int) bool {
	switch s.tok(i + 1).text {
	case "in", "aan", "op", "van":
		return j-i < 5
	}
	return false
}

// andMore: “gebroken neus en kneuzingen”, “gebroken neus en twee gebroken ribben”.
func (s *scan) andMore(last int) int {
	if s.tok(last+1).text != "en" {
		return last
	}
	for j := last + 2; j <= last+4 && j < len(s.toks); j++ {
		t := s.toks[j]
		switch {
		case t.has.is(sick), ails[t.text], s.body(j) && j > last+2:
			return j
		case t.kind != word, !hurt[t.text] && numerals[t.text] == 0:
			return last
		}
	}
	return last
}

// treated reads where somebody is treated, when the words before say that somebody is:
// “opgenomen op de gesloten afdeling van een psychiatrisch ziekenhuis”.
func (s *scan) treated(i int) (last int) {
	t := s.toks[i]
	closed := (t.text == "gesloten" || t.text == "besloten") && s.tok(i+1).text == "afdeling"
	ward := wards[t.text] || t.text == "ggz" && s.tok(i+1).text == "-"
	if !closed && !ward || t.capital && !t.shout || !s.near(i, 8, placed) && !s.placedBehind(i) || !s.intoWard(i) {
		return -1
	}
	last = i
	switch {
	case closed:
		last = i + 1
		if s.tok(i+2).text == "van" && s.tok(i+4).kind == word && (s.tok(i+3).text == "een" || s.tok(i+3).text == "de" || s.tok(i+3).text == "het") {
			last = i + 4
			if wards[s.tok(last).text] && s.tok(last+1).kind == word && !s.tok(last+1).has.is(verb|particle) {
				last++
			}
		}
	case s.tok(i+1).text == "-" && s.glued(i+1) && s.tok(i+2).kind == word:
		last = i + 2
	case strings.HasPrefix(t.text, "psychiatrisch"):
		last = i + 1
	}
	return min(last, len(s.toks)-1)
}

// intoWard: “in de”, “op een gesloten”, “naar de” stands before it.
func (s *scan) intoWard(i int) bool {
	for j := i - 1; j >= 0 && j > i-5 && !s.toks[j+1].starts; j-- {
		switch s.toks[j].text {
		case "in", "op", "naar", "bij", "uit":
			return true
		}
	}
	return false
}

// placedBehind: “in een kliniek opgenomen”.
func (s *scan) placedBehind(i int) bool {
	for j := i + 1; j <= i+4 && j < len(s.toks) && !s.toks[j].starts; j++ {
		if placed[s.toks[j].text] {
			return true
		}
	}
	return false
}

// addicted: behind this word and “aan” or “voor” stands to what.
func addicted(w string) bool {
	return strings.HasPrefix(w, "verslaafd") || strings.HasPrefix(w, "verslaving") || strings.HasPrefix(w, "allergisch") || w == "allergie" || w == "afhankelijk"
}
