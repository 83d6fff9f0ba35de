// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"example.org/loket"
	"example.org/loket/desk"
)

// loginPage is the way in. Practice shows who can log in; nothing else ever does.
type loginPage struct {
	*reader
	user    string
	next    string
	refused string
	people  []desk.Person
}

// showLogin answers GET /inloggen?naar=….
func showLogin(v *visit) error {
	next := ownPath(v.r.URL.Query().Get("naar"))
	if v.known {
		return v.to(next)
	}
	return v.loginPage(v.r.URL.Query().Get("gebruiker"), next, "", http.StatusOK)
}

func (v *visit) loginPage(user, next, refused string, status int) error {
	page := &loginPage{reader: v.reader, user: user, next: next, refused: refused}
	if v.practice {
		people, err := v.service.People(v.r.Context(), v.desk.ID)
		if err != nil {
			return err
		}
		page.people = people
	}
	v.focus = refused != ""
	return v.show(status, v.T("login.title"), page.page())
}

// logIn answers POST /inloggen. A wrong name and a wrong password get the same words.
func logIn(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	next := ownPath(v.text("naar"))
	err := v.sessions.Login(v.w, v.r, v.desk.ID, v.text("gebruiker"), v.r.PostForm.Get("wachtwoord"))
	if err == nil || errors.Is(err, desk.ErrSecondStep) {
		return v.goOn(next, err)
	}
	refused, ok := errors.AsType[*loket.Error](err)
	if !ok {
		return err
	}
	words := v.P(refused.Message)
	if words == "" {
		words = v.T("login.refused")
	}
	return v.loginPage(v.text("gebruiker"), next, words, http.StatusUnprocessableEntity)
}

// logOut answers POST /uitloggen.
func logOut(v *visit) error {
	v.forgetPages()
	if provider := v.sessions.Logout(v.w, v.r); provider != "" {
		return v.to("/inloggen/uit/" + provider)
	}
	return v.to("/inloggen")
}

// mostWanted is the longest address that somebody is brought back to after login.
const mostWanted = 2000

// wanted is where somebody was going who must log in first, with the question that was asked
// there. What was posted cannot be asked again: that leads back to the page with the form.
func (v *visit) wanted() string {
	at := v.r.URL
	if v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		from, err := url.Parse(v.r.Referer())
		if err != nil || from.Host != v.r.Host {
			return "/mijn"
		}
		at = from
	}
	path := at.EscapedPath()
	if at.RawQuery != "" {
		path += "?" + at.RawQuery
	}
	if len(path) > mostWanted {
		path = at.EscapedPath()
	}
	return ownPath(path)
}

// forgetPages lets a shared computer keep nothing of what was read: pages that a tab can still
// go back to, and copies of files. It leaves the cookies alone, which each have their own end.
func (v *visit) forgetPages() { v.w.Header().Set("Clear-Site-Data", `"cache", "storage"`) }

// ownPath keeps only an address at this desk; anything else leads to the reader's first page.
// It begins with one slash, and what a browser makes of it has no host: not even after it
// read a backslash as a slash, dropped control characters and walked the dots.
func ownPath(path string) string {
	if !strings.HasPrefix(path, "/") || path == "/" || len(path) > mostWanted || strings.ContainsFunc(path, leaves) {
		return "/mijn"
	}
	at, err := url.Parse(path)
	if err != nil || at.Scheme != "" || at.Host != "" || at.User != nil || strings.Contains(at.Path, "//") || strings.ContainsFunc(at.Path, leaves) {
		return "/mijn"
	}
	at.Fragment, at.RawFragment = "", ""
	return at.String()
}

// leaves: browsers read a backslash as a slash and drop control characters, so that
// "/<tab>/elsewhere" would lead to another site.
func leaves(c rune) bool { return c == '\\' || unicode.IsControl(c) }

// firstPage answers GET /mijn: the page where somebody's work begins.
func firstPage(v *visit) error {
	for _, item := range v.navItems() {
		if item.path != v.r.URL.Path {
			return v.to(item.path)
		}
	}
	return v.to("/")
}

// rolesOf names somebody's roles and organisation.
func (v *reader) rolesOf(person desk.Person) string {
	roles := make([]string, len(person.Roles))
	for i, role := range person.Roles {
		roles[i] = v.roleTitle(v.protocol, role)
	}
	return sentence(" · ", strings.Join(roles, ", "), person.Organisation)
}
