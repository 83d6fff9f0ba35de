// SPDX-License-Identifier: EUPL-1.2

// Package visitor is a browser without a screen, for tests: it asks for pages, keeps
// cookies, reads the forms on a page and sends them filled in. Whatever a real browser
// would leave behind on its way lies in its trail.
//
//	Get ──▶ Page ──Forms──▶ Form ──Values──▶ fill in ──▶ Send ──▶ Page
//	  └────────── addresses, titles, answers ──────────▶ Trail
//
// It reads only what the desk itself makes: well-formed HTML with quoted attributes.
package visitor

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
)

// Page is one answer.
type Page struct {
	Status int
	Header http.Header
	Body   string
	At     *url.URL // where the browser ended up
}

// Title is what the tab of the browser shows; empty when the page has none.
func (p Page) Title() string {
	_, rest, _ := strings.Cut(p.Body, "<title>")
	title, _, _ := strings.Cut(rest, "</title>")
	return title
}

// Trail is what a browser leaves in places that others keep: addresses go into histories
// and the logs of proxies, titles into task bars and bookmarks.
type Trail struct {
	mu        sync.Mutex
	Addresses []string // asked for, and told by Location headers
	Titles    []string
}

func (t *Trail) add(address, title string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Addresses = append(t.Addresses, address)
	if title != "" {
		t.Titles = append(t.Titles, title)
	}
}

// Browser asks for pages at one desk. Transport and Host must be given.
type Browser struct {
	Transport http.RoundTripper
	Host      string // of the desk
	Trail     *Trail // may be nil
	Cookies   map[string]string
	Header    http.Header // sent with every request, besides the usual
}

// mostHops is how often a browser is sent on before it gives up.
const mostHops = 10

// Get asks for a page and goes where it is sent.
func (b *Browser) Get(path string) (Page, error) { return b.ask(http.MethodGet, path, "") }

// Post sends a form and goes where it is sent.
func (b *Browser) Post(path string, values url.Values) (Page, error) {
	return b.ask(http.MethodPost, path, values.Encode())
}

func (b *Browser) ask(method, path, body string) (Page, error) {
	for hop := 0; ; hop++ {
		page, err := b.Once(method, path, body)
		next := page.Header.Get("Location")
		if err != nil || next == "" || hop == mostHops {
			return page, err
		}
		to, err := page.At.Parse(next)
		if err != nil {
			return page, err
		}
		to.Fragment = ""
		method, path, body = http.MethodGet, to.RequestURI(), ""
	}
}

// Once sends one request and goes nowhere.
func (b *Browser) Once(method, path, body string) (Page, error) {
	at, err := url.Parse("http://" + b.Host + path)
	if err != nil {
		return Page{}, err
	}
	r, err := http.NewRequest(method, at.String(), strings.NewReader(body))
	if err != nil {
		return Page{}, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://"+b.Host)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, values := range b.Header {
		r.Header[name] = values
	}
	return b.Do(r)
}

// Do sends a request as it is, with the cookies of this browser.
func (b *Browser) Do(r *http.Request) (Page, error) {
	for name, value := range b.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := b.Transport.RoundTrip(r)
	if err != nil {
		return Page{}, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	b.keep(answer.Cookies())
	page := Page{Status: answer.StatusCode, Header: answer.Header, Body: string(text), At: r.URL}
	if b.Trail != nil {
		b.Trail.add(r.URL.String(), page.Title())
		if next := answer.Header.Get("Location"); next != "" {
			b.Trail.add(next, "")
		}
	}
	return page, err
}

func (b *Browser) keep(cookies []*http.Cookie) {
	if b.Cookies == nil {
		b.Cookies = map[string]string{}
	}
	for _, c := range cookies {
		if c.MaxAge < 0 || c.Value == "" {
			delete(b.Cookies, c.Name)
		} else {
			b.Cookies[c.Name] = c.Value
		}
	}
}

// Inside carries requests to a handler in this process: the whole way, without a network.
type Inside struct{ Handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (i Inside) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	seen := r.Clone(r.Context())
	seen.RequestURI, seen.Host, seen.RemoteAddr = r.URL.RequestURI(), r.URL.Host, "192.0.2.1:1234"
	if r.Host != "" {
		seen.Host = r.Host
	}
	i.Handler.ServeHTTP(w, seen)
	return w.Result(), nil
}
