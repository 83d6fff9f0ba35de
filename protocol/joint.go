// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// formUses are what a form can be for, see Form.
var formUses = []string{"report", "follow_up", "officer", "rows", "advice", "register", "yearly", "figures", "version"}

// filledByDesk tells the uses of forms that no person fills in first.
func filledByDesk(use string) bool { return use == "register" || opensByDesk(use) }

// opensByDesk: forms that open a case when the desk itself sees that it is time.
func opensByDesk(use string) bool { return use == "yearly" || use == "figures" || use == "version" }

// hiddenForm is a form whose answers are kept to those who may fill it in.
type hiddenForm struct {
	form   *Form
	fields []int // what it asks, by index
}

// referHidden checks a form that is hidden until something happened. Its answers count as
// unknown till then, so nobody else may ask them, and its condition cannot look at them.
func (l *loader) referHidden(f *Form) {
	if f.HiddenUntil == "" {
		for _, s := range f.Sections {
			for i := range s.Fields {
				if s.Fields[i].AtOnce {
					l.problem(s.Fields[i].Pos, "at_once", "Haal at_once weg, of voeg bij het formulier toe: hidden_until: een voorwaarde.", "Dit formulier blijft niet verborgen.")
				}
			}
		}
		return
	}
	if f.Use != "officer" && f.Use != "follow_up" {
		l.problem(f.Pos, "hidden_until", "Gebruik use: officer of use: follow_up, of haal hidden_until weg.", "Alleen een formulier dat één keer over een zaak wordt ingevuld kan verborgen blijven.")
	}
	if len(f.By) == 0 {
		l.problem(f.Pos, "hidden_until", "Voeg toe: by: de rollen die dit invullen.", "Dit formulier blijft verborgen, maar zegt niet voor wie niet.")
	}
	hidden := hiddenForm{form: f}
	for _, s := range f.Sections {
		for i := range s.Fields {
			if s.Fields[i].AtOnce {
				continue
			}
			hidden.fields = append(hidden.fields, l.hiddenField(f, &s.Fields[i])...)
		}
	}
	l.c.hidden = append(l.c.hidden, hidden)
}

// hiddenField gives the facts of one question, and refuses one that is asked elsewhere:
// then it would not be hidden.
func (l *loader) hiddenField(form *Form, f *Field) []int {
	l.eachField(func(other *Form, twin *Field) {
		if other.ID != form.ID && twin.ID == f.ID {
			l.problem(f.Pos, "id", "Geef de vraag hier een eigen id, bijvoorbeeld met de naam van het formulier erin.", "De vraag %q staat ook in formulier %q, en blijft dus niet verborgen.", f.ID, other.ID)
		}
	})
	var facts []int
	for _, id := range f.Answers() {
		if at, ok := l.c.index[id]; ok {
			facts = append(facts, at)
		}
	}
	return facts
}

// Answers are the ids of the facts that a question answers: its own, and words with options.
func (f *Field) Answers() []string {
	ids := []string{f.ID}
	for _, o := range f.Options {
		if o.Text {
			ids = append(ids, f.ID+"_"+o.ID)
		}
	}
	return ids
}

// checkHidden refuses a condition of `hidden_until` over what is hidden or derived: it is
// asked before anything else follows.
func (l *loader) checkHidden() {
	derived := map[int]bool{}
	for _, n := range l.c.order {
		for _, at := range n.make {
			derived[at] = true
		}
	}
	for _, h := range l.c.hidden {
		c := l.c.conditions[h.form.HiddenUntil]
		if c == nil {
			continue
		}
		for _, at := range c.refs {
			id := l.c.declared[at].fact.ID
			switch {
			case slices.ContainsFunc(l.c.hidden, func(x hiddenForm) bool { return slices.Contains(x.fields, at) }):
				l.problem(h.form.Pos, "hidden_until", "Gebruik een mijlpaal zoals "+h.form.ID+"_sent.", "Het feit %q is zelf verborgen.", id)
			case derived[at]:
				l.problem(h.form.Pos, "hidden_until", "Gebruik mijlpalen, zoals "+h.form.ID+"_sent, of antwoorden.", "Het feit %q volgt uit andere feiten en kan hier niet staan.", id)
			}
		}
	}
}

// hide takes the answers of forms that are still hidden out of the evaluation, before
// anything follows from them.
func (a *activation) hide() {
	for _, h := range a.c.hidden {
		if a.test(h.form.HiddenUntil).verdict == True {
			continue
		}
		if a.ev != nil {
			a.ev.Hidden = append(a.ev.Hidden, h.form.ID)
		}
		for _, at := range h.fields {
			a.values[at], a.raw[at] = nil, nil
		}
	}
}

// HiddenFrom lists the facts of the forms that are hidden in this evaluation from somebody;
// fills tells which forms are theirs to fill in, and so to see.
func (p *Protocol) HiddenFrom(ev *Evaluation, fills func(*Form) bool) []string {
	var facts []string
	for _, h := range p.compiled.hidden {
		if !slices.Contains(ev.Hidden, h.form.ID) || fills(h.form) {
			continue
		}
		for _, at := range h.fields {
			facts = append(facts, p.compiled.declared[at].fact.ID)
		}
	}
	return facts
}

// referPart checks `of` on a form: whose part of the case it is. A form that opens a case is
// sent before the case says whose it is, and the desk fills in its own.
func (l *loader) referPart(f *Form) {
	row := ""
	if f.Use == "rows" {
		row = f.ID // each row can say itself whose it is
	}
	l.organisationFacts(f.Pos, "of", row, f.Of)
	if len(f.Of) > 0 && !slices.Contains([]string{"officer", "follow_up", "rows"}, f.Use) {
		l.problem(f.Pos, "of", "Haal of weg, of gebruik use: officer, rows of follow_up.", "Bij een formulier met use: %s is nog niet bekend van welke organisatie de zaak is.", f.Use)
	}
	if len(f.Of) > 0 && len(f.By) == 0 {
		l.problem(f.Pos, "of", "Voeg toe: by: de rollen die dit invullen.", "Dit formulier noemt wel een organisatie (of), maar geen rol.")
	}
}

// referTogether checks the groups that must sign a table.
func (l *loader) referTogether(t *Table) {
	for _, group := range t.Together {
		l.roles(t.Pos, "together", group...)
		if len(group) == 0 {
			l.problem(t.Pos, "together", "Schrijf bijvoorbeeld: together: [[rol_een], [rol_twee]].", "Een van de groepen die samen beslissen is leeg.")
		}
		for _, role := range group {
			if !slices.Contains(t.DecidedBy, role) {
				l.problem(t.Pos, "together", "Noem de rol ook bij decided_by, of laat decided_by weg.", "De rol %q tekent mee, maar mag niet beslissen.", role)
			}
		}
	}
	if len(t.Together) == 1 {
		l.problem(t.Pos, "together", "Noem een tweede groep, of gebruik decided_by.", "Samen beslissen vraagt minstens twee groepen.")
	}
}

// referRegister checks a question that the desk answers by itself.
func (l *loader) referRegister(form *Form, f *Field) {
	known := registers[form.Use]
	l.one(f.Pos, "register", f.Register, Registers...)
	switch {
	case filledByDesk(form.Use) && f.Register == "":
		l.problem(f.Pos, "register", "Voeg toe: register: "+strings.Join(sortedKeys(known), ", ")+"; of zet de vraag in een ander formulier.", "De vraag %q zegt niet waar het antwoord vandaan komt.", f.ID)
	case f.Register == "" || !slices.Contains(Registers, f.Register):
	case !filledByDesk(form.Use):
		l.problem(f.Pos, "register", "Zet deze vraag in een formulier met use: register.", "Alleen een formulier met use: register wordt uit een register gevuld.")
	case known[f.Register] == nil:
		l.problem(f.Pos, "register", "Kies uit: "+strings.Join(sortedKeys(known), ", ")+".", "Een formulier met use: %s vult %q niet in.", form.Use, f.Register)
	case !slices.Contains(known[f.Register], f.Type):
		l.problem(f.Pos, "type", "Gebruik type "+known[f.Register][0]+".", "Het register %s geeft geen antwoord van type %s.", f.Register, f.Type)
	}
}

// referDeskForm checks a form that opens a case by itself: it says which kind, and there
// is only one of its use.
func (l *loader) referDeskForm(f *Form) {
	if !opensByDesk(f.Use) {
		return
	}
	if f.Opens == "" {
		l.problem(f.Pos, "opens", "Voeg toe: opens: met het id van een soort zaak.", "Dit formulier opent een zaak, maar zegt niet welke soort.")
	}
	for i := range l.p.Forms {
		if other := &l.p.Forms[i]; other.Use == f.Use && other != f && other.Pos != f.Pos {
			l.problem(f.Pos, "use", "Laat er één staan.", "Er is nog een formulier met use: %s (%s, regel %d).", f.Use, other.Pos.File, other.Pos.Line)
			return
		}
	}
}
