// SPDX-License-Identifier: EUPL-1.2

package figures

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"testing"
)

// year makes a set of n cases with figures of several shapes.
func year(n int, random *rand.Rand) *Set {
	var s Set
	pick := func(of ...string) string { return of[random.Intn(len(of))] }
	for i := range n {
		s.Add(Row{
			Number: fmt.Sprintf("2026-%04d", i+1), Incident: random.Intn(20) > 0, Persons: 1, Reports: 1 + random.Intn(2),
			Answers: map[string]string{
				"class": pick("calamity", "incident", "incident", "incident", ""),
				"laws":  pick("wmo", "youth", "youth wmo", ""),
				"kinds": pick("death", "missing", "missing", "violence", "violence", "violence", "fall"),
				"late":  pick(Yes, No, No, No, ""),
			},
		})
	}
	return &s
}

// R-R-75, DT-22: cases, persons and reports are counted apart; a joined case is no incident.
func TestCountsApart(t *testing.T) {
	var s Set
	s.Add(Row{Number: "1", Incident: true, Persons: 1, Reports: 2, Answers: map[string]string{"laws": "youth wmo"}})
	s.Add(Row{Number: "2", Persons: 1, Reports: 1, Answers: map[string]string{"laws": "wmo"}})
	s.Add(Row{Number: "3", Incident: true, Late: true, Persons: 1, Reports: 1})
	if got := (Totals{Incidents: 2, Persons: 3, Reports: 4, Late: 1}); s.Totals() != got {
		t.Errorf("totals %+v, want %+v", s.Totals(), got)
	}
	want := []Cell{{Answer: "wmo", N: 1}, {Answer: "youth", N: 1}, {N: 1}}
	if got := s.Count("laws", 0); !reflect.DeepEqual(got.Cells, want) || got.Sum {
		t.Errorf("laws %+v", got)
	}
	if !reflect.DeepEqual(s.Numbers(), []string{"1", "2", "3"}) || s.Len() != 3 {
		t.Error("the set does not know its own cases")
	}
}

// alone finds an equation with exactly one hidden number: the others give it away.
func alone(line []*Cell) bool {
	hidden := 0
	for _, c := range line {
		if c.Hidden {
			hidden++
		}
	}
	return hidden == 1
}

// R-R-84, T15: no number under five is shown, and none follows from what is shown.
func TestSmallNumbersStayInside(t *testing.T) {
	for seed := range int64(300) {
		s := year(3+int(seed)%80, rand.New(rand.NewSource(seed)))
		for _, figure := range []string{"class", "kinds"} {
			table := s.Count(figure, 5)
			line := []*Cell{&table.Total}
			for i := range table.Cells {
				line = append(line, &table.Cells[i])
			}
			checkLine(t, seed, figure, line)
		}
		x := s.Cross("class", "kinds", 5)
		for _, line := range x.lines() {
			checkLine(t, seed, "cross", line)
		}
	}
}

func checkLine(t *testing.T, seed int64, figure string, line []*Cell) {
	t.Helper()
	if alone(line) {
		t.Errorf("seed %d: %s hides one number only", seed, figure)
	}
	for _, c := range line {
		if tooSmall(c.N, 5) || c.Hidden && c.N != 0 {
			t.Errorf("seed %d: %s shows %+v", seed, figure, *c)
		}
	}
}

// The control: hiding small cells and nothing else gives them away.
func TestHidingOneCellIsCaught(t *testing.T) {
	s := year(40, rand.New(rand.NewSource(7)))
	caught := false
	for _, figure := range []string{"class", "kinds"} {
		table := s.Count(figure, 0)
		line := []*Cell{&table.Total}
		for i := range table.Cells {
			if tooSmall(table.Cells[i].N, 8) {
				table.Cells[i].conceal()
			}
			line = append(line, &table.Cells[i])
		}
		caught = caught || alone(line)
	}
	if !caught {
		t.Error("the check does not see a number that stands alone")
	}
}

// R-R-84: a measure is hidden too when what remains is small.
func TestMeasureHidesItsComplement(t *testing.T) {
	for seed := range int64(200) {
		s := year(3+int(seed)%60, rand.New(rand.NewSource(seed)))
		open, m, total := s.Measure("late", 0), s.Measure("late", 5), s.Totals().Incidents
		for _, n := range []int{open.Yes.N, open.Of.N - open.Yes.N, total - open.Yes.N} {
			if tooSmall(n, 5) && !m.Yes.Hidden {
				t.Errorf("seed %d: %+v shows %+v of %d", seed, open, m, total)
			}
		}
	}
}

// R-R-75: a frozen year reads the same for ever.
func TestASetSurvivesStorage(t *testing.T) {
	s := year(50, rand.New(rand.NewSource(1)))
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var again Set
	if err := json.Unmarshal(b, &again); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(s.Cross("class", "laws", 5), again.Cross("class", "laws", 5)) || s.Totals() != again.Totals() {
		t.Error("the set changed in storage")
	}
	again.Add(Row{Number: "later", Incident: true, Answers: map[string]string{"class": "calamity"}})
	if again.Count("class", 0).Total.N != s.Totals().Incidents+1 {
		t.Error("a stored set does not grow")
	}
}

// A damaged set is refused, not half read.
func TestDamagedSetIsRefused(t *testing.T) {
	for _, damaged := range []string{
		`{"numbers":["1"],"weight":"","columns":{}}`,
		`{"numbers":["1"],"weight":"AQ==","columns":{"class":{"words":[""],"cells":[3]}}}`,
		`{"numbers":["1"],"weight":"AQ==","columns":{"class":{"words":[""],"cells":[]}}}`,
	} {
		var s Set
		if json.Unmarshal([]byte(damaged), &s) == nil {
			t.Errorf("%s was read", damaged)
		}
	}
}

// BenchmarkYear counts one figure over a million cases (design bar: 50 ms).
func BenchmarkYear(b *testing.B) {
	s := year(1_000_000, rand.New(rand.NewSource(1)))
	for b.Loop() {
		s.Count("laws", 5)
	}
}
