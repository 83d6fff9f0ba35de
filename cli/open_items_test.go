// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// R-I-94, R-I-95, DT-24: a stop names the questions that it waits for and leads to them: at the
// text that they stop and at the closing that waits for the text. The form opens at those
// questions. Control: a question that has an answer is named nowhere.
func TestStopNamesTheOpenQuestions(t *testing.T) {
	t.Parallel()
	p, err := readProtocol("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	h := openHalves(t, p)
	h.fills("sara", "evaluation", url.Values{"eval_unique": {"yes"}, "eval_misjudged": {"no"}, "eval_handled": {"yes"}, "eval_lessons": {"Bel eerder."}, "eval_contract": {"no"}})
	const form = "/formulier/evaluation?vraag=eval_system&amp;vraag=eval_contact#v-"
	page := h.must(h.person("sara", north).Get(h.at("/product/evaluation_report"))).Body
	for _, want := range []string{"Nog open:", h.at(form + "eval_system"), h.at(form + "eval_contact"), "3. Was er sprake van systeemfouten?", "7. Hoe verliep"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the report does not say %s", want)
		}
	}
	if strings.Contains(page, "v-eval_unique") {
		t.Error("control: a question with an answer is called open")
	}
	asked := h.must(h.person("sara", north).Get(h.at("/formulier/evaluation?vraag=eval_system&vraag=eval_contact&vraag=onbekend"))).Body
	if !strings.Contains(asked, "Er ontbreken nog 2 antwoorden") || strings.Count(asked, `name="vraag"`) != 2 {
		t.Error("the form does not open at the two questions")
	}
	named := func(list string) (ids []string) {
		for _, item := range h.knows().Waits[list] {
			ids = append(ids, item.Kind+" "+item.ID)
		}
		return ids
	}
	if got := named("aftermath_done/evaluated"); !slices.Equal(got, []string{"product evaluation_report", "question eval_system", "question eval_contact"}) {
		t.Errorf("closing Phase 2 waits for %v", got)
	}
	if got := named("handling_done/class"); !slices.Equal(got, []string{"decide escalation"}) {
		t.Errorf("closing waits for %v", got)
	}
	if got := named("handling_done/report"); !slices.Contains(got, "question igj_report_state") {
		t.Errorf("the report of the inspectorate is asked by %v", got)
	}
	// who may not fill the form in reads what is open, without a link
	v, err := h.desk.Case(t.Context(), loket.Actor{ID: "raalte", Role: "access_lead", Roles: []string{"access_lead"}, Tenant: north, Organisation: "Raalte"}, loket.CaseID(h.id))
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(v.Waits["aftermath_done/evaluated"], func(i desk.OpenItem) bool { return i.Form != "" }) {
		t.Error("a link to a form that the reader may not fill in")
	}
	h.fills("sara", "evaluation", url.Values{"eval_system": {"no"}, "eval_contact": {"Goed."}, "tekst_reden": {"aanvulling"}})
	if page := h.must(h.person("sara", north).Get(h.at("/product/evaluation_report"))).Body; strings.Contains(page, "Nog open:") {
		t.Error("all seven are answered and the stop still names some")
	}
	if got := named("aftermath_done/evaluated"); !slices.Equal(got, []string{"product evaluation_report"}) {
		t.Errorf("closing waits for %v", got)
	}
}

// R-R-62, R-I-94: a stop that waits for a text says that it is shut for exactly those who cannot
// open it, and links it for the others. Control: both kinds of reader are there.
func TestStopSaysWhichTextsAreShut(t *testing.T) {
	t.Parallel()
	p, err := readProtocol("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	p.Product("evaluation_report").Level = "V4" // deeper than some who come to the case may open
	h, seen := openHalves(t, p), map[bool]int{}
	for _, role := range p.Roles {
		a := loket.Actor{ID: "p-" + role.ID, Role: role.ID, Roles: []string{role.ID}, Tenant: north, Organisation: "Raalte"}
		v, err := h.desk.Case(t.Context(), a, loket.CaseID(h.id))
		if err != nil {
			continue // who does not come to the case reads no stop
		}
		for list, items := range v.Waits {
			for _, item := range items {
				if item.Kind != "product" {
					continue
				}
				_, refused := h.desk.Product(t.Context(), a, loket.CaseID(h.id), item.ID, "", 0)
				seen[item.Shut]++
				if item.Shut != (loket.ErrorCode(refused) == loket.NotFound) {
					t.Errorf("%s reads at %s that %s is shut: %v, and opening it gives %v", role.ID, list, item.ID, item.Shut, refused)
				}
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("control: shut for %d, open for %d", seen[true], seen[false])
	}
}
