// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// A consultation lets people look at a draft of the protocol before it is adopted (SM-11,
// R-R-14). All of it lies in the case of the version, so that it is sealed, logged and kept
// like everything else:
//
//	owner asks roles and people until a day ──mail with a link, no content──▶ they remark per part
//	owner answers each remark ──▶ adoption ──▶ notice (DOC-20) ──▶ its day

// Consulting is whom the owner asks, and until when.
type Consulting struct {
	Roles    []string
	People   []string  // ids, beside the roles
	Until    time.Time // the last moment
	Question string
	Key      string
}

// ConsultationView is a consultation as one reader may see it: the owner everything, who was
// asked their own remarks with the answers.
type ConsultationView struct {
	Question   string
	OpenedAt   time.Time
	Until      time.Time
	ClosedAt   time.Time
	Open       bool
	Mine       bool // the reader was asked
	Asked      []AskedView
	Count      int // how many were asked
	Remarks    []RemarkView
	Total      int // remarks of everybody
	Unanswered int
}

// AskedView is somebody who was asked.
type AskedView struct {
	Name    string
	Role    protocol.Text
	Remarks int
}

// RemarkView is one remark with its answer.
type RemarkView struct {
	ID      string
	Part    string
	Title   protocol.Text // of the part; empty: the whole
	Text    string
	Name    string
	At      time.Time
	Outcome string // empty: no answer yet
	Answer  string
	Replied time.Time
}

// asks reports whether an actor was asked for an opinion on the version of this case.
func (o *open) asks(a loket.Actor) bool { return o != nil && o.Consultation.Asks(a.ID) }

func (d *Desk) consultationView(ctx context.Context, a loket.Actor, o *open, version *protocol.Protocol, owner bool) *ConsultationView {
	round := o.Consultation
	if round == nil || !owner && !round.Asks(a.ID) {
		return nil
	}
	v := &ConsultationView{Question: round.Question, OpenedAt: round.OpenedAt, Until: round.Until, ClosedAt: round.ClosedAt, Open: round.OpenAt(d.Now()),
		Mine: round.Asks(a.ID), Count: len(round.Asked), Total: len(round.Remarks), Unanswered: round.Unanswered()}
	names := map[string]string{}
	for _, r := range round.Asked {
		names[r.ID] = r.Name
		if owner {
			said := slices.DeleteFunc(slices.Clone(round.Remarks), func(x loket.Remark) bool { return x.By != r.ID })
			v.Asked = append(v.Asked, AskedView{Name: r.Name, Role: roleTitle(version, r.Role), Remarks: len(said)})
		}
	}
	for _, r := range round.Remarks {
		if owner || r.By == a.ID {
			v.Remarks = append(v.Remarks, remarkView(r, version, names[r.By]))
		}
	}
	return v
}

func remarkView(r loket.Remark, version *protocol.Protocol, name string) RemarkView {
	v := RemarkView{ID: r.Remark, Part: r.Part, Text: r.Text, Name: name, At: r.At}
	v.Title, _ = version.Part(r.Part)
	if r.Answer != nil {
		v.Outcome, v.Answer, v.Replied = r.Answer.Outcome, r.Answer.Text, r.Answer.At
	}
	return v
}

// Consult asks people for an opinion on a version, or asks more of them, or until another day.
func (d *Desk) Consult(ctx context.Context, a loket.Actor, version string, c Consulting) error {
	p, next, err := d.ownedBy(ctx, a, version, "consultation.opened")
	if err != nil {
		return err
	}
	asked, err := d.whomToAsk(ctx, a, next, c)
	if err != nil {
		return err
	}
	id, err := d.ownVersion(ctx, a, p, next, loket.ConsultationOpened{Until: c.Until, Asked: asked})
	if err != nil {
		return err
	}
	return d.owned(ctx, a, id, c.Key, func(o *open) loket.Payload {
		fresh := slices.DeleteFunc(slices.Clone(asked), func(r loket.Recipient) bool { return o.Consultation.Asks(r.ID) })
		return loket.ConsultationOpened{Until: c.Until, Asked: fresh, Question: strings.TrimSpace(c.Question)}
	})
}

// CloseConsultation ends a consultation before its last day.
func (d *Desk) CloseConsultation(ctx context.Context, a loket.Actor, version, key string) error {
	p, next, err := d.ownedBy(ctx, a, version, "consultation.closed")
	if err != nil {
		return err
	}
	id, err := d.ownVersion(ctx, a, p, next, loket.ConsultationClosed{})
	if err != nil {
		return err
	}
	return d.owned(ctx, a, id, key, func(*open) loket.Payload { return loket.ConsultationClosed{} })
}

// AnswerRemark says what the owner does with a remark.
func (d *Desk) AnswerRemark(ctx context.Context, a loket.Actor, version string, answer loket.RemarkAnswered, key string) error {
	p, next, err := d.ownedBy(ctx, a, version, "remark.answered")
	if err != nil {
		return err
	}
	id, err := d.ownVersion(ctx, a, p, next, answer)
	if err != nil {
		return err
	}
	return d.owned(ctx, a, id, key, func(*open) loket.Payload { return answer })
}

// AdoptVersion records that a version was adopted, by whom, and from which day it holds.
func (d *Desk) AdoptVersion(ctx context.Context, a loket.Actor, version string, adopted loket.VersionAdopted, key string) error {
	p, next, err := d.ownedBy(ctx, a, version, "version.adopted")
	if err != nil {
		return err
	}
	if t, err := d.Tenant(ctx, a.Tenant); err != nil || t.Version != "" {
		return orElse(err, loket.Refuse(loket.Invalid, "Deze organisatie is door de beheerder op één versie vastgezet. Vraag de beheerder dat los te laten.", "The operator keeps this organisation on one version. Ask the operator to let go."))
	}
	adopted.Version, adopted.Filed = next.About.Version, false
	id, err := d.ownVersion(ctx, a, p, next, adopted)
	if err != nil {
		return err
	}
	err = d.asGuest(ctx, a, id, key, func(o *open) ([]loket.Payload, error) {
		out, err := loket.Decide(o.Case, o.p, adopted, d.Now())
		if facts := adoptedFacts(o.p, next, adopted.From); err == nil && len(facts) > 0 {
			out = append(out, loket.FactsRecorded{Form: formOf(o.p, "version").ID, Facts: facts})
		}
		return out, err
	})
	d.forgetTenants()
	return err
}

// adoptedFacts keep the case in step with the version as it was adopted: its day, and what it
// changes by then.
func adoptedFacts(p, next *protocol.Protocol, from string) protocol.Facts {
	known := map[string]any{"version_changes": differenceText(differences(p, next))}
	if on, err := time.ParseInLocation(time.DateOnly, from, p.Location()); err == nil {
		known["effective_on"] = on
	}
	f := formOf(p, "version")
	if f == nil {
		return nil
	}
	return fillRegister(f, known)
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// Remark is an opinion of somebody who was asked on a part of a version.
func (d *Desk) Remark(ctx context.Context, a loket.Actor, version string, remark loket.RemarkMade, key string) error {
	p, next, err := d.installed(ctx, a, version)
	if err != nil {
		return err
	}
	o, err := d.versionCase(ctx, a.Tenant, next)
	if err != nil {
		return err
	}
	if !may(a, p, "remark.made", policies.Asked.When(o.asks(a))) {
		d.refusedTo(ctx, a, "", "remark.made")
		return errHidden
	}
	_, there := next.Part(remark.Part)
	if _, was := p.Part(remark.Part); !there && !was {
		return loket.Refuse(loket.Invalid, "Kies een onderdeel van het protocol.", "Choose a part of the protocol.")
	}
	remark.Remark = d.Rand.RowID(d.Now())
	return d.owned(ctx, a, o.ID, key, func(*open) loket.Payload { return remark })
}

// ownedBy finds a version for its owner, and the protocol in force.
func (d *Desk) ownedBy(ctx context.Context, a loket.Actor, version, action string) (p, next *protocol.Protocol, err error) {
	if p, next, err = d.installed(ctx, a, version); err != nil {
		return nil, nil, err
	}
	f := formOf(p, "version")
	if f == nil || !may(a, p, action, ofForm(a, f)) {
		d.refusedTo(ctx, a, "", action)
		return nil, nil, errHidden
	}
	return p, next, nil
}

// ownVersion finds the case of a version, and opens it when there is none. What would be refused
// there is refused before: an act that does not happen leaves no case behind.
func (d *Desk) ownVersion(ctx context.Context, a loket.Actor, p, next *protocol.Protocol, want loket.Payload) (loket.CaseID, error) {
	o, err := d.versionCase(ctx, a.Tenant, next)
	if err != nil {
		return "", err
	}
	if o == nil {
		if _, err := loket.Decide(caseToBe(p, next), p, want, d.Now()); err != nil {
			return "", err
		}
	}
	return d.announce(ctx, a, p, next)
}

// caseToBe is the case of a version as announce would open it.
func caseToBe(p, next *protocol.Protocol) *loket.Case {
	c := loket.NewCase("")
	c.Kind = formOf(p, "version").Opens
	if filed, adopted := filedAdoption(next); adopted {
		c.Apply(loket.Event{Payload: filed})
	}
	return c
}

// filedAdoption is what the files of a version say about its adoption.
func filedAdoption(next *protocol.Protocol) (w loket.VersionAdopted, adopted bool) {
	about := next.About
	return loket.VersionAdopted{Version: about.Version, On: about.AdoptedOn, From: about.EffectiveFrom, Body: about.AdoptedBy, Filed: true}, about.AdoptedOn != ""
}

// owned adds to the case of a version what its owner, or somebody who was asked, wants. Whether
// they may was asked already; the case lets them in for this one act.
func (d *Desk) owned(ctx context.Context, a loket.Actor, id loket.CaseID, key string, want func(*open) loket.Payload) error {
	return d.asGuest(ctx, a, id, key, func(o *open) ([]loket.Payload, error) {
		return loket.Decide(o.Case, o.p, want(o), d.Now())
	})
}

func (d *Desk) asGuest(ctx context.Context, a loket.Actor, id loket.CaseID, key string, decide func(*open) ([]loket.Payload, error)) error {
	guest := a
	guest.Case = id
	_, err := d.act(ctx, guest, id, key, 0, decide)
	return err
}

// whomToAsk are the people with an account whom the roles and names mean, each once and never the
// asker.
func (d *Desk) whomToAsk(ctx context.Context, a loket.Actor, next *protocol.Protocol, c Consulting) ([]loket.Recipient, error) {
	people, err := d.People(ctx, a.Tenant)
	var out []loket.Recipient
	for _, p := range people {
		role := slices.IndexFunc(p.Roles, func(r string) bool { return slices.Contains(c.Roles, r) })
		if p.ID == a.ID || len(p.Roles) == 0 || role < 0 && !slices.Contains(c.People, p.ID) {
			continue
		}
		out = append(out, loket.Recipient{ID: p.ID, Name: p.Name, Role: p.Roles[max(role, 0)], Email: p.Email})
	}
	return out, err
}

// notifyAsked tells who was asked that there is something to look at: a link and the last day,
// no content.
func (d *Desk) notifyAsked(ctx context.Context, ch *change, w loket.ConsultationOpened, now time.Time) {
	o := ch.o
	version := caseVersion(o)
	link := d.address(ctx, o.Tenant) + "/versies/" + version
	for _, r := range w.Asked {
		if r.Email == "" {
			continue
		}
		ch.notices = append(ch.notices, Message{
			ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Product: "consultation", Person: r.ID, To: r.Email, CreatedAt: now, DueAt: now,
			Subject: locale.T(mailLang, "mail.consultation.subject", version),
			Body:    locale.T(mailLang, "mail.consultation.body", version, locale.Day(mailLang, w.Until.Add(-time.Second), o.p.Location()), link, o.p.Desk.Phone),
		})
	}
}

// caseVersion is the version that a case is about, as the protocol's form holds it.
func caseVersion(o *open) string {
	f := formOf(o.p, "version")
	if f == nil {
		return ""
	}
	for _, s := range f.Sections {
		for _, field := range s.Fields {
			if v, ok := o.Facts[field.ID].(string); ok && field.Register == "version" {
				return v
			}
		}
	}
	return ""
}

// writeAdopted lets the organisation work by the version from its day on.
func (ch *change) writeAdopted(ctx context.Context, tx Tx) error {
	w := ch.adopted
	if w == nil || w.Filed {
		return nil
	}
	all, err := tx.Tenants(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(t Tenant) bool { return t.ID == ch.o.Tenant })
	if i < 0 {
		return errNoTenant
	}
	adopted := slices.DeleteFunc(slices.Clone(all[i].Adopted), func(x Adoption) bool { return x.Protocol == ch.o.Protocol && x.Version == w.Version })
	return tx.PutAdopted(ctx, ch.o.Tenant, append(adopted, Adoption{Protocol: ch.o.Protocol, Version: w.Version, On: w.On, From: w.From}))
}

// beginClock is the row that waits for the day on which a version begins.
const beginClock = "begins"

// versionClocks wait for the end of a consultation and for the day on which a version begins.
func versionClocks(c *loket.Case, p *protocol.Protocol, now time.Time) []ClockRow {
	var out []ClockRow
	if c.Consultation.OpenAt(now) {
		until := c.Consultation.Until
		out = append(out, ClockRow{Case: c.ID, Tenant: c.Tenant, Clock: stepClock + "consultation", DueAt: until, NextAt: until, State: string(protocol.ClockRunning)})
	}
	if c.Adopted != nil && c.Began.IsZero() {
		if from, err := time.ParseInLocation(time.DateOnly, c.Adopted.From, p.Location()); err == nil {
			out = append(out, ClockRow{Case: c.ID, Tenant: c.Tenant, Clock: beginClock, DueAt: from, NextAt: from, State: string(protocol.ClockRunning)})
		}
	}
	return out
}

// begin records that the day of a version came: from now on new cases begin with it.
func (d *Desk) begin(ctx context.Context, row ClockRow) error {
	_, err := d.act(ctx, loket.System(row.Tenant), row.Case, "", 0, func(o *open) ([]loket.Payload, error) {
		if o.Adopted == nil || !o.Began.IsZero() {
			return nil, nil
		}
		return []loket.Payload{loket.VersionBegan{Version: o.Adopted.Version, Was: o.ProtocolVersion}}, nil
	})
	return err
}

// versionWords are the events of a version in words.
func versionWords(payload loket.Payload) (protocol.Text, string) {
	switch w := payload.(type) {
	case loket.ConsultationOpened:
		return say("Om een mening gevraagd: "+recipientNames(w.Asked), "Asked for an opinion: "+recipientNames(w.Asked)), w.Question
	case loket.RemarkMade:
		return say("Opmerking over de nieuwe versie", "Remark on the new version"), w.Text
	case loket.RemarkAnswered:
		return say("Opmerking beantwoord", "Remark answered"), w.Text
	case loket.ConsultationClosed:
		return say("Raadpleging gesloten", "Consultation closed"), ""
	case loket.VersionAdopted:
		return say("Versie "+w.Version+" vastgesteld door "+w.Body, "Version "+w.Version+" adopted by "+w.Body), w.Reason
	case loket.VersionBegan:
		return say("Versie "+w.Version+" is ingegaan", "Version "+w.Version+" came into force"), ""
	}
	return protocol.Text{}, ""
}
