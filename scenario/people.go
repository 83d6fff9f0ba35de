// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// actor is who does the step. A reporter comes back with the return code of the case;
// a first report is sent by somebody nobody knows yet.
func (p *player) actor(ctx context.Context, alias string) (loket.Actor, error) {
	who := p.tale.story.People[alias]
	if p.hasAccount(alias) {
		return loket.Actor{
			ID: alias, Name: who.name(alias), Role: who.Role, Roles: who.roles(),
			Tenant: p.tenantOf(alias), Organisation: who.Organisation,
		}, nil
	}
	c := p.cases[p.current]
	if c == nil || c.code == "" || p.step.Report != nil {
		return p.stranger(alias), nil
	}
	return p.desk.Service.Reporter(ctx, p.tenantOf(alias), c.number, c.code)
}

// aliasOf also understands a role, where one person of the story has it.
func (p *player) aliasOf(name string) string {
	if _, ok := p.tale.story.People[name]; ok {
		return name
	}
	found := name
	for alias, who := range p.tale.story.People {
		if !slices.Contains(who.roles(), name) || p.tenantOf(alias) != p.tenant {
			continue
		}
		if found != name {
			return name // two have it: the story must say who
		}
		found = alias
	}
	return found
}

// stranger is somebody without account or code.
func (p *player) stranger(alias string) loket.Actor {
	who := p.tale.story.People[alias]
	return loket.Actor{
		ID: "reporter", Name: who.name(alias), Role: who.Role, Roles: who.roles(),
		Tenant: p.tenantOf(alias), Organisation: who.Organisation,
	}
}

// eyes is through whom an expectation looks: the one it names, the one who acted when
// that is somebody of the desk, or the person at the desk who sees most.
func (p *player) eyes(ctx context.Context, e *Expect) (loket.Actor, error) {
	alias := e.As
	if alias == "" && p.worksHere(p.step.Who) {
		alias = p.step.Who
	}
	if alias == "" {
		alias = p.whoSees(ctx, cmp.Or(e.Case, p.current))
	}
	if alias == "" {
		return loket.Actor{}, mistaken("zet onder people iemand van het loket", "Niemand in dit verhaal werkt bij het loket; deze verwachting heeft ogen nodig.")
	}
	return p.actor(ctx, alias)
}

func (p *player) worksHere(alias string) bool {
	who, ok := p.tale.story.People[alias]
	if !ok || p.tenantOf(alias) != p.tenant || !p.hasAccount(alias) {
		return false
	}
	return slices.ContainsFunc(who.roles(), func(id string) bool {
		role := p.protocol.Role(id)
		return role != nil && slices.Contains(role.May, "work")
	})
}

// deskPeople are those who work at the desk, who sees most first.
func (p *player) deskPeople() []string {
	depth := map[string]string{}
	for _, alias := range sortedKeys(p.tale.story.People) {
		if !p.worksHere(alias) {
			continue
		}
		for _, id := range p.tale.story.People[alias].roles() {
			if role := p.protocol.Role(id); role != nil {
				depth[alias] = max(depth[alias], string(role.Sees)+string(role.Opens))
			}
		}
	}
	return slices.SortedStableFunc(slices.Values(sortedKeys(depth)), func(a, b string) int { return strings.Compare(depth[b], depth[a]) })
}

// whoSees is the person of the desk who sees most of a case. Not everybody comes to every
// case: somebody of one municipality only to those of that one. Without a case it is the
// person who sees most of all.
func (p *player) whoSees(ctx context.Context, name string) string {
	people := p.deskPeople()
	if len(people) == 0 {
		return ""
	}
	c := p.cases[name]
	if c == nil || c.tenant != p.tenant {
		return people[0]
	}
	for _, alias := range people {
		who, err := p.actor(ctx, alias)
		if err != nil {
			continue
		}
		_, err = p.desk.Service.Case(ctx, who, c.id)
		if err == nil || loket.ErrorCode(err) == loket.Gone { // who hears that it was destroyed, might see it
			return alias
		}
	}
	return people[0]
}

// here is the case that the step is about.
func (p *player) here() (*played, error) { return p.caseNamed(p.current) }

func (p *player) caseNamed(name string) (*played, error) {
	if c, ok := p.cases[name]; ok {
		return c, nil
	}
	if name == "" {
		return nil, mistaken("begin met een stap report", "Er is nog geen zaak.")
	}
	return nil, mistaken(meant(name, p.cases), "Er is geen zaak %q.", name)
}

// caseName finds the story's own name for a case.
func (p *player) caseName(id loket.CaseID) string {
	for _, name := range sortedKeys(p.cases) {
		if p.cases[name].id == id {
			return name
		}
	}
	return string(id)
}

// view is the case as the desk's most seeing person sees it; actions use it to find
// rows, versions and questions.
func (p *player) view(ctx context.Context, c *played) (*desk.CaseView, error) {
	alias := p.step.Who
	if !p.worksHere(alias) {
		alias = p.whoSees(ctx, c.name)
	}
	who, err := p.actor(ctx, alias)
	if err != nil {
		return nil, err
	}
	return p.desk.Service.Case(ctx, who, c.id)
}
