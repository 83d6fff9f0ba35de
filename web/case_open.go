// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// openFacts answers POST /zaak/{case}/openen: sealed facts, for a purpose, on this
// answer only (R-R-62). The desk logs the opening before it gives the first value.
func openFacts(v *visit) error {
	err := v.form()
	var opened []desk.FactView
	if err == nil {
		opened, err = v.openFields(v.r.PostForm["veld"], strings.TrimSpace(v.text("tekst_doel")))
	}
	if err != nil {
		return v.backToCase(v.roleFirst(to[loket.FieldsOpened], err))
	}
	c, err := loadCase(v)
	if err != nil {
		return err
	}
	c.opened = map[string]desk.FactView{}
	for _, fact := range opened {
		c.opened[fact.ID] = fact
	}
	return c.answer(http.StatusOK)
}

func (v *visit) openFields(fields []string, purpose string) ([]desk.FactView, error) {
	switch {
	case len(fields) == 0:
		return nil, loket.Refuse(loket.Invalid, "Kruis aan wat u wilt openen.", "Tick what you want to open.")
	case purpose == "":
		return nil, loket.Refuse(loket.Motivation,
			"Schrijf waarvoor u dit nodig hebt. Het doel komt in het logboek.",
			"Write what you need this for. The purpose goes into the log.")
	}
	return v.service.Open(v.r.Context(), v.actor, v.caseID(), fields, purpose)
}
