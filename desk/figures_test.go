// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// counting is a desk whose officer may export the register and close a case.
func counting(t *testing.T) *bench {
	t.Helper()
	b := start(t)
	role := b.p.Role(officer.Role)
	role.May = append(role.May, "register", "close")
	return b
}

// figuresOf reads a year as the officer sees it.
func (b *bench) figuresOf(t *testing.T, year int) *desk.FiguresView {
	t.Helper()
	v, err := b.Figures(context.Background(), officer, year, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (b *bench) reports(t *testing.T, prefix string, n int, pairs ...string) {
	t.Helper()
	for i := range n {
		b.report(t, fmt.Sprintf("%s%d", prefix, i), answers(pairs...))
	}
}

// R-R-75 R-R-84 D-69 SC-11: a year is counted, frozen and stays as it was; a late report is
// added to the next year and labelled; freezing again needs a reason.
func TestAFrozenYearStays(t *testing.T) {
	t.Parallel()
	b := counting(t)
	ctx := context.Background()
	b.reports(t, "a", 7)
	if v := b.figuresOf(t, 2026); v.Totals.Incidents != 7 || v.Frozen != nil || len(v.Tables) == 0 {
		t.Fatalf("%+v", v)
	}
	code(t, b.FreezeYear(ctx, officer, 2026, ""), loket.Invalid) // the year still runs
	b.clock.at = time.Date(2027, 1, 15, 9, 0, 0, 0, time.UTC)
	if err := b.FreezeYear(ctx, officer, 2026, ""); err != nil {
		t.Fatal(err)
	}
	b.reports(t, "late", 1) // happened in March 2026, known in January 2027
	b.reports(t, "b", 6, "happened_date", "2027-01-10")
	frozen, next := b.figuresOf(t, 2026), b.figuresOf(t, 2027)
	if frozen.Totals.Incidents != 7 || frozen.Frozen == nil || frozen.Frozen.Version != 1 || frozen.Frozen.By != "Samira Proef" {
		t.Errorf("the frozen year changed: %+v %+v", frozen.Totals, frozen.Frozen)
	}
	if next.Totals.Incidents != 7 || next.Totals.Late != 1 {
		t.Errorf("the late report is not labelled: %+v", next.Totals)
	}
	code(t, b.FreezeYear(ctx, officer, 2026, " "), loket.Motivation)
	if err := b.FreezeYear(ctx, officer, 2026, "Eén melding kwam na."); err != nil {
		t.Fatal(err)
	}
	again := b.figuresOf(t, 2026)
	if again.Frozen.Version != 2 || again.Frozen.Reason == "" || again.Totals.Incidents != 8 {
		t.Errorf("frozen again: %+v %+v", again.Totals, again.Frozen)
	}
	if b.figuresOf(t, 2027).Totals.Late != 0 {
		t.Error("a case counts in two years")
	}
}

// R-R-84: four cases are too few to show; five are enough.
func TestASmallYearIsNotShown(t *testing.T) {
	t.Parallel()
	b := counting(t)
	b.reports(t, "a", 4)
	if v := b.figuresOf(t, 2026); !v.Small || v.Totals.Incidents != 0 || anyShown(v) {
		t.Errorf("four cases are shown: %+v", v)
	}
	b.reports(t, "b", 1)
	if v := b.figuresOf(t, 2026); v.Small || v.Totals.Incidents != 5 || !anyShown(v) {
		t.Errorf("five cases are hidden: %+v", v)
	}
}

func anyShown(v *desk.FiguresView) bool {
	for _, table := range v.Tables {
		for _, c := range table.Cells {
			if c.N > 0 {
				return true
			}
		}
	}
	return false
}

// S03: figures are for who may export the register; another gets the page of the unknown.
func TestFiguresAreNotForEverybody(t *testing.T) {
	t.Parallel()
	b := start(t)
	_, err := b.Figures(context.Background(), told, 2026, "", "")
	code(t, err, loket.NotFound)
	code(t, b.FreezeYear(context.Background(), told, 2025, ""), loket.NotFound)
}
