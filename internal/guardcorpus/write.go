// SPDX-License-Identifier: EUPL-1.2

package guardcorpus

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// writer makes items of one style.
type writer struct {
	words  *words
	rand   *rand.Rand
	person *person
	used   []string // organisations and places of this item that may stay
}

func pick[T any](w *writer, from []T) T { return from[w.rand.IntN(len(from))] }

// one in n.
func (w *writer) chance(n int) bool { return w.rand.IntN(n) == 0 }

// text is an item in the making.
type text struct {
	runes []rune
	spans []Span
}

func (t *text) neutral(s string) { t.runes = append(t.runes, []rune(s)...) }

func (t *text) found(s, form string, about sentence) {
	from := len(t.runes)
	t.neutral(s)
	t.spans = append(t.spans, Span{from, len(t.runes), about.category, about.group, form})
}

// write fills a sentence. Slips are made in the words around what must be found, never in it:
// each kind makes its own.
func (w *writer) write(t *text, s sentence) {
	rest := s.text
	for rest != "" {
		at := strings.IndexAny(rest, "[<")
		if at < 0 || at+1 >= len(rest) || rest[at+1] != rest[at] {
			t.neutral(w.slip(rest))
			return
		}
		end := map[byte]string{'[': "]]", '<': ">>"}[rest[at]]
		before, kind := rest[:at], rest[at+2:]
		kind, after, _ := strings.Cut(kind, end)
		t.neutral(w.slip(before))
		if end == "]]" {
			piece, form := w.positive(kind)
			t.found(piece, form, s)
		} else {
			t.neutral(w.filling(kind))
		}
		rest = after
	}
}

// slip makes the mistakes of somebody in a hurry.
func (w *writer) slip(s string) string {
	switch w.rand.IntN(14) {
	case 0: // two letters change places in a longer word
		words := strings.Split(s, " ")
		i := w.rand.IntN(len(words))
		if r := []rune(words[i]); len(r) > 6 && unicode.IsLower(r[0]) {
			at := 2 + w.rand.IntN(len(r)-4)
			r[at], r[at+1] = r[at+1], r[at]
			words[i] = string(r)
		}
		return strings.Join(words, " ")
	case 1:
		return strings.Replace(s, " ", "  ", 1)
	case 2:
		return strings.Replace(s, " ", "\u00a0", 1)
	case 3:
		return strings.TrimSuffix(s, ".")
	case 4: // no capital at the start
		r := []rune(s)
		if len(r) > 1 && unicode.IsUpper(r[0]) && unicode.IsLower(r[1]) && !strings.Contains(s, "Mark") {
			r[0] = unicode.ToLower(r[0])
		}
		return string(r)
	}
	return s
}
