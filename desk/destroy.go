// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"example.org/loket"
	"example.org/loket/policies"
)

// statusDestroyed is the status of a case of which only the number is left.
const statusDestroyed = "destroyed"

// typeDestroyed is the type of the last record of such a case. It has no payload: nothing
// could open it.
const typeDestroyed = "case.destroyed"

// errDestroyed tells who may see the case that it is gone, and since when.
func errDestroyed(row CaseRow) error {
	at := row.UpdatedAt.Format("2-1-2006")
	return loket.Refuse(loket.Gone, fmt.Sprintf("Zaak %s is vernietigd op %s. Alleen het nummer is bewaard. Het certificaat staat bij Bewaren en wissen.", row.Number, at),
		fmt.Sprintf("Case %s was destroyed on %s. Only its number was kept. The certificate is under Keep and erase.", row.Number, at))
}

// goneFor answers for a destroyed case: who may work on cases hears that it is gone, to all
// others it never was (S03).
func goneFor(ctx context.Context, d *Desk, tx Tx, a loket.Actor, row CaseRow) error {
	p := d.protocolOf(row)
	never, err := hidden(ctx, tx, a)
	if err != nil {
		return err
	}
	is := policies.Ours.When(row.Tenant == a.Tenant) | policies.Concerned | policies.Shown.When(!never[row.ID])
	if p != nil && mayOn(a, p, "case.gone", is, "", statusDestroyed) {
		return errDestroyed(row)
	}
	return errHidden
}

func (d *Desk) wholeErasure(row CaseRow, now time.Time, rule string) Erasure {
	return Erasure{ID: d.Rand.ID(), Tenant: row.Tenant, Case: row.ID, Number: row.Number, At: now, Key: row.Key, Rule: rule}
}

// destroy takes everything of a case out of the store but its number and that it was there.
// The key goes right after the commit, see finishErasures: until then the register holds it
// as work to do, so that no crash leaves it behind.
//
//	commit: rows emptied, register open ─▶ copy of the register ─▶ key destroyed ─▶ files wiped ─▶ done
func (d *Desk) destroy(ctx context.Context, tx Tx, a loket.Actor, row CaseRow, e Erasure) error {
	current, found, err := tx.CaseRow(ctx, row.ID)
	if err != nil {
		return err
	}
	if !found || current.Version != row.Version {
		return errChanged
	}
	last := Record{Case: row.ID, Seq: row.Version + 1, Tenant: row.Tenant, At: e.At, Type: typeDestroyed, By: a.ID, Role: a.Role}
	if err := tx.Append(ctx, []Record{last}); err != nil {
		return err
	}
	if err := tx.PurgeCase(ctx, row.ID); err != nil {
		return err
	}
	if err := tx.PutCase(ctx, emptied(row, e.At)); err != nil {
		return err
	}
	if err := tx.PutErasure(ctx, e); err != nil {
		return err
	}
	return d.enter(ctx, tx, []Record{last}, nil)
}

// emptied keeps what proves that there was a case: number, year, kind and when it came. It
// does not count any more: the years it counted in were frozen, or its term is over.
func emptied(row CaseRow, at time.Time) CaseRow {
	return CaseRow{ID: row.ID, Tenant: row.Tenant, Number: row.Number, Year: row.Year, Kind: row.Kind, Key: row.Key,
		Version: row.Version + 1, Status: statusDestroyed, ReceivedAt: row.ReceivedAt, UpdatedAt: at}
}

// finishErasures brings what was erased in the database to its end: the copy of the register,
// the key, the files. What was cut off half-way is taken up here again.
func (d *Desk) finishErasures(ctx context.Context) (int, error) {
	ctx = Everywhere(ctx) // it is the installation's work, whoever began it
	d.erasing.Lock()
	defer d.erasing.Unlock()
	n := 0
	for {
		var todo []Erasure
		err := d.Store.Read(ctx, func(tx Tx) (err error) {
			todo, err = tx.OpenErasures(ctx, termBatch)
			return err
		})
		if err != nil || len(todo) == 0 {
			return n, err
		}
		if err := d.finishSome(ctx, todo); err != nil {
			return n, err
		}
		n += len(todo)
	}
}

func (d *Desk) finishSome(ctx context.Context, todo []Erasure) error {
	end := int64(0)
	for _, e := range todo {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if d.Erasures != nil {
			if end, err = d.Erasures.Append(ctx, line); err != nil {
				return err
			}
		}
		if e.Whole() {
			if err := d.Sealer.Destroy(ctx, e.Key); err != nil {
				return err
			}
		}
	}
	if err := d.wipe(ctx); err != nil {
		return err
	}
	err := d.Store.Write(ctx, func(tx Tx) error {
		for _, e := range todo {
			if err := tx.ErasureDone(ctx, e.ID); err != nil {
				return err
			}
		}
		return d.markStore(ctx, tx, end)
	})
	if err != nil {
		return err
	}
	return d.markKeys(ctx, end)
}

func (d *Desk) wipe(ctx context.Context) error {
	if w, ok := d.Store.(wiper); ok {
		return w.Wipe(ctx)
	}
	return nil
}

func (d *Desk) markStore(ctx context.Context, tx Tx, end int64) error {
	if d.Erasures == nil {
		return nil
	}
	return tx.SetErasureMark(ctx, end)
}

func (d *Desk) markKeys(ctx context.Context, end int64) error {
	if m, ok := d.Sealer.(registerMarker); ok && d.Erasures != nil {
		return m.SetMark(ctx, end)
	}
	return nil
}
