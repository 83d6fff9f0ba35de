// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"strconv"
	"strings"
	"time"
)

// day is a date; a zero says that it was not written.
type day struct{ d, m, y int }

// date is a day where it stands in the text.
type date struct {
	day
	from, to int    // tokens
	short    bool   // the year has two digits
	born     bool   // found as a date of birth
	slip     string // a month that was misspelt, which may be another one
}

var (
	ownBirthWhy = Reason{"een geboortedatum uit deze zaak", "a date of birth from this case"}
	birthWhy    = Reason{"een geboortedatum", "a date of birth"}

	saysBorn = set("geboren geb geboortedatum geboortedag gebdat gebd geboortedata verjaardag jarig verjaart geboorte gbdatum dob gbd birth levenslicht geboortedat born geborn geboortedatums birthday verjaarde gebdatum gebdat gebdata gebdag geboortdatum gebortedatum gebrtedatum geboortedd geboortedt gebdtm gebtdatum gebooortedatum geboortedtm")
	monthOf  = monthNames()
	numerals = numberWords()
	ordinals = ordinalWords()
)

func monthNames() map[string]int {
	out := map[string]int{}
	for _, line := range []string{
		"januari februari maart april mei juni juli augustus september oktober november december",
		"jan feb mrt apr mei jun jul aug sep okt nov dec", "january february march april may june july august september october november december",
		"janu febr mar apri mei juny july augst sept oct nov decem", "januarie februarie maar april mei juni juli augustsu septmber october novemeber decmber",
	} {
		for i, w := range strings.Fields(line) {
			out[w] = i + 1
		}
	}
	delete(out, "maar") // an everyday word
	delete(out, "may")
	return out
}

// numberWords are one to ninety-nine in Dutch, without marks.
func numberWords() map[string]int {
	out := map[string]int{}
	small := strings.Fields("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien")
	for n, w := range small {
		out[w] = n
	}
	for t, ten := range strings.Fields("twintig dertig veertig vijftig zestig zeventig tachtig negentig") {
		out[ten] = 10 * (t + 2)
		for n := 1; n < 10; n++ {
			out[small[n]+"en"+ten] = 10*(t+2) + n
		}
	}
	return out
}

func ordinalWords() map[string]int {
	out := map[string]int{"eerste": 1, "derde": 3, "achtste": 8}
	for w, n := range numerals {
		if n >= 20 || n == 8 {
			out[w+"ste"] = n
		} else if n > 1 && n != 3 {
			out[w+"de"] = n
		}
	}
	return out
}

// value reads a number in digits or in words.
func (s *scan) value(i int) (int, bool) {
	t := s.tok(i)
	if t.kind == number && len(t.text) < 5 {
		n, err := strconv.Atoi(t.text)
		return n, err == nil
	}
	if t.kind != word {
		return 0, false
	}
	n, ok := numerals[t.text]
	if !ok {
		n, ok = ordinals[t.text]
	}
	return n, ok
}

// readDates finds every date in the text.
func (s *scan) readDates() []date {
	var out []date
	for i := 0; i < len(s.toks); i++ {
		d, ok := s.digitsDate(i)
		if !ok {
			d, ok = s.monthDate(i)
		}
		if !ok {
			d, ok = s.birthdayOnly(i)
		}
		if !ok {
			d, ok = s.rareDate(i)
		}
		if ok {
			out = append(out, d)
			i = d.to
		}
	}
	return out
}

// digitsDate reads 3-2-2010, 2010-02-03, 3.2.10, 3 / 2 / 2010.
func (s *scan) digitsDate(i int) (date, bool) {
	var n [3]int
	var size [3]int
	j := i
	if !s.chunkStarts(i) && s.glued(i) && s.toks[i-1].kind != sign {
		return date{}, false
	}
	for k := range 3 {
		t := s.tok(j)
		if t.kind != number || len(t.text) > 4 {
			return date{}, false
		}
		n[k], _ = strconv.Atoi(t.text)
		size[k] = len(t.text)
		if k < 2 {
			mark := s.tok(j + 1)
			if mark.kind == number && mark.space && !mark.line && len(s.toks[i].text) == 2 && len(t.text) == 2 && s.spacedDate(i) {
				j++
				continue
			}
			if k == 1 && mark.space && !mark.line && yearLike(mark.text) && len(mark.text) == 4 {
				j++ // 03/02 2010
				continue
			}
			if mark.kind != sign || !strings.Contains("-/._", mark.text) || s.tok(j+2).line {
				return date{}, false
			}
			if j += 2; k == 1 && s.tok(j).text == "'" {
				j++ // 3-3-'11
			}
		}
	}
	if next := s.tok(j + 1); (next.text == "-" || next.text == "/" || next.text == ".") && s.tok(j+2).kind == number && !next.space && !s.tok(j+2).space {
		return date{}, false
	}
	d := date{from: i, to: j}
	switch {
	case size[0] == 4:
		d.day = day{n[2], n[1], n[0]}
	case size[2] == 4 || size[2] == 2:
		d.day, d.short = day{n[0], n[1], n[2]}, size[2] == 2
	default:
		return d, false
	}
	if d.m > 12 && d.d <= 12 {
		d.d, d.m = d.m, d.d
	}
	return d, valid(d.day) && (d.short || d.y > 1850 && d.y < 2150)
}

// birthdayOnly reads a day and month in digits, which is a date only behind such words as
// “jarig op”.
func (s *scan) birthdayOnly(i int) (date, bool) {
	a, mark, b := s.tok(i), s.tok(i+1), s.tok(i+2)
	if a.kind != number || b.kind != number || len(a.text) > 2 || len(b.text) > 2 || mark.text != "-" && mark.text != "/" || b.line || !s.alone(i, i+2) || !s.near(i, 5, saysBorn) {
		return date{}, false
	}
	if n := s.tok(i + 3); n.kind == sign && strings.Contains("-/.:", n.text) && s.tok(i+4).kind == number {
		return date{}, false
	}
	d, _ := strconv.Atoi(a.text)
	m, _ := strconv.Atoi(b.text)
	return date{day: day{d, m, 0}, from: i, to: i + 2}, d > 0 && d < 32 && m > 0 && m < 13
}

// spacedDate: 03 02 2010.
func (s *scan) spacedDate(i int) bool {
	a, b, c := s.tok(i), s.tok(i+1), s.tok(i+2)
	return b.kind == number && len(b.text) == 2 && c.kind == number && len(c.text) == 4 && a.text <= "31" && b.text <= "12" && (c.text[:2] == "19" || c.text[:2] == "20")
}

// monthDate reads 3 februari 2010, 3e feb. '10, drie februari tweeduizend tien, februari 2010,
// February 3rd, 2010.
func (s *scan) monthDate(i int) (date, bool) {
	d := date{from: i}
	j := i
	if n, ok := s.value(i); ok && n > 0 && n < 32 && len(s.toks[i].text) < 20 && (s.toks[i].kind == word || len(s.toks[i].text) < 3) {
		d.d = n
		for j = i + 1; j < i+4 && (dayTail(s.tok(j).text) || s.tok(j).text == "van" && monthOf[s.tok(j+1).text] > 0); j++ {
		}
	}
	month, ok := s.month(j)
	if !ok || d.d == 0 && (s.tok(j).has.is(given) && !s.tok(j).capital && j != i) {
		return d, false
	}
	d.m, d.to = month, j
	if monthOf[s.toks[j].text] == 0 {
		d.slip = s.toks[j].text
	}
	j++
	for k := 0; k < 2 && (s.tok(j).text == "." && (!s.tok(j+1).starts || len(s.tok(j+1).text) == 4) || s.tok(j).text == "," || s.tok(j).text == "-" || s.tok(j).text == "/"); k++ {
		j++
	}
	if of := s.tok(j).text; (of == "van" || of == "in") && (yearLike(s.tok(j+1).text) || s.tok(j+1).text == "het" && s.tok(j+2).text == "jaar" && d.d > 0) {
		j++
		if s.tok(j).text == "het" {
			j += 2
		}
	}
	if n, ok := s.value(j); d.d == 0 && ok && n < 32 && s.tok(j).kind == number && len(s.tok(j).text) < 3 {
		d.d, d.to = n, j
		for j++; j < d.to+4 && (dayTail(s.tok(j).text) || s.tok(j).text == ","); j++ {
		}
	}
	if y, last, short := s.year(j, d.d > 0); y > 0 {
		d.y, d.to, d.short = y, last, short
	}
	return d, d.d > 0 || d.y > 0
}

func dayTail(w string) bool {
	switch w {
	case "e", "de", "ste", "st", "nd", "rd", "th", ".", "-", "/", "of", "dag":
		return true
	}
	return false
}

// year reads 2010, '10, 10, tweeduizend tien, negentienhonderd tachtig, negentien tachtig.
func (s *scan) year(j int, afterDay bool) (y, last int, short bool) {
	t := s.tok(j)
	switch {
	case t.text == "'" && s.tok(j+1).kind == number && len(s.tok(j+1).text) == 2:
		y, _ = strconv.Atoi(s.tok(j + 1).text)
		return shortYear(y), j + 1, true
	case t.kind == number && len(t.text) == 4 && (t.text[:2] == "19" || t.text[:2] == "20"):
		y, _ = strconv.Atoi(t.text)
		return y, j, false
	case t.kind == number && len(t.text) == 2 && afterDay && !t.line && !s.clock(j):
		y, _ = strconv.Atoi(t.text)
		return shortYear(y), j, true
	case t.kind == word:
		return s.yearWords(j)
	}
	return 0, 0, false
}

// shortYear keeps the year '00 apart from no year.
func shortYear(y int) int {
	if y == 0 {
		return 100
	}
	return y
}

// clock: the number is an hour.
func (s *scan) clock(j int) bool {
	n := s.tok(j + 1)
	return n.text == ":" || n.text == "." && s.tok(j+2).kind == number && !s.tok(j+2).space || n.text == "uur" || n.text == "jaar" || n.text == "-" && s.tok(j+2).text == "jarige"
}

func (s *scan) yearWords(j int) (y, last int, short bool) {
	for _, c := range []struct {
		start string
		base  int
	}{{"tweeduizend", 2000}, {"negentienhonderd", 1900}, {"twintig", 2000}, {"negentien", 1900}} {
		rest, ok := strings.CutPrefix(s.tok(j).text, c.start)
		if !ok {
			continue
		}
		if n, ok := numerals[strings.TrimPrefix(rest, "en")]; ok && rest != "" {
			return c.base + n, j, false
		}
		next := j + 1
		if s.tok(next).text == "en" {
			next++
		}
		if n, ok := numerals[s.tok(next).text]; ok && rest == "" {
			return c.base + n, next, false
		}
		if rest == "" && c.base == 2000 && c.start == "tweeduizend" {
			return 2000, j, false
		}
		return 0, 0, false
	}
	return 0, 0, false
}

// same tells whether the text may mean this day: in full, without the year, or month and year.
func (d date) same(b day) bool {
	if d.y > 0 && !d.short && d.y != b.y || d.y > 0 && d.short && d.y%100 != b.y%100 {
		return false
	}
	if d.d == 0 {
		return d.m == b.m && d.y > 0
	}
	if d.slip != "" && d.d == b.d && (distance(d.slip, fullMonths[b.m-1], 1) <= 1 || distance(d.slip, shortMonths[b.m-1], 1) <= 1) {
		return true
	}
	return d.d == b.d && d.m == b.m || d.y > 0 && d.d == b.m && d.m == b.d
}

// ParseDay reads one date, however it is written: 2012-03-03, 3-3-2012, 3 maart 2012. A year
// of two digits up to 30 is of this century.
func ParseDay(text string) (time.Time, bool) {
	f := fold(text)
	s := &scan{f: f, toks: split(f), own: &own{}}
	for _, d := range s.readDates() {
		y := d.y
		if d.short && y <= 30 {
			y += 2000
		} else if d.short {
			y += 1900
		}
		if d.d > 0 && y > 0 {
			return time.Date(y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC), true
		}
	}
	return time.Time{}, false
}
