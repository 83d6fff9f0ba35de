// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strings"
)

// People stand in rows: behind “Aanwezig:” with commas between, or below each other. What is
// a name in one place of a row is one in the others, when it is built as one.

// labelledRow reads what stands behind a colon on the line of token i, when the words before the
// colon are about people: “Eigenaar actie: Nepnaam”, “Afwezig m.k.: Bedacht, Fictie”.
func (s *scan) labelledRow(colon int) {
	if !s.aboutPeople(colon) {
		return
	}
	for from := colon + 1; from < len(s.toks) && !s.toks[from].line; {
		end := from
		for end < len(s.toks) && !s.toks[end].line && !betweenNames[s.toks[end].text] && end-from < longest {
			end++
		}
		if s.rowName(from, end, -20) {
			s.add(from, end-1, Name, 38, personWhy)
		}
		if end == from {
			end++
		}
		if end < len(s.toks) && !s.toks[end].line && s.toks[end].text == "(" {
			return
		}
		if end < len(s.toks) && !s.toks[end].line && betweenNames[s.toks[end].text] {
			end++
		}
		from = end
	}
}

// betweenNames part the names of a row.
var betweenNames = set(", ; / & + en (")

// aboutPeople: a word before the colon, on its line, says that people are named behind it.
func (s *scan) aboutPeople(colon int) bool {
	about := false
	for j := colon - 1; j >= 0 && j > colon-6; j-- {
		t := s.toks[j]
		about = about || listHead[t.text] || t.text == "met" || s.headWord(j) == whoHead && len(t.text) > 2
		if t.kind == number || t.text == "," || t.has.is(verb) {
			return false
		}
		if t.line || j == 0 {
			return about
		}
	}
	return false
}

// rowName: the tokens are nothing but a name, and look like one at least so much.
func (s *scan) rowName(from, end, least int) bool {
	if end-from < 1 || end-from > 6 || !s.toks[from].capital || s.cellOfName(cell{from: from, to: end}) == 0 {
		return false
	}
	sum, long, sure := 0, false, false
	for j := from; j < end; j++ {
		t := s.toks[j]
		long = long || t.kind == word && t.capital && len(t.text) > 2
		switch {
		case t.kind != word || !t.capital || len(t.text) < 3:
		case t.shout && !s.shoutedLine(j) || monthOf[t.text] > 0 || s.own.common[t.text] || t.has.is(known) && !t.has.is(surname):
			return false
		case t.has.is(given | surname):
			sure = true
		case t.has.is(everyday|housePart|tail|label|verb|sick) && !t.has.is(family) || bent(t.text) || strings.HasSuffix(t.text, "end"):
			return false
		default:
			sum += vocab().letters.of(t.text)
		}
	}
	return long && (sure || sum > least)
}

// shoutedLine: the words beside it are all capitals too.
func (s *scan) shoutedLine(j int) bool { return s.tok(j-1).shout || s.tok(j+1).shout }

// line is one entry of a list: what stands before the first sign in it.
type entryLine struct{ from, end int }

// sameColumn looks at lines below each other: when one begins with nothing but a name that was
// found, the others may do so too.
func (r *roster) sameColumn() {
	var group []entryLine
	for i := 0; i < len(r.toks); {
		end := r.lineEnd(i)
		if i > 0 && oneBlank(r.f.low[r.toks[i-1].to:r.toks[i].from]) {
			r.equals(group)
			group = group[:0]
		}
		if e := r.entryOf(i, end); e.end > e.from {
			group = append(group, e)
		} else {
			r.equals(group)
			group = group[:0]
		}
		i = end
	}
	r.equals(group)
}

// entryOf gives the piece of a line that can be a name: behind its bullet or number, up to a
// bracket, comma or dash.
func (r *roster) entryOf(i, end int) entryLine {
	from := i
	for from < end && (r.toks[from].kind == number || r.toks[from].kind == sign) && from-i < 3 {
		from++
	}
	to := from
	for to < end && (r.toks[to].kind == word || r.toks[to].text == "." || (r.toks[to].text == "-" || r.toks[to].text == "'") && !r.toks[to].space) {
		to++
	}
	if to < end && !slices.Contains([]string{"(", ",", "-", "→", "="}, r.toks[to].text) || to-from > 6 || to == from+1 && len(r.toks[from].text) < 4 {
		return entryLine{}
	}
	return entryLine{from, to}
}

// equals marks the entries of a group that look like names when one of them is one.
func (r *roster) equals(group []entryLine) {
	named := 0
	for _, e := range group {
		if r.whollyNamed(e) {
			named++
		}
	}
	if named == 0 || named == len(group) || named*3 < len(group) {
		return
	}
	for _, e := range group {
		if !r.named[e.from] && r.rowName(e.from, e.end, -10) {
			r.found = append(r.found, hit{r.toks[e.from].from, r.toks[e.end-1].to, Name, personWhy, 41})
			r.note(r.toks[e.from].from, r.toks[e.end-1].to)
		}
	}
}

func (r *roster) whollyNamed(e entryLine) bool {
	for j := e.from; j < e.end; j++ {
		if !r.named[j] && r.toks[j].kind == word {
			return false
		}
	}
	return true
}
