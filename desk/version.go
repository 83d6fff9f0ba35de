// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// States of a version of a protocol (SM-11). Which state a version is in follows from its
// own dates: nobody can forget to switch, and a case keeps the version it began with.
//
//	draft ──adopted_on──▶ adopted ──effective_from──▶ effective ──a later one──▶ superseded
const (
	VersionDraft      = "draft"
	VersionAdopted    = "adopted"
	VersionEffective  = "effective"
	VersionSuperseded = "superseded"
)

// versions are the installed versions of a protocol, the oldest first.
func (ps Protocols) versions(id string) []*protocol.Protocol {
	var out []*protocol.Protocol
	for key, p := range ps {
		if p.About.ID == id && key == id+"@"+p.About.Version {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *protocol.Protocol) int {
		return cmp.Or(cmp.Compare(a.About.EffectiveFrom, b.About.EffectiveFrom), cmp.Compare(a.About.Version, b.About.Version))
	})
	return out
}

// effective is the newest version that was adopted and has begun; of two that begin on one
// day the higher. When none has, the one that was installed last.
func (ps Protocols) effective(id string, now time.Time) *protocol.Protocol {
	best := ps[id]
	for _, p := range ps.versions(id) {
		if p.About.AdoptedOn != "" && begun(p, now) {
			best = p
		}
	}
	return best
}

func begun(p *protocol.Protocol, now time.Time) bool {
	return p.About.EffectiveFrom <= now.In(p.Location()).Format(time.DateOnly)
}

// VersionView is one installed version of the protocol of a tenant.
type VersionView struct {
	Version       string
	State         string
	EffectiveFrom string // date
	AdoptedOn     string // date; empty: a draft
	Review        time.Time
	Overdue       bool                  // the review date of the version in force has passed (T-18)
	Differences   []protocol.Difference // with the version in force, for one that is still to come
	Case          loket.CaseID          // in which it is announced, once there is one
	CaseNumber    string
	MayAnnounce   bool
	MayTry        bool // on past cases, see Desk.Try
}

// Versions lists the versions of the tenant's protocol that are installed, newest first
// (R-R-12, SM-11).
func (d *Desk) Versions(ctx context.Context, a loket.Actor) ([]VersionView, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if !may(a, p, "versions.read", 0) {
		return nil, errHidden
	}
	var out []VersionView
	err = d.Store.Read(ctx, func(tx Tx) error {
		for _, version := range slices.Backward(d.knowing(p.About.ID).versions(p.About.ID)) {
			v, err := d.versionView(ctx, tx, a, p, version)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

func (d *Desk) versionView(ctx context.Context, tx Tx, a loket.Actor, p, version *protocol.Protocol) (VersionView, error) {
	about := version.About
	v := VersionView{Version: about.Version, State: stateOf(p, version), EffectiveFrom: about.EffectiveFrom, AdoptedOn: about.AdoptedOn}
	if v.State == VersionEffective {
		v.Review = reviewOf(version)
		v.Overdue = !v.Review.IsZero() && d.Now().After(v.Review)
	}
	if toCome(v.State) {
		v.Differences = protocol.Compare(p, version)
		v.MayTry = mayTry(a, p)
		v.MayAnnounce = mayAnnounce(a, p)
	}
	id, found, err := tx.Occasion(ctx, a.Tenant, versionOccasion(version))
	if err == nil && found {
		row, _, fault := tx.CaseRow(ctx, id)
		v.Case, v.CaseNumber, err = id, row.Number, fault
	}
	return v, err
}

// stateOf follows from the dates of a version and from the one in force.
func stateOf(inForce, p *protocol.Protocol) string {
	switch {
	case p.About.Version == inForce.About.Version:
		return VersionEffective
	case p.About.AdoptedOn == "":
		return VersionDraft
	case p.About.EffectiveFrom >= inForce.About.EffectiveFrom:
		return VersionAdopted
	}
	return VersionSuperseded
}

// reviewOf is when a version must be looked at again (T-18); zero when it says nothing.
func reviewOf(p *protocol.Protocol) time.Time {
	from, err := time.ParseInLocation(time.DateOnly, p.About.EffectiveFrom, p.Location())
	if err != nil || p.About.Review == "" {
		return time.Time{}
	}
	review, err := p.After(from, p.About.Review)
	if err != nil {
		return time.Time{}
	}
	return review
}

func mayAnnounce(a loket.Actor, p *protocol.Protocol) bool {
	f := formOf(p, "version")
	return f != nil && may(a, p, "version.announced", ofForm(a, f))
}

func versionOccasion(p *protocol.Protocol) string {
	return "version/" + p.About.ID + "@" + p.About.Version
}

// Announce opens the case in which a new version is consulted on, told and closed (DOC-20,
// R-R-13, R-R-14). There is one per version; asking again gives the same case.
func (d *Desk) Announce(ctx context.Context, a loket.Actor, version string) (loket.CaseID, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return "", err
	}
	next := d.knowing(p.About.ID)[p.About.ID+"@"+version]
	if next == nil || !mayAnnounce(a, p) {
		return "", errHidden
	}
	f := formOf(p, "version")
	known := map[string]any{"version": version, "version_changes": differenceText(protocol.Compare(p, next))}
	if on, err := time.ParseInLocation(time.DateOnly, next.About.EffectiveFrom, p.Location()); err == nil {
		known["effective_on"] = on
	}
	return d.once(ctx, a, p, versionOccasion(next), f, fillRegister(f, known))
}

// mostDifferences is how many lines a notice tells; the page shows all.
const mostDifferences = 60

// differenceText writes differences as a list for a notice.
func differenceText(differences []protocol.Difference) string {
	var b strings.Builder
	for i, x := range differences {
		if i == mostDifferences {
			b.WriteString("- " + locale.T(mailLang, "written.more_changes", len(differences)-i) + "\n")
			break
		}
		b.WriteString("- " + differenceLine(x) + "\n")
	}
	return b.String()
}

func differenceLine(x protocol.Difference) string {
	name := x.Title.NL
	if name == "" {
		name = strings.TrimSpace(x.List + " " + x.ID)
	}
	line := name + ": " + locale.T(mailLang, "written.change."+x.Change)
	if x.Change == "changed" && len(x.Was)+len(x.Is) < 200 {
		line += " (" + x.Key + ": " + quoted(x.Was) + " → " + quoted(x.Is) + ")"
	}
	return line
}

func quoted(s string) string {
	if s == "" {
		return locale.T(mailLang, "written.empty")
	}
	return "“" + s + "”"
}
