// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"net/url"
	"slices"

	"example.org/loket/protocol"
)

// A municipality with a contact may still have nobody to be told: the contact stands there
// without a role, or for another one. What the protocol asks of each organisation stands in
// three places: who gets a text, who is told that a clock ended, and whose step it is.
//
//	recipients · escalate ──{role, of}──┐
//	steps ──owner, of / cases of role───┴─▶ role at each option of those facts

// asksOf are the roles that the protocol wants somebody in at one organisation, in its order.
func asksOf(p *protocol.Protocol, organisation string) []string {
	wanted := map[string]bool{}
	want := func(role string, facts []string) {
		named := func(fact string) bool {
			return slices.ContainsFunc(optionsOf(p, fact), func(o protocol.Organisation) bool { return o.ID == organisation })
		}
		if slices.ContainsFunc(facts, named) {
			wanted[role] = true
		}
	}
	for i := range p.Products {
		for _, r := range p.Products[i].Recipients {
			want(r.Role, r.Of)
		}
	}
	for i := range p.Deadlines {
		for _, stage := range p.Deadlines[i].Escalate {
			for _, r := range stage.To {
				want(r.Role, r.Of)
			}
		}
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		for _, id := range s.Owner {
			want(id, ownerFacts(s, p.Role(id)))
		}
	}
	var roles []string
	for _, r := range p.Roles {
		if wanted[r.ID] {
			roles = append(roles, r.ID)
		}
	}
	return roles
}

// unfilled are the roles that the protocol wants at an organisation and that nobody has there
// now: no account, no contact, no deputy of who is away.
func (c *setupCheck) unfilled(at protocol.Organisation) []string {
	people := (&callable{names: c.names, contacts: c.ever, now: c.now}).people()
	return slices.DeleteFunc(asksOf(c.p, at.ID), func(role string) bool {
		return slices.ContainsFunc(people, func(p Person) bool { return slices.Contains(p.Roles, role) && at.Named(p.Organisation) })
	})
}

// municipality looks at one: a contact, and somebody in each role that the protocol asks.
func (c *setupCheck) municipality(id, name string) {
	here := func(e Entry) bool { return sameOrganisation(e.About, id) || sameOrganisation(e.About, name) }
	missing := c.unfilled(protocol.Organisation{ID: id, Title: protocol.Text{NL: name}})
	titles := roleTitles(c.p, missing)
	if !slices.ContainsFunc(c.contacts, here) {
		nl, en := name+" heeft geen contact.", name+" has no contact."
		if len(missing) > 0 {
			nl, en = nl+" Nodig: "+titles.NL+".", en+" Needed: "+titles.EN+"."
		}
		c.lack("municipality", newContact(id, missing...), nl, en)
		return
	}
	if len(missing) == 0 {
		return
	}
	page := newContact(id, missing...)
	if slices.ContainsFunc(c.contacts, func(e Entry) bool { return here(e) && e.Values["role"] == "" }) {
		page = "/lijsten/" + contactBook.ID + "?bij=" + url.QueryEscape(id) // perhaps it is one of them
	}
	c.lack("municipality", page, "Bij "+name+" staat niemand als "+titles.NL+".", "At "+name+" nobody is "+titles.EN+".")
}

// newContact is where a contact of an organisation is added, in the role when it lacks one.
func newContact(organisation string, roles ...string) string {
	query := url.Values{"organisation": {organisation}}
	if len(roles) == 1 {
		query.Set("role", roles[0])
	}
	return "/lijsten/" + contactBook.ID + "/regel/nieuw?" + query.Encode()
}
