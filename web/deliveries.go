// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"

	"example.org/loket"
	"example.org/loket/desk"
)

// Deliveries is what the page of outgoing notices asks of the desk. The service offers
// it when it also sends: a desk that only reads has no such page.
type Deliveries interface {
	// Deliveries lists notices, newest first, as far as this actor may see them.
	Deliveries(ctx context.Context, by loket.Actor, limit int) ([]desk.Message, error)
	// Redeliver tries a notice again at once, under the same Message-ID (R04).
	Redeliver(ctx context.Context, by loket.Actor, message string) error
}

// deliveriesShown is how many notices one page shows.
const deliveriesShown = 100

// deliveriesPage lists notices with how far they came.
type deliveriesPage struct {
	*reader
	messages []desk.Message
}

// showDeliveries answers GET /bezorging.
func showDeliveries(v *visit) error {
	sender, ok := v.service.(Deliveries)
	if !ok || !v.roleMay("work") {
		return errUnknownPage()
	}
	messages, err := sender.Deliveries(v.r.Context(), v.actor, deliveriesShown)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("deliveries.title"), (&deliveriesPage{reader: v.reader, messages: messages}).page())
}

// redeliver answers POST /bezorging/opnieuw.
func redeliver(v *visit) error {
	sender, ok := v.service.(Deliveries)
	if !ok || !v.roleMay("work") {
		return errUnknownPage()
	}
	if err := v.form(); err != nil {
		return err
	}
	if err := sender.Redeliver(v.r.Context(), v.actor, v.text("bericht")); err != nil {
		return err
	}
	return v.to("/bezorging?" + url.Values{"gedaan": {"again"}}.Encode())
}

// state is a notice in a word: sent, given up, trying again, waiting.
func (p *deliveriesPage) state(m desk.Message) string {
	switch {
	case !m.SentAt.IsZero():
		return p.T("deliveries.sent", p.when(m.SentAt))
	case m.Final:
		return p.T("deliveries.given_up")
	case m.Attempts > 0:
		return p.T("deliveries.retry", p.when(m.DueAt))
	}
	return p.T("deliveries.waiting")
}

func (p *deliveriesPage) style(m desk.Message) string {
	switch {
	case !m.SentAt.IsZero():
		return "desk-clock--done"
	case m.Final:
		return "desk-clock--late"
	case m.Attempts > 0:
		return "desk-clock--soon"
	}
	return ""
}

// failed counts the notices that were given up.
func (p *deliveriesPage) failed() int {
	n := 0
	for _, m := range p.messages {
		if m.Final && m.SentAt.IsZero() {
			n++
		}
	}
	return n
}

// mailboxPage is the mail that practice caught.
type mailboxPage struct {
	*reader
	mails []CaughtMail
}

// showMailbox answers GET /post, in practice only.
func showMailbox(v *visit) error {
	if v.mailbox == nil {
		return errUnknownPage()
	}
	mails, err := v.mailbox.Caught(v.r.Context(), v.tenant)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("deliveries.mailbox"), (&mailboxPage{reader: v.reader, mails: mails}).page())
}
