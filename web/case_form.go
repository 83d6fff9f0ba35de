// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// caseFormPage is a form of the protocol on an existing case: facts that the desk adds, a
// follow-up taken by phone, or one row of a repeated form.
type caseFormPage struct {
	*sheet
	*formView
	view  *desk.CaseView
	row   string
	step  *desk.Proposal // from which it was opened; nil: for itself
	known protocol.Facts // what the form starts with
}

// showCaseForm answers GET /zaak/{case}/formulier/{form}?rij=….
func showCaseForm(v *visit) error {
	p, err := loadCaseForm(v, v.r.URL.Query().Get("rij"))
	if err != nil {
		return err
	}
	p.fillWith(p.postedFrom(p.Form, p.opening()), checkNothing)
	return p.answer(http.StatusOK)
}

// sendCaseForm answers POST on the same address.
func sendCaseForm(v *visit) error {
	err := v.form()
	if v.r.PostForm == nil {
		return err
	}
	p, again := loadCaseForm(v, v.text("rij"))
	if again != nil {
		return again
	}
	p.fillWith(v.r.PostForm, checkTyped)
	if v.text("doe") == "bijwerken" {
		return p.answer(http.StatusOK)
	}
	if err == nil {
		_, err = v.service.SendForm(v.r.Context(), v.actor, p.id, desk.FormChange{
			Key: v.formKey(), Expect: v.expect(), Form: p.Form.ID, Row: p.row, Reason: v.text("tekst_reden"), Posted: p.answers(),
		})
	}
	if err != nil {
		return p.back(err)
	}
	return v.to(p.at() + "?gedaan=form#" + p.landing())
}

// caseFormState answers POST …/vragen, for the script of the page: which questions the
// answers so far call for. It stores nothing.
func caseFormState(v *visit) error {
	if err := v.form(); v.r.PostForm == nil {
		return err
	}
	p, err := loadCaseForm(v, v.text("rij"))
	if err != nil {
		return err
	}
	p.fillWith(v.r.PostForm, checkTyped)
	state, err := v.state(p.formView)
	if err != nil {
		return err
	}
	return v.answerJSON(state)
}

// removeRow answers POST /zaak/{case}/formulier/{form}/verwijderen.
func removeRow(v *visit) error {
	err := v.form()
	if err == nil && v.text("tekst_reden") == "" {
		err = needReason()
	}
	if err == nil {
		_, err = v.service.SendForm(v.r.Context(), v.actor, v.caseID(), desk.FormChange{
			Key: v.formKey(), Expect: v.expect(), Form: v.r.PathValue("form"), Row: v.text("rij"), Remove: true, Reason: v.text("tekst_reden"),
		})
	}
	if err != nil {
		return v.backToCase(err)
	}
	return v.to(casePath(v.caseID()) + "?gedaan=row_removed#lijsten")
}

// mayChange: something was answered before, so that sending may change it and needs a
// reason; or the desk said so just now.
func (p *caseFormPage) mayChange() bool {
	if p.row != "" || p.refused("formulier") {
		return true
	}
	for _, group := range p.view.Facts {
		for i := range group.Facts {
			if fact := &group.Facts[i]; (fact.Known || fact.Erased != nil) && p.asks(fact.ID) {
				return true
			}
		}
	}
	return false
}

// asks tells whether the form has a question for this fact.
func (p *caseFormPage) asks(id string) bool {
	for field := range p.fields() {
		if field.ID == id {
			return true
		}
	}
	return false
}

var errNoForm = loket.Refuse(loket.NotFound, "", "")

// loadCaseForm finds the form among those that this reader may fill on this case.
func loadCaseForm(v *visit, row string) (*caseFormPage, error) {
	c, err := loadCase(v)
	if err != nil {
		return nil, err
	}
	for _, form := range c.view.Forms {
		if form.ID == v.r.PathValue("form") {
			p := &caseFormPage{sheet: c.sheet, formView: &formView{Form: form}, view: c.view, row: row, step: stepOf(v, c.view, form.ID)}
			p.known = p.startingWith()
			return p, nil
		}
	}
	return nil, errNoForm
}

// stepOf is the step from which this form was opened, while it is still to be done.
func stepOf(v *visit, view *desk.CaseView, form string) *desk.Proposal {
	key := cmp.Or(v.r.URL.Query().Get("stap"), v.text("stap"))
	for i := range view.Proposals {
		if todo := &view.Proposals[i]; todo.Key == key && key != "" && todo.Target == form {
			return todo
		}
	}
	return nil
}

// startingWith are the facts that the form shows: those of its row, or of the case.
func (p *caseFormPage) startingWith() protocol.Facts {
	if p.Form.Use != "rows" {
		return p.view.Answers
	}
	for _, list := range p.view.Rows {
		for _, row := range list.Rows {
			if list.Form.ID == p.Form.ID && row.ID == p.row {
				return row.Answers
			}
		}
	}
	return nil
}

// opening is what a form is shown with when it opens: what is known, and where nothing was
// answered what the step says. Until it is sent that is a proposal like any typed word.
func (p *caseFormPage) opening() protocol.Facts {
	if p.step == nil || len(p.step.With) == 0 {
		return p.known
	}
	facts := protocol.Facts{}
	for id, value := range p.step.With {
		if !p.answered(id) {
			facts[id] = value
		}
	}
	maps.Copy(facts, p.known)
	return facts
}

// answered tells whether a question has an answer, also one that this reader does not see.
func (p *caseFormPage) answered(id string) bool {
	groups := p.view.Facts
	if p.Form.Use == "rows" {
		groups = []desk.FactGroup{{Facts: p.rowFacts()}}
	}
	for _, group := range groups {
		for i := range group.Facts {
			if fact := &group.Facts[i]; fact.ID == id && (fact.Known || fact.Erased != nil) {
				return true
			}
		}
	}
	return false
}

func (p *caseFormPage) rowFacts() []desk.FactView {
	for _, list := range p.view.Rows {
		for i := range list.Rows {
			if list.Form.ID == p.Form.ID && list.Rows[i].ID == p.row {
				return list.Rows[i].Facts
			}
		}
	}
	return nil
}

func (p *caseFormPage) fillWith(values url.Values, check checking) {
	p.formView = p.fill(p.Form, values, p.view.Known, check)
	p.Beside = p.beside()
	p.Sought = p.asked()
	preset := 0 // what the step filled in must be in sight
	if p.step != nil {
		p.Sought, preset = p.step.Lacks, len(p.step.With)
	}
	p.Folded = len(p.Sought) > 0 && preset == 0 && len(p.Form.Sections) > 2
}

// beside is what the case knows beside the questions of this form (`beside`): what this reader
// sees on the case page too, and no more. What is sealed or was destroyed is left out.
func (p *caseFormPage) beside() map[string][]desk.FactView {
	out := map[string][]desk.FactView{}
	for field := range p.fields() {
		for _, id := range field.Beside {
			if fact := p.factOf(id); !fact.Sealed && fact.Erased == nil {
				out[field.ID] = append(out[field.ID], fact)
			}
		}
	}
	return out
}

// factOf is a fact as the case page shows it; one that the page leaves out is not known.
func (p *caseFormPage) factOf(id string) desk.FactView {
	for _, group := range p.view.Facts {
		for i := range group.Facts {
			if group.Facts[i].ID == id {
				return group.Facts[i]
			}
		}
	}
	fact := desk.FactView{ID: id}
	if asked := p.protocol.Fact(id); asked != nil {
		fact.Title = asked.Title
	}
	return fact
}

// soughtName is the name under which an address says which questions a form was opened for.
const soughtName = "vraag"

// asked are the questions of this form that its address asks for.
func (p *caseFormPage) asked() (ids []string) {
	given := p.r.URL.Query()[soughtName]
	if p.r.PostForm != nil {
		given = p.r.PostForm[soughtName]
	}
	for _, id := range given {
		if p.asks(id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// answers are the posted answers without empty boxes that stood empty before: those say
// nothing, and must not wipe out a sealed fact that the form could not show.
func (p *caseFormPage) answers() url.Values {
	started := p.postedFrom(p.Form, p.known)
	said := url.Values{}
	for name, values := range p.r.PostForm {
		if started.Has(name) || sentence("", values...) != "" {
			said[name] = values
		}
	}
	for field := range p.fields() {
		if field.Type == protocol.TypeChoices && p.Shown[field.ID] && started.Has(field.ID) && !p.r.PostForm.Has(field.ID) {
			said[field.ID] = []string{""} // the last tick was taken away: browsers then send nothing
		}
	}
	return said
}

// back shows the form again with everything that was typed.
func (p *caseFormPage) back(err error) error {
	refused := refusal(err)
	if refused == nil {
		return err
	}
	p.fillWith(p.r.PostForm, checkAll)
	p.keep(refused)
	if len(p.Order) > 0 {
		p.kept.err = nil // the summary of the form says it, answer by answer
	}
	return p.answer(statuses[refused.Code].status)
}

func (p *caseFormPage) answer(status int) error {
	p.nav = "/werklijst"
	return p.show(status, p.P(p.Form.Title), p.page())
}

// landing is the part of the case page where the work goes on: the next step for whoever came
// from one, or else what the form filled.
func (p *caseFormPage) landing() string {
	if p.step != nil {
		return partNow
	}
	if p.Form.Use == "rows" {
		return htmlID("lijst", p.Form.ID)
	}
	return "feiten"
}

// depends tells whether some question waits for the answer to another; without
// JavaScript a button then shows it.
func depends(form *protocol.Form) bool {
	for i := range form.Sections {
		for j := range form.Sections[i].Fields {
			if form.Sections[i].Fields[j].Show != "" {
				return true
			}
		}
	}
	return false
}

// news is what colleagues did on the case since the form was opened.
func (p *caseFormPage) news() []desk.Moment {
	return (&casePage{sheet: p.sheet, view: p.view}).since()
}
