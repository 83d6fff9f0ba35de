// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// Pages are compressed while the reader waits. The best speed takes a third of the usual
// time, which was as long as making the page, and gives a quarter more bytes of a seventh.
// What does not change is compressed once, and best (see loadAssets).
var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // fails on an unknown level only
	return w
}}

// gzipped compresses answers for browsers that ask for it. Answers that are already
// encoded, that have no body or that are no text stay as they are.
//
// A page that reflects what was typed never holds a secret of somebody else next to it,
// and forms carry no token: there is nothing for a compression attack to guess.
func gzipped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		packer := &gzipWriter{ResponseWriter: w}
		defer packer.close()
		next.ServeHTTP(packer, r)
	})
}

type gzipWriter struct {
	http.ResponseWriter
	body    *gzip.Writer
	started bool
}

// WriteHeader decides, once, whether the body is compressed.
func (g *gzipWriter) WriteHeader(status int) {
	if !g.started {
		g.started = true
		h := g.Header()
		if h.Get("Content-Encoding") == "" && isText(h.Get("Content-Type")) && status != http.StatusNoContent && status != http.StatusNotModified {
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			g.body = gzipWriters.Get().(*gzip.Writer)
			g.body.Reset(g.ResponseWriter)
		}
	}
	g.ResponseWriter.WriteHeader(status)
}

func (g *gzipWriter) Write(p []byte) (int, error) {
	if !g.started {
		g.WriteHeader(http.StatusOK)
	}
	if g.body != nil {
		return g.body.Write(p)
	}
	return g.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (g *gzipWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *gzipWriter) close() {
	if g.body != nil {
		_ = g.body.Close() // the reader went away; there is nobody to tell
		gzipWriters.Put(g.body)
	}
}

func isText(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || kind == "application/json" || kind == "image/svg+xml"
}
