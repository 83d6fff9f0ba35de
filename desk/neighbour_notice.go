// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
)

// neighbourMail is, for each thing that one organisation says to another, the text of the mail
// that the other gets. What somebody must answer has a text of its own; an answer and
// everything else say only that there is something to read.
var neighbourMail = map[string]string{
	loket.NeighbourProposed: "mail.neighbour.body",
	loket.NeighbourOffered:  "mail.neighbour.coordination",
	loket.NeighbourAccepted: "mail.neighbour.answered",
	loket.NeighbourDeclined: "mail.neighbour.answered",
	loket.NeighbourTaken:    "mail.neighbour.answered",
	loket.NeighbourRefused:  "mail.neighbour.answered",
	loket.NeighbourUndone:   "mail.neighbour.undone",
	loket.NeighbourShared:   "mail.neighbour.shared",
}

// tellThere is the mail to the desk of the other organisation that something was said: a
// question, or what became of its own (D-12, D-60, DT-17). It has no content: not who says
// it, nor about what, nor yes or no. It belongs to no case of theirs: they may have none yet.
func (d *Desk) tellThere(ctx context.Context, n Neighbour, from, what string, now time.Time) []Message {
	text := neighbourMail[what]
	_, side := n.sides(from)
	p, err := d.Protocol(ctx, side.Tenant)
	if text == "" || err != nil {
		return nil
	}
	page := "/andere-organisaties"
	if side.Case != "" && what != loket.NeighbourUndone { // of what was undone the case shows nothing any more
		page = "/zaak/" + string(side.Case) + "#andere-organisaties"
	}
	to, phone := p.Desk.Email, p.Desk.Phone
	if t, err := d.Tenant(ctx, side.Tenant); err == nil {
		to, phone = orDefault(t.Email, to), orDefault(t.Phone, phone)
	}
	if to == "" {
		return nil // it stands on their pages all the same
	}
	subject := "mail.neighbour.said"
	if what == loket.NeighbourProposed || what == loket.NeighbourOffered {
		subject = "mail.neighbour.subject"
	}
	return []Message{{
		ID: d.Rand.RowID(now), Tenant: side.Tenant, Product: "neighbour", Person: "desk", To: to, CreatedAt: now, DueAt: now,
		Subject: locale.T(mailLang, subject),
		Body:    locale.T(mailLang, text, d.address(ctx, side.Tenant)+page, phone),
	}}
}
