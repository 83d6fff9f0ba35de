// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/loket"
)

// postFrom posts from an address; a flood is somebody who posts again and again.
func postFrom(r *rig, from, path string, values url.Values) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.RemoteAddr = from + ":1"
	w := httptest.NewRecorder()
	r.ServeHTTP(w, request)
	return w
}

func numbered(key int, description string) url.Values {
	return with(three(url.Values{keyName: {fmt.Sprintf("key%029d", 1_000_000+key)}}), "description", description)
}

// S13 R-R-31: a flood from one source stops at its allowance, with a page that says how long
// to wait and whom to call, and with every typed word. Others do not notice; the source that
// waited goes on; and what is urgent has an allowance of its own.
func TestFloodOfReports(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	burst := allowances[floodReport].burst
	for i := range burst {
		if got := postFrom(r, "192.0.2.7", "/melden", numbered(i, "x")); got.Code != http.StatusSeeOther {
			t.Fatalf("report %d: %d", i, got.Code)
		}
	}
	got := postFrom(r, "192.0.2.7", "/melden", numbered(burst, "Er is een raam stuk gegaan."))
	if got.Code != http.StatusTooManyRequests {
		t.Fatalf("report %d: %d", burst, got.Code)
	}
	wants(t, got.Body.String(), "Er is een raam stuk gegaan.", "heel veel berichten", "Bel het loket", `href="tel:`)
	wait, err := strconv.Atoi(got.Header().Get("Retry-After"))
	if err != nil || wait < 1 || wait > 60 {
		t.Errorf("Retry-After %q", got.Header().Get("Retry-After"))
	}
	if len(r.desk.sent) != burst {
		t.Errorf("%d reports came in", len(r.desk.sent))
	}
	if got := postFrom(r, "192.0.2.8", "/melden", numbered(0, "y")); got.Code != http.StatusSeeOther {
		t.Errorf("somebody else: %d", got.Code)
	}
	urgent := numbered(burst, "Er is een raam stuk gegaan.")
	urgent.Set("safe", "no")
	if got := postFrom(r, "192.0.2.7", "/melden", urgent); got.Code != http.StatusSeeOther {
		t.Errorf("an urgent report: %d", got.Code)
	}
	r.desk.now = r.desk.now.Add(time.Duration(wait) * time.Second)
	if got := postFrom(r, "192.0.2.7", "/melden", numbered(burst, "z")); got.Code != http.StatusSeeOther {
		t.Errorf("after waiting as told: %d", got.Code)
	}
}

// Control: where a source has no name, such as behind a proxy that nobody named, nothing is
// counted; and people at the desk who take reports down are never held up.
func TestFloodControl(t *testing.T) {
	t.Parallel()
	officer := &loket.Actor{ID: "p1", Tenant: fakeTenant, Roles: []string{"officer"}}
	for name, change := range map[string]func(*Options){
		"no name": func(o *Options) { o.Source = func(*http.Request) string { return "" } },
		"desk":    func(o *Options) { o.Sessions = fakeSessions{officer} },
	} {
		r := newRig(t, change)
		for i := range allowances[floodReport].burst + 5 {
			if got := postFrom(r, "192.0.2.7", "/melden", numbered(i, "x")); got.Code != http.StatusSeeOther {
				t.Fatalf("%s: report %d: %d", name, i, got.Code)
			}
		}
	}
}

// S13: accounts of one organisation share an allowance, however many networks they use. The
// name somebody types counts for nothing: else a stranger could silence a provider.
func TestFloodOfOneOrganisation(t *testing.T) {
	t.Parallel()
	refused := func(o func(*Options)) bool {
		r := newRig(t, o)
		for i := range allowances[floodOrganisation].burst + 1 {
			if postFrom(r, fmt.Sprintf("10.1.%d.%d", i/250, i%250), "/melden", numbered(i, "x")).Code == http.StatusTooManyRequests {
				return true
			}
		}
		return false
	}
	if !refused(func(o *Options) {
		o.Sessions = fakeSessions{&loket.Actor{ID: "p2", Tenant: fakeTenant, Roles: []string{"reporter"}, Organisation: "Alfa"}}
	}) {
		t.Error("an organisation sent without end")
	}
	if refused(func(*Options) {}) {
		t.Error("strangers were refused because of the name that they typed")
	}
}

// S13 S11: drafts, wrong return codes and advice have their allowance too. A right code
// costs nothing, a wrong one says no more than before.
func TestFloodOfDraftsCodesAdvice(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for i := range allowances[floodDraft].burst + 20 {
		postFrom(r, "192.0.2.7", "/melden/concept", numbered(i, "x"))
	}
	if kept := len(r.drafts.kept); kept != allowances[floodDraft].burst {
		t.Errorf("%d drafts", kept)
	}
	wants(t, postFrom(r, "192.0.2.7", "/melden/concept", numbered(0, "Hier stond veel.")).Body.String(), "Bewaren lukt nu niet", "Hier stond veel.")
	r = newRig(t)
	right := url.Values{"nummer": {"2026-0001"}, "code": {fakeCode}}
	for range allowances[floodCode].burst + 5 {
		if got := postFrom(r, "192.0.2.7", "/mijn-melding", right); got.Code != http.StatusSeeOther {
			t.Fatalf("a right code: %d", got.Code)
		}
	}
	wrong := url.Values{"nummer": {"2026-0001"}, "code": {"aaaa-bbbb-cccc-dddd"}}
	for range allowances[floodCode].burst {
		if got := postFrom(r, "192.0.2.7", "/mijn-melding", wrong); got.Code != http.StatusUnprocessableEntity {
			t.Fatalf("a wrong code: %d", got.Code)
		}
	}
	if got := postFrom(r, "192.0.2.7", "/mijn-melding", right); got.Code != http.StatusTooManyRequests || got.Header().Get("Retry-After") == "" {
		t.Errorf("after many wrong codes: %d", got.Code)
	}
	advice := with(url.Values{}, "dead", "yes")
	for range allowances[floodAdvice].burst {
		postFrom(r, "192.0.2.7", "/moet-ik-melden", advice)
	}
	if got := postFrom(r, "192.0.2.7", "/moet-ik-melden", advice); got.Code != http.StatusTooManyRequests {
		t.Errorf("advice without end: %d", got.Code)
	}
}

// ASVS 16.3.3, 16.4.1: a flood stands in the log, in lines that nobody else can write into and
// without where it came from or what it said.
func TestFloodIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	r := newRig(t, func(o *Options) { o.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	for i := range allowances[floodReport].burst + 3 {
		postFrom(r, "192.0.2.7", "/melden", numbered(i, "x\n{\"level\":\"INFO\"}"))
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines: %s", len(lines), log.String())
	}
	for _, line := range lines {
		var said map[string]any
		if err := json.Unmarshal([]byte(line), &said); err != nil || said["what"] != floodReport || strings.Contains(line, "192.0.2.7") {
			t.Errorf("%v: %s", err, line)
		}
	}
}

// S13: the memory that counting takes is bounded, however many sources are invented.
func TestFloodForgets(t *testing.T) {
	t.Parallel()
	f, now := newFlood(), time.Date(2026, 3, 29, 8, 50, 0, 0, time.UTC)
	a := allowance{burst: 3, every: time.Hour}
	for i := range keptSources + keptSources/4 {
		f.take(now, "x", strconv.Itoa(i), a)
	}
	if n := len(f.turns); n > keptSources {
		t.Errorf("%d sources in memory", n)
	}
	// Who is in time goes first: one that is far ahead survives when others are not.
	f = newFlood()
	for range 3 {
		f.take(now, "x", "flooder", a)
	}
	later := now.Add(90 * time.Minute)
	for i := range keptSources - 1 {
		f.turns[turn{"x", strconv.Itoa(i)}] = now
	}
	f.take(later, "x", "new", a)
	if _, known := f.turns[turn{"x", "flooder"}]; !known {
		t.Error("a flooder was forgotten before those in time")
	}
	if f.take(now.Add(-100*time.Hour), "x", "flooder", a); f.turns[turn{"x", "flooder"}].After(now) {
		t.Error("a clock set back keeps somebody out")
	}
}

// S13: large bodies are read a few at a time, so that a flood of them cannot fill memory.
func TestLargeBodiesTakeTurns(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for range largeBodies {
		r.large <- struct{}{}
	}
	done := make(chan int)
	go func() { done <- postFrom(r, "192.0.2.7", "/melden", numbered(1, strings.Repeat("a", smallBody))).Code }()
	if got := postFrom(r, "192.0.2.7", "/melden", numbered(2, "klein")); got.Code != http.StatusSeeOther {
		t.Errorf("a small report waits: %d", got.Code)
	}
	select {
	case <-done:
		t.Error("a large body did not wait its turn")
	default:
	}
	<-r.large
	if got := <-done; got == 0 {
		t.Error("never answered")
	}
}
