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

// A case may be hidden from named people (D-65): a colleague whose family it is about,
// somebody whom the report names. For them it is not there. That is kept in two places that
// say the same:
//
//	events of the case ──HiddenFrom──▶ CaseRow.HiddenFrom ──▶ table case_hidden ──▶ every list and count, in SQL
//	             └──Hides──▶ one case, at every load (policy: shown)
//
// Nobody gets past it, not in an emergency either (docs/decisions/0013).

// Hidings is what a store keeps about cases that are hidden from somebody.
type Hidings interface {
	// HiddenFrom lists the cases that are hidden from a person, also those destroyed since.
	HiddenFrom(ctx context.Context, tenant, person string) ([]loket.CaseID, error)
	// HoldBack drops the notices about a case to some people, or to everybody, that were not
	// sent yet.
	HoldBack(ctx context.Context, id loket.CaseID, people []string) error
}

// everybody stands for all people in HoldBack.
const everybody = "*"

// hidden are the cases that do not exist for somebody. The desk itself sees all.
func hidden(ctx context.Context, tx Tx, a loket.Actor) (map[loket.CaseID]bool, error) {
	if a.ID == "system" || a.Case != "" {
		return nil, nil
	}
	ids, err := tx.HiddenFrom(ctx, a.Tenant, a.ID)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	out := make(map[loket.CaseID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

// shownTo leaves out of a query, in SQL, what is hidden from somebody. Most people have nothing
// hidden from them; then no row is asked about it.
func (q *CaseQuery) shownTo(ctx context.Context, tx Tx, a loket.Actor) error {
	gone, err := hidden(ctx, tx, a)
	if len(gone) > 0 {
		q.Reader = a.ID
	}
	return err
}

// sharedWith leaves out the people for whom the case does not exist.
func sharedWith(o *open, people []Person) []Person {
	if len(o.HiddenFrom) == 0 {
		return people
	}
	return slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return o.Hides(p.ID) })
}

// hiddenRow is what the lists must know: nil for a case that was never hidden.
func hiddenRow(c *loket.Case) []string {
	if c.HiddenFrom == nil {
		return nil
	}
	out := make([]string, 0, len(c.HiddenFrom))
	for person := range c.HiddenFrom {
		out = append(out, person)
	}
	slices.Sort(out)
	return out
}

// HidingView is one person for whom the case does not exist.
type HidingView struct {
	loket.Hiding
	Person string // account id
	Name   string
	Said   TextView // the reason
	ByName string
}

// hidings are in order of name.
func hidings(o *open, r reader) []HidingView {
	var out []HidingView
	for _, person := range hiddenRow(o.Case) {
		h := o.HiddenFrom[person]
		out = append(out, HidingView{Hiding: h, Person: person, Name: r.name(person), Said: r.text(o.Case, h.Seq, h.Reason), ByName: r.name(h.By)})
	}
	slices.SortStableFunc(out, func(a, b HidingView) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// hides checks that those who are named have an account here, and that somebody is left who
// can take it back.
func (d *Desk) hides(ctx context.Context, o *open, w loket.CaseHidden) error {
	people, err := d.People(ctx, o.Tenant)
	if err != nil {
		return err
	}
	for _, id := range w.People {
		if !slices.ContainsFunc(people, func(p Person) bool { return p.ID == id }) {
			return loket.Refuse(loket.Invalid, "Kies iemand met een account bij deze organisatie.", "Choose somebody with an account of this organisation.")
		}
	}
	left := slices.ContainsFunc(people, func(p Person) bool {
		return shields(o, p) && !o.Hides(p.ID) && !slices.Contains(w.People, p.ID)
	})
	if !left {
		return loket.Refuse(loket.Stopped, "Dan blijft er niemand over die de verberging kan opheffen. Laat minstens één coördinator of privacyfunctionaris de zaak zien.",
			"Then nobody would be left who can lift the hiding. Let at least one coordinator or privacy officer see the case.")
	}
	return nil
}

// shields: this person may hide cases, and hears of what was hidden and opened.
func shields(o *open, p Person) bool {
	a := loket.Actor{ID: p.ID, Tenant: o.Tenant, Roles: p.Roles, Organisation: p.Organisation}
	return mayOn(a, o.p, "case.shown", onSight, "", "")
}

// tellShields queues a notice without content for everybody who guards over who sees what,
// but for the one who did it; and for who handles the case, when it was opened.
func (d *Desk) tellShields(ctx context.Context, ch *change, by loket.Actor, texts string) error {
	o, now := ch.o, d.Now()
	people, err := d.People(ctx, o.Tenant)
	if err != nil {
		return err
	}
	for _, p := range sharedWith(o, people) {
		handles := p.ID == o.Assigned && texts == mailEmergency
		if p.ID == by.ID || p.Email == "" || !handles && !shields(o, p) {
			continue
		}
		ch.notices = append(ch.notices, Message{
			ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Product: "shield", Person: p.ID, To: p.Email, CreatedAt: now, DueAt: now,
			Subject: locale.T(mailLang, texts+".subject", o.Number),
			Body:    locale.T(mailLang, texts+".body", o.Number, d.address(ctx, o.Tenant)+"/noodopeningen", o.p.Desk.Phone),
		})
	}
	return nil
}

// Texts of these notices.
const (
	mailHidden    = "mail.hidden"
	mailEmergency = "mail.emergency"
)

// shielded does what belongs to an event about who may see the case, beside recording it.
func (d *Desk) shielded(ctx context.Context, a loket.Actor, ch *change, seq int, payload loket.Payload) error {
	switch p := payload.(type) {
	case loket.CaseHidden:
		ch.heldBack = append(ch.heldBack, p.People...)
		return d.tellShields(ctx, ch, a, mailHidden)
	case loket.CaseShown:
		return d.tellShields(ctx, ch, a, mailHidden)
	case loket.LimitPlaced:
		ch.heldBack = append(ch.heldBack, everybody)
	case loket.EmergencyOpened:
		ch.purposes = map[int]string{seq: "emergency:" + p.Ground + ":" + string(p.Depth)}
		ch.emergencies = append(ch.emergencies, emergencyRow(ch.o, *ch.o.Emergency(seq)))
		return d.tellShields(ctx, ch, a, mailEmergency)
	case loket.EmergencyReviewed:
		if x := ch.o.Emergency(p.Opening); x != nil {
			ch.emergencies = append(ch.emergencies, emergencyRow(ch.o, *x))
		}
	}
	return nil
}

// linksTo reports whether an event speaks of another case that is far from the reader.
func linksTo(e loket.Event, far func(loket.CaseID) bool) bool {
	if far == nil {
		return false
	}
	switch w := e.Payload.(type) {
	case loket.Linked:
		return far(w.Other)
	case loket.Unlinked:
		return far(w.Other)
	}
	return false
}

// lend is how deep an emergency opening that runs lets the actor see the case in hand.
func (d *Desk) lend(a loket.Actor, o *open) protocol.Level {
	if a.Case != "" || len(o.Emergencies) == 0 {
		return ""
	}
	return o.Lends(a.ID, d.Now())
}

// reading names what is read, and that it is read in an emergency.
func (o *open) reading(what string) string {
	if o.lent != "" {
		return lentReading + what
	}
	return what
}

// lentUntil is when the last emergency opening of the actor is over; zero: none runs.
func (o *open) lentUntil(a loket.Actor, now time.Time) (until time.Time) {
	for _, x := range o.Emergencies {
		if a.Case == "" && x.By == a.ID && x.Until.After(now) && x.Until.After(until) {
			until = x.Until
		}
	}
	return until
}

// standing is how the case stands, whoever asks.
func standing(c *loket.Case) policies.Relation {
	return policies.Loose.When(c.Hold == nil) | policies.Leads.When(joinedTo(c) == "") | policies.Free.When(c.Limit == nil)
}
