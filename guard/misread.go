// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// A letter for a digit is a slip of whoever types, and of a machine that reads paper:
// “O6-12345678”, “28-O2-1971”, “l4-03-2012”.

// mendDigits joins digits and the letters between them that stand for digits.
func mendDigits(toks []token) []token {
	out := toks[:0]
	for i := 0; i < len(toks); i++ {
		end := i
		for end+1 < len(toks) && end-i < longest && !toks[end+1].space && digitLike(toks[end]) && digitLike(toks[end+1]) {
			end++
		}
		if end == i || !meantAsNumber(toks, i, end) {
			out = append(out, toks[i])
			continue
		}
		t := toks[i]
		t.kind, t.to, t.text = number, toks[end].to, ""
		t.capital, t.shout, t.has = false, false, 0
		for _, part := range toks[i : end+1] {
			t.text += asDigits.Replace(part.text)
		}
		out = append(out, t)
		i = end
	}
	return out
}

var asDigits = strings.NewReplacer("o", "0", "l", "1", "i", "1")

// digitLike: digits, or one or two letters that look like them.
func digitLike(t token) bool {
	return t.kind == number || t.kind == word && len(t.text) < 3 && strings.Trim(t.text, "o") == "" || t.kind == word && (t.text == "l" || t.text == "i")
}

// meantAsNumber: a row with a letter o in it, or with another letter in the middle of a longer
// number: “5l” is five litres.
func meantAsNumber(toks []token, i, end int) bool {
	digits, round := 0, true
	for _, t := range toks[i : end+1] {
		if t.kind == number {
			digits += len(t.text)
		} else if t.text[0] != 'o' {
			round = false
		}
	}
	if digits == 0 || i > 0 && !toks[i].space && toks[i-1].kind == word {
		return false
	}
	goesOn := end+2 < len(toks) && !toks[end+1].space && strings.Contains("-/.", toks[end+1].text) && toks[end+2].kind == number && !toks[end+2].space
	if last := toks[end]; last.kind == word && (!goesOn || last.text[0] != 'o') {
		return goesOn && end > i
	}
	return round || digits > 4 || goesOn
}

// shortParticles makes one token of the small words of a name that are written with one letter
// each: “v.d. Nepnaam”, “v/d Nepnaam”.
func shortParticles(toks []token) []token {
	out := toks[:0]
	for i := 0; i < len(toks); i++ {
		if end := shortParticle(toks, i); end > i {
			t := toks[i]
			t.to, t.text, t.has = toks[end].to, "vd", particle
			out = append(out, t)
			i = end
			continue
		}
		out = append(out, toks[i])
	}
	return out
}

func shortParticle(toks []token, i int) (last int) {
	if toks[i].text == "v" && i+3 < len(toks) && toks[i+1].text == "." && toks[i+2].text == "'" && !toks[i+2].space && toks[i+3].text == "t" {
		return i + 3 // “v.'t Nepnaam”
	}
	if toks[i].text == "v" && i > 0 && i+2 < len(toks) && toks[i+1].text == "." && !toks[i+1].space && toks[i+2].kind == word && toks[i+2].capital && len(toks[i+2].text) > 2 && !toks[i+2].line && toks[i-1].has.is(strong|role|kin|given) && !toks[i].line {
		return i + 1 // “mevrouw v. Nepnaam”
	}
	if toks[i].text != "v" || i+3 >= len(toks) || toks[i+2].text != "d" || toks[i+2].line {
		return i
	}
	mark := toks[i+1].text
	switch {
	case mark == "." && toks[i+3].text == "." && !toks[i+1].space && !toks[i+3].space && i+4 < len(toks) && toks[i+4].kind == word && !toks[i+4].line && len(toks[i+4].text) > 1:
		return i + 3
	case mark == "/" && !toks[i+1].space && toks[i+3].kind == word && toks[i+3].space && toks[i+3].capital:
		return i + 2
	}
	return i
}

// misread reads a one or a zero inside a word as the letter that it looks like: “Mo1enaar”.
func (f *folded) misread(t token) token {
	at := t.to
	if at+1 >= len(f.low) || f.low[at] != '1' && f.low[at] != '0' || !asciiLetter(f.low[at+1]) || f.upper[at+1] {
		return t
	}
	end, _ := run(f.low, at+1)
	if end-t.from < 5 || end < len(f.low) && digit(f.low[end]) || end-at < 3 && at-t.from < 3 {
		return t
	}
	t.text = f.low[t.from:at] + map[byte]string{'1': "l", '0': "o"}[f.low[at]] + f.low[at+1:end]
	t.to = end
	return t
}
