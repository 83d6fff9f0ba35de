// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"testing"
)

// S14: what anybody may ask carries the same headers as a page. Control: a page has them.
func TestHealthCarriesTheHeaders(t *testing.T) {
	t.Parallel()
	s := openTwoDesks(t, false)
	page, health := s.must(s.stranger(northHost).Get("/melden")), s.must(s.stranger(northHost).Get("/healthz"))
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "X-Frame-Options", "X-Robots-Tag", "Cache-Control"} {
		if want := page.Header.Get(name); want == "" || health.Header.Get(name) != want {
			t.Errorf("%s: a page has %q, /healthz %q", name, want, health.Header.Get(name))
		}
	}
}
