// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"time"

	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// versionsPage lists the versions of the protocol.
type versionsPage struct {
	*reader
	versions []desk.VersionView
}

// showVersions answers GET /versies: which versions are installed, which one is in force,
// and what the next one changes (SM-11, R-R-12).
func showVersions(v *visit) error {
	versions, err := v.service.Versions(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	v.nav = "/protocol"
	return v.show(http.StatusOK, v.T("versions.title"), (&versionsPage{reader: v.reader, versions: versions}).page())
}

// announceVersion answers POST /versies/bericht: the case in which a version is told to
// those who must know (DOC-20).
func announceVersion(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	id, err := v.service.Announce(v.r.Context(), v.actor, v.r.PostForm.Get("versie"))
	if err != nil {
		return err
	}
	return v.to(casePath(id))
}

// since is a date of a version in words.
func (p *versionsPage) since(date string) string {
	t, err := time.ParseInLocation(time.DateOnly, date, p.zone())
	if err != nil {
		return date
	}
	return locale.Day(p.lang, t, p.zone())
}

// name is what a difference is about.
func (p *versionsPage) name(d protocol.Difference) string {
	if title := p.P(d.Title); title != "" {
		return title
	}
	return d.List + " " + d.ID
}
