// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"

	"example.org/loket"
	"example.org/loket/locale"
)

// ResetSecond writes down that an administrator takes away somebody's second step, and tells
// that person by mail: who did not ask for it must know at once. The login itself is no
// business of the desk. Nobody does it for themselves: an open browser would be enough.
func (d *Desk) ResetSecond(ctx context.Context, a loket.Actor, person string) error {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	if !may(a, p, "person.set", 0) || person == a.ID {
		d.refusedTo(ctx, a, "", "login.factor_reset")
		return errHidden
	}
	now, phone := d.Now(), d.phoneOf(ctx, a.Tenant, p)
	return d.Store.Write(ctx, func(tx Tx) error {
		who, found, err := tx.Person(ctx, a.Tenant, person)
		if err != nil {
			return err
		}
		if !found {
			return errHidden
		}
		if who.Email != "" {
			err = tx.Enqueue(ctx, []Message{{
				ID: d.Rand.RowID(now), Tenant: a.Tenant, Product: "second", Person: who.ID, To: who.Email, CreatedAt: now, DueAt: now,
				Subject: locale.T(mailLang, "mail.second.subject"), Body: locale.T(mailLang, "mail.second.body", phone),
			}})
		}
		if err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: now, Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "login.factor_reset", Outcome: "done", Purpose: who.ID})
	})
}
