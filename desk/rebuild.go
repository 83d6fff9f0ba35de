// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.org/loket"
)

// ReadRows is what Rebuild asks of a unit of work besides Tx: the read rows of one case as
// they lie. A store that can be rebuilt implements it.
type ReadRows interface {
	// CaseIDs lists the cases after one, in order of id.
	CaseIDs(ctx context.Context, after loket.CaseID, limit int) ([]loket.CaseID, error)
	ClocksOf(ctx context.Context, id loket.CaseID) ([]ClockRow, error)
	IndexOf(ctx context.Context, id loket.CaseID) ([]IndexRow, error)
	DisclosuresOf(ctx context.Context, id loket.CaseID) ([]DisclosureRow, error)
}

// Rebuilt is the outcome of a rebuilding.
type Rebuilt struct {
	Cases      int
	Different  int // rows were not what the events say
	Unreadable int // the key is gone, or a record is damaged: left as it lies
}

// Rebuild makes the read rows of every case anew from its events and compares them with
// those that lie there: row of the worklist, clocks, blind index, inbox. With write it puts
// the new ones in their place. Only the key and the hash of the return code are taken over
// from the row: they are in no event. differs is told of each case by number, and in which
// rows (design §5: rebuilt by one command and compared).
func (d *Desk) Rebuild(ctx context.Context, write bool, differs func(number string, rows []string)) (Rebuilt, error) {
	const page = 200
	var sum Rebuilt
	for after := loket.CaseID(""); ; {
		var ids []loket.CaseID
		err := d.Store.Read(ctx, func(tx Tx) (err error) {
			rows, ok := tx.(ReadRows)
			if !ok {
				return errors.New("desk: this store cannot list its rows")
			}
			ids, err = rows.CaseIDs(ctx, after, page)
			return err
		})
		if err != nil || len(ids) == 0 {
			return sum, err
		}
		for _, id := range ids {
			if err := d.rebuildOne(ctx, id, write, &sum, differs); err != nil {
				return sum, err
			}
		}
		after = ids[len(ids)-1]
	}
}

// rowsOfCase are all read rows of one case.
type rowsOfCase struct {
	row     CaseRow
	columns map[string]string
	clocks  []ClockRow
	index   []IndexRow
	inbox   []DisclosureRow
	terms   []RetentionRow

	emergencies []EmergencyRow
}

func (d *Desk) rebuildOne(ctx context.Context, id loket.CaseID, write bool, sum *Rebuilt, differs func(string, []string)) error {
	sum.Cases++
	live, err := d.liveRows(ctx, id)
	if err != nil {
		return err
	}
	o, err := d.load(ctx, loket.System(live.row.Tenant), id)
	if err != nil { // destroyed, or damaged: there is nothing to make rows from
		sum.Unreadable++
		return nil
	}
	fresh, err := d.freshRows(ctx, o, live.row.UpdatedAt)
	if err != nil {
		return err
	}
	if live.columns, err = d.openColumns(ctx, live.row); err != nil {
		live.columns = nil // damaged: it differs
	}
	if found := fresh.differences(live); len(found) > 0 {
		sum.Different++
		differs(live.row.Number, found)
		if write {
			return d.putRows(ctx, fresh)
		}
	}
	return nil
}

func (d *Desk) liveRows(ctx context.Context, id loket.CaseID) (out rowsOfCase, err error) {
	err = d.Store.Read(ctx, func(tx Tx) error {
		rows := tx.(ReadRows)
		var a, b, c, e error
		out.row, _, a = tx.CaseRow(ctx, id)
		out.clocks, b = rows.ClocksOf(ctx, id)
		out.index, c = rows.IndexOf(ctx, id)
		out.inbox, e = rows.DisclosuresOf(ctx, id)
		return errors.Join(a, b, c, e)
	})
	return out, err
}

// freshRows works out the rows as they had to be at the moment that they were last written:
// by the last event, or by a clock that came due after it.
func (d *Desk) freshRows(ctx context.Context, o *open, written time.Time) (out rowsOfCase, err error) {
	now := o.Events[len(o.Events)-1].At
	if written.After(now) && !written.After(d.Now()) {
		now = written
	}
	o.row = CaseRow{ID: o.ID, Key: o.row.Key, CodeHash: o.row.CodeHash, ReceivedAt: o.ReceivedAt()}
	o.ev = o.p.Conclude(o.Input(now))
	out.row, out.clocks, out.index = caseRow(o, now), clockRows(o.Case, o.p, o.ev, now), d.indexRows(o)
	out.columns, out.terms = columns(o.p, o.ev, o.Case), retentionRows(o, now)
	if out.row.Columns, err = d.sealColumns(ctx, out.row); err != nil {
		return out, err
	}
	for _, x := range o.Emergencies {
		out.emergencies = append(out.emergencies, emergencyRow(o, x))
	}
	for _, t := range o.Told {
		if t.Channel == "notice" {
			out.inbox = append(out.inbox, inboxRow(o, t))
		}
	}
	return out, nil
}

func (d *Desk) putRows(ctx context.Context, fresh rowsOfCase) error {
	return d.Store.Write(ctx, func(tx Tx) error {
		current, found, err := tx.CaseRow(ctx, fresh.row.ID)
		if err != nil || !found || current.Version > fresh.row.Version {
			return err // somebody changed the case meanwhile, and wrote its rows
		}
		err = errors.Join(tx.PutCase(ctx, fresh.row), tx.PutClocks(ctx, fresh.row.ID, fresh.clocks), tx.PutIndex(ctx, fresh.row.ID, fresh.row.Tenant, fresh.index), tx.PutRetention(ctx, fresh.row.ID, fresh.terms))
		for _, row := range fresh.emergencies {
			err = errors.Join(err, tx.PutEmergency(ctx, row))
		}
		for _, t := range fresh.inbox {
			err = errors.Join(err, tx.PutDisclosure(ctx, t))
		}
		return err
	})
}

// differences names the rows and columns that are not the same. When a row was written, and
// how its columns happen to be sealed, is no difference.
func (fresh rowsOfCase) differences(live rowsOfCase) []string {
	var out []string
	a, b := reflect.ValueOf(fresh.row), reflect.ValueOf(live.row)
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		if name != "UpdatedAt" && name != "Columns" && name != "Relations" && name != "HiddenFrom" && !alike(a.Field(i).Interface(), b.Field(i).Interface()) {
			out = append(out, name)
		}
	}
	if !maps.Equal(fresh.columns, live.columns) {
		out = append(out, "Columns")
	}
	for _, list := range []struct {
		name        string
		fresh, live []string
	}{
		{"clocks", lines(fresh.clocks), lines(live.clocks)}, {"index", lines(fresh.index), lines(live.index)}, {"inbox", lines(fresh.inbox), lines(live.inbox)},
	} {
		if !slices.Equal(list.fresh, list.live) {
			out = append(out, list.name)
		}
	}
	return out
}

func alike(a, b any) bool {
	switch x := a.(type) {
	case time.Time:
		return x.Equal(b.(time.Time))
	case []byte:
		return bytes.Equal(x, b.([]byte))
	}
	return reflect.DeepEqual(a, b)
}

// lines writes rows so that they can be compared in any order, moments by instant.
func lines[T any](rows []T) []string {
	out := make([]string, 0, len(rows))
	for _, row := range rows {
		v := reflect.ValueOf(row)
		parts := make([]string, v.NumField())
		for i := range parts {
			field := v.Field(i).Interface()
			if at, ok := field.(time.Time); ok {
				field = at.UnixMicro()
			}
			parts[i] = fmt.Sprint(field)
		}
		out = append(out, strings.Join(parts, "\x00"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
