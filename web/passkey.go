// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"strings"
	"unicode/utf8"
)

const (
	passkeyLoginPath = "/inloggen/passkey"
	passkeyNewPath   = accountPath + "/passkey"
	keptTitle        = 60 // characters of what somebody calls a passkey
)

// passkeyPage lets a browser ask its device, for a login or for a new passkey. It needs
// JavaScript: without it the page says so, and the password remains.
type passkeyPage struct {
	*reader
	options  string // what the device is asked, as the standard writes it
	next     string
	title    string
	fresh    bool // a new passkey, not a login
	first    bool // and it is the second step of who has none yet
	password bool // the password is asked once more
	refused  string
}

// showPasskeyLogin answers GET /inloggen/passkey?naar=….
func showPasskeyLogin(v *visit) error {
	return v.passkeyLoginPage(ownPath(v.r.URL.Query().Get("naar")), "", http.StatusOK)
}

func (v *visit) passkeyLoginPage(next, refused string, status int) error {
	if err := v.within(floodPasskey); err != nil {
		return err
	}
	options, err := v.ways.PasskeyLogin(v.w, v.r, v.desk)
	if err != nil {
		return v.refusedAt(err, func(words string, status int) error { return v.loginPage("", next, words, status) })
	}
	v.focus = refused != ""
	return v.show(status, v.T("account.passkey_login"), (&passkeyPage{reader: v.reader, options: options, next: next, refused: refused}).page())
}

// takePasskeyLogin answers POST /inloggen/passkey.
func takePasskeyLogin(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	next := ownPath(v.text("naar"))
	if err := v.ways.FinishPasskey(v.w, v.r, v.desk.ID, v.text("antwoord")); err != nil {
		return v.refusedAt(err, func(words string, status int) error { return v.passkeyLoginPage(next, words, status) })
	}
	return v.to(next)
}

// showPasskeyNew answers GET /account/passkey.
func showPasskeyNew(v *visit) error { return v.passkeyNewPage("", "", http.StatusOK) }

func (v *visit) passkeyNewPage(title, refused string, status int) error {
	options, err := v.ways.BeginPasskey(v.w, v.r, v.desk, v.actor)
	if err != nil {
		return v.refusedAt(err, v.accountPage)
	}
	own, err := v.ways.Own(v.r, v.actor)
	if err != nil {
		return err
	}
	v.nav, v.focus = accountPath, refused != ""
	page := &passkeyPage{reader: v.reader, options: options, title: title, fresh: true, password: own.Login != "", refused: refused}
	return v.show(status, v.T("account.passkey_new"), page.page())
}

// addPasskey answers POST /account/passkey.
func addPasskey(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	title := strings.TrimSpace(v.text("naam"))
	again := func(words string, status int) error { return v.passkeyNewPage(title, words, status) }
	if title == "" || utf8.RuneCountInString(title) > keptTitle {
		return again(v.T("account.passkey_name_wrong"), http.StatusUnprocessableEntity)
	}
	if err := v.ways.AddPasskey(v.w, v.r, v.actor, v.r.PostForm.Get("wachtwoord"), title, v.text("antwoord")); err != nil {
		return v.refusedAt(err, again)
	}
	return v.to(accountPath + "?klaar=passkey")
}

// showFirstPasskey answers GET /inloggen/tweede-stap/passkey?naar=….
func showFirstPasskey(v *visit) error {
	return v.firstPasskeyPage("", ownPath(v.r.URL.Query().Get("naar")), "", http.StatusOK)
}

func (v *visit) firstPasskeyPage(title, next, refused string, status int) error {
	if err := v.within(floodPasskey); err != nil {
		return err
	}
	options, err := v.ways.BeginFirstPasskey(v.w, v.r, v.desk)
	if err != nil {
		return v.refusedAt(err, func(words string, status int) error { return v.loginPage("", next, words, status) })
	}
	v.focus = refused != ""
	page := &passkeyPage{reader: v.reader, options: options, title: title, next: next, fresh: true, first: true, refused: refused}
	return v.show(status, v.T("account.passkey_new"), page.page())
}

// addFirstPasskey answers POST /inloggen/tweede-stap/passkey.
func addFirstPasskey(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	title, next := strings.TrimSpace(v.text("naam")), ownPath(v.text("naar"))
	again := func(words string, status int) error { return v.firstPasskeyPage(title, next, words, status) }
	if title == "" || utf8.RuneCountInString(title) > keptTitle {
		return again(v.T("account.passkey_name_wrong"), http.StatusUnprocessableEntity)
	}
	codes, err := v.ways.FinishFirstPasskey(v.w, v.r, v.desk.ID, title, v.text("antwoord"))
	if err != nil {
		return v.refusedAt(err, again)
	}
	return v.recoveryPage(codes, next)
}

// endPasskey answers POST /account/passkey/weg.
func endPasskey(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.ways.EndPasskey(v.r, v.actor, v.text("passkey")); err != nil {
		return v.refusedAt(err, v.accountPage)
	}
	return v.to(accountPath + "?klaar=passkey-weg")
}

// ceremony names what the script does with the answer.
func (p *passkeyPage) ceremony() string {
	if p.fresh {
		return "create"
	}
	return "get"
}

func (p *passkeyPage) action() string {
	if p.first {
		return secondPath + "/passkey"
	}
	if p.fresh {
		return passkeyNewPath
	}
	return passkeyLoginPath
}
