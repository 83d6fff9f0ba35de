// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// The three questions of a case: what now and why, who knows what, what may I see.
// R-R-16 R-R-20 R-R-61 R-R-62 R-R-76 SM-2
func TestCasePage(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	page := r.get("/zaak/zaak1")
	if page.status != http.StatusOK || page.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("status %d, cache %q", page.status, page.header.Get("Cache-Control"))
	}
	for _, part := range []string{"nu", "tijdlijn", "feiten", "weging", "criteria", "besluiten", "wie", "plichten", "vragen", "documenten", "koppelingen", "afsluiten", "overdracht", "logboek"} {
		wants(t, page.body, `id="`+part+`"`, `href="#`+part+`"`)
	}
	wants(t, page.body,
		"Want: er is ernstige schade", "Ernstige schade wordt gemeld.", "§3, regel 9", "Leeftijd: nog onbekend", // reason, source, facts
		"nog 3 uur", "za 14:00 + 48 uur = ma 15:00", // clocks explain themselves
		"Anders dan het voorstel (Andere)", "Zij vroegen het ons", // deviations
		`desk-step--read`, "gelezen", // the square and the word
		"voorlopig", "Meld", "Wie was erbij?", "2026-0048", "Dossiernummer", "Licht het bestuur in.")
	if strings.Contains(title(page.body), "2026-0047") {
		t.Error("the tab shows the number of a case")
	}
	lacks(t, page.body, "Zij viel van de trap", "(en)")
	wants(t, r.get("/zaak/zaak1?taal=en").header.Get("Location"), "/zaak/zaak1")
	wants(t, r.get("/zaak/zaak1").body, "What now, and why", "Calamiteit, Jeugdwet (en)")
}

// Unknown and forbidden are alike.
func TestCaseUnknown(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	if got := r.get("/zaak/elders"); got.status != http.StatusNotFound {
		t.Errorf("status %d", got.status)
	}
	if got := r.post("/zaak/elders/notitie", url.Values{}); got.status != http.StatusNotFound {
		t.Errorf("a form on an unknown case: %d", got.status)
	}
}

// R-R-62: sealed facts open with a purpose, on that answer only.
func TestOpenSealedFacts(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	refused := r.post("/zaak/zaak1/openen", url.Values{"formulier": {"openen"}, "veld": {"description"}})
	if refused.status != http.StatusUnprocessableEntity || r.fake.opened != nil {
		t.Fatalf("opened without a purpose: %d", refused.status)
	}
	wants(t, refused.body, "Schrijf waarvoor u dit nodig hebt")
	wants(t, r.post("/zaak/zaak1/openen", url.Values{"formulier": {"openen"}, "tekst_doel": {"melding beoordelen"}}).body, "Kruis aan wat u wilt openen", "melding beoordelen")
	opened := r.post("/zaak/zaak1/openen", url.Values{"veld": {"description"}, "tekst_doel": {"melding beoordelen"}})
	wants(t, opened.body, "Zij viel van de trap.")
	if r.fake.purpose != "melding beoordelen" || opened.header.Get("Cache-Control") != "no-store" {
		t.Errorf("purpose %q, cache %q", r.fake.purpose, opened.header.Get("Cache-Control"))
	}
	lacks(t, r.get("/zaak/zaak1").body, "Zij viel van de trap")
}

// What one proposal asks takes nothing from the questions that stand elsewhere on the page.
func TestAskingTakesNothingAway(t *testing.T) {
	t.Parallel()
	c := &casePage{sheet: &sheet{reader: &reader{lang: locale.NL}}, view: &desk.CaseView{}}
	c.asks = []askField{{"a", "Wat?", false}, {"b", "Waar?", true}, {"c", "Hoe?", false}}
	for range 2 {
		if ids, titles := c.askNow(desk.Proposal{Asks: []string{"b"}}); !slices.Equal(ids, []string{"b"}) || !slices.Equal(titles, []string{"Waar?"}) {
			t.Errorf("asks %q, %q", ids, titles)
		}
	}
	if left := c.askFields(); len(left) != 3 || left[0].id != "a" || left[2].id != "c" {
		t.Errorf("left on the page: %v", left)
	}
}

// Whoever may only look sees no form to change anything.
func TestCaseWithoutActions(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.May, r.fake.view.Forms = map[string]bool{}, nil
	page := r.get("/zaak/zaak1").body
	lacks(t, page, "Anders besluiten", "Notitie vastleggen", "/openen", "Iets vragen", "Ongedaan maken", "/koppelen", "Voorstel bevestigen", "/heropenen")
	wants(t, page, "Hierover beslist: functionaris", "gesloten, niveau V5")
}

// A form of the protocol on a case starts with what is known, and an empty box that
// stood empty before wipes nothing out.
func TestCaseForm(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	page := r.get("/zaak/zaak1/formulier/supplement")
	wants(t, page.body, "Vul uw melding aan", "Wat wilt u aanvullen?", "Terug naar zaak 2026-0047")
	form := hiddenValues(page.body)
	sent := r.post("/zaak/zaak1/formulier/supplement", with(form, "addition", "De politie kwam.", "extra_age", ""))
	wants(t, r.follow(sent).body, "De antwoorden zijn vastgelegd.")
	got := r.fake.forms[0]
	if got.Form != "supplement" || got.Expect != 7 || got.Posted.Get("addition") != "De politie kwam." || got.Posted.Has("extra_age") {
		t.Errorf("sent %+v", got)
	}
	if r.get("/zaak/zaak1/formulier/advice").status != http.StatusNotFound {
		t.Error("a form that is not for this reader opened")
	}
	r.fake.refusal = loket.Refuse(loket.Conflict, "Iemand anders was u voor.", "")
	kept := r.post("/zaak/zaak1/formulier/supplement", with(hiddenValues(page.body), "addition", "De politie kwam."))
	if kept.status != http.StatusConflict {
		t.Errorf("status %d", kept.status)
	}
	wants(t, kept.body, "De politie kwam.", "Iemand anders was u voor.", "Joost sloot de vraag")
}

// A form that is opened from a step starts at what the step is about (R-I-04): the other
// parts are folded, and it stays so when the answers are not taken. Control: the same form
// opened for itself folds nothing.
func TestCaseFormOfStep(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.Forms = []*protocol.Form{r.fake.p.Form("report")}
	r.fake.view.Proposals = []desk.Proposal{{Key: "complete", Step: "complete", Action: "form", Target: "report", Lacks: []string{"place"}}}
	wants(t, r.get("/zaak/zaak1").body, "/zaak/zaak1/formulier/report?stap=complete", "Nog nodig: “Waar gebeurde het?”.")
	page := r.get("/zaak/zaak1/formulier/report?stap=complete")
	wants(t, page.body, "1 antwoord ontbreekt nog", "ontbreekt nog</span>", "<details class=\"loket-section\"", `name="stap" value="complete"`)
	r.fake.refusal = loket.Refuse(loket.Conflict, "Iemand anders was u voor.", "")
	wants(t, r.post("/zaak/zaak1/formulier/report", with(hiddenValues(page.body), "description", "Kwam niet thuis.")).body, "1 antwoord ontbreekt nog", "Kwam niet thuis.")
	lacks(t, r.get("/zaak/zaak1/formulier/report").body, "ontbreekt nog", "<details class=\"loket-section\"")
}

// stepWith is a rig of which one step opens the form "report" with answers, at a place and a kind.
func stepWith(t *testing.T) *deskRig {
	r := newDeskRig(t)
	r.fake.view.Facts, r.fake.view.Answers = nil, nil // nothing was answered
	r.fake.view.Forms = []*protocol.Form{r.fake.p.Form("report"), r.fake.p.Form("supplement")}
	r.fake.view.Proposals = []desk.Proposal{{Key: "call/r1", Step: "call", Action: "form", Target: "report", With: protocol.Facts{"place": "home", "kinds": []string{"missing"}, "injured": false}}}
	return r
}

// chosen tells whether the form on a page stands at this answer.
func chosen(page, name, value string) bool {
	for _, tag := range regexp.MustCompile(`<input[^>]*>`).FindAllString(page, -1) {
		if strings.Contains(tag, `name="`+name+`"`) && strings.Contains(tag, `value="`+value+`"`) && strings.Contains(tag, " checked") {
			return true
		}
	}
	return false
}

// R-I-04: what a step says already its form opens with, and sending it leads back to what is to
// be done; also when the answers were not taken at first. Control: the same form opened for
// itself, from a step that is not open, or another form of that step has nothing filled in.
func TestCaseFormOpensWith(t *testing.T) {
	t.Parallel()
	r := stepWith(t)
	const form = "/zaak/zaak1/formulier/report"
	wants(t, r.get("/zaak/zaak1").body, form+"?stap=call%2Fr1")
	page := r.get(form + "?stap=call%2Fr1")
	wants(t, page.body, `name="stap" value="call/r1"`)
	if !chosen(page.body, "place", "home") || !chosen(page.body, "kinds", "missing") {
		t.Error("the form does not open with what the step says")
	}
	for _, control := range []string{form, form + "?stap=other", form + "?place=home&kinds=missing", form + "?stap=&place=home"} {
		if body := r.get(control).body; chosen(body, "place", "home") || chosen(body, "kinds", "missing") {
			t.Errorf("%s fills something in", control)
		}
	}
	lacks(t, r.get("/zaak/zaak1/formulier/supplement?stap=call%2Fr1").body, `name="stap"`)

	typed := with(hiddenValues(page.body), "place", "residential")
	r.fake.refusal = loket.Refuse(loket.Conflict, "Iemand anders was u voor.", "")
	again := r.post(form, typed).body
	wants(t, again, `name="stap" value="call/r1"`)
	if !chosen(again, "place", "residential") || chosen(again, "kinds", "missing") {
		t.Error("what was chosen otherwise did not stay")
	}
	r.fake.refusal = nil
	if to := r.post(form, typed).header.Get("Location"); !strings.HasSuffix(to, "#nu") {
		t.Errorf("from a step one lands at %s", to)
	}
	if to := r.post(form, with(hiddenValues(r.get(form).body), "place", "residential")).header.Get("Location"); !strings.HasSuffix(to, "#feiten") {
		t.Errorf("control: from the list one lands at %s", to)
	}
	if got := r.fake.forms[0].Posted; got.Get("place") != "residential" || got.Has("kinds") {
		t.Errorf("sent %v", got)
	}
}

// An answer that stands is never filled in anew, also where it is deeper than the reader sees.
func TestCaseFormKeepsAnswers(t *testing.T) {
	t.Parallel()
	r := stepWith(t)
	r.fake.view.Answers = protocol.Facts{"place": "residential"}
	r.fake.view.Facts = []desk.FactGroup{{Facts: []desk.FactView{{ID: "place", Known: true}, {ID: "kinds", Known: true, Sealed: true}}}}
	page := r.get("/zaak/zaak1/formulier/report?stap=call%2Fr1").body
	if !chosen(page, "place", "residential") || chosen(page, "place", "home") || chosen(page, "kinds", "missing") {
		t.Error("a step takes the place of an answer")
	}
}

// DT-17: a decision that is to be taken again is put with its new outcome, the old one and one
// button. Control: decided as proposed, nothing is put.
func TestDecidedAgain(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	todo := &r.fake.view.Proposals[0]
	again := *todo.Table
	again.Decided, again.Differs = &protocol.Decided{Outputs: again.Outputs}, true
	todo.Table = &again
	body := r.get("/zaak/zaak1").body
	wants(t, body, "eerder besloten", "bevestig-"+again.Table.ID)
	again.Differs = false
	lacks(t, r.get("/zaak/zaak1").body, "eerder besloten")
}

// Taking away the last tick of a known answer says so; browsers send nothing for it.
func TestCaseFormClearsTicks(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.Forms = []*protocol.Form{r.fake.p.Form("report")}
	r.fake.view.Answers = protocol.Facts{"kinds": []string{"missing"}}
	page := r.get("/zaak/zaak1/formulier/report")
	wants(t, page.body, `value="missing" checked`)
	r.post("/zaak/zaak1/formulier/report", hiddenValues(page.body))
	if got := r.fake.forms[0].Posted; !got.Has("kinds") || got.Get("kinds") != "" || got.Has("place") {
		t.Errorf("sent %v", got)
	}
}

// Control of the idempotency key: the same page with the same words is one sending;
// other words, another page or another address are another.
func TestFormKey(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	key := func(path, page, text string) string {
		r.post(path, url.Values{"sleutel": {page}, "tekst_notitie": {text}})
		return r.fake.wanted[len(r.fake.wanted)-1].Key
	}
	first := key("/zaak/zaak1/notitie", "p1", "een")
	if key("/zaak/zaak1/notitie", "p1", "een") != first {
		t.Error("the same sending has two keys")
	}
	for _, other := range []string{key("/zaak/zaak1/notitie", "p1", "twee"), key("/zaak/zaak1/notitie", "p2", "een"), key("/zaak/zaak1/notitie", "", "een")} {
		if other == first {
			t.Error("another sending has the same key")
		}
	}
	if strings.Contains(first, "een") {
		t.Error("the key holds what was typed")
	}
}

// R-I-31, R-I-65, R-I-66: who judges what the case already knows sees it above the answers: as
// deep as on the case page, and what nobody knows as not known. Controls: a fact that is sealed
// for this reader, and the same form that names nothing.
func TestCaseFormShowsWhatIsKnown(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.view.Facts = []desk.FactGroup{{Form: "report", Facts: []desk.FactView{
		{ID: "active", Title: say("Actief in"), Value: say("Noord en Zuid"), Known: true},
		{ID: "names", Title: say("Namen"), Known: true, Sealed: true, Value: say("Mila Verzonnen")},
	}}}
	asked := ""
	show := func(beside ...string) string {
		form := *r.fake.p.Form("report")
		form.Sections = slices.Clone(form.Sections)
		form.Sections[0].Fields = slices.Clone(form.Sections[0].Fields)
		form.Sections[0].Fields[0].Beside = beside
		asked = form.Sections[0].Fields[0].ID
		r.fake.view.Forms = []*protocol.Form{&form}
		return r.get("/zaak/zaak1/formulier/report").body
	}
	page := show("active", "place", "names")
	wants(t, page, `id="bekend-`+asked+`"`, "bekend-"+asked+" ", "Actief in", "Noord en Zuid", "nog onbekend")
	lacks(t, page, "Mila Verzonnen", "Namen")
	lacks(t, show(), "bekend-", "Noord en Zuid")
}
