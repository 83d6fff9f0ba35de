// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strings"
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

// versionPath is the page of one version.
func versionPath(version string) string { return "/versies/" + url.PathEscape(version) }

// since is a date of a version in words.
func (v *reader) since(date string) string {
	t, err := time.ParseInLocation(time.DateOnly, date, v.zone())
	if err != nil {
		return date
	}
	return locale.Day(v.lang, t, v.zone())
}

// dates is when a version was adopted, and from when it holds.
func (v *reader) dates(view desk.VersionView) string {
	var said []string
	switch {
	case view.AdoptedOn == "":
		said = append(said, v.T("versions.not_adopted"))
	case view.AdoptedBy != "":
		said = append(said, v.T("versions.adopted_by", v.since(view.AdoptedOn), view.AdoptedBy))
	default:
		said = append(said, v.T("versions.adopted", v.since(view.AdoptedOn)))
	}
	if view.EffectiveFrom != "" && view.AdoptedOn != "" {
		said = append(said, v.T("versions.from", v.since(view.EffectiveFrom)))
	}
	if !view.Told.IsZero() {
		said = append(said, v.T("versions.told", v.when(view.Told)))
	}
	return sentence(" ", said...)
}

// changedPart is one element of the protocol with everything that differs in it.
type changedPart struct {
	part    string // as protocol.Part names it
	name    string
	changes []protocol.Difference
}

// changedParts puts what belongs to one element together.
func (v *reader) changedParts(differences []protocol.Difference) []changedPart {
	var out []changedPart
	for _, d := range differences {
		top, _, _ := strings.Cut(d.ID, "/")
		part := d.List
		if top != "" {
			part += "/" + top
		}
		if len(out) == 0 || out[len(out)-1].part != part {
			out = append(out, changedPart{part: part, name: v.partName(d, top)})
		}
		last := &out[len(out)-1]
		last.changes = append(last.changes, d)
	}
	return out
}

// partName is what an element is called: its list and its title.
func (v *reader) partName(d protocol.Difference, top string) string {
	name := v.word("versions.list", d.List)
	if top == "" {
		return name
	}
	if title := v.P(d.Title); title != "" && d.ID == top {
		return name + ": " + title
	}
	if title, found := v.protocol.Part(d.List + "/" + top); found && v.P(title) != "" {
		return name + ": " + v.P(title) // what differs is inside it
	}
	return name + ": " + top
}

// change says one difference in words: “termijn: was 48 uur, wordt 24 uur”.
func (v *reader) change(d protocol.Difference) string {
	what := v.keyWords(d.Key)
	if _, inside, found := strings.Cut(d.ID, "/"); found {
		if title := v.P(d.Title); title != "" {
			inside = title
		}
		what = sentence(" – ", inside, what)
	}
	switch {
	case d.Change == "moved":
		return v.T("versions.said.moved", d.Was, d.Is)
	case d.Change != "changed":
		return sentence(": ", what, v.T("versions."+d.Change))
	case d.Was == "":
		return v.T("versions.said.came", what, v.duration(d.Is))
	case d.Is == "":
		return v.T("versions.said.went", what, v.duration(d.Was))
	}
	return v.T("versions.said.changed", what, v.duration(d.Was), v.duration(d.Is))
}

// duration is a term as the files write it, in words; anything else stays as it is.
func (v *reader) duration(text string) string {
	if words, ok := protocol.DurationWords(text); ok {
		return v.P(words)
	}
	return text
}

// keyWords is a key of the protocol file in words: within is "termijn".
func (v *reader) keyWords(key string) string {
	key, english := strings.CutSuffix(key, ".en")
	segments := strings.Split(key, ".")
	words := v.word("versions.key", segments[len(segments)-1])
	if english && words != "" {
		words = v.T("versions.in_english", words)
	}
	return words
}
