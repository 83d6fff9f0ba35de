// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strconv"
	"strings"

	"example.org/loket"
)

// Starts of the names of the boxes of a product's parts.
const (
	partText  = "tekst_deel_" // its text
	partEmpty = "tekst_leeg_" // why it is left empty
)

// readDraft reads a new version of a product's text: its parts, why a part is left empty,
// and what is deliberately not told (R-R-67).
func readDraft(v *visit) (loket.Payload, error) {
	draft := loket.ProductDrafted{
		Product: v.r.PathValue("product"), Row: v.text("rij"), Withheld: v.text("tekst_achterwege"),
		Parts: map[string]string{}, LeftEmpty: map[string]string{},
	}
	for name := range v.r.PostForm {
		if part, ok := strings.CutPrefix(name, partText); ok {
			draft.Parts[part] = v.text(name)
		}
		if part, ok := strings.CutPrefix(name, partEmpty); ok && v.text(name) != "" {
			draft.LeftEmpty[part] = v.text(name)
		}
	}
	return draft, nil
}

// readAligned records that somebody agreed with a version, or did not (R-R-101).
func readAligned(v *visit) (loket.Payload, error) {
	agreed := v.text("akkoord")
	if agreed != yesValue && agreed != noValue {
		return nil, loket.Refuse(loket.Invalid, "Kies of degene met wie u afstemde akkoord is.", "Choose whether the person you aligned with agrees.")
	}
	if v.text("rol") == "" {
		return nil, loket.Refuse(loket.Invalid, "Kies met wie u afstemde.", "Choose with whom you aligned.")
	}
	return loket.ProductAligned{
		Product: v.r.PathValue("product"), Row: v.text("rij"), Version: v.textVersion(), Role: v.text("rol"),
		Person: v.text("tekst_persoon"), Agreed: agreed == yesValue, Note: v.text("tekst_toelichting"),
	}, nil
}

// readWithdrawn takes a released version back; it stays readable in the file.
func readWithdrawn(v *visit) (loket.Payload, error) {
	if v.text("tekst_reden") == "" {
		return nil, needReason()
	}
	return loket.ProductWithdrawn{Product: v.r.PathValue("product"), Row: v.text("rij"), Version: v.textVersion(), Reason: v.text("tekst_reden")}, nil
}

// textVersion is the version of the text that a form is about.
func (v *visit) textVersion() int {
	version, err := strconv.Atoi(v.text("tekstversie"))
	if err != nil || version < 0 {
		return 0
	}
	return version
}
