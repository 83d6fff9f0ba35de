// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"sort"
	"strconv"
	"strings"
)

// birthDates marks the dates of birth of the case, and dates that the text calls so.
func (s *scan) birthDates() {
	for i, d := range s.dates {
		own := false
		for _, b := range s.own.born {
			own = own || d.same(b)
		}
		switch {
		case own:
			s.add(d.from, d.to, BirthDate, 94, ownBirthWhy)
			s.dates[i].born = true
		case s.saidBorn(d) && (d.y > 0 || d.d > 0):
			s.add(d.from, d.to, BirthDate, 85, birthWhy)
			s.dates[i].born = true
		}
	}
	s.denseBirths()
	s.birthYears()
	s.halfDates()
	s.tables()
}

// saidBorn: a word before the date, or just behind it, says that somebody was born then.
func (s *scan) saidBorn(d date) bool {
	if p := s.tok(d.from - 1); p.text == "°" || p.text == "*" && !p.starts && (s.glued(d.from) || s.tok(d.from-2).text == "(" || s.tok(d.from-2).text == ",") || s.tok(d.from-2).text == "wereld" && p.text == "op" {
		return true
	}
	if s.bornShort(d.from) || s.tok(d.to+1).text == "ter" && s.tok(d.to+2).text == "wereld" {
		return true
	}
	if s.tok(d.from-1).text == ":" && s.labelledBorn(d.from-1) {
		return true
	}
	from := s.beforeFormat(d.from)
	if s.near(from, 6, saysBorn) && !s.jubilee(from) || s.bornMisspelt(d.from) && !s.near(d.from, 5, saysMeeting) {
		return true
	}
	if s.tok(d.from-1).text == "(" && s.tok(d.to+1).text == ")" && d.d > 0 && d.y > 0 && !s.tok(d.from-1).line && s.whoseDate(d.from-2) {
		return true
	}
	if s.tok(d.from-1).text == "," && d.d > 0 && d.y > 0 && s.partyDate(d) {
		return true
	}
	for j := d.to + 1; j <= d.to+4 && j < len(s.toks) && !s.toks[j].starts && (s.toks[j].kind == word || s.toks[j].text == "," || s.toks[j].text == "'" || s.toks[j].text == "\"" || s.toks[j].text == ")" || s.toks[j].text == "("); j++ {
		if saysBorn[s.toks[j].text] {
			return !s.dateAt(j+1) && !s.dateAt(j+2) && !s.dateAt(j+3)
		}
	}
	return false
}

// partyDate: a date behind a name and a comma, with another fact of the same person behind it, or
// in brackets with the name: “M. Verzonnen, 8 november 1998, BSN …”.
func (s *scan) partyDate(d date) bool {
	p, n, m := s.tok(d.from-2), s.tok(d.to+1), s.tok(d.to+2)
	named := p.kind == word && p.capital && (!p.has.is(common|known|place) || s.tok(d.from-3).has.is(given) && s.tok(d.from-3).capital) && (s.tok(d.from-3).capital || s.tok(d.from-3).has.is(particle) || s.tok(d.from-3).text == "." || s.tok(d.from-3).text == "-")
	if !named {
		return false
	}
	if n.text == ")" {
		return p.has.is(given|surname) || s.tok(d.from-3).has.is(given)
	}
	return n.text == "," && (saysBSN[m.text] || saysPhone[m.text] || m.text == "wonende" || m.text == "wonend" || m.text == "woonachtig" || m.text == "adres" || m.text == "06")
}

// jubilee: “het 50-jarig bestaan” is no birthday.
func (s *scan) jubilee(i int) bool {
	for j := i - 1; j >= i-6 && j > 0; j-- {
		if t := s.toks[j].text; saysBorn[t] {
			return t == "jarig" && (s.tok(j-1).text == "-" || s.tok(j-1).kind == number)
		}
	}
	return false
}

// bornShort: “d.o.b.”, “g.d.”, “gb”.
func (s *scan) bornShort(i int) bool {
	at := s.toks[i].from
	before := strings.TrimRight(s.f.low[max(0, at-8):at], " :")
	if strings.HasSuffix(before, "d.o.b.") || strings.HasSuffix(before, "g.d.") {
		return true
	}
	p := s.tok(i - 1)
	return p.text == "gb" && s.tok(i-2).kind != number || p.text == "." && s.glued(i-1) && s.tok(i-2).text == "gb"
}

// labelledBorn: a long label before the colon: “Gebdatum van de dader volgens politie:”.
func (s *scan) labelledBorn(colon int) bool {
	for j := colon - 1; j >= 0 && j > colon-11; j-- {
		t := s.toks[j]
		if saysBorn[t.text] || len(t.text) > 9 && distance(t.text, "geboortedatum", 2) <= 2 {
			return true
		}
		if t.kind != word && t.text != "/" && t.text != "-" && t.text != "'" && t.text != "(" && t.text != ")" || t.line {
			return false
		}
	}
	return false
}

// dateAt: a date begins at token i.
func (s *scan) dateAt(i int) bool {
	at := sort.Search(len(s.dates), func(k int) bool { return s.dates[k].from >= i })
	return at < len(s.dates) && s.dates[at].from == i
}

// beforeFormat steps back over how a date is to be written: “Geboortedatum (dd-mm-jjjj): …”.
func (s *scan) beforeFormat(i int) int {
	j := i - 1
	if s.tok(j).text == ":" {
		j--
	}
	if s.tok(j).text != ")" {
		return i
	}
	for most := j - 8; j > most && j > 0; j-- {
		if s.toks[j].text == "(" {
			return j
		}
	}
	return i
}

// whoseDate: a date in brackets behind a relative or a name is of a birth: “halfzus (3-2-1990)”.
func (s *scan) whoseDate(i int) bool {
	t := s.tok(i)
	if t.kind == word && t.capital && !t.has.is(common|known) && s.tok(i-1).text == "." && len(s.tok(i-2).text) == 1 && s.tok(i-2).capital {
		return true // “J. Verzonnen (3-2-1990)”
	}
	return t.kind == word && (t.has.is(kin) && !t.has.is(role) || t.capital && t.has.is(given|surname) && !t.has.is(common|known|place) && (s.tok(i-1).capital || s.tok(i-1).has.is(particle)))
}

// bornMisspelt: “geborn”, “geborem”, “geeboren”.
func (s *scan) bornMisspelt(i int) bool {
	for j := i - 1; j >= i-3 && j >= 0 && !s.toks[j+1].starts; j-- {
		w := s.toks[j].text
		if len(w) < 5 || !strings.HasPrefix(w, "g") {
			continue
		}
		if strings.HasPrefix(w, "gebo") && distance(w, "geboren", 2) <= 2 || distance(w, "geboren", 1) <= 1 || distance(w, "geboortedatum", 2) <= 2 {
			return true
		}
	}
	return false
}

// denseBirths: eight digits in a row that are a date of birth of the case, or are said to
// be one.
func (s *scan) denseBirths() {
	for i, t := range s.toks {
		if t.kind != number || !s.alone(i, i) || s.used[i] {
			continue
		}
		if len(t.text) == 6 {
			s.sixDigits(i)
		}
		if len(t.text) != 8 {
			continue
		}
		n, _ := strconv.Atoi(t.text)
		for _, d := range []day{{n / 1000000, n / 10000 % 100, n % 10000}, {n % 100, n / 100 % 100, n / 10000}} {
			if d.m == 0 || d.m > 12 || d.d == 0 || d.d > 31 || d.y < 1900 || d.y > 2100 {
				continue
			}
			if s.isBorn(d) {
				s.add(i, i, BirthDate, 94, ownBirthWhy)
				break
			} else if s.near(i, 6, saysBorn) {
				s.add(i, i, BirthDate, 85, birthWhy)
				break
			}
		}
	}
}

// sixDigits: 030210 or 100203, of the case or said to be a date of birth.
func (s *scan) sixDigits(i int) {
	n, _ := strconv.Atoi(s.toks[i].text)
	for _, d := range []day{{n / 10000, n / 100 % 100, n % 100}, {n % 100, n / 100 % 100, n / 10000}} {
		if !valid(d) {
			continue
		}
		for _, b := range s.own.born {
			if d.d == b.d && d.m == b.m && d.y == b.y%100 {
				s.add(i, i, BirthDate, 94, ownBirthWhy)
				return
			}
		}
		if s.near(i, 4, saysBorn) {
			s.add(i, i, BirthDate, 85, birthWhy)
			return
		}
	}
}

func (s *scan) isBorn(d day) bool {
	for _, b := range s.own.born {
		if b == d {
			return true
		}
	}
	return false
}

// birthYears: “geboren in 2010”, “geboortejaar 2010”.
func (s *scan) birthYears() {
	for i, t := range s.toks {
		if t.kind != number || len(t.text) != 4 || s.used[i] || t.text[:2] != "19" && t.text[:2] != "20" {
			continue
		}
		if p := s.tok(i - 1).text; p == "geboortejaar" || s.near(i, 2, saysBorn) && (p == "in" || p == "uit" || p == ":") {
			s.add(i, i, BirthDate, 60, birthWhy)
		}
	}
}

// saysMeeting: these dates are of an agenda.
var saysMeeting = set("tot vergadering overleg")
