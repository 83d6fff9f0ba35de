// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// receiptView is what the receipt page shows. It holds the return code, so it is in no
// address and in no cookie: the desk makes it again from the key of the sending.
type receiptView struct {
	Number     string
	Code       string
	ReceivedAt time.Time
	Kind       protocol.Text
	Clock      *clockView
	Missing    []string
	Urgent     bool
	DeskOpen   bool
	DeskReads  time.Time
}

func receiptOf(r desk.Receipt) receiptView {
	return receiptView{
		Number: r.Number, Code: r.Code, ReceivedAt: r.ReceivedAt, Kind: r.Kind, Clock: clockOf(r.Clock),
		Missing: r.Missing, Urgent: r.Urgent, DeskOpen: r.DeskOpen, DeskReads: r.DeskReads,
	}
}

// giveReceipt sends the browser to the receipt.
func (v *visit) giveReceipt(key string) error {
	v.setCookie(receiptCookie, key, receiptKept)
	return v.toTop(reportPath + "/ontvangen")
}

// showReceipt answers GET /melden/ontvangen, for an hour or until the reader is done.
func showReceipt(v *visit) error {
	key := v.cookie(receiptCookie)
	if !isKey(key) {
		return v.to(reporterPath)
	}
	receipt, err := v.service.Receipt(v.r.Context(), v.actor, v.tenant, key)
	switch {
	case loket.ErrorCode(err) == loket.NotFound:
		return v.to(reporterPath)
	case err != nil:
		return err
	case v.now.Sub(receipt.ReceivedAt) > receiptKept:
		return dropReceipt(v)
	}
	return v.showReceiptView(receiptOf(receipt))
}

func (v *visit) showReceiptView(receipt receiptView) error {
	v.nav = reportPath
	return v.show(http.StatusOK, v.T("report.receipt_title"), receiptBody(v, receipt))
}

// dropReceipt answers POST /melden/klaar: the next user of this computer finds nothing.
func dropReceipt(v *visit) error {
	v.setCookie(receiptCookie, "", 0)
	return v.to(reporterPath)
}
