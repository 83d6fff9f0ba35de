// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
)

// askThere is the mail to the desk of another organisation that it was asked something:
// whether it has a case too, or who coordinates (D-12, D-60, DT-17). It has no content: not
// who asks, nor about what. It belongs to no case of theirs: they may have none yet.
func (d *Desk) askThere(ctx context.Context, n Neighbour, want loket.Neighboured, now time.Time) []Message {
	page, body := "/andere-organisaties", "mail.neighbour.body"
	side, _ := n.sides(want.Tenant)
	switch want.What {
	case loket.NeighbourProposed:
	case loket.NeighbourOffered:
		page, body = "/zaak/"+string(side.Case)+"#andere-organisaties", "mail.neighbour.coordination"
	default:
		return nil
	}
	p, err := d.Protocol(ctx, side.Tenant)
	if err != nil {
		return nil
	}
	to, phone := p.Desk.Email, p.Desk.Phone
	if t, err := d.Tenant(ctx, side.Tenant); err == nil {
		to, phone = orDefault(t.Email, to), orDefault(t.Phone, phone)
	}
	if to == "" {
		return nil // the question stands on their pages all the same
	}
	return []Message{{
		ID: d.Rand.RowID(now), Tenant: side.Tenant, Product: "neighbour", Person: "desk", To: to, CreatedAt: now, DueAt: now,
		Subject: locale.T(mailLang, "mail.neighbour.subject"),
		Body:    locale.T(mailLang, body, d.address(ctx, side.Tenant)+page, phone),
	}}
}
