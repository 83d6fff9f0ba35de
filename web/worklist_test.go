// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"testing"

	"example.org/loket"
)

// R-R-61, requirements §13.2: mine, today, late; clocks in words; search never by name.
func TestWorklist(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	page := r.get("/werklijst?lijst=late&zoek=2026&soort=report&wet=Wmo&na=c1")
	if page.status != http.StatusOK {
		t.Fatalf("status %d", page.status)
	}
	wants(t, page.body, "45 minuten te laat", "Bel de melder", "Want de melding is dringend.", "2026-0047 · Calamiteit, voorlopig · Jeugdwet · Alfa",
		"1 zaak is te laat.", "nog van niemand", "nog 2 stappen", "Nooit een naam", "Bel Alfa om negen uur", `href="/zaak/zaak1"`, "cursor9", "Telefonische melding aannemen")
	got := r.fake.filters[0]
	if got.View != "late" || got.Search != "2026" || got.Kind != "report" || got.Law != "Wmo" || got.After != "c1" {
		t.Errorf("asked the desk for %+v", got)
	}
	r.get("/werklijst?lijst=nonsense")
	if r.fake.filters[1].View != "team" {
		t.Errorf("an unknown list gave %q", r.fake.filters[1].View)
	}
}

// A note for the next shift names its case; one that cannot be taken keeps its text.
func TestHandoverNote(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	form := url.Values{"sleutel": {"k"}, "soort": {"handover"}, "tekst_notitie": {"Bel om negen uur"}}
	if got := r.post("/werklijst/overdracht", form); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a note without a case: %d", got.status)
	} else {
		wants(t, got.body, "Bel om negen uur", "Kies eerst bij welke zaak")
	}
	form.Set("zaak", "zaak1")
	wants(t, r.follow(r.post("/werklijst/overdracht", form)).body, "staat klaar voor de volgende dienst")
	if r.last() != (loket.Noted{Kind: "handover", Text: "Bel om negen uur"}) || r.fake.on[0] != "zaak1" {
		t.Errorf("wanted %+v", r.last())
	}
	taken := url.Values{"sleutel": {"k2"}, "soort": {"accepted"}, "zaak": {"zaak1"}}
	wants(t, r.follow(r.post("/werklijst/overdracht", taken)).body, "De notitie is overgenomen")
	if n, ok := r.last().(loket.Noted); !ok || n.Kind != "accepted" {
		t.Errorf("taking over wanted %+v", r.last())
	}
}
