// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// visit is one request on its way to its page: what was asked, sent and allowed.
type visit struct{ *reader }

// reader is for whom a page is written: who, in which language, under which protocol, at
// what time. Templates ask it for their texts. It is apart from visit because every page
// holds it, and the compiler makes each of its methods again for every page.
type reader struct {
	*Server
	w        http.ResponseWriter
	r        *http.Request
	lang     locale.Lang
	now      time.Time
	tenant   string // whose desk answers at this host
	desk     desk.Tenant
	protocol *protocol.Protocol
	actor    loket.Actor
	known    bool                 // logged in
	nav      string               // address of the menu item that this page belongs to
	focus    bool                 // the page holds an error summary that takes the focus
	deskLook bool                 // a public page that looks like those of the desk
	whens    map[time.Time]string // moments that this page said before, see when
}

// visit makes the visit of a request. Without a protocol there is no desk to speak of:
// the error page then says to call.
func (s *Server) visit(w http.ResponseWriter, r *http.Request) (*visit, error) {
	v := &visit{&reader{Server: s, w: w, r: r, now: s.clock.Now()}}
	v.lang = locale.Of(v.cookie(languageCookie))
	var err error
	if err = v.choose(); err != nil {
		return v, err
	}
	r = r.WithContext(desk.Within(r.Context(), v.tenant))
	v.r = r
	if v.desk, err = s.service.Tenant(r.Context(), v.tenant); err != nil {
		return v, unavailable(err)
	}
	if v.protocol, err = s.service.Protocol(r.Context(), v.tenant); err != nil {
		return v, unavailable(err)
	}
	v.actor, v.known = s.sessions.Actor(r)
	if v.known && v.actor.Tenant != v.tenant {
		v.actor, v.known = loket.Actor{}, false
	}
	v.r = r.WithContext(desk.Watched(desk.ByActor(r.Context(), v.actor)))
	return v, nil
}

// unavailable keeps the cause for the log and tells the reader to call.
func unavailable(cause error) error {
	return errors.Join(&failure{status: http.StatusServiceUnavailable, words: "unavailable"}, cause)
}

// T is a text of the product in the language of the visit.
func (v *reader) T(key string, args ...any) string { return locale.T(v.lang, key, args...) }

// N is a text for n things.
func (v *reader) N(key string, n int, args ...any) string { return locale.N(v.lang, key, n, args...) }

// P picks the language of a text of the protocol.
func (v *reader) P(text protocol.Text) string { return locale.Pick(v.lang, text.NL, text.EN) }

// show answers with a page in the frame. title stands in the browser's tab; it never
// holds a case number or a name.
//
// The page is made first and sent then: in one piece, and not at all when making it fails.
func (v *reader) show(status int, title string, body templ.Component) error {
	page := pages.Get().(*bytes.Buffer)
	defer keepPage(page)
	if err := layout(&visit{v}, title, body).Render(v.r.Context(), page); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(page.Len()))
	v.w.WriteHeader(status)
	_, err := v.w.Write(page.Bytes())
	return err
}

// pages are buffers for one page each. A large one is not kept.
var pages = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 64<<10)) }}

const mostKeptPage = 512 << 10

func keepPage(page *bytes.Buffer) {
	if page.Cap() <= mostKeptPage {
		clear(page.Bytes()) // what a page said about people is not left lying in memory
		page.Reset()
		pages.Put(page)
	}
}

// to sends the browser on after a change, so that reloading repeats nothing.
func (v *visit) to(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// toTop sends the browser on to the top of a page. A form posts to #fouten, and a browser takes that
// along when the new address names no place of its own.
func (v *visit) toTop(path string) error {
	if v.r.Method == http.MethodPost {
		path += "#"
	}
	return v.to(path)
}

// zone is the zone of the protocol, in which every moment is shown.
func (v *reader) zone() *time.Location {
	if v.protocol == nil {
		return time.UTC
	}
	return v.protocol.Location()
}

// local gives a moment in the zone of the protocol.
func (v *reader) local(t time.Time) time.Time { return t.In(v.zone()) }

// dueBy is the moment a term ends, in words: midnight is the end of the day before.
func (v *reader) dueBy(t time.Time) string { return locale.Due(v.lang, t, v.zone()) }

// when is a moment in words: "za 28 mrt 14:00". A page says the same moments often: a
// hundred facts came with one report.
func (v *reader) when(t time.Time) string {
	words, said := v.whens[t]
	if !said {
		words = locale.Moment(v.lang, t, v.zone())
		if v.whens == nil {
			v.whens = map[time.Time]string{}
		}
		v.whens[t] = words
	}
	return words
}

// phoneNumber is the desk's number as people read it; the installation's own goes first.
func (v *reader) phoneNumber() string {
	switch {
	case v.phone != "":
		return v.phone
	case v.desk.Phone != "":
		return v.desk.Phone
	case v.protocol != nil:
		return v.protocol.Desk.Phone
	}
	return ""
}

// phoneLink is the number as a telephone dials it.
func (v *reader) phoneLink() templ.SafeURL {
	return templ.SafeURL("tel:" + strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == '+' {
			return c
		}
		return -1
	}, v.phoneNumber()))
}
