// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/url"
	"strings"
	"testing"
)

// R-R-16: deviating is one link away, without scripts too, and the page that nobody asked
// a form of holds none of them.
func TestFoldedFormComesWhenAsked(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	plain := r.get("/zaak/zaak1").body
	link := `href="/zaak/zaak1?toon=anders-call%2Fr1#f-anders-call-r1"`
	wants(t, plain, link, `id="f-anders-call-r1"`)
	lacks(t, plain, `action="/zaak/zaak1/anders"`, `action="/zaak/zaak1/wissen"`)
	asked := r.get("/zaak/zaak1?toon=anders-call%2Fr1").body
	wants(t, asked, `id="f-anders-call-r1" open`, `action="/zaak/zaak1/anders"`, `name="hoe" value="later"`)
	lacks(t, asked, link, `action="/zaak/zaak1/wissen"`) // control: only what was asked
	if n := strings.Count(asked, `id="f-anders-call-r1"`); n != 1 {
		t.Errorf("the form stands on the page %d times", n)
	}
	lacks(t, r.get("/zaak/zaak1?toon=onzin").body, `action="/zaak/zaak1/anders"`)
}

// A page that answers a posted form leads to no other page: what was typed or opened there is
// not at its address, and would be lost.
func TestPostedPageHasItsFolds(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	refused := r.post("/zaak/zaak1/anders", url.Values{"formulier": {"anders-call/r1"}, "hoe": {"not"}, "stap": {"call"}}).body
	opened := r.post("/zaak/zaak1/openen", url.Values{"veld": {"description"}, "tekst_doel": {"melding beoordelen"}}).body
	for _, body := range []string{refused, opened} {
		wants(t, body, `action="/zaak/zaak1/anders"`, `action="/zaak/zaak1/notitie"`)
		lacks(t, body, "data-bring")
	}
	wants(t, r.get("/zaak/zaak1").body, "data-bring") // control
}
