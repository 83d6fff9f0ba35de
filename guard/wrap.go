// SPDX-License-Identifier: EUPL-1.2

package guard

// A program that sends text breaks long lines wherever they happen to be full. Such a line end
// is a space: what was one name or one house before it still is.

// hardWrap is how many words stand on a line before it can be full.
const hardWrap = 4

// unwrap makes line ends that only broke a full line spaces, in tokens that do not know yet
// where sentences start.
func unwrap(toks []token, low string) {
	words := 0
	for i := range toks {
		t := &toks[i]
		if t.line && i > 0 && t.kind == word && words >= hardWrap && oneLineEnd(low[toks[i-1].to:t.from]) && cutOff(toks, i) {
			t.line = false
		}
		if t.line {
			words = 0
		}
		if t.kind == word {
			words++
		}
	}
}

func oneLineEnd(gap string) bool {
	n := 0
	for i := range len(gap) {
		if gap[i] == '\n' {
			n++
		}
	}
	return n == 1
}

// cutOff: the last word of a line asks for another one behind it: an article, a small word of
// a name, a role, the first name of somebody, an initial.
func cutOff(toks []token, i int) bool {
	p := toks[i-1]
	switch {
	case p.text == ".":
		if i > 3 && toks[i-3].text == "." && legalForm[toks[i-4].text+toks[i-2].text] {
			return false
		}
		return i > 1 && len(toks[i-2].text) == 1 && toks[i-2].capital && !p.space && toks[i].capital
	case p.kind != word:
		return false
	case turnedEnd(toks, i-1):
		return false
	case p.has.is(particle) && !p.capital, asksMore[p.text] && !p.capital:
		return true
	case !toks[i].capital:
		return false
	case p.has.is(strong) && !p.has.is(given|surname|greeting), p.capital && p.has.is(houseBefore) && !p.has.is(given|surname) && !p.starts && len(p.text) > 3 && !toks[i-2].capital:
		return true
	}
	n := toks[i].has
	if p.has.is(kin) && !p.capital && n.is(given) && !n.is(common|doubtful) {
		return true
	}
	if n != 0 && !n.is(surname|family|tail|houseAfter) || n.is(common|everyday|verb|role|kin) {
		return false
	}
	return p.capital && !p.shout && p.has.is(given) && !p.has.is(greeting) && !toks[i-1].line && i > 1 && !toks[i-2].capital && toks[i-2].kind == word
}

// turnedEnd: the small word ends a name of which the last part came first: “Nepnaam, O. van der”.
func turnedEnd(toks []token, j int) bool {
	for most := j - 3; j > most && j > 3 && toks[j].has.is(particle) && !toks[j].capital; j-- {
	}
	return j > 2 && toks[j].text == "." && len(toks[j-1].text) == 1 && toks[j-1].capital && toks[j-2].text == ","
}

// asksMore are small words behind which no sentence ends.
var asksMore = set("een het deze die dit dat hun zijn haar mijn ons onze uw naar met voor door over tot onder bij om als of en maar omdat want zodat volgens tegen zonder tussen na sinds per via namens dhr mw mevr")
