// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// A clock with `repeat` reminds who must act, at its end and each interval after it, for as
// long as it is not met and the case is open (R-R-139, R-I-76). The event that says whom was
// reminded holds the moment that the protocol set, so a second try, another node or a restart
// sees that it was done. What was missed while the desk was down is told once.

// remindingStage keeps the moments of reminders apart from those of warnings and escalation.
const remindingStage = 1000

// owedReminder is the moment of the reminder that is due and was not told; zero when there is none.
func owedReminder(p *protocol.Protocol, c *loket.Case, f protocol.DeadlineFinding, now time.Time) time.Time {
	if !reminds(p, c, f) {
		return time.Time{}
	}
	last, _, _ := p.Reminders(f.Deadline, f.Due, now)
	if last.After(c.Reminded[loket.RowKey(f.Deadline.ID, f.Row)]) {
		return last
	}
	return time.Time{}
}

// nextReminder is the reminder that is owed, else the next one; passed counts those before it.
func nextReminder(p *protocol.Protocol, c *loket.Case, f protocol.DeadlineFinding, now time.Time) (at time.Time, passed int) {
	if !reminds(p, c, f) {
		return time.Time{}, 0
	}
	_, next, passed := p.Reminders(f.Deadline, f.Due, now)
	if owed := owedReminder(p, c, f, now); !owed.IsZero() {
		return owed, passed
	}
	return next, passed
}

// reminds: the clock runs or is over, on a case that is worked on here.
func reminds(p *protocol.Protocol, c *loket.Case, f protocol.DeadlineFinding) bool {
	s := status(c)
	here := joinedTo(c) == "" || pressClock(p, c, f.Deadline, f.Row)
	return f.Deadline.Repeat != "" && f.Met.IsZero() && !f.Due.IsZero() && s != "ended" && s != "closed" && here
}

// remindOf handles the row of a reminder. At the end of a clock whoever has duty is called as
// always, before it: that notice has an id of its own, so a second try sends no second one.
func (d *Desk) remindOf(ctx context.Context, o *open, f *protocol.DeadlineFinding, row ClockRow, now time.Time) error {
	if owedReminder(o.p, o.Case, *f, now).Equal(f.Due) {
		notices, err := d.alarms(ctx, o, row, now)
		if err == nil && len(notices) > 0 {
			err = d.Store.Write(ctx, func(tx Tx) error { return tx.Enqueue(ctx, notices) })
		}
		if err != nil {
			return err
		}
	}
	return d.remind(ctx, row)
}

// remind tells who must act, and writes down whom.
func (d *Desk) remind(ctx context.Context, row ClockRow) error {
	_, err := d.act(ctx, loket.System(row.Tenant), row.Case, "", 0, func(o *open) ([]loket.Payload, error) {
		o.ev = o.p.Evaluate(o.Input(d.Now()))
		f := findingOf(o, row.Clock)
		if f == nil {
			return nil, nil
		}
		of := owedReminder(o.p, o.Case, *f, d.Now())
		if of.IsZero() {
			return nil, nil
		}
		to, err := d.reminded(ctx, o, f)
		return []loket.Payload{loket.DeadlineReminded{Deadline: f.Deadline.ID, Row: f.Row, Of: of, To: to}}, err
	})
	return err
}

// reminded are the people to remind: who handles the case, when that is somebody who must act;
// else all who must. When nobody with the role of the clock can be told, such as a provider
// without an address, it is those whose open step waits for it.
func (d *Desk) reminded(ctx context.Context, o *open, f *protocol.DeadlineFinding) ([]loket.Recipient, error) {
	people, err := d.reachable(ctx, o)
	if err != nil {
		return nil, err
	}
	people = withReporter(o, people)
	row := o.RowFacts(f.Deadline.Each, f.Row)
	to := toRemind(o, []protocol.Recipient{inRole(o.p, f.Deadline.Owner, nil)}, row, people)
	if len(to) == 0 {
		to = toRemind(o, hurried(o, f), row, people)
	}
	if at := slices.IndexFunc(to, func(r loket.Recipient) bool { return r.ID == o.Assigned }); at >= 0 {
		to = to[at : at+1]
	}
	return to, nil
}

// hurried are the owners of the open steps that wait for this clock.
func hurried(o *open, f *protocol.DeadlineFinding) []protocol.Recipient {
	var out []protocol.Recipient
	for i := range o.ev.Steps {
		s := &o.ev.Steps[i]
		if !slices.Contains(s.Step.Due, f.Deadline.ID) || s.Row != f.Row || s.Open == protocol.False || s.Done {
			continue
		}
		for _, role := range s.Step.Owner {
			out = append(out, inRole(o.p, role, s.Step.Of))
		}
	}
	return out
}

// inRole names those in a role; of a role with a limited view those whose case it is.
func inRole(p *protocol.Protocol, role string, of []string) protocol.Recipient {
	if r := p.Role(role); r != nil && len(of) == 0 {
		of = r.Cases.Of
	}
	return protocol.Recipient{Role: role, Of: of}
}

// toRemind finds people who can be told by mail.
func toRemind(o *open, block []protocol.Recipient, row protocol.Facts, people []Person) []loket.Recipient {
	plain := make([]protocol.Person, len(people))
	for i, p := range people {
		plain[i] = protocol.Person{ID: p.ID, Roles: p.Roles, Organisation: p.Organisation}
	}
	found, _ := o.p.Addressees(&protocol.Product{Recipients: block}, o.ev, row, plain)
	var out []loket.Recipient
	for _, a := range found {
		p := people[slices.IndexFunc(people, func(p Person) bool { return p.ID == a.Person })]
		if p.Email != "" {
			out = append(out, loket.Recipient{ID: p.ID, Name: p.Name, Role: a.Role, Email: p.Email})
		}
	}
	return out
}

// notifyReminded mails a link and what waits, no content.
func (d *Desk) notifyReminded(ctx context.Context, ch *change, w loket.DeadlineReminded, now time.Time) {
	o, title := ch.o, clockTitle(ch.o.p, w.Deadline)
	for _, r := range w.To {
		link := d.address(ctx, o.Tenant) + "/zaak/" + string(o.ID)
		if role := o.p.Role(r.Role); role != nil && role.Side == "reporter" {
			link = d.address(ctx, o.Tenant) + "/mijn-melding"
		}
		ch.notices = append(ch.notices, Message{
			ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Product: "reminder", Person: r.ID, To: r.Email, CreatedAt: now, DueAt: now,
			Subject: locale.T(mailLang, "mail.reminded.subject", o.Number),
			Body:    locale.T(mailLang, "mail.reminded.body", title.NL, o.Number, link, o.p.Desk.Phone),
		})
	}
}

// clockTitle is what a clock is called; its id when the protocol does not know it any more.
func clockTitle(p *protocol.Protocol, id string) protocol.Text {
	if dl := p.Deadline(id); dl != nil {
		return both(dl.Title)
	}
	return say(id, id)
}

func remindedWords(p *protocol.Protocol, w loket.DeadlineReminded) protocol.Text {
	title := clockTitle(p, w.Deadline)
	if len(w.To) == 0 {
		return say("Herinnering: "+title.NL+". Niemand gevonden om te herinneren.", "Reminder: "+title.EN+". Nobody was found to remind.")
	}
	names := recipientNames(w.To)
	return say("Herinnering: "+title.NL+". Gestuurd aan "+names, "Reminder: "+title.EN+". Sent to "+names)
}
