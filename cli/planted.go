// SPDX-License-Identifier: EUPL-1.2

//go:build planted

// This file is in no program that anybody uses: only `make scan` builds with the tag planted,
// to see whether scanners that find nothing in Loket find what is there. It plants four holes
// in pages behind the login, so that a scanner must come in and look around to find them.
package cli

import (
	"database/sql"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
)

// planted puts the holes around the pages. Each shows only with a page that the reader got.
func planted(pages http.Handler) http.Handler {
	rows, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	holes := map[string]func(http.ResponseWriter, *http.Request){
		"/werklijst":       plantedScript,
		"/lijsten/rooster": plantedQuery(rows),
		"/cijfers":         plantedFile,
		"/bezorging":       plantedRedirect,
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		if err != nil || !from.Addr().Unmap().IsLoopback() {
			http.Error(w, "a control build, for this machine only", http.StatusForbidden)
			return
		}
		r.Header.Del("Accept-Encoding")
		page := httptest.NewRecorder()
		pages.ServeHTTP(page, r)
		maps.Copy(w.Header(), page.Header())
		w.Header().Del("Content-Length")
		hole := holes[r.URL.Path]
		if r.Method != http.MethodGet || hole == nil || page.Code >= http.StatusBadRequest || page.Header().Get("Location") != "" && !r.URL.Query().Has("taal") {
			hole = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(page.Code) }
		}
		hole(w, r)
		_, _ = io.Copy(w, page.Body)
	})
}

// plantedScript gives back what was typed as it is.
func plantedScript(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<p>%s</p>", r.URL.Query().Get("zoek"))
}

// plantedRows is a list, on a database of its own that holds nothing.
const plantedRows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 60) SELECT 'planted row ' || i FROM n WHERE '1' = '"

// plantedQuery puts what was typed into the text of a query.
func plantedQuery(db *sql.DB) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		rows, err := db.Query(plantedRows + r.URL.Query().Get("oud") + "'")
		if err != nil {
			fmt.Fprintf(w, "<p>%q</p>", err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row string
			_ = rows.Scan(&row)
			fmt.Fprintf(w, "<p>%q</p>", row)
		}
	}
}

// plantedFile reads the file that was asked for.
func plantedFile(w http.ResponseWriter, r *http.Request) {
	text, _ := os.ReadFile(filepath.Join("/usr", r.URL.Query().Get("jaar")))
	_, _ = w.Write(text)
}

// plantedRedirect sends the reader wherever the address says.
func plantedRedirect(w http.ResponseWriter, r *http.Request) {
	if to := r.URL.Query().Get("taal"); to != "" {
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}
