// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// layouts of Dutch number plates, one per series that was handed out: x is a letter, 9 a
// digit.
var layouts = set("xx-99-99 99-99-xx 99-xx-99 xx-99-xx xx-xx-99 99-xx-xx 99-xxx-9 9-xxx-99 xx-999-x x-999-xx xxx-99-x x-99-xxx 9-xx-999 999-xx-9")

var dense9 = denseLayouts()

func denseLayouts() map[string]bool {
	out := map[string]bool{}
	for l := range layouts {
		out[strings.ReplaceAll(l, "-", "")] = true
	}
	return out
}

// chunkStarts: token i is the first of a row of letters, digits and hyphens without space.
func (s *scan) chunkStarts(i int) bool {
	return i == 0 || s.toks[i].space || s.toks[i-1].kind == sign && s.toks[i-1].text != "-" && s.toks[i-1].text != "." && s.toks[i-1].text != "/"
}

// chunk reads such a row: a number plate or the number of a document.
func (s *scan) chunk(i int) {
	if n, t := s.tok(i+1), s.toks[i]; len(t.text) > 3 && (n.kind != number || n.space) && !(len(t.text) == 4 && t.kind == number && n.kind == word && len(n.text) == 2) || len(t.text) > 8 {
		return
	} else if n.space || n.kind == 0 || n.kind == sign && n.text != "-" && !s.dotInside(i+1) {
		s.spacedPlate(i)
		return
	}
	var layout, plain strings.Builder
	j, capitals := i, true
	for ; j < len(s.toks) && (j == i || !s.toks[j].space) && layout.Len() < 16; j++ {
		t := s.toks[j]
		if t.kind == sign && t.text != "-" && !s.dotInside(j) {
			break
		}
		capitals = capitals && (t.kind != word || t.shout || t.capital && len(t.text) == 1)
		for _, c := range []byte(t.text) {
			switch {
			case digit(c):
				layout.WriteByte('9')
			case c == '-' || c == '.':
				layout.WriteByte('-')
			default:
				layout.WriteByte('x')
			}
		}
		plain.WriteString(t.text)
	}
	last := j - 1
	if n := s.tok(j); n.text == "." && !n.space && s.tok(j+1).kind != 0 && !s.tok(j+1).space || n.text == "@" || n.text == "/" && !n.space {
		return
	}
	s.plate(i, last, layout.String(), plain.String(), capitals)
	s.document(i, last, layout.String(), plain.String(), capitals)
}

// dotInside: a full stop or middle dot between letters and digits: “AB.12.CD”.
func (s *scan) dotInside(i int) bool {
	a, b := s.tok(i-1), s.tok(i+1)
	return s.tok(i).text == "." && s.glued(i) && s.glued(i+1) && a.kind+b.kind == word+number && len(a.text) < 4 && len(b.text) < 4 || s.tok(i).text == "." && s.glued(i) && s.glued(i+1) && a.shout && b.shout && len(a.text) == 2 && len(b.text) == 2
}

// Letters that are on plates since they have six characters in three groups.
func plateLetters(plain string) bool { return !strings.ContainsAny(plain, "aceiouqmw") }

func (s *scan) plate(i, j int, layout, plain string, capitals bool) {
	said := s.vehicleNear(i, j)
	if strings.Contains(plain, ".") {
		plain = strings.ReplaceAll(plain, ".", "")
		if !said && !(capitals && plateLetters(plain)) {
			return
		}
	}
	switch {
	case layouts[layout]:
		if s.near(i, 2, saysVersion) || (s.near(i, 2, saysNoPerson) || s.near(i, 5, saysReference) || s.numbered(i)) && !said {
			return
		}
	case dense9[layout]:
		if !said && !(capitals && plateLetters(plain) && strings.Count(layout, "x") < 6 && !s.near(i, 2, saysNoPerson) && (turns(layout) == 2 || strings.Count(layout, "x") == 4)) {
			return
		}
	default:
		return
	}
	s.add(i, j, Plate, 64, plateWhy)
}

// saysReference: what follows is the code of a thing or a paper.
var saysReference = set("ticket ref referentie code factuurnr factuur factuurnummer ordernr order formuliernr formulier offerte kenmerk bon bestelling bestelnr registratie pallet artikelnr")

// numbered: the word before it says that this is the number or code of something else.
func (s *scan) numbered(i int) bool {
	p := s.tok(i - 1)
	if p.text == ":" || p.text == "." {
		p = s.tok(i - 2)
	}
	for _, end := range []string{"nummer", "nr", "code", "kenmerk", "referentie", "formulier", "bijlage", "perceel", "vak", "rij"} {
		if strings.HasSuffix(p.text, end) && p.kind == word {
			return true
		}
	}
	return false
}

// turns counts the changes from letters to digits and back.
func turns(layout string) int {
	n := 0
	for k := 1; k < len(layout); k++ {
		if layout[k] != layout[k-1] {
			n++
		}
	}
	return n
}

// spacedPlate: groups with spaces, or spaces and hyphens, between them, when a vehicle is near
// or only plates look so.
func (s *scan) spacedPlate(i int) {
	if t, n := s.toks[i], s.tok(i+1); len(t.text) > 3 || t.kind == word && !t.shout && !(t.capital && len(t.text) == 1) || n.kind == word && !n.capital || n.kind == number && len(n.text) > 3 {
		return
	}
	layout, letters, last := "", "", i
	for j := i; j < len(s.toks) && j-i < 6 && len(layout) < 8; j++ {
		t := s.toks[j]
		if t.kind == sign && j > i && (t.text == "-" || t.text == ".") && !t.line && layout[len(layout)-1] != '-' {
			layout += "-"
			continue
		}
		if t.kind == sign || t.line && j > i || len(t.text) > 3 || t.kind == word && !t.shout && !(t.capital && len(t.text) == 1) {
			break
		}
		if j > i && t.space && layout[len(layout)-1] != '-' {
			layout += "-"
		}
		if t.kind == word {
			layout, letters = layout+"xxx"[:len(t.text)], letters+t.text
		} else {
			layout += "999"[:len(t.text)]
		}
		if last = j; layouts[layout] {
			break
		}
	}
	if !layouts[layout] || !s.alone(i, last) || s.tok(last+1).text == "-" && s.glued(last+1) || s.near(i, 2, saysNoPerson) {
		return
	}
	if s.vehicleNear(i, last) || (len(letters) > 2 || layout[0] == '9' && layout[len(layout)-1] == '9') && plateLetters(letters) && !s.near(i, 2, saysVersion) && !s.numbered(i) && !s.tok(last+1).has.is(unit) {
		s.add(i, last, Plate, 64, plateWhy)
	}
}

// vehicleNear: the text speaks of a car or a plate just before or behind.
func (s *scan) vehicleNear(i, last int) bool {
	if s.near(i, 8, saysPlate) {
		return true
	}
	for j := last + 1; j <= last+3 && j < len(s.toks) && !s.toks[j].starts; j++ {
		if saysPlate[s.toks[j].text] {
			return true
		}
	}
	return false
}

// document: nine characters, two letters first and a digit last, the letters after the
// second mixed with digits; or anything of that length when the words say so.
func (s *scan) document(i, j int, layout, plain string, capitals bool) {
	if said := s.near(i, 4, saysDocument); said && len(layout) > 7 && len(layout) < 11 && layout[0] == 'x' && strings.Count(layout, "9") > 4 && !strings.Contains(layout, "-") {
		s.add(i, j, Document, 66, documentWhy)
		return
	}
	if len(layout) != 9 || strings.Contains(layout, "-") || !strings.HasPrefix(layout, "xx") || layout[8] != '9' {
		return
	}
	mixed := strings.Contains(layout[2:], "x") && strings.Count(layout, "9") > 2 && capitals && turns(layout) > 2
	if s.near(i, 5, saysDocument) || mixed && !s.near(i, 3, saysNoPerson) {
		s.add(i, j, Document, 66, documentWhy)
	}
}
