// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// A story may have several tenants: organisations that share one installation, each with
// its own desk, people and protocol. The player is at one desk at a time: that of who acts,
// or through whose eyes an expectation looks.
//
//	who: officer ──tenantOf──▶ rot ──enter──▶ protocol and current case of rot

// onlyTenant is whose desk a story of one tenant plays at, unless its Start says otherwise.
const onlyTenant = "desk"

// house is the desk of one tenant, as the story left it.
type house struct {
	protocol *protocol.Protocol
	current  string // case that steps at this desk are about when they name none
}

// foundings are the tenants to make.
func (p *player) foundings() []Founding {
	s := p.tale.story
	if len(s.Tenants) == 0 {
		return []Founding{{ID: onlyTenant, Protocol: s.Protocol, People: func(in *protocol.Protocol) []desk.Person { return p.accounts(onlyTenant, in) }}}
	}
	var all []Founding
	for _, id := range sortedKeys(s.Tenants) {
		t := s.Tenants[id]
		all = append(all, Founding{ID: id, Name: cmp.Or(t.Name, "Organisatie "+id), Kind: t.Kind, Host: t.Host, Protocol: t.Protocol,
			People: func(in *protocol.Protocol) []desk.Person { return p.accounts(id, in) }})
	}
	return all
}

// openHouses asks every desk for the protocol in force, and goes to the first one.
func (p *player) openHouses(ctx context.Context) error {
	ids := sortedKeys(p.tale.story.Tenants)
	if len(ids) == 0 {
		ids = []string{cmp.Or(p.desk.Tenant, onlyTenant)}
	}
	p.houses = map[string]*house{}
	for _, id := range ids {
		in, err := p.desk.Service.Protocol(ctx, id)
		if err != nil {
			return err
		}
		p.houses[id] = &house{protocol: in}
	}
	p.enter(ids[0])
	return nil
}

// enter goes to the desk of a tenant: what follows is read by its protocol, and is about
// its last case where nothing else is said.
func (p *player) enter(tenant string) {
	to := p.houses[tenant]
	if to == nil || tenant == p.tenant {
		return
	}
	if left := p.houses[p.tenant]; left != nil {
		left.current = p.current
	}
	p.tenant, p.protocol, p.current = tenant, to.protocol, to.current
}

// tenantOf is whose person somebody in the story is.
func (p *player) tenantOf(alias string) string {
	switch s := p.tale.story; {
	case len(s.Tenants) > 1:
		return s.People[alias].Tenant
	case len(s.Tenants) == 1:
		return sortedKeys(s.Tenants)[0]
	case p.desk != nil:
		return cmp.Or(p.desk.Tenant, onlyTenant)
	}
	return onlyTenant
}

func (p *player) protocolOf(alias string) *protocol.Protocol {
	if h := p.houses[p.tenantOf(alias)]; h != nil {
		return h.protocol
	}
	return p.protocol
}

// turnTo goes to where a step plays: the desk of who acts, else of the case it names. A
// case of another tenant is only looked for; what it gives back takes the eyes off it.
func (p *player) turnTo(s *Step) (back func()) {
	c := p.cases[s.Case]
	switch {
	case s.Who != "":
		p.enter(p.tenantOf(s.Who))
	case c != nil:
		p.enter(c.tenant)
	}
	before := p.current
	if s.Case != "" {
		p.current = s.Case
	}
	return func() {
		if c != nil && c.tenant != p.tenant && p.current == s.Case {
			p.current = before
		}
	}
}

// placeOf is the desk at which an expectation looks: that of its eyes, else of its case.
func (p *player) placeOf(e *Expect) string {
	if e.As != "" {
		return p.tenantOf(e.As)
	}
	if c := p.cases[e.Case]; c != nil {
		return c.tenant
	}
	return p.tenant
}

// toldHere remembers which tenant was told a text that must stay inside.
func (p *player) toldHere(text string) {
	if p.origin[text] == nil {
		p.origin[text] = map[string]bool{}
	}
	p.origin[text][p.tenant] = true
}

// only is the one key of a set; empty when there are more.
func only(set map[string]bool) string {
	if len(set) == 1 {
		return sortedKeys(set)[0]
	}
	return ""
}
