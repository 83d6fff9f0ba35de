// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"strings"

	"example.org/loket/desk"
	"example.org/loket/mail"
	"example.org/loket/store"
	"example.org/loket/web"
)

// mailbox shows the pages what the catcher caught.
type mailbox struct {
	catcher *mail.Catcher
	store   *store.Store
}

// Caught implements web.Mailbox, newest first: only what this organisation sent.
func (m mailbox) Caught(ctx context.Context, tenant string) ([]web.CaughtMail, error) {
	own := map[string]bool{}
	err := m.store.Read(ctx, func(tx desk.Tx) error {
		messages, err := tx.Messages(ctx, tenant, demoMails)
		for _, sent := range messages {
			own[sent.ID] = true
		}
		return err
	})
	var caught []web.CaughtMail
	for _, c := range m.catcher.Messages() {
		if id, _, _ := strings.Cut(c.MessageID, "@"); own[id] {
			caught = append(caught, web.CaughtMail{ID: c.MessageID, At: c.At, From: c.From, To: strings.Join(c.To, ", "), Subject: c.Subject, Body: c.Body})
		}
	}
	return caught, err
}
