// SPDX-License-Identifier: EUPL-1.2

// Package figures counts what a desk registered in a year, without persons.
//
// A Set is one year: a table without names, kept as columns. Each column is a list of
// small numbers that point into a dictionary of answers, so that counting a million
// cases is one walk through a slice.
//
//	case 1   class=calamity  laws=youth_act
//	case 2   class=incident  laws=youth_act wmo      two answers: one entry "youth_act wmo"
//	case 3   class=          laws=wmo                nothing known: entry ""
//
//	     class  0 1 2        dictionary: calamity · incident · ""
//	     laws   0 1 2        dictionary: youth_act · youth_act wmo · wmo
//
// Small numbers point at people: a cell under the threshold is not shown, nor what would
// give it away by subtraction (R-R-84, T15 of the threat model).
package figures

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Row is one case: answers by figure id. Several answers are joined by a space. Incident,
// Persons and Reports are counted apart (DT-22): a case that was joined to another is no
// incident of its own.
type Row struct {
	Number   string            `json:"number"`
	Incident bool              `json:"incident"`
	Persons  int               `json:"persons"`
	Reports  int               `json:"reports"`
	Late     bool              `json:"late,omitempty"` // of an earlier year, known after that year was frozen (D-69)
	Answers  map[string]string `json:"answers"`
}

// Set is the rows of one year. The zero Set is empty and ready.
type Set struct {
	rows    int
	numbers []string
	weight  []uint8 // 1: counts as an incident
	persons int
	reports int
	late    int
	columns map[string]*column
}

type column struct {
	words []string // dictionary
	index map[string]uint32
	cells []uint32
}

// Add appends a case.
func (s *Set) Add(r Row) {
	s.numbers = append(s.numbers, r.Number)
	s.weight = append(s.weight, bit(r.Incident))
	s.persons, s.reports, s.late = s.persons+r.Persons, s.reports+r.Reports, s.late+int(bit(r.Late))
	for id := range r.Answers {
		s.column(id)
	}
	for id, c := range s.columns {
		c.add(r.Answers[id])
	}
	s.rows++
}

// column finds a column; a new one knows nothing of the rows before it.
func (s *Set) column(id string) *column {
	if c := s.columns[id]; c != nil {
		return c
	}
	if s.columns == nil {
		s.columns = map[string]*column{}
	}
	c := &column{words: []string{""}, index: map[string]uint32{"": 0}, cells: make([]uint32, s.rows)}
	s.columns[id] = c
	return c
}

func (c *column) add(answer string) {
	at, known := c.index[answer]
	if !known {
		at = uint32(len(c.words))
		c.index[answer], c.words = at, append(c.words, answer)
	}
	c.cells = append(c.cells, at)
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// Numbers are the numbers of its cases; none of a nil set.
func (s *Set) Numbers() []string {
	if s == nil {
		return nil
	}
	return s.numbers
}

// Len is the number of cases.
func (s *Set) Len() int { return s.rows }

// read finds a column and leaves the set as it is; a figure nobody answered is all unknown.
func (s *Set) read(id string) *column {
	if c := s.columns[id]; c != nil {
		return c
	}
	return &column{words: []string{""}, cells: make([]uint32, s.rows)}
}

// Totals are the whole year: cases that count as an incident, the persons they are about,
// the reports that came in, and how many were added late from an earlier year.
type Totals struct{ Incidents, Persons, Reports, Late int }

// Totals counts the year.
func (s *Set) Totals() Totals {
	t := Totals{Persons: s.persons, Reports: s.reports, Late: s.late}
	for _, w := range s.weight {
		t.Incidents += int(w)
	}
	return t
}

// stored is a Set as it is kept: columns, so that a year stays small.
type stored struct {
	Numbers []string                `json:"numbers"`
	Weight  []uint8                 `json:"weight"` // base64
	Persons int                     `json:"persons"`
	Reports int                     `json:"reports"`
	Late    int                     `json:"late"`
	Columns map[string]storedColumn `json:"columns"`
}

type storedColumn struct {
	Words []string `json:"words"`
	Cells []uint32 `json:"cells"`
}

// MarshalJSON writes the whole set; the caller seals it.
func (s *Set) MarshalJSON() ([]byte, error) {
	out := stored{Numbers: s.numbers, Weight: s.weight, Persons: s.persons, Reports: s.reports, Late: s.late, Columns: map[string]storedColumn{}}
	for id, c := range s.columns {
		out.Columns[id] = storedColumn{Words: c.words, Cells: c.cells}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote; a set that does not hang together is refused.
func (s *Set) UnmarshalJSON(b []byte) error {
	var in stored
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = Set{rows: len(in.Numbers), numbers: in.Numbers, weight: in.Weight, persons: in.Persons, reports: in.Reports, late: in.Late, columns: map[string]*column{}}
	if len(in.Weight) != s.rows {
		return fmt.Errorf("figures: %d weights for %d cases", len(in.Weight), s.rows)
	}
	for id, c := range in.Columns {
		if err := s.adopt(id, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) adopt(id string, in storedColumn) error {
	c := &column{words: in.Words, cells: in.Cells, index: map[string]uint32{}}
	for i, w := range in.Words {
		c.index[w] = uint32(i)
	}
	beyond := slices.ContainsFunc(in.Cells, func(at uint32) bool { return int(at) >= len(in.Words) })
	if len(in.Cells) != s.rows || beyond {
		return fmt.Errorf("figures: column %s does not fit its %d cases", id, s.rows)
	}
	s.columns[id] = c
	return nil
}

// options splits a dictionary entry into its answers.
func options(entry string) []string { return strings.Fields(entry) }
