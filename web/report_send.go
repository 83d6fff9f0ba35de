// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"net/http"

	"example.org/loket"
	"example.org/loket/desk"
)

// sendReport answers POST /melden. Whatever happens, the text that was typed is back on
// the page or safe at the desk; sending the same page twice gives the same receipt.
func sendReport(v *visit) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	page, err := v.reportPage(in, checkAll)
	if err != nil {
		return err
	}
	if len(page.Order) > 0 || page.unseen() {
		v.saveDraft(in)
		return v.showReport(http.StatusUnprocessableEntity, page)
	}
	receipt, err := v.service.SendReport(v.r.Context(), v.actor, desk.ReportForm{
		Key: page.key, Tenant: v.tenant, Form: page.Form.ID, Channel: "web", Posted: page.Values,
	})
	if err != nil {
		v.saveDraft(in)
		return v.reportRefused(page, err)
	}
	v.clearAside(draftCookie)
	return v.giveReceipt(page.key, receipt)
}

// reportRefused shows the form again with what the desk said about it.
func (v *visit) reportRefused(page *reportPage, err error) error {
	v.logFailure(v.r, err)
	found, detail := v.explain(err)
	if said, ok := errors.AsType[*loket.Error](err); ok && len(said.Fields) > 0 {
		v.addFaults(page.formView, said.Fields, checkAll)
	}
	if len(page.Order) == 0 {
		page.refused = detail
		if detail == "" {
			page.refused = v.T("error." + found.words + ".text")
		}
	}
	if found.status == http.StatusNotFound {
		return err
	}
	return v.showReport(found.status, page)
}
