// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// The mail of the desk is in the language that its people write: Dutch.
const mailLang = locale.NL

// notify writes the inbox rows and the notices of a release. A notice carries number, kind
// of message and a link: never content (R-R-62, S05).
func (d *Desk) notify(ctx context.Context, ch *change, w loket.ProductReleased, now time.Time) {
	o, title := ch.o, titleFor(ch.o.p, w.Product)
	for _, r := range w.Recipients {
		ch.told = append(ch.told, DisclosureRow{Case: o.ID, Tenant: o.Tenant, Number: o.Number, Product: w.Product, Row: w.Row, Version: w.Version, Person: r.ID, Title: encodeText(title), At: now})
		if r.Email == "" {
			continue
		}
		m := d.notice(ctx, o, r, "mail.notice", title, now)
		m.Product, m.Row, m.Version = w.Product, w.Row, w.Version
		ch.notices = append(ch.notices, m)
	}
}

// notifyWithdrawn tells everybody who got a version by notice that it was taken back: what
// somebody may have read already must not be used any more (R-R-20, R-R-99, SM-7). The mail
// has no version: how it arrives says nothing about who read the message itself.
func (d *Desk) notifyWithdrawn(ctx context.Context, ch *change, w loket.ProductWithdrawn, now time.Time) {
	title := titleFor(ch.o.p, w.Product)
	for _, t := range ch.o.Told {
		if t.Product == w.Product && t.Row == w.Row && t.Version == w.Version && t.Channel == "notice" && t.Recipient.Email != "" && !ch.o.Hides(t.Recipient.ID) {
			ch.notices = append(ch.notices, d.notice(ctx, ch.o, t.Recipient, "mail.withdrawn", title, now))
		}
	}
}

// notice is the whole mail. The reader logs in to see the rest.
func (d *Desk) notice(ctx context.Context, o *open, r loket.Recipient, texts string, title protocol.Text, now time.Time) Message {
	link := d.address(ctx, o.Tenant) + "/berichten"
	if role := o.p.Role(r.Role); role != nil && role.Side == "reporter" {
		link = d.address(ctx, o.Tenant) + "/mijn-melding"
	}
	kind := locale.Pick(mailLang, title.NL, title.EN)
	return Message{
		ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Person: r.ID, To: r.Email, CreatedAt: now, DueAt: now,
		Subject: locale.T(mailLang, texts+".subject", kind, o.Number),
		Body:    locale.T(mailLang, texts+".body", kind, o.Number, link, o.p.Desk.Phone),
	}
}

// acknowledge queues the receipt for the reporter who left an address (DOC-02). It is no
// product: nobody released it, and its delivery is no event of the case.
func (d *Desk) acknowledge(ctx context.Context, ch *change, now time.Time) {
	o, to := ch.o, reporterAddress(ch.o)
	if to == "" {
		return
	}
	ch.notices = append(ch.notices, Message{
		ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Person: "reporter", To: to, CreatedAt: now, DueAt: now,
		Subject: locale.T(mailLang, "mail.receipt.subject", numberMark),
		Body:    locale.T(mailLang, "mail.receipt.body", numberMark, d.address(ctx, o.Tenant)+"/mijn-melding", o.p.Desk.Phone),
	})
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
