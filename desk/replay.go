// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"example.org/loket"
	"example.org/loket/locale"
)

// Replay carries out what the copy of the erasure register says and this database or key
// store does not know: one of them was put back from a backup (S08). It must be called before
// the desk answers anybody. It returns how many things had come back and are gone again. When
// nothing was put back it reads nothing of the register but its length.
func (d *Desk) Replay(ctx context.Context) (n int, err error) {
	if d.Erasures == nil {
		return d.finishErasures(ctx)
	}
	from, err := d.replayFrom(ctx)
	if err != nil {
		return 0, err
	}
	end, err := d.Erasures.Each(ctx, from, func(line []byte) error {
		again, err := d.replayLine(ctx, line)
		if again {
			n++
		}
		return err
	})
	if err != nil {
		return n, fmt.Errorf("the erasure register could not be carried out: %w", err)
	}
	if n > 0 {
		if err := d.wipe(ctx); err != nil {
			return n, err
		}
	}
	if end != from {
		if err := d.Store.Write(ctx, func(tx Tx) error { return d.markStore(ctx, tx, end) }); err != nil {
			return n, err
		}
		if err := d.markKeys(ctx, end); err != nil {
			return n, err
		}
	}
	_, err = d.finishErasures(ctx)
	return n, err
}

// replayFrom is how far both database and key store have carried the register out.
func (d *Desk) replayFrom(ctx context.Context) (from int64, err error) {
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		from, err = tx.ErasureMark(ctx)
		return err
	})
	if m, ok := d.Sealer.(registerMarker); ok && err == nil {
		var keys int64
		keys, err = m.Mark(ctx)
		from = min(from, keys)
	}
	return from, err
}

func (d *Desk) replayLine(ctx context.Context, line []byte) (again bool, err error) {
	if len(line) == 0 {
		return false, nil
	}
	var e Erasure
	if err := json.Unmarshal(line, &e); err != nil {
		return false, nil // cut off by a crash: the database still holds it as work to do
	}
	if e.Whole() {
		return d.replayWhole(ctx, e)
	}
	return d.replayPart(ctx, e)
}

// replayWhole destroys the key again, and empties the rows if they came back.
func (d *Desk) replayWhole(ctx context.Context, e Erasure) (again bool, err error) {
	if known, ok := d.Sealer.(interface {
		Destroyed(ctx context.Context, key string) (bool, error)
	}); ok {
		gone, err := known.Destroyed(ctx, e.Key)
		if err != nil {
			return false, err
		}
		if again = !gone; again {
			if err := d.Sealer.Destroy(ctx, e.Key); err != nil {
				return false, err
			}
		}
	}
	err = d.Store.Write(ctx, func(tx Tx) error {
		row, found, err := tx.CaseRow(ctx, e.Case)
		if err != nil || !found || row.Status == statusDestroyed {
			return err
		}
		again = true
		return d.destroy(ctx, tx, loket.System(e.Tenant), row, e)
	})
	return again, err
}

// replayPart erases facts and words again that came back with an older database. The first
// events of the case are the same as they were, so their numbers still name the same words.
func (d *Desk) replayPart(ctx context.Context, e Erasure) (again bool, err error) {
	var row CaseRow
	var found bool
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		row, found, err = tx.CaseRow(ctx, e.Case)
		return err
	})
	if err != nil || !found || row.Status == statusDestroyed {
		return false, err
	}
	o, err := d.load(ctx, loket.System(e.Tenant), e.Case)
	if err != nil {
		return false, err
	}
	w := loket.FactsErased{Fields: e.Fields, Texts: e.Texts, Levels: e.Levels, Rule: e.Rule,
		Reason: locale.T(mailLang, "written.erased_again", e.At.Format("2-1-2006"))}
	if !slices.ContainsFunc(o.Events, func(ev loket.Event) bool { _, hit := without(o.p, ev, w); return hit }) {
		return false, nil
	}
	o.ev = o.p.Evaluate(o.Input(d.Now()))
	w.Figures = columns(o.p, o.ev, o.Case)
	ch, err := d.prepare(ctx, loket.System(e.Tenant), o, []loket.Payload{w}, d.Now())
	if err != nil {
		return false, err
	}
	ch.erasures = nil // the register has it
	return true, d.Store.Write(ctx, func(tx Tx) error { return d.write(ctx, tx, ch) })
}
