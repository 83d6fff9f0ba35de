// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"embed"
	"strings"
	"sync"
)

// The word lists are text files, so that somebody who is no programmer can add a word.
//
//go:embed words
var lists embed.FS

// trait is what is known about a word. A word may have many.
type trait uint32

const (
	given    trait = 1 << iota
	doubtful       // a given name that is a word, a place or a make as well
	surname
	common
	place
	strong
	kin
	role
	label
	title
	particle
	verb
	abbreviation
	houseBefore
	houseAfter
	known
	sick
	greeting
	whose // behind it and “van” stands a person
	unit  // of a number: no postcode, no number plate
	family
	housePart
	everyday // ends as no name does
	tail
	worded // a name that is an everyday word as well
)

func (t trait) is(want trait) bool { return t&want != 0 }

// vocabulary holds what the lists say. It is filled once, when a text is first checked, and
// only read after that.
type vocabulary struct {
	words  map[string]trait
	places map[string][][]string // places of several words, by the first
	public map[string][][]string // names that are nobody's in a case, by the first word
	ills   map[string][][]string // words that together tell about health, by the first
	starts [256][]string         // health words that may run on, by first letter
	ends   []string              // … or may have something before
	tails  endings
	parts  []string
	plain  endings
	family endings
	roles  endings
	trades endings // ends of what firms do
	agents endings // ends of words for who does something

	slips map[string]string // long health words with one letter left out, to the word

	letters *likeNames
}

var vocab = sync.OnceValue(loadVocabulary)

func loadVocabulary() *vocabulary {
	v := &vocabulary{words: map[string]trait{}, places: map[string][][]string{}, public: map[string][][]string{}, ills: map[string][][]string{}}
	v.learn("given", given)
	v.learn("ambiguous", given|doubtful)
	v.learn("surname", surname)
	v.learn("worded", worded)
	v.learn("common", common)
	v.learn("plain", common)
	v.learn("everyday", common)
	for name, t := range map[string]trait{"strong": strong, "kin": kin, "role": role, "label": label, "greeting": greeting, "title": title, "particle": particle, "verb": verb, "abbreviation": abbreviation} {
		v.mark(section("ties", name), t)
	}
	v.mark(section("ties", "of"), whose)
	v.mark(section("house", "before"), houseBefore)
	v.mark(section("house", "after"), houseAfter)
	v.mark(section("house", "known"), known)
	v.mark(strings.Fields("mb gb kb tb km kg mm cm mg ml kw mw hp pk euro uur jaar keer mhz ghz mln"), unit)
	v.parts = section("house", "part")
	v.tails, v.plain, v.family = byLast(section("house", "tail")), byLast(section("house", "ends")), byLast(section("house", "family"))
	v.trades = byLast(section("house", "tradelike"))
	v.roles = byLast(section("ties", "rolelike"))
	v.agents = byLast(strings.Fields("er aar ier man smid kok"))
	v.mark(section("ties", "rolelike"), role)
	v.learnPlaces()
	v.learnEponyms()
	v.learnHealth()
	v.learnSlips()
	v.letters = learnLetters(v.words)
	return v
}

// file gives the lines of a list without its remarks.
func file(name string) []string {
	b, err := lists.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic("guard: " + err.Error()) // the lists are part of the program
	}
	var out []string
	for _, line := range strings.Split(string(b), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// section gives the words behind "name:" in a list.
func section(list, name string) []string {
	for _, line := range file(list) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.Fields(rest)
		}
	}
	panic("guard: no " + name + " in " + list)
}

func (v *vocabulary) learn(list string, t trait) {
	for _, line := range file(list) {
		v.mark(strings.Fields(line), t)
	}
}

func (v *vocabulary) mark(words []string, t trait) {
	for _, w := range words {
		v.words[comparable(w)] |= t
	}
}

func (v *vocabulary) learnPlaces() {
	for _, line := range file("place") {
		for _, name := range strings.Split(line, "|") {
			words := pieces(name)
			if len(words) == 1 {
				v.words[words[0]] |= place
			} else if len(words) > 1 {
				v.places[words[0]] = append(v.places[words[0]], words)
			}
		}
	}
}

func (v *vocabulary) learnEponyms() {
	for _, line := range file("eponym") {
		for _, name := range strings.Split(line, "|") {
			words := pieces(name)
			v.public[words[0]] = append(v.public[words[0]], words)
		}
	}
}

func (v *vocabulary) learnHealth() {
	for _, line := range file("health") {
		for _, w := range strings.Fields(line) {
			switch start, runsOn := strings.CutSuffix(comparable(w), "*"); {
			case runsOn:
				v.starts[start[0]] = append(v.starts[start[0]], start)
			case strings.HasPrefix(w, "*"):
				v.ends = append(v.ends, start[1:])
			case len(pieces(w)) > 1:
				v.ills[pieces(w)[0]] = append(v.ills[pieces(w)[0]], pieces(w))
			default:
				v.words[start] |= sick
			}
		}
	}
	for _, line := range file("healthpair") {
		for _, phrase := range strings.Split(line, "|") {
			words := pieces(phrase)
			v.ills[words[0]] = append(v.ills[words[0]], words)
		}
	}
}

// pieces are the tokens of a fixed expression.
func pieces(s string) []string {
	var out []string
	for low := comparable(s); low != ""; {
		if low[0] == ' ' {
			low = low[1:]
			continue
		}
		end, _ := run(low, 0)
		out = append(out, low[:end])
		low = low[end:]
	}
	return out
}

// traits looks a word up. Of words with a capital it reads the shape as well.
func traits(w string, capital bool) trait {
	t := vocab().words[w]
	for _, start := range vocab().starts[w[0]] {
		if strings.HasPrefix(w, start) {
			t |= sick
			break
		}
	}
	if capital && t == 0 {
		t = possessor(w)
	}
	if len(w) < 5 {
		return t
	}
	if (t == 0 || t == common) && len(w) > 7 && vocab().roles.of(w, 2) != "" {
		return t | role
	}
	if capital && !t.is(given|common|place|known|role|label|kin) {
		t |= shape(w)
	}
	for _, end := range vocab().ends {
		if strings.HasSuffix(w, end) {
			t |= sick
		}
	}
	return t
}

// possessor knows the name in “Nepnaams verklaring”.
func possessor(w string) trait {
	stem, ok := strings.CutSuffix(w, "s")
	if !ok || len(stem) < 3 {
		return 0
	}
	if t := vocab().words[stem]; t.is(given|surname) && !t.is(common|place|known|title|role|kin|label|houseBefore|houseAfter) {
		return t & (given | doubtful | surname)
	}
	return 0
}

// shape reads what the letters of a longer word tell.
func shape(w string) trait {
	var t trait
	if vocab().tails.of(w, 1) != "" {
		t |= tail
	}
	for _, s := range vocab().parts {
		if strings.Contains(w, s) {
			t |= housePart
			break
		}
	}
	if vocab().plain.of(w, 2) != "" {
		t |= everyday
	}
	if vocab().trades.of(w, 2) != "" {
		t |= houseAfter
	}
	if vocab().family.of(w, 1) != "" || len(w) > 7 && strings.HasPrefix(w, "vande") {
		t |= family
	}
	return t
}

// endings are ends of words by their last byte.
type endings [256][]string

func byLast(words []string) endings {
	var e endings
	for _, w := range words {
		w = comparable(w)
		e[w[len(w)-1]] = append(e[w[len(w)-1]], w)
	}
	return e
}

// of gives the end that the word has, when more than so many bytes stand before it.
func (e *endings) of(w string, more int) string {
	for _, s := range e[w[len(w)-1]] {
		if len(w) > len(s)+more && strings.HasSuffix(w, s) {
			return s
		}
	}
	return ""
}
