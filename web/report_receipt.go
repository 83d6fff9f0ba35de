// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// receiptView is what the receipt page shows. It holds the return code, so it is put
// aside sealed, for an hour, and is in no address.
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

// giveReceipt sends the browser to the receipt. When it cannot be put aside the receipt
// is the answer itself: a code that was made must reach its reader.
func (v *visit) giveReceipt(receipt receiptView) error {
	raw, err := json.Marshal(receipt)
	if err == nil {
		err = v.putAside(receiptCookie, url.Values{"ontvangst": {string(raw)}}, receiptKept)
	}
	if err != nil {
		return v.showReceiptView(receipt)
	}
	return v.to(reportPath + "/ontvangen")
}

// showReceipt answers GET /melden/ontvangen, for an hour or until the reader is done.
func showReceipt(v *visit) error {
	var receipt receiptView
	if err := json.Unmarshal([]byte(v.aside(receiptCookie).Get("ontvangst")), &receipt); err != nil {
		return v.to("/mijn-melding")
	}
	return v.showReceiptView(receipt)
}

func (v *visit) showReceiptView(receipt receiptView) error {
	v.nav = reportPath
	return v.show(http.StatusOK, v.T("report.receipt_title"), receiptBody(v, receipt))
}

// dropReceipt answers POST /melden/klaar: the next user of this computer finds nothing.
func dropReceipt(v *visit) error {
	v.clearAside(receiptCookie)
	return v.to("/mijn-melding")
}
