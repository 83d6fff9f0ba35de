// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
)

// elsewhere is every feed that is not the demo's own: it must be asked for there.
type elsewhere struct{ asked []string }

func (e *elsewhere) Fetch(_ context.Context, f desk.Feed) desk.FetchedFeed {
	e.asked = append(e.asked, f.Address)
	return desk.FetchedFeed{Trouble: "private"}
}

// R-I-22, R-I-113: the practice newspaper comes in as any feed does, each article where it
// can be read; every other address is looked at as without it, so nothing more is reachable.
func TestPracticeNewspaper(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 12, 10, 0, 0, 0, time.UTC)
	web := &elsewhere{}
	p, err := newPaper(web, now)
	if err != nil {
		t.Fatal(err)
	}
	p.at("http://127.0.0.1:8080", []*demoDesk{{tenant: desk.Tenant{ID: "streek", Host: "streek.localhost"}}})
	got := p.Fetch(t.Context(), desk.Feed{Tenant: "streek", Address: paperFeed})
	if got.Trouble != "" || len(got.Articles) < 3 {
		t.Fatalf("%+v", got)
	}
	pages := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	server := p.beside(pages)
	for _, a := range got.Articles {
		path, there := strings.CutPrefix(a.Link, "http://streek.localhost:8080")
		if !there || a.GUID == "" || !a.At.Before(now) {
			t.Errorf("%+v", a)
		}
		reply := httptest.NewRecorder()
		server.ServeHTTP(reply, httptest.NewRequest(http.MethodGet, path, nil))
		if reply.Code != http.StatusOK || !strings.Contains(reply.Body.String(), "<h1>"+a.Title+"</h1>") {
			t.Errorf("%s: %d %s", path, reply.Code, reply.Body)
		}
	}
	for _, path := range []string{"/", "/oefenkrant/", "/oefenkrant/geen", "/pers"} {
		reply := httptest.NewRecorder()
		if server.ServeHTTP(reply, httptest.NewRequest(http.MethodGet, path, nil)); reply.Code != http.StatusTeapot {
			t.Errorf("%s did not reach the pages", path)
		}
	}
	for _, address := range []string{"http://127.0.0.1:9/feed", paperFeed + "?x", "https://krant.example.org/"} {
		if got := p.Fetch(t.Context(), desk.Feed{Tenant: "streek", Address: address}); got.Trouble != "private" {
			t.Errorf("%s was answered by the newspaper", address)
		}
	}
	if len(web.asked) != 3 {
		t.Errorf("asked elsewhere: %q", web.asked)
	}
}
