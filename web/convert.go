// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
)

// readConverted turns a case into one of another kind (R-I-02). The desk opens that case
// with what is known, and links the two.
func readConverted(v *visit) (loket.Payload, error) {
	return loket.Linked{
		Link: v.rand.ID(), Verdict: loket.VerdictConverted, Kind: v.text("soort"),
		Reason: strings.TrimSpace(v.text("tekst_motivering")), Level: v.textLevel(),
	}, nil
}
