// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// A table has its words once, above a column: “naam | geb. | adres”. What stands below is read
// as if the word stood before it.

// cell is a part of a row, in tokens, with what the head of its column says.
type cell struct {
	from, to int
	head     headWord
}

type headWord uint8

const (
	noHead headWord = iota
	bornHead
	nameHead
	addressHead
)

// cells lists the cells of all rows that stand below a head.
func (s *scan) cells() []cell {
	var out []cell
	var heads []headWord
	for i := 0; i < len(s.toks); {
		end := s.lineEnd(i)
		row := s.row(i, end)
		if i > 0 && strings.Count(s.f.low[s.toks[i-1].to:s.toks[i].from], "\n") > 1 {
			heads = nil // an empty line ends a table
		}
		switch {
		case len(row) < 3:
			heads = nil
		case heads == nil || !s.anyDigit(i, end) && s.headed3(row):
			heads = s.heads(row)
		default:
			for k, c := range row {
				if k < len(heads) && heads[k] != noHead && c.from < c.to {
					c.head = heads[k]
					out = append(out, c)
				}
			}
		}
		i = end
	}
	return out
}

func (s *scan) lineEnd(i int) int {
	end := i + 1
	for end < len(s.toks) && !s.toks[end].line {
		end++
	}
	return end
}

// row cuts a line at its bars or semicolons.
func (s *scan) row(i, end int) []cell {
	var out []cell
	from := i
	for j := i; j < end; j++ {
		t := s.toks[j].text
		if t != "|" && t != ";" {
			continue
		}
		if j > i || from < j {
			out = append(out, cell{from: from, to: j})
		}
		for j+1 < end && s.toks[j+1].text == t { // “||” is one bar
			j++
		}
		from = j + 1
	}
	return append(out, cell{from: from, to: end})
}

func (s *scan) anyDigit(i, end int) bool {
	for ; i < end; i++ {
		if s.toks[i].kind == number {
			return true
		}
	}
	return false
}

// headed3: at least one cell says what stands below it.
func (s *scan) headed3(row []cell) bool {
	for _, h := range s.heads(row) {
		if h != noHead {
			return true
		}
	}
	return false
}

// heads reads the words above the columns; nil when the row is no head.
func (s *scan) heads(row []cell) []headWord {
	out, any, people := make([]headWord, len(row)), false, false
	for k, c := range row {
		if c.to-c.from > 4 {
			return nil
		}
		for j := c.from; j < c.to && out[k] == noHead; j++ {
			out[k] = headOf[s.toks[j].text]
		}
		any, people = any || out[k] != noHead, people || out[k] == bornHead || out[k] == addressHead
	}
	if !any {
		return nil
	}
	for k := range out {
		if out[k] == nameHead && !people {
			out[k] = noHead // things have names as well
		}
	}
	return out
}

var headOf = map[string]headWord{
	"geb": bornHead, "geboren": bornHead, "geboortedatum": bornHead, "gebdatum": bornHead, "gebdat": bornHead, "geboortedag": bornHead, "dob": bornHead,
	"naam": nameHead, "cliënt": nameHead, "client": nameHead, "bewoner": nameHead, "jeugdige": nameHead, "kind": nameHead, "roepnaam": nameHead, "achternaam": nameHead, "voornaam": nameHead, "melder": nameHead, "moeder": nameHead, "vader": nameHead, "contactpersoon": nameHead, "ouder": nameHead, "medewerker": nameHead, "begeleider": nameHead,
	"adres": addressHead, "postcode": addressHead, "pc": addressHead, "contact": addressHead, "woonadres": addressHead, "gegevens": addressHead,
}

// tables marks dates of birth and names by the head of their column, and postcodes that fill a
// cell.
func (s *scan) tables() {
	if !strings.ContainsAny(s.f.low, "|;") {
		return
	}
	for _, c := range s.cells() {
		switch c.head {
		case bornHead:
			s.bornCell(c)
		case nameHead:
			s.nameCell(c)
		}
	}
	for i := 0; i+1 < len(s.toks); i++ {
		if s.codeCell(i) {
			s.add(i, i+1, Postcode, 60, postcodeWhy)
		}
	}
}

func (s *scan) bornCell(c cell) {
	for i, d := range s.dates {
		if d.from >= c.from && d.to < c.to && d.d > 0 && d.y > 0 && !d.born {
			s.add(d.from, d.to, BirthDate, 85, birthWhy)
			s.dates[i].born = true
		}
	}
}

// nameCell: a cell of a few words below “naam” is one, but for words of every day.
func (s *scan) nameCell(c cell) {
	if c.to-c.from > 6 {
		return
	}
	big := 0
	for j := c.from; j < c.to; j++ {
		t := s.toks[j]
		switch {
		case t.kind == number, t.taken, t.kind == word && t.has.is(common|known|houseBefore|houseAfter|role|kin|place|title) && !t.has.is(given|surname):
			return
		case t.kind == sign && t.text != "." && t.text != "-" && t.text != "'" && t.text != ",":
			return
		case t.kind == word && (len(t.text) > 2 || t.capital):
			big++
		}
	}
	if big > 0 {
		s.add(c.from, c.to-1, Name, 39, personWhy)
	}
}

// codeCell: four digits and two letters are all that stands between two bars.
func (s *scan) codeCell(i int) bool {
	a, b, p, n := s.toks[i], s.toks[i+1], s.tok(i-1), s.tok(i+2)
	if a.kind != number || len(a.text) != 4 || a.text[0] == '0' || b.kind != word || len(b.text) != 2 || b.line || s.used[i] || !s.alone(i, i+1) {
		return false
	}
	bar := func(t token) bool { return t.text == "|" || t.text == ";" }
	return bar(p) && (bar(n) || n.kind == 0 || n.line) && !a.line && !(b.has.is(unit) && b.space && !b.shout)
}
