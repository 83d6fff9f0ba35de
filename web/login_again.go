// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// againPage is shown to who sends a form while nobody is logged in any more. The form goes
// back into the page that sent it and nowhere else: nothing is kept here of somebody who is
// nobody. Login opens beside it, whatever the way of logging in; then the form goes out again.
type againPage struct {
	*reader
	fields []againField
	words  []string // what was typed in sentences, to be seen and copied
}

type againField struct{ name, value string }

// loginFirst sends somebody to the login page, and gives back a form that was being sent.
func (v *visit) loginFirst() error {
	if v.r.Method == http.MethodPost && v.byHand() {
		if page := v.again(); page != nil {
			return v.show(http.StatusUnauthorized, v.T("login.again_title"), page.page())
		}
	}
	return v.to("/inloggen?naar=" + url.QueryEscape(v.wanted()))
}

// byHand: a person sent this, and not a script of the page that asks in the background.
func (v *visit) byHand() bool {
	mode := v.r.Header.Get("Sec-Fetch-Mode")
	return mode == "" || mode == "navigate"
}

// again is the page with the form as it came; nil when nothing was typed. Passwords stay out.
func (v *visit) again() *againPage {
	got, err := v.posted()
	if err != nil {
		return nil
	}
	p := &againPage{reader: v.reader}
	for name, values := range got.Values {
		for _, value := range values {
			if asTyped[name] || value == "" {
				continue
			}
			p.fields = append(p.fields, againField{name, value})
			if strings.ContainsAny(value, " \n") {
				p.words = append(p.words, value)
			}
		}
	}
	if len(p.words) == 0 {
		return nil
	}
	slices.SortStableFunc(p.fields, func(a, b againField) int { return strings.Compare(a.name, b.name) })
	slices.Sort(p.words)
	return p
}
