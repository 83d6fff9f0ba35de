// SPDX-License-Identifier: EUPL-1.2

package guardcorpus

import (
	"cmp"
	"maps"
	"slices"
)

// Found is one finding of the guard that is measured. Start and End count code points.
type Found struct {
	Start, End int
	Category   string
}

// Miss is a piece that was not found, or a finding where nothing was.
type Miss struct {
	Item     Item
	Piece    string
	Category string
	Form     string
}

// Row counts one category or group.
type Row struct {
	Name             string
	Wanted, Hit      int
	Right            int // hits with the same category
	Findings, Useful int
}

// Recall is the share of what had to be found.
func (r Row) Recall() float64 { return share(r.Hit, r.Wanted) }

// Precision is the share of findings that touch something that had to be found.
func (r Row) Precision() float64 { return share(r.Useful, r.Findings) }

func share(part, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(part) / float64(of)
}

// Score is how a guard did.
type Score struct {
	Total      Row
	Groups     map[string]*Row
	Categories map[string]*Row
	Missed     []Miss
	False      []Miss
}

// Measure holds findings against what had to be found. A piece is found when the findings
// cover at least three fifths of it without running on for more than its own length; a
// finding is useful when at least half of it lies in something that had to be found.
func Measure(items []Item, check func(Item) []Found) *Score {
	s := &Score{Groups: map[string]*Row{}, Categories: map[string]*Row{}}
	for _, it := range items {
		s.add(it, check(it))
	}
	return s
}

func row(of map[string]*Row, name string) *Row {
	if of[name] == nil {
		of[name] = &Row{Name: name}
	}
	return of[name]
}

func (s *Score) add(it Item, found []Found) {
	text := []rune(it.Text)
	for _, span := range it.Spans {
		hit, right := reached(span, found)
		for _, r := range []*Row{&s.Total, row(s.Groups, span.Group), row(s.Categories, span.Category)} {
			r.Wanted++
			r.Hit += one(hit)
			r.Right += one(right)
		}
		if !hit {
			s.Missed = append(s.Missed, Miss{it, string(text[span.Start:span.End]), span.Category, span.Form})
		}
	}
	for _, f := range found {
		useful := slices.ContainsFunc(it.Spans, func(x Span) bool { return 2*overlap(x, f) >= f.End-f.Start })
		for _, r := range []*Row{&s.Total, row(s.Categories, f.Category)} {
			r.Findings++
			r.Useful += one(useful)
		}
		if !useful {
			s.False = append(s.False, Miss{it, string(text[f.Start:f.End]), f.Category, ""})
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func overlap(x Span, f Found) int { return max(0, min(x.End, f.End)-max(x.Start, f.Start)) }

func reached(x Span, found []Found) (hit, right bool) {
	size, covered := x.End-x.Start, 0
	for _, f := range found {
		n := overlap(x, f)
		if n == 0 || f.End-f.Start > 2*size+2 {
			continue
		}
		covered += n
		right = right || f.Category == x.Category
	}
	return 5*covered >= 3*size, right && 5*covered >= 3*size
}

// Rows lists rows by name.
func Rows(of map[string]*Row) []*Row {
	return slices.SortedFunc(maps.Values(of), func(a, b *Row) int { return cmp.Compare(a.Name, b.Name) })
}
