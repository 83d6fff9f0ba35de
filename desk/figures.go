// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"time"

	"example.org/loket"
	"example.org/loket/figures"
	"example.org/loket/protocol"
)

// YearlySet is a frozen year (R-R-75): the cases that count, without persons, as they were
// known at that moment. It is sealed with a key of its own, so that erasing a case does not
// change a figure that was published.
type YearlySet struct {
	Tenant  string
	Year    int
	Version int // 1, 2 … ; a second one needs a reason
	At      time.Time
	By      string
	Key     string
	Sealed  []byte
}

// frozenYear is the content of a YearlySet.
type frozenYear struct {
	Set      *figures.Set `json:"set"`
	Reason   string       `json:"reason,omitempty"`
	Protocol string       `json:"protocol"`
}

// FiguresView is one year in numbers (DOC-14). Nothing in it is smaller than the protocol
// lets be seen.
type FiguresView struct {
	Year       int
	Case       loket.CaseID // the yearly case, once there is one
	CaseNumber string
	Totals     figures.Totals
	Small      bool // the year itself is too small to show numbers
	Tables     []FigureTable
	Measures   []FigureMeasure
	Cross      *FigureCross
	Frozen     *FrozenView // nil: the year as it stands now
	MayFreeze  bool
	Lost       int // cases whose figures were erased before the year was frozen
}

// FrozenView says when and by whom a year was frozen.
type FrozenView struct {
	Version  int
	At       time.Time
	By       string // name
	Reason   string
	Protocol string // version of the protocol then
}

// FigureTable is one figure in words.
type FigureTable struct {
	ID    string
	Title protocol.Text
	Cells []FigureCell
	Sum   bool // the cells add up to the total
}

// FigureCell is one count; Share is its part of the largest, for a bar, 0 to 100.
type FigureCell struct {
	Words  protocol.Text
	N      int
	Hidden bool
	Share  int
}

// FigureMeasure is a count of yes, of those for whom it is known.
type FigureMeasure struct {
	Title   protocol.Text
	Yes, Of FigureCell
}

// FigureCross is two figures against each other.
type FigureCross struct {
	Row, Column   protocol.Text
	Rows, Columns []FigureCell
	Cells         [][]FigureCell
}

// Figures shows a year: the frozen set when there is one, else what is known now. Row and
// column name two figures to set against each other; empty is none.
func (d *Desk) Figures(ctx context.Context, a loket.Actor, year int, row, column string) (*FiguresView, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if !may(a, p, "figures.read", 0) {
		return nil, errHidden
	}
	v := &FiguresView{Year: year, MayFreeze: may(a, p, "figures.freeze", 0)}
	var set *figures.Set
	err = d.Store.Read(ctx, func(tx Tx) error {
		if set, v.Frozen, err = d.frozen(ctx, tx, a.Tenant, year); err == nil && set == nil {
			set, v.Lost, err = d.yearFor(ctx, tx, a, year)
		}
		if err == nil {
			err = v.findCase(ctx, tx, a.Tenant)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	v.fill(p, set, row, column)
	return v, nil
}

// findCase finds the case in which the analysis and the letter of the year are made.
func (v *FiguresView) findCase(ctx context.Context, tx Tx, tenant string) error {
	id, found, err := tx.Occasion(ctx, tenant, yearOccasion(v.Year))
	if err != nil || !found {
		return err
	}
	row, _, err := tx.CaseRow(ctx, id)
	v.Case, v.CaseNumber = id, row.Number
	return err
}

// frozen opens the newest frozen set of a year; nil when there is none.
func (d *Desk) frozen(ctx context.Context, tx Tx, tenant string, year int) (*figures.Set, *FrozenView, error) {
	y, found, err := tx.YearlySet(ctx, tenant, year)
	if err != nil || !found {
		return nil, nil, err
	}
	plain, err := d.Sealer.Open(ctx, y.Key, yearPlace(y), y.Sealed)
	if err != nil {
		return nil, nil, err
	}
	var in frozenYear
	if err := json.Unmarshal(plain, &in); err != nil {
		return nil, nil, err
	}
	by, _, err := tx.Person(ctx, tenant, y.By)
	return in.Set, &FrozenView{Version: y.Version, At: y.At, By: by.Name, Reason: in.Reason, Protocol: in.Protocol}, err
}

func yearPlace(y YearlySet) string {
	return "yearly_sets|sealed|" + y.Tenant + "|" + itoa(y.Year) + "|" + itoa(y.Version)
}

// lateYears is how far back a report can arrive that belongs to a frozen year.
const lateYears = 3

// yearFor counts the year for a reader: a case that is hidden from them counts in no figure
// that they see, or the difference with the register would tell of it.
func (d *Desk) yearFor(ctx context.Context, tx Tx, a loket.Actor, year int) (*figures.Set, int, error) {
	gone, err := hidden(ctx, tx, a)
	if err != nil {
		return nil, 0, err
	}
	return d.yearNow(ctx, tx, a.Tenant, year, gone)
}

// yearNow counts the year from the register. Cases of earlier years that were not in the
// frozen set of their own year are added and labelled (D-69).
func (d *Desk) yearNow(ctx context.Context, tx Tx, tenant string, year int, without map[loket.CaseID]bool) (*figures.Set, int, error) {
	set := &figures.Set{}
	lost, err := d.addYear(ctx, tx, set, tenant, year, nil, without)
	for back := 1; back <= lateYears && err == nil; back++ {
		var before *figures.Set
		if before, _, err = d.frozen(ctx, tx, tenant, year-back); err == nil && before != nil {
			_, err = d.addYear(ctx, tx, set, tenant, year-back, before, without)
		}
	}
	return set, lost, err
}

// addYear adds the cases of a year; with before, only those that are not in it, as late.
func (d *Desk) addYear(ctx context.Context, tx Tx, set *figures.Set, tenant string, year int, before *figures.Set, without map[loket.CaseID]bool) (lost int, err error) {
	counted := map[string]bool{}
	for _, number := range before.Numbers() {
		counted[number] = true
	}
	err = tx.RegisterRows(ctx, tenant, year, func(row CaseRow) error {
		if counted[row.Number] || without[row.ID] {
			return nil
		}
		answers, err := d.openColumns(ctx, row)
		if err != nil {
			lost++ // the key of an erased case is gone; it still has a number
			return nil
		}
		set.Add(figureRow(row.Number, answers, before != nil))
		return nil
	})
	return lost, err
}

func figureRow(number string, answers map[string]string, late bool) figures.Row {
	r := figures.Row{Number: number, Incident: answers[columnIncident] == "1", Persons: atoi(answers[columnPersons]), Reports: atoi(answers[columnReports]), Late: late}
	for _, own := range []string{columnIncident, columnPersons, columnReports} {
		delete(answers, own)
	}
	r.Answers = answers
	return r
}
