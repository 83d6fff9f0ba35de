// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"fmt"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// notify writes the inbox rows and the notices of a release. A notice carries number, kind
// of message and a link: never content (R-R-62, S05).
func (d *Desk) notify(ctx context.Context, ch *change, w loket.ProductReleased, now time.Time) {
	o := ch.o
	pr := o.p.Product(w.Product)
	title := protocol.Text{NL: w.Product, EN: w.Product}
	if pr != nil {
		title = pr.Title
	}
	for _, r := range w.Recipients {
		ch.told = append(ch.told, DisclosureRow{Case: o.ID, Tenant: o.Tenant, Number: o.Number, Product: w.Product, Row: w.Row, Version: w.Version, Person: r.ID, Title: encodeText(title), At: now})
		if r.Email == "" {
			continue
		}
		ch.notices = append(ch.notices, Message{
			ID: d.Rand.ID(), Tenant: o.Tenant, Case: o.ID, Product: w.Product, Row: w.Row, Version: w.Version, Person: r.ID, To: r.Email,
			Subject: fmt.Sprintf("%s bij zaak %s", title.NL, o.Number), Body: d.noticeBody(ctx, o, r, title), CreatedAt: now, DueAt: now,
		})
	}
}

// noticeBody is the whole mail. The reader logs in to see the rest.
func (d *Desk) noticeBody(ctx context.Context, o *open, r loket.Recipient, title protocol.Text) string {
	link := d.address(ctx, o.Tenant) + "/berichten"
	if role := o.p.Role(r.Role); role != nil && role.Side == "reporter" {
		link = d.address(ctx, o.Tenant) + "/mijn-melding"
	}
	return fmt.Sprintf("Er staat een bericht voor u klaar in Loket.\n\nSoort bericht: %s\nZaak: %s\n\nLees het bericht hier: %s\n\nIn deze mail staat met opzet geen inhoud. Vragen? Bel het loket: %s\n", title.NL, o.Number, link, o.p.Desk.Phone)
}

// acknowledge queues the receipt for the reporter who left an address (DOC-02). It has no
// version: nobody released it, and its delivery is no event of the case.
func (d *Desk) acknowledge(ctx context.Context, ch *change, now time.Time) {
	to := reporterAddress(ch.o)
	if to == "" {
		return
	}
	body := fmt.Sprintf("Het loket heeft uw melding ontvangen.\n\nZaak: %s\n\nMet dit nummer en uw code kunt u verder: %s/mijn-melding\nDe code staat niet in deze mail. U kreeg hem bij het versturen.\n\nVragen? Bel het loket: %s\n", numberMark, d.address(ctx, ch.o.Tenant), ch.o.p.Desk.Phone)
	ch.notices = append(ch.notices, Message{ID: d.Rand.ID(), Tenant: ch.o.Tenant, Case: ch.o.ID, Product: "receipt", Person: "reporter", To: to, Subject: "Ontvangstbevestiging zaak " + numberMark, Body: body, CreatedAt: now, DueAt: now})
}

// reporterAddress is the first e-mail answer of the report.
func reporterAddress(o *open) string {
	for _, r := range o.Reports {
		f := o.p.Form(r.Form)
		if f == nil {
			continue
		}
		for _, s := range f.Sections {
			for _, field := range s.Fields {
				if to, ok := o.Facts[field.ID].(string); ok && field.Type == protocol.TypeEmail {
					return to
				}
			}
		}
	}
	return ""
}

// withdrawInbox marks a withdrawn version in the inbox of everybody who had it.
func withdrawInbox(ch *change, w loket.ProductWithdrawn) {
	for _, t := range ch.o.Told {
		if t.Product == w.Product && t.Row == w.Row && t.Version == w.Version && t.Channel == "notice" {
			ch.told = append(ch.told, inboxRow(ch.o, t))
		}
	}
}

// readInbox notes the moment of reading in the reader's inbox.
func readInbox(ch *change, w loket.DeliveryChanged, now time.Time) {
	for _, t := range ch.o.Told {
		if w.State == "read" && t.Product == w.Product && t.Row == w.Row && t.Version == w.Version && t.Recipient.ID == w.Recipient {
			row := inboxRow(ch.o, t)
			row.ReadAt = now
			ch.told = append(ch.told, row)
		}
	}
}

// withdrawn: the version that somebody was told was taken back since.
func withdrawn(c *loket.Case, t loket.Disclosure) bool {
	v := c.ProductVersion(t.Product, t.Row, t.Version)
	return t.Version > 0 && v != nil && v.Withdrawn != ""
}

func inboxRow(o *open, t loket.Disclosure) DisclosureRow {
	return DisclosureRow{Withdrawn: withdrawn(o.Case, t), Case: o.ID, Tenant: o.Tenant, Number: o.Number, Product: t.Product, Row: t.Row, Version: t.Version, Person: t.Recipient.ID, Title: encodeText(titleFor(o.p, t.Product)), At: t.At, ReadAt: t.ReadAt}
}
