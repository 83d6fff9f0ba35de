// SPDX-License-Identifier: EUPL-1.2

package web

import "net/url"

// A case has some forty forms: beside each proposal one to do otherwise, others to erase, to
// hide, to end. A reader opens one of them, or none, and all together they were half of the
// page. So a folded form comes when it is asked for, by a link to this page.
//
// A page that answers a posted form has them all: what was typed or opened there is not at
// its address, and a link would lose it.

// bringParam names, in the address of a case, the form that the reader asked for.
const bringParam = "toon"

// brings tells whether the page holds a folded form.
func (s *sheet) brings(form string) bool { return s.whole || s.opens(form) }

// opens tells whether a folded form stands open: it was asked for, or sent and refused.
func (s *sheet) opens(form string) bool { return s.brought == form || s.refused(form) }

// foldLink leads to this page with a form on it.
func (s *sheet) foldLink(form string) string {
	return s.at() + "?" + bringParam + "=" + url.QueryEscape(form) + "#" + htmlID("f", form)
}

// after is what a folded form is about, behind its words.
func after(about string) string {
	if about == "" {
		return ""
	}
	return ": " + about
}
