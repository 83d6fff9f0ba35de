// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"sort"
)

// traces marks an age together with a place or a date: enough for a village to know who it
// is (R-R-84).
func (s *scan) traces() {
	ages := s.ages()
	if len(ages) == 0 {
		s.families(nil)
		return
	}
	around := s.surroundings()
	s.families(&around)
	for _, a := range ages {
		own := slices.Contains(s.own.ages, a.years)
		if !own && !a.personal {
			continue
		}
		pieces := s.traced(a, own, around)
		if len(pieces) > 1 {
			s.together(pieces)
		}
	}
}

// piece is a part of a combination, in tokens.
type piece struct {
	from, to int
	what     string // age, place or date
	own      bool
}

// surroundings are the places and dates of a text, in its order.
type surroundings struct{ places, ownPlaces, dates, ownDates []piece }

func (s *scan) surroundings() surroundings {
	var r surroundings
	for _, p := range s.places() {
		r.places = append(r.places, p)
		if p.own {
			r.ownPlaces = append(r.ownPlaces, p)
		}
	}
	for _, d := range s.dates {
		if d.d == 0 || d.born {
			continue
		}
		p := piece{d.from, d.to, "date", s.isWhen(d)}
		r.dates = append(r.dates, p)
		if p.own {
			r.ownDates = append(r.ownDates, p)
		}
	}
	return r
}

// traced gives the age and what makes it traceable. An age and a place of the case are
// traceable however far apart; others in the same sentence or the next.
func (s *scan) traced(a age, own bool, around surroundings) []piece {
	out := []piece{{s.withSomeone(a.from), a.to, "age", own}}
	p, ok := closest(around.places, a, 40, func(p piece) bool { return s.close(a.from, p.from, 1) })
	if !ok && own {
		p, ok = closest(around.ownPlaces, a, len(s.toks), nil)
	}
	if ok {
		out = append(out, p)
	}
	d, ok := closest(around.ownDates, a, len(s.toks), nil)
	if !ok && (own || len(out) > 1) {
		further := 0
		if own && a.personal {
			further = 1
		}
		d, ok = closest(around.dates, a, 12, func(p piece) bool {
			return s.close(a.from, p.from, 0) || p.from > a.from && s.close(a.from, p.from, further)
		})
	}
	if ok {
		out = append(out, d)
	}
	if !own && len(out) == 1 {
		further := func(q piece) bool { return s.close(a.from, q.from, 2) }
		if p, ok := closest(around.places, a, 40, further); ok {
			if d, ok := closest(around.dates, a, 40, further); ok {
				out = append(out, p, d) // age, place and date, each in a sentence of its own
			}
		}
	}
	return out
}

// withSomeone begins an age at the person it is of: “meisje van 14 jaar”, “bewoner (28)”.
func (s *scan) withSomeone(i int) int {
	for j := i - 1; j >= i-3 && j >= 0; j-- {
		if someone[s.toks[j].text] {
			return j
		}
		if s.toks[j+1].starts || s.toks[j].text != "van" && s.toks[j].text != "(" && s.toks[j].text != "," {
			return i
		}
	}
	return i
}

// closest gives the piece nearest to the age of those that count, at most so many tokens
// away. The pieces stand in the order of the text.
func closest(of []piece, a age, reach int, counts func(piece) bool) (piece, bool) {
	right := sort.Search(len(of), func(i int) bool { return of[i].from >= a.from })
	left := right - 1
	for left >= 0 || right < len(of) {
		i := right
		if right == len(of) || left >= 0 && a.from-of[left].from <= of[right].from-a.from {
			i = left
			left--
		} else {
			right++
		}
		if abs(of[i].from-a.from) > reach {
			break
		}
		if counts == nil || counts(of[i]) {
			return of[i], true
		}
	}
	return piece{}, false
}

func (s *scan) isWhen(d date) bool {
	for _, w := range s.own.when {
		if d.same(w) {
			return true
		}
	}
	return false
}

// close: at most so many sentences lie between two tokens.
func (s *scan) close(i, j, sentences int) bool {
	if i > j {
		i, j = j, i
	}
	if j-i >= 40 {
		return false
	}
	for k := i + 1; k <= j; k++ {
		if s.toks[k].starts {
			if sentences--; sentences < 0 {
				return false
			}
		}
	}
	return true
}

// together marks pieces of one sentence as one finding, others each by themselves.
func (s *scan) together(pieces []piece) {
	first, last := pieces[0], pieces[0]
	for _, p := range pieces[1:] {
		if p.from < first.from {
			first = p
		}
		if p.to > last.to {
			last = p
		}
	}
	why := combinationWhy(pieces)
	if s.close(first.from, last.from, 0) && last.to-first.from < 25 {
		s.add(first.from, last.to, Combination, 30, why)
		return
	}
	for _, p := range pieces {
		s.add(p.from, p.to, Combination, 30, why)
	}
}

func combinationWhy(pieces []piece) Reason {
	var hasPlace, hasDate bool
	for _, p := range pieces {
		if p.what == "family" {
			return Reason{"een bijzonder gezin of beroep en een plaats samen zijn herleidbaar", "an unusual family or trade and a place together are traceable"}
		}
		hasPlace, hasDate = hasPlace || p.what == "place", hasDate || p.what == "date"
	}
	switch {
	case hasPlace && hasDate:
		return Reason{"leeftijd, plaats en datum samen zijn herleidbaar", "age, place and date together are traceable"}
	case hasDate:
		return Reason{"leeftijd en datum samen zijn herleidbaar", "age and date together are traceable"}
	}
	return Reason{"leeftijd en plaats samen zijn herleidbaar", "age and place together are traceable"}
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
	if i > 0 && s.toks[i-1].has.is(place) && s.toks[i-1].taken && t.taken && t.has.is(place) {
		return -1, false
	}
	if t.kind == word && !t.capital && t.has == 0 && s.tok(i-1).text == "uit" && len(t.text) > 4 && !shape(t.text).is(everyday|housePart) && vocab().letters.of(t.text) > 20 {
		return i, false // “een 7-jarige uit nergenhuizen”
	}
	if t.kind != word || !t.capital && t.text != "'" {
		return -1, false
	}
	if t.has.is(place) && !(t.starts && t.has.is(common)) {
		j := i
		for s.tok(j+1).has.is(place) && s.tok(j+1).taken && t.taken {
			j++
		}
		return j, false
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
var whereWords = set("in uit te nabij bij rond")

// families marks what is as good as an age: how many children a family has, who is the only
// one of a trade, with a place.
func (s *scan) families(around *surroundings) {
	for i := range s.toks {
		p, ok := s.family(i)
		if !ok {
			continue
		}
		if around == nil {
			r := s.surroundings()
			around = &r
		}
		a := age{0, p.from, p.to, true}
		town, ok := closest(around.places, a, 14, func(q piece) bool { return s.close(p.from, q.from, 0) })
		if !ok {
			continue
		}
		pieces := []piece{p, town}
		if d, ok := closest(around.dates, a, 20, func(q piece) bool { return s.close(p.from, q.from, 0) }); ok {
			pieces = append(pieces, d)
		}
		s.together(pieces)
	}
}

// family reads “gezin met zeven kinderen” and “de enige huisarts”.
func (s *scan) family(i int) (piece, bool) {
	t := s.toks[i]
	switch {
	case (t.text == "gezin" || t.text == "familie" || t.text == "moeder" || t.text == "vader") && s.tok(i+1).text == "met" && s.tok(i+3).text == "kinderen":
		if n, ok := s.value(i + 2); ok && n > 2 {
			return piece{i, i + 3, "family", false}, true
		}
	case t.text == "enige" && s.tok(i-1).text == "de":
		for j := i + 1; j <= i+3 && s.toks[min(j, len(s.toks)-1)].kind == word; j++ {
			if w := s.tok(j); w.has.is(role|kin) && !w.capital {
				return piece{i, j, "family", false}, true
			}
		}
	}
	return piece{}, false
}
