// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strings"

	"example.org/loket"
)

// shieldRoutes are about who a case does not exist for, and about emergency openings.
func shieldRoutes() []route {
	return []route{
		{"GET /noodopeningen", loggedIn, showEmergencies},
		{"POST /noodopeningen", loggedIn, openEmergency},
		{"POST /zaak/{case}/nood-beoordelen", loggedIn, reviewEmergency},
		{"POST /zaak/{case}/tonen", loggedIn, changeCase("shown", "inzage", to[loket.CaseShown], readCaseShown)},
		{"POST /zaak/{case}/verbergen", loggedIn, hideCase},
	}
}

// hideCase answers POST /zaak/{case}/verbergen. Who hides it from themself cannot go back to it.
func hideCase(v *visit) error {
	err := v.form()
	if err == nil {
		err = v.record(readCaseHidden)
	}
	if err != nil {
		return v.backToCase(v.roleFirst(to[loket.CaseHidden], err))
	}
	if slices.Contains(v.r.PostForm["persoon"], v.actor.ID) {
		return v.to("/werklijst")
	}
	return v.to(casePath(v.caseID()) + "?gedaan=hidden#inzage")
}

func readCaseHidden(v *visit) (loket.Payload, error) {
	return loket.CaseHidden{People: v.r.PostForm["persoon"], Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

func readCaseShown(v *visit) (loket.Payload, error) {
	return loket.CaseShown{People: v.r.PostForm["persoon"], Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

// shielding: the part about who does not see the case is for who hides it, and for everybody
// who sees the case while it is hidden from somebody.
func (c *casePage) shielding() bool { return c.view.MayShield || len(c.view.HiddenFrom) > 0 }
