// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/loket/desk"
)

// productName splits "dat_melding/row#2" into product, row and version.
func productName(name string) (product, row string, version int) {
	name, number, _ := strings.Cut(name, "#")
	version, _ = strconv.Atoi(number)
	product, row, _ = strings.Cut(name, "/")
	return product, row, version
}

func (p *player) checkProducts(ctx context.Context, e *Expect, s *seen) {
	if e.Products != nil {
		p.checkProductStates(e.Products, s)
	}
	for _, name := range sortedKeys(e.Recipients) {
		if v := p.productView(ctx, e, s, name); v != nil {
			p.wantSet(e.Line, "recipients."+name, p.personIDs(e.Recipients[name]), recipients(v), reason(v.Reason))
		}
	}
	for _, name := range sortedKeys(e.Texts) {
		if v := p.productView(ctx, e, s, name); v != nil {
			w := e.Texts[name]
			text := productText(v)
			p.wantWords(w.Line, "texts."+name, w.Contains, text, "")
			p.wantNever(w.Line, "texts."+name+".never", w.Never, text)
		}
	}
	for _, name := range sortedKeys(e.Findings) {
		if v := p.productView(ctx, e, s, name); v != nil {
			p.checkProductFindings(e.Findings[name], name, v)
		}
	}
}

// productView is the version named, or the newest; the proposed text when there is none.
func (p *player) productView(ctx context.Context, e *Expect, s *seen, name string) *desk.ProductView {
	product, row, version := productName(name)
	if version == 0 {
		newest, err := p.newest(ctx, s.c, product, s.c.rows[row])
		if err != nil {
			p.want(false, e.Line, name, "het product", words(err), "")
			return nil
		}
		version = newest
	}
	v, err := p.desk.Service.Product(ctx, s.who, s.c.id, product, s.c.rows[row], version)
	if err != nil {
		p.want(false, e.Line, name, "het product", words(err), "")
		return nil
	}
	return v
}

// personIDs turns aliases into what the desk calls these people.
func (p *player) personIDs(aliases []string) []string {
	ids := make([]string, len(aliases))
	for i, alias := range aliases {
		ids[i] = p.personID(alias)
	}
	return ids
}

func (p *player) personID(alias string) string {
	alias = p.aliasOf(alias)
	if _, ok := p.tale.story.People[alias]; ok && !p.hasAccount(alias) {
		return reporterID
	}
	return alias
}

// recipients are those who got the version, or those proposed when it is not released.
func recipients(v *desk.ProductView) []string {
	var ids []string
	if v.Released != nil {
		for _, r := range v.Released.Recipients {
			ids = append(ids, r.ID)
		}
		return ids
	}
	for _, person := range v.Proposed {
		ids = append(ids, person.ID)
	}
	return ids
}

func productText(v *desk.ProductView) string {
	var parts []string
	for _, part := range v.Parts {
		if part.Text != "" {
			parts = append(parts, part.Part.Title.NL, part.Text)
		}
	}
	return strings.Join(parts, "\n")
}

func (p *player) checkProductFindings(w WantFindings, name string, v *desk.ProductView) {
	what := "findings." + name
	list := func(findings []desk.Finding) (all []string) {
		for _, f := range findings {
			all = append(all, f.ID+": "+f.Say.NL+" “"+f.Text+"”")
		}
		return all
	}
	stops, warnings, text := append(list(v.Stops), emptyParts(v)...), list(v.Warnings), list(v.Findings)
	p.wantLines(&WantWords{Line: w.Line, Contains: w.Stops}, what+".stops", stops)
	p.wantLines(&WantWords{Line: w.Line, Contains: w.Warnings}, what+".warnings", slices.Concat(warnings, text))
	p.wantLines(&WantWords{Line: w.Line, Contains: w.Text}, what+".text", text)
	if w.NoStops {
		p.want(len(stops) == 0, w.Line, what+".no_stops", "geen harde stop", short(strings.Join(stops, " | ")), "")
	}
	if w.None {
		p.want(len(text) == 0, w.Line, what+".none", "niets gevonden", short(strings.Join(text, " | ")), "")
	}
}

// emptyParts are the mandatory parts that stop a release because they have no words and no
// reason to stay empty (R-I-05).
func emptyParts(v *desk.ProductView) []string {
	var empty []string
	for _, part := range v.Parts {
		if part.Part.Mandatory && strings.TrimSpace(part.Text) == "" && strings.TrimSpace(part.LeftEmpty) == "" {
			empty = append(empty, part.Part.ID+": “"+part.Part.Title.NL+"” is leeg")
		}
	}
	return empty
}

func (p *player) checkProductStates(w *WantProducts, s *seen) {
	open := map[string]string{}
	by := map[string][]string{}
	for _, line := range s.view.Products {
		names := []string{line.Product}
		for name, row := range s.c.rows {
			if line.Row != "" && row == line.Row {
				names = append(names, line.Product+"/"+name)
			}
		}
		if line.State == "superseded" && !given(s.view, line) {
			continue // a draft that another draft replaced
		}
		for _, n := range names {
			by[line.State] = append(by[line.State], n, n+"#"+strconv.Itoa(line.Version))
			if line.Open || line.State == "proposed" {
				open[n] = reason(line.Reason)
			}
		}
	}
	proposed := sortedKeys(open)
	p.wantAll(w.Line, "products.proposed", w.Proposed, proposed)
	for _, id := range w.NotProposed {
		p.want(!slices.Contains(proposed, id), w.Line, "products.not_proposed", "niet "+id, id+" is voorgesteld", open[id])
	}
	p.wantAll(w.Line, "products.drafted", w.Drafted, by["drafted"])
	p.wantAll(w.Line, "products.released", w.Released, slices.Concat(by["released"], by["superseded"]))
	p.wantAll(w.Line, "products.withdrawn", w.Withdrawn, by["withdrawn"])
	p.wantAll(w.Line, "products.superseded", w.Superseded, by["superseded"])
}

// given reports whether somebody was ever given this version.
func given(v *desk.CaseView, line desk.ProductLine) bool {
	return slices.ContainsFunc(v.Knows.Columns, func(c desk.KnowsColumn) bool {
		return c.Product == line.Product && c.Row == line.Row && c.Version == line.Version
	})
}

func (p *player) checkPeople(ctx context.Context, e *Expect, s *seen) {
	for _, alias := range sortedKeys(e.Knows) {
		for _, name := range sortedKeys(e.Knows[alias]) {
			came := knows(s, p.personID(alias), name)
			p.wantSame(e.Line, "knows."+alias+"."+name, e.Knows[alias][name], came, "")
		}
	}
}

// knows finds how far a product came to a person: the version named, or the newest one
// that the person has something of.
func knows(s *seen, alias, name string) string {
	product, row, version := productName(name)
	t := s.view.Knows
	state := "none"
	for _, r := range t.Rows {
		if r.Person.ID != alias {
			continue
		}
		for i, col := range t.Columns {
			match := col.Product == product && col.Row == s.c.rows[row] && (version == 0 || col.Version == version)
			if match && i < len(r.Cells) && r.Cells[i].State != "" {
				state = r.Cells[i].State
			}
		}
	}
	return state
}

func (p *player) checkMail(w *WantMail) {
	mails := p.desk.Mails()
	if !w.All && p.mailed <= len(mails) {
		mails = mails[p.mailed:]
	}
	var seen []string
	n := 0
	for _, m := range mails {
		seen = append(seen, m.To+": "+m.Subject)
		p.wantNever(w.Line, "mails.never", w.Never, m.Raw+"\n"+m.Subject+"\n"+m.Body)
		if w.To != "" && !p.mailedTo(m.To, w.To) {
			continue
		}
		if slices.ContainsFunc(w.Subject, func(t string) bool { return !has(m.Subject, t) }) ||
			slices.ContainsFunc(w.Body, func(t string) bool { return !has(m.Body, t) }) {
			continue
		}
		n++
	}
	came := strconv.Itoa(n) + " van: " + short(strings.Join(seen, " | "))
	what := strings.TrimSpace("mails " + w.To + " " + strings.Join(w.Subject, " "))
	switch {
	case w.Count != nil:
		p.want(n == *w.Count, w.Line, what, strconv.Itoa(*w.Count), came, "")
	case len(w.Never) == 0 || w.To != "" || w.Subject != nil || w.Body != nil:
		p.want(n > 0, w.Line, what, "minstens één", came, "")
	}
}

// mailedTo: somebody of the story goes by the whole address, since one may end as another
// does (an@… and jan@…); who is not in the story goes by a piece of it.
func (p *player) mailedTo(address, to string) bool {
	if who, ok := p.tale.story.People[to]; ok {
		return strings.EqualFold(strings.TrimSpace(address), who.address(to))
	}
	return has(address, to)
}

func (p *player) checkInbox(ctx context.Context, e *Expect, alias string, want []string) {
	who, err := p.actor(ctx, alias)
	if err != nil {
		p.want(false, e.Line, "inbox."+alias, "de post", words(err), "")
		return
	}
	items, err := p.desk.Service.Inbox(ctx, who)
	if err != nil {
		p.want(false, e.Line, "inbox."+alias, "de post", words(err), "")
		return
	}
	var came []string
	for _, item := range items {
		name := p.itemName(item, want)
		if !slices.Contains(came, name) && !item.Withdrawn {
			came = append(came, name)
		}
	}
	p.wantSet(e.Line, "inbox."+alias, want, came, "")
}

// itemName names what came as the story does: with its row where the story says which.
func (p *player) itemName(item desk.InboxItem, want []string) string {
	for _, c := range p.cases {
		for row, id := range c.rows {
			if full := item.Product + "/" + row; c.id == item.Case && id == item.Row && slices.Contains(want, full) {
				return full
			}
		}
	}
	return item.Product
}

func (p *player) checkReporter(ctx context.Context, e *Expect) {
	w := e.Reporter
	name := e.Case
	if name == "" {
		name = p.current
	}
	c, err := p.caseNamed(name)
	if err != nil {
		p.want(false, w.Line, "reporter", name, err.Error(), "")
		return
	}
	who, err := p.desk.Service.Reporter(ctx, p.tenant, c.number, c.code)
	if err != nil {
		p.want(false, w.Line, "reporter", "toegang met de terugkeercode", words(err), "")
		return
	}
	v, err := p.desk.Service.ReporterCase(ctx, who)
	if err != nil {
		p.want(false, w.Line, "reporter", "de eigen melding", words(err), "")
		return
	}
	p.compareReporter(w, v)
}

func (p *player) compareReporter(w *WantReporter, v *desk.ReporterView) {
	open := 0
	var asks, forms, missing, everything []string
	for _, q := range v.Questions {
		if q.Done {
			continue
		}
		open++
		asks = append(asks, q.Text)
		for _, f := range q.Fields {
			asks = append(asks, f.ID, f.Label.NL)
		}
	}
	for _, f := range v.Forms {
		forms = append(forms, f.ID)
	}
	for _, f := range v.Missing {
		missing = append(missing, f.ID)
	}
	for _, g := range v.Answers {
		for _, f := range g.Facts {
			everything = append(everything, f.Value.NL)
		}
	}
	p.wantWords(w.Line, "reporter.status", w.Status, v.Status.NL, "")
	p.wantCount(w.Line, "reporter.questions", w.Questions, open, strings.Join(asks, " | "))
	p.wantWords(w.Line, "reporter.asks", w.Asks, strings.Join(asks, " | "), "")
	p.wantAll(w.Line, "reporter.forms", w.Forms, forms)
	p.wantAll(w.Line, "reporter.missing", w.Missing, missing)
	p.wantCount(w.Line, "reporter.messages", w.Messages, len(v.Messages), "")
	p.wantCount(w.Line, "reporter.reports", w.Reports, len(v.Reports), "")
	if v.Clock != nil {
		p.wantMoment(w.Line, "reporter.due", w.Due, v.Clock.Due, v.Clock.Words.NL)
	}
	p.wantNever(w.Line, "reporter.never", w.Never, strings.Join(slices.Concat(asks, missing, everything, []string{v.Status.NL}), "\n"))
}
