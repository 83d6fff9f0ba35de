// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"
)

// Section 8, R-R-135: the forms of the desk show a question as soon as an answer calls for
// it, as the report form does; asking stores nothing. Control: without that answer it stays
// away, and the button for browsers without scripts is still there.
func TestDeskFormsFollowTheAnswers(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.Forms = append(r.fake.view.Forms, r.fake.p.Form("report"))
	for page, live := range map[string]string{"/zaak/zaak1/formulier/report": "/zaak/zaak1/formulier/report/vragen", "/nieuw/report": "/nieuw/report/vragen"} {
		wants(t, r.get(page).body, `data-live="`+live+`"`, `value="bijwerken"`)
		for kind, want := range map[string]bool{"violence": true, "theft": false} {
			var state formState
			got := r.post(live, url.Values{"kinds": {kind}})
			if err := json.Unmarshal([]byte(got.body), &state); err != nil {
				t.Fatalf("%s: %v %s", live, err, got.body)
			}
			if slices.Contains(state.Shown, "injured") != want {
				t.Errorf("%s, %s: asked %v", live, kind, state.Shown)
			}
		}
	}
	if len(r.fake.wanted) != 0 || len(r.fake.sent) != 0 {
		t.Error("asking what to ask stored something")
	}
}
