// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// OnDuty is one person who has duty at a moment.
type OnDuty struct {
	Role     string
	Person   Person
	Deputy   Person // zero: none
	Until    time.Time
	Phone    string
	Override bool
}

// RosterView is the page "on duty now".
type RosterView struct {
	Now      time.Time
	DeskOpen bool
	Closes   time.Time
	Opens    time.Time
	Roles    []protocol.Option // roles that the roster knows, in the order of the protocol
	OnDuty   []OnDuty
	Mine     []Entry // my coming shifts
	Names    Names
	Notes    int // notes for the next shift that nobody accepted yet
}

// rosterAhead is how far the page looks for coming shifts.
const rosterAhead = 90 * 24 * time.Hour

// Roster shows who has duty now, and the actor's own coming shifts (issue "The region works",
// item 9).
func (d *Desk) Roster(ctx context.Context, a loket.Actor) (*RosterView, error) {
	v, err := d.DutyNow(ctx, a)
	if err != nil {
		return nil, err
	}
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil || !may(a, p, "duty.read", 0) {
		return v, err
	}
	q := CaseQuery{Tenant: a.Tenant, View: "handover", Now: v.Now, EndOfDay: v.Now, Limit: handoverMost}
	q.Among, _ = seesRelations(a, p)
	err = d.Store.Read(ctx, func(tx Tx) error {
		if err := q.shownTo(ctx, tx, a); err != nil {
			return err
		}
		rows, err := tx.Cases(ctx, q)
		v.Notes = len(rows)
		return err
	})
	return v, err
}

// handoverMost is how many notes for the next shift are counted.
const handoverMost = 20

// DutyNow is the same without the notes: cheap enough to stand beside every worklist. A desk
// without a roster costs one look into an empty index.
func (d *Desk) DutyNow(ctx context.Context, a loket.Actor) (*RosterView, error) {
	p, _, err := d.bookFor(ctx, a, rosterBook.ID, false)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	v := &RosterView{Now: now, DeskOpen: p.DeskOpen(now), Closes: p.DeskCloses(now), Opens: p.NextDeskOpening(now), Names: Names{zone: p.Location()}}
	err = d.Store.Read(ctx, func(tx Tx) error {
		ahead, err := tx.Entries(ctx, EntryQuery{Tenant: a.Tenant, Book: rosterBook.ID, At: now, Until: now.Add(rosterAhead)})
		if err != nil || len(ahead) == 0 {
			return err
		}
		v.sort(a, p, ahead)
		if v.Names.People, err = tx.People(ctx, a.Tenant); err != nil {
			return err
		}
		v.OnDuty, err = onDuty(ctx, tx, a.Tenant, now, v.Names.People)
		return err
	})
	return v, err
}

// sort finds the roles that the roster knows and the shifts of the reader.
func (v *RosterView) sort(a loket.Actor, p *protocol.Protocol, ahead []Entry) {
	for _, r := range p.Roles {
		if slices.ContainsFunc(ahead, func(e Entry) bool { return e.Values["role"] == r.ID }) {
			v.Roles = append(v.Roles, protocol.Option{ID: r.ID, Label: r.Title})
		}
	}
	for _, e := range ahead {
		if e.Values["person"] == a.ID || e.Values["deputy"] == a.ID {
			v.Mine = append(v.Mine, e)
		}
	}
}

// onDuty reads who has duty at a moment. Per role an exception goes before the ordinary
// shift, as long as it lasts.
func onDuty(ctx context.Context, tx Tx, tenant string, at time.Time, people []Person) ([]OnDuty, error) {
	entries, err := tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: rosterBook.ID, At: at})
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	contacts, err := tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: contactBook.ID, At: at})
	var out []OnDuty
	for _, e := range entries {
		override := e.Values["kind"] == "override"
		if !override && slices.ContainsFunc(entries, func(x Entry) bool { return x.Values["kind"] == "override" && x.Values["role"] == e.Values["role"] }) {
			continue
		}
		out = append(out, OnDuty{Role: e.Values["role"], Person: personOf(people, e.Values["person"]), Deputy: personOf(people, e.Values["deputy"]), Until: e.Until,
			Phone: orDefault(e.Values["phone"], numberOf(contacts, personOf(people, e.Values["person"]).Name)), Override: override})
	}
	return out, err
}

func personOf(people []Person, id string) Person {
	for _, p := range people {
		if p.ID == id && id != "" {
			return p
		}
	}
	return Person{ID: id, Name: id}
}

// numberOf finds the number of somebody in the contacts: mobile before telephone.
func numberOf(contacts []Entry, name string) string {
	for _, e := range contacts {
		if sameOrganisation(e.Values["name"], name) {
			return orDefault(e.Values["mobile"], e.Values["phone"])
		}
	}
	return ""
}

// alarms are the notices about a clock whose moment came while the desk was closed: they go
// to whoever has duty. With nobody on duty the case stays on the worklist, late or for today,
// and the worklist says that nobody was there. A notice has an id of its own per moment, so
// that it is never sent twice.
func (d *Desk) alarms(ctx context.Context, o *open, c ClockRow, now time.Time) ([]Message, error) {
	if o.p.DeskOpen(now) || c.NextAt.IsZero() || strings.HasPrefix(c.Clock, stepClock) {
		return nil, nil
	}
	var duty []OnDuty
	err := d.Store.Read(ctx, func(tx Tx) error {
		people, err := tx.People(ctx, o.Tenant)
		if err == nil {
			duty, err = onDuty(ctx, tx, o.Tenant, now, people)
		}
		return err
	})
	duty = slices.DeleteFunc(duty, func(on OnDuty) bool { // for them there is no case: then others are woken
		return o.Hides(on.Person.ID) && (on.Deputy.ID == "" || o.Hides(on.Deputy.ID))
	})
	var out []Message
	for _, on := range concerned(o, duty, c.Clock) {
		for _, p := range []Person{on.Person, on.Deputy} {
			if p.Email == "" || o.Hides(p.ID) || slices.ContainsFunc(out, func(m Message) bool { return m.Person == p.ID }) {
				continue
			}
			out = append(out, d.alarm(ctx, o, c, p, now))
		}
	}
	return out, err
}

// concerned are those on duty who must act on this clock: they hold its role, or that of an
// open step that it hurries. When none of them has duty, everybody who has is concerned.
func concerned(o *open, duty []OnDuty, clock string) []OnDuty {
	clock, _, _ = strings.Cut(clock, "/")
	var roles []string
	if f := o.p.Deadline(clock); f != nil && f.Owner != "" {
		roles = append(roles, f.Owner)
	}
	for i := range o.ev.Steps {
		if f := &o.ev.Steps[i]; slices.Contains(f.Step.Due, clock) && f.Open != protocol.False && !f.Done {
			roles = append(roles, f.Step.Owner...)
		}
	}
	acting := slices.DeleteFunc(slices.Clone(duty), func(on OnDuty) bool { return !slices.Contains(roles, on.Role) })
	if len(acting) == 0 {
		return duty
	}
	return acting
}

func (d *Desk) alarm(ctx context.Context, o *open, c ClockRow, to Person, now time.Time) Message {
	id := idOf(d.Sealer.Index(o.Tenant, "alarm", string(c.Case)+"|"+c.Clock+"|"+itoa(c.Stage)+"|"+to.ID))
	return Message{
		ID: id, Tenant: o.Tenant, Case: o.ID, Product: "alarm", Person: to.ID, To: to.Email, CreatedAt: now, DueAt: now,
		Subject: locale.T(mailLang, "mail.alarm.subject", o.Number),
		Body:    locale.T(mailLang, "mail.alarm.body", o.Number, d.address(ctx, o.Tenant)+"/werklijst"),
	}
}
