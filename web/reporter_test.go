// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

func enter(t *testing.T, r *rig) *browser {
	t.Helper()
	b := newBrowser(t, r)
	page := b.post("/mijn-melding", url.Values{"nummer": {"2026-0001"}, "code": {fakeCode}})
	if page.status != http.StatusSeeOther || strings.Contains(page.header.Get("Location"), fakeCode) {
		t.Fatalf("answered %d to %s", page.status, page.header.Get("Location"))
	}
	return b
}

// The reporter comes back: status, questions, what may be sent.
func TestReporterComesBack(t *testing.T) {
	t.Parallel()
	b := enter(t, newRig(t))
	page := b.get("/mijn-melding")
	wants(t, page.body, "2026-0001", "Het loket heeft een vraag aan u.", "Wie was erbij?", "/mijn-melding/formulier/supplement?vraag=q1", "Leeftijd", "Uw organisatie")
	lacks(t, title(page.body), "2026-0001")
	for _, value := range b.cookies {
		if strings.Contains(value, fakeCode) {
			t.Error("the code is in a cookie")
		}
	}
	b.follow(b.post("/mijn-melding/sluiten", nil))
	wants(t, b.get("/mijn-melding").body, `name="code"`)
}

// A wrong number and a wrong code answer alike; the code never comes back to the page.
func TestWrongCodeTellsNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	say := func(number, code string) string {
		page := newBrowser(t, r).post("/mijn-melding", url.Values{"nummer": {number}, "code": {code}})
		if page.status != http.StatusUnprocessableEntity {
			t.Errorf("answered %d", page.status)
		}
		lacks(t, page.body, code)
		return strings.ReplaceAll(page.body, number, "")
	}
	if say("2026-0001", "fout-fout-fout-fout") != say("2026-9999", fakeCode) {
		t.Error("the answers differ")
	}
}

// An expired visit asks for number and code again; nothing of the report is shown.
func TestVisitExpires(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := enter(t, r)
	r.desk.now = r.desk.now.Add(reporterKept + time.Minute)
	lacks(t, b.get("/mijn-melding").body, "2026-0001")
	page := b.follow(b.get("/mijn-melding/formulier/supplement"))
	wants(t, page.body, "Uw bezoek is verlopen", `name="code"`)
}

// R-R-139: an addition is sent once, with the second look, and its text survives refusal.
func TestFollowUp(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := enter(t, r)
	form := b.get("/mijn-melding/formulier/supplement?vraag=q1")
	wants(t, form.body, "Wie was erbij?", `name="addition"`)
	lacks(t, form.body, `name="kinds"`)
	values := with(hiddenValues(form.body), "addition", "Er waren twee medewerkers.")
	sent := b.follow(b.post("/mijn-melding/formulier/supplement", values))
	wants(t, sent.body, "Uw antwoord is verstuurd")
	if len(r.desk.forms) != 1 || r.desk.forms[0].Form != "supplement" || r.desk.forms[0].Key == "" {
		t.Errorf("sent %+v", r.desk.forms)
	}
	r.desk.refuse = loket.Refuse(loket.Conflict, "De zaak is net gesloten.", "x")
	refused := b.post("/mijn-melding/formulier/supplement", values)
	if refused.status != http.StatusConflict {
		t.Errorf("answered %d", refused.status)
	}
	wants(t, refused.body, "De zaak is net gesloten.", "Er waren twee medewerkers.")
	if got := b.get("/mijn-melding/formulier/report"); got.status != http.StatusNotFound {
		t.Errorf("a form that is not offered answers %d", got.status)
	}
}

// R-R-49, R-R-117, DT-13: advice answers with the rule and its source and stores nothing.
func TestAdviceStoresNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	lacks(t, b.get("/moet-ik-melden").body, "Moet u dit melden?")
	page := b.post("/moet-ik-melden", url.Values{"harm": {"yes"}, "unrest": {"none"}})
	wants(t, page.body, "Ja. Meld dit.", "minstens één criterium", "Ernstige schade wordt gemeld.", "§3, regel 10", "/melden")
	wants(t, b.post("/moet-ik-melden", url.Values{"harm": {"no"}, "unrest": {"none"}}).body, "Nee. U hoeft dit niet te melden.")
	if len(r.drafts.kept) != 0 || len(b.cookies) != 0 || len(r.desk.sent) != 0 {
		t.Error("advice left a trace")
	}
	wants(t, b.post("/moet-ik-melden", url.Values{"harm": {"yes"}}).body, "voorlopig", "Is er onrust?")
}

// An earlier answer is shown again; what was left empty takes nothing back, what was
// emptied does, and conditions rest on what was answered before.
func TestFollowUpKeepsEarlierAnswers(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.view = &desk.ReporterView{
		Number: "2026-0001", Protocol: r.desk.p, Forms: []*protocol.Form{r.desk.p.Form("report")},
		Facts:     protocol.Facts{"organisation": "Alfa", "kinds": []string{"violence"}, "description": "Eerste tekst"},
		Questions: []desk.ReporterQuestion{{ID: "q2", Fields: []*protocol.Field{field(t, r, "injured")}}},
	}
	b := enter(t, r)
	whole := b.get("/mijn-melding/formulier/report").body
	wants(t, whole, `value="Alfa"`, "Eerste tekst", `value="violence" checked`)
	short := b.get("/mijn-melding/formulier/report?vraag=q2").body
	wants(t, short, `name="injured"`)
	lacks(t, short, `name="description"`)
	v := testVisit(t, r)
	form := r.desk.p.Form("report")
	asked := onlyAsked(form, &r.desk.view.Questions[0])
	sent := v.complete(form, v.fill(asked, url.Values{"injured": {"yes"}}, r.desk.view.Facts, checkAll), r.desk.view.Facts)
	if facts, _ := r.desk.p.ReadAnswers(form, sent, v.now); facts["injured"] != true || facts["description"] != "Eerste tekst" {
		t.Errorf("answers %v", sent)
	}
	sent = v.complete(form, v.fill(form, url.Values{"description": {""}, "contact_name": {""}}, nil, checkAll), r.desk.view.Facts)
	if _, emptied := sent["description"]; !emptied {
		t.Error("an answer that was taken back is not sent")
	}
	if _, blank := sent["contact_name"]; blank {
		t.Error("an answer that nobody gave is sent as empty")
	}
}

func field(t *testing.T, r *rig, id string) *protocol.Field {
	t.Helper()
	for i := range r.desk.p.Form("report").Sections {
		for j := range r.desk.p.Form("report").Sections[i].Fields {
			if found := &r.desk.p.Form("report").Sections[i].Fields[j]; found.ID == id {
				return found
			}
		}
	}
	t.Fatal("no field " + id)
	return nil
}
