// SPDX-License-Identifier: EUPL-1.2

package figures

// Cross is two figures against each other.
type Cross struct {
	Row, Column string
	Rows        []Cell // heads with their totals
	Columns     []Cell
	Cells       [][]Cell // [row][column]
}

// Cross counts the incidents by two figures. Each line with its total is an equation: it
// never holds exactly one hidden number, which the others would give away.
func (s *Set) Cross(row, column string, small int) Cross {
	counts := s.pairs(row, column)
	x := Cross{Row: row, Column: column, Rows: s.Count(row, small).Cells, Columns: s.Count(column, small).Cells}
	for _, r := range x.Rows {
		line := make([]Cell, len(x.Columns))
		for j, c := range x.Columns {
			line[j] = Cell{Answer: c.Answer, N: counts[[2]string{r.Answer, c.Answer}]}
		}
		x.Cells = append(x.Cells, line)
	}
	x.hide(small)
	return x
}

// pairs counts pairs of answers; a case with two answers stands in two cells. As in tally the
// walk over the cases only counts entries of the dictionaries.
func (s *Set) pairs(row, column string) map[[2]string]int {
	a, b := s.read(row), s.read(column)
	per := make([][]int, len(a.words)) // a line for each entry that occurs
	for i, w := range s.weight {
		if w != 1 {
			continue
		}
		at := a.cells[i]
		if per[at] == nil {
			per[at] = make([]int, len(b.words))
		}
		per[at][b.cells[i]]++
	}
	out := map[[2]string]int{}
	for at, line := range per {
		for under, n := range line {
			if n > 0 {
				addPairs(out, options(a.words[at]), options(b.words[under]), n)
			}
		}
	}
	return out
}

func addPairs(out map[[2]string]int, rows, columns []string, n int) {
	for _, x := range orUnknown(rows) {
		for _, y := range orUnknown(columns) {
			out[[2]string{x, y}] += n
		}
	}
}

func orUnknown(answers []string) []string {
	if len(answers) == 0 {
		return []string{""}
	}
	return answers
}

// hide hides what is small, and then goes on until no line has a single hidden number.
func (x *Cross) hide(small int) {
	for i := range x.Cells {
		for j := range x.Cells[i] {
			if tooSmall(x.Cells[i][j].N, small) {
				x.Cells[i][j].conceal()
			}
		}
	}
	for again := small > 0; again; {
		again = false
		for _, line := range x.lines() {
			again = covered(line) || again
		}
	}
}

// lines are all rows and columns, each with its total as the last.
func (x *Cross) lines() [][]*Cell {
	var out [][]*Cell
	for i := range x.Rows {
		var line []*Cell
		for j := range x.Columns {
			line = append(line, &x.Cells[i][j])
		}
		out = append(out, append(line, &x.Rows[i]))
	}
	for j := range x.Columns {
		var line []*Cell
		for i := range x.Rows {
			line = append(line, &x.Cells[i][j])
		}
		out = append(out, append(line, &x.Columns[j]))
	}
	return out
}

// covered hides a second cell in a line that has exactly one hidden; it tells whether it
// changed anything.
func covered(line []*Cell) bool {
	hidden, smallest := 0, (*Cell)(nil)
	for _, c := range line {
		switch {
		case c.Hidden:
			hidden++
		case c.N > 0 && (smallest == nil || c.N < smallest.N):
			smallest = c
		}
	}
	if hidden != 1 || smallest == nil {
		return false
	}
	smallest.conceal()
	return true
}
