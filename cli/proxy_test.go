// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

// S11: who asks is known behind a named proxy, and cannot be invented past it.
func TestBehindProxy(t *testing.T) {
	t.Parallel()
	named := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, c := range map[string]struct {
		proxies          []netip.Prefix
		remote, fwd, got string
	}{
		"last hop":            {named, "10.0.0.1:99", "192.0.2.7", "192.0.2.7:0"},
		"two proxies":         {named, "10.0.0.1:99", "192.0.2.7, 10.0.0.2", "192.0.2.7:0"},
		"invented hops":       {named, "10.0.0.1:99", "198.51.100.1, 192.0.2.7", "192.0.2.7:0"},
		"not a proxy":         {named, "203.0.113.5:99", "192.0.2.7", "203.0.113.5:99"},
		"no header":           {named, "10.0.0.1:99", "", "10.0.0.1:99"},
		"nonsense":            {named, "10.0.0.1:99", "x", "10.0.0.1:99"},
		"control: none named": {nil, "10.0.0.1:99", "192.0.2.7", "10.0.0.1:99"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got string
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = c.remote
			if c.fwd != "" {
				r.Header.Set("X-Forwarded-For", c.fwd)
			}
			behind(c.proxies, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(httptest.NewRecorder(), r)
			if got != c.got {
				t.Errorf("want %s, got %s", c.got, got)
			}
		})
	}
}

// S13: a request is counted under who sent it. This machine itself has no name as long as a
// proxy that nobody named may stand before it.
func TestSourceBehind(t *testing.T) {
	t.Parallel()
	named := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, c := range map[string]struct {
		proxies   []netip.Prefix
		from, got string
	}{
		"network":                        {nil, "192.0.2.7:1", "192.0.2.7"},
		"one subscriber, many addresses": {nil, "[2001:db8:1:2:3::9]:1", "2001:db8:1:2::/64"},
		"perhaps an unnamed proxy":       {nil, "127.0.0.1:1", ""},
		"perhaps an unnamed proxy, six":  {nil, "[::1]:1", ""},
		"control: a proxy is named":      {named, "127.0.0.1:1", "127.0.0.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		if got := sourceBehind(c.proxies)(r); got != c.got {
			t.Errorf("%s: want %q, got %q", name, c.got, got)
		}
	}
}
