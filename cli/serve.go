// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"log/slog"
	"os"
	"strings"

	"example.org/loket/desk"
	"example.org/loket/mail"
	"example.org/loket/web"
	"example.org/loket/work"
)

// serveCmd runs the desk.
type serveCmd struct {
	place
	post
	outside
	entry
	feeds
	Addr      string   `env:"LOKET_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where the pages are served; put a TLS proxy before it."`
	BaseURL   string   `env:"LOKET_BASE_URL" placeholder:"URL" help:"Address of the pages as readers know it, for links in notices."`
	Secure    bool     `env:"LOKET_SECURE" help:"Readers come over https: cookies and headers say so."`
	Proxy     []string `env:"LOKET_TRUSTED_PROXY" name:"trusted-proxy" placeholder:"CIDR" help:"Addresses of the TLS proxy, e.g. 10.0.0.0/8; its X-Forwarded-For is believed. Without names, that of a proxy on this machine."`
	Tenant    string   `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation at the bare address, when there are several; each answers at its own host. Default: the one that came first."`
	Themes    string   `env:"LOKET_THEMES" placeholder:"DIR" help:"Folder of token files (NAME.css), one per organisation that has its own looks."`
	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// feeds is where the media monitor may look.
type feeds struct {
	FeedsInside bool `env:"LOKET_FEEDS_INSIDE" help:"News feeds may lie on this organisation's own network and on any port. Without it only the open internet is looked at."`
}

// post is how notices leave.
type post struct {
	SMTP         string `name:"smtp" env:"LOKET_SMTP" placeholder:"HOST:PORT" help:"Mail server for notices. Without one they wait."`
	SMTPSecurity string `env:"LOKET_SMTP_SECURITY" enum:"starttls,tls,plain" default:"starttls" help:"starttls, tls, or plain on this machine only."`
	SMTPUser     string `env:"LOKET_SMTP_USER" help:"Login at the mail server."`
	SMTPLines    int    `name:"smtp-lines" env:"LOKET_SMTP_LINES" default:"1" placeholder:"N" help:"Notices on their way at once, 1 to 8; more for a slow mail server. A crash may send as many twice."`
	SMTPPassword string `env:"LOKET_SMTP_PASSWORD_FILE" type:"existingfile" name:"smtp-password-file" placeholder:"FILE" help:"File that holds the password."`
	MailFrom     string `env:"LOKET_MAIL_FROM" default:"Incidentenloket <loket@localhost>" placeholder:"ADDRESS" help:"Sender of notices."`
}

// sender makes the way out, or one where everything waits.
func (p post) sender() (work.Sender, error) {
	if p.SMTPLines < 1 || p.SMTPLines > 8 {
		return nil, refuse(nil, "Kies met --smtp-lines een getal van 1 tot en met 8.", "Choose a number from 1 to 8 with --smtp-lines.")
	}
	if p.SMTP == "" {
		return noMail{}, nil
	}
	o := mail.Options{Addr: p.SMTP, From: p.MailFrom, Security: mail.Security(p.SMTPSecurity), User: p.SMTPUser}
	if p.SMTPPassword != "" {
		secret, err := os.ReadFile(p.SMTPPassword)
		if err != nil {
			return nil, refuse(err, "Het wachtwoord van de mailserver kan niet gelezen worden.", "The password of the mail server cannot be read.")
		}
		o.Password = strings.TrimSpace(string(secret))
	}
	sender, err := mail.NewSender(o)
	if err != nil {
		return nil, refuse(err, "De mailserver is niet goed opgegeven.", "The mail server is not given well.")
	}
	return sender, nil
}

// noMail keeps notices waiting, in sight, until there is a mail server.
type noMail struct{}

// Error says why nothing leaves.
func (noMail) Error() string { return "mail: no mail server is set (--smtp)" }

// Unreachable says that every message fares the same.
func (noMail) Unreachable() bool { return true }

// Send sends nothing.
func (e noMail) Send(context.Context, desk.Message) error { return e }

// Run implements the command.
func (s *serveCmd) Run(c *console) error {
	sender, err := s.post.sender()
	if err != nil {
		return err
	}
	proxies, err := prefixes(s.Proxy)
	if err != nil {
		return err
	}
	if s.BaseURL == "" {
		s.BaseURL = "http://" + s.Addr
	}
	h, err := open(c.ctx, parts{place: s.place, sender: sender, lanes: s.SMTPLines, clock: wall{}, rand: randomIDs(), folders: s.Protocols,
		baseURL: strings.TrimSuffix(s.BaseURL, "/"), log: slog.New(slog.NewJSONHandler(c.err, nil)), inside: s.FeedsInside})
	if err != nil {
		return err
	}
	defer h.close()
	all, err := h.ready(c.ctx, s.Tenant)
	if err != nil {
		return err
	}
	h.entry = s.entry
	if h.others, err = s.entry.providers(); err != nil {
		return err
	}
	if h.leaked, err = s.entry.leaked(); err != nil {
		return err
	}
	themes, err := looks(s.Themes)
	if err != nil {
		return err
	}
	if strings.HasPrefix(s.DB, "postgres") && !h.store.Apart() {
		c.say("Let op: PostgreSQL houdt de rijen van organisaties niet zelf uit elkaar. Maak de rol loket_rows, zie de handleiding.", "Note: PostgreSQL does not keep the rows of organisations apart by itself. Make the role loket_rows, see the manual.")
	}
	if s.SecondFactor == "off" {
		c.say("Let op: niemand hoeft een tweede stap te laten zien (--second-factor off), ook wie persoonsgegevens leest niet. Eén gelekt wachtwoord is dan genoeg.",
			"Note: nobody must show a second step (--second-factor off), not even who reads personal data. One leaked password is enough then.")
	}
	if s.SMTP == "" {
		c.say("Let op: er is geen mailserver (--smtp). Berichten blijven wachten.", "Note: there is no mail server (--smtp). Notices wait.")
	}
	if h.proof, err = h.keeper(s.outside); err != nil {
		return err
	}
	pages := h.pages(web.Options{PasswordOnly: s.SecondFactor == "off", Founder: founder{h, strings.TrimSuffix(s.BaseURL, "/")}, At: h.front(s.Tenant, s.BaseURL, s.Addr).At, Themes: themes, Secure: s.Secure, Source: sourceBehind(proxies)})
	return h.serve(c, s.Addr, behind(proxies, s.Secure, h.log, pages), func(url string) {
		c.listDesks(all, s.Tenant, url)
		if len(all) == 0 {
			if err := h.invite(c, url); err != nil {
				h.log.Error("no invitation made", "error", err.Error())
			}
		}
	})
}

// tenant finds whose desk this is.
func (h *house) tenant(ctx context.Context, id string) (desk.Tenant, error) {
	var all []desk.Tenant
	err := h.store.Read(ctx, func(tx desk.Tx) (err error) {
		all, err = tx.Tenants(ctx)
		return err
	})
	if err != nil {
		return desk.Tenant{}, refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	for _, t := range all {
		if t.ID == id || id == "" && len(all) == 1 {
			return t, nil
		}
	}
	if len(all) == 0 {
		return desk.Tenant{}, h.noTenant()
	}
	return desk.Tenant{}, refuse(nil, "Van welke organisatie is dit loket? Kies er een met --tenant.", "Whose desk is this? Choose an organisation with --tenant.")
}
