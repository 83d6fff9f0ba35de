// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"testing"
)

// R-R-12, R-R-125, R-R-149: the protocol is a book that anybody may read, made from the
// rules themselves; a chapter that is not there is a page that is not there.
func TestProtocolBookTellsTheRules(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	cover := b.get("/protocol").body
	for _, part := range protocolParts {
		wants(t, cover, `href="/protocol/`+part+`"`)
		if page := b.get("/protocol/" + part); page.status != http.StatusOK {
			t.Errorf("%s: %d", part, page.status)
		}
	}
	want := map[string]string{
		"begrippen": r.desk.p.Roles[0].Title.NL, "formulieren": r.desk.p.Forms[0].Title.NL, "beslissen": r.desk.p.Tables[0].Title.NL,
		"termijnen": r.desk.p.Deadlines[0].ID,
	}
	for part, words := range want {
		wants(t, b.get("/protocol/"+part).body, words)
	}
	if status := b.get("/protocol/geheim").status; status != http.StatusNotFound {
		t.Errorf("an unknown chapter answers %d", status)
	}
}

// R08: a deadline is worked out with examples, the change of the clock among them.
func TestProtocolBookWorksExamplesOut(t *testing.T) {
	t.Parallel()
	wants(t, newBrowser(t, newRig(t)).get("/protocol/termijnen").body, "want de klok gaat een uur vooruit")
}
