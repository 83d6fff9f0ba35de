// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"maps"
	"net/http"
	"net/url"

	"example.org/loket"
	"example.org/loket/protocol"
)

const (
	reportPath = "/melden"
	keyName    = "sleutel" // posted name of the key that makes sending idempotent
)

// reportPage is the report form with what stands around it.
type reportPage struct {
	*formView
	key     string
	clock   *clockView
	refused string // why the desk did not take it, when that is no answer's fault
	drafted bool   // the form was filled from a draft
}

// startPage answers GET /: what this is, and the three ways in.
func startPage(v *visit) error {
	return v.show(http.StatusOK, v.T("start.title"), startBody(v))
}

// publicReport is the form that anyone may send: the protocol's first one.
func (v *visit) publicReport() *protocol.Form { return v.protocol.PublicReport() }

// neededAnswers is how many questions of that form must be answered before it can be sent.
func (v *visit) neededAnswers() (n int) {
	form := v.publicReport()
	if form == nil {
		return 0
	}
	for _, s := range form.Sections {
		for _, f := range s.Fields {
			if f.Need == "required" && f.Show == "" {
				n++
			}
		}
	}
	return n
}

// showReportForm answers GET /melden with a fresh form, or with the draft of this browser.
func showReportForm(v *visit) error {
	draft := v.aside(draftCookie)
	page, err := v.reportPage(posted{Values: draft}, checkTyped)
	if err != nil {
		return err
	}
	page.drafted = !page.empty() && draft != nil
	if draft == nil && v.known && v.actor.Organisation != "" {
		page.Values.Set("organisation", v.actor.Organisation)
	}
	return v.showReport(http.StatusOK, page)
}

// reportPage reads the form and looks at it in every way the page shows.
func (v *visit) reportPage(in posted, check checking) (*reportPage, error) {
	form := v.publicReport()
	if form == nil {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	values := maps.Clone(in.Values)
	if values == nil {
		values = url.Values{}
	}
	page := &reportPage{formView: v.fill(form, values, nil, check), key: v.reportKey(values)}
	page.Folded = true
	v.addLooks(page.formView)
	if in.Cut != "" {
		v.addFault(page.formView, in.Cut, v.T("form.too_long"))
	}
	return page, nil
}

// reportKey is the key that came with a form, or a new one.
func (v *visit) reportKey(values url.Values) string {
	if key := values.Get(keyName); isKey(key) {
		return key
	}
	return v.rand.ID()
}

func (v *visit) showReport(status int, page *reportPage) error {
	v.nav = reportPath
	page.clock = v.runningClock(page.Form, v.cautiousFacts(page.formView))
	title := v.P(page.Form.Title)
	if len(page.Order) > 0 && status != http.StatusOK {
		title = v.T("form.fault_title", title)
	}
	return v.show(status, title, reportBody(v, page))
}

// redrawReport answers POST /melden/vragen: the same form, with the questions that the
// answers so far call for. Browsers without scripts use it.
func redrawReport(v *visit) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	page, err := v.reportPage(in, checkTyped)
	if err != nil {
		return err
	}
	v.saveDraft(in)
	return v.showReport(http.StatusOK, page)
}
