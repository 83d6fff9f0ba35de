// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

const settingsPath = "/inrichting/instellingen"

// Settings are what an organisation chooses for its own desk.
type Settings interface {
	Settings(ctx context.Context, by loket.Actor) (desk.Settings, error)
	SetSettings(ctx context.Context, by loket.Actor, s desk.Settings) error
}

// settingsPage is the form of them.
type settingsPage struct {
	*reader
	desk.Settings
	refused string
	done    bool
}

// showSettings answers GET /inrichting/instellingen.
func showSettings(v *visit) error {
	service, ok := v.service.(Settings)
	if !ok {
		return errUnknownPage()
	}
	s, err := service.Settings(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	return v.settingsPage(s, "", http.StatusOK)
}

func (v *visit) settingsPage(s desk.Settings, refused string, status int) error {
	v.nav, v.focus = booksPath, refused != ""
	page := &settingsPage{reader: v.reader, Settings: s, refused: refused, done: v.r.URL.Query().Get("klaar") == "ja"}
	return v.show(status, v.T("settings.title"), page.page())
}

// putSettings answers POST /inrichting/instellingen.
func putSettings(v *visit) error {
	service, ok := v.service.(Settings)
	if !ok {
		return errUnknownPage()
	}
	if err := v.form(); err != nil {
		return err
	}
	s := desk.Settings{Privacy: strings.TrimSpace(v.text("privacy")), SecondFactor: v.text("tweede_stap")}
	if err := service.SetSettings(v.r.Context(), v.actor, s); err != nil {
		return v.refusedAt(err, func(words string, status int) error { return v.settingsPage(s, words, status) })
	}
	return v.to(settingsPath + "?klaar=ja")
}
