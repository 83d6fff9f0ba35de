// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-message"
	gosmtp "github.com/emersion/go-smtp"
)

// Caught is one message that would have gone out.
type Caught struct {
	At        time.Time
	From      string
	To        []string
	Subject   string
	MessageID string
	Body      string
	Raw       string // as it travelled, every header included
}

// Catcher is an SMTP server for the demo and for drills. It keeps the last messages in
// memory and delivers nothing to anybody.
type Catcher struct {
	server   *gosmtp.Server
	listener net.Listener
	now      func() time.Time
	keep     int

	mu     sync.Mutex
	caught []Caught // oldest first
}

// maxCaught is the largest message that is caught, in bytes; notices have no attachments.
const maxCaught = 1 << 20

// Catch starts a catcher on a free port of this machine. It keeps the last `keep`
// messages and dates them by now.
func Catch(keep int, now func() time.Time) (*Catcher, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("mail: no port for the catcher: %w", err)
	}
	c := &Catcher{listener: listener, now: now, keep: keep}
	c.server = gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) {
		return &catching{catcher: c}, nil
	}))
	c.server.Domain = "localhost"
	c.server.MaxMessageBytes = maxCaught
	c.server.ReadTimeout = time.Minute
	c.server.WriteTimeout = time.Minute
	c.server.ErrorLog = log.New(io.Discard, "", 0) // its words would hold addresses
	go func() { _ = c.server.Serve(listener) }()
	return c, nil
}

// Addr is where it listens, host:port.
func (c *Catcher) Addr() string { return c.listener.Addr().String() }

// Close stops listening; what was caught stays readable.
func (c *Catcher) Close() error { return c.server.Close() }

// Messages gives what was caught, newest first.
func (c *Catcher) Messages() []Caught {
	c.mu.Lock()
	defer c.mu.Unlock()
	newest := make([]Caught, 0, len(c.caught))
	for i := len(c.caught) - 1; i >= 0; i-- {
		newest = append(newest, c.caught[i])
	}
	return newest
}

// Remember puts back a message that was caught by an earlier catcher.
func (c *Catcher) Remember(m Caught) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.caught = append(c.caught, m)
	if extra := len(c.caught) - c.keep; extra > 0 {
		c.caught = append([]Caught(nil), c.caught[extra:]...)
	}
}

// catching is one SMTP session: sender, recipients, text.
type catching struct {
	catcher *Catcher
	from    string
	to      []string
}

// Mail starts a message.
func (s *catching) Mail(from string, _ *gosmtp.MailOptions) error {
	s.from, s.to = from, nil
	return nil
}

// Rcpt adds a recipient.
func (s *catching) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data reads the message and keeps it.
func (s *catching) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	entity, err := message.Read(bytes.NewReader(raw))
	if err != nil && !message.IsUnknownCharset(err) {
		return &gosmtp.SMTPError{Code: 554, EnhancedCode: gosmtp.EnhancedCode{5, 6, 0}, Message: "not a message"}
	}
	body, err := io.ReadAll(entity.Body)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	subject, err := entity.Header.Text("Subject")
	if err != nil {
		subject = entity.Header.Get("Subject")
	}
	s.catcher.Remember(Caught{
		At: s.catcher.now(), From: s.from, To: s.to, Subject: subject,
		MessageID: strings.Trim(entity.Header.Get("Message-ID"), "<>"),
		Body:      strings.ReplaceAll(string(body), "\r\n", "\n"), Raw: string(raw),
	})
	return nil
}

// Reset forgets the message at hand.
func (s *catching) Reset() { s.from, s.to = "", nil }

// Logout ends the session.
func (s *catching) Logout() error { return nil }
