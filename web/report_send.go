// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"

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
	if err := v.mayReport(page.formView); err != nil {
		v.saveDraft(in)
		return v.reportRefused(page, err)
	}
	key := sendingKey(page.key, page.Values)
	receipt, err := v.service.SendReport(v.r.Context(), v.actor, desk.ReportForm{
		Key: key, Tenant: v.tenant, Form: page.Form.ID, Channel: "web", Posted: page.Values,
	})
	if err != nil {
		v.saveDraft(in)
		return v.reportRefused(page, err)
	}
	v.clearAside(draftCookie)
	return v.giveReceipt(key, receipt)
}

// sendingKey names one sending: the same page with the same words again is the same one
// (R03). Other words after the back button, or in a draft that came back on a shared
// computer, are another report: they must not be lost, nor get the first one's code.
func sendingKey(page string, values url.Values) string {
	sum := sha256.Sum256([]byte(page + "\x00" + values.Encode()))
	return hex.EncodeToString(sum[:16])
}

// reportRefused shows the form again with what the desk said about it.
func (v *visit) reportRefused(page *reportPage, err error) error {
	v.logFailure(v.r, err)
	found, detail := v.explain(err)
	v.retryAfter(err)
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
