// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// mostPages is far more than there are kinds of address.
const mostPages = 400

var (
	aLink = regexp.MustCompile(`href="(/[^"#]*)`)
	// What differs between pages that are alike: ids, products, examples.
	alike = regexp.MustCompile(`/[a-z0-9]{16,}|/product/[^/]+|/voorbeeld/[^/]+`)
)

// kindOf is what a scanner need look at once: method, address without ids, names of fields.
func kindOf(method, path string, fields url.Values) string {
	return method + " " + alike.ReplaceAllString(path, "/-") + " " + strings.Join(slices.Sorted(maps.Keys(fields)), " ")
}

// crawl finds one address of each kind, from the first pages on. A scanner that begins there
// needs not look for them among thousands that are alike.
func (f *front) crawl() ([]string, error) {
	var found []string
	known := map[string]bool{}
	todo := []string{"/", "/werklijst"}
	for pages := 0; len(todo) > 0 && pages < mostPages; {
		at, err := url.Parse(todo[0])
		todo = todo[1:]
		if err != nil {
			continue
		}
		kind := kindOf(http.MethodGet, at.Path, at.Query())
		if known[kind] || wayOut.MatchString(at.Path) {
			continue
		}
		known[kind], pages = true, pages+1
		page, ok, err := f.page(at)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		found = append(found, at.String())
		for _, link := range aLink.FindAllStringSubmatch(page, -1) {
			todo = append(todo, html.UnescapeString(link[1]))
		}
	}
	if len(found) < 20 {
		return nil, fmt.Errorf("only %d pages found: is anybody logged in?", len(found))
	}
	return found, nil
}

// page gets one page through the front; ok is whether there is one.
func (f *front) page(at *url.URL) (text string, ok bool, err error) {
	answer, err := http.Get(f.address + at.String())
	if err != nil {
		return "", false, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), answer.StatusCode == http.StatusOK && strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html"), err
}
