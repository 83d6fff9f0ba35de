// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// followPage is a form on an own report: an addition, an answer, somebody was found.
type followPage struct {
	*formView
	key      string
	question *desk.ReporterQuestion // the question it answers, if one
	send     url.Values             // what goes to the desk
	refused  string
}

// showFollowUp answers GET /mijn-melding/formulier/{form}.
func showFollowUp(v *visit, by loket.Actor) error {
	page, err := v.followPage(by, posted{}, checkNothing)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.P(page.Form.Title), followBody(v, page))
}

// redrawFollowUp answers POST /mijn-melding/formulier/{form}/vragen, for scripts and for
// the button that does the same without.
func redrawFollowUp(v *visit, by loket.Actor) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	page, err := v.followPage(by, in, checkTyped)
	if err != nil {
		return err
	}
	if v.wantsJSON() {
		state, err := v.state(page.formView)
		if err != nil {
			return err
		}
		return v.answerJSON(state)
	}
	return v.show(http.StatusOK, v.P(page.Form.Title), followBody(v, page))
}

// sendFollowUp answers POST /mijn-melding/formulier/{form}.
func sendFollowUp(v *visit, by loket.Actor) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	page, err := v.followPage(by, in, checkAll)
	if err != nil {
		return err
	}
	if len(page.Order) == 0 && !page.unseen() {
		if err = v.within(floodFollowUp); err == nil {
			_, err = v.service.SendForm(v.r.Context(), by, by.Case, desk.FormChange{Key: page.key, Form: v.r.PathValue("form"), Posted: page.send})
		}
		if err == nil {
			return v.toTop(reporterPath + "?verstuurd=1")
		}
		if loket.ErrorCode(err) == loket.NotFound {
			return err
		}
	}
	return v.followRefused(page, err)
}

// followRefused shows the form again; what was typed stays.
func (v *visit) followRefused(page *followPage, err error) error {
	status := http.StatusUnprocessableEntity
	if err != nil {
		v.logFailure(v.r, err)
		v.retryAfter(err)
		found, detail := v.explain(err)
		status = found.status
		if said, ok := errors.AsType[*loket.Error](err); ok && len(said.Fields) > 0 {
			v.addFaults(page.formView, said.Fields, checkAll)
		}
		if page.refused = detail; detail == "" && len(page.Order) == 0 {
			page.refused = v.T("error." + found.words + ".text")
		}
	}
	return v.show(status, v.T("form.fault_title", v.P(page.Form.Title)), followBody(v, page))
}

// followPage finds the form among those that may be sent now, and reads it. A fresh form
// shows what the reporter answered before, so that it can be completed and corrected.
func (v *visit) followPage(by loket.Actor, in posted, check checking) (*followPage, error) {
	view, err := v.service.ReporterCase(v.r.Context(), by)
	if err != nil {
		return nil, err
	}
	form := offered(view, v.r.PathValue("form"))
	if form == nil {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	question := questionOf(view, v.r.URL.Query().Get("vraag"))
	whole, form := form, onlyAsked(form, question)
	values := maps.Clone(in.Values)
	if values == nil {
		values = v.postedFrom(form, view.Facts)
	}
	page := &followPage{formView: v.fill(form, values, view.Facts, check), key: values.Get(keyName), question: question}
	if !isKey(page.key) {
		page.key = v.rand.ID()
	}
	page.Folded = len(form.Sections) > 2
	page.send = v.complete(whole, page.formView, view.Facts)
	v.addLooks(page.formView)
	if in.Cut != "" {
		v.addFault(page.formView, in.Cut, v.T("form.too_long"))
	}
	return page, nil
}

func offered(view *desk.ReporterView, id string) *protocol.Form {
	for _, form := range view.Forms {
		if form.ID == id {
			return form
		}
	}
	return nil
}

// onlyAsked leaves the questions that the desk asked, when the form has them.
func onlyAsked(form *protocol.Form, question *desk.ReporterQuestion) *protocol.Form {
	if question == nil || len(question.Fields) == 0 {
		return form
	}
	short := *form
	short.Sections = nil
	for _, section := range form.Sections {
		fields := section.Fields
		section.Fields = nil
		for _, field := range fields {
			if slices.ContainsFunc(question.Fields, func(asked *protocol.Field) bool { return asked.ID == field.ID }) {
				section.Fields = append(section.Fields, field)
			}
		}
		if len(section.Fields) > 0 {
			short.Sections = append(short.Sections, section)
		}
	}
	if len(short.Sections) == 0 {
		return form
	}
	return &short
}

// complete is what goes to the desk: the answers of the page, and for questions that the
// page did not show what was answered before, since conditions may rest on it. An empty
// answer is left out unless it takes back one that was known.
func (v *visit) complete(whole *protocol.Form, f *formView, known protocol.Facts) url.Values {
	send := v.postedFrom(whole, known)
	for field := range f.fields() {
		for _, name := range postedNames(field) {
			delete(send, name)
			answer, given := f.Values[name]
			if given && (f.Values.Get(name) != "" || known[field.ID] != nil) {
				send[name] = answer
			}
		}
	}
	return send
}

// followPath is the address of a form on the own report, with the question it answers.
func (v *visit) followPath(page *followPage) string {
	return reporterPath + "/formulier/" + url.PathEscape(page.Form.ID)
}

// followQuery keeps the question in the address of the form.
func followQuery(page *followPage) string {
	if page.question == nil {
		return ""
	}
	return "?vraag=" + url.QueryEscape(page.question.ID)
}

func questionOf(view *desk.ReporterView, id string) *desk.ReporterQuestion {
	for i := range view.Questions {
		if question := &view.Questions[i]; id != "" && question.ID == id && !question.Done {
			return question
		}
	}
	return nil
}

// answerForm finds the form that answers a question: the one that asks most of its
// fields; for a question in words the one that takes additions.
func answerForm(view *desk.ReporterView, question desk.ReporterQuestion) *protocol.Form {
	var best *protocol.Form
	most := -1
	for _, form := range view.Forms {
		if found := asks(form, question); found > most {
			best, most = form, found
		}
	}
	return best
}

// asks counts the fields of a question that a form asks. Among equals the form that
// asks more in all is the one for additions.
func asks(form *protocol.Form, question desk.ReporterQuestion) int {
	found, all := 0, 0
	for _, section := range form.Sections {
		all += len(section.Fields)
		for _, field := range section.Fields {
			for _, asked := range question.Fields {
				if field.ID == asked.ID {
					found++
				}
			}
		}
	}
	return found*1000 + min(all, 999)
}
