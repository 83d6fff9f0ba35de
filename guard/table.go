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
	nameHead  // of somebody, or of a thing
	whoHead   // of somebody
	aboutHead // something that only people have
	thingHead // of no person
	addressHead
)

// cells lists the cells of all rows that stand below a head.
func (s *scan) cells() []cell {
	var out []cell
	var heads []headWord
	sep := ""
	for i := 0; i < len(s.toks); {
		end := s.lineEnd(i)
		if i > 0 && strings.Count(s.f.low[s.toks[i-1].to:s.toks[i].from], "\n") > 1 {
			heads = nil // an empty line ends a table
		}
		row := s.row(i, end, sep)
		if heads == nil || len(row) < 2 || s.newHead(i, end, row) {
			heads, sep = s.head(i, end)
			i = end
			continue
		}
		for k, c := range row {
			if k < len(heads) && heads[k] != noHead && c.from < c.to {
				c.head = heads[k]
				out = append(out, c)
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

// separators part the cells of a row: bars, semicolons, wide space, commas.
var separators = []string{"|", ";", "  ", ","}

// row cuts a line at such a sign.
func (s *scan) row(i, end int, sep string) []cell {
	var out []cell
	from := i
	for j := i; j < end; j++ {
		if sep == "  " {
			if j > i && s.wide(j) {
				out, from = append(out, cell{from: from, to: j}), j
			}
			continue
		}
		if s.toks[j].text != sep {
			continue
		}
		if j > i || from < j {
			out = append(out, cell{from: from, to: j})
		}
		for sep != "," && j+1 < end && s.toks[j+1].text == sep { // “||” is one bar
			j++
		}
		from = j + 1
	}
	return append(out, cell{from: from, to: end})
}

// wide: the space before token j is that between columns.
func (s *scan) wide(j int) bool {
	return s.toks[j].from-s.toks[j-1].to > 1 && strings.HasPrefix(s.f.low[s.toks[j-1].to:], "  ")
}

// newHead: a row inside a table that is the head of another one.
func (s *scan) newHead(i, end int, row []cell) bool {
	if len(row) < 3 {
		return false
	}
	for j := i; j < end; j++ {
		if s.toks[j].kind == number {
			return false
		}
	}
	n := 0
	for _, h := range s.heads(row) {
		if h != noHead {
			n++
		}
	}
	return n > 1 || n == 1 && headOf[s.toks[i].text] != noHead
}

// head reads a line as the head of a table: what its columns hold, and what parts them.
func (s *scan) head(i, end int) (heads []headWord, sep string) {
	for _, sep := range separators {
		row := s.row(i, end, sep)
		if len(row) < 2 || sep == "," && (len(row) < 3 || len(row) != len(s.row(end, s.lineEnd(min(end, len(s.toks)-1)), sep))) {
			continue
		}
		if heads := s.heads(row); heads != nil {
			return heads, sep
		}
	}
	return nil, ""
}

// heads reads the words above the columns; nil when the row is no head.
func (s *scan) heads(row []cell) []headWord {
	out, any, people := make([]headWord, len(row)), false, false
	for k, c := range row {
		if c.to-c.from > 4 || !s.wordsOnly(c) {
			return nil
		}
		for j := c.from; j < c.to && (out[k] == noHead || out[k] == nameHead); j++ {
			if h := s.headWord(j); h != noHead {
				out[k] = h
			}
		}
		any = any || out[k] != noHead && out[k] != aboutHead
		people = people || out[k] == bornHead || out[k] == whoHead || out[k] == aboutHead || out[k] == addressHead
	}
	if !any {
		return nil
	}
	for k := range out {
		if out[k] == nameHead && people {
			out[k] = whoHead
		} else if out[k] == nameHead || out[k] == aboutHead {
			out[k] = noHead // things have names as well
		}
	}
	return out
}

// tables marks dates of birth and names by the head of their column, and postcodes that fill a
// cell.
func (s *scan) tables() {
	for _, c := range s.cells() {
		switch c.head {
		case bornHead:
			s.bornCell(c)
		case whoHead:
			s.nameCell(c)
		case thingHead:
			s.take(c.from, c.to-1)
		}
	}
	if !strings.ContainsAny(s.f.low, "|;") {
		return
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

// codeCell: four digits and two letters are all that stands between two bars.
func (s *scan) codeCell(i int) bool {
	a, b, p, n := s.toks[i], s.toks[i+1], s.tok(i-1), s.tok(i+2)
	if a.kind != number || len(a.text) != 4 || a.text[0] == '0' || b.kind != word || len(b.text) != 2 || b.line || s.used[i] || !s.alone(i, i+1) {
		return false
	}
	bar := func(t token) bool { return t.text == "|" || t.text == ";" }
	return bar(p) && (bar(n) || n.kind == 0 || n.line) && !a.line && !(b.has.is(unit) && b.space && !b.shout)
}
