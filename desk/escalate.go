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

// A clock that ended and was not met goes on to people: a reminder, the deputy, somebody above
// (R-I-59). The protocol says who and when (`escalate`); the clock's own row comes back for
// each stage, so nothing is lost or told twice:
//
//	end ──▶ stage 1 told ──after──▶ stage 2 told ──after──▶ … until it is met
//	             └─ nobody found ──▶ noted, and the next stage at once

// pendingStages are the stages of a clock whose moment has come and that were not told.
func pendingStages(o *open, clock string, now time.Time) []int {
	f := findingOf(o, clock)
	if f == nil || f.Due.IsZero() || !f.Met.IsZero() || o.Ended != "" {
		return nil
	}
	var out []int
	for i, at := range o.p.Escalations(f.Deadline, f.Due) {
		if i >= o.Escalated[clock] && !at.After(now) {
			out = append(out, i)
		}
	}
	return out
}

func findingOf(o *open, clock string) *protocol.DeadlineFinding {
	for i := range o.ev.Deadlines {
		if f := &o.ev.Deadlines[i]; loket.RowKey(f.Deadline.ID, f.Row) == clock {
			return f
		}
	}
	return nil
}

// escalate tells the people of every stage that is due. A stage that finds nobody lets the next
// one go at once: the report must reach somebody.
func (d *Desk) escalate(ctx context.Context, row ClockRow) error {
	_, err := d.act(ctx, loket.System(row.Tenant), row.Case, "", 0, func(o *open) ([]loket.Payload, error) {
		o.ev = o.p.Evaluate(o.Input(d.Now()))
		pending := pendingStages(o, row.Clock, d.Now())
		if len(pending) == 0 {
			return nil, nil
		}
		f := findingOf(o, row.Clock)
		var out []loket.Payload
		for i := pending[0]; i < len(f.Deadline.Escalate); i++ {
			if !slices.Contains(pending, i) && len(out[len(out)-1].(loket.DeadlineEscalated).To) > 0 {
				break
			}
			to, err := d.stage(ctx, o, &f.Deadline.Escalate[i], f.Deadline.Each, f.Row)
			if err != nil {
				return nil, err
			}
			out = append(out, loket.DeadlineEscalated{Deadline: f.Deadline.ID, Row: f.Row, Stage: i + 1, To: to})
		}
		return out, nil
	})
	return err
}

// stage are the people of one stage who can be told now.
func (d *Desk) stage(ctx context.Context, o *open, e *protocol.Escalation, each, row string) ([]loket.Recipient, error) {
	c, err := d.callable(ctx, o)
	if err != nil {
		return nil, err
	}
	people := sharedWith(o, c.people())
	plain := make([]protocol.Person, len(people))
	for i, p := range people {
		plain[i] = protocol.Person{ID: p.ID, Roles: p.Roles, Organisation: p.Organisation}
	}
	found, _ := o.p.EscalatesTo(e, o.ev, o.RowFacts(each, row), plain)
	var out []loket.Recipient
	for _, a := range found {
		p := people[slices.IndexFunc(people, func(p Person) bool { return p.ID == a.Person })]
		told := []Person{p}
		if e.Deputy {
			told = sharedWith(o, c.deputiesOf(p, a.Role))
		}
		for _, p := range told {
			if !slices.ContainsFunc(out, func(r loket.Recipient) bool { return r.ID == p.ID }) {
				out = append(out, loket.Recipient{ID: p.ID, Name: p.Name, Role: a.Role, Email: p.Email})
			}
		}
	}
	return out, nil
}

// deputiesOf are those who stand in for somebody who is there, but does not act.
func (c *callable) deputiesOf(p Person, role string) []Person {
	lines := c.entriesOf(p)
	if id, contact := strings.CutPrefix(p.ID, "contact:"); contact {
		lines = slices.DeleteFunc(slices.Clone(c.contacts), func(e Entry) bool { return e.ID != id })
	}
	lines = slices.DeleteFunc(lines, func(e Entry) bool { return !c.holds(e) })
	if len(lines) == 0 {
		return nil
	}
	return c.deputies(lines, []string{role})
}

// notifyEscalated mails a link and what waits, no content.
func (d *Desk) notifyEscalated(ctx context.Context, ch *change, w loket.DeadlineEscalated, now time.Time) {
	o, title := ch.o, w.Deadline
	if dl := o.p.Deadline(w.Deadline); dl != nil {
		title = dl.Title.NL
	}
	for _, r := range w.To {
		if r.Email == "" {
			continue
		}
		ch.notices = append(ch.notices, Message{
			ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Product: "escalation", Person: r.ID, To: r.Email, CreatedAt: now, DueAt: now,
			Subject: locale.T(mailLang, "mail.escalated.subject", o.Number),
			Body:    locale.T(mailLang, "mail.escalated.body", title, o.Number, d.address(ctx, o.Tenant)+"/zaak/"+string(o.ID), o.p.Desk.Phone),
		})
	}
}

func escalatedWords(p *protocol.Protocol, w loket.DeadlineEscalated) protocol.Text {
	title := say(w.Deadline, w.Deadline)
	if dl := p.Deadline(w.Deadline); dl != nil {
		title = both(dl.Title)
	}
	if len(w.To) == 0 {
		return say("Niet op tijd: "+title.NL+". Niemand gevonden om het aan te vertellen.", "Not in time: "+title.EN+". Nobody was found to tell.")
	}
	names := recipientNames(w.To)
	return say("Niet op tijd: "+title.NL+". Verteld aan "+names, "Not in time: "+title.EN+". Told to "+names)
}
