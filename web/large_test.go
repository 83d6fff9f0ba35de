// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// largeRig counts who is reading a large body, and who was answered.
type largeRig struct {
	handler        http.Handler
	reading, ended atomic.Int64
}

func newLargeRig() *largeRig {
	s, g := &Server{large: make(chan struct{}, largeBodies), source: func(r *http.Request) string { return r.RemoteAddr }}, &largeRig{}
	g.handler = s.oneByOne(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		g.reading.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		g.reading.Add(-1)
		g.ended.Add(1)
	}))
	return g
}

func (g *largeRig) send(source string, body io.Reader) {
	r := httptest.NewRequest(http.MethodPost, "/melden", body)
	r.RemoteAddr, r.ContentLength = source, smallBody+1
	go g.handler.ServeHTTP(httptest.NewRecorder(), r)
}

// S13: who promises large bodies and sends nothing takes the turns of one source, not those of all.
// Control: when nobody has a name they do take all, and the next one waits until they go.
func TestSlowLargeBodiesKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]struct{ reading, ended int64 }{"192.0.2.9": {largeOfOne, 1}, "": {largeBodies, 0}} {
		synctest.Test(t, func(t *testing.T) {
			g := newLargeRig()
			var silent []*io.PipeWriter
			for range 2 * largeBodies {
				body, sender := io.Pipe()
				silent = append(silent, sender)
				g.send(source, body)
			}
			synctest.Wait()
			g.send("192.0.2.1", strings.NewReader(strings.Repeat("a", smallBody+1)))
			synctest.Wait()
			if g.reading.Load() != want.reading || g.ended.Load() != want.ended {
				t.Errorf("from %q: %d are read, %d answered", source, g.reading.Load(), g.ended.Load())
			}
			for _, s := range silent {
				_ = s.Close()
			}
			synctest.Wait()
			if g.ended.Load() != 2*largeBodies+1 {
				t.Errorf("from %q: in the end %d answered", source, g.ended.Load())
			}
		})
	}
}
