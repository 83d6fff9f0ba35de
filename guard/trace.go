// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"sort"
	"strings"
)

// age is an age where it stands in the text.
type age struct {
	years    int
	from, to int  // tokens
	personal bool // of one person, and no limit or duration
}

var (
	plurals = set("jongeren kinderen jeugdigen mensen cliënten bewoners leerlingen inwoners meisjes jongens volwassenen ouderen personen patiënten studenten werknemers medewerkers minderjarigen deelnemers vrouwen mannen iedereen mensen gezinnen ouders burgers vrijwilligers")
	someone = set("echtpaar stel koppel meisje jongen vrouw man kind jongere jeugdige cliënt cliënte bewoner bewoonster minderjarige inwoner inwoonster tiener baby peuter kleuter zoon dochter broer zus broertje zusje moeder vader leerling leerlinge patiënt patiënte persoon pupil slachtoffer verdachte dader tienermeisje tienerjongen puber student studente oma opa dame heer jongetje knul meid ventje dreumes slachtoffertje medebewoner medecliënt")
	limits  = set("tot vanaf onder boven minimaal maximaal minstens hoogstens dan binnen afgelopen tussen ruim bijna al na sinds duurt duurde elke per komende laatste tm circa over")
	spans   = set("geleden lang cel ervaring garantie gevangenisstraf jeugddetentie tbs later eerder contract oude termijn bewaard dienst werkzaam subsidie bestaan celstraf vergunning terug")
)

// goesOn are the words behind an age without “jaar”.
var goesOn = set("uit in te op is was werd wordt die heeft had en , . overleden overleed verdween verdwenen vermist woont wonend met")

// ages finds every age in the text.
func (s *scan) ages() []age {
	var out []age
	for i := range s.toks {
		if a, ok := s.age(i); ok {
			out = append(out, a)
		}
	}
	return out
}

func (s *scan) age(i int) (age, bool) {
	t := s.toks[i]
	if t.kind == word {
		return s.ageInWords(i)
	}
	if t.kind != number || len(t.text) > 3 || s.glued(i) && s.toks[i-1].kind != sign {
		return age{}, false
	}
	n, _ := s.value(i)
	if n < 1 || n > 115 {
		return age{}, false
	}
	j := i + 1
	for j < i+4 && (s.tok(j).text == "-" || s.tok(j).text == "'") {
		j++
	}
	return s.ageTail(i, j, n)
}

// ageInWords: zestienjarige, zestien jaar.
func (s *scan) ageInWords(i int) (age, bool) {
	w := s.toks[i].text
	for _, end := range []string{"jarige", "jarig"} {
		if head, ok := strings.CutSuffix(w, end); ok {
			n, ok := numerals[head]
			return age{n, i, i, true}, ok && n > 0
		}
	}
	n, ok := numerals[w]
	if !ok || n < 2 {
		return age{}, false
	}
	j := i + 1
	if s.tok(j).text == "-" {
		j++
	}
	return s.ageTail(i, j, n)
}

// ageTail reads what stands behind the number.
func (s *scan) ageTail(i, j, n int) (age, bool) {
	t := s.tok(j)
	switch {
	case t.text == "jarige" || t.text == "jarig" || t.text == "jr" && s.tok(j+1).text == "." && s.tok(j+2).text == "oud":
		return age{n, i, j, true}, true
	case t.text == "jaar" || t.text == "jr" || t.text == "year" || t.text == "years" || t.text == "jaren" && s.tok(j+1).text == "oud":
		a := age{n, i, j, false}
		if o := s.tok(j + 1).text; o == "oud" || o == "oude" && s.someoneNear(j+2) || o == "jong" {
			a.to, a.personal = j+1, true
		}
		if s.isLimit(i, a.to) {
			return age{}, false
		}
		a.personal = a.personal || s.ofSomeone(i)
		return a, true
	case t.text == ")" && s.tok(i-1).text == "(" && (s.tok(i-2).capital && s.tok(i-2).kind == word && !s.tok(i-2).has.is(known|place) || someone[s.tok(i-2).text] || s.tok(i-2).text == "."):
		return age{n, i, i, true}, true
	case t.text == ")" && s.tok(i-1).text == "(" && (s.tok(j+1).text == "uit" || s.tok(j+1).text == "te" || s.tok(j+1).text == ",") && s.tok(j+2).capital && !s.tok(j+2).starts:
		return age{n, i, i, true}, true // “leeftijd/woonplaats: (18) uit …”
	case s.tok(i-1).text == "van" && someone[s.tok(i-2).text] && n > 1 && goesOn[s.tok(i+1).text]:
		return age{n, i, i, true}, true // “een jongetje van negen uit …”
	case (s.tok(i-1).text == "leeftijd" || s.tok(i-2).text == "leeftijd") && n > 1:
		return age{n, i, i, true}, true
	}
	return age{}, false
}

func (s *scan) someoneNear(i int) bool { return someone[s.tok(i).text] || someone[s.tok(i+1).text] }

// isLimit: the years are a rule or a duration, not somebody's age.
func (s *scan) isLimit(i, last int) bool {
	for k := i - 1; k >= i-2 && k >= 0; k-- {
		if limits[s.toks[k].text] {
			return true
		}
	}
	if s.tok(i-1).text == "-" && s.tok(i-2).kind == number || s.tok(i-1).text == "€" {
		return true
	}
	n, m := s.tok(last+1).text, s.tok(last+2).text
	if spans[n] || (n == "en" || n == "of") && (m == "ouder" || m == "jonger") || n == "en" && s.tok(last+2).kind == number || n == "tot" || n == "t" && m == "/" {
		return true
	}
	return s.near(i, 3, plurals)
}

// ofSomeone: “een meisje van 14 jaar”, “Mila, 14 jaar”, “is 14 jaar”.
func (s *scan) ofSomeone(i int) bool {
	if s.near(i, 4, someone) {
		return true
	}
	p := s.tok(i - 1)
	return p.text == "," && s.tok(i-2).capital || p.text == "is" || p.text == "(" || p.text == "van" && s.tok(i-2).capital && !s.tok(i-2).starts
}

// traces marks an age together with a place or a date: enough for a village to know who it
// is (R-R-84).
func (s *scan) traces() {
	ages := s.ages()
	if len(ages) == 0 {
		return
	}
	around := s.surroundings()
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
		d, ok = closest(around.dates, a, 12, func(p piece) bool { return s.close(a.from, p.from, 0) })
	}
	if ok {
		out = append(out, d)
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
	if p := s.tok(i - 1).text; (p == "van" && (s.tok(i-2).text == "inwoner" || s.tok(i-2).text == "inwoonster" || s.tok(i-2).text == "bewoner") || p == "uit" || p == "te" || p == "," && (s.tok(i-2).text == "jaar" || s.tok(i-2).text == "jr" || s.tok(i-2).text == "oud") && s.strange(t) || p == "in" && (someone[s.tok(i-2).text] && s.tok(i-3).has == 0 || s.tok(i-2).text == "vermist") || p == "in" && (s.near(i, 3, livesAt) || s.tok(i-2).text == "dorp") || p == "dorp" || p == "gehucht" || p == "buurtschap" || p == "plaats" || p == "gemeente") && !t.starts && !t.has.is(common|given|known) && monthOf[t.text] == 0 {
		return i, false
	}
	return -1, false
}
