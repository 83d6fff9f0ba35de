// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
)

// sendReport answers POST /melden. Whatever happens, the text that was typed is back on
// the page or safe at the desk; sending the same page twice gives the same receipt.
//
// The desk reads the answers. The page is made only when there is something to show on it:
// a fault, or a piece of text that deserves a second look.
func sendReport(v *visit) error {
	in, err := v.posted()
	if err != nil {
		return err
	}
	form := v.publicReport()
	if form == nil {
		return loket.Refuse(loket.NotFound, "", "")
	}
	sent := &formView{Form: form, Values: in.Values}
	if in.Cut != "" || v.spots(sent) {
		page, err := v.reportPage(in, checkAll)
		if err != nil {
			return err
		}
		if len(page.Order) > 0 || page.unseen() {
			v.saveDraft(in)
			return v.showReport(http.StatusUnprocessableEntity, page)
		}
	}
	if err := v.mayReport(sent); err != nil {
		return v.reportRefused(in, err)
	}
	key := sendingKey(v.reportKey(in.Values), in.Values)
	_, err = v.service.SendReport(v.r.Context(), v.actor, desk.ReportForm{
		Key: key, Tenant: v.tenant, Form: form.ID, Channel: "web", Posted: in.Values, Later: true,
	})
	if err != nil {
		return v.reportRefused(in, err)
	}
	v.clearAside(draftCookie)
	return v.giveReceipt(key)
}

// sendingKey names one sending: the same page with the same words again is the same one
// (R03). Other words after the back button, or in a draft that came back on a shared
// computer, are another report: they must not be lost, nor get the first one's code.
func sendingKey(page string, values url.Values) string {
	said := make([]byte, 0, usualBody)
	say := func(text string) { said = append(binary.AppendUvarint(said, uint64(len(text))), text...) }
	say(page)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		say(name)
		said = binary.AppendUvarint(said, uint64(len(values[name])))
		for _, answer := range values[name] {
			say(answer)
		}
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:16])
}

// reportRefused shows the form again, as it was typed, with what the desk said about it.
func (v *visit) reportRefused(in posted, err error) error {
	v.saveDraft(in)
	v.logFailure(v.r, err)
	found, detail := v.explain(err)
	if found.status == http.StatusNotFound {
		return err
	}
	page, failed := v.reportPage(in, checkAll)
	if failed != nil {
		return failed
	}
	v.retryAfter(err)
	if said, ok := errors.AsType[*loket.Error](err); ok && len(page.Order) == 0 {
		v.addFaults(page.formView, said.Fields, checkAll)
	}
	if len(page.Order) == 0 {
		page.refused = detail
		if detail == "" {
			page.refused = v.T("error." + found.words + ".text")
		}
	}
	return v.showReport(found.status, page)
}
