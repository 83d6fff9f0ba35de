// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"example.org/loket"
	"example.org/loket/desk"
)

const secondPath = "/inloggen/tweede-stap"

// toProvider answers GET /inloggen/via/{provider}. It changes nothing, so a link may lead here;
// a form could not: the content policy lets no form end at another site.
func toProvider(v *visit) error {
	address, err := v.ways.Begin(v.w, v.r, v.desk.ID, v.r.PathValue("provider"), ownPath(v.r.URL.Query().Get("naar")))
	if err != nil {
		return err
	}
	return v.to(address)
}

// backFromProvider answers GET /inloggen/terug/{provider}, where a provider sends people.
func backFromProvider(v *visit) error {
	next, err := v.ways.Return(v.w, v.r, v.desk.ID, v.r.PathValue("provider"))
	if err == nil || errors.Is(err, desk.ErrSecondStep) {
		return v.goOn(ownPath(next), err)
	}
	v.r.URL = &url.URL{Path: "/inloggen"} // the answer of the provider stands in no link of the page
	return v.refusedAt(err, func(words string, status int) error { return v.loginPage("", ownPath(next), words, status) })
}

// goOn leads to where somebody wanted to go, or to the second step first.
func (v *visit) goOn(next string, err error) error {
	if errors.Is(err, desk.ErrSecondStep) {
		next = secondPath + "?" + url.Values{"naar": {next}}.Encode()
	}
	return v.to(next)
}

// providerLink is where a login at a provider begins.
func (v *reader) providerLink(id, next string) string {
	return "/inloggen/via/" + id + "?" + url.Values{"naar": {next}}.Encode()
}

// offered are the providers of this desk, when there are any.
func (v *reader) offered() []desk.Provider {
	if v.ways == nil {
		return nil
	}
	return v.ways.Offered(v.desk.ID)
}

// endByProvider answers POST /inloggen/afmelden/{provider}: a provider's own server says that
// somebody logged out there (OpenID Connect Back-Channel Logout). It wants a number, no page.
func endByProvider(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	err := v.ways.EndByProvider(v.r, v.desk.ID, v.r.PathValue("provider"), v.r.PostForm.Get("logout_token"))
	if loket.ErrorCode(err) != loket.Invalid {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(http.StatusBadRequest)
	_, err = io.WriteString(v.w, `{"error":"invalid_request"}`+"\n")
	return err
}

// leftPage tells somebody who logged out here that the provider still knows him.
type leftPage struct {
	*reader
	title   string
	address string
}

// showLeft answers GET /inloggen/uit/{provider}.
func showLeft(v *visit) error {
	title, address := v.ways.Leave(v.r, v.desk.ID, v.r.PathValue("provider"))
	if title == "" {
		return v.to("/inloggen")
	}
	return v.show(http.StatusOK, v.T("account.left_title"), (&leftPage{reader: v.reader, title: title, address: address}).page())
}

// secondPage asks for the second step, or sets one up first.
type secondPage struct {
	*reader
	desk.SecondStep
	action   string
	next     string
	password bool // the password is asked once more
	refused  string
}

// showSecondStep answers GET /inloggen/tweede-stap?naar=….
func showSecondStep(v *visit) error {
	return v.secondLogin(ownPath(v.r.URL.Query().Get("naar")), "", http.StatusOK)
}

func (v *visit) secondLogin(next, refused string, status int) error {
	step, err := v.ways.SecondStep(v.r, v.desk)
	if err != nil {
		return v.refusedAt(err, func(words string, status int) error { return v.loginPage("", next, words, status) })
	}
	return v.secondPage(&secondPage{reader: v.reader, SecondStep: step, action: secondPath, next: next, refused: refused}, status)
}

func (v *visit) secondPage(page *secondPage, status int) error {
	v.focus = page.refused != ""
	title := v.T("account.second_title")
	if page.Setup {
		title = v.T("account.setup_title")
	}
	return v.show(status, title, page.page())
}

// takeSecondStep answers POST /inloggen/tweede-stap.
func takeSecondStep(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	next := ownPath(v.text("naar"))
	codes, err := v.ways.FinishLogin(v.w, v.r, v.desk.ID, v.text("code"))
	if err != nil {
		return v.refusedAt(err, func(words string, status int) error { return v.secondLogin(next, words, status) })
	}
	if len(codes) > 0 {
		return v.recoveryPage(codes, next)
	}
	return v.to(next)
}

// recoveryCodes are shown once.
type recoveryCodes struct {
	*reader
	codes []string
	next  string
}

func (v *visit) recoveryPage(codes []string, next string) error {
	return v.show(http.StatusOK, v.T("account.recovery_title"), (&recoveryCodes{reader: v.reader, codes: codes, next: next}).page())
}
