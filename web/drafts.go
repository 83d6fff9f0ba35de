// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/url"
	"time"
)

// A browser has up to two things put aside for it on the server, each under its own
// random key in a cookie: an unsent form, and the visit with number and return code.
// None of it is in an address, a log or the cookie itself.

// putAside keeps values for the browser of this visit.
func (v *visit) putAside(cookie string, values url.Values, kept time.Duration) error {
	key := v.cookie(cookie)
	if !isKey(key) {
		key = v.rand.ID()
	}
	if err := v.drafts.Save(v.r.Context(), v.draftName(cookie, key), values, v.now.Add(kept)); err != nil {
		v.log.Error("could not put aside", "what", cookie, "error", err)
		return err
	}
	v.setCookie(cookie, key, kept)
	return nil
}

// draftName binds what was put aside to the organisation it was put aside at: the same key
// opens nothing at another desk of this installation (S03).
func (v *visit) draftName(cookie, key string) string { return v.tenant + ":" + cookie + ":" + key }

// aside loads what was put aside; nil when there is nothing, or nothing any more.
func (v *visit) aside(cookie string) url.Values {
	key := v.cookie(cookie)
	if !isKey(key) {
		return nil
	}
	values, err := v.drafts.Load(v.r.Context(), v.draftName(cookie, key))
	if err != nil {
		v.log.Error("could not load what was put aside", "what", cookie, "error", err)
		return nil
	}
	return values
}

// clearAside removes what was put aside, on the server and in the browser.
func (v *visit) clearAside(cookie string) {
	key := v.cookie(cookie)
	if !isKey(key) {
		return
	}
	v.setCookie(cookie, "", 0)
	if err := v.drafts.Delete(v.r.Context(), v.draftName(cookie, key)); err != nil {
		v.log.Error("could not delete what was put aside", "what", cookie, "error", err)
	}
}

// isKey tells whether a value can be a key made here: letters and digits, not short.
func isKey(key string) bool {
	if len(key) < 16 || len(key) > 64 {
		return false
	}
	for _, c := range key {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
