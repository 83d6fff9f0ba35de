// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"

	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// trialPage shows what a version to come would have made of past cases.
type trialPage struct {
	*reader
	trial *desk.Trial
}

// showTrial answers GET /versies/proef: the newest cases under a version that is to come
// (design §4). A version that began meanwhile is found among the versions.
func showTrial(v *visit) error {
	trial, found, err := v.service.Try(v.r.Context(), v.actor, v.r.URL.Query().Get("versie"))
	if err != nil {
		return err
	}
	if !found {
		return v.to("/versies")
	}
	v.nav = "/protocol"
	return v.show(http.StatusOK, v.T("trial.title", trial.Version), (&trialPage{reader: v.reader, trial: trial}).page())
}

func trialPath(version string) string {
	return "/versies/proef?versie=" + url.QueryEscape(version)
}

// element is what an outcome is about.
func (p *trialPage) element(list string, title protocol.Text) string {
	return locale.Pick(p.lang, title.NL, title.EN) + " (" + p.T("trial.list."+list) + ")"
}

// said is one side of an outcome.
func (p *trialPage) said(words protocol.Text) string {
	if words == (protocol.Text{}) {
		return p.T("trial.nothing")
	}
	return p.P(words)
}
