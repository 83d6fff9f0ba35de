// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

const reporterPath = "/mijn-melding"

// codeEntry is the form that asks for number and return code. The code itself never goes
// back to the page.
type codeEntry struct {
	Number string
	Fault  string
}

// reporterHome answers GET /mijn-melding: the own report, or the way in.
func reporterHome(v *visit) error {
	v.nav = reporterPath
	by, ok := v.reporter()
	if !ok {
		return v.show(http.StatusOK, v.T("reporter.enter_title"), codeEntryBody(v, codeEntry{}))
	}
	view, err := v.service.ReporterCase(v.r.Context(), by)
	if err != nil {
		return v.reporterLost(err)
	}
	return v.show(http.StatusOK, v.T("reporter.title"), reporterBody(v, view))
}

// enterReporter answers POST /mijn-melding with number and code.
func enterReporter(v *visit) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	entry := codeEntry{Number: in.Get("nummer")}
	if err := v.within(floodCode); err != nil {
		return v.refuseEntry(entry, err)
	}
	by, err := v.service.Reporter(v.r.Context(), v.tenant, entry.Number, in.Get("code"))
	switch loket.ErrorCode(err) {
	case "":
	case loket.Invalid, loket.NotFound, loket.Forbidden:
		return v.refuseEntry(entry, err)
	default:
		return err
	}
	v.flood.giveBack(floodCode, v.source(v.r), allowances[floodCode])
	if err := v.keepReporter(by); err != nil {
		return unavailable(err)
	}
	return v.toTop(reporterPath)
}

// refuseEntry answers alike for a wrong number, a wrong code and an expired one.
func (v *visit) refuseEntry(entry codeEntry, err error) error {
	v.nav = reporterPath
	entry.Fault = v.T("reporter.wrong")
	found, detail := v.explain(err)
	if detail != "" {
		entry.Fault = detail
	}
	status := http.StatusUnprocessableEntity
	if found.status == http.StatusTooManyRequests {
		status = found.status
		v.retryAfter(err)
	}
	return v.show(status, v.T("form.fault_title", v.T("reporter.enter_title")), codeEntryBody(v, entry))
}

// leaveReporter answers POST /mijn-melding/sluiten.
func leaveReporter(v *visit) error {
	v.clearAside(reporterCookie)
	v.forgetPages()
	return v.to("/")
}

// reporter is who came in with number and code; every page they open keeps the visit alive.
func (v *visit) reporter() (loket.Actor, bool) {
	var by loket.Actor
	err := json.Unmarshal([]byte(v.aside(reporterCookie).Get("melder")), &by)
	if err != nil || by.Case == "" || by.Tenant != v.tenant {
		return loket.Actor{}, false
	}
	_ = v.keepReporter(by) // the visit then ends sooner, no more than that
	return by, true
}

func (v *visit) keepReporter(by loket.Actor) error {
	raw, err := json.Marshal(by)
	if err != nil {
		return err
	}
	return v.putAside(reporterCookie, url.Values{"melder": {string(raw)}}, reporterKept)
}

// reporterLost ends a visit to a case that is no longer there.
func (v *visit) reporterLost(err error) error {
	if code := loket.ErrorCode(err); code == loket.NotFound || code == loket.Forbidden {
		v.clearAside(reporterCookie)
		return v.refuseEntry(codeEntry{}, err)
	}
	return err
}

// asReporter lets only a visit with number and code through; others are asked for them.
func asReporter(handle func(*visit, loket.Actor) error) handler {
	return func(v *visit) error {
		v.nav = reporterPath
		by, ok := v.reporter()
		if !ok {
			return v.toTop(reporterPath + "?verlopen=1")
		}
		return handle(v, by)
	}
}

// showMessage answers GET /mijn-melding/bericht: one message of the desk to the reporter.
func showMessage(v *visit, by loket.Actor) error {
	query := v.r.URL.Query()
	view, err := v.service.Read(v.r.Context(), by, by.Case, query.Get("product"), query.Get("regel"), atoi(query.Get("versie")))
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("reporter.message_title"), reporterMessage(v, view))
}

// messageLink is the address of a message; it names no case and no person.
func messageLink(item desk.InboxItem) string {
	query := url.Values{"product": {item.Product}, "versie": {itoa(item.Version)}}
	if item.Row != "" {
		query.Set("regel", item.Row)
	}
	return reporterPath + "/bericht?" + query.Encode()
}

// askedWords is a question of the desk in one line.
func (v *visit) askedWords(question desk.ReporterQuestion) string {
	var words []string
	if question.Text != "" {
		words = append(words, question.Text)
	}
	for _, field := range question.Fields {
		words = append(words, v.P(field.Label))
	}
	return strings.Join(words, " · ")
}
