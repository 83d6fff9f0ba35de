// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"sort"
	"strings"
)

// What may stay: the organisations of the case, the phone number of the desk. Nothing is found
// inside it, however it is spaced, and in the parts of it that are a name by themselves.

// stretches are parts of the text in its order, with the furthest end so far.
type stretches []struct{ from, to, reach int }

// hold tells whether one of them holds this part as a whole.
func (r stretches) hold(from, to int) bool {
	i := sort.Search(len(r), func(i int) bool { return r[i].from > from })
	return i > 0 && r[i-1].reach >= to
}

// allowed finds where the text holds strings that may stay.
func (s *scan) allowed(terms []string) stretches {
	var out stretches
	for _, term := range terms {
		words := pieces(term)
		if len(words) == 0 {
			continue
		}
		for i := range s.toks {
			if last := s.allowedAt(i, words); last >= i {
				out = append(out, struct{ from, to, reach int }{s.toks[i].from, s.toks[last].to, 0})
			}
		}
		out = append(out, s.allowedNumber(term)...)
	}
	slices.SortFunc(out, func(a, b struct{ from, to, reach int }) int { return a.from - b.from })
	reach := 0
	for i := range out {
		reach = max(reach, out[i].to)
		out[i].reach = reach
	}
	return out
}

// allowedAt gives the last token of such a string, or of a part of it, that begins at token i;
// -1 when none does.
func (s *scan) allowedAt(i int, words []string) int {
	t := s.toks[i]
	if t.text == words[0] {
		if last, ok := s.follows(i, words); ok {
			return last
		}
	}
	if t.kind != word || len(words) < 2 {
		return -1
	}
	at := slices.Index(words, t.text)
	if at < 0 {
		return -1
	}
	last, big := i, 0
	for j := i; j < len(s.toks) && at < len(words) && s.toks[j].text == words[at]; j, at = j+1, at+1 {
		if last = j; s.toks[j].capital && !s.toks[j].has.is(particle) {
			big++
		}
	}
	switch n := s.tok(last + 1); {
	case big > 1 && !s.ours(t.text), big == 1 && last > i && t.has.is(particle) && t.capital:
	case big == 1 && last == i && !t.has.is(given|surname) && !s.ours(t.text) && !(n.capital && !n.starts):
	default:
		return -1
	}
	return last
}

// allowedNumber finds a number that may stay, written with other marks between its digits.
func (s *scan) allowedNumber(term string) stretches {
	digits, letters := count(comparable(term))
	if digits < 6 || letters > 4 {
		return nil
	}
	key := dense(comparable(term))
	if national(key, strings.Contains(term, "+")) != key {
		key = national(key, true)
	}
	stream, at := s.stream()
	before := len(s.found)
	s.inStream(stream, at, strings.TrimPrefix(key, "0"), key[0] == '0', "", Reason{})
	var out stretches
	for _, h := range s.found[before:] {
		out = append(out, struct{ from, to, reach int }{h.from, h.to, 0})
	}
	s.found = s.found[:before]
	return out
}
