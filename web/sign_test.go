// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// R-I-72 R-I-74: the page says who signed and who still must, offers to sign along, and lets
// one go on without the other.
func TestSigning(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	plain := r.get("/zaak/zaak1?toon=besluit-class").body
	r.fake.view.Signing = map[string]desk.SigningView{"class": {
		Signed:  []desk.SignedView{{Name: "Sara Fictie", Outcome: say("Klasse: c"), Outputs: map[string]any{"class_is": "incident"}, At: time.Date(2026, 3, 29, 10, 0, 0, 0, time.UTC)}},
		Waiting: []protocol.Text{say("Toegang")}, Doubt: true, MaySign: true,
	}}
	body := r.get("/zaak/zaak1?toon=besluit-class").body
	for _, want := range []string{"Getekend door Sara Fictie: Klasse: c", "Moet nog tekenen: Toegang.", "De handtekeningen zijn niet hetzelfde", "Meetekenen: Klasse: c", `name="alleen"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the page", want)
		}
		if strings.Contains(plain, want) {
			t.Errorf("control: %q is on the page of a decision by one", want)
		}
	}
	r.post("/zaak/zaak1/besluit", url.Values{"onderwerp": {"class"}, "alleen": {"ja"}, "tekst_motivering": {"Het dringt"}})
	if got := r.last().(loket.Decided); !got.Alone || got.Motivation != "Het dringt" {
		t.Errorf("alone: %+v", got)
	}
}

// R-I-72: after the first of two signatures the page does not say that there is a decision.
func TestSignatureIsNoDecision(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	const decided, waits = "Het besluit is vastgelegd.", "Getekend; het besluit wacht op een ander."
	signed := desk.SignedView{Name: "Sara Fictie", Outcome: say("Klasse: c"), At: time.Date(2027, 3, 29, 10, 0, 0, 0, time.UTC)}
	for mine, want := range map[bool]string{true: waits, false: decided} {
		signed.Mine = mine
		r.fake.view.Signing = map[string]desk.SigningView{"class": {Signed: []desk.SignedView{signed}, Waiting: []protocol.Text{say("Toegang")}, MaySign: true}}
		if body := r.get("/zaak/zaak1?gedaan=decided").body; !strings.Contains(body, want) || strings.Contains(body, waits) != mine {
			t.Errorf("signed by the reader %v: %q is not on the page", mine, want)
		}
	}
}

// R-I-04: below what is late or urgent the reader's own steps come before those of others,
// however near their term; else the order stays.
func TestOwnStepsFirst(t *testing.T) {
	t.Parallel()
	soon, owner := time.Date(2026, 3, 30, 10, 0, 0, 0, time.UTC), say("Toegang")
	steps := []desk.Proposal{
		{Step: "late", Owner: owner, Late: true}, {Step: "soon", Owner: owner, Due: soon}, {Step: "perhaps", Owner: owner, Urgent: true, Provisional: true},
		{Step: "own", Owner: owner, Mine: true}, {Step: "anybody"}, {Step: "own_too", Owner: owner, Mine: true}, {Step: "other", Owner: owner},
	}
	var got []string
	for _, todo := range ownFirst(steps) {
		got = append(got, todo.Step)
	}
	if want := "late own anybody own_too soon perhaps other"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if steps[1].Step != "soon" {
		t.Error("the case itself was put in another order")
	}
}

// R-I-05: who sees as deep as their role may open is not told to open more.
func TestNothingDeeperToOpen(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.Sees, r.fake.view.Opens = "V2", "V4"
	wants(t, r.get("/zaak/zaak1").body, "Dieper, tot en met V4, opent u apart")
	r.fake.view.Opens = "V2"
	body := r.get("/zaak/zaak1").body
	wants(t, body, "Feiten tot en met niveau V2. Dieper kijken kan met uw rol niet.")
	if strings.Contains(body, "opent u apart en met een reden. Alles") {
		t.Error("the page offers what the role cannot")
	}
}

// R-I-02: a case is converted from its own page.
func TestConvert(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	if strings.Contains(r.get("/zaak/zaak1").body, "Omzetten in") {
		t.Error("control: a case that cannot be converted offers it")
	}
	r.fake.view.Converts = []*protocol.Kind{{ID: "other", Title: say("Melding")}}
	if !strings.Contains(r.get("/zaak/zaak1").body, "Omzetten in: Melding") {
		t.Error("the page does not offer to convert")
	}
	r.post("/zaak/zaak1/omzetten", url.Values{"soort": {"other"}, "tekst_motivering": {"Het bleek meer"}})
	if got := r.last().(loket.Linked); got.Verdict != loket.VerdictConverted || got.Kind != "other" || got.Reason != "Het bleek meer" {
		t.Errorf("converted %+v", got)
	}
}
