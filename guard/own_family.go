// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// familyOf: more than one of them: de Nepnamen, de Verzonnens, de Bedachten.
func (s *scan) familyOf(t token) bool {
	if !t.capital || t.has.is(place|known) {
		return false
	}
	for _, end := range []string{"en", "n", "nen", "sen", "es"} {
		if w, ok := strings.CutSuffix(t.text, end); ok && len(w) > 3 {
			if p, ok := s.own.parts[w]; ok && !p.first {
				return true
			}
			if p, ok := s.own.parts[singular(w)]; ok && !p.first && end == "en" {
				return true
			}
		}
	}
	return false
}

// singular undoes what a plural does to a last name: Nepnamen, Bakken.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 3:
		return w
	case w[n-1] == w[n-2]:
		return w[:n-1]
	case strings.IndexByte("aeou", w[n-2]) >= 0:
		return w[:n-1] + w[n-2:]
	}
	return w
}

// slipOfLast: a long name of the case with one slip. What ends as a street or a house does is
// still the name.
func (s *scan) slipOfLast(w string) bool {
	for _, p := range s.own.list {
		if len(w) > 5 && len(p.text) == len(w) && swapped(w, p.text) || len(w) > 8 && w[0] == p.text[0] && distance(w, p.text, 1) == 1 {
			return true
		}
	}
	return false
}
