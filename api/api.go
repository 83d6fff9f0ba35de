// SPDX-License-Identifier: EUPL-1.2

// Package api is the desk for machines: what a person does with the report form and the
// register, a provider's system does here with a key.
//
//	POST /api/v1/meldingen            send a report: the answers of the form, as JSON
//	GET  /api/v1/meldingen/{nummer}   how it stands
//	GET  /api/v1/register?jaar=       the register of a year, without persons
//	GET  /api/v1/openapi.json         all of this as a machine reads it; open to anybody
//
//	request ─limits─▶ key → machine ─handler─▶ desk ─▶ JSON
//	                                     └─error─▶ problem details, with the desk's phone
//
// A key goes in the header Authorization and nowhere else. Cookies are not looked at, so
// that a browser in which somebody is logged in can do nothing here by itself. The rules are
// the Dutch API Design Rules; docs/api.md tells people how to begin.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// Version of the interface: the first number is in every address.
const Version = "1.0.0"

// Base is where every address begins.
const Base = "/api/v1"

// Service is what machines may ask of the desk.
type Service interface {
	desk.Clock
	Protocol(ctx context.Context, tenant string) (*protocol.Protocol, error)
	Tenant(ctx context.Context, tenant string) (desk.Tenant, error)
	MachineActor(ctx context.Context, tenant, token string) (loket.Actor, error)
	SendReport(ctx context.Context, by loket.Actor, form desk.ReportForm) (desk.Receipt, error)
	Follow(ctx context.Context, by loket.Actor, number string) (*desk.Followed, error)
	RegisterLines(ctx context.Context, by loket.Actor, year int, each func(desk.RegisterLine) error) error
}

// Options is everything the interface needs from the rest of the program.
type Options struct {
	Service Service
	Tenant  string                                                        // whose desk answers, when At is nil
	At      func(ctx context.Context, host string) (id string, err error) // whose desk answers at a host; empty: nobody's
	Phone   string                                                        // of the desk, when it differs from its own record
	Secure  bool                                                          // served over https
	Source  func(*http.Request) string                                    // where a request comes from, for limits; empty: not to be limited
	Scan    func(text string) []protocol.Scan                             // finds identifying data, to warn about; nil: nothing
	Log     *slog.Logger

	// Came is the mark of where a request comes from, for the log; nil: not kept.
	Came func(r *http.Request, tenant string) string
}

// Server answers machines. Make one with New.
type Server struct {
	Options
	limits  *limits
	handler http.Handler
}

// New makes the interface. Service must be given.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Source == nil {
		o.Source = func(r *http.Request) string { return r.RemoteAddr }
	}
	s := &Server{Options: o, limits: newLimits()}
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc(r.path, s.answer(r))
	}
	mux.HandleFunc("/", s.answer(route{open: true, by: map[string]handler{}}))
	s.handler = http.MaxBytesHandler(mux, mostBody)
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

type handler func(*call) error

// route is one address with what may be done there.
type route struct {
	path string
	open bool // without a key
	by   map[string]handler
}

func routes() []route {
	return []route{
		{Base + "/meldingen", false, map[string]handler{http.MethodPost: sendReport}},
		{Base + "/meldingen/{nummer}", false, map[string]handler{http.MethodGet: followReport}},
		{Base + "/register", false, map[string]handler{http.MethodGet: readRegister}},
		{Base + "/openapi.json", true, map[string]handler{http.MethodGet: describe}},
	}
}

// Addresses are the method and path of everything that a machine may ask.
func Addresses() (out []string) {
	for _, r := range routes() {
		for method := range r.by {
			out = append(out, method+" "+r.path)
		}
	}
	return out
}

// call is one request on its way to its answer.
type call struct {
	*Server
	w        http.ResponseWriter
	r        *http.Request
	lang     locale.Lang
	tenant   desk.Tenant
	protocol *protocol.Protocol
	actor    loket.Actor
}

func (c *call) ctx() context.Context { return c.r.Context() }

// T is a text of the product in the language of the machine's owner.
func (c *call) T(key string, args ...any) string { return locale.T(c.lang, key, args...) }

// P picks the language of a text of the protocol.
func (c *call) P(t protocol.Text) string { return locale.Pick(c.lang, t.NL, t.EN) }

// answer finds desk and machine, lets in who may, and turns an error into a problem.
func (s *Server) answer(route route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &call{Server: s, w: w, r: r, lang: language(r.Header.Get("Accept-Language"))}
		defer c.recovered()
		w.Header().Set("API-Version", Version)
		w.Header().Set("Content-Language", string(c.lang))
		err := c.prepare(route)
		if err == nil {
			err = route.by[r.Method](c)
		}
		if err != nil {
			c.refuse(err)
		}
	}
}

// prepare finds whose desk this is and who asks.
func (c *call) prepare(route route) error {
	id := c.Options.Tenant
	if c.At != nil {
		var err error
		if id, err = c.At(c.ctx(), c.r.Host); err != nil {
			return unavailable(err)
		}
	}
	if id == "" {
		return errUnknown()
	}
	c.r = c.r.WithContext(desk.Within(c.ctx(), id))
	var err error
	if c.tenant, err = c.Service.Tenant(c.ctx(), id); err != nil {
		return unavailable(err)
	}
	if c.protocol, err = c.Service.Protocol(c.ctx(), id); err != nil {
		return unavailable(err)
	}
	if err := c.asksWell(route); err != nil || route.open {
		return err
	}
	return c.known()
}

// asksWell looks at the address, the method and the kind of answer that is wanted.
func (c *call) asksWell(route route) error {
	if len(route.by) == 0 {
		return errUnknown()
	}
	if route.by[c.r.Method] == nil {
		for method := range route.by {
			c.w.Header().Add("Allow", method)
		}
		return &problem{status: http.StatusMethodNotAllowed, words: "method"}
	}
	if !accepts(c.r.Header.Get("Accept")) {
		return &problem{status: http.StatusNotAcceptable, words: "accept"}
	}
	return nil
}

// known finds the machine behind the key in the header Authorization.
func (c *call) known() error {
	source := c.Source(c.r)
	if err := c.within(limitSource, source); err != nil {
		return err
	}
	kind, token, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || token == "" {
		return errKey
	}
	if err := c.within(limitWrong, source); err != nil {
		return err
	}
	if c.Came != nil {
		c.r = c.r.WithContext(desk.CameFrom(c.ctx(), c.tenant.ID, desk.AnyMachine, c.Came(c.r, c.tenant.ID)))
	}
	actor, err := c.Service.MachineActor(c.ctx(), c.tenant.ID, strings.TrimSpace(token))
	if loket.ErrorCode(err) == loket.Forbidden {
		return errKey
	}
	c.limits.giveBack(limitWrong, source)
	if err != nil {
		return err
	}
	c.actor = actor
	return c.within(limitKey, c.tenant.ID+"/"+actor.ID)
}

// language is the first language of a list that the desk speaks.
func language(wanted string) locale.Lang {
	for one := range strings.SplitSeq(wanted, ",") {
		switch tag, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(one)), "-"); strings.SplitN(tag, ";", 2)[0] {
		case "nl":
			return locale.NL
		case "en":
			return locale.EN
		}
	}
	return locale.NL
}

// accepts reports whether JSON is among the kinds of answer that are wanted.
func accepts(wanted string) bool {
	if wanted == "" {
		return true
	}
	for one := range strings.SplitSeq(wanted, ",") {
		switch kind, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(one)), ";"); kind {
		case "*/*", "application/*", "application/json", "application/problem+json":
			return true
		}
	}
	return false
}

// here is the address of the interface as the machine knows it.
func (c *call) here() string {
	u := url.URL{Scheme: "http", Host: c.r.Host, Path: Base}
	if c.Secure {
		u.Scheme = "https"
	}
	return u.String()
}

// privacy is where it stands what happens with data: the statement of the organisation, or the
// page of the desk itself.
func (c *call) privacy() string {
	if c.tenant.Privacy != "" {
		return c.tenant.Privacy
	}
	return strings.TrimSuffix(c.here(), Base) + "/privacy"
}

// phone is the desk's number.
func (c *call) phone() string {
	switch {
	case c.Phone != "":
		return c.Phone
	case c.tenant.Phone != "":
		return c.tenant.Phone
	case c.protocol != nil:
		return c.protocol.Desk.Phone
	}
	return ""
}
