// SPDX-License-Identifier: EUPL-1.2

package web

import "testing"

// NEN 7513, BIO2 8.15.01: the page says who, what, why and from where, escaped, and of an
// unknown place that it is not known.
func TestAccessPage(t *testing.T) {
	t.Parallel()
	r, d := newTrustRig(t)
	got := r.get("/zaak/zaak1/toegang")
	wants(t, got.body, "Mila &lt;b&gt;", "Gelezen", "lezen", "Firefox, Linux · 192.0.2.0/24 · inlog abcd", "Geweigerd. Geopend", "Niet bekend")
	if d.looked != "zaak1" {
		t.Errorf("looked at %q", d.looked)
	}
}
