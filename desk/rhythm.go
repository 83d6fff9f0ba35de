// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// What comes around every year or quarter has a clock like any other: a row that is due. Its case is
// no case but the tenant, so that each tenant has one.
const (
	rhythmCase  = "rhythm:"
	rhythmClock = "year"
)

// Rhythm starts the clock of what comes around, for a tenant whose protocol has such a
// thing (T-08, T-09, T-10). Starting it again changes nothing.
func (d *Desk) Rhythm(ctx context.Context, tenant string) error {
	p, err := d.Protocol(ctx, tenant)
	if err != nil || formOf(p, "yearly") == nil && formOf(p, "figures") == nil {
		return err
	}
	id := loket.CaseID(rhythmCase + tenant)
	return d.Store.Write(ctx, func(tx Tx) error {
		if _, found, err := tx.Occasion(ctx, tenant, rhythmClock); found || err != nil {
			return err // it runs; a turn that was missed while the desk was down is still due
		}
		if err := tx.PutOccasion(ctx, tenant, rhythmClock, id); err != nil {
			return err
		}
		return tx.PutClocks(ctx, id, []ClockRow{{Case: id, Tenant: tenant, Clock: rhythmClock, DueAt: d.Now(), NextAt: d.Now(), State: string(protocol.ClockRunning)}})
	})
}

func isRhythm(c ClockRow) bool { return strings.HasPrefix(string(c.Case), rhythmCase) }

// comeAround opens what the turn of the year asks for, and sets the clock to the next one.
func (d *Desk) comeAround(ctx context.Context, c ClockRow) error {
	p, err := d.Protocol(ctx, c.Tenant)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := d.yearOver(ctx, p, c.Tenant, now.In(p.Location()).Year()-1); err != nil {
		return err
	}
	if err := d.agreed(ctx, p, c.Tenant, c.NextAt); err != nil {
		return err
	}
	next := nextTurn(now, p.Location())
	return d.Store.Write(ctx, func(tx Tx) error { return tx.SetClockNext(ctx, c.Case, c.Clock, next, c.Stage+1) })
}

// yearOver opens the case of a year that is over, when anything was registered in it.
func (d *Desk) yearOver(ctx context.Context, p *protocol.Protocol, tenant string, year int) error {
	err := d.Store.Read(ctx, func(tx Tx) error {
		return tx.RegisterRows(ctx, tenant, year, func(CaseRow) error { return errEnough })
	})
	if errors.Is(err, errEnough) {
		_, err = d.yearlyCase(ctx, p, tenant, year)
	}
	return err
}

// errEnough ends the walk through a year at its first case.
var errEnough = errors.New("desk: one case is enough")

// yearlyCase finds the case of a year, or opens it. There is one per year (R-R-88).
func (d *Desk) yearlyCase(ctx context.Context, p *protocol.Protocol, tenant string, year int) (loket.CaseID, error) {
	f := formOf(p, "yearly")
	if f == nil {
		return "", nil
	}
	after := time.Date(year+1, 1, 1, 0, 0, 0, 0, p.Location())
	return d.once(ctx, loket.System(tenant), p, yearOccasion(year), f, fillRegister(f, map[string]any{"year": int64(year), "year_after": after}))
}

func yearOccasion(year int) string { return "year/" + itoa(year) }

// once opens a case that nobody reported, the first time that it is asked for the occasion.
func (d *Desk) once(ctx context.Context, a loket.Actor, p *protocol.Protocol, occasion string, f *protocol.Form, facts protocol.Facts) (loket.CaseID, error) {
	var id loket.CaseID
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		id, _, err = tx.Occasion(ctx, a.Tenant, occasion)
		return err
	})
	if id != "" || err != nil {
		return id, err
	}
	if id, err = d.openAlone(ctx, a, p, f, facts, occasion); err != nil {
		return "", err
	}
	return id, d.Store.Write(ctx, func(tx Tx) error { return tx.PutOccasion(ctx, a.Tenant, occasion, id) })
}

// openAlone opens the case; the key makes that a crash before the occasion was written
// down opens no second one.
func (d *Desk) openAlone(ctx context.Context, a loket.Actor, p *protocol.Protocol, f *protocol.Form, facts protocol.Facts, key string) (loket.CaseID, error) {
	if again, known, err := d.receiptAgain(ctx, a, key); known || err != nil {
		return again.Case, err
	}
	now := d.Now()
	o, code, err := d.newCase(ctx, a, p, f, now)
	if err != nil {
		return "", err
	}
	organisation, _ := facts[factOrganisation].(string)
	report := loket.ReportReceived{Report: d.Rand.RowID(now), Form: f.ID, Channel: "own_initiative", Organisation: organisation, Facts: facts}
	return o.ID, d.openCase(ctx, a, o, report, code, key, now)
}

// formOf is the one form of a use that there is at most one of; nil when there is none.
func formOf(p *protocol.Protocol, use string) *protocol.Form {
	for i := range p.Forms {
		if p.Forms[i].Use == use {
			return &p.Forms[i]
		}
	}
	return nil
}

// fillRegister answers the questions of a form from what the desk knows, by `register`.
func fillRegister(f *protocol.Form, known map[string]any) protocol.Facts {
	facts := protocol.Facts{}
	for i := range f.Sections {
		for _, field := range f.Sections[i].Fields {
			if v, ok := known[field.Register]; ok && field.Register != "" {
				facts[field.ID] = v
			}
		}
	}
	return facts
}
