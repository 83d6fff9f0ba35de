// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"io"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// mailServer takes every mail and remembers only when it came, by address.
type mailServer struct {
	addr   string
	server *smtp.Server

	mu   sync.Mutex
	came map[string]time.Time
	news chan struct{} // one token when something came
}

func startMailServer() (*mailServer, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	m := &mailServer{addr: listener.Addr().String(), came: map[string]time.Time{}, news: make(chan struct{}, 1)}
	m.server = smtp.NewServer(m)
	m.server.Domain, m.server.AllowInsecureAuth = "localhost", true
	go m.server.Serve(listener)
	return m, nil
}

// NewSession implements smtp.Backend.
func (m *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &mailSession{server: m}, nil
}

// when tells when a mail to this address came; it waits for it, up to a moment.
func (m *mailServer) when(to string, until time.Time) (at time.Time, came bool) {
	for {
		m.mu.Lock()
		at, came = m.came[to]
		m.mu.Unlock()
		if came || time.Now().After(until) {
			return at, came
		}
		select {
		case <-m.news:
		case <-time.After(time.Until(until)):
		}
	}
}

// mailSession is one connection of the desk.
type mailSession struct {
	server *mailServer
	to     []string
}

// Mail implements smtp.Session.
func (s *mailSession) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt implements smtp.Session.
func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data implements smtp.Session.
func (s *mailSession) Data(r io.Reader) error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	s.server.mu.Lock()
	for _, to := range s.to {
		s.server.came[to] = time.Now()
	}
	s.server.mu.Unlock()
	select {
	case s.server.news <- struct{}{}:
	default:
	}
	return nil
}

// Reset implements smtp.Session.
func (s *mailSession) Reset() { s.to = nil }

// Logout implements smtp.Session.
func (s *mailSession) Logout() error { return nil }
