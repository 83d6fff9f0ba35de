// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"sort"
	"strings"
)

// A text tells more than a sentence: who was named once is known further on, and what is
// joined to a name by “en” is a name.

// again looks once more, with the names that were found.
func (s *scan) again() {
	r := &roster{scan: s, named: make([]bool, len(s.toks)), words: map[string]bool{}}
	for _, h := range s.found {
		if h.category == Name {
			r.note(h.from, h.to)
		}
	}
	if len(r.words) == 0 {
		return
	}
	r.sameColumn()
	for i := range s.toks {
		r.joined(i, i-1, i-2)
	}
	for i := len(s.toks) - 1; i >= 0; i-- {
		if r.ahead(i) && !r.tok(i+2).line {
			r.joined(i, i+1, r.firstAfter(i+2))
		}
	}
	for i := range s.toks {
		r.repeated(i)
	}
}

// roster is who was found so far.
type roster struct {
	*scan
	named []bool          // per token: part of a name
	words map[string]bool // words of names that are nothing else
}

// note takes a finding, in bytes, as known.
func (r *roster) note(from, to int) {
	i := sort.Search(len(r.toks), func(i int) bool { return r.toks[i].from >= from })
	for ; i < len(r.toks) && r.toks[i].from < to; i++ {
		r.named[i] = true
		t := r.toks[i]
		if t.kind == word && t.capital && len(t.text) > 2 && !t.has.is(common|place|known|particle|title|houseBefore|houseAfter) {
			r.words[t.text] = true
		}
	}
}

// ahead: what joins stands behind token i.
func (r *roster) ahead(i int) bool {
	n := r.tok(i + 1)
	return n.text == "+" || n.text == "en" || n.text == "," || n.text == "&" || n.text == "/" || n.text == ";" || n.text == "→"
}

// firstAfter steps over the small words of a name.
func (r *roster) firstAfter(i int) int {
	for most := i + 3; i < most && i < len(r.toks) && !r.named[i] && r.toks[i].has.is(particle); i++ {
	}
	return i
}

// joined: token i is tied by the token between to one that is in a name.
func (r *roster) joined(i, between, other int) {
	if between < 0 || between >= len(r.toks) || other < 0 || other >= len(r.toks) || !r.named[other] || r.named[i] {
		if i < 2 || !r.smallJoined(i) {
			return
		}
		between = r.withSmall(i) - 1
	}
	t, tie := r.toks[i], r.toks[between]
	if t.kind != word || !t.capital || t.taken || r.named[i] || t.shout && len(t.text) < 4 || r.article(i) || tie.line {
		return
	}
	listed := t.has.is(given|surname) && !t.has.is(place|known) || t.has.is(family) && !t.has.is(common|place|known|tail|housePart)
	if t.starts && (t.has.is(common) || !t.has.is(given|surname)) {
		return
	}
	end := r.surnameEnd(i)
	switch tie.text {
	case "en", "&", "+":
		if !listed && (!r.strange(t) || r.tok(end+1).capital && !r.tok(end+1).starts) {
			return
		}
	case ",", "/", ";", "→":
		if t.has.is(common) && !t.has.is(given) && tie.text != ";" || !listed && (!r.strange(t) || vocab().letters.of(t.text) < leastLike[tie.text] || r.tok(end+1).capital && !r.tok(end+1).starts) {
			return
		}
	default:
		return
	}
	r.found = append(r.found, hit{r.toks[r.withSmall(i)].from, r.toks[end].to, Name, personWhy, 42})
	r.note(r.toks[i].from, r.toks[end].to)
}

// leastLike is how much a word that no list knows must look like a name in a row with names.
var leastLike = map[string]int{",": 10, "/": 20, ";": -30, "→": -30}

// smallJoined: small words stand between what joins and token i: “Mila en Van der Nepnaam”.
func (r *roster) smallJoined(i int) bool {
	from := r.withSmall(i)
	return from < i && from > 1 && r.named[from-2]
}

// repeated: a word of a name that was found elsewhere in the text.
func (r *roster) repeated(i int) {
	t := r.toks[i]
	if r.named[i] || t.kind != word || !t.capital || t.taken || t.starts && t.has.is(common) {
		return
	}
	if !r.words[t.text] && !r.words[strings.TrimSuffix(t.text, "s")] || r.article(i) && !t.has.is(surname) {
		return
	}
	r.found = append(r.found, hit{r.toks[r.withSmall(i)].from, t.to, Name, personWhy, 41})
}
