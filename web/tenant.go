// SPDX-License-Identifier: EUPL-1.2

package web

import "net/http"

// choose finds whose desk answers at the host of this request. At a name that nobody gave
// here the answer tells nothing of the organisations that do live here (S03).
func (v *visit) choose() error {
	v.tenant = v.Server.tenant
	if v.at == nil {
		return nil
	}
	id, err := v.at(v.r.Context(), v.r.Host)
	switch {
	case err != nil:
		return unavailable(err)
	case id == "":
		return errNoDesk()
	}
	v.tenant = id
	return nil
}

func errNoDesk() error { return &failure{status: http.StatusNotFound, words: "no_desk"} }
