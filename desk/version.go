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
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// States of a version of a protocol (SM-11). They follow from its dates, as the owner recorded
// them at the desk or else as its files say, and from what happened to the case in which it is
// made: nobody can forget to switch, and a case keeps the version it began with.
//
//	draft ⇄ consultation ──adopted──▶ adopted ──notice──▶ published ──its day──▶ effective ──a later one──▶ superseded
const (
	VersionDraft        = "draft"
	VersionConsultation = "consultation"
	VersionAdopted      = "adopted"
	VersionPublished    = "published"
	VersionEffective    = "effective"
	VersionSuperseded   = "superseded"
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
		return cmp.Or(truth(a.About.EffectiveFrom == "")-truth(b.About.EffectiveFrom == ""), // without a day: still to come
			cmp.Compare(a.About.EffectiveFrom, b.About.EffectiveFrom), cmp.Compare(a.About.Version, b.About.Version))
	})
	return out
}

// effective is the newest version that was adopted and has begun; of two that begin on one
// day the higher. When none has, the one that was installed last.
func (ps Protocols) effective(t Tenant, now time.Time) *protocol.Protocol {
	best, since := ps[t.Protocol], ""
	for _, p := range ps.versions(t.Protocol) {
		on, from := t.adoption(p)
		if on != "" && from >= since && from <= now.In(p.Location()).Format(time.DateOnly) {
			best, since = p, from
		}
	}
	return best
}

// VersionView is one installed version of the protocol of a tenant.
type VersionView struct {
	Version       string
	Protocol      *protocol.Protocol
	State         string
	EffectiveFrom string // date
	AdoptedOn     string // date; empty: a draft
	AdoptedBy     string
	Told          time.Time // when the notice of it went out (DOC-20)
	Review        time.Time
	Overdue       bool                  // the review date of the version in force has passed (T-18)
	Differences   []protocol.Difference // with the version in force, for one that is still to come
	Case          loket.CaseID          // in which it is made, once there is one
	CaseNumber    string
	Opens         bool // the reader comes to that case
	Owner         bool // the reader asks, answers, adopts and tells
	MayAnnounce   bool
	MayTry        bool              // on past cases, see Desk.Try
	Consultation  *ConsultationView // nil: nobody was asked
	Pinned        string            // the installation keeps this organisation on that version
}

// Versions lists the versions of the tenant's protocol that are installed, newest first
// (R-R-12, SM-11). Who was asked for an opinion and reads no others sees those.
func (d *Desk) Versions(ctx context.Context, a loket.Actor) ([]VersionView, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	var out []VersionView
	for _, version := range slices.Backward(d.knowing(p.About.ID).versions(p.About.ID)) {
		v, err := d.versionView(ctx, a, p, version)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out = append(out, *v)
		}
	}
	if len(out) == 0 {
		return nil, errHidden
	}
	return out, nil
}

// Version shows one version.
func (d *Desk) Version(ctx context.Context, a loket.Actor, version string) (*VersionView, error) {
	p, next, err := d.installed(ctx, a, version)
	if err != nil {
		return nil, err
	}
	v, err := d.versionView(ctx, a, p, next)
	if err == nil && v == nil {
		d.refusedTo(ctx, a, "", "versions.read")
		err = errHidden
	}
	return v, err
}

// installed finds a version of the tenant's protocol, and the one in force.
func (d *Desk) installed(ctx context.Context, a loket.Actor, version string) (inForce, next *protocol.Protocol, err error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, nil, err
	}
	if next = d.knowing(p.About.ID)[p.About.ID+"@"+version]; next == nil {
		return nil, nil, errHidden
	}
	return p, next, nil
}

// versionView is nil for who may not see the version.
func (d *Desk) versionView(ctx context.Context, a loket.Actor, p, version *protocol.Protocol) (*VersionView, error) {
	t, err := d.Tenant(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	o, err := d.versionCase(ctx, a.Tenant, version)
	if err != nil || !may(a, p, "versions.read", policies.Asked.When(o.asks(a))) {
		return nil, err
	}
	v := &VersionView{Version: version.About.Version, State: stateOf(t, p, version, o, d.Now()), Owner: mayAnnounce(a, p), Protocol: version}
	v.AdoptedOn, v.EffectiveFrom = t.adoption(version)
	if v.State == VersionEffective {
		v.Review = reviewOf(version, v.EffectiveFrom)
		v.Overdue = !v.Review.IsZero() && d.Now().After(v.Review)
	}
	if toCome(v.State) {
		v.Differences = differences(p, version)
		v.MayTry = mayTry(a, p)
		v.MayAnnounce = v.Owner && o == nil
		v.Pinned = t.Version
	}
	if o != nil {
		v.Case, v.CaseNumber, v.Told = o.ID, o.Number, toldAt(o.Case)
		v.Consultation = d.consultationView(ctx, a, o, version, v.Owner)
		if o.Adopted != nil {
			v.AdoptedBy = o.Adopted.Body
		}
		v.Opens = mayOn(a, p, "case.enter", d.sight(a, o)|standing(o.Case), "", status(o.Case))
	}
	return v, nil
}

// versionCase is the case in which a version is made; nil when there is none yet.
func (d *Desk) versionCase(ctx context.Context, tenant string, version *protocol.Protocol) (*open, error) {
	var id loket.CaseID
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		id, _, err = tx.Occasion(ctx, tenant, versionOccasion(version))
		return err
	})
	if err != nil || id == "" {
		return nil, err
	}
	o, err := d.load(ctx, loket.System(tenant), id)
	if loket.ErrorCode(err) == loket.Gone {
		return nil, nil // destroyed at the end of its term; the version itself stays
	}
	return o, err
}

// stateOf follows from the dates of a version, from the one in force, and from what happened
// to its case.
func stateOf(t Tenant, inForce, p *protocol.Protocol, o *open, now time.Time) string {
	on, from := t.adoption(p)
	_, since := t.adoption(inForce)
	switch {
	case p.About.Version == inForce.About.Version:
		return VersionEffective
	case on == "" && o != nil && o.Consultation.OpenAt(now):
		return VersionConsultation
	case on == "":
		return VersionDraft
	case from < since:
		return VersionSuperseded
	case o != nil && !toldAt(o.Case).IsZero():
		return VersionPublished
	}
	return VersionAdopted
}

// toldAt is when the case of a version last told its readers something (DOC-20).
func toldAt(c *loket.Case) time.Time {
	var at time.Time
	for _, s := range c.Products {
		for _, v := range s.Versions {
			if v.Released != nil && v.Withdrawn == "" && v.ReleasedAt.After(at) {
				at = v.ReleasedAt
			}
		}
	}
	return at
}

// reviewOf is when a version must be looked at again (T-18); zero when it says nothing.
func reviewOf(p *protocol.Protocol, since string) time.Time {
	from, err := time.ParseInLocation(time.DateOnly, since, p.Location())
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
	p, next, err := d.installed(ctx, a, version)
	if err != nil {
		return "", err
	}
	if !mayAnnounce(a, p) {
		d.refusedTo(ctx, a, "", "version.announced")
		return "", errHidden
	}
	return d.announce(ctx, a, p, next)
}

// announce opens the case. That the files of the version say when it was adopted is told to it.
func (d *Desk) announce(ctx context.Context, a loket.Actor, p, next *protocol.Protocol) (loket.CaseID, error) {
	f := formOf(p, "version")
	known := map[string]any{"version": next.About.Version, "version_changes": differenceText(differences(p, next))}
	if on, err := time.ParseInLocation(time.DateOnly, next.About.EffectiveFrom, p.Location()); err == nil {
		known["effective_on"] = on
	}
	id, err := d.once(ctx, a, p, versionOccasion(next), f, fillRegister(f, known))
	filed, adopted := filedAdoption(next)
	if err != nil || !adopted {
		return id, err
	}
	_, err = d.act(ctx, loket.System(a.Tenant), id, "", 0, func(o *open) ([]loket.Payload, error) {
		if o.Adopted != nil {
			return nil, nil
		}
		return []loket.Payload{filed}, nil
	})
	return id, err
}

// differences are what a next version changes. That it has another number and other dates, and
// is perhaps written as changes, goes without saying.
func differences(inForce, next *protocol.Protocol) []protocol.Difference {
	return slices.DeleteFunc(protocol.Compare(inForce, next), func(x protocol.Difference) bool {
		return x.List == "overlay" || x.List == "protocol" && slices.Contains([]string{"version", "adopted_on", "adopted_by", "effective_from"}, x.Key)
	})
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
	switch {
	case x.Change != "changed":
		return line
	case len(x.Was)+len(x.Is) < 200:
		return line + " (" + keyWords(x.Key) + ": " + quoted(spanWords(x.Was)) + " → " + quoted(spanWords(x.Is)) + ")"
	}
	return line + " (" + keyWords(x.Key) + ")" // too long for a notice; the page of versions has it
}

// keyWords is a key of the protocol file in the language of notices: within is “termijn”.
func keyWords(key string) string {
	key, english := strings.CutSuffix(key, ".en")
	words := key[strings.LastIndex(key, ".")+1:]
	if known := "versions.key." + words; locale.Has(known) {
		words = locale.T(mailLang, known)
	}
	if english {
		return locale.T(mailLang, "versions.in_english", words)
	}
	return words
}

// spanWords is a term of the protocol file in words; anything else stays as it is.
func spanWords(text string) string {
	if words, ok := protocol.DurationWords(text); ok {
		return words.NL
	}
	return text
}

func quoted(s string) string {
	if s == "" {
		return locale.T(mailLang, "written.empty")
	}
	return "“" + s + "”"
}
