// SPDX-License-Identifier: EUPL-1.2

package guard

// Behind “kenteken” a plate may be of any country, in small letters, spaced or cut at the end of
// a line.

var saysPlateNumber = set("kenteken kentekens kentekennummer kentekenplaat nummerplaat nummerbord plaat kentekennr")

// saidPlate reads the plate behind such a word at token i.
func (s *scan) saidPlate(i int) {
	j := i + 1
	for k := 0; k < 2 && (s.tok(j).text == ":" || s.tok(j).text == "is" || s.tok(j).text == "nr" || s.tok(j).text == "."); k++ {
		j++
	}
	letters, digits, last := 0, 0, j-1
	for k := j; k < j+6 && k < len(s.toks) && !(s.toks[k].line && k == j); k++ {
		t := s.toks[k]
		switch {
		case t.text == "-" && k > j:
			continue
		case t.kind == word && len(t.text) < 4 && (t.shout || t.capital && len(t.text) == 1 || !s.toks[i].shout && !t.has.is(particle|verb) && !upperNoLetter[t.text]):
			letters += len(t.text)
		case t.kind == number && len(t.text) < 5:
			digits += len(t.text)
		default:
			k = j + 6
			continue
		}
		if letters+digits > 8 {
			break
		}
		last = k
		if letters+digits == 6 && letters > 0 && letters < 5 && (k+1 >= len(s.toks) || s.toks[k+1].space) {
			break
		}
	}
	if last < j || letters == 0 || letters > 4 || digits < 1 || letters+digits < 5 || letters+digits > 8 || !s.alone(j, last) || s.used[j] {
		return
	}
	s.add(j, last, Plate, 63, plateWhy)
}
