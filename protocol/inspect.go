// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// inspect looks for what is allowed but odd: rows that cannot be reached, roles that
// nobody uses, products for no one, texts without English. It runs on a protocol
// without faults and gives only warnings.
func (l *loader) inspect() {
	for i := range l.p.Tables {
		l.inspectTable(&l.p.Tables[i])
		l.inspectUnique(&l.p.Tables[i])
	}
	l.inspectRoles()
	l.inspectProducts()
	l.inspectEnglish()
	l.inspectDeadlines()
	l.inspectPhases()
	l.inspectCircles()
	l.inspectRights()
}

func (l *loader) inspectTable(t *Table) {
	certain := -1
	seen := map[string]string{}
	for i := range t.Rules {
		r := &t.Rules[i]
		if certain >= 0 && t.Hit == "first" {
			l.warn(r.Pos, "when", "Zet deze regel hoger, of haal haar weg.", "Deze regel komt nooit aan de beurt: regel %q geldt altijd al.", t.Rules[certain].ID)
			continue
		}
		if first, ok := seen[r.When]; ok && t.Hit != "collect" {
			l.warn(r.Pos, "when", "Geef deze regel een eigen voorwaarde.", "Deze regel heeft dezelfde voorwaarde als regel %q.", first)
		}
		seen[r.When] = r.ID
		if always(r.When) {
			certain = i
			if t.Hit == "unique" && len(t.Rules) > 1 {
				l.warn(r.Pos, "when", "Gebruik hit: first, of schrijf een voorwaarde.", "Deze regel geldt altijd, en overlapt dus met de andere regels.")
			}
		}
	}
}

func (l *loader) inspectRoles() {
	used := map[string]bool{}
	use := func(lists ...[]string) {
		for _, id := range slices.Concat(lists...) {
			used[id] = true
		}
	}
	p := l.p
	for i := range p.Forms {
		use(p.Forms[i].By)
	}
	for i := range p.Tables {
		use(p.Tables[i].DecidedBy)
	}
	for i := range p.Criteria {
		use(p.Criteria[i].DecidedBy)
	}
	for i := range p.Duties {
		use([]string{p.Duties[i].By})
	}
	for i := range p.Deadlines {
		use([]string{p.Deadlines[i].Owner})
	}
	for i := range p.Phases {
		use(p.Phases[i].ProposedBy, p.Phases[i].ClosedBy)
	}
	for i := range p.Steps {
		use(p.Steps[i].Owner)
	}
	for i := range p.Products {
		use(p.Products[i].RecipientRoles(), p.Products[i].MadeBy, p.Products[i].ReleasedBy, p.Products[i].Align)
	}
	for i := range p.Roles {
		if r := &p.Roles[i]; !used[r.ID] && len(r.May) == 0 {
			l.warn(r.Pos, "id", "Geef de rol een taak of een handeling (may), of haal haar weg.", "Niemand gebruikt de rol %q.", r.ID)
		}
	}
}

func (l *loader) inspectProducts() {
	for i := range l.p.Products {
		d := &l.p.Products[i]
		if len(d.Recipients) == 0 && d.Again == "" {
			l.warn(d.Pos, "recipients", "Voeg toe: recipients: een lijst met rollen.", "Product %q heeft geen ontvangers.", d.ID)
		}
		if len(d.Parts) == 0 {
			l.warn(d.Pos, "parts", "Voeg toe: parts: een lijst met id en text.", "Product %q heeft geen tekst.", d.ID)
		}
		if len(d.ReleasedBy) == 0 {
			l.warn(d.Pos, "released_by", "Voeg toe: released_by: een lijst met rollen.", "Niemand mag product %q vrijgeven.", d.ID)
		}
	}
}

// inspectEnglish asks for an English summary, and for English labels of the forms of a
// protocol that has one.
func (l *loader) inspectEnglish() {
	if l.p.About.Summary.EN == "" {
		l.warn(l.p.About.Pos, "summary", "Schrijf: summary: {nl: …, en: …}", "De samenvatting van het protocol heeft geen Engels.")
		return
	}
	for i := range l.p.Forms {
		f := &l.p.Forms[i]
		if f.Use != "report" && f.Use != "follow_up" && f.Use != "advice" {
			continue
		}
		if f.Title.EN == "" {
			l.warn(f.Pos, "title", "Schrijf: title: {nl: …, en: …}", "Formulier %q heeft geen Engelse titel.", f.ID)
		}
		for _, s := range f.Sections {
			for j := range s.Fields {
				if field := &s.Fields[j]; field.Label.EN == "" {
					l.warn(field.Pos, "label", "Schrijf: label: {nl: …, en: …}", "Vraag %q heeft geen Engelse tekst.", field.ID)
				}
			}
		}
	}
}

// inspectDeadlines warns of a clock that stops on an answer without a moment.
func (l *loader) inspectDeadlines() {
	for i := range l.p.Deadlines {
		d := &l.p.Deadlines[i]
		if d.Met == "" && d.Strength != "watch" {
			l.warn(d.Pos, "met", "Voeg toe: met: een voorwaarde, of een feit van type moment.", "Termijn %q stopt nooit.", d.ID)
		}
		c := l.c.conditions[d.Met]
		if c == nil || !slices.Contains([]string{"bool"}, c.kind.String()) {
			continue
		}
		if !slices.ContainsFunc(c.refs, l.hasMoment) {
			l.warn(d.Pos, "met", "Noem een feit van type moment, of een mijlpaal zoals <product>_released.", "Van de voorwaarde waarop termijn %q stopt, is het moment niet bekend; zij telt als op tijd.", d.ID)
		}
	}
}

func (l *loader) hasMoment(at int) bool {
	_, ok := l.c.index[l.c.declared[at].fact.ID+"_at"]
	return ok
}
