// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	gomail "github.com/wneessen/go-mail"
)

const (
	lineKept  = 5 * time.Second // that a connection waits for the next message
	lineMost  = 100             // messages over one connection; many servers count them
	linesKept = 8               // connections at once: as many as the worker may send side by side
)

// line is a connection with the mail server over which messages go one after another.
// Greeting, TLS and login then take no time from every message.
type line struct {
	client  *gomail.Client
	conn    net.Conn
	sent    int
	hanging *time.Timer // hangs up when no message comes
}

// dial opens a connection; it is given up when ctx ends.
func (s *Sender) dial(ctx context.Context) (*line, error) {
	l, stop := &line{}, func() bool { return true }
	connect := func(dialling context.Context, network, addr string) (net.Conn, error) {
		conn, err := s.connect(dialling, network, addr)
		if err == nil {
			l.conn, stop = conn, context.AfterFunc(ctx, func() { _ = conn.Close() })
		}
		return conn, err
	}
	var err error
	l.client, err = gomail.NewClient(s.settings.host, append(s.clientOptions(), gomail.WithDialContextFunc(connect))...)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	err = l.client.DialWithContext(ctx)
	stop()
	if err != nil {
		if l.conn != nil {
			_ = l.conn.Close()
		}
		return nil, err
	}
	return l, nil
}

// send offers one message; when ctx ends the connection ends, whatever state the dialogue
// is in.
func (l *line) send(ctx context.Context, letter *gomail.Msg) error {
	stop := context.AfterFunc(ctx, func() { _ = l.conn.Close() })
	defer stop()
	l.sent++
	return l.client.Send(letter)
}

// hangUp says goodbye, if the server still listens. What goes wrong at goodbye says nothing
// about the messages before it.
func (l *line) hangUp() {
	_ = l.conn.SetDeadline(time.Now().Add(time.Second))
	_ = l.client.Close()
	_ = l.conn.Close()
}

// keptLine takes a connection that is kept, the last one used; nil when there is none.
func (s *Sender) keptLine() *line {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.kept) > 0 {
		l := s.kept[len(s.kept)-1]
		s.kept = s.kept[:len(s.kept)-1]
		if l.hanging.Stop() {
			return l
		} // else it is being hung up
	}
	return nil
}

// keep holds a connection for the next message, for a while.
func (s *Sender) keep(l *line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= linesKept || l.sent >= lineMost {
		go l.hangUp()
		return
	}
	s.kept = append(s.kept, l)
	l.hanging = time.AfterFunc(lineKept, func() {
		s.mu.Lock()
		s.kept = slices.DeleteFunc(s.kept, func(k *line) bool { return k == l })
		s.mu.Unlock()
		l.hangUp()
	})
}

// silent reports that a connection that was kept had ended before the message was offered:
// the server closed it, as it may. On a new connection the message is offered first.
func silent(err error) bool {
	sent, ok := errors.AsType[*gomail.SendError](err)
	return ok && sent.Reason == gomail.ErrSMTPMailFrom && (sent.ErrorCode() == 0 || sent.ErrorCode() == 421)
}
