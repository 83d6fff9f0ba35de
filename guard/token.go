// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	word kind = iota + 1
	number
	sign // one character that is neither
)

// token is a run of letters, a run of digits, or one other character.
type token struct {
	from, to int // bytes in the folded text
	kind     kind
	text     string
	has      trait // what the word lists know about it
	capital  bool  // begins with a capital
	shout    bool  // all capitals, two letters or more
	space    bool  // there is space before it
	line     bool  // there is a line end before it
	starts   bool  // begins a sentence
	taken    bool  // belongs to an institution, a street or a fixed name: no person
}

// split reads the folded text once.
func split(f *folded) []token {
	out := make([]token, 0, len(f.low)/4+8)
	space, line := false, false
	for at := 0; at < len(f.low); {
		c := f.low[at]
		if c == ' ' || c == '\n' {
			space, line = true, line || c == '\n'
			at++
			continue
		}
		end, k := run(f.low, at)
		if f.low[at] == '>' && (line || len(out) == 0) {
			at, space = end, true // the mark of a quoted message
			continue
		}
		t := token{from: at, to: end, kind: k, text: f.low[at:end], space: space, line: line}
		if k == word {
			t = f.misread(t)
			t = f.joinBroken(t)
			t.capital, t.shout = f.capitals(t.from, t.to)
			t.has = traits(t.text, t.capital)
		}
		out = append(out, t)
		space, line, at = false, false, t.to
	}
	out = shortParticles(mendDigits(out))
	unwrap(out, f.low)
	for i := range out {
		out[i].starts = startsSentence(out, i)
	}
	return out
}

func run(s string, at int) (end int, k kind) {
	c := s[at]
	if '0' <= c && c <= '9' {
		for end = at; end < len(s) && '0' <= s[end] && s[end] <= '9'; end++ {
		}
		return end, number
	}
	for end = at; end < len(s); {
		if asciiLetter(s[end]) {
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[end:])
		if r < utf8.RuneSelf || !unicode.IsLetter(r) {
			break
		}
		end += size
	}
	if end > at {
		return end, word
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return at + size, sign
}

// joinBroken puts the halves of a word together that a hyphen at the end of a line parted.
// Fold took the hyphen away, so that the line end touches letters on both sides.
func (f *folded) joinBroken(t token) token {
	if _, cut := slices.BinarySearch(f.cuts, t.to); !cut {
		return t
	}
	rest := f.low[t.to:]
	after := strings.TrimLeft(rest, " \n")
	gap := len(rest) - len(after)
	if gap == 0 || after == "" || !asciiLetter(after[0]) || !strings.Contains(rest[:gap], "\n") {
		return t
	}
	end, _ := run(f.low, t.to+gap)
	t.text = t.text + f.low[t.to+gap:end]
	t.to = end
	return t
}

func (f *folded) capitals(from, to int) (first, all bool) {
	first, all = f.upper[from], to-from > 1
	for i := from; i < to && all; i++ {
		all = f.upper[i] || !asciiLetter(f.low[i])
	}
	if to-from > 3 && f.upper[from] && f.upper[from+1] && f.upper[from+2] {
		all = true // “PSHi” is an abbreviation
	}
	return first, all
}

// opens: what stands before the word begins a line of a chat, a log or a dictation: “(09:41)
// begeleider:”, “14.30”, “//”, “punt”.
func opens(toks []token, i int) bool {
	p := toks[i-1]
	switch {
	case p.text == "punt" && toks[i].space, p.text == "regel" && i > 1 && toks[i-2].text == "nieuwe":
		return true
	case p.text == "/" && i > 1 && toks[i-2].text == "/" && toks[i].space:
		return true
	case p.kind == sign && p.text[0] >= 0x80 && p.text != "€" && p.text != "§" && p.text != "°":
		return true
	case p.text == ":":
		return speaker(toks, i-1)
	case p.kind == number || p.text == "uur" || p.text == "u":
		return timed(toks, i-1)
	}
	return false
}

// speaker: before the colon stands who writes in a chat, behind brackets or a moment.
func speaker(toks []token, colon int) bool {
	for j := colon - 1; j > 0 && j > colon-6; j-- {
		t := toks[j]
		switch {
		case t.text == ")" || t.text == "]" || t.text == "~":
			return j < colon-1
		case t.text == "-" && toks[j-1].kind == number && t.space:
			return j < colon-1
		case t.kind == sign && t.text != "." && t.text != "-" && t.text != "'":
			return false
		}
		if t.line {
			return false
		}
	}
	return false
}

// timed: from the start of the line on, or from a double stroke, there is only a moment.
func timed(toks []token, j int) bool {
	for most := j - 8; j >= 0 && j > most; j-- {
		t := toks[j]
		switch {
		case t.kind == number && len(t.text) < 3, t.text == "u", t.text == "uur", t.kind == sign && t.text != "," && t.text != "|" && t.text != ";" && t.text != "€":
		default:
			return false
		}
		if t.line || j == 0 || t.text == "/" && toks[j-1].text == "/" {
			return true
		}
	}
	return false
}

// startsSentence: after a full stop that ends no abbreviation, a colon, a line end, or at
// the very start. Brackets and quotes are looked through.
func startsSentence(toks []token, i int) bool {
	for j := i; i-j < 6; j-- {
		if j == 0 || toks[j].line {
			return true
		}
		p := toks[j-1]
		if toks[i].capital && j == i && opens(toks, i) {
			return true
		}
		switch p.text {
		case "\"", "'", "*", "•", ">", "-", "#":
			if !toks[j].space && p.text == "-" || p.text == "'" && !p.space && j > 1 {
				return false
			}
			continue
		case ".":
			return (toks[j].space || toks[j].capital && j > 1 && len(toks[j-2].text) > 3) && !(j > 1 && (toks[j-2].has.is(abbreviation) || len(toks[j-2].text) == 1 && toks[j-2].kind == word && (j == 2 || toks[j-2].space || toks[j-3].kind != number)))
		case "!", "?", "…", "|":
			return true
		}
		return false
	}
	return false
}
