// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"testing"
	"time"
)

// R09, R05: whoever works at the desk sees on worklist and case page that background work or
// mail stands still; nobody else does. Control: when all is well the pages say nothing.
func TestAlarms(t *testing.T) {
	t.Parallel()
	now := Alarm{}
	r := newDeskRig(t, func(o *Options) { o.Alarm = func() Alarm { return now } })
	for _, page := range []string{"/werklijst", "/zaak/zaak1"} {
		lacks(t, r.get(page).body, "staat stil", "kunnen nu niet worden bezorgd")
	}
	now = Alarm{Work: true, Mail: time.Date(2026, 3, 29, 8, 0, 0, 0, time.UTC), Proof: true}
	for _, page := range []string{"/werklijst", "/zaak/zaak1"} {
		wants(t, r.get(page).body, "staat stil", "kunnen nu niet worden bezorgd", "zo 29 mrt 10:00", "logboek", `role="alert"`)
	}
	stranger := newDeskRig(t, func(o *Options) { o.Sessions, o.Alarm = fakeSessions{}, func() Alarm { return now } })
	lacks(t, stranger.get("/melden").body, "staat stil", "bezorgd")
}
