// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"time"

	"example.org/loket"
)

// Each form of the case page asks the desk for exactly one thing.
// R-R-16 R-R-20 R-R-62 R-R-63 R-R-74 R-R-76 R-I-04 R-I-05 DT-22 DT-24
func TestChangesOfACase(t *testing.T) {
	t.Parallel()
	nine := time.Date(2026, 3, 29, 7, 0, 0, 0, time.UTC)
	for path, c := range map[string]struct {
		form url.Values
		want loket.Payload
	}{
		"besluit":             {url.Values{"onderwerp": {"class"}, "uitkomst_class_is": {"incident"}, "uitkomst_legal": {"nee"}, "uitkomst_who": {"a", "b"}, "uitkomst_days": {"4"}, "tekst_motivering": {"Bleek minder erg"}}, loket.Decided{Subject: "class", Outputs: map[string]any{"class_is": "incident", "legal": false, "who": []string{"b", "a"}, "days": int64(4)}, Motivation: "Bleek minder erg"}},
		"anders":              {url.Values{"stap": {"call"}, "rij": {"r1"}, "hoe": {"later"}, "tot_dag": {"2026-03-29"}, "tot_tijd": {"09:00"}, "tekst_motivering": {"Slaapt nu"}}, loket.StepSkipped{Step: "call", Row: "r1", How: "later", Until: nine, Motivation: "Slaapt nu"}},
		"stap":                {url.Values{"stap": {"call"}, "rij": {"r1"}, "tekst_toelichting": {"Gebeld"}}, loket.StepDone{Step: "call", Row: "r1", Note: "Gebeld"}},
		"plicht":              {url.Values{"plicht": {"igj"}, "stand": {"done"}, "gedaan_dag": {"2026-03-29"}, "gedaan_tijd": {"09:00"}, "kenmerk": {"IGJ-1"}}, loket.DutyRecorded{Duty: "igj", State: "done", DoneAt: nine, Reference: "IGJ-1"}},
		"behandelaar":         {url.Values{"persoon": {"samira"}}, loket.CaseAssigned{To: "samira"}},
		"antwoord":            {url.Values{"vraag": {"q1"}, "tekst_antwoord": {"De nachtdienst"}}, loket.Answered{Question: "q1", Note: "De nachtdienst"}},
		"ontkoppelen":         {url.Values{"koppeling": {"l1"}, "andere": {"zaak3"}, "tekst_motivering": {"Toch niet"}}, loket.Unlinked{Link: "l1", Other: "zaak3", Reason: "Toch niet"}},
		"sluiten":             {url.Values{"fase": {"one"}, "tekst_check_told": {"Wist het al"}, "tekst_check_class": {" "}}, loket.PhaseClosed{Phase: "one", Motivations: map[string]string{"told": "Wist het al"}}},
		"sluiten-voorstellen": {url.Values{"fase": {"one"}, "tekst_check_told": {"Wist het al"}}, loket.CloseProposed{Phase: "one", Motivations: map[string]string{"told": "Wist het al"}}},
		"heropenen":           {url.Values{"fase": {"one"}, "tekst_reden": {"Nieuwe feiten"}}, loket.Reopened{Phase: "one", Reason: "Nieuwe feiten"}},
		"beeindigen":          {url.Values{"als": {"test"}, "tekst_reden": {"Proef"}}, loket.CaseEnded{As: "test", Reason: "Proef"}},
		"notitie":             {url.Values{"soort": {"note"}, "tekst_notitie": {"Let op"}}, loket.Noted{Kind: "note", Text: "Let op"}},
		"verteld":             {url.Values{"persoon": {"wethouder"}, "product": {"dat@1"}, "kanaal": {"phone"}, "moment_dag": {"2026-03-29"}, "moment_tijd": {"09:00"}}, loket.Told{Recipient: loket.Recipient{ID: "wethouder", Name: "Wethouder Verzonnen", Role: "executive", Email: "wethouder@example.org"}, Product: "dat", Version: 1, Channel: "phone", ToldAt: nine}},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			r := newDeskRig(t)
			c.form.Set("versie", "7")
			got := r.post("/zaak/zaak1/"+path, c.form)
			if got.status != http.StatusSeeOther {
				t.Fatalf("status %d: %s", got.status, title(got.body))
			}
			wants(t, r.follow(got).body, `role="status"`)
			if !reflect.DeepEqual(r.last(), c.want) || r.fake.wanted[0].Expect != 7 {
				t.Errorf("wanted %#v at version %d, not %#v", r.last(), r.fake.wanted[0].Expect, c.want)
			}
		})
	}
}

// Changes that carry an identifier made here.
func TestChangesWithIdentifiers(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.post("/zaak/zaak1/vraag", url.Values{"veld": {"age"}, "tekst_vraag": {"Hoe laat?"}})
	if got := r.last().(loket.Asked); got.Question == "" || got.To != "reporter" || got.Fields[0] != "age" || got.Text != "Hoe laat?" {
		t.Errorf("asked %+v", got)
	}
	r.post("/zaak/zaak1/taak", url.Values{"tekst_taak": {"Bel de school"}, "rol": {"officer"}})
	if got := r.last().(loket.StepAdded); got.Title != "Bel de school" || len(got.Step) < 8 {
		t.Errorf("added %+v", got)
	}
	r.post("/zaak/zaak1/koppelen", url.Values{"andere": {"zaak2"}, "nummer": {"2026-0048"}, "oordeel": {"same_report"}, "leidend": {"ja"}})
	if got := r.last().(loket.Linked); got.Link == "" || got.Other != "zaak2" || !got.Leads {
		t.Errorf("linked %+v", got)
	}
	r.post("/zaak/zaak1/verteld", url.Values{"tekst_naam": {"De rector"}, "kanaal": {"spoken"}, "moment_dag": {"2026-03-29"}})
	if got := r.last().(loket.Told); got.Recipient.Name != "De rector" || got.Recipient.ID == "" {
		t.Errorf("told %+v", got)
	}
}

// What cannot be taken comes back with everything that was typed, and nothing happens.
func TestRefusedChangesKeepTheText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path string
		form url.Values
		says string
	}{
		"no reason":         {"anders", url.Values{"formulier": {"anders-call/r1"}, "hoe": {"not"}, "stap": {"call"}}, "Schrijf waarom"},
		"no choice":         {"anders", url.Values{"formulier": {"anders-call/r1"}, "tekst_motivering": {"Mijn tekst"}}, "Kies wat u in plaats daarvan doet"},
		"no such hour":      {"anders", url.Values{"formulier": {"anders-call/r1"}, "hoe": {"later"}, "tot_dag": {"2026-03-29"}, "tot_tijd": {"02:30"}, "tekst_motivering": {"Mijn tekst"}}, "Deze tijd bestaat niet"},
		"wrong day":         {"plicht", url.Values{"formulier": {"plicht-igj"}, "plicht": {"igj"}, "stand": {"done"}, "gedaan_dag": {"gisteren"}, "tekst_toelichting": {"Mijn tekst"}}, "Deze dag of tijd klopt niet"},
		"unknown state":     {"plicht", url.Values{"formulier": {"plicht-igj"}, "stand": {"x"}, "tekst_toelichting": {"Mijn tekst"}}, "Kies wat u over deze plicht weet"},
		"not needed, why":   {"plicht", url.Values{"formulier": {"plicht-igj"}, "stand": {"not_applicable"}}, "Schrijf waarom"},
		"nothing asked":     {"vraag", url.Values{"formulier": {"vraag"}}, "Kies wat u wilt weten"},
		"no verdict":        {"koppelen", url.Values{"formulier": {"koppel-zaak2"}, "tekst_motivering": {"Mijn tekst"}}, "Kies hoe deze twee zaken"},
		"unlink, why":       {"ontkoppelen", url.Values{"formulier": {"ontkoppel-l1"}}, "Schrijf waarom"},
		"reopen, why":       {"heropenen", url.Values{"formulier": {"heropenen"}}, "Schrijf waarom"},
		"end as what":       {"beeindigen", url.Values{"formulier": {"beeindigen"}, "tekst_reden": {"Mijn tekst"}}, "Kies wat deze zaak is"},
		"empty note":        {"notitie", url.Values{"formulier": {"notitie"}}, "De notitie is nog leeg"},
		"empty task":        {"taak", url.Values{"formulier": {"taak"}}, "Schrijf in een paar woorden"},
		"told nobody":       {"verteld", url.Values{"formulier": {"verteld"}, "kanaal": {"phone"}, "moment_dag": {"2026-03-29"}, "tekst_toelichting": {"Mijn tekst"}}, "Kies aan wie u het vertelde"},
		"told never":        {"verteld", url.Values{"formulier": {"verteld"}, "kanaal": {"phone"}}, "Schrijf wanneer"},
		"unknown outcome":   {"besluit", url.Values{"formulier": {"besluit-class"}, "onderwerp": {"class"}, "uitkomst_class_is": {"nonsense"}, "tekst_motivering": {"Mijn tekst"}}, "een van de antwoorden"},
		"not a number":      {"besluit", url.Values{"formulier": {"besluit-class"}, "onderwerp": {"class"}, "uitkomst_days": {"veel"}, "tekst_motivering": {"Mijn tekst"}}, "een van de antwoorden"},
		"unknown subject":   {"besluit", url.Values{"formulier": {"besluit-class"}, "onderwerp": {"weather"}, "tekst_motivering": {"Mijn tekst"}}, "niets te besluiten"},
		"answer is nothing": {"antwoord", url.Values{"formulier": {"antwoord-q1"}, "vraag": {"q1"}}, "Schrijf wat het antwoord was"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newDeskRig(t)
			got := r.post("/zaak/zaak1/"+c.path, c.form)
			if got.status != http.StatusUnprocessableEntity || len(r.fake.wanted) > 0 {
				t.Fatalf("status %d, asked %d times", got.status, len(r.fake.wanted))
			}
			wants(t, got.body, c.says, `role="alert"`)
			for name := range c.form {
				if c.form.Get(name) == "Mijn tekst" {
					wants(t, got.body, "Mijn tekst</textarea>")
				}
			}
		})
	}
}

// R-I-05: a deviation without a reason is refused, and the choice and the words stay.
func TestDeviationNeedsAReason(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.refusal = loket.Refuse(loket.Motivation, "Schrijf op waarom.", "Write down why.")
	got := r.post("/zaak/zaak1/besluit", url.Values{"formulier": {"besluit-class"}, "onderwerp": {"class"}, "uitkomst_class_is": {"incident"}})
	if got.status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", got.status)
	}
	wants(t, got.body, "Schrijf op waarom.", `id="f-besluit-class" open`, `value="incident" checked`, `aria-invalid="true"`)
	lacks(t, got.body, `value="calamity" checked`)
	wants(t, r.get("/zaak/zaak1?toon=besluit-class").body, `value="calamity" checked`) // control: the proposal stands ticked
}

// The button that confirms sends exactly the proposal, whatever the order of a list.
func TestConfirmSendsTheProposal(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	wants(t, r.get("/zaak/zaak1").body, `name="uitkomst_class_is" value="calamity"`, `name="uitkomst_legal" value="ja"`, `name="uitkomst_days" value="3"`)
	r.post("/zaak/zaak1/besluit", url.Values{"onderwerp": {"class"}, "uitkomst_class_is": {"calamity"}, "uitkomst_legal": {"ja"}, "uitkomst_who": {"a", "b"}, "uitkomst_days": {"3"}})
	if got := r.last().(loket.Decided); !reflect.DeepEqual(got.Outputs, map[string]any(r.fake.view.Tables[0].Outputs)) {
		t.Errorf("sent %v", got.Outputs)
	}
	r.post("/zaak/zaak1/besluit", url.Values{"onderwerp": {"criteria"}, "voldaan": {"2", "nonsense", "1"}})
	if got := r.last().(loket.Decided); !reflect.DeepEqual(got.Met, []string{"1", "2"}) {
		t.Errorf("met %v", got.Met)
	}
}

// R06: somebody else was first. The page shows what changed and keeps the words, even
// when the form itself is gone.
func TestConflictShowsWhatChanged(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.refusal = loket.Refuse(loket.Conflict, "Iemand anders heeft deze zaak net gewijzigd.", "")
	got := r.post("/zaak/zaak1/stap", url.Values{"formulier": {"gedaan-verdwenen"}, "stap": {"verdwenen"}, "tekst_toelichting": {"Ik belde om negen"}, "moment": {"2026-03-29T08:50:00Z"}})
	if got.status != http.StatusConflict {
		t.Fatalf("status %d", got.status)
	}
	wants(t, got.body, "Iemand anders heeft deze zaak net gewijzigd.", "Joost sloot de vraag", "Ik belde om negen")
	later := r.post("/zaak/zaak1/stap", url.Values{"formulier": {"gedaan-verdwenen"}, "stap": {"verdwenen"}, "moment": {"2026-03-29T09:50:00Z"}})
	lacks(t, later.body, "Dit gebeurde in de tussentijd") // control: nothing happened after this page was made
}

// Each check of the phase that is not yes asks for a reason by name (DT-24).
func TestClosingNamesTheOpenChecks(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	refused := loket.Refuse(loket.Motivation, "Nog niet alles is gedaan.", "")
	refused.Fields = append(refused.Fields, faultOn("told"))
	r.fake.refusal = refused
	got := r.post("/zaak/zaak1/sluiten", url.Values{"formulier": {"sluiten"}, "fase": {"one"}})
	wants(t, got.body, "Nog niet alles is gedaan.", "Licht het bestuur in.", `id="sluiten-tekst_check_told" name="tekst_check_told" rows="3" aria-describedby="sluiten-tekst_check_told-uitleg sluiten-tekst_check_told-fout" aria-invalid="true"`)
}
