// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
)

// askThere is the mail to the desk of another organisation that it was asked something
// (D-12, D-60). It has no content: not who asks, nor about what. It belongs to no case of
// theirs, because they have none yet or did not say which.
func (d *Desk) askThere(ctx context.Context, n Neighbour, want loket.Neighboured, now time.Time) []Message {
	if want.What != loket.NeighbourProposed {
		return nil
	}
	p, err := d.Protocol(ctx, n.To.Tenant)
	if err != nil {
		return nil
	}
	to, phone := p.Desk.Email, p.Desk.Phone
	if t, err := d.Tenant(ctx, n.To.Tenant); err == nil {
		to, phone = orDefault(t.Email, to), orDefault(t.Phone, phone)
	}
	if to == "" {
		return nil // the question waits on their worklist all the same
	}
	return []Message{{
		ID: d.Rand.RowID(now), Tenant: n.To.Tenant, Product: "neighbour", Person: "desk", To: to, CreatedAt: now, DueAt: now,
		Subject: locale.T(mailLang, "mail.neighbour.subject"),
		Body:    locale.T(mailLang, "mail.neighbour.body", d.address(ctx, n.To.Tenant)+"/andere-organisaties", phone),
	}}
}
