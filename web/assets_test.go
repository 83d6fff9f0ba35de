// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// readAll joins the files that match.
func readAll(t *testing.T, patterns ...string) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(raw)
		}
	}
	return all.String()
}

var ownClass = regexp.MustCompile(`\bloket-[a-z]+(?:(?:__|--|-)[a-z]+)*\b`)

// undefined lists own classes that templates use and no style sheet knows.
func undefinedClasses(templates, css string) []string {
	var missing []string
	seen := map[string]bool{}
	for _, class := range ownClass.FindAllString(templates, -1) {
		if !seen[class] && !strings.Contains(css, "."+class) {
			missing = append(missing, class)
		}
		seen[class] = true
	}
	return missing
}

// Every class of ours in a template has a rule.
func TestEveryOwnClassHasARule(t *testing.T) {
	t.Parallel()
	css := readAll(t, "assets/*.css")
	for _, class := range undefinedClasses(readAll(t, "form*.templ", "report*.templ", "advice.templ", "reporter.templ", "layout.templ", "error.templ", "source.templ"), css) {
		t.Errorf("%s has no rule", class)
	}
	// Control: the search finds a class that nobody wrote.
	if got := undefinedClasses(`class="loket-sheet loket-nowhere"`, css); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

var usesToken = regexp.MustCompile(`var\((--loket-[a-z0-9-]+)\)`)

// Every token that the style sheets take is given, in light and in dark.
func TestEveryTokenIsGiven(t *testing.T) {
	t.Parallel()
	css := readAll(t, "assets/*.css")
	for _, found := range usesToken.FindAllStringSubmatch(css, -1) {
		if !strings.Contains(css, found[1]+":") {
			t.Errorf("%s is taken but not given", found[1])
		}
	}
	_, dark, _ := strings.Cut(css, "prefers-color-scheme: dark")
	for _, color := range regexp.MustCompile(`--loket-color-[a-z-]+:`).FindAllString(css, -1) {
		if !strings.Contains(dark, color) {
			t.Errorf("%s has no dark value", color)
		}
	}
}

const firstVisit = 60 << 10 // bytes over the wire: page, style sheet and script

// The report form weighs at most 60 KB on a first visit, and asks nobody else.
func TestReportFormIsLight(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	total := 0
	for _, path := range []string{"/melden", r.assets["loket.css"].address, r.assets["loket.js"].address, r.assets["loket.svg"].address} {
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		r.ServeHTTP(w, request)
		if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s answers %d, packed %q", path, w.Code, w.Header().Get("Content-Encoding"))
		}
		total += w.Body.Len()
		packed, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, packed); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	t.Logf("first visit: %d bytes", total)
	if total > firstVisit {
		t.Errorf("a first visit takes %d bytes", total)
	}
}

// A mounted style sheet goes before the built one; only an address with its hash is kept.
func TestMountedThemeAndCaching(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.Assets = fstest.MapFS{"loket.css": {Data: []byte("p{}")}} })
	b := newBrowser(t, r)
	if got := b.get(r.assets["loket.css"].address); got.body != "p{}" || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%q kept %q", got.body, got.header.Get("Cache-Control"))
	}
	if got := b.get("/static/loket.css?v=old"); strings.Contains(got.header.Get("Cache-Control"), "immutable") {
		t.Error("an old address would be kept for ever")
	}
	if got := b.get("/static/geheim.txt"); got.status != http.StatusNotFound {
		t.Errorf("answered %d", got.status)
	}
}
