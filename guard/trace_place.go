// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strings"
	"sync"
)

// villages are places that only a combination looks for: many are called as people are.
var villages = sync.OnceValue(func() map[string][][]string {
	out := map[string][][]string{}
	for _, line := range file("village") {
		for _, name := range strings.Split(line, "|") {
			words := pieces(name)
			out[words[0]] = append(out[words[0]], words)
		}
	}
	return out
})

// village gives the end of a village that begins at token i; before i there is none. Without a
// capital it stands behind a word for where.
func (s *scan) village(i int) (last int) {
	t, p := s.toks[i], s.tok(i-1)
	last = -1
	where := whereWords[p.text] && !t.line || p.text == "vanuit"
	if t.kind != word && t.text != "'" || t.kind == word && !t.capital && (!where || len(t.text) < 4 || t.has.is(common)) || t.has.is(common) && !where || t.taken && !t.has.is(place) && !where {
		return last
	}
	for _, words := range villages()[t.text] {
		if j, ok := s.ill(i, words); ok && j > last && (j > i || where || !s.calledSo(i)) {
			last = j
		}
	}
	return last
}

// calledSo: the village is somebody's last name here: “mevrouw Meppen”, “Jan van Zalk”.
func (s *scan) calledSo(i int) bool {
	p := s.tok(i - 1)
	if p.has.is(given|strong|title) && p.kind == word && !s.toks[i].starts || p.text == "." && len(s.tok(i-2).text) == 1 || p.text == "van" && s.tok(i-2).capital && !s.tok(i-2).starts {
		return true
	}
	t := s.toks[i]
	return slices.ContainsFunc(s.found, func(h hit) bool {
		return h.category == Name && h.from <= t.from && t.to <= h.to && (h.from < t.from || h.to > t.to)
	})
}

// entered: a place that no list holds in a note of few words: “Nergenhuizen, 2-1-2024, m/13 jr”,
// “Melding Nergenhuizen.”
func (s *scan) entered(i int) bool {
	t, p, n := s.toks[i], s.tok(i-1), s.tok(i+1)
	if !t.capital || !s.strange(t) || t.has.is(given|surname) || len(t.text) < 4 {
		return false
	}
	switch {
	case n.text == "," && s.dateAt(i+2):
		return i == 0 || t.line || t.starts || p.kind == sign
	case p.text == "melding" || p.text == "woonplaats" || p.text == "locatie" || p.text == ":" && (s.tok(i-2).text == "woonplaats" || s.tok(i-2).text == "plaats"):
		return n.kind != word && !s.glued(i)
	}
	return false
}

// places finds the places of the case and other places, but none that may stay.
func (s *scan) places() []piece {
	stay := s.allowed(s.own.allowed)
	var out []piece
	for i := range s.toks {
		if last, own := s.placeAt(i); last >= i && !stay.hold(s.toks[i].from, s.toks[last].to) {
			out = append(out, piece{i, last, "place", own})
		}
	}
	return out
}

// placeAt reads a place that begins at token i: of the case, from the list, or a word with
// a capital behind “uit” or “inwoner van”.
func (s *scan) placeAt(i int) (last int, own bool) {
	t := s.toks[i]
	for _, words := range s.own.places {
		if j, ok := s.ill(i, words); ok && (t.capital || len(t.text) > 4) {
			return j, true
		}
	}
	if j := s.village(i); j >= i {
		return j, false
	}
	if i > 0 && s.toks[i-1].has.is(place) && s.toks[i-1].taken && t.taken && t.has.is(place) {
		return -1, false
	}
	if t.kind == word && !t.capital && t.has == 0 && s.tok(i-1).text == "uit" && len(t.text) > 4 && !shape(t.text).is(everyday|housePart) && vocab().letters.of(t.text) > 20 {
		return i, false // “een 7-jarige uit nergenhuizen”
	}
	if t.kind == word && !t.capital && t.has.is(place) && !t.has.is(common|given) && len(t.text) > 3 && whereWords[s.tok(i-1).text] && !t.line {
		return i, false // “een vijftienjarige uit nergenhuizen”
	}
	if t.kind != word || !t.capital && t.text != "'" {
		return -1, false
	}
	if t.has.is(place) && !(t.starts && t.has.is(common)) && (whereWords[s.tok(i-1).text] || !s.calledSo(i)) {
		j := i
		for s.tok(j+1).has.is(place) && s.tok(j+1).taken && t.taken {
			j++
		}
		return j, false
	}
	if s.entered(i) {
		return i, false
	}
	if n := s.tok(i + 1); n.text == "," && s.tok(i+2).text == "een" && someone[s.tok(i+3).text] && s.strange(t) {
		return i, false // “Diepenheim, een vrouw van …”
	}
	if p := s.tok(i - 1); (whereWords[p.text] && (!p.capital || p.starts) || p.text == "van" && (s.tok(i-2).has.is(role|kin) && !s.tok(i-2).capital || anOffice(s.tok(i-2).text))) && s.strange(t) && !t.has.is(given|surname) && !s.tok(i+1).has.is(houseAfter) && !(s.tok(i+1).capital && !s.tok(i+1).starts) {
		return i, false // a village that no list holds: “een 7-jarige in Nergenhuizen”
	}
	if p := s.tok(i - 1).text; (p == "van" && (s.tok(i-2).text == "inwoner" || s.tok(i-2).text == "inwoonster" || s.tok(i-2).text == "bewoner") || p == "uit" || p == "te" || p == "," && (s.tok(i-2).text == "jaar" || s.tok(i-2).text == "jr" || s.tok(i-2).text == "oud") && s.strange(t) || p == "in" && (someone[s.tok(i-2).text] && s.tok(i-3).has == 0 || s.tok(i-2).text == "vermist") || p == "in" && (s.near(i, 3, livesAt) || s.tok(i-2).text == "dorp") || p == "dorp" || p == "gehucht" || p == "buurtschap" || p == "plaats" || p == "gemeente") && !t.starts && !t.has.is(common|given|known) && monthOf[t.text] == 0 {
		return i, false
	}
	return -1, false
}

// whereWords stand before a village.
var whereWords = set("in uit te nabij bij rond vanuit")
