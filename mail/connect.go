// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"context"
	"crypto/tls"
	"net"

	gomail "github.com/wneessen/go-mail"
)

// clientOptions are the settings in the words of the SMTP library.
func (s *Sender) clientOptions() []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.settings.port),
		gomail.WithHELO(s.settings.domain),
		gomail.WithTimeout(s.settings.Timeout),
		gomail.WithTLSConfig(s.tlsConfig()),
		gomail.WithoutNoop(), gomail.WithoutRset(), // a message that was taken leaves nothing to reset
	}
	switch s.settings.Security {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		options = append(options, gomail.WithSSL())
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.settings.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.settings.User), gomail.WithPassword(s.settings.Password))
	}
	return options
}

// connect opens the connection; with TLS from the first byte when asked.
func (s *Sender) connect(ctx context.Context, network, addr string) (net.Conn, error) {
	if s.settings.Security == TLS {
		dialer := tls.Dialer{Config: s.tlsConfig()}
		return dialer.DialContext(ctx, network, addr)
	}
	return (&net.Dialer{}).DialContext(ctx, network, addr)
}

func (s *Sender) tlsConfig() *tls.Config {
	if s.settings.Options.TLS != nil {
		return s.settings.Options.TLS.Clone()
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, ServerName: s.settings.host}
}
