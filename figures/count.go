// SPDX-License-Identifier: EUPL-1.2

package figures

import (
	"cmp"
	"slices"
)

// Cell is one count. Hidden cells show no number: N is 0 in them, so that nothing can leak
// it by mistake.
type Cell struct {
	Answer string // option id; empty: not known
	N      int
	Hidden bool
}

// Table is one figure over a year. Sum is false when a case can give several answers:
// then the cells do not add up to the total.
type Table struct {
	Figure string
	Cells  []Cell // largest first, unknown last
	Total  Cell
	Sum    bool
}

// Count counts the incidents of the set by the answers to one figure. Cells from 1 up to
// small-1 are hidden; small 0 hides nothing.
func (s *Set) Count(figure string, small int) Table {
	counts, sum := s.tally(figure)
	t := Table{Figure: figure, Sum: sum}
	for answer, n := range counts {
		t.Cells = append(t.Cells, Cell{Answer: answer, N: n})
	}
	slices.SortFunc(t.Cells, inOrder)
	t.Total = Cell{N: s.Totals().Incidents}
	t.hide(small)
	return t
}

// inOrder puts the largest first and what is not known last; equals by name, so that the
// same year always reads the same.
func inOrder(a, b Cell) int {
	if (a.Answer == "") != (b.Answer == "") {
		return cmp.Compare(b.Answer, a.Answer)
	}
	return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Answer, b.Answer))
}

// tally counts per dictionary entry in one walk, and only then looks what an entry means.
func (s *Set) tally(figure string) (counts map[string]int, sum bool) {
	c := s.read(figure)
	counts, sum = map[string]int{}, true
	per := make([]int, len(c.words))
	for i, at := range c.cells {
		per[at] += int(s.weight[i])
	}
	for at, n := range per {
		if n == 0 {
			continue
		}
		answers := options(c.words[at])
		if len(answers) == 0 {
			counts[""] += n
		}
		for _, a := range answers {
			counts[a] += n
		}
		sum = sum && len(answers) <= 1
	}
	return counts, sum
}

// hide hides small cells. When exactly one cell of a table that adds up is hidden, the
// total would give it away: the smallest other one is hidden with it.
func (t *Table) hide(small int) {
	hidden := 0
	for i := range t.Cells {
		if tooSmall(t.Cells[i].N, small) {
			t.Cells[i].conceal()
			hidden++
		}
	}
	if tooSmall(t.Total.N, small) {
		t.Total.conceal()
	}
	if t.Sum && hidden == 1 && !t.Total.Hidden {
		concealSmallest(t.Cells)
	}
}

func tooSmall(n, small int) bool { return n > 0 && n < small }

func (c *Cell) conceal() { c.N, c.Hidden = 0, true }

// concealSmallest hides the smallest cell that still shows something.
func concealSmallest(cells []Cell) {
	at := -1
	for i, c := range cells {
		if !c.Hidden && c.N > 0 && (at < 0 || c.N < cells[at].N) {
			at = i
		}
	}
	if at >= 0 {
		cells[at].conceal()
	}
}

// Measure counts the incidents that answer yes to a figure: "reported late". Of is how many
// the question could be answered for (the denominator).
type Measure struct {
	Figure string
	Yes    Cell
	Of     Cell
}

// Yes and No are the answers of a measure; anything else is not known.
const (
	Yes = "yes"
	No  = "no"
)

// Measure counts one figure of yes and no. It is hidden when the number, or what is left
// of the denominator or of the year, is small: each would give the other away.
func (s *Set) Measure(figure string, small int) Measure {
	counts, _ := s.tally(figure)
	yes, of, total := counts[Yes], counts[Yes]+counts[No], s.Totals().Incidents
	m := Measure{Figure: figure, Yes: Cell{Answer: Yes, N: yes}, Of: Cell{N: of}}
	if tooSmall(of, small) || tooSmall(total-of, small) {
		m.Of.conceal()
	}
	if tooSmall(yes, small) || tooSmall(of-yes, small) || tooSmall(total-yes, small) {
		m.Yes.conceal()
	}
	return m
}
