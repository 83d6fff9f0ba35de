// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"strconv"

	"example.org/loket/figures"
	"example.org/loket/protocol"
)

// leastShown is the smallest number that may be shown when the protocol says nothing.
const leastShown = 5

// fill turns a set into words. The threshold of the whole year is the strictest of its
// figures: a total that is too small hides everything.
func (v *FiguresView) fill(p *protocol.Protocol, set *figures.Set, row, column string) {
	v.Totals = set.Totals()
	for i := range p.Figures {
		f := &p.Figures[i]
		if f.Fact == "" {
			m := set.Measure(f.ID, threshold(f))
			v.Measures = append(v.Measures, FigureMeasure{Title: f.Title, Yes: cellOf(m.Yes, protocol.Text{}, 0), Of: cellOf(m.Of, protocol.Text{}, 0)})
			continue
		}
		v.Tables = append(v.Tables, tableOf(p, f, set.Count(f.ID, threshold(f))))
	}
	if v.Small = v.Totals.Incidents > 0 && v.Totals.Incidents < leastShown; v.Small {
		v.Totals = figures.Totals{}
	}
	if r, c := figure(p, row), figure(p, column); r != nil && c != nil && r != c {
		v.Cross = crossOf(p, r, c, set.Cross(r.ID, c.ID, max(threshold(r), threshold(c))))
	}
}

func threshold(f *protocol.Figure) int {
	if f.Suppress > 0 {
		return f.Suppress
	}
	return leastShown
}

func figure(p *protocol.Protocol, id string) *protocol.Figure {
	for i := range p.Figures {
		if f := &p.Figures[i]; f.ID == id && f.Fact != "" {
			return f
		}
	}
	return nil
}

func tableOf(p *protocol.Protocol, f *protocol.Figure, t figures.Table) FigureTable {
	out := FigureTable{ID: f.ID, Title: f.Title, Sum: t.Sum}
	most := 0
	for _, c := range t.Cells {
		most = max(most, c.N)
	}
	for _, c := range t.Cells {
		out.Cells = append(out.Cells, cellOf(c, figureWords(p, f, c.Answer), most))
	}
	return out
}

func cellOf(c figures.Cell, words protocol.Text, most int) FigureCell {
	out := FigureCell{Words: words, N: c.N, Hidden: c.Hidden}
	if most > 0 {
		out.Share = 100 * c.N / most
	}
	return out
}

// figureWords says an answer; what nobody knows stays empty, the page has a word for it.
func figureWords(p *protocol.Protocol, f *protocol.Figure, answer string) protocol.Text {
	if answer == "" {
		return protocol.Text{}
	}
	return answerWord(p, f.Fact, answer)
}

func crossOf(p *protocol.Protocol, r, c *protocol.Figure, x figures.Cross) *FigureCross {
	out := &FigureCross{Row: r.Title, Column: c.Title}
	for _, head := range x.Rows {
		out.Rows = append(out.Rows, cellOf(head, figureWords(p, r, head.Answer), 0))
	}
	for _, head := range x.Columns {
		out.Columns = append(out.Columns, cellOf(head, figureWords(p, c, head.Answer), 0))
	}
	for _, line := range x.Cells {
		var cells []FigureCell
		for _, cell := range line {
			cells = append(cells, cellOf(cell, protocol.Text{}, 0))
		}
		out.Cells = append(out.Cells, cells)
	}
	return out
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
