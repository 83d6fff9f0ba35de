// SPDX-License-Identifier: EUPL-1.2

// Package mail carries notices to an SMTP server, and catches them in the demo.
//
// A notice says that something is ready and where to read it: a case number, a kind
// of message, a link. What it is about stays at the desk, so nothing confidential
// travels by mail (R-R-68, requirement II.1 of the regional protocol).
//
//	work ──Send(desk.Message)──▶ SMTP ──▶ accepted          nil
//	                                 ├──▶ not now (4xx)     *Failure, try again
//	                                 ├──▶ never (5xx)       *Failure, Permanent
//	                                 └──▶ no answer, no TLS *Failure, Unreachable
//
// A message keeps one Message-ID and one date through all its retries, so that a
// duplicate after a crash is recognised as one by every mail program (R04).
package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"
)

// Security says how the connection to the mail server is protected.
type Security string

// Ways to protect the connection. STARTTLS is required unless said otherwise; plain is
// only for a server on this same machine.
const (
	StartTLS Security = "starttls" // ask for TLS after greeting, go no further without
	TLS      Security = "tls"      // TLS from the first byte (port 465)
	Plain    Security = "plain"    // no TLS: loopback only
)

// Options say which server carries the mail and whose name is on it.
type Options struct {
	Addr     string   // host:port
	From     string   // address of the desk, with or without a name: "Incidentenloket <loket@example.org>"
	Security Security // empty is StartTLS
	User     string   // empty: no login
	Password string
	TLS      *tls.Config   // extra trust, in tests; nil is the system's
	Timeout  time.Duration // for one message; zero is 30 s
}

// settings are options that were checked.
type settings struct {
	Options
	host   string
	port   int
	from   *netmail.Address
	domain string // of the desk: in Message-ID and HELO, instead of this machine's name
}

// check turns options into settings, or says what to write instead.
func (o Options) check() (settings, error) {
	host, portText, err := net.SplitHostPort(o.Addr)
	if err != nil || host == "" {
		return settings{}, fmt.Errorf("mail: server %q: write host:port, for example smtp.example.org:587", o.Addr)
	}
	port, err := strconv.Atoi(portText)
	if err != nil || port < 1 || port > 65535 {
		return settings{}, fmt.Errorf("mail: server %q: the port must be a number from 1 to 65535", o.Addr)
	}
	from, err := netmail.ParseAddress(o.From)
	if err != nil {
		return settings{}, fmt.Errorf("mail: sender %q: write an address, for example loket@example.org", o.From)
	}
	if o.Security == "" {
		o.Security = StartTLS
	}
	if o.Security == Plain && !loopback(host) {
		return settings{}, errors.New("mail: without TLS only a mail server on this machine may be used; choose starttls or tls")
	}
	if o.Security != StartTLS && o.Security != TLS && o.Security != Plain {
		return settings{}, fmt.Errorf("mail: security %q: choose starttls, tls or plain", o.Security)
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return settings{Options: o, host: host, port: port, from: from, domain: domain}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Failure is why a message was not accepted, in words without any address or content:
// servers repeat addresses in their answers, and these words are shown and kept.
type Failure struct {
	Reason string // "refused (550 5.1.1)", "unreachable", "no TLS" …
	Code   int    // SMTP code; zero when the server did not answer
	final  bool
	down   bool
}

// Error gives the reason.
func (f *Failure) Error() string { return "mail: " + f.Reason }

// Permanent reports that this message will never be accepted: do not try again.
func (f *Failure) Permanent() bool { return f.final }

// Unreachable reports that the server, not the message, is the trouble: other
// messages would fare the same.
func (f *Failure) Unreachable() bool { return f.down }
