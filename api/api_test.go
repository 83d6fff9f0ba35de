// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

const home = "oefenstad"

// fake is a desk that knows four keys.
type fake struct {
	p    *protocol.Protocol
	now  time.Time
	keys map[string]loket.Actor
	sent []desk.ReportForm
	fail error
}

func (f *fake) Now() time.Time { return f.now }
func (f *fake) Protocol(context.Context, string) (*protocol.Protocol, error) {
	return f.p, f.fail
}
func (f *fake) Tenant(_ context.Context, id string) (desk.Tenant, error) {
	return desk.Tenant{ID: id, Name: "Oefenstad", Phone: "010 000 00 00", Email: "loket@example.org"}, nil
}

func (f *fake) MachineActor(_ context.Context, tenant, token string) (loket.Actor, error) {
	a, known := f.keys[tenant+" "+token]
	if !known {
		return a, desk.ErrMachine
	}
	return a, nil
}

func (f *fake) SendReport(_ context.Context, a loket.Actor, form desk.ReportForm) (desk.Receipt, error) {
	if !slices.Contains(a.Scopes, desk.ScopeReport) {
		return desk.Receipt{}, loket.Refuse(loket.NotFound, "", "")
	}
	if _, faults := f.p.ReadAnswers(f.p.Form(form.Form), form.Posted, f.now); len(faults) > 0 {
		return desk.Receipt{}, &loket.Error{Code: loket.Invalid, Fields: faults}
	}
	f.sent = append(f.sent, form)
	return desk.Receipt{Number: "2026-0001", Code: "aaaa-bbbb-cccc-dddd", ReceivedAt: f.now, Kind: protocol.Text{NL: "Melding", EN: "Report"}, DeskReads: f.now}, nil
}

func (f *fake) Follow(_ context.Context, a loket.Actor, number string) (*desk.Followed, error) {
	if number != "2026-0001" || a.Organisation != "Alfa" {
		return nil, loket.Refuse(loket.NotFound, "er is niets", "nothing")
	}
	return &desk.Followed{Number: number, ReceivedAt: f.now, State: "received", Words: protocol.Text{NL: "Uw melding is ontvangen.", EN: "Your report was received."}}, nil
}

func (f *fake) RegisterLines(_ context.Context, a loket.Actor, year int, each func(desk.RegisterLine) error) error {
	if a.Organisation != "" || !slices.Contains(a.Scopes, desk.ScopeRegister) {
		return loket.Refuse(loket.NotFound, "", "")
	}
	for i, n := range []string{"2026-0001", "2026-0002"} {
		if err := each(desk.RegisterLine{Number: n, Year: year, Kind: protocol.Text{NL: "Melding", EN: "Report"}, ReceivedAt: f.now, State: "open", Persons: []string{"2", ""}[i], Figures: map[string]string{"law": "Wmo"}}); err != nil {
			return err
		}
	}
	return nil
}

type rig struct {
	*Server
	*fake
	t *testing.T
}

func start(t *testing.T) *rig {
	t.Helper()
	p, err := protocol.Load(os.DirFS("../protocol/testdata/voorbeeld"))
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{p: p, now: time.Date(2026, 3, 30, 10, 0, 0, 0, time.UTC), keys: map[string]loket.Actor{
		home + " alfa":     {ID: "key:a", Tenant: home, Organisation: "Alfa", Scopes: []string{desk.ScopeReport}},
		home + " bravo":    {ID: "key:b", Tenant: home, Organisation: "Bravo", Scopes: []string{desk.ScopeReport}},
		home + " register": {ID: "key:r", Tenant: home, Scopes: []string{desk.ScopeRegister}},
		home + " cheat":    {ID: "key:c", Tenant: home, Organisation: "Alfa", Scopes: []string{desk.ScopeRegister}},
		"elders elders":    {ID: "key:e", Tenant: "elders", Scopes: desk.Scopes},
	}}
	at := func(_ context.Context, host string) (string, error) {
		return map[string]string{"example.com": home, "elders.example.com": "elders"}[host], nil
	}
	return &rig{New(Options{Service: f, At: at, Secure: true, Scan: protocol.ScanText}), f, t}
}

// ask sends one request; headers are name, value, name, value.
func (r *rig) ask(method, path, key, body string, headers ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", "sleutel-0001")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	if w.Code >= 400 {
		r.isProblem(w)
	}
	if w.Header().Get("API-Version") != Version {
		r.t.Errorf("%s %s: no API-Version", method, path)
	}
	return w
}

// isProblem: every error is problem details, with the phone of the desk.
func (r *rig) isProblem(w *httptest.ResponseRecorder) details {
	r.t.Helper()
	var d details
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Header().Get("Content-Type") != "application/problem+json" || d.Status != w.Code || d.Title == "" || d.Detail == "" || strings.HasPrefix(d.Title, "api.") || strings.HasPrefix(d.Detail, "api.") {
		r.t.Errorf("%d is no problem: %s %v", w.Code, w.Body, err)
	}
	if w.Code != http.StatusNotFound && d.Phone == "" {
		r.t.Errorf("%d does not say whom to call: %s", w.Code, w.Body)
	}
	return d
}

func bodyOf(pairs map[string]any) string {
	answers := map[string]any{"happened": map[string]any{"op": "2026-03-29T14:00:00+02:00"}, "harm": "serious", "quality": true, "laws": []string{"jeugdwet"}, "story": "Iemand viel van de trap"}
	maps.Copy(answers, pairs)
	text, _ := json.Marshal(map[string]any{"antwoorden": answers})
	return string(text)
}

// S01: every address × every key. A key opens what its scope says, at its own desk.
func TestWhoMayWhat(t *testing.T) {
	t.Parallel()
	r := start(t)
	want := map[string]map[string]int{
		"POST /api/v1/meldingen":          {"": 401, "onbekend": 401, "elders": 401, "alfa": 201, "bravo": 201, "register": 403, "cheat": 403},
		"GET /api/v1/meldingen/2026-0001": {"": 401, "onbekend": 401, "elders": 401, "alfa": 200, "bravo": 404, "register": 404, "cheat": 200},
		"GET /api/v1/register":            {"": 401, "onbekend": 401, "elders": 401, "alfa": 403, "bravo": 403, "register": 200, "cheat": 403},
		"GET /api/v1/openapi.json":        {"": 200, "onbekend": 200, "elders": 200, "alfa": 200, "bravo": 200, "register": 200, "cheat": 200},
	}
	if len(want) != len(Addresses()) {
		t.Fatalf("%d addresses, %d rows: %v", len(Addresses()), len(want), Addresses())
	}
	for address, row := range want {
		method, path, _ := strings.Cut(address, " ")
		for key, status := range row {
			body := ""
			if method == http.MethodPost {
				body = bodyOf(nil)
			}
			if got := r.ask(method, path, key, body).Code; got != status {
				t.Errorf("%s with %q: %d, not %d", address, key, got, status)
			}
		}
	}
	cookie := r.ask("GET", "/api/v1/register", "", "", "Cookie", "loket-sessie=x; loket_sleutel=register")
	asked := r.ask("GET", "/api/v1/register?sleutel=register&access_token=register", "", "")
	basic := r.ask("GET", "/api/v1/register", "", "", "Authorization", "Basic register")
	for name, w := range map[string]*httptest.ResponseRecorder{"a cookie": cookie, "the address": asked, "Basic": basic} {
		if w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("a key in %s: %d", name, w.Code)
		}
	}
}

// The Dutch API Design Rules on errors, methods, kinds of content and slashes.
func TestRequestsThatAreNotRight(t *testing.T) {
	t.Parallel()
	r := start(t)
	for name, c := range map[string]struct {
		w      *httptest.ResponseRecorder
		status int
	}{
		"a slash at the end":   {r.ask("POST", "/api/v1/meldingen/", "alfa", bodyOf(nil)), 404},
		"an unknown address":   {r.ask("GET", "/api/v1/zaken", "alfa", ""), 404},
		"another version":      {r.ask("GET", "/api/v2/register", "register", ""), 404},
		"another method":       {r.ask("DELETE", "/api/v1/meldingen/2026-0001", "alfa", ""), 405},
		"asking for a page":    {r.ask("GET", "/api/v1/register", "register", "", "Accept", "text/html"), 406},
		"a form":               {r.ask("POST", "/api/v1/meldingen", "alfa", "a=b", "Content-Type", "application/x-www-form-urlencoded"), 415},
		"no idempotency key":   {r.ask("POST", "/api/v1/meldingen", "alfa", bodyOf(nil), "Idempotency-Key", ""), 400},
		"no JSON":              {r.ask("POST", "/api/v1/meldingen", "alfa", "{"), 400},
		"two values":           {r.ask("POST", "/api/v1/meldingen", "alfa", bodyOf(nil)+"{}"), 400},
		"another member":       {r.ask("POST", "/api/v1/meldingen", "alfa", `{"antwoorden":{},"rol":"beheer"}`), 400},
		"too large":            {r.ask("POST", "/api/v1/meldingen", "alfa", bodyOf(map[string]any{"story": strings.Repeat("a", mostBody)})), 413},
		"no year":              {r.ask("GET", "/api/v1/register?jaar=vorig", "register", ""), 400},
		"a desk that is not":   {r.ask("GET", "http://niemand.example.com/api/v1/register", "register", ""), 404},
		"a key of another one": {r.ask("GET", "http://elders.example.com/api/v1/register", "register", ""), 401},
	} {
		if c.w.Code != c.status {
			t.Errorf("%s: %d, not %d: %s", name, c.w.Code, c.status, c.w.Body)
		}
	}
	if len(r.sent) != 0 {
		t.Error("something of it was sent")
	}
	english := r.isProblem(r.ask("GET", "/api/v1/register", "", "", "Accept-Language", "de, en-GB;q=0.8"))
	dutch := r.isProblem(r.ask("GET", "/api/v1/register", "", ""))
	if english.Title != "No valid key" || dutch.Title != "Geen geldige sleutel" || dutch.Phone != "010 000 00 00" {
		t.Errorf("have %+v and %+v", english, dutch)
	}
}

// R03, R-R-137: the answers arrive as the form would post them; sending again with the same
// key is the same sending, with other answers another.
func TestReportIsTheForm(t *testing.T) {
	t.Parallel()
	r := start(t)
	w := r.ask("POST", "/api/v1/meldingen", "alfa", bodyOf(map[string]any{"happened": map[string]any{"op": "2026-03-29T12:00:00Z"}, "story": "Bel 06 12345678 van Mila"}))
	var got receipt
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 201 || w.Header().Get("Location") != "/api/v1/meldingen/2026-0001" || got.Code == "" || got.Phone == "" {
		t.Fatalf("%d %s %v", w.Code, w.Body, err)
	}
	if len(got.Warnings) == 0 || got.Warnings[0].Pointer != "/antwoorden/story" || strings.Contains(w.Body.String(), "12345678") {
		t.Errorf("a phone number in a text: %+v", got.Warnings)
	}
	posted := r.sent[0].Posted
	for name, want := range map[string]string{"happened_date": "2026-03-29", "happened_time": "14:00", "harm": "serious", "quality": "yes", "laws": "jeugdwet", "organisation": "Alfa"} {
		if posted.Get(name) != want {
			t.Errorf("%s is %q, not %q", name, posted.Get(name), want)
		}
	}
	for _, body := range []string{bodyOf(nil), bodyOf(nil), bodyOf(map[string]any{"harm": "light"})} {
		r.ask("POST", "/api/v1/meldingen", "alfa", body)
	}
	if len(r.sent) < 3 || r.sent[1].Key != r.sent[2].Key || r.sent[1].Key == r.sent[len(r.sent)-1].Key && len(r.sent) > 3 {
		t.Errorf("keys of the sendings: %v", r.sent)
	}
}

// Every wrong answer is named, at once, by a pointer into what was sent.
func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	r := start(t)
	pointers := func(pairs map[string]any) (out []string) {
		for _, f := range r.isProblem(r.ask("POST", "/api/v1/meldingen", "alfa", bodyOf(pairs))).Errors {
			out = append(out, f.Pointer+" "+f.Code)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	got := pointers(map[string]any{"harm": 3, "quality": "ja", "laws": "wmo", "happened": map[string]any{"op": "gisteren"}, "onzin/a": "x", "organisation": "Bravo"})
	want := []string{"/antwoorden/happened moment", "/antwoorden/harm text", "/antwoorden/laws list", "/antwoorden/onzin~1a unknown", "/antwoorden/organisation organisation", "/antwoorden/quality yesno"}
	if !slices.Equal(got, want) {
		t.Errorf("have %q", got)
	}
	for name, when := range map[string]any{"two ways": map[string]any{"op": "2026-03-29T12:00:00Z", "dag": "2026-03-29"}, "half a period": map[string]any{"van": "2026-03-29T12:00:00Z"}, "nothing": map[string]any{}, "a text": "2026-03-29", "another member": map[string]any{"op": "2026-03-29T12:00:00Z", "x": 1}} {
		if got := pointers(map[string]any{"happened": when}); !slices.Equal(got, []string{"/antwoorden/happened occurrence"}) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := pointers(map[string]any{"harm": "reusachtig", "happened": map[string]any{"op": "2027-03-29T12:00:00Z"}}); len(got) != 2 || !strings.HasPrefix(got[0], "/antwoorden/happened") || !strings.HasPrefix(got[1], "/antwoorden/harm") {
		t.Errorf("what the desk itself refuses: %q", got)
	}
	if len(r.sent) != 0 {
		t.Error("a wrong report was sent")
	}
}

// S11, S13: guessing keys, and one key that runs wild, meet a limit; others are not held up,
// and an urgent report still comes through. Control: without the limit nothing is held up.
func TestLimits(t *testing.T) {
	t.Parallel()
	r := start(t)
	from := func(source, key string) int {
		req := httptest.NewRequest(http.MethodGet, "/api/v1/register", nil)
		req.RemoteAddr = source
		req.Header.Set("Authorization", "Bearer "+key)
		w := httptest.NewRecorder()
		r.ServeHTTP(w, req)
		if w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			t.Error("does not say how long to wait")
		}
		return w.Code
	}
	count := func(n int, source, key string) (held int) {
		for range n {
			if from(source, key) == http.StatusTooManyRequests {
				held++
			}
		}
		return held
	}
	if held := count(40, "192.0.2.1:1", "fout"); held != 40-allowances[limitWrong].burst {
		t.Errorf("%d of 40 guesses were held up", held)
	}
	if from("192.0.2.2:1", "register") != http.StatusOK {
		t.Error("another source was held up")
	}
	if held := count(allowances[limitKey].burst+9, "192.0.2.3:1", "register"); held != 10 {
		t.Errorf("%d of a wild key were held up", held)
	}
	r.now = r.now.Add(time.Hour)
	if from("192.0.2.1:1", "register") != http.StatusOK || from("", "register") != http.StatusOK {
		t.Error("after an hour it is still held up")
	}
}

// What goes wrong inside stays inside.
func TestInternalsStayInside(t *testing.T) {
	t.Parallel()
	r := start(t)
	r.fail = errors.New("geheim: de database van Mila")
	w := r.ask("GET", "/api/v1/register", "register", "")
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "geheim") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
