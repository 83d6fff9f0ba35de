// SPDX-License-Identifier: EUPL-1.2

// Package web holds the pages of the desk: one file per action, all routes in one list.
//
// Pages are rendered on the server and work without JavaScript. A request becomes a
// visit (who, which language, which protocol, what time); a handler answers it with a
// page or with an error, and the frame turns every error into a page with a way out.
//
//	request ─limits─▶ visit ─handler─▶ desk.Service ─▶ page ─frame─▶ answer
//	                              │
//	                              └─error─▶ error page, with the desk's phone number
//
// The package decides nothing about a case: it asks the desk.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// Options is everything the pages need from the rest of the program.
type Options struct {
	Service  desk.Service
	Sessions SessionStore
	Drafts   Drafts
	Mailbox  Mailbox // mail that practice caught; nil outside practice
	Assets   fs.FS   // loket.css and loket.js; nil: those built into the program
	Tenant   string  // the organisation whose desk answers, when At is nil
	Themes   fs.FS   // token files of organisations, <theme>.css; nil: the neutral theme for all
	Phone    string  // of the desk, when it differs from the tenant's own record
	Practice bool    // banner: everything here is invented
	Secure   bool    // served over https: cookies say so, and browsers are told to stay there
	Log      *slog.Logger
	Rand     Rand
	Clock    desk.Clock // nil: the clock of the service

	// At finds whose desk answers at a host; an empty id: nobody's. nil: always Tenant.
	At func(ctx context.Context, host string) (tenant string, err error)

	// Ways are other ways in than a password; nil: none.
	Ways Ways

	// PasswordOnly says that nobody is asked for a second step, whatever they may read: the
	// check of the setup warns of it.
	PasswordOnly bool

	// Founder sets up desks and adds people; nil: only the command line does.
	Founder Founder

	// Scan finds identifying data in a free text, to warn about; nil warns of nothing.
	Scan func(text string) []protocol.Scan

	// Source names where a request comes from, for limits; empty: not to be limited. Nil is
	// the address of the connection.
	Source func(*http.Request) string

	// Examples gives the text of an example document of a protocol (protocol.SpecimenFile);
	// empty: there is none, or it is of another version. nil: there are none.
	Examples func(p *protocol.Protocol, file string) string

	// Alarm tells what does not go on by itself; nil: nothing ever.
	Alarm func() Alarm
}

// SessionStore knows who is logged in at the desk. Package identity implements it.
type SessionStore interface {
	// Actor is who sent this request; false when nobody is logged in.
	Actor(r *http.Request) (loket.Actor, bool)
	// Login starts a session, or returns desk.ErrSecondStep, or a loket.Error to show on the
	// login page.
	Login(w http.ResponseWriter, r *http.Request, tenant, user, password string) error
	// Logout ends the session; provider is the id of who vouched for it, or empty.
	Logout(w http.ResponseWriter, r *http.Request) (provider string)
}

// Drafts keeps what somebody typed but did not send, for a while (24 hours at most).
// Keys are random, made here, and known only to one browser. An implementation seals
// the values before it stores them. An unknown or expired key loads as nil values
// without an error.
type Drafts interface {
	Save(ctx context.Context, key string, values url.Values, until time.Time) error
	Load(ctx context.Context, key string) (url.Values, error)
	Delete(ctx context.Context, key string) error
}

// Mailbox lists the mail of an organisation that practice caught instead of sending it,
// newest first.
type Mailbox interface {
	Caught(ctx context.Context, tenant string) ([]CaughtMail, error)
}

// CaughtMail is one mail as it would have left.
type CaughtMail struct {
	ID      string
	At      time.Time
	From    string
	To      string
	Subject string
	Body    string
}

// Rand makes the keys of drafts and forms.
type Rand interface{ ID() string }

// Server answers every page. Make one with New.
type Server struct {
	service  desk.Service
	sessions SessionStore
	drafts   Drafts
	mailbox  Mailbox
	assets   assets
	themes   assets
	tenant   string
	at       func(ctx context.Context, host string) (string, error)
	phone    string
	practice bool
	secure   bool
	log      *slog.Logger
	rand     Rand
	clock    desk.Clock
	scan     func(text string) []protocol.Scan
	source   func(*http.Request) string
	alarm    func() Alarm

	specimens    func(p *protocol.Protocol, file string) string
	flood        *flood
	large        chan struct{} // one for each large body that is being read
	founder      Founder
	ways         Ways
	passwordOnly bool
	handler      http.Handler
}

// New makes the pages. Service, Sessions, Drafts and Rand must be given.
func New(o Options) *Server {
	s := &Server{
		service: o.Service, sessions: o.Sessions, drafts: o.Drafts, mailbox: o.Mailbox,
		assets: loadAssets(o.Assets), themes: loadThemes(o.Themes), founder: o.Founder, ways: o.Ways, tenant: o.Tenant, at: o.At, phone: o.Phone,
		practice: o.Practice, secure: o.Secure, log: o.Log, rand: o.Rand, clock: o.Clock, scan: o.Scan,
		source: o.Source, alarm: o.Alarm, specimens: o.Examples, passwordOnly: o.PasswordOnly, flood: newFlood(), large: make(chan struct{}, largeBodies),
	}
	if s.source == nil {
		s.source = remoteHost
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.clock == nil {
		s.clock = o.Service
	}
	s.handler = s.chain()
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
