// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"strings"

	"example.org/loket/mail"
	"example.org/loket/web"
)

// mailbox shows the pages what the catcher caught.
type mailbox struct{ catcher *mail.Catcher }

// Caught implements web.Mailbox, newest first.
func (m mailbox) Caught(context.Context) ([]web.CaughtMail, error) {
	var caught []web.CaughtMail
	for _, c := range m.catcher.Messages() {
		caught = append(caught, web.CaughtMail{ID: c.MessageID, At: c.At, From: c.From, To: strings.Join(c.To, ", "), Subject: c.Subject, Body: c.Body})
	}
	return caught, nil
}
