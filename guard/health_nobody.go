// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// What is told of many, or done for many, is nobody's: “een op de vier jongeren heeft
// depressieve klachten”, “de gemeente koopt behandeling in voor verslaving”. One word for one
// person in the sentence makes it somebody's again.

var (
	crowd     = set(strings.Join(section("healthpart", "crowd"), " "))
	officesOf = set(strings.Join(section("healthpart", "office"), " "))
	acts      = set(strings.Join(section("healthpart", "acts"), " "))
)

// ofMany: the sentence around token i tells of a crowd or of what an office does, and of no
// single person.
func (s *scan) ofMany(i int) bool {
	from, to := s.sentenceAround(i)
	many, office, act := false, false, false
	for j := from; j < to; j++ {
		t := s.toks[j]
		switch {
		case crowd[t.text]:
			if s.fewOf(j) {
				return false
			}
			many = true
		case s.single(j):
			return false
		case officesOf[t.text]:
			office = true
		case acts[t.text]:
			act = true
		case t.text == "%" || t.text == "procent" || t.text == "gemiddeld":
			many = true
		}
	}
	return many || office && act
}

// ofItself: the illness opens a sentence about itself: “Dementie komt vaker voor.”
func (s *scan) ofItself(i int) bool {
	t := s.toks[i]
	if !t.starts || !t.capital || !s.tok(i+1).has.is(verb) && s.tok(i+1).text != "kan" {
		return false
	}
	_, to := s.sentenceAround(i)
	for j := i + 1; j < to; j++ {
		if s.single(j) || strings.HasSuffix(s.toks[j].text, "gesteld") || strings.HasPrefix(s.toks[j].text, "geconstateer") {
			return false
		}
	}
	return true
}

// What is seized or sold is in nobody's body.
var (
	substances = set("wiet cocaïne coke heroïne ghb xtc mdma amfetamine amfetaminen lachgas cannabis ketamine speed methadon")
	seizing    = set("gevonden vond vonden vindt aangetroffen handel handelt dealen dealt gedeald smokkel gesmokkeld container lab opgerold verkocht verkoopt verkopen kilo inbeslaggenomen onderschept")
)

// seized: “de politie vond cocaïne in een container”.
func (s *scan) seized(i int) bool {
	if !substances[s.toks[i].text] {
		return false
	}
	found := false
	from, to := s.sentenceAround(i)
	for j := from; j < to; j++ {
		if s.single(j) || s.toks[j].text == "bloed" {
			return false
		}
		found = found || seizing[s.toks[j].text]
	}
	return found
}

// sentenceAround gives the tokens of the sentence, at most forty on each side.
func (s *scan) sentenceAround(i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && i-from < 40 && !s.toks[from].starts {
		from--
	}
	for to < len(s.toks) && to-i < 40 && !s.toks[to].starts {
		to++
	}
	return from, to
}

// single: token j is one person: a name, a pronoun, a relative, a client.
func (s *scan) single(j int) bool {
	t := s.toks[j]
	switch {
	case t.kind != word:
		return false
	case t.text == "zijn":
		return !crowd[s.tok(j-1).text] && s.tok(j+1).kind == word && !s.tok(j+1).has.is(sick|particle)
	case persons[t.text] || someone[t.text]:
		return true
	case t.has.is(kin | role):
		return !officesOf[t.text] && !strings.HasSuffix(t.text, "en") && !strings.HasSuffix(t.text, "s")
	}
	return t.capital && !t.starts && t.has.is(given|surname) && !t.has.is(common|place|known|title) || s.ours(t.text) && t.capital
}

// fewOf: “twee jongeren”, “deze kinderen”, “hun ouders”: so few that they are somebody.
func (s *scan) fewOf(j int) bool {
	p := s.tok(j - 1)
	if _, one := s.value(j - 3); one && p.text == "de" && s.tok(j-2).text == "van" {
		return true // “een van de kinderen”
	}
	n, counted := s.value(j - 1)
	if counted {
		return n < 10 && n > 1 && s.tok(j-2).text != "de" && s.tok(j-2).text != "op"
	}
	return p.text == "beide" || p.text == "deze" || p.text == "die" || p.text == "hun" || persons[p.text]
}
