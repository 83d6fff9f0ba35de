// SPDX-License-Identifier: EUPL-1.2

package guard

// The number comes first when somebody speaks: “op nummer 12 in de Dorpsstraat”, “nr. 3a van het
// Fluweelpad”.

// numberFirst reads such an address at the word for a number, token i.
func (s *scan) numberFirst(i int) {
	j := i + 1
	if s.tok(j).text == "." {
		j++
	}
	if n := s.tok(j); !numberSays[s.toks[i].text] || n.kind != number || len(n.text) > 4 || n.text[0] == '0' || n.line {
		return
	}
	j = s.addition(j) + 1
	switch s.tok(j).text {
	case "aan", "in", "op", "van":
		j++
	default:
		return
	}
	if a := s.tok(j).text; a == "de" || a == "het" {
		j++
	}
	for last := j; last < j+4 && s.tok(last).kind == word && !s.tok(last).starts; last++ {
		t := s.toks[last]
		if !t.capital && !t.has.is(particle) {
			return
		}
		if streetLike(t.text) > 0 && t.capital && (streetLike(t.text) == 2 || len(t.text) > 6) || s.ownStreet(j, last) {
			s.add(i, last, Address, 93, addressWhy)
			return
		}
	}
}

// ownStreet: the tokens j up to and including last are a street of the case.
func (s *scan) ownStreet(j, last int) bool {
	for _, street := range s.own.streets {
		if end, ok := s.sameStreet(j, street); ok && end == last {
			return true
		}
	}
	return false
}
