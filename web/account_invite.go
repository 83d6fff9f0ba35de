// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

const invitationPath = "/uitnodiging"

// invitedPage shows who invites the code to pass on, once.
type invitedPage struct {
	*reader
	person desk.Person
	code   string
}

// inFours parts a code as somebody reads it aloud. Where it is typed, spaces do not matter.
func inFours(code string) string {
	var groups []string
	for four := range slices.Chunk([]byte(code), 4) {
		groups = append(groups, string(four))
	}
	return strings.Join(groups, " ")
}

// invite answers POST /mensen/uitnodigen.
func invite(v *visit) error {
	if !v.roleMay("configure") {
		return errUnknownPage()
	}
	if err := v.form(); err != nil {
		return err
	}
	people, err := v.service.People(v.r.Context(), v.desk.ID)
	if err != nil {
		return err
	}
	for _, person := range people {
		if person.ID != v.text("persoon") {
			continue
		}
		code, err := v.ways.Invite(v.r.Context(), v.actor, person.ID)
		if err != nil {
			return err
		}
		v.nav = booksPath
		return v.show(http.StatusOK, v.T("account.invited_title"), (&invitedPage{reader: v.reader, person: person, code: code}).page())
	}
	return errUnknownPage()
}

// SecondReset is what taking away somebody's second step asks of the desk.
type SecondReset interface {
	ResetSecond(ctx context.Context, by loket.Actor, person string) error
}

// resetSecond answers POST /mensen/tweede-stap: the desk writes down who did it and tells the
// person by mail, and then it is gone.
func resetSecond(v *visit) error {
	service, ok := v.service.(SecondReset)
	if !ok {
		return errUnknownPage()
	}
	if err := v.form(); err != nil {
		return err
	}
	if err := service.ResetSecond(v.r.Context(), v.actor, v.text("persoon")); err != nil {
		return err
	}
	if err := v.ways.ForgetSecond(v.r.Context(), v.desk.ID, v.text("persoon")); err != nil {
		return err
	}
	return v.to("/mensen?klaar=tweede-stap")
}

// invitationAddress is where the code is typed. The code is no part of it: an address ends up
// in logs and histories.
func (v *reader) invitationAddress() string {
	scheme := "http://"
	if v.secure {
		scheme = "https://"
	}
	return scheme + v.r.Host + invitationPath
}

// acceptPage asks for a code, or, when there is one, how somebody wants to come in.
type acceptPage struct {
	*reader
	person  desk.Person
	refused string
}

// showInvitation answers GET /uitnodiging.
func showInvitation(v *visit) error { return v.acceptPage("", http.StatusOK) }

func (v *visit) acceptPage(refused string, status int) error {
	page := &acceptPage{reader: v.reader, refused: refused}
	if person, err := v.ways.Invited(v.r, v.desk.ID); err == nil {
		page.person = person
	}
	v.focus = refused != ""
	return v.show(status, v.T("account.accept_title"), page.page())
}

// takeInvitation answers POST /uitnodiging.
func takeInvitation(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.ways.Accept(v.w, v.r, v.desk.ID, v.text("code")); err != nil {
		return v.refusedAt(err, v.acceptPage)
	}
	return v.to(invitationPath)
}

// setFirstPassword answers POST /uitnodiging/wachtwoord.
func setFirstPassword(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	err := v.ways.SetPassword(v.w, v.r, v.desk.ID, v.r.PostForm.Get("nieuw"))
	if err == nil || errors.Is(err, desk.ErrSecondStep) {
		return v.goOn("/mijn", err)
	}
	return v.refusedAt(err, v.acceptPage)
}
