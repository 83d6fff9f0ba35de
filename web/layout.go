// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"example.org/loket/locale"
)

// navItem is one entry of the menu. May names the actions of the protocol of which a role
// must have one; empty is for everyone who is (or is not) logged in.
type navItem struct {
	path, key, may string
}

// publicNav is the menu of somebody who is not logged in.
var publicNav = []navItem{
	{path: "/melden", key: "layout.nav_report"},
	{path: "/moet-ik-melden", key: "layout.nav_advice"},
	{path: "/mijn-melding", key: "layout.nav_reporter"},
	{path: "/protocol", key: "layout.nav_book"},
}

// deskNav is the menu behind login.
var deskNav = []navItem{
	{path: "/werklijst", key: "layout.nav_worklist", may: "work"},
	{path: pressPath, key: "layout.nav_press", may: "work"},
	{path: "/berichten", key: "layout.nav_inbox", may: "read_products"},
	{path: "/protocol", key: "layout.nav_book"},
	{path: "/cijfers", key: "layout.nav_figures", may: "register"},
	{path: "/register", key: "layout.nav_register", may: "register"},
	{path: "/bezorging", key: "layout.nav_deliveries", may: "work"},
	{path: retentionPath, key: "layout.nav_retention", may: "retain"},
	{path: emergencyPath, key: "layout.nav_emergency", may: "shield emergency"},
	{path: "/dienst", key: "layout.nav_duty", may: "work"},
	{path: neighboursPath, key: "layout.nav_neighbours", may: "record"},
	{path: booksPath, key: "layout.nav_books", may: "configure"},
}

// navItems is the menu for this visitor. What a role may not do is not shown.
func (v *visit) navItems() []navItem {
	if v.protocol == nil { // no desk here: nothing to go to
		return nil
	}
	if !v.known {
		return publicNav
	}
	var items []navItem
	for _, item := range deskNav {
		if item.path == neighboursPath && !v.several() || item.path == pressPath && len(v.protocol.PressKinds()) == 0 {
			continue
		}
		if item.may == "" || slices.ContainsFunc(strings.Fields(item.may), v.roleMay) {
			items = append(items, item)
		}
	}
	return items
}

// roleMay tells whether one of the visitor's roles may do action at all; the desk
// decides about the case at hand.
func (v *reader) roleMay(action string) bool {
	if v.protocol == nil {
		return false
	}
	for _, id := range v.actor.Roles {
		if role := v.protocol.Role(id); role != nil && slices.Contains(role.May, action) {
			return true
		}
	}
	return false
}

// current says whether a menu item is the page that is shown.
func (v *visit) current(item navItem) bool {
	here := v.nav
	if here == "" {
		here = v.r.URL.Path
	}
	return here == item.path || strings.HasPrefix(here, item.path+"/")
}

// otherLanguage is the language that the switch offers.
func (v *visit) otherLanguage() locale.Lang {
	if v.lang == locale.EN {
		return locale.NL
	}
	return locale.EN
}

// moment is the date and time of the page, in the desk's zone.
func (v *reader) moment() string {
	return locale.Day(v.lang, v.now, v.zone()) + ", " + locale.Clock(v.lang, v.now, v.zone())
}

// languageLink leads to this page in the other language. An answer to a sent form has no
// address of its own: there the link leads to the form, which keeps its draft.
func (v *visit) languageLink() templ.SafeURL {
	query := v.r.URL.Query()
	query.Set("taal", string(v.otherLanguage()))
	path := v.r.URL.Path
	if v.r.Method == http.MethodPost && v.nav != "" {
		path = v.nav
	}
	return templ.SafeURL((&url.URL{Path: path, RawQuery: query.Encode()}).String())
}
