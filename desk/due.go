// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"strings"

	"example.org/loket"
)

// Due handles a clock whose next moment has come: the read rows are worked out anew, so
// that the worklist shows what is late and the clock gets its following moment. Doing it
// twice changes nothing (design rule: tables are the truth).
func (d *Desk) Due(ctx context.Context, c ClockRow) error {
	if isRhythm(c) {
		return d.comeAround(ctx, c)
	}
	if strings.HasPrefix(c.Clock, tellClock) {
		return d.tell(ctx, c)
	}
	if c.Clock == beginClock {
		return d.begin(ctx, c)
	}
	o, err := d.load(ctx, loket.System(c.Tenant), c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	o.ev = o.p.Conclude(o.Input(now))
	if len(pendingStages(o, c.Clock, now)) > 0 {
		return d.escalate(ctx, c)
	}
	if f := findingOf(o, c.Clock); f != nil && !owedReminder(o.p, o.Case, *f, now).IsZero() {
		return d.remindOf(ctx, o, f, c, now)
	}
	row, clocks := caseRow(o, now), clockRows(o.Case, o.p, o.ev, now)
	if row.Columns, err = d.sealColumns(ctx, row); err != nil {
		return err
	}
	notices, err := d.alarms(ctx, o, c, now)
	if err != nil {
		return err
	}
	err = d.Store.Write(ctx, func(tx Tx) error {
		current, found, err := tx.CaseRow(ctx, c.Case)
		if err != nil || !found || current.Version != row.Version {
			return err // somebody changed the case meanwhile and worked it out already
		}
		if err := tx.PutCase(ctx, row); err != nil {
			return err
		}
		if err := tx.PutClocks(ctx, c.Case, clocks); err != nil || len(notices) == 0 {
			return err
		}
		return tx.Enqueue(ctx, notices)
	})
	if err == nil && len(notices) > 0 {
		d.Nudge()
	}
	return err
}
