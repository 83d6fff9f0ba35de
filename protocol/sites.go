// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
)

// site is one place in the protocol where a condition or expression stands.
type site struct {
	pos  Pos
	key  string
	text string
	want []*cel.Type
	row  string // rows form whose row is in view; empty: only the case
}

var (
	wantBool         = []*cel.Type{cel.BoolType}
	wantBoolOrMoment = []*cel.Type{cel.BoolType, cel.TimestampType}
)

// sites walks over every condition of the protocol.
func (p *Protocol) sites(do func(site)) {
	test := func(pos Pos, key, text, row string) {
		if text != "" {
			do(site{pos, key, text, wantBool, row})
		}
	}
	p.formSites(test)
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Is != "" {
			do(site{f.Pos, "is", f.Is, []*cel.Type{celType(f.Type)}, ""})
		}
		test(f.Pos, "where", f.Where, f.AnyOf)
	}
	p.ruleSites(test)
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		test(d.Pos, "when", d.When, d.Each)
		if d.Met != "" {
			do(site{d.Pos, "met", d.Met, wantBoolOrMoment, d.Each})
		}
	}
	for i := range p.Phases {
		test(p.Phases[i].Pos, "when", p.Phases[i].When, "")
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		test(s.Pos, "when", s.When, s.Each)
		test(s.Pos, "done", s.Done, s.Each)
		test(s.Pos, "urgent", s.Urgent, s.Each)
	}
	p.productSites(test)
	for i := range p.Checks {
		for _, k := range p.Checks[i].Items {
			test(k.Pos, "when", k.When, "")
			test(k.Pos, "ok", k.OK, "")
		}
	}
	for i := range p.Figures {
		test(p.Figures[i].Pos, "count", p.Figures[i].Count, "")
	}
}

func (p *Protocol) formSites(test func(pos Pos, key, text, row string)) {
	for i := range p.Forms {
		form := &p.Forms[i]
		test(form.Pos, "when", form.When, "")
		test(form.Pos, "hidden_until", form.HiddenUntil, "")
		row := ""
		if form.Use == "rows" {
			row = form.ID
		}
		for s := range form.Sections {
			for _, f := range form.Sections[s].Fields {
				test(f.Pos, "show", f.Show, row)
			}
		}
	}
}

func (p *Protocol) ruleSites(test func(pos Pos, key, text, row string)) {
	for i := range p.Tables {
		test(p.Tables[i].Pos, "when", p.Tables[i].When, "")
		for _, r := range p.Tables[i].Rules {
			test(r.Pos, "when", r.When, "")
		}
	}
	for i := range p.Criteria {
		test(p.Criteria[i].Pos, "when", p.Criteria[i].When, "")
		for _, r := range p.Criteria[i].Items {
			test(r.Pos, "when", r.When, "")
		}
	}
	for i := range p.Duties {
		test(p.Duties[i].Pos, "done", p.Duties[i].Done, "")
		for _, r := range p.Duties[i].Rules {
			test(r.Pos, "when", r.When, "")
		}
	}
}

func (p *Protocol) productSites(test func(pos Pos, key, text, row string)) {
	for i := range p.Products {
		d := &p.Products[i]
		test(d.Pos, "when", d.When, d.Each)
		for _, s := range append(append([]Stop{}, d.Stop...), d.Warn...) {
			test(s.Pos, "unless", s.Unless, d.Each)
		}
		for _, r := range d.Recipients {
			test(r.Pos, "when", r.When, d.Each)
		}
		for _, part := range d.Parts {
			test(part.Pos, "when", part.When, d.Each)
			test(part.Lines.Pos, "when", part.Lines.When, part.Lines.Of)
		}
	}
}

// compile checks and prepares every condition and every text with placeholders.
func (l *loader) compile() {
	lang, err := newLanguage(l.c)
	l.c.lang = lang
	if err != nil {
		l.problem(Pos{}, "", "Meld dit aan de makers van Loket.", "De taal van de voorwaarden kan niet worden opgebouwd: %v.", err)
		return
	}
	failed := map[string][]fault{}
	l.p.sites(func(s site) {
		if always(s.text) && s.want[0] == cel.BoolType {
			return
		}
		cond, done := l.c.conditions[s.text], failed[s.text]
		if cond == nil && done == nil {
			if cond, done = l.c.condition(s.text); cond != nil {
				l.c.conditions[s.text] = cond
			}
			failed[s.text] = done
		}
		for _, f := range done {
			l.note(s.pos, s.key, f.line, f.cure, false, f.message)
		}
		if cond != nil {
			l.fits(s, cond)
		}
	})
}

// fits checks the type of a condition and that it looks at facts it can see.
func (l *loader) fits(s site, cond *condition) {
	ok := false
	for _, want := range s.want {
		ok = ok || want.IsExactType(cond.kind)
	}
	if !ok {
		l.problem(s.pos, s.key, fmt.Sprintf("Schrijf een uitdrukking die %s oplevert.", wantWords(s.want)),
			"Deze uitdrukking levert %s op.", typeWords(cond.kind))
	}
	for _, at := range cond.refs {
		l.inView(s, l.c.declared[at])
	}
}

// inView refuses a fact that only rows of another form have.
func (l *loader) inView(s site, d *declared) {
	if d.inCase {
		return
	}
	for _, row := range d.rows {
		if row == s.row {
			return
		}
	}
	l.problem(s.pos, s.key, fmt.Sprintf("Gebruik hier `each: %[1]s`, of een afgeleid feit met `any: %[1]s` en `where: …`.", d.rows[0]),
		"Het feit %q hoort bij een rij van formulier %q en is hier niet te zien.", d.fact.ID, d.rows[0])
}

// wantWords names every type that would do.
func wantWords(want []*cel.Type) string {
	words := make([]string, len(want))
	for i, t := range want {
		words[i] = typeWords(t)
	}
	return strings.Join(words, " of ")
}

func typeWords(t *cel.Type) string {
	switch {
	case t.IsExactType(cel.BoolType):
		return "ja of nee (bool)"
	case t.IsExactType(cel.IntType):
		return "een getal (int)"
	case t.IsExactType(cel.StringType):
		return "een tekst (string)"
	case t.IsExactType(cel.TimestampType):
		return "een moment (timestamp)"
	case t.IsExactType(cel.ListType(cel.StringType)):
		return "een lijst teksten (list)"
	default:
		return t.String()
	}
}
