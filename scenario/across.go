// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// checkSeesNothing: for these eyes the case does not exist. Without `as` nobody of any
// other tenant may see it.
func (p *player) checkSeesNothing(ctx context.Context, e *Expect) {
	name := e.Case
	if name == "" {
		name = p.current
	}
	c, err := p.caseNamed(name)
	if err != nil {
		p.want(false, e.Line, "sees_nothing", name, err.Error(), "")
		return
	}
	if e.As != "" {
		p.seesNothing(ctx, e.Line, e.As, c)
		return
	}
	others := p.strangersTo(c)
	p.want(len(others) > 0, e.Line, "sees_nothing", "iemand van een andere tenant", "niemand; zet as: erbij", "")
	for _, alias := range others {
		p.seesNothing(ctx, e.Line, alias, c)
	}
}

// strangersTo are the people of the other tenants.
func (p *player) strangersTo(c *played) []string {
	return slices.DeleteFunc(sortedKeys(p.tale.story.People), func(alias string) bool { return p.tenantOf(alias) == c.tenant })
}

// seesNothing tries every door that somebody has: the page of the case, the lists, what was
// sent to them and, at another desk, the return code. A case that is there must answer
// with the very words of a case that is not.
func (p *player) seesNothing(ctx context.Context, line int, alias string, c *played) {
	what := "sees_nothing " + alias + " van " + c.name
	if c.code != "" && p.tenantOf(alias) != c.tenant {
		_, err := p.desk.Service.Reporter(ctx, p.tenantOf(alias), c.number, c.code)
		_, wrong := p.desk.Service.Reporter(ctx, p.tenantOf(alias), c.number, "aaaa-aaaa-aaaa-aaaa")
		p.want(err != nil && words(err) == words(wrong), line, what, "de terugkeercode werkt niet bij dit loket", cameOf(err), "")
	}
	if !p.hasAccount(alias) {
		return
	}
	who, err := p.actor(ctx, alias)
	if err != nil {
		p.want(false, line, what, "ogen", words(err), "")
		return
	}
	_, err = p.desk.Service.Case(ctx, who, c.id)
	_, unknown := p.desk.Service.Case(ctx, who, "aaaaaaaaaaaaaaaaaaaaaaaaaa")
	p.want(err != nil && words(err) == words(unknown), line, what, "hetzelfde als een zaak die er niet is: "+errText(unknown), cameOf(err), "")
	for _, view := range []string{"team", "waiting", "closed"} {
		list, err := p.desk.Service.Worklist(ctx, who, desk.WorklistFilter{View: view, Limit: 200})
		p.want(err != nil || !lists(list, c.id), line, what, "niet op de werklijst", "staat op de werklijst "+view, "")
	}
	items, _ := p.desk.Service.Inbox(ctx, who)
	p.want(!slices.ContainsFunc(items, func(i desk.InboxItem) bool { return i.Case == c.id }), line, what, "niets van deze zaak ontvangen", "er is iets vrijgegeven", "")
}

func cameOf(err error) string {
	if err == nil {
		return "de zaak is te zien"
	}
	return words(err)
}

func lists(list *desk.Worklist, id loket.CaseID) bool {
	return slices.ContainsFunc(list.Groups, func(g desk.WorkGroup) bool {
		return slices.ContainsFunc(g.Jobs, func(j desk.Job) bool { return j.Case == id })
	})
}

// sweepAcross: T.
func (p *player) sweepAcross(ctx context.Context) {
	if len(p.houses) < 2 {
		return
	}
	p.step = &Step{}
	defer func() { p.step = nil }()
	for _, name := range sortedKeys(p.cases) {
		for _, alias := range p.strangersTo(p.cases[name]) {
			p.seesNothing(ctx, 1, alias, p.cases[name])
		}
	}
	for _, alias := range sortedKeys(p.tale.story.People) {
		if !p.hasAccount(alias) {
			continue
		}
		text := p.everythingFor(ctx, alias)
		for _, s := range p.secrets() {
			if s.owner != "" && s.owner != p.tenantOf(alias) {
				p.want(!has(text, s.text), 1, "T: "+alias, "nergens “"+s.text+"” ("+s.from+" van "+s.owner+")", around(text, s.text), "")
			}
		}
	}
}

// everythingFor is all that somebody can read at the own desk: lists, whole cases as far
// as these eyes go, and texts that were released.
func (p *player) everythingFor(ctx context.Context, alias string) string {
	who, err := p.actor(ctx, alias)
	if err != nil {
		return ""
	}
	var text strings.Builder
	list, err := p.desk.Service.Worklist(ctx, who, desk.WorklistFilter{View: "team", Limit: 200})
	fmt.Fprint(&text, shown(list, err))
	for _, name := range sortedKeys(p.cases) {
		c := p.cases[name]
		view, err := p.desk.Service.Case(ctx, who, c.id)
		if err != nil {
			continue
		}
		lines := view.Products
		view.Protocol = nil
		fmt.Fprint(&text, shown(view, nil))
		for _, line := range lines {
			product, err := p.desk.Service.Product(ctx, who, c.id, line.Product, line.Row, line.Version)
			fmt.Fprint(&text, shown(product, err))
		}
	}
	items, err := p.desk.Service.Inbox(ctx, who)
	fmt.Fprint(&text, shown(items, err))
	return text.String()
}

// shown writes a view in full.
func shown(view any, err error) string {
	if err != nil {
		return ""
	}
	if text, err := json.Marshal(view); err == nil {
		return string(text) + "\n"
	}
	return fmt.Sprintf("%+v\n", view)
}
