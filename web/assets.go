// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

// built holds what the build made of the style sheets: our own, joined with the rules of
// NL Design System that the pages use. It is empty until `npm run build` has run; then
// our own sources serve by themselves, so that tests need no Node.
//
//go:embed all:static/dist
var built embed.FS

//go:embed assets/*.css assets/*.js assets/*.svg
var sources embed.FS

// asset is one static file, packed once, when first asked for: a desk that starts has
// better things to do.
type asset struct {
	body    []byte
	packed  func() []byte
	kind    string
	address string // with the hash of the content, so that it can be kept for ever
}

type assets map[string]asset

var assetKinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// loadAssets reads the static files: from mounted when it has them, else as built, else
// the sources.
func loadAssets(mounted fs.FS) assets {
	dist, _ := fs.Sub(built, "static/dist")
	own, _ := fs.Sub(sources, "assets")
	found := assets{}
	for _, name := range []string{"loket.css", "desk.css", "loket.js", "loket.svg"} {
		for _, from := range []fs.FS{mounted, dist, own} {
			if from == nil {
				continue
			}
			if body, err := fs.ReadFile(from, name); err == nil {
				found[name] = pack(name, body)
				break
			}
		}
	}
	return found
}

func pack(name string, body []byte) asset {
	packed := sync.OnceValue(func() []byte {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		_, _ = w.Write(body)
		_ = w.Close()
		return packed.Bytes()
	})
	sum := sha256.Sum256(body)
	return asset{
		body: body, packed: packed, kind: assetKinds[path.Ext(name)],
		address: "/static/" + name + "?v=" + hex.EncodeToString(sum[:6]),
	}
}

// static answers with one of the files. An address without its hash is not kept.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	file, ok := s.assets[r.PathValue("name")]
	if r.PathValue("name") == themeFile {
		file, ok = s.themeOf(r)
	}
	if !ok {
		s.answer(route{handle: func(*visit) error { return errUnknownPage() }})(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	if r.URL.RequestURI() == file.address {
		h.Set("Cache-Control", "public, max-age="+seconds(staticKept)+", immutable")
	}
	body := file.body
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = file.packed()
	}
	_, _ = w.Write(body)
}
