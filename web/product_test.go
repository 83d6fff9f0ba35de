// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

func faultOn(field string) protocol.AnswerError {
	return protocol.AnswerError{Field: field, Message: say("Licht het bestuur in.")}
}

// R-R-67 R-R-68 R-R-82 R-R-101: parts, findings, warnings, alignment and recipients.
func TestProductPage(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	page := r.get("/zaak/zaak1/product/dat")
	wants(t, page.body, "Er is een melding.</textarea>", "Leeg gelaten, want", "Mila", "is een naam", "ook niet als het al in de media stond", "Nog niet afgestemd",
		"Wethouder Verzonnen · wethouder (voorgesteld)", `value="wethouder" checked`, "Bestuurlijk verantwoordelijk</textarea>", "niveau V1")
	lacks(t, page.body, `value="bram" checked`)
	if strings.Contains(title(page.body), "2026") {
		t.Error("the tab shows the number of a case")
	}
}

// R-R-62: nothing leaves before the names were read once more and said yes to.
func TestReleaseAsksOnceMore(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.product.Findings = nil
	form := url.Values{"formulier": {"vrijgeven"}, "tekstversie": {"1"}, "versie": {"7"}, "ontvanger": {"wethouder", "bram", "onbekend"}, "tekst_doel": {"Inlichten"}, "tekst_noodzaak": {"Nodig"}, "tekst_toch": {"Is akkoord"}}
	sure := r.post("/zaak/zaak1/product/dat/vrijgeven", form)
	if sure.status != http.StatusOK || len(r.fake.wanted) != 0 {
		t.Fatalf("status %d, asked %d times", sure.status, len(r.fake.wanted))
	}
	wants(t, sure.body, "Klopt dit?", "gaat naar Wethouder Verzonnen en Bram Nepnaam", "Vrijgeven aan 2 personen")
	form.Set("zeker", "ja")
	if got := r.post("/zaak/zaak1/product/dat/vrijgeven", form); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	got := r.last().(loket.ProductReleased)
	if got.Version != 1 || len(got.Recipients) != 2 || got.Recipients[0].Email != "wethouder@example.org" || got.Purpose != "Inlichten" || got.Need != "Nodig" || got.Override != "Is akkoord" {
		t.Errorf("released %+v", got)
	}
}

// DT-25: who is about to release a text that the desk will refuse hears so at once, and is
// not asked to be sure first. The control is the test above: the same form, a clean text.
func TestReleaseOfAPersonStopsBeforeTheQuestion(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	page := r.post("/zaak/zaak1/product/dat/vrijgeven", url.Values{"formulier": {"vrijgeven"}, "tekstversie": {"1"}, "ontvanger": {"bram"}, "tekst_doel": {"Mijn doel"}})
	wants(t, page.body, "Haal eerst weg wat hieronder gemarkeerd is", "Mijn doel</textarea>")
	lacks(t, page.body, "Klopt dit?")
}

func TestReleaseRefused(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	nobody := r.post("/zaak/zaak1/product/dat/vrijgeven", url.Values{"formulier": {"vrijgeven"}, "tekst_doel": {"Mijn doel"}})
	wants(t, nobody.body, "Kruis aan wie dit bericht krijgt", "Mijn doel</textarea>")
	why := r.post("/zaak/zaak1/product/dat/vrijgeven", url.Values{"formulier": {"vrijgeven"}, "ontvanger": {"bram"}})
	wants(t, why.body, "Schrijf waarvoor de ontvangers", `value="bram" checked`)
	r.fake.refusal = loket.Refuse(loket.Stopped, "In deze tekst staat een naam.", "")
	stopped := r.post("/zaak/zaak1/product/dat/vrijgeven", url.Values{"formulier": {"vrijgeven"}, "ontvanger": {"bram"}, "tekst_doel": {"Mijn doel"}, "zeker": {"ja"}})
	if stopped.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", stopped.status)
	}
	wants(t, stopped.body, "In deze tekst staat een naam.", "Mijn doel</textarea>")
	r.fake.product.Version = 0
	wants(t, r.post("/zaak/zaak1/product/dat/vrijgeven", url.Values{"ontvanger": {"bram"}, "tekst_doel": {"x"}}).body, "Bewaar de tekst eerst")
}

// Drafting, alignment and withdrawal ask the desk for one thing each.
func TestProductChanges(t *testing.T) {
	t.Parallel()
	for path, c := range map[string]struct {
		form url.Values
		want loket.Payload
	}{
		"concept":   {url.Values{"rij": {"r1"}, "tekst_deel_what": {"Nieuwe tekst"}, "tekst_deel_next": {""}, "tekst_leeg_next": {"Volgt nog"}, "tekst_achterwege": {"De plaats"}}, loket.ProductDrafted{Product: "dat", Row: "r1", Parts: map[string]string{"what": "Nieuwe tekst", "next": ""}, LeftEmpty: map[string]string{"next": "Volgt nog"}, Withheld: "De plaats"}},
		"afstemmen": {url.Values{"tekstversie": {"1"}, "rol": {"executive"}, "akkoord": {"ja"}, "tekst_persoon": {"Bram"}}, loket.ProductAligned{Product: "dat", Version: 1, Role: "executive", Agreed: true, Person: "Bram"}},
		"intrekken": {url.Values{"tekstversie": {"1"}, "tekst_reden": {"Verkeerde versie"}}, loket.ProductWithdrawn{Product: "dat", Version: 1, Reason: "Verkeerde versie"}},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			r := newDeskRig(t)
			wants(t, r.follow(r.post("/zaak/zaak1/product/dat/"+path, c.form)).body, `role="status"`)
			if !reflect.DeepEqual(r.last(), c.want) {
				t.Errorf("wanted %#v, not %#v", r.last(), c.want)
			}
			empty := newDeskRig(t)
			if path != "concept" && empty.post("/zaak/zaak1/product/dat/"+path, url.Values{"formulier": {path}}).status != http.StatusUnprocessableEntity {
				t.Error("an empty form was taken")
			}
		})
	}
}

// A draft that the desk refuses keeps its text.
func TestRefusedDraftKeepsTheText(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.refusal = loket.Refuse(loket.Conflict, "Iemand anders was u voor.", "")
	got := r.post("/zaak/zaak1/product/dat/concept", url.Values{"formulier": {"concept"}, "tekst_deel_what": {"Mijn lange tekst"}})
	wants(t, got.body, "Mijn lange tekst</textarea>", "Iemand anders was u voor.")
}

// A released version is read, not edited; taking it back needs a reason.
func TestReleasedProduct(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.product.Released = &loket.ProductReleased{Recipients: []loket.Recipient{{Name: "Bram Nepnaam", Role: "executive"}}, Purpose: "Inlichten"}
	page := r.get("/zaak/zaak1/product/dat").body
	wants(t, page, "Wie kreeg dit", "Bram Nepnaam · wethouder", "Intrekken", "Vastleggen dat u het iemand vertelde", "Een nieuwe versie maken")
	lacks(t, page, "Verder naar bevestigen", "Let op voor u vrijgeeft") // what went out cannot be looked at first
	r.fake.product.Withdrawn = "Verkeerd"
	wants(t, r.get("/zaak/zaak1/product/dat").body, "Ingetrokken, want: Verkeerd")
}

// What was released to me; opening it goes through the desk, which records the reading.
func TestInbox(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	wants(t, r.get("/berichten").body, "Er is nog niets met u gedeeld")
	r.fake.inbox = []desk.InboxItem{{Case: "zaak1", Number: "2026-0047", Product: "dat", Row: "r 1", Version: 1, Title: say("Dat-melding"), At: r.fake.now}, {Case: "zaak1", Product: "dat", Version: 2, Title: say("Oud"), ReadAt: r.fake.now, Withdrawn: true}}
	wants(t, r.get("/berichten").body, "U hebt 1 nieuw bericht.", `href="/berichten/zaak1/dat/1?rij=r+1"`, "ingetrokken", "gelezen")
	message := r.get("/berichten/zaak1/dat/1")
	wants(t, message.body, "Er is een melding.", "alleen dát er iets is gebeurd")
	for _, path := range []string{"/berichten/zaak1/dat/2", "/berichten/zaak1/dat/x"} {
		if r.get(path).status != http.StatusNotFound {
			t.Errorf("%s was found", path)
		}
	}
}

// R-R-20: who writes a new version sees beside the old text what the facts say now, and may
// start from that. Control: a text that is still what the facts say offers nothing.
func TestOldTextBesideTheNew(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.fresh = "De zaak is nu bij de inspectie."
	page := r.get("/zaak/zaak1/product/dat")
	wants(t, page.body, "Zoals de feiten het nu zeggen", "De zaak is nu bij de inspectie.", "versie=voorstel")
	wants(t, r.get("/zaak/zaak1/product/dat?versie=voorstel").body, "De zaak is nu bij de inspectie.</textarea>")
	r.fake.fresh = ""
	lacks(t, r.get("/zaak/zaak1/product/dat").body, "Zoals de feiten het nu zeggen")
}

// R-R-62: who releases a message to somebody whose role goes less deep is told so, when
// choosing and once more before it leaves. Control: a message that fits says nothing.
func TestDeeperThanTheRole(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.product.Findings = nil
	r.fake.product.Product.Level = "V3"
	wants(t, r.get("/zaak/zaak1/product/dat").body, "dieper dan deze rol")
	sure := r.post("/zaak/zaak1/product/dat/vrijgeven", url.Values{"formulier": {"vrijgeven"}, "tekstversie": {"1"}, "ontvanger": {fakePeople[1].ID}, "tekst_doel": {"informeren"}})
	wants(t, sure.body, "meer te zien dan bij de rol hoort")
	r.fake.product.Product.Level = "V1"
	lacks(t, r.get("/zaak/zaak1/product/dat").body, "dieper dan deze rol")
}

// A question is no label: nowhere on a page stands a question mark with a colon behind it.
func TestNoColonAfterAQuestion(t *testing.T) {
	t.Parallel()
	if got := sentence(": ", "Is er haast?", "ja"); got != "Is er haast? ja" {
		t.Errorf("%q", got)
	}
	if got := sentence(": ", "Soort", "ja"); got != "Soort: ja" {
		t.Errorf("%q", got)
	}
}
