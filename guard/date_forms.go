// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"strconv"
	"strings"
)

// Rarer ways to write a date: the year first with spaces, Roman months, the number of the
// month in words, months with a slip of the pen, and halves of a date of the case.

var romanMonths = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}

// rareDate reads such a date at token i.
func (s *scan) rareDate(i int) (date, bool) {
	switch t := s.toks[i]; {
	case t.kind == word && strings.HasSuffix(t.text, "e"):
		return s.ordinalDate(i)
	case t.kind != number || len(t.text) > 4:
		return date{}, false
	}
	if d, ok := s.yearFirst(i); ok {
		return d, true
	}
	return s.romanDate(i)
}

func yearNumber(t token) (int, bool) {
	if t.kind != number || !yearLike(t.text) {
		return 0, false
	}
	n, err := strconv.Atoi(t.text)
	return n, err == nil
}

func valid(d day) bool { return d.d > 0 && d.d < 32 && d.m > 0 && d.m < 13 }

// yearFirst: 2010 02 03.
func (s *scan) yearFirst(i int) (date, bool) {
	y, ok := yearNumber(s.tok(i))
	m, d := s.tok(i+1), s.tok(i+2)
	if !ok || m.kind != number || d.kind != number || len(m.text) != 2 || len(d.text) != 2 || m.line || d.line || s.tok(i+3).kind == number {
		return date{}, false
	}
	month, _ := strconv.Atoi(m.text)
	day_, _ := strconv.Atoi(d.text)
	out := date{day: day{day_, month, y}, from: i, to: i + 2}
	return out, valid(out.day)
}

// romanDate: 3 II 2010, 3-II-2010.
func (s *scan) romanDate(i int) (date, bool) {
	if t := s.tok(i); t.kind != number || len(t.text) > 2 {
		return date{}, false
	}
	j := i + 1
	if s.marks(j) {
		j++
	}
	m, ok := romanMonths[s.tok(j).text]
	if !ok || !s.tok(j).capital || len(s.tok(j).text) > 1 && !s.tok(j).shout {
		return date{}, false
	}
	if j++; s.marks(j) {
		j++
	}
	y, ok := yearNumber(s.tok(j))
	d, _ := strconv.Atoi(s.tok(i).text)
	out := date{day: day{d, m, y}, from: i, to: j}
	return out, ok && valid(out.day)
}

func (s *scan) marks(j int) bool {
	t := s.tok(j).text
	return t == "-" || t == "/" || t == "."
}

// ordinalDate: de derde van de tweede 2010.
func (s *scan) ordinalDate(i int) (date, bool) {
	d, ok := ordinals[s.tok(i).text]
	if !ok || s.tok(i+1).text != "van" || s.tok(i+2).text != "de" {
		return date{}, false
	}
	m, ok := ordinals[s.tok(i+3).text]
	if !ok {
		return date{}, false
	}
	y, last, short := s.year(i+4, true)
	out := date{day: day{d, m, y}, from: i, to: last, short: short}
	return out, y > 0 && valid(out.day)
}

// month gives the month of a word; beside a day and a year also one with a slip of the pen,
// and the English May.
func (s *scan) month(j int) (int, bool) {
	t := s.tok(j)
	if m, ok := monthOf[t.text]; ok || t.kind != word || len(t.text) < 3 || len(t.text) > 10 {
		return m, ok
	}
	p, n := s.tok(j-1), s.tok(j+1)
	if t.text == "may" && t.capital && (p.kind == number || n.kind == number) {
		return 5, true
	}
	if n.text == "." || n.text == "-" {
		n = s.tok(j + 2)
	}
	if _, year := yearNumber(n); !year || p.kind != number && !dayTail(p.text) && ordinals[p.text] == 0 && numerals[p.text] == 0 {
		return 0, false
	}
	if len(t.text) == 3 {
		for m, name := range shortMonths {
			if p.kind == number && (distance(t.text, name, 1) <= 1 || len(fullMonths[m]) == 4 && distance(t.text, fullMonths[m], 1) <= 1) {
				return m + 1, true
			}
		}
		return 0, false
	}
	for m, name := range fullMonths {
		if distance(t.text, name, 1) <= 1 || len(name) > 6 && distance(t.text, name, 2) <= 2 {
			return m + 1, true
		}
	}
	return 0, false
}

var shortMonths = strings.Fields("jan feb mrt apr mei jun jul aug sep okt nov dec")

var fullMonths = strings.Fields("januari februari maart april mei juni juli augustus september oktober november december")

// halfDates marks the day and month, and the month and year, of a birth of the case when
// they are written in digits: 3-2, 03/02, 02-2010.
func (s *scan) halfDates() {
	if len(s.own.born) == 0 {
		return
	}
	for i := range s.toks {
		a, mark, b := s.tok(i), s.tok(i+1), s.tok(i+2)
		if a.kind != number || b.kind != number || !s.marks(i+1) || b.line || s.used[i] || s.used[i+2] || !s.alone(i, i+2) || !s.standsAlone(i) {
			continue
		}
		x, _ := strconv.Atoi(a.text)
		y, _ := strconv.Atoi(b.text)
		for _, born := range s.own.born {
			dayMonth := x == born.d && y == born.m && len(a.text) < 3 && len(b.text) < 3 && (mark.text != "." || s.tok(i+3).text == "." && s.glued(i+3) || a.text[0] == '0')
			monthYear := x == born.m && y == born.y && len(b.text) == 4
			if dayMonth || monthYear {
				s.add(i, i+2, BirthDate, 84, ownBirthWhy)
				break
			}
		}
	}
}

// standsAlone: no number is tied to the two at i and i+2 by a mark.
func (s *scan) standsAlone(i int) bool {
	before := s.marks(i-1) && s.glued(i) && s.tok(i-2).kind == number
	n := s.tok(i + 3)
	after := (s.marks(i+3) || n.text == ":") && !n.space && s.tok(i+4).kind == number && !s.tok(i+4).space
	return !before && !after && n.text != "%" && n.text != "uur"
}
