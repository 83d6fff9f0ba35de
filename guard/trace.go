// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"sort"
	"strings"
)

// traces marks an age together with a place or a date: enough for a village to know who it
// is (R-R-84).
func (s *scan) traces() {
	s.villagesAreNobody()
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
		} else if own && a.personal && s.besideOwnName(a) {
			s.add(a.from, a.to, Combination, 30, ownAgeWhy)
		}
	}
}

var ownAgeWhy = Reason{"de leeftijd van iemand uit deze zaak", "the age of somebody in this case"}

// besideOwnName: the age stands right behind a name of the case: it stays when the name goes.
func (s *scan) besideOwnName(a age) bool {
	for _, h := range s.found {
		if h.category != Name || h.why != ownNameWhy || h.to > s.toks[a.from].from {
			continue
		}
		gap := s.f.low[h.to:s.toks[a.from].from]
		if len(gap) < 20 && !strings.ContainsAny(gap, ".:;?!0123456789\n") && (strings.HasSuffix(gap, " ik ben ") || strings.HasSuffix(gap, " is ") || strings.HasSuffix(gap, " was ")) {
			return true
		}
		if gap == " " || gap == ", " || gap == " (" || gap == " is " || gap == ": " || gap == " van " {
			return true
		}
	}
	return false
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
