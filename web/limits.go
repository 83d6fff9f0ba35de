// SPDX-License-Identifier: EUPL-1.2

package web

import "time"

// Numbers that bound what a browser may ask of the desk.
const (
	keptBody  = 1 << 20   // bytes of a posted form that are read: 1 MiB is a hundred times a full report
	heardBody = 32 << 20  // bytes of a body that are received at all, so that the sender hears the answer
	keptDraft = 256 << 10 // bytes of an unsent form that are stored

	draftKept    = 24 * time.Hour   // an unsent form
	receiptKept  = time.Hour        // the receipt page, which holds the return code
	reporterKept = 30 * time.Minute // a visit with number and return code, counted from the last page

	staticKept = 365 * 24 * time.Hour // files under an address that holds their hash
)
