// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"reflect"
	"regexp"
	"slices"
	"time"
)

var (
	// factName is what a condition can name without quotes.
	factName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	// freeName suits ids that stand in no condition: T-01, 3, DOC-04.
	freeName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)
)

// settle makes the lookups by id, fills what `like` and repeated fields leave out, and
// sets the defaults, so that the rest of the package sees complete elements.
func (l *loader) settle() {
	l.settleHours()
	p, c := l.p, l.c
	c.roles = lookup(l, "rol", freeName, p.Roles, func(r *Role) (string, Pos) { return r.ID, r.Pos })
	c.kinds = lookup(l, "soort zaak", freeName, p.Kinds, func(k *Kind) (string, Pos) { return k.ID, k.Pos })
	c.forms = lookup(l, "formulier", factName, p.Forms, func(f *Form) (string, Pos) { return f.ID, f.Pos })
	c.tables = lookup(l, "beslistabel", factName, p.Tables, func(t *Table) (string, Pos) { return t.ID, t.Pos })
	c.criteria = lookup(l, "criterialijst", factName, p.Criteria, func(t *Criteria) (string, Pos) { return t.ID, t.Pos })
	c.duties = lookup(l, "meldplicht", factName, p.Duties, func(d *Duty) (string, Pos) { return d.ID, d.Pos })
	c.deadlines = lookup(l, "termijn", freeName, p.Deadlines, func(d *Deadline) (string, Pos) { return d.ID, d.Pos })
	c.steps = lookup(l, "stap", factName, p.Steps, func(s *Step) (string, Pos) { return s.ID, s.Pos })
	c.products = lookup(l, "product", factName, p.Products, func(d *Product) (string, Pos) { return d.ID, d.Pos })
	c.phases = lookup(l, "fase", factName, p.Phases, func(f *Phase) (string, Pos) { return f.ID, f.Pos })
	c.checks = lookup(l, "controlelijst", freeName, p.Checks, func(k *Checks) (string, Pos) { return k.ID, k.Pos })
	c.texts = lookup(l, "tekst", freeName, p.Texts, func(t *NamedText) (string, Pos) { return t.ID, t.Pos })
	lookup(l, "begrip", freeName, p.Terms, func(t *Term) (string, Pos) { return t.ID, t.Pos })
	lookup(l, "dubbelregel", freeName, p.Duplicates, func(d *Duplicate) (string, Pos) { return d.ID, d.Pos })
	lookup(l, "evaluatievraag", freeName, p.Evaluation, func(q *Question) (string, Pos) { return q.ID, q.Pos })
	lookup(l, "cijfer", freeName, p.Figures, func(f *Figure) (string, Pos) { return f.ID, f.Pos })
	lookup(l, "bewaartermijn", freeName, p.Retention, func(r *Retention) (string, Pos) { return r.ID, r.Pos })
	lookup(l, "stroomschema", freeName, p.Charts, func(f *Chart) (string, Pos) { return f.ID, f.Pos })
	l.settleFields()
	l.settleDefaults()
}

// lookup indexes elements by id and refuses missing, badly formed and doubled ids.
func lookup[T any](l *loader, kind string, pattern *regexp.Regexp, list []T, name func(*T) (string, Pos)) map[string]*T {
	found := map[string]*T{}
	for i := range list {
		id, pos := name(&list[i])
		switch {
		case id == "":
			l.problem(pos, "id", "Geef dit onderdeel een id.", "Hier ontbreekt het id van een %s.", kind)
			continue
		case !pattern.MatchString(id):
			l.problem(pos, "id", "Gebruik kleine letters, cijfers en enkele lage streepjes, bijvoorbeeld melding_ontvangen.", "Het id %q kan niet gebruikt worden.", id)
		case found[id] != nil:
			_, first := name(found[id])
			l.doubled[pos] = true
			l.problem(pos, "id", "Kies een ander id, of voeg de twee samen.", "Er is al een %s %q (%s, regel %d).", kind, id, first.File, first.Line)
			continue
		}
		found[id] = &list[i]
	}
	return found
}

func (l *loader) settleHours() {
	if l.p.Desk.Zone == "" {
		l.p.Desk.Zone = "Europe/Amsterdam"
	}
	if l.p.Desk.Emergency == "" {
		l.p.Desk.Emergency = "4 hours"
	}
	location, err := time.LoadLocation(l.p.Desk.Zone)
	if err != nil || l.p.Desk.Zone == "Local" {
		l.problem(l.p.Desk.Pos, "zone", "Schrijf bij desk bijvoorbeeld: zone: Europe/Amsterdam", "De tijdzone %q bestaat niet.", l.p.Desk.Zone)
		location = time.UTC
	}
	l.c.location = location
}

// settleFields lets a field take over what it leaves out: from the field that `like`
// names, or from the field with the same id in another form.
func (l *loader) settleFields() {
	first := map[string]*Field{} // the full declaration of each field
	l.eachField(func(_ *Form, f *Field) {
		if known := first[f.ID]; f.Type != "" && (known == nil || known.Type == "") {
			first[f.ID] = f
		}
	})
	l.whole = first
	l.eachField(func(_ *Form, f *Field) {
		if f.Type != "" && f.Like == "" {
			return
		}
		from := f.ID
		if f.Like != "" {
			from = f.Like
		}
		source := first[from]
		switch {
		case source == nil && f.Like != "":
			l.problem(f.Pos, "like", meant(f.Like, first, "Noem een veld dat elders volledig beschreven is."), "Het veld %q waar `like` naar verwijst, bestaat niet.", f.Like)
		case source == nil:
			l.problem(f.Pos, "", "Voeg toe: type: text (of yesno, choice, choices, number, date, moment, occurrence, long, phone, email).", "Het veld %q heeft geen type.", f.ID)
		case source != f:
			inherit(f, source)
		}
	})
}

// inherit copies every attribute that the field itself leaves empty.
func inherit(f, from *Field) {
	to, source := reflect.ValueOf(f).Elem(), reflect.ValueOf(from).Elem()
	for i := range to.NumField() {
		switch to.Type().Field(i).Name {
		case "ID", "Like", "Pos", "Show", "Need", "Register", "Beside":
			continue // these belong to the place in the form, not to the fact
		}
		if to.Field(i).IsZero() {
			to.Field(i).Set(source.Field(i))
		}
	}
}

func (l *loader) eachField(do func(*Form, *Field)) {
	for i := range l.p.Forms {
		form := &l.p.Forms[i]
		for s := range form.Sections {
			for f := range form.Sections[s].Fields {
				do(form, &form.Sections[s].Fields[f])
			}
		}
	}
}

func (l *loader) settleDefaults() {
	p := l.p
	l.eachField(func(form *Form, f *Field) {
		if f.Need == "" {
			f.Need = "optional"
		}
		if f.Level == "" && form.Use == "advice" {
			f.Level = "V1" // an advice form stores nothing
		}
	})
	for i := range p.Tables {
		t := &p.Tables[i]
		t.Hit = or(t.Hit, "first")
		t.Unknown = or(t.Unknown, "cautious")
		if len(t.DecidedBy) == 0 {
			t.DecidedBy = slices.Concat(t.Together...)
		}
		for o := range t.Outputs {
			t.Outputs[o].Level = or(t.Outputs[o].Level, "V1")
		}
	}
	for i := range p.Criteria {
		p.Criteria[i].Level = or(p.Criteria[i].Level, "V1")
	}
	for i := range p.Facts {
		p.Facts[i].Type = or(p.Facts[i].Type, TypeYesNo)
	}
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		d.Strength = or(d.Strength, "term")
		if d.Warn == nil {
			d.Warn = []int{50, 90}
		}
	}
}

func or[T ~string](value, otherwise T) T {
	if value == "" {
		return otherwise
	}
	return value
}
