// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
)

// readNoted records a free remark, a note for the next shift, or that the next shift took
// such a note over; taking over needs no words.
func readNoted(v *visit) (loket.Payload, error) {
	if v.text("soort") == "accepted" {
		return loket.Noted{Kind: "accepted", Text: v.T("worklist.note_taken")}, nil
	}
	text := strings.TrimSpace(v.text("tekst_notitie"))
	if text == "" {
		return nil, loket.Refuse(loket.Invalid, "De notitie is nog leeg.", "The note is still empty.")
	}
	kind := "note"
	if v.text("soort") == "handover" {
		kind = "handover"
	}
	return loket.Noted{Kind: kind, Text: text, Level: v.textLevel()}, nil
}
