// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"database/sql"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/loket/internal/visitor"
	"example.org/loket/web"
)

// attack is one thing that somebody types to break the program; sign is how it would show
// that it worked, when it stands in a page as it is.
type attack struct{ name, text, sign string }

var attacks = []attack{
	{"script", `x"><script>alert(7301)</script>`, "<script>alert(7301)"},
	{"attribute", `x" onfocus="alert(7302)" '`, `" onfocus="alert(7302)`},
	{"sql", `x' OR '1'='1' UNION SELECT 7303--`, "SQL logic error"},
	{"template", `{{7 * 1043}}${7*1043}<%= 7*1043 %>`, "7301"},
	{"header", "x\r\nSet-Cookie: planted=7305\r\n\r\n", ""},
	{"path", "../../../../etc/passwd\x00", "root:"},
	{"unicode", "\u202e\ufeff\ud7ff\U0001F9FF\xff\xfe%00", ""},
	{"large", strings.Repeat("A", 70<<10), ""},
}

// attacker sends each attack along each way in, and tells what gave way.
type attacker struct {
	*walker
	pages http.Handler
	found []string
}

func (a *attacker) browser() *visitor.Browser {
	b := a.stranger(northHost)
	b.Transport = visitor.Inside{Handler: a.pages}
	return b
}

// attack sends one attack as path, query, form and header to one address.
func (a *attacker) attack(b *visitor.Browser, pattern, id string, x attack) {
	method, path := a.address(pattern, id)
	values := url.Values{}
	for name := range said {
		values.Set(name, x.text)
	}
	for _, name := range []string{"q", "zoek", "naar", "jaar", "lijst", "rij", "organisation", "description", "gebruiker", "versie", "sleutel", "formulier", "onderwerp"} {
		values.Set(name, x.text)
	}
	small := url.Values{}
	for name, v := range values {
		if len(v[0]) < 4<<10 {
			small[name] = v
		}
	}
	if method == http.MethodPost {
		a.judge(b, pattern, x, method, path, values.Encode())
	} else {
		a.judge(b, pattern, x, method, path+"?"+small.Encode(), "")
	}
	if strings.Contains(pattern, "{") && len(x.text) < 4<<10 {
		odd := *a.walker
		odd.params = map[string]string{}
		for name := range a.params {
			odd.params[name] = url.PathEscape(x.text)
		}
		_, path := odd.address(pattern, url.PathEscape(x.text))
		a.judge(b, pattern, x, method, path, values.Encode())
	}
}

// judge sends one request and looks at the answer.
func (a *attacker) judge(b *visitor.Browser, pattern string, x attack, method, path, body string) {
	page, err := b.Once(method, path, body)
	switch {
	case err != nil: // the address cannot be sent at all
	case page.Status >= http.StatusInternalServerError:
		a.found = append(a.found, fmt.Sprintf("%s: %s gives %d", pattern, x.name, page.Status))
	case x.sign != "" && strings.Contains(page.Body, x.sign):
		a.found = append(a.found, fmt.Sprintf("%s: %s comes back as it is", pattern, x.name))
	case strings.Contains(fmt.Sprint(page.Header["Set-Cookie"]), "planted="):
		a.found = append(a.found, fmt.Sprintf("%s: %s makes a header", pattern, x.name))
	case strings.Contains(page.Header.Get("Location"), "//elsewhere"):
		a.found = append(a.found, fmt.Sprintf("%s: %s leads elsewhere", pattern, x.name))
	}
}

// otherSite sends a form as another site would; anything but a refusal is a hole.
func (a *attacker) otherSite(b *visitor.Browser, pattern, id string) {
	_, path := a.address(pattern, id)
	for _, head := range []http.Header{{"Origin": {"https://elsewhere.example"}, "Sec-Fetch-Site": {"cross-site"}}, {"Origin": {"null"}, "Sec-Fetch-Site": {"same-site"}}} {
		b.Header = head
		page, err := b.Once(http.MethodPost, path, said.Encode())
		b.Header = nil
		if err == nil && page.Status != http.StatusForbidden {
			a.found = append(a.found, fmt.Sprintf("%s: takes a form of another site (%d)", pattern, page.Status))
		}
	}
}

// S13, S14: every address, attacked by a stranger and by an officer: no failure, nothing comes
// back as it was typed, no form of another site is taken.
func TestAttacks(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	w.cases[ours] = w.reported(north)
	a := &attacker{walker: w, pages: w.pages}
	for _, b := range []*visitor.Browser{a.browser(), w.as(roleWith(w.told, "work", "close", "record"), north)} {
		for _, pattern := range web.Addresses() {
			for i, x := range attacks {
				if full() || (i+len(pattern))%2 == 0 || x.name == "script" {
					a.attack(b, pattern, w.cases[ours], x)
				}
			}
			if strings.HasPrefix(pattern, "POST") {
				a.otherSite(b, pattern, w.cases[ours])
			}
		}
	}
	for _, hole := range a.found {
		t.Error(hole)
	}
}

// Control: four holes, one of each kind, are all found.
func TestAttacksCatches(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	holes := http.NewServeMux()
	holes.HandleFunc("GET /werklijst", func(rw http.ResponseWriter, r *http.Request) { // echoes
		rw.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(rw, "<p>%s</p>", r.URL.Query().Get("zoek"))
	})
	holes.HandleFunc("GET /register", func(rw http.ResponseWriter, r *http.Request) { // puts typed text in a query
		if strings.Contains(r.URL.Query().Get("jaar"), "'") {
			http.Error(rw, "SQL logic error: near \"OR\"", http.StatusInternalServerError)
		}
	})
	holes.HandleFunc("POST /bezorging/opnieuw", func(http.ResponseWriter, *http.Request) {}) // asks not where a form comes from
	holes.HandleFunc("GET /protocol/{part}", func(rw http.ResponseWriter, r *http.Request) { // reads a file by its name
		if strings.Contains(r.PathValue("part"), "..") {
			fmt.Fprint(rw, "root:x:0:0")
		}
	})
	a := &attacker{walker: w, pages: holes}
	for _, pattern := range []string{"GET /werklijst", "GET /register", "GET /protocol/{part}", "POST /bezorging/opnieuw"} {
		for _, x := range attacks {
			a.attack(a.browser(), pattern, "", x)
		}
		if strings.HasPrefix(pattern, "POST") {
			a.otherSite(a.browser(), pattern, "")
		}
	}
	for _, pattern := range []string{"GET /werklijst", "GET /register", "GET /protocol/{part}", "POST /bezorging/opnieuw"} {
		if !slices.ContainsFunc(a.found, func(f string) bool { return strings.HasPrefix(f, pattern+":") }) {
			t.Errorf("the hole at %s was not found: %v", pattern, a.found)
		}
	}
}

// S14: the headers of every answer, whatever was asked.
func TestHeaders(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	want := map[string][]string{
		"Content-Security-Policy": {"default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"}, "X-Content-Type-Options": {"nosniff"},
		"X-Frame-Options": {"DENY"}, "Referrer-Policy": {"same-origin"}, "Permissions-Policy": {"camera=()"}, "Cross-Origin-Opener-Policy": {"same-origin"},
		"Cross-Origin-Resource-Policy": {"same-origin"}, "Cache-Control": {"no-store"},
	}
	b := w.stranger(northHost)
	for _, pattern := range append(web.Addresses(), "TRACE /", "DELETE /melden", "GET /bestaat-niet", "GET /.well-known/security.txt") {
		method, path := w.address(pattern, w.cases[noOnes])
		page := w.must(b.Once(method, path, ""))
		for name, parts := range want {
			for _, part := range parts {
				if !strings.Contains(page.Header.Get(name), part) {
					t.Errorf("%s: %s is %q, without %s", pattern, name, page.Header.Get(name), part)
				}
			}
		}
		if strings.Contains(page.Header.Get("Content-Security-Policy"), "unsafe-") {
			t.Errorf("%s: an unsafe policy", pattern)
		}
	}
	text := w.must(b.Get("/.well-known/security.txt"))
	if text.Status != http.StatusOK || !strings.Contains(text.Body, "Contact: mailto:loket@example.org\nExpires: 2026-06-26T") || text.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("security.txt: %d %s", text.Status, text.Body)
	}
}

// ASVS 4.1.1, 4.1.4, 13.4.3, 13.4.4, 13.4.7: every body says what it is and in which letters; a
// method that an address does not know is not answered; nothing but pages and named files is
// there. Control: a body without a type, and a listing, are found.
func TestAnswersSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	w.cases[ours] = w.reported(north)
	b := w.as(roleWith(w.told, "work", "close", "record"), north)
	for _, pattern := range append(web.Addresses(), "GET /.well-known/security.txt", "GET /nergens") {
		method, path := w.address(pattern, w.cases[ours])
		if fault := typeless(w.must(b.Once(method, path, ""))); fault != "" {
			t.Errorf("%s: %s", pattern, fault)
		}
	}
	for _, ask := range []string{"TRACE /", "TRACE /werklijst", "CONNECT /", "PUT /melden", "DELETE /melden", "PATCH /melden", "OPTIONS /melden"} {
		method, path, _ := strings.Cut(ask, " ")
		if page := w.must(b.Once(method, path, "")); page.Status < http.StatusBadRequest {
			t.Errorf("%s is answered: %d", ask, page.Status)
		}
	}
	for _, path := range []string{"/static/", "/static", "/.git/config", "/.env", "/debug/pprof/", "/debug/vars", "/loket.db", "/static/../go.mod", "/static/loket.css.map"} {
		if page := w.must(b.Get(path)); page.Status != http.StatusNotFound {
			t.Errorf("%s is there: %d", path, page.Status)
		}
	}
	if typeless(visitor.Page{Header: http.Header{"Content-Type": {"text/html"}}, Body: "x"}) == "" || typeless(visitor.Page{Body: "x"}) == "" {
		t.Error("the control was not found")
	}
}

// typeless says what is wrong with how an answer calls its body; empty: nothing.
func typeless(page visitor.Page) string {
	kind, more, err := mime.ParseMediaType(page.Header.Get("Content-Type"))
	switch {
	case page.Body == "":
		return ""
	case err != nil:
		return "a body without a type"
	case !strings.EqualFold(more["charset"], "utf-8") && kind != "application/json":
		return "a body of " + kind + " in unknown letters"
	}
	return ""
}

// ASVS 3.5.3: looking changes nothing. An officer opens every address that is asked with GET;
// afterwards the database holds what it did, but for the log of who looked, from where, and the sessions.
// Control: a form that is sent changes it.
func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	w.cases[ours] = w.reported(north)
	b := w.as(roleWith(w.told, "work", "close", "record"), north)
	before := w.rows()
	for _, pattern := range web.Addresses() {
		if method, path := w.address(pattern, w.cases[ours]); method == http.MethodGet {
			w.must(b.Once(method, path, ""))
		}
	}
	if after := w.rows(); !maps.Equal(before, after) {
		t.Errorf("before %v, after %v", before, after)
	}
	w.must(b.Once(http.MethodPost, "/melden", complete().Encode()))
	if maps.Equal(before, w.rows()) {
		t.Error("the control changed nothing")
	}
}

// rows is how many rows each table holds, without those of looking and of who is logged in.
func (w *walker) rows() map[string]int {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.folder, "loket.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	tables, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('ledger', 'origins', 'sessions', 'tickets', 'drafts')")
	if err != nil {
		w.t.Fatal(err)
	}
	defer tables.Close()
	out := map[string]int{}
	for tables.Next() {
		var name string
		n := 0
		if err := tables.Scan(&name); err != nil {
			w.t.Fatal(err)
		}
		if err := db.QueryRow("SELECT count(*) FROM \"" + name + "\"").Scan(&n); err != nil {
			w.t.Fatal(err)
		}
		out[name] = n
	}
	if len(out) < 10 {
		w.t.Fatalf("only %d tables", len(out))
	}
	return out
}
