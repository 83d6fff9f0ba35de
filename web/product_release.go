// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"

	"example.org/loket"
)

// releaseProduct answers POST …/vrijgeven. The first sending shows once more who will
// receive what and for which purpose; the second, with the reader's yes, releases (R-R-62).
func releaseProduct(v *visit) error {
	err := v.form()
	if err != nil {
		return v.backToProduct(err)
	}
	p, err := loadProduct(v, url.Values{"rij": {v.text("rij")}, "versie": {v.text("tekstversie")}})
	if err != nil {
		return err
	}
	want, err := p.readRelease()
	if err != nil {
		return v.backToProduct(v.roleFirst(toRelease, err))
	}
	if v.text("zeker") == yesValue {
		return changeReleased(v, want)
	}
	if p.blocked() { // nobody is asked to be sure of what the desk will refuse
		return v.backToProduct(errPointsToPerson)
	}
	p.sure = &want
	return p.answer(http.StatusOK)
}

var errPointsToPerson = loket.Refuse(loket.Stopped, "Deze tekst wijst naar een persoon. Haal eerst weg wat hieronder gemarkeerd is.",
	"This text points to a person. First remove what is marked below.")

func changeReleased(v *visit, want loket.ProductReleased) error {
	_, err := v.service.Do(v.r.Context(), v.actor, v.caseID(), v.change(want))
	if err != nil {
		return v.backToProduct(err)
	}
	query := url.Values{"gedaan": {"released"}}
	if want.Row != "" {
		query.Set("rij", want.Row)
	}
	return v.to(casePath(v.caseID(), "product", want.Product) + "?" + query.Encode())
}

// readRelease reads to whom, what for and why this much.
func (p *productPage) readRelease() (loket.ProductReleased, error) {
	want := loket.ProductReleased{
		Product: p.view.Product.ID, Row: p.view.Row, Version: p.view.Version,
		Recipients: p.named(p.r.PostForm["ontvanger"]), Purpose: p.text("tekst_doel"),
		Need: p.text("tekst_noodzaak"), Override: p.text("tekst_toch"),
	}
	switch {
	case want.Version == 0:
		return want, loket.Refuse(loket.Invalid, "Bewaar de tekst eerst. Daarna kunt u vrijgeven.", "Save the text first. Then you can release it.")
	case len(want.Recipients) == 0:
		return want, loket.Refuse(loket.Invalid, "Kruis aan wie dit bericht krijgt.", "Tick who receives this message.")
	case want.Purpose == "":
		return want, loket.Refuse(loket.Motivation, "Schrijf waarvoor de ontvangers dit nodig hebben.", "Write what the recipients need this for.")
	}
	return want, nil
}
