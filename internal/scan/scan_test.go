// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const wapitiReport = `{"vulnerabilities": {"Cross Site Scripting": [{"method": "GET", "path": "/werklijst", "parameter": "zoek", "info": "x"}], "SQL Injection": [],
 "Path Traversal": [{"path": "/cijfers", "parameter": "jaar"}], "Open Redirect": [{"path": "/bezorging", "parameter": "taal"}]}, "anomalies": {}}`

const sqlmapResults = "Target URL,Place,Parameter,Technique(s),Note(s)\nhttp://127.0.0.1:1/lijsten/rooster?oud=1,GET,oud,BU,\nhttp://127.0.0.1:1/werklijst?zoek=x,GET,zoek,,\n"

// S14: what the scanners found is read, and the verdict is what it should be: nothing in the
// real program, all four holes in the control. Each hole that is missing is told, and so is a
// report that says nothing at all.
func TestVerdict(t *testing.T) {
	t.Parallel()
	found, err := readWapiti([]byte(wapitiReport))
	if err != nil || len(found) != 3 {
		t.Fatalf("%v, %v", found, err)
	}
	bySQL, err := readSQLMap(sqlmapResults)
	if err != nil || len(bySQL) != 1 || bySQL[0] != (finding{"sqlmap", "SQL Injection", "/lijsten/rooster", "oud"}) {
		t.Fatalf("%v, %v", bySQL, err)
	}
	all := append(found, bySQL...)
	if wrong := missed(all); len(wrong) != 0 {
		t.Errorf("all four were found, and yet %v", wrong)
	}
	for i := range all {
		if wrong := missed(append(append([]finding{}, all[:i]...), all[i+1:]...)); len(wrong) != 1 {
			t.Errorf("without %s: %v", all[i], wrong)
		}
	}
	if len(holes(nil)) != 0 || len(holes(all)) != 4 {
		t.Error("findings in the program itself are not told")
	}
	for _, empty := range []string{"", "{}", "[]"} {
		if _, err := readWapiti([]byte(empty)); err == nil {
			t.Errorf("a report of %q counts as nothing found", empty)
		}
	}
}

// The front keeps a scanner logged in, at one case, off the way out, and remembers one request
// of each kind for sqlmap. Control: past it nobody is logged in.
func TestFront(t *testing.T) {
	t.Parallel()
	desk := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("loket-sessie"); err != nil || c.Value != "echt" {
			http.Error(w, "wie?", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<a href="/zaak/aaaaaaaaaaaaaaaaaaaaaaaaaa">1</a><a href="/zaak/bbbbbbbbbbbbbbbbbbbbbbbbbb#x">2</a>`)
	}))
	t.Cleanup(desk.Close)
	f, err := openFront(&running{address: strings.TrimPrefix(desk.URL, "http://"), session: &http.Cookie{Name: "loket-sessie", Value: "echt"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	status := func(base, path string) int {
		r, _ := http.NewRequest(http.MethodGet, base+path, nil)
		r.AddCookie(&http.Cookie{Name: "loket-sessie", Value: "geraden"})
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if status(f.address, "/werklijst?zoek=x") != http.StatusOK || status(desk.URL, "/werklijst") != http.StatusForbidden {
		t.Error("the front keeps nobody logged in, or nobody needs it")
	}
	for _, path := range []string{"/uitloggen", "/account/wachtwoord", "/zaak/bbbbbbbbbbbbbbbbbbbbbbbbbb"} {
		if status(f.address, path) != http.StatusNotFound {
			t.Errorf("a scanner gets at %s", path)
		}
	}
	status(f.address, "/werklijst?zoek=y")
	status(f.address, "/werklijst?taal=en")
	status(f.address, "/cijfers?taal=en")
	status(f.address, "/zaak/aaaaaaaaaaaaaaaaaaaaaaaaaa")
	if list, n := f.targets(); n != 2 || strings.Count(list, "<port>") != 2 {
		t.Errorf("%d targets: %s", n, list)
	}
	if seen := f.seen(); seen.requests != 5 || seen.kinds != 4 || seen.good != 5 || seen.failed != 0 {
		t.Errorf("counted %s", seen)
	}
}
