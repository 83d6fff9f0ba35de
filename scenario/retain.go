// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// What is kept, for how long, and who lets it go (D-26, D-43). A term that ends is proposed,
// or carried out, by the desk itself; a person holds a case, asks to destroy it, or approves.

// HoldAction keeps the case from being erased.
type HoldAction struct {
	Line   int    `yaml:"-"`
	Reason string `yaml:"reason,short"`
}

// LimitAction limits the processing of the case (AVG 18).
type LimitAction struct {
	Line   int    `yaml:"-"`
	Ground string `yaml:"ground"`
	Reason string `yaml:"reason"`
}

// DestroyAction asks to destroy the whole case for a ground of its own.
type DestroyAction struct {
	Line   int    `yaml:"-"`
	Ground string `yaml:"ground"`
	Reason string `yaml:"reason"`
}

// ApproveAction lets go what waits on the list; the certificate of it is kept for the
// expectations after it.
type ApproveAction struct {
	Line  int      `yaml:"-"`
	Rules []string `yaml:"rules,short"` // all: everything that is proposed for these cases
	Cases []string `yaml:"cases"`       // empty: the case of the step
	Note  string   `yaml:"note"`
}

// WantRetention is about the case on the list of what is due to go.
type WantRetention struct {
	Line     int               `yaml:"-"`
	Proposed []string          `yaml:"proposed,short"` // exactly these rules
	Held     []string          `yaml:"held"`           // exactly these
	Due      map[string]string `yaml:"due"`            // rule → since when
	Asked    map[string]string `yaml:"asked"`          // ground → alias of who proposed it
}

// WantCertificate is about the last declaration of destruction of the story.
type WantCertificate struct {
	Line     int                 `yaml:"-"`
	Items    map[string][]string `yaml:"items"` // case → exactly these rules
	Whole    []string            `yaml:"whole"` // cases that went as a whole, exactly these
	By       string              `yaml:"by"`
	Contains []string            `yaml:"contains"`
	Never    []string            `yaml:"never"`
}

// kept makes the events about keeping and destroying a case.
func kept(s *Step) loket.Payload {
	switch {
	case s.Hold != nil:
		return loket.HoldPlaced{Reason: s.Hold.Reason}
	case s.Lift != nil:
		return loket.HoldLifted{Reason: s.Lift.Reason}
	case s.Limit != nil:
		return loket.LimitPlaced{Ground: s.Limit.Ground, Reason: s.Limit.Reason}
	case s.LiftLimit != nil:
		return loket.LimitLifted{Reason: s.LiftLimit.Reason}
	case s.Keep != nil:
		return loket.DestructionRefused{Reason: s.Keep.Reason}
	}
	return loket.DestructionProposed{Ground: s.ProposeDestroy.Ground, Reason: s.ProposeDestroy.Reason}
}

// groundMark begins a rule that is no rule of the protocol but a ground of a person.
const groundMark = "case:"

// ruleName is a rule as a story writes it: a ground goes by its own word.
func ruleName(rule string) string { return strings.TrimPrefix(rule, groundMark) }

func (p *player) ruleID(name string) string {
	if slices.Contains(loket.Grounds, ruleName(name)) {
		return groundMark + ruleName(name)
	}
	return name
}

func (p *player) approve(ctx context.Context, who loket.Actor, a *ApproveAction) error {
	var choices []desk.RetentionChoice
	names := a.Cases
	if len(names) == 0 {
		names = []string{p.current}
	}
	for _, name := range names {
		c, err := p.caseNamed(name)
		if err != nil {
			return err
		}
		rules, err := p.toApprove(ctx, who, c, a.Rules)
		if err != nil {
			return err
		}
		for _, rule := range rules {
			choices = append(choices, desk.RetentionChoice{Case: c.id, Rule: rule})
		}
	}
	id, err := p.desk.Service.ApproveErasure(ctx, who, choices, a.Note, p.key())
	if err == nil {
		p.certificate = id
	}
	return err
}

// toApprove are the rules that the story names; “all” are those that wait for this case.
func (p *player) toApprove(ctx context.Context, who loket.Actor, c *played, rules []string) (out []string, err error) {
	if !slices.Contains(rules, "all") && len(rules) > 0 {
		for _, rule := range rules {
			out = append(out, p.ruleID(rule))
		}
		return out, nil
	}
	view, err := p.desk.Service.Retention(ctx, who)
	if err != nil {
		return nil, err
	}
	for _, item := range of(view.Due, c) {
		out = append(out, item.Rule)
	}
	return out, nil
}

// of are the proposals about one case.
func of(items []desk.RetentionItem, c *played) []desk.RetentionItem {
	return slices.DeleteFunc(slices.Clone(items), func(i desk.RetentionItem) bool { return i.Case != c.id })
}

func (p *player) checkRetention(ctx context.Context, e *Expect, who loket.Actor) {
	w := e.Retention
	if w == nil {
		return
	}
	c, err := p.caseNamed(cmp.Or(e.Case, p.current))
	if err != nil {
		p.want(false, w.Line, "retention", "een zaak", err.Error(), "")
		return
	}
	view, err := p.desk.Service.Retention(ctx, who)
	if err != nil {
		p.want(false, w.Line, "retention", "de lijst van wat weg mag", words(err), "")
		return
	}
	due, held := of(view.Due, c), of(view.Held, c)
	p.wantRules(w.Line, "retention.proposed", w.Proposed, due)
	p.wantRules(w.Line, "retention.held", w.Held, held)
	for _, item := range slices.Concat(due, held) {
		name := ruleName(item.Rule)
		p.wantMoment(w.Line, "retention.due."+name, w.Due[name], item.DueAt, "")
		if alias := w.Asked[name]; alias != "" {
			p.want(item.Asked == p.nameOf(alias), w.Line, "retention.asked."+name, alias, item.Asked, "")
		}
	}
	for _, name := range slices.Concat(sortedKeys(w.Due), sortedKeys(w.Asked)) {
		there := slices.ContainsFunc(slices.Concat(due, held), func(i desk.RetentionItem) bool { return ruleName(i.Rule) == ruleName(name) })
		p.want(there, w.Line, "retention."+name, "staat op de lijst", "niet", "")
	}
}

func (p *player) wantRules(line int, what string, want []string, items []desk.RetentionItem) {
	if want == nil {
		return
	}
	var came []string
	for _, item := range items {
		came = append(came, ruleName(item.Rule))
	}
	p.wantSet(line, what, ruleNamesOf(want), came, "")
}

func ruleNamesOf(rules []string) []string {
	out := make([]string, len(rules))
	for i, rule := range rules {
		out[i] = ruleName(rule)
	}
	return out
}

func (p *player) nameOf(alias string) string {
	alias = p.aliasOf(alias)
	return p.tale.story.People[alias].name(alias)
}

func (p *player) checkCertificate(ctx context.Context, w *WantCertificate, who loket.Actor) {
	if w == nil {
		return
	}
	c, err := p.desk.Service.Certificate(ctx, who, p.certificate)
	if p.certificate == "" || err != nil {
		p.want(false, w.Line, "certificate", "een certificaat van vernietiging", "geen", errText(err))
		return
	}
	rules := map[string][]string{}
	var whole []string
	for _, item := range c.Items {
		name := p.caseNumbered(item.Number)
		rules[name] = append(rules[name], ruleName(item.Rule))
		if item.Whole {
			whole = append(whole, name)
		}
	}
	for _, name := range sortedKeys(w.Items) {
		p.wantSet(w.Line, "certificate.items."+name, ruleNamesOf(w.Items[name]), rules[name], "")
	}
	if w.Whole != nil {
		p.wantSet(w.Line, "certificate.whole", w.Whole, whole, "")
	}
	if w.By != "" {
		p.wantSame(w.Line, "certificate.by", p.aliasOf(w.By), c.By, "")
	}
	text := certificateText(c)
	p.wantWords(w.Line, "certificate.contains", w.Contains, text, "")
	p.wantNever(w.Line, "certificate.never", w.Never, text)
}

// certificateText is what stands on a certificate.
func certificateText(c desk.Certificate) string {
	lines := []string{c.ID, c.Name, c.Person, c.Role, c.Note}
	for _, i := range c.Items {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %s: %d feiten, %d teksten", i.Number, i.Title.NL, i.Source, i.Asked, i.Key, i.Facts, i.Texts))
	}
	return strings.Join(lines, "\n")
}

func (p *player) caseNumbered(number string) string {
	for _, name := range sortedKeys(p.cases) {
		if p.cases[name].number == number {
			return name
		}
	}
	return number
}

// checkGone: for these eyes nothing is left of the case but its number.
func (p *player) checkGone(ctx context.Context, e *Expect) {
	who, err := p.eyes(ctx, e)
	c, unknown := p.caseNamed(cmp.Or(e.Case, p.current))
	if err = cmp.Or(err, unknown); err != nil {
		p.want(false, e.Line, "gone", "een zaak en iemand die kijkt", err.Error(), "")
		return
	}
	_, err = p.desk.Service.Case(ctx, who, c.id)
	p.want(loket.ErrorCode(err) == loket.Gone && has(words(err), c.number), e.Line, "gone", "vernietigd, alleen het nummer "+c.number+" is bewaard", cameOf(err), "")
	p.want(p.leftOnList(ctx, who, c) == "", e.Line, "gone", "op de werklijst hooguit het nummer", p.leftOnList(ctx, who, c), "")
	if c.code != "" {
		_, err = p.desk.Service.Reporter(ctx, p.tenantOf(who.ID), c.number, c.code)
		p.want(err != nil, e.Line, "gone", "de terugkeercode opent niets meer", cameOf(err), "")
	}
}

// leftOnList is what the list of closed cases still says of a case, besides number and kind.
func (p *player) leftOnList(ctx context.Context, who loket.Actor, c *played) (left string) {
	list, err := p.desk.Service.Worklist(ctx, who, desk.WorklistFilter{View: "closed", Search: c.number, Limit: 200})
	if err != nil {
		return ""
	}
	for _, group := range list.Groups {
		for _, job := range group.Jobs {
			if job.Case == c.id {
				left += job.Organisation + job.Laws.NL + job.What.NL + job.Because.NL + job.Assigned
			}
		}
	}
	return left
}
