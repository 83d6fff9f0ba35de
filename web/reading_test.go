// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.org/loket"
)

// watched is a desk that hears who reads too fast.
type watched struct {
	*deskFake
	heard []string
}

func (w *watched) ReadTooFast(_ context.Context, by loket.Actor) error {
	w.heard = append(w.heard, by.ID)
	return nil
}

// ASVS 2.4.1: one account cannot read the desk empty by machine. It is told how long to wait,
// who supervises hears of it once a day, whichever address it comes from; a case that is opened
// for somebody else, a normal day, and pages that are about no case go on. Control: what
// this machine asks is not counted, and all of it is answered.
func TestOneAccountReadsNoDeskEmpty(t *testing.T) {
	t.Parallel()
	var w *watched
	r := newDeskRig(t, func(o *Options) {
		w = &watched{deskFake: o.Service.(*deskFake)}
		o.Service = w
	})
	get := func(from, path string) *httptest.ResponseRecorder {
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.RemoteAddr = from + ":1"
		answer := httptest.NewRecorder()
		r.handler.ServeHTTP(answer, request)
		return answer
	}
	burst := allowances[floodReading].burst
	if burst < 400 {
		t.Errorf("a busy day has more than %d pages", burst)
	}
	for i := range burst {
		if got := get("192.0.2.7", "/zaak/zaak1").Code; got != http.StatusOK {
			t.Fatalf("page %d: %d", i, got)
		}
	}
	got := get("192.0.2.99", "/zaak/zaak1")
	if got.Code != http.StatusTooManyRequests || got.Header().Get("Retry-After") != "6" {
		t.Fatalf("page %d: %d, again after %q", burst, got.Code, got.Header().Get("Retry-After"))
	}
	wants(t, got.Body.String(), "zaken achter elkaar", "privacyfunctionaris", `href="tel:`)
	get("192.0.2.7", "/zaak/zaak1")
	if len(w.heard) != 1 {
		t.Errorf("told: %v", w.heard)
	}
	if got := get("192.0.2.7", "/werklijst").Code; got != http.StatusOK {
		t.Errorf("the worklist: %d", got)
	}
	w.now = w.now.Add(allowances[floodReading].every)
	if got := get("192.0.2.7", "/zaak/zaak1").Code; got != http.StatusOK {
		t.Errorf("after the wait: %d", got)
	}
	here := newDeskRig(t, func(o *Options) { o.Source = func(*http.Request) string { return "" } })
	for range burst + 1 {
		if got := here.get("/zaak/zaak1").status; got != http.StatusOK {
			t.Fatalf("control: %d", got)
		}
	}
	w.now = w.now.Add(25 * time.Hour)
	for range burst + 1 {
		get("192.0.2.7", "/zaak/zaak1")
	}
	if len(w.heard) != 2 {
		t.Errorf("the next day: %v", w.heard)
	}
}

// What gives many cases at once has an allowance of its own; every page about one case takes
// from the other.
func TestEveryPageOfACaseCounts(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		"GET /zaak/{case}": floodReading, "GET /zaak/{case}/product/{product}": floodReading, "GET /zaak/{case}/toegang": floodReading, "POST /zaak/{case}/openen": floodReading,
		"GET /berichten/{case}/{product}/{version}": floodReading, "GET /register": floodExport, "GET /lijsten/{book}/bestand": floodExport,
		"POST /zaak/{case}/notitie": "", "GET /werklijst": "", "GET /mijn-melding": "",
	} {
		found := false
		for _, route := range routes() {
			if route.pattern == pattern {
				found = true
				if got := route.reads(); got != want {
					t.Errorf("%s takes of %q", pattern, got)
				}
			}
		}
		if !found {
			t.Errorf("%s is no page", pattern)
		}
	}
}
