// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"
)

// addressed are the people to choose from on the page of a message: who can be reached, the
// reporter, and those who are away.
func addressed(o *open, reachable, all []Person) []Person {
	for _, p := range all {
		if !slices.ContainsFunc(reachable, func(x Person) bool { return x.ID == p.ID }) {
			reachable = append(reachable, p)
		}
	}
	return withReporter(o, reachable)
}

// reachable are the people who can be told something about a case now: those who log in and
// the contacts of the organisations (R-I-97, R-I-98), each with the deputy in place of
// somebody who is away or left. Who has no deputy is a gap, which the protocol may fill with
// another role (D-55).
func (d *Desk) reachable(ctx context.Context, o *open) ([]Person, error) {
	c, err := d.callable(ctx, o)
	return sharedWith(o, c.people()), err
}

// callable reads who there is at this moment.
func (d *Desk) callable(ctx context.Context, o *open) (*callable, error) {
	c := &callable{now: d.Now().In(o.p.Location())}
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		if c.names, err = readNames(ctx, tx, o.Tenant, o.p); err != nil {
			return err
		}
		c.contacts, err = tx.Entries(ctx, EntryQuery{Tenant: o.Tenant, Book: contactBook.ID})
		return err
	})
	return c, err
}

// callable works out who stands where.
type callable struct {
	names    Names
	contacts []Entry // of any time
	now      time.Time
}

func (c *callable) people() []Person {
	var out []Person
	for _, p := range c.names.People {
		mine := c.entriesOf(p)
		if len(mine) == 0 || slices.ContainsFunc(mine, c.there) {
			out = append(out, p)
			continue
		}
		out = append(out, c.deputies(mine, p.Roles)...)
	}
	for _, e := range c.contacts {
		if e.Values["role"] == "" || !c.holds(e) || c.hasAccount(e) {
			continue
		}
		if c.there(e) {
			out = append(out, c.contact(e, []string{e.Values["role"]}))
		} else {
			out = append(out, c.deputies([]Entry{e}, []string{e.Values["role"]})...)
		}
	}
	return out
}

// entriesOf are the lines about somebody who logs in.
func (c *callable) entriesOf(p Person) []Entry {
	return slices.DeleteFunc(slices.Clone(c.contacts), func(e Entry) bool {
		return !sameOrganisation(e.Values["name"], p.Name) || p.Organisation != "" && c.names.organisationID(p.Organisation) != e.Values["organisation"]
	})
}

// hasAccount: somebody with this contact's role logs in, and was looked at before.
func (c *callable) hasAccount(e Entry) bool {
	return slices.ContainsFunc(c.names.People, func(p Person) bool {
		return slices.Contains(p.Roles, e.Values["role"]) && slices.ContainsFunc(c.entriesOf(p), func(x Entry) bool { return x.ID == e.ID })
	})
}

// holds: the line is valid now.
func (c *callable) holds(e Entry) bool {
	return !e.From.After(c.now) && (e.Until.IsZero() || e.Until.After(c.now))
}

// there: the contact holds and is not away today.
func (c *callable) there(e Entry) bool {
	today, from, until := c.now.Format(time.DateOnly), e.Values["away_from"], e.Values["away_until"]
	away := (from != "" || until != "") && from <= today && (until == "" || today <= until)
	return c.holds(e) && !away
}

// deputies stand in for somebody: the contact that the newest line names, in the same
// organisation. A deputy who is away too stands in for nobody.
func (c *callable) deputies(lines []Entry, roles []string) []Person {
	newest := slices.MaxFunc(lines, func(a, b Entry) int { return a.From.Compare(b.From) })
	name := strings.TrimSpace(newest.Values["deputy"])
	if name == "" {
		return nil
	}
	at := slices.IndexFunc(c.contacts, func(e Entry) bool {
		return e.Values["organisation"] == newest.Values["organisation"] && sameOrganisation(e.Values["name"], name) && c.there(e)
	})
	if at < 0 {
		return nil
	}
	p := c.contact(c.contacts[at], roles)
	p.Name += " (vervangt " + newest.Values["name"] + ")"
	return []Person{p}
}

// contact is a line of the book as somebody who can be told: with the account when there is
// one, else by the address alone.
func (c *callable) contact(e Entry, roles []string) Person {
	p := Person{ID: "contact:" + e.ID, Tenant: e.Tenant, Name: e.Values["name"], Email: e.Values["email"]}
	for _, x := range c.names.People {
		if sameOrganisation(x.Name, p.Name) {
			p = x
		}
	}
	p.Roles, p.Organisation = roles, c.names.Organisation(e.Values["organisation"])
	return p
}
