// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"fmt"

	"example.org/loket/desk"
)

// moment is one moment of one clock.
type moment struct {
	id, clock string
	stage     int
}

// clocks hands every due clock to the desk. After a long stop several moments of one
// clock may have passed; each comes round in its turn. Between batches messages are sent
// and others get at the disk.
func (w *Worker) clocks(ctx context.Context) (n int, err error) {
	seen := map[moment]bool{}
	for {
		rows, err := w.dueClocks(ctx)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return n, err
			}
			at := moment{string(row.Case), row.Clock, row.Stage}
			if err := w.due(ctx, row, seen[at]); err != nil {
				return n, err
			}
			seen[at] = true
			n++
		}
		if len(rows) < clockBatch {
			continue
		}
		sent, err := w.outbox(ctx) // many clocks hold up no message
		if n += sent; err != nil {
			return n, err
		}
		w.breathe(ctx)
	}
}

func (w *Worker) dueClocks(ctx context.Context) (rows []desk.ClockRow, err error) {
	err = w.Store.Read(ctx, func(tx desk.Tx) error {
		rows, err = tx.DueClocks(ctx, w.Clock.Now(), clockBatch)
		return err
	})
	return rows, err
}

// due hands one clock to the desk. A clock that the desk cannot handle, or that comes
// back with nothing changed, waits a minute, so that it does not hold up the others.
func (w *Worker) due(ctx context.Context, row desk.ClockRow, again bool) error {
	err := w.tell(ctx, row)
	if err == nil && !again {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("its moment did not pass")
	}
	w.Log.Error("clock not handled", "case", row.Case, "clock", row.Clock, "error", err.Error())
	next := w.Clock.Now().Add(clockRetry)
	return w.Store.Write(ctx, func(tx desk.Tx) error {
		return tx.SetClockNext(ctx, row.Case, row.Clock, next, row.Stage)
	})
}

// tell calls the desk; a panic over one case must not stop the clocks of all others.
func (w *Worker) tell(ctx context.Context, row desk.ClockRow) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %T", r)
		}
	}()
	return w.Desk.Due(ctx, row)
}
