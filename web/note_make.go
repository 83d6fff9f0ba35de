// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
)

// readNoted records a free remark, or a note for the next shift.
func readNoted(v *visit) (loket.Payload, error) {
	text := strings.TrimSpace(v.text("tekst_notitie"))
	if text == "" {
		return nil, loket.Refuse(loket.Invalid, "De notitie is nog leeg.", "The note is still empty.")
	}
	kind := "note"
	if v.text("soort") == "handover" {
		kind = "handover"
	}
	return loket.Noted{Kind: kind, Text: text}, nil
}
