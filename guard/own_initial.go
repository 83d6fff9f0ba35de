// SPDX-License-Identifier: EUPL-1.2

package guard

// pressInitials is the last token of somebody of the case as newspapers write them: initials,
// the small words of a last name, its letter: “J. van den B.”. It is i when nobody stands there.
func (s *scan) pressInitials(i int) int {
	letters, j := "", i
	for ; s.letterAt(j) && len(letters) < longest; j += 2 {
		letters += s.tok(j).text
	}
	small := 0
	for ; s.tok(j).has.is(particle) && small < 3; j++ {
		letters += s.tok(j).text[:1]
		small++
		if n := s.tok(j + 1); n.text == "." || n.text == "'" || n.text == "’" { // “v.d.”, “in 't”
			j++
		}
	}
	if letters == "" || small == 0 || s.toks[i].taken || !s.letterAt(j) || !s.own.initialed(letters+s.tok(j).text) {
		return i
	}
	return j + 1
}

// letterAt: a capital with a full stop.
func (s *scan) letterAt(i int) bool {
	t := s.tok(i)
	return t.kind == word && len(t.text) == 1 && t.capital && s.tok(i+1).text == "."
}
