// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"

	"example.org/loket"
	"example.org/loket/locale"
)

// ReadTooFast writes down that an account reached the limit on reading, and tells who
// supervises the access, by mail and without a name: who it is stands in the ledger.
func (d *Desk) ReadTooFast(ctx context.Context, a loket.Actor) error {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	now, phone := d.Now(), p.Desk.Phone
	if t, err := d.Tenant(ctx, a.Tenant); err == nil {
		phone = orDefault(t.Phone, phone)
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		people, err := tx.People(ctx, a.Tenant)
		if err != nil {
			return err
		}
		var told []Message
		for _, who := range people {
			supervises := able(loket.Actor{Roles: who.Roles}, p, "audit")
			if who.Email == "" || who.ID == a.ID || !supervises {
				continue
			}
			told = append(told, Message{
				ID: d.Rand.RowID(now), Tenant: a.Tenant, Product: "reading", Person: who.ID, To: who.Email, CreatedAt: now, DueAt: now,
				Subject: locale.T(mailLang, "mail.reading.subject"), Body: locale.T(mailLang, "mail.reading.body", phone),
			})
		}
		if len(told) > 0 {
			if err := tx.Enqueue(ctx, told); err != nil {
				return err
			}
		}
		return tx.Ledger(ctx, LedgerEntry{At: now, Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "reading.limit", Outcome: "refused"})
	})
}
