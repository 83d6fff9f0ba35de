// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// S11 S13: who asks is known behind a named proxy and behind one on this machine, and cannot
// be invented past it.
func TestBehindProxy(t *testing.T) {
	t.Parallel()
	named := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, c := range map[string]struct {
		proxies          []netip.Prefix
		remote, fwd, got string
	}{
		"last hop":              {named, "10.0.0.1:99", "192.0.2.7", "192.0.2.7:0"},
		"with a port":           {named, "10.0.0.1:99", "192.0.2.7:4711", "192.0.2.7:0"},
		"with brackets":         {named, "10.0.0.1:99", "[2001:db8::7]:4711", "[2001:db8::7]:0"},
		"two proxies":           {named, "10.0.0.1:99", "192.0.2.7, 10.0.0.2", "192.0.2.7:0"},
		"invented hops":         {named, "10.0.0.1:99", "198.51.100.1, 192.0.2.7", "192.0.2.7:0"},
		"not a proxy":           {named, "203.0.113.5:99", "192.0.2.7", "203.0.113.5:99"},
		"no header":             {named, "10.0.0.1:99", "", "10.0.0.1:99"},
		"nonsense":              {named, "10.0.0.1:99", "x", "10.0.0.1:99"},
		"on this machine":       {nil, "127.0.0.1:99", "192.0.2.7", "192.0.2.7:0"},
		"on this machine, six":  {nil, "[::1]:99", "198.51.100.1, 2001:db8::7", "[2001:db8::7]:0"},
		"control: none named":   {nil, "10.0.0.1:99", "192.0.2.7", "10.0.0.1:99"},
		"control: from outside": {nil, "203.0.113.5:99", "192.0.2.7", "203.0.113.5:99"},
		"control: other named":  {named, "127.0.0.1:99", "192.0.2.7", "127.0.0.1:99"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got string
			next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })
			behind(c.proxies, true, slog.New(slog.DiscardHandler), next).ServeHTTP(httptest.NewRecorder(), asking(c.remote, c.fwd))
			if got != c.got {
				t.Errorf("want %s, got %s", c.got, got)
			}
		})
	}
}

func asking(remote, forwarded string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = remote
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	return r
}

// A proxy that is not set up well is told once, by its own address and never by a visitor's.
func TestProxyTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		remote, fwd, told string
	}{
		"says nothing":             {"127.0.0.1:9", "", "does not say for whom"},
		"not named":                {"10.0.0.1:9", "192.0.2.7", "nobody named"},
		"control: says it":         {"127.0.0.1:9", "192.0.2.7", ""},
		"control: a visitor's own": {"203.0.113.5:9", "192.0.2.7", ""},
	} {
		var log strings.Builder
		pages := behind(nil, true, slog.New(slog.NewTextHandler(&log, nil)), http.NotFoundHandler())
		for range 2 {
			pages.ServeHTTP(httptest.NewRecorder(), asking(c.remote, c.fwd))
		}
		said := log.String()
		if n := strings.Count(said, "\n"); !strings.Contains(said, c.told) || c.told == "" && n != 0 || c.told != "" && n != 1 || strings.Contains(said, "192.0.2.7") {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// S13: through a proxy on this machine a flood of one visitor is counted under that visitor
// and stops no other. Control: without believing the proxy neither has a name.
func TestSourceThroughProxy(t *testing.T) {
	t.Parallel()
	source := sourceBehind(nil)
	var got []string
	pages := behind(nil, true, slog.New(slog.DiscardHandler), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = append(got, source(r)) }))
	for _, visitor := range []string{"192.0.2.7", "192.0.2.7", "2001:db8:1:2:3::9", ""} {
		pages.ServeHTTP(httptest.NewRecorder(), asking("127.0.0.1:9", visitor))
	}
	if want := []string{"192.0.2.7", "192.0.2.7", "2001:db8:1:2::/64", ""}; !slices.Equal(got, want) {
		t.Errorf("want %q, got %q", want, got)
	}
	if name := source(asking("127.0.0.1:9", "192.0.2.7")); name != "" {
		t.Errorf("the control is counted as %q", name)
	}
}

// S13: a request is counted under who sent it. This machine itself has no name as long as it
// may be a proxy that does not say for whom it asks.
func TestSourceBehind(t *testing.T) {
	t.Parallel()
	named := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, c := range map[string]struct {
		proxies   []netip.Prefix
		from, got string
	}{
		"network":                             {nil, "192.0.2.7:1", "192.0.2.7"},
		"one subscriber, many addresses":      {nil, "[2001:db8:1:2:3::9]:1", "2001:db8:1:2::/64"},
		"a proxy that passes nothing on":      {nil, "127.0.0.1:1", ""},
		"a proxy that passes nothing on, six": {nil, "[::1]:1", ""},
		"control: a proxy is named":           {named, "127.0.0.1:1", "127.0.0.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		if got := sourceBehind(c.proxies)(r); got != c.got {
			t.Errorf("%s: want %q, got %q", name, c.got, got)
		}
	}
}
