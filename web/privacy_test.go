// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// trustDesk has settings, a privacy address and an access log.
type trustDesk struct {
	*deskFake
	settings desk.Settings
	address  string
	refusal  error
	looked   loket.CaseID
}

func (d *trustDesk) Tenant(ctx context.Context, id string) (desk.Tenant, error) {
	t, err := d.deskFake.Tenant(ctx, id)
	t.Privacy = d.address
	return t, err
}

func (d *trustDesk) Settings(context.Context, loket.Actor) (desk.Settings, error) {
	return d.settings, nil
}

func (d *trustDesk) SetSettings(_ context.Context, _ loket.Actor, s desk.Settings) error {
	if d.refusal == nil {
		d.settings = s
	}
	return d.refusal
}

func (d *trustDesk) AccessLog(_ context.Context, _ loket.Actor, id loket.CaseID) (*desk.AccessLog, error) {
	d.looked = id
	return &desk.AccessLog{Number: "2026-0001", Lines: []desk.AccessLine{
		{At: d.now, Who: "Mila <b>", Role: say("medewerker"), What: say("Gelezen"), Purpose: "lezen", Session: "abcd", From: desk.Whereabouts{Network: "192.0.2.0/24", Device: "Firefox, Linux"}, Known: true},
		{At: d.now, Who: "Bram Nepnaam", What: say("Geopend"), Refused: true},
	}}, nil
}

func newTrustRig(t *testing.T) (*deskRig, *trustDesk) {
	service := &trustDesk{}
	r := newDeskRig(t, func(o *Options) {
		service.deskFake = o.Service.(*deskFake)
		o.Service = service
	})
	r.fake.p.Retention = []protocol.Retention{{ID: "r", Title: say("Herkenbare gegevens"), Keep: "6 months", From: "received_at", Then: "erase"}}
	return r, service
}

// AVG 13: form, return page and every foot lead to a privacy statement: the organisation's own
// when it gave one, else a page that says what is kept, why, how long by the protocol, and whom
// to ask. Control: with an address of its own no link leads to the built-in page.
func TestPrivacyStatement(t *testing.T) {
	t.Parallel()
	r, d := newTrustRig(t)
	pages := []string{"/", "/melden", "/mijn-melding", "/moet-ik-melden"}
	for _, page := range pages {
		wants(t, r.get(page).body, `href="/privacy"`)
	}
	got := r.get("/privacy")
	wants(t, got.body, "Gemeente Oefenstad", "Waarom", "Herkenbare gegevens: 6 maanden, vanaf:", "24 uur", "010 000 00 00", "Autoriteit Persoonsgegevens", "functionaris gegevensbescherming")
	for _, kind := range []string{"P", "S"} {
		if asked := (&privacyPage{&reader{protocol: r.fake.p, lang: "nl"}}).asked(kind); len(asked) > 0 {
			wants(t, got.body, asked[0])
		}
	}
	d.address = "https://www.oefenstad.example/privacy"
	for _, page := range pages {
		body := r.get(page).body
		wants(t, body, `href="https://www.oefenstad.example/privacy"`)
		lacks(t, body, `href="/privacy"`)
	}
}

// AVG 13, ASVS 6.3.3: settings are shown, kept, and what was typed survives a refusal.
func TestSettingsPage(t *testing.T) {
	t.Parallel()
	r, d := newTrustRig(t)
	wants(t, r.get(settingsPath).body, `name="privacy"`, `value="all"`)
	if got := r.post(settingsPath, url.Values{"privacy": {" https://a.example.org "}, "tweede_stap": {"all"}}); got.status != http.StatusSeeOther || d.settings != (desk.Settings{Privacy: "https://a.example.org", SecondFactor: "all"}) {
		t.Errorf("%d, %+v", got.status, d.settings)
	}
	d.refusal = loket.Refuse(loket.Invalid, "Dit is geen adres.", "x")
	got := r.post(settingsPath, url.Values{"privacy": {"onzin"}, "tweede_stap": {"deep"}})
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", got.status)
	}
	wants(t, got.body, "Dit is geen adres.", `value="onzin"`)
	if got := newDeskRig(t).get(settingsPath); got.status != http.StatusNotFound {
		t.Errorf("control: a desk without settings answers %d", got.status)
	}
}
