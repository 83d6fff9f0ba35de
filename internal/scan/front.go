// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// front stands between a scanner and the desk. It keeps the scanner logged in whatever it
// tries, leads it to one case only, so that it does not spend its time on forms that are
// alike, and remembers one request of each kind.
type front struct {
	address string
	server  *http.Server
	mu      sync.Mutex
	cases   map[string]bool
	kinds   map[string]asked
	count   tally
}

// asked is a request as it came.
type asked struct{ target, method, contentType, body string }

// tally is what came by.
type tally struct{ requests, good, failed, kinds int }

func (t tally) String() string {
	return fmt.Sprintf("%d requests on %d kinds of address and form, %d answered with a page, %d failures", t.requests, t.kinds, t.good, t.failed)
}

func (t tally) since(before tally) tally {
	return tally{t.requests - before.requests, t.good - before.good, t.failed - before.failed, t.kinds - before.kinds}
}

const mostCases = 1

var (
	aCase    = regexp.MustCompile(`^/zaak/([^/?]+)`)
	caseLink = regexp.MustCompile(`href="/zaak/[^"#]*`)
	anID     = regexp.MustCompile(`/[a-z0-9]{16,}`)
	// A scanner that logs out or changes the password sees nothing any more.
	wayOut = regexp.MustCompile(`^/(uitloggen|account/|static/)`)
)

func openFront(d *running) (*front, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	f := &front{address: "http://" + listener.Addr().String(), cases: map[string]bool{}, kinds: map[string]asked{}}
	desk := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(&url.URL{Scheme: "http", Host: d.address})
			p.Out.Header.Del("Cookie")
			p.Out.Header.Del("Accept-Encoding") // the way to the desk unpacks by itself
			p.Out.AddCookie(d.session)
		},
		ModifyResponse: f.answered,
		ErrorLog:       log.New(io.Discard, "", 0), // odd headers of planted holes
	}
	f.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wayOut.MatchString(r.URL.Path) || !f.mayAsk(r.URL.Path) {
			http.NotFound(w, r)
			return
		}
		f.remember(r)
		desk.ServeHTTP(w, r)
	})}
	go func() { _ = f.server.Serve(listener) }()
	return f, nil
}

func (f *front) close() { _ = f.server.Close() }

// mayAsk lets a scanner at the first cases that it comes upon.
func (f *front) mayAsk(path string) bool {
	m := aCase.FindStringSubmatch(path)
	if m == nil || !anID.MatchString("/"+m[1]) {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.cases) < mostCases {
		f.cases[m[1]] = true
	}
	return f.cases[m[1]]
}

// remember keeps the first request of each kind: method, address without ids, fields.
func (f *front) remember(r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	r.Body = io.NopCloser(bytes.NewReader(body))
	fields, _ := url.ParseQuery(string(body))
	maps.Copy(fields, r.URL.Query())
	kind := kindOf(r.Method, r.URL.Path, fields)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count.requests++
	if _, known := f.kinds[kind]; !known {
		f.kinds[kind] = asked{r.URL.RequestURI(), r.Method, r.Header.Get("Content-Type"), string(body)}
	}
}

// mark at the beginning of a page says in which letters it is. Without it wapiti finds that out
// anew for each form, by trying every alphabet: minutes for one page.
var mark = []byte("\ufeff")

func (f *front) answered(r *http.Response) error {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		page, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		page = caseLink.ReplaceAllFunc(page, func(link []byte) []byte {
			if f.mayAsk(string(link[len(`href="`):])) {
				return link
			}
			return []byte(`href="/werklijst`)
		})
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(mark), bytes.NewReader(page)))
		r.ContentLength = int64(len(mark) + len(page))
		r.Header.Set("Content-Length", strconv.Itoa(len(mark)+len(page)))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case r.StatusCode < http.StatusBadRequest:
		f.count.good++
	case r.StatusCode >= http.StatusInternalServerError:
		f.count.failed++
	}
	return nil
}

func (f *front) seen() tally {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.count
	out.kinds = len(f.kinds)
	return out
}
