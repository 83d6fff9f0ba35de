// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"

	"example.org/loket"
	"example.org/loket/desk"
)

// AccessLog tells who has seen or changed a case.
type AccessLog interface {
	AccessLog(ctx context.Context, by loket.Actor, id loket.CaseID) (*desk.AccessLog, error)
}

// accessPage is the log of one case: who, when, what, why and from where (NEN 7513).
type accessPage struct {
	sheet
	*desk.AccessLog
	id loket.CaseID
}

// showAccess answers GET /zaak/{case}/toegang.
func showAccess(v *visit) error {
	service, ok := v.service.(AccessLog)
	if !ok {
		return errUnknownPage()
	}
	log, err := service.AccessLog(v.r.Context(), v.actor, v.caseID())
	if err != nil {
		return err
	}
	v.nav = "/werklijst"
	return v.show(http.StatusOK, v.T("access.title"), (&accessPage{sheet: sheet{reader: v.reader}, AccessLog: log, id: v.caseID()}).page())
}

// from says where somebody came from, as far as that is kept.
func (p *accessPage) from(l desk.AccessLine) string {
	if !l.Known {
		return p.T("access.unknown")
	}
	return sentence(" · ", l.From.Device, l.From.Network)
}

// moments is when it was, and of what was looked at again and again since when and how often.
func (p *accessPage) moments(l desk.AccessLine) string {
	if l.Times < 2 {
		return p.when(l.At)
	}
	return p.T("access.times", p.when(l.At), l.Times, p.when(l.First))
}

// what says what was done, and first that it was refused.
func (p *accessPage) what(l desk.AccessLine) string {
	if l.Refused {
		return p.T("access.refused", p.P(l.What))
	}
	return p.P(l.What)
}

// login names the session, so that lines of one login are seen to belong together.
func (p *accessPage) login(l desk.AccessLine) string {
	if l.Session == "" {
		return ""
	}
	return p.T("access.session", l.Session)
}
