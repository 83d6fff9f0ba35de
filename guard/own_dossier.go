// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strings"
)

// The number of a dossier is shortened, misread and mistyped: the century or the zeros go, the
// letters go, two digits change places, or only the last part is told.

// dossier makes a number ready: as it is, and as it is shortened.
func (o *own) dossier(d string) {
	groups := letterDigitGroups(comparable(d))
	key := strings.Join(groups, "")
	letters := strings.Trim(key, "0123456789")
	if len(key) < 3 || !strings.ContainsAny(key, "0123456789") && len(letters) < 4 {
		return
	}
	o.dossiers = append(o.dossiers, dense(key))
	last := groups[len(groups)-1]
	short := strings.TrimLeft(last, "0")
	if len(groups) > 1 && digit(last[0]) && len(last) > 2 {
		o.tails = append(o.tails, last)
		if len(short) > 2 && short != last {
			o.tails = append(o.tails, short)
			o.dossiers = append(o.dossiers, dense(strings.TrimSuffix(key, last)+short))
		}
	}
	for i, g := range groups {
		if yearLike(g) && len(groups) > 1 && len(key) > 7 {
			young := slices.Clone(groups)
			young[i] = g[2:]
			o.dossiers = append(o.dossiers, dense(strings.Join(young, "")))
			break
		}
	}
	if digits := onlyDigits(key); len(digits) > 4 && len(digits) < len(key) {
		o.bare = append(o.bare, bareNumber{digits, len(last) == len(digits) && len(digits) > 5})
	}
}

// bareNumber is a number without its letters. When it was one row of digits, it may be spaced.
type bareNumber struct {
	digits string
	spaced bool
}

// letterDigitGroups cuts a number at its marks, and where letters turn into digits.
func letterDigitGroups(s string) []string {
	var out []string
	from := -1
	for i := 0; i <= len(s); i++ {
		in := i < len(s) && wordByte(s[i])
		if from >= 0 && (!in || digit(s[i]) != digit(s[i-1])) {
			out, from = append(out, s[from:i]), -1
		}
		if in && from < 0 {
			from = i
		}
	}
	return out
}

// ownDossiers looks for the numbers of the case.
func (s *scan) ownDossiers(stream string, at []int) {
	o := s.own
	for _, key := range o.dossiers {
		s.inStream(stream, at, key, false, Dossier, ownDossierWhy)
	}
	for _, b := range o.bare {
		before := len(s.found)
		s.inStream(stream, at, b.digits, false, Dossier, ownDossierWhy)
		kept := s.found[:before]
		for _, h := range s.found[before:] {
			if b.spaced || !strings.ContainsAny(s.f.low[h.from:h.to], " \n\t") {
				kept = append(kept, h) // a year and an hour side by side are no number
			}
		}
		s.found = kept
	}
	for _, key := range o.dossiers {
		s.mistyped(stream, at, key)
	}
	s.tailNumbers()
}

// mistyped finds a number of the case with one slip, when one half of it is as it should be.
func (s *scan) mistyped(stream string, at []int, key string) {
	if len(key) < 7 || len(onlyDigits(key)) < 5 {
		return
	}
	half := len(key) / 2
	for _, part := range []struct {
		text    string
		from    int
		forward bool
	}{{key[:half], 0, true}, {key[half:], half, false}} {
		for start := 0; ; start++ {
			i := strings.Index(stream[start:], part.text)
			if i < 0 {
				break
			}
			start += i
			s.nearKey(stream, at, key, start-part.from)
		}
	}
}

// nearKey: from position i of the stream stands the number with one slip in its digits.
func (s *scan) nearKey(stream string, at []int, key string, i int) {
	for _, n := range []int{len(key), len(key) - 1, len(key) + 1} {
		from := i
		if from < 0 || from+n > len(stream) {
			continue
		}
		piece := stream[from : from+n]
		if piece == key || piece[0] != key[0] || distance(piece, key, 1) != 1 || !slipInDigits(piece, key) {
			continue
		}
		start, end := at[from], at[from+n-1]+1
		if s.begins(start) && s.ends(end) && s.tight(at[from:from+n]) && !strings.Contains(s.f.low[start:end], "\n") {
			s.found = append(s.found, hit{start, end, Dossier, ownDossierWhy, 68})
			return
		}
	}
}

// slipInDigits: two digits changed places, or one is too many or too few; another digit makes
// another number, but for a long one.
func slipInDigits(piece, key string) bool {
	if len(piece) != len(key) {
		return len(key) > 7
	}
	return swapped(piece, key) || len(key) > 9
}

// tailNumbers: “dossier 0815”, the last part behind a word for such a number.
func (s *scan) tailNumbers() {
	if len(s.own.tails) == 0 {
		return
	}
	for i, t := range s.toks {
		if t.kind != number || !slices.Contains(s.own.tails, t.text) || !s.alone(i, i) || !s.near(i, 3, dossierWords) || s.glued(i) && s.tok(i-1).text != "." && s.tok(i-1).text != ":" && s.tok(i-1).text != "-" {
			continue
		}
		if n := s.tok(i + 1); n.kind == sign && n.text != "." && n.text != "," && n.text != ")" && s.glued(i+1) {
			continue
		}
		s.add(i, i, Dossier, 67, ownDossierWhy)
	}
}

var dossierWords = set("dossier dossiernummer dossiernr zaak zaaknummer zaaknr casus cliënt client cliëntnummer clientnr registratie registratienummer melding meldingsnummer kenmerk")
