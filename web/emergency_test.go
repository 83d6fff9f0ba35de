// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

func emergencyRig(t *testing.T) *deskRig {
	t.Helper()
	r := newDeskRig(t)
	r.fake.openings = &desk.EmergencyView{MayOpen: true, All: true, Lines: []desk.EmergencyLine{
		{EmergencyRow: desk.EmergencyRow{Case: r.fake.view.ID, Seq: 7, Number: "2026-0001", Ground: "safety", Depth: "V5", At: r.fake.now, Until: r.fake.now.Add(time.Hour)}, Name: "Bram Nepnaam", Runs: true, MayReview: true, Purpose: desk.TextView{Text: "Ouders waarschuwen"}},
		{EmergencyRow: desk.EmergencyRow{Case: "zaak9", Seq: 3, Number: "2026-0009", Ground: "absence", Depth: "V4", At: r.fake.now, ReviewedAt: r.fake.now}, Name: "Sara Fictie", Reviewer: "Pia Denkbeeld"},
	}}
	return r
}

// S10: the page names ground, depth, purpose and reason; what was typed survives a refusal; a
// good form leads to the case, and no word of it stands in an address.
func TestEmergencyPage(t *testing.T) {
	t.Parallel()
	r := emergencyRig(t)
	wants(t, r.get(emergencyPath).body, "Openen in nood", "Er is nu iemand in gevaar", "Bram Nepnaam", "Ouders waarschuwen", "Loopt tot", "Niet terecht", "Beoordeeld door Pia Denkbeeld")
	typed := url.Values{"nummer": {"2026-0001"}, "grond": {"safety"}, "diepte": {"V4"}, "tekst_doel": {"Wie moet ik bellen?"}}
	page := r.post(emergencyPath, typed)
	if page.status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", page.status)
	}
	wants(t, page.body, `id="fout"`, `value="2026-0001"`, "Wie moet ik bellen?", `value="safety" checked`, `value="V4" checked`)
	typed.Set("tekst_reden", " Niemand neemt op ")
	if got := r.post(emergencyPath, typed).header.Get("Location"); got != casePath(r.fake.view.ID)+"?gedaan=emergency" {
		t.Errorf("sent to %q", got)
	}
	if f := r.fake.emergency; f.Reason != "Niemand neemt op" || f.Depth != "V4" || f.Key == "" || f.Number != "2026-0001" {
		t.Errorf("%+v", f)
	}
}

// A review goes to the case with what was thought; without a choice it comes back as typed.
func TestEmergencyReview(t *testing.T) {
	t.Parallel()
	r := emergencyRig(t)
	to := casePath(r.fake.view.ID, "nood-beoordelen")
	page := r.post(to, url.Values{"opening": {"7"}, "tekst_oordeel": {"Er was wel iemand"}})
	wants(t, page.body, `id="fout"`, "Er was wel iemand")
	if got := r.post(to, url.Values{"opening": {"7"}, "terecht": {noValue}, "tekst_oordeel": {"Er was wel iemand"}}).header.Get("Location"); got != emergencyPath+"?gedaan=reviewed" {
		t.Errorf("sent to %q", got)
	}
	if w, ok := r.last().(loket.EmergencyReviewed); !ok || w.Opening != 7 || w.Right || w.Remark != "Er was wel iemand" {
		t.Errorf("%+v", r.last())
	}
}

// D-65: the case says from whom it is hidden and why; who hides it from themself goes back to
// the worklist, for the case is not there any more.
func TestHidingOnTheCase(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.MayShield = true
	r.fake.view.HiddenFrom = []desk.HidingView{{Person: "bram", Name: "Bram Nepnaam", Said: desk.TextView{Text: "Gaat om familie"}, ByName: "Pia Denkbeeld"}}
	wants(t, r.get(casePath(r.fake.view.ID)).body, "Wie deze zaak niet ziet", "Gaat om familie", "Weer laten zien")
	form := url.Values{"persoon": {"bram"}, "tekst_reden": {" familie "}}
	if got := r.post(casePath(r.fake.view.ID, "verbergen"), form).header.Get("Location"); got != casePath(r.fake.view.ID)+"?gedaan=hidden#inzage" {
		t.Errorf("sent to %q", got)
	}
	if w, ok := r.last().(loket.CaseHidden); !ok || len(w.People) != 1 || w.People[0] != "bram" || w.Reason != "familie" {
		t.Errorf("%+v", r.last())
	}
	form.Set("persoon", officer.ID)
	if got := r.post(casePath(r.fake.view.ID, "verbergen"), form).header.Get("Location"); got != "/werklijst" {
		t.Errorf("sent to %q", got)
	}
	r.post(casePath(r.fake.view.ID, "tonen"), url.Values{"persoon": {"bram"}, "tekst_reden": {"vergissing"}})
	if w, ok := r.last().(loket.CaseShown); !ok || w.Reason != "vergissing" {
		t.Errorf("%+v", r.last())
	}
}
