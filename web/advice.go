// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

const advicePath = "/moet-ik-melden"

// advicePage is "Moet ik dit melden?": questions, and what the protocol says of the
// answers. Nothing of it is stored anywhere.
type advicePage struct {
	*formView
	advice  *desk.Advice // nil: nothing answered yet
	refused string       // why there is no answer now
}

// adviceForm is the protocol's form for advice to anyone; nil when it has none.
func (v *visit) adviceForm() *protocol.Form {
	for i := range v.protocol.Forms {
		if form := &v.protocol.Forms[i]; form.Use == "advice" && len(form.By) == 0 {
			return form
		}
	}
	return nil
}

// showAdviceForm answers GET /moet-ik-melden.
func showAdviceForm(v *visit) error {
	form := v.adviceForm()
	if form == nil {
		return loket.Refuse(loket.NotFound, "", "")
	}
	v.nav = advicePath
	page := &advicePage{formView: v.fill(form, url.Values{}, nil, checkNothing)}
	page.Marked = false
	return v.show(http.StatusOK, v.P(form.Title), adviceBody(v, page))
}

// giveAdvice answers POST /moet-ik-melden: the same questions with an answer above them.
func giveAdvice(v *visit) error {
	form := v.adviceForm()
	if form == nil {
		return loket.Refuse(loket.NotFound, "", "")
	}
	in, err := v.posted()
	if err != nil {
		return err
	}
	page := &advicePage{formView: v.fill(form, in.Values, nil, checkTyped)}
	page.Marked, page.Sent = false, true // nothing is needed; faults are summed up
	if in.Cut != "" {
		v.addFault(page.formView, in.Cut, v.T("form.too_long"))
	}
	v.nav = advicePath
	if err := v.within(floodAdvice); err != nil {
		page.refused = v.floodWords(err)
		v.retryAfter(err)
		return v.show(http.StatusTooManyRequests, v.P(form.Title), adviceBody(v, page))
	}
	if page.advice, err = v.service.Advise(v.r.Context(), v.tenant, in.Values); err != nil {
		return err
	}
	status := http.StatusOK
	if len(page.Order) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return v.show(status, v.P(form.Title), adviceBody(v, page))
}

// adviceState answers POST /moet-ik-melden/vragen, for the script of the page.
func adviceState(v *visit) error {
	form := v.adviceForm()
	if form == nil {
		return loket.Refuse(loket.NotFound, "", "")
	}
	in, err := v.posted()
	if err != nil {
		return err
	}
	state, err := v.state(v.fill(form, in.Values, nil, checkTyped))
	if err != nil {
		return err
	}
	return v.answerJSON(state)
}

// met lists the criteria of a list that are met, and those that may be.
func (page *advicePage) met(list protocol.CriteriaFinding, verdict protocol.Verdict) []protocol.CriterionFinding {
	var found []protocol.CriterionFinding
	for _, item := range list.Items {
		if item.Verdict == verdict {
			found = append(found, item)
		}
	}
	return found
}

// headline is the table that answers the question itself; the others explain it.
func (page *advicePage) headline() *protocol.TableFinding {
	for i := range page.advice.Tables {
		if page.advice.Tables[i].Arises != protocol.False {
			return &page.advice.Tables[i]
		}
	}
	return nil
}

// others are the tables after the headline that arise and say something.
func (page *advicePage) others() []protocol.TableFinding {
	var found []protocol.TableFinding
	first := page.headline()
	for i := range page.advice.Tables {
		table := &page.advice.Tables[i]
		if table != first && table.Arises == protocol.True && table.Words.NL != "" {
			found = append(found, *table)
		}
	}
	return found
}

// duties are those that somebody has, or may have.
func (page *advicePage) duties() []protocol.DutyFinding {
	var found []protocol.DutyFinding
	for _, duty := range page.advice.Duties {
		if duty.Must == "yes" || duty.Must == "consult" {
			found = append(found, duty)
		}
	}
	return found
}
