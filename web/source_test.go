// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"
	"testing"
)

// R-R-12, R-R-125: the first proposal quotes its source; all else on a case names the place and
// leads to the chapter of the book that has its words.
func TestCaseLeadsToItsSources(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.Proposals[1].Reason = r.fake.view.Proposals[0].Reason
	const quote = "Ernstige schade wordt gemeld."
	link := `href="` + sourceLink("§3, regel 9") + `"`
	body := r.get("/zaak/zaak1").body
	wants(t, body, link, "regel 9</a>")
	if n := strings.Count(body, quote); n != 1 {
		t.Errorf("the page quotes its source %d times", n)
	}
	chapter := r.get("/protocol/bronnen").body
	wants(t, chapter, `id="`+sourceID("§3, regel 9")+`"`, "Voldoet een voorval aan een criterium")

	r.fake.view.Protocol.About.Version = "van vorig jaar" // control: the book in force is another one
	older := r.get("/zaak/zaak1").body
	lacks(t, older, link)
	if strings.Count(older, quote) < 2 {
		t.Error("a case of another version does not quote its sources itself")
	}
}
