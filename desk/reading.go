// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// ReadTooFast writes down that an account reached the limit on reading, and tells who
// supervises the access, by mail and without a name: who it is stands in the ledger.
func (d *Desk) ReadTooFast(ctx context.Context, a loket.Actor) error {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	phone := d.phoneOf(ctx, a.Tenant, p)
	return d.Store.Write(ctx, func(tx Tx) error {
		if err := d.tellSupervisors(ctx, tx, a, p, phone, "reading"); err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "reading.limit", Outcome: "refused"})
	})
}

// tellSupervisors mails who supervises the access, but not who did it, that something is worth a
// look. The mail says what kind of thing and names nobody.
func (d *Desk) tellSupervisors(ctx context.Context, tx Tx, a loket.Actor, p *protocol.Protocol, phone, what string) error {
	now := d.Now()
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
			ID: d.Rand.RowID(now), Tenant: a.Tenant, Product: what, Person: who.ID, To: who.Email, CreatedAt: now, DueAt: now,
			Subject: locale.T(mailLang, "mail."+what+".subject"), Body: locale.T(mailLang, "mail."+what+".body", phone),
		})
	}
	if len(told) == 0 {
		return nil
	}
	return tx.Enqueue(ctx, told)
}

// phoneOf is the number of an organisation's desk, or else that of its protocol.
func (d *Desk) phoneOf(ctx context.Context, tenant string, p *protocol.Protocol) string {
	if t, err := d.Tenant(ctx, tenant); err == nil {
		return orDefault(t.Phone, p.Desk.Phone)
	}
	return p.Desk.Phone
}
