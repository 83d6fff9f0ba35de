// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	gomail "github.com/wneessen/go-mail"

	"example.org/loket/desk"
)

// Sender hands messages to one SMTP server. It is safe for concurrent use. A connection
// that a message went over well is kept a moment for the next one, a few at most; see line.
type Sender struct {
	settings settings
	mu       sync.Mutex
	kept     []*line // nobody is using them; the last one used is last
}

// NewSender checks the options. It does not connect: a mail server that is down must
// not keep the desk from starting.
func NewSender(o Options) (*Sender, error) {
	settings, err := o.check()
	if err != nil {
		return nil, err
	}
	return &Sender{settings: settings}, nil
}

// Send returns nil once the server has taken responsibility for the message (250 after
// DATA); any other outcome is a *Failure.
func (s *Sender) Send(ctx context.Context, m desk.Message) error {
	letter, err := s.letter(m)
	if err != nil {
		return &Failure{Reason: "no valid address", final: true}
	}
	l := s.keptLine()
	if l != nil {
		err := l.send(ctx, letter)
		if letter.IsDelivered() {
			s.keep(l)
			return nil
		}
		l.hangUp()
		if !silent(err) || ctx.Err() != nil {
			return refused(err)
		}
	}
	if l, err = s.dial(ctx); err != nil {
		return unreachable(err)
	}
	err = l.send(ctx, letter)
	if letter.IsDelivered() {
		s.keep(l)
		return nil
	}
	l.hangUp()
	return refused(err)
}

// letter is the message as it travels. Its headers hold nothing but what delivery
// needs: no names, no program, no name of this machine.
func (s *Sender) letter(m desk.Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := letter.From(s.settings.from.String()); err != nil {
		return nil, err
	}
	if err := letter.To(m.To); err != nil {
		return nil, err
	}
	letter.SetMessageIDWithValue(s.messageID(m.ID))
	letter.SetDateWithValue(m.CreatedAt)
	letter.Subject(oneLine(m.Subject))
	// Keeps out-of-office answers from coming back (RFC 3834).
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(gomail.TypeTextPlain, m.Body)
	return letter, nil
}

// messageID is the message's own id at the desk's domain.
func (s *Sender) messageID(id string) string {
	if strings.Contains(id, "@") {
		return id
	}
	return id + "@" + s.settings.domain
}

func oneLine(subject string) string { return strings.Join(strings.Fields(subject), " ") }

// unreachable explains a dialogue that broke before any message was offered.
func unreachable(err error) *Failure {
	reason := "mail server unreachable"
	switch {
	case strings.Contains(err.Error(), "STARTTLS"), strings.Contains(err.Error(), "tls:"), strings.Contains(err.Error(), "x509:"):
		reason = "no trusted TLS connection with the mail server"
	case strings.Contains(strings.ToLower(err.Error()), "auth"):
		reason = "the mail server refused our login"
	}
	return &Failure{Reason: reason, down: true}
}

// refused explains a message that was offered and not taken.
func refused(err error) *Failure {
	sent, ok := errors.AsType[*gomail.SendError](err)
	if !ok || sent.ErrorCode() == 0 {
		return &Failure{Reason: "the mail server broke off", down: true}
	}
	code, words := sent.ErrorCode(), fmt.Sprint(sent.ErrorCode())
	if status := sent.EnhancedStatusCode(); status != "" {
		words += " " + status
	}
	switch {
	case ours(code, sent.EnhancedStatusCode()):
		return &Failure{Reason: "the mail server refuses this desk (" + words + ")", Code: code, down: true}
	case code >= 500:
		return &Failure{Reason: "refused (" + words + ")", Code: code, final: true}
	}
	return &Failure{Reason: "not accepted yet (" + words + ")", Code: code}
}

// ours tells answers about our login or connection from answers about the message. They
// are cured by the operator of the desk, and no message may be lost before that.
func ours(code int, status string) bool {
	return code == 421 || code == 530 || code == 535 || code == 538 || status == "5.7.0"
}
