// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"strings"
	"time"
)

// own is what the case knows, made ready to compare with.
type own struct {
	parts     map[string]part // the words of names
	list      []part
	glued     [][2]string // first and last name, which may be written as one word
	initials  []string
	particles []string
	dossiers  []string // letters and digits only
	bare      []bareNumber
	tails     []string // the last part of a number with more
	phones    []string // nine digits, without the zero
	emails    []string
	streets   [][]string
	postcodes []string
	born      []day
	when      []day
	ages      []int
	places    [][]string
	common    map[string]bool
	allowed   []string
}

// part is one word of a name of the case.
type part struct {
	text  string
	first bool // a given name
	sound string
}

// learn makes the facts of a case ready.
func learn(k Known) *own {
	o := &own{parts: map[string]part{}, ages: k.Ages, common: k.Common, allowed: k.Allowed}
	for _, n := range k.Names {
		o.name(n)
	}
	for _, v := range k.Values {
		o.value(v)
	}
	for _, text := range k.Texts {
		for _, n := range namesIn(text, k.Common) {
			o.name(n)
		}
	}
	for _, d := range k.Dossiers {
		o.dossier(d)
	}
	for _, a := range k.Addresses {
		o.address(a)
	}
	for _, p := range k.Phones {
		o.phone(p)
	}
	for _, e := range k.Emails {
		o.emails = append(o.emails, comparable(e))
	}
	for _, p := range k.Places {
		if words := pieces(p); len(words) > 0 && len(comparable(p)) > 2 {
			o.places = append(o.places, words)
		}
	}
	o.born, o.when = days(k.BirthDates), days(k.When)
	return o
}

func days(times []time.Time) []day {
	var out []day
	for _, t := range times {
		out = append(out, day{t.Day(), int(t.Month()), t.Year()})
	}
	return out
}

// value sorts a fact of which nobody told the kind: by the look of it.
func (o *own) value(v string) {
	digits, letters := count(v)
	switch {
	case strings.Contains(v, "@"):
		o.emails = append(o.emails, comparable(v))
	case digits >= 9 && letters == 0:
		o.phone(v)
	case digits >= 3 && strings.Contains(strings.TrimSpace(v), " ") && letters > 4:
		o.address(v)
	case digits > 0:
		o.dossier(v)
	default:
		o.name(v)
	}
}

func count(s string) (digits, letters int) {
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r > ' ' && !strings.ContainsRune("+-()./,", r):
			letters++
		}
	}
	return digits, letters
}

// name takes a name apart: given names, small words, last name. “Last, First” is turned.
func (o *own) name(n string) {
	if last, first, ok := strings.Cut(n, ","); ok && strings.TrimSpace(first) != "" {
		n = first + " " + last
	}
	toks := split(fold(n))
	var words []token
	letters, fewer, small := "", "", ""
	for i, t := range toks {
		before := letters
		switch {
		case t.kind != word || t.has.is(strong) && !t.has.is(given|surname):
		case t.has.is(particle) && len(words)+len(letters) > 0 && !t.capital || t.text == "van":
			o.particles = append(o.particles, t.text)
			letters += t.text[:1]
			small += t.text
		case len(t.text) < 2:
			letters += t.text
		case o.common[t.text] || t.has.is(role|kin|title|known) && !t.has.is(given|surname|family):
			// “Groepsleider Alfa” names a trade and an organisation, nobody
		default:
			words = append(words, t)
			letters += t.text[:1]
		}
		if i == 0 || toks[i-1].text != "-" { // “Anne-Fleur” has one initial or two
			fewer += letters[len(before):]
		}
	}
	o.words(words, small)
	if len(fewer) > 1 && fewer != letters {
		o.initials = append(o.initials, fewer)
	}
	if len(letters) > 1 {
		o.initials = append(o.initials, letters)
	}
}

// words takes the words of one name, and its small words written as one.
func (o *own) words(words []token, small string) {
	for i, t := range words {
		p := part{text: t.text, first: i < len(words)-1 || len(words) == 1, sound: sound(t.text)}
		if _, there := o.parts[p.text]; !there {
			o.parts[p.text] = p
			o.list = append(o.list, p)
		}
	}
	n := len(words)
	if n < 2 {
		return
	}
	a, b := words[0].text, words[n-1].text
	o.glued = append(o.glued, [2]string{a, b}, [2]string{b, a}, [2]string{a[:1], b})
	if n == 2 && small == "" {
		return
	}
	last := ""
	for _, t := range words[1:] {
		last += t.text
		o.glued = append(o.glued, [2]string{a, t.text})
	}
	o.glued = append(o.glued, [2]string{a, last}, [2]string{small, last}, [2]string{small, b}, [2]string{a, small + last}, [2]string{a, small + b})
}

// inOne: the word is two words of a name, written as one.
func (o *own) inOne(w string) bool {
	for _, g := range o.glued {
		if len(w) == len(g[0])+len(g[1]) && strings.HasPrefix(w, g[0]) && strings.HasSuffix(w, g[1]) {
			return true
		}
	}
	return false
}

// initialed: the letters are the initials of somebody, or the first and one other: a double
// last name is often shortened to half of it.
func (o *own) initialed(letters string) bool {
	for _, all := range o.initials {
		if letters == all || len(letters) == 2 && letters[0] == all[0] && strings.Contains(all[1:], letters[1:]) {
			return true
		}
	}
	return false
}

var heard = strings.NewReplacer("ph", "f", "th", "t", "ck", "k", "ij", "i", "ei", "i", "y", "i", "c", "k", "dt", "t", "q", "k", "x", "ks", "ou", "oe", "au", "oe")

// sound is how a name is heard: double letters, y and ij, c and k, ph and f, th and t.
func sound(w string) string {
	w = heard.Replace(w)
	w = strings.TrimSuffix(w, "h")
	var b strings.Builder
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}

// distance counts the letters to add, drop, change or swap to make one word of the other,
// up to most; beyond that it gives most+1.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 40 || len(b) > 40 {
		return most + 1
	}
	var rows [3][42]int
	before, prev, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return min(prev[len(b)], most+1)
}
