// SPDX-License-Identifier: EUPL-1.2

package guard

// What stands around words tells that they are a name, when the words themselves do not.

// listedName: what stands around initials with an everyday word says that they are a name:
// they are one of a row, a second word follows, or it says who it is.
func (s *scan) listedName(i, first int) bool {
	last := s.surnameEnd(first)
	p, n := s.tok(i-1), s.tok(last+1)
	row := p.text == ":" || p.text == "," || p.has.is(strong) || n.text == "," && !s.toks[i].starts
	return row && !n.capital || last > first || s.roleBehind(last) || n.text == ":" && s.toks[i].starts && !s.tok(last+2).capital || n.text == "," && s.tok(last+2).shout
}

// roleBehind: behind a name stands, in brackets or behind a comma, who it is: “(moeder)”,
// “, jeugdbeschermer”.
func (s *scan) roleBehind(end int) bool {
	n, m := s.tok(end+1), s.tok(end+2)
	return (n.text == "(" || n.text == ",") && m.kind == word && !m.capital && !m.line && (m.has.is(kin|role|label|title) || offices[m.text])
}

// farms begin last names of two words, of the east of the country: Oude Lansink.
var farms = set("oude olde groot grote klein kleine lutke nieuwe")

// twoWords: such a name, where a person can stand.
func (s *scan) twoWords(i int) bool {
	n := s.tok(i + 1)
	if !farms[s.toks[i].text] || !n.capital || n.starts || n.taken || s.article(i) || !s.strange(n) && !n.has.is(surname) {
		return false
	}
	p, after := s.tok(i-1), s.tok(i+2)
	return after.has.is(verb) || surePerson[p.text] || p.text == "," || p.text == ":" || p.has.is(strong|role|kin) || offices[p.text]
}

// wordBehind: the sentence goes on with a small word that nobody does.
func (s *scan) wordBehind(i int) bool {
	n, m := s.tok(i+1), s.tok(i+2)
	if n.kind != word || n.capital || n.line {
		return false
	}
	if n.text == "en" || n.text == "noch" || n.text == "of" {
		return m.kind == word && !m.capital && !m.has.is(kin|role)
	}
	if asks[n.text] {
		return true // “Wil de raad dit anders …”
	}
	return (s.toks[i].has.is(worded) || s.toks[i].has.is(common) && n.has.is(common|role) && !n.has.is(kin)) && !n.has.is(verb) && n.text[len(n.text)-1] != 't'
}

// asks are words that follow a verb at the start of a question or condition.
var asks = set("dat de het een u je jij men iemand iedereen hij zij we wij")
