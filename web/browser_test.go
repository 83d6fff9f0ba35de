// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// browser is somebody with cookies and no scripts.
type browser struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]string
}

func newBrowser(t *testing.T, handler http.Handler) *browser {
	return &browser{t: t, handler: handler, cookies: map[string]string{}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (b *browser) do(r *http.Request) answer {
	b.t.Helper()
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
			continue
		}
		b.cookies[c.Name] = c.Value
	}
	return answer{status: w.Code, header: w.Header(), body: w.Body.String()}
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	return b.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, values url.Values) answer {
	b.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// follow goes where an answer sends the browser.
func (b *browser) follow(a answer) answer {
	b.t.Helper()
	if a.status != http.StatusSeeOther {
		b.t.Fatalf("expected to be sent on, got %d: %s", a.status, title(a.body))
	}
	place, _, _ := strings.Cut(a.header.Get("Location"), "#") // browsers keep the fragment to themselves
	return b.get(place)
}

var titles = regexp.MustCompile(`<title>([^<]*)</title>`)

func title(body string) string {
	if found := titles.FindStringSubmatch(body); found != nil {
		return found[1]
	}
	return "(no title)"
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// hiddenValues are the values a form carries by itself.
func hiddenValues(body string) url.Values {
	values := url.Values{}
	for _, found := range hidden.FindAllStringSubmatch(body, -1) {
		values.Set(found[1], found[2])
	}
	return values
}

// with adds answers to the values a form carries.
func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

// three are the answers that suffice.
func three(values url.Values) url.Values {
	return with(values, "organisation", "Alfa, woongroepen", "kinds", "violence", "occurred_date", "28-03-2026", "occurred_time", "14:00")
}

func wants(t *testing.T, body string, pieces ...string) {
	t.Helper()
	for _, piece := range pieces {
		if !strings.Contains(body, piece) {
			t.Errorf("%q is not on the page %q", piece, title(body))
		}
	}
}

func lacks(t *testing.T, body string, pieces ...string) {
	t.Helper()
	for _, piece := range pieces {
		if strings.Contains(body, piece) {
			t.Errorf("%q is on the page %q", piece, title(body))
		}
	}
}

var mister = regexp.MustCompile(`(?i)(meneer|mevrouw) [A-Z][a-z]+`)

// scanMister finds names after "meneer" and "mevrouw": enough to test the second look.
func scanMister(text string) []protocol.Scan {
	var found []protocol.Scan
	for _, piece := range mister.FindAllString(text, -1) {
		found = append(found, protocol.Scan{Kind: "name", Text: piece})
	}
	return found
}
