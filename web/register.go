// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"net/http"
	"strconv"

	"example.org/loket"
)

// registerYears is how many years back the page offers.
const registerYears = 5

// showRegister answers GET /register: which year; with ?jaar= the register itself as CSV,
// without persons (R-R-74).
func showRegister(v *visit) error {
	if !v.roleMay("register") {
		return errUnknownPage()
	}
	if !v.r.URL.Query().Has("jaar") {
		return v.show(http.StatusOK, v.T("register.title"), registerBody(v, v.registerYears()))
	}
	year, err := strconv.Atoi(v.r.URL.Query().Get("jaar"))
	if err != nil || year < 2000 || year > v.local(v.now).Year()+1 {
		return loket.Refuse(loket.Invalid, "Kies een jaar, bijvoorbeeld 2026.", "Choose a year, for instance 2026.")
	}
	return v.sendRegister(year)
}

// sendRegister gathers the file before the first byte leaves, so that a fault halfway
// becomes a page and not half a register.
func (v *visit) sendRegister(year int) error {
	var file bytes.Buffer
	if err := v.service.Register(v.r.Context(), v.actor, year, &file); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="register-`+strconv.Itoa(year)+`.csv"`)
	_, err := file.WriteTo(v.w)
	return err
}

func (v *reader) registerYears() []int {
	var years []int
	for year, back := v.local(v.now).Year(), 0; back < registerYears; back++ {
		years = append(years, year-back)
	}
	return years
}
