// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"net"
	"strings"
	"sync"
	"testing"

	gosmtp "github.com/emersion/go-smtp"
)

// counting is a listener that counts connections and can end them all.
type counting struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

func (c *counting) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.mu.Lock()
		c.conns = append(c.conns, conn)
		c.mu.Unlock()
	}
	return conn, err
}

func (c *counting) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.conns)
}

func (c *counting) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		_ = conn.Close()
	}
}

func serveCounting(t *testing.T) (*server, *counting) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, c := &server{addr: listener.Addr().String()}, &counting{Listener: listener}
	smtp := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return dialogue{s}, nil }))
	smtp.Domain = "localhost"
	go func() { _ = smtp.Serve(c) }()
	t.Cleanup(func() { _ = smtp.Close() })
	return s, c
}

// R04: messages one after another go over one connection, each once and each whole.
func TestMessagesShareALine(t *testing.T) {
	t.Parallel()
	s, c := serveCounting(t)
	out := sender(t, Options{Addr: s.addr, Security: Plain})
	for _, id := range []string{"one", "two", "three"} {
		m := notice()
		m.ID = id
		if err := out.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if c.count() != 1 || len(s.accepted) != 3 {
		t.Fatalf("%d connections for %d messages", c.count(), len(s.accepted))
	}
	for i, id := range []string{"one", "two", "three"} {
		if !strings.Contains(s.accepted[i], "<"+id+"@") || strings.Count(s.accepted[i], "Message-ID:") != 1 {
			t.Errorf("message %s came as\n%s", id, s.accepted[i])
		}
	}
}

// R04 R05: a server may end a connection that is kept. The next message goes over a new one,
// once; nobody is told that the server is down.
func TestLineThatEndedIsDialledAnew(t *testing.T) {
	t.Parallel()
	s, c := serveCounting(t)
	out := sender(t, Options{Addr: s.addr, Security: Plain})
	for range 2 {
		if err := out.Send(t.Context(), notice()); err != nil {
			t.Fatal(err)
		}
		c.hangUp()
	}
	if c.count() != 2 || len(s.accepted) != 2 {
		t.Errorf("%d connections for %d messages, want 2 for 2", c.count(), len(s.accepted))
	}
}

// A message that is refused ends its line, and leaves nothing to the next one.
func TestRefusalEndsTheLine(t *testing.T) {
	t.Parallel()
	s, c := serveCounting(t)
	out := sender(t, Options{Addr: s.addr, Security: Plain})
	s.data = []error{nil, &gosmtp.SMTPError{Code: 550, Message: "no"}}
	for i, want := range []bool{true, false, true} {
		if err := out.Send(t.Context(), notice()); (err == nil) != want {
			t.Errorf("message %d: %v", i, err)
		}
	}
	if c.count() != 2 || len(s.accepted) != 2 {
		t.Errorf("%d connections, %d accepted; want 2 and 2", c.count(), len(s.accepted))
	}
}
