// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"example.org/loket/desk"
)

// notice is a message as the desk makes it: number, kind, link, nothing else.
func notice() desk.Message {
	return desk.Message{
		ID: "k4m7wq3f", To: "mila.verzonnen@example.org",
		Subject:   "Bericht bij melding 2026-0012",
		Body:      "Er staat een bericht voor u klaar bij melding 2026-0012.\nLees het op https://loket.example.org/inbox\n",
		CreatedAt: time.Date(2026, 3, 28, 13, 0, 0, 0, time.UTC),
	}
}

// server is a real SMTP server whose answers are scripted: one error per DATA, then
// acceptance.
type server struct {
	addr     string
	mu       sync.Mutex
	rcpt     []error
	data     []error
	accepted []string
}

func (s *server) next(list *[]error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(*list) == 0 {
		return nil
	}
	err := (*list)[0]
	*list = (*list)[1:]
	return err
}

type dialogue struct{ *server }

func (d dialogue) Mail(string, *gosmtp.MailOptions) error { return nil }
func (d dialogue) Rcpt(string, *gosmtp.RcptOptions) error { return d.next(&d.rcpt) }
func (d dialogue) Reset()                                 {}
func (d dialogue) Logout() error                          { return nil }
func (d dialogue) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := d.next(&d.data); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.accepted = append(d.accepted, string(raw))
	return nil
}

func serve(t *testing.T, config *tls.Config) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: listener.Addr().String()}
	smtp := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) {
		return dialogue{s}, nil
	}))
	smtp.Domain, smtp.TLSConfig = "localhost", config
	smtp.ErrorLog = log.New(io.Discard, "", 0)
	go func() { _ = smtp.Serve(listener) }()
	t.Cleanup(func() { _ = smtp.Close() })
	return s
}

func sender(t *testing.T, o Options) *Sender {
	t.Helper()
	if o.From == "" {
		o.From = "Incidentenloket <loket@loket.example.org>"
	}
	s, err := NewSender(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func failure(t *testing.T, err error) *Failure {
	t.Helper()
	f, ok := errors.AsType[*Failure](err)
	if !ok {
		t.Fatalf("want a *Failure, have %v", err)
	}
	return f
}

// R04 R-R-68: what travels is the notice, under one Message-ID, with nothing in the
// headers but what delivery needs.
func TestSendAccepted(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	if err := sender(t, Options{Addr: s.addr, Security: Plain}).Send(t.Context(), notice()); err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(s.accepted[0], "\r\n\r\n")
	if !strings.Contains(head, "Message-ID: <k4m7wq3f@loket.example.org>") {
		t.Errorf("no Message-ID of our own in:\n%s", head)
	}
	if !strings.Contains(body, "melding 2026-0012") {
		t.Errorf("text is missing:\n%s", body)
	}
	allowed := "Date MIME-Version Message-ID Subject From To Auto-Submitted Content-Type Content-Transfer-Encoding"
	for line := range strings.SplitSeq(head, "\r\n") {
		name, _, _ := strings.Cut(line, ":")
		if !strings.HasPrefix(line, " ") && !strings.Contains(allowed, name) {
			t.Errorf("header %q has no business in a notice", line)
		}
	}
}

// R04 R05: refused for now, then accepted: the same Message-ID and date both times.
func TestSendAgainKeepsMessageID(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	s.data = []error{&gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 3, 0}, Message: "busy, mila.verzonnen@example.org"}}
	out := sender(t, Options{Addr: s.addr, Security: Plain})
	f := failure(t, out.Send(t.Context(), notice()))
	if f.Permanent() || f.Unreachable() || f.Code != 451 {
		t.Errorf("451 is about this message, for now: %+v", f)
	}
	if strings.Contains(f.Error(), "mila") {
		t.Errorf("the reason repeats an address: %s", f)
	}
	for range 2 {
		if err := out.Send(t.Context(), notice()); err != nil {
			t.Fatal(err)
		}
	}
	if s.accepted[0] != s.accepted[1] {
		t.Errorf("a duplicate differs:\n%s\n%s", s.accepted[0], s.accepted[1])
	}
}

// R05: an address that does not exist is final, a server that does not want us is not.
func TestSendRefused(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name        string
		rcpt, data  error
		final, down bool
	}{
		{"no such mailbox", &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "no"}, nil, true, false},
		{"text refused", nil, &gosmtp.SMTPError{Code: 554, EnhancedCode: gosmtp.EnhancedCode{5, 6, 0}, Message: "no"}, true, false},
		{"full mailbox", &gosmtp.SMTPError{Code: 452, EnhancedCode: gosmtp.EnhancedCode{4, 2, 2}, Message: "full"}, nil, false, false},
		{"login wanted", &gosmtp.SMTPError{Code: 530, EnhancedCode: gosmtp.EnhancedCode{5, 7, 0}, Message: "login first"}, nil, false, true},
		{"going down", &gosmtp.SMTPError{Code: 421, EnhancedCode: gosmtp.EnhancedCode{4, 3, 2}, Message: "bye"}, nil, false, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, nil)
			s.rcpt, s.data = []error{c.rcpt}, []error{c.data}
			f := failure(t, sender(t, Options{Addr: s.addr, Security: Plain}).Send(t.Context(), notice()))
			if f.Permanent() != c.final || f.Unreachable() != c.down {
				t.Errorf("have %+v", f)
			}
		})
	}
}

// R05: nobody listens.
func TestSendUnreachable(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	_ = listener.Close()
	f := failure(t, sender(t, Options{Addr: addr, Security: Plain}).Send(t.Context(), notice()))
	if !f.Unreachable() || f.Permanent() {
		t.Errorf("have %+v", f)
	}
}

// T10 S14: without TLS nothing is sent; with TLS that is not trusted neither. The
// control is the same server with the trust it needs.
func TestSendRequiresTLS(t *testing.T) {
	t.Parallel()
	certificate, trust := selfSigned(t)
	bare := serve(t, nil)
	secure := serve(t, &tls.Config{Certificates: []tls.Certificate{certificate}})

	f := failure(t, sender(t, Options{Addr: bare.addr}).Send(t.Context(), notice()))
	if !f.Unreachable() || !strings.Contains(f.Reason, "TLS") || len(bare.accepted) != 0 {
		t.Errorf("sent without TLS, or told badly: %+v", f)
	}
	f = failure(t, sender(t, Options{Addr: secure.addr}).Send(t.Context(), notice()))
	if !f.Unreachable() || len(secure.accepted) != 0 {
		t.Errorf("sent to a server nobody trusts: %+v", f)
	}
	trusting := &tls.Config{RootCAs: trust, ServerName: "127.0.0.1"}
	if err := sender(t, Options{Addr: secure.addr, TLS: trusting}).Send(t.Context(), notice()); err != nil {
		t.Fatal(err)
	}
}

// A message that cannot be addressed is given up at once, and the desk's own bad
// settings are told at the start.
func TestBadInput(t *testing.T) {
	t.Parallel()
	m := notice()
	m.To = "geen adres"
	if f := failure(t, sender(t, Options{Addr: "127.0.0.1:25", Security: Plain}).Send(t.Context(), m)); !f.Permanent() {
		t.Errorf("have %+v", f)
	}
	for _, o := range []Options{
		{Addr: "smtp.example.org", From: "a@example.org"},
		{Addr: "smtp.example.org:99999", From: "a@example.org"},
		{Addr: "smtp.example.org:25", From: "nobody"},
		{Addr: "smtp.example.org:25", From: "a@example.org", Security: Plain},
		{Addr: "smtp.example.org:25", From: "a@example.org", Security: "maybe"},
	} {
		if _, err := NewSender(o); err == nil {
			t.Errorf("taken: %+v", o)
		}
	}
}

// A subject never becomes a header of its own.
func TestSubjectStaysOneLine(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	m := notice()
	m.Subject = "Bericht\r\nBcc: bram.nepnaam@example.org"
	if err := sender(t, Options{Addr: s.addr, Security: Plain}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.accepted[0], "\r\nBcc:") {
		t.Error("a header was smuggled in")
	}
}

// A stopping desk does not wait for a server that says nothing.
func TestSendStopsWithContext(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		if conn, err := listener.Accept(); err == nil {
			cancel() // connected, and never greeted
			t.Cleanup(func() { _ = conn.Close() })
		}
	}()
	if f := failure(t, sender(t, Options{Addr: listener.Addr().String(), Security: Plain}).Send(ctx, notice())); !f.Unreachable() {
		t.Errorf("have %+v", f)
	}
}
