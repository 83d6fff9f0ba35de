// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// refer checks that everything that is named exists and that every closed list is kept to.
func (l *loader) refer() {
	l.referAbout()
	l.referRoles()
	l.referForms()
	for i := range l.p.Facts {
		l.referFact(&l.p.Facts[i])
	}
	for i := range l.p.Tables {
		l.referTable(&l.p.Tables[i])
	}
	for i := range l.p.Criteria {
		c := &l.p.Criteria[i]
		l.roles(c.Pos, "decided_by", c.DecidedBy...)
		l.level(c.Pos, "level", c.Level)
		l.need(c.Pos, "title", c.Title)
		l.rules(c.Items)
	}
	for i := range l.p.Duties {
		l.referDuty(&l.p.Duties[i])
	}
	for i := range l.p.Deadlines {
		l.referDeadline(&l.p.Deadlines[i])
	}
	l.referFlow()
	for i := range l.p.Products {
		l.referProduct(&l.p.Products[i])
	}
	l.referLists()
}

// one checks that a value is in a closed list; empty is allowed.
func (l *loader) one(pos Pos, key, value string, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		l.problem(pos, key, cmp.Or(nearestWords(value, allowed), "Kies uit: "+strings.Join(allowed, ", ")+"."), "De waarde %q kan hier niet.", value)
	}
}

// nearestWords asks whether a known word was meant; empty when none is near.
func nearestWords(written string, known []string) string {
	if name := nearest(written, setOf(known)); name != "" {
		return fmt.Sprintf("Bedoelt u %q?", name)
	}
	return ""
}

// exists checks that a name is one of the known elements; empty is allowed.
func exists[T any](l *loader, pos Pos, key, kind, id string, known map[string]*T) {
	if id == "" || known[id] != nil {
		return
	}
	l.problem(pos, key, l.c.instead(id, meant(id, known, "Beschrijf het eerst, of haal de verwijzing weg.")), "Er is geen %s %q.", kind, id)
}

func (l *loader) roles(pos Pos, key string, ids ...string) {
	for _, id := range ids {
		exists(l, pos, key, "rol", id, l.c.roles)
	}
}

func (l *loader) level(pos Pos, key string, v Level) {
	if v != "" && !v.known() {
		l.problem(pos, key, "Gebruik V0, V1, V2, V3, V4 of V5.", "Het niveau %q bestaat niet.", v)
	}
}

// need refuses an element without the wording a reader needs.
func (l *loader) need(pos Pos, key string, t Text) {
	if t.NL == "" {
		l.problem(pos, key, fmt.Sprintf("Voeg toe: %s: een Nederlandse tekst.", key), "Hier ontbreekt %s.", key)
	}
}

func (l *loader) date(pos Pos, key, value string) {
	if value == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		l.problem(pos, key, "Schrijf een datum als 2026-01-31.", "%q is geen datum.", value)
	}
}

func (l *loader) span(pos Pos, key, value string) {
	if value == "" {
		return
	}
	if _, err := parseSpan(value); err != nil {
		l.problem(pos, key, "Schrijf een aantal en een eenheid: 48 hours, 1 working day, 4 desk hours, 3 days, 6 weeks, 2 months.", "%q is geen duur.", value)
	}
}

// rowsForm checks that `each` or `any` names a repeated form.
func (l *loader) rowsForm(pos Pos, key, id string) {
	exists(l, pos, key, "herhaald formulier", id, l.c.forms)
	if f := l.c.forms[id]; f != nil && f.Use != "rows" {
		l.problem(pos, key, "Noem een formulier met use: rows.", "Het formulier %q wordt niet herhaald.", id)
	}
}

func (l *loader) referAbout() {
	a := l.p.About
	if a.ID == "" && len(l.problems) == 0 {
		l.problem(a.Pos, "", "Begin met: protocol: {id: …, version: …, title: …}", "Het protocol heeft geen id.")
	}
	l.date(a.Pos, "adopted_on", a.AdoptedOn)
	l.date(a.Pos, "effective_from", a.EffectiveFrom)
	l.span(a.Pos, "review", a.Review)
	l.referDesk()
}

// referDesk checks when the desk is open and which days are no working days.
func (l *loader) referDesk() {
	d, c := l.p.Desk, l.p.Calendar
	l.timeOfDay(d.Pos, "opens", d.Opens)
	l.timeOfDay(d.Pos, "closes", d.Closes)
	l.timeOfDay(d.Office.Pos, "opens", d.Office.Opens)
	l.timeOfDay(d.Office.Pos, "closes", d.Office.Closes)
	l.openHours(d.Pos, d.Opens, d.Closes)
	l.openHours(d.Office.Pos, d.Office.Opens, d.Office.Closes)
	for _, day := range d.Days {
		l.one(d.Pos, "days", day, "mon", "tue", "wed", "thu", "fri", "sat", "sun")
	}
	l.one(d.Pos, "holidays", d.Holidays, "open", "closed")
	l.span(d.Pos, "emergency", d.Emergency)
	for _, name := range c.Holidays {
		if !knownHoliday(name) {
			l.problem(c.Pos, "holidays", "Gebruik new_year, good_friday, easter_monday, kings_day, liberation_day, ascension, whit_monday, christmas of boxing_day.", "De feestdag %q bij calendar is niet bekend.", name)
		}
	}
	for _, day := range c.Extra {
		l.date(c.Pos, "extra", day)
	}
}

// openHours refuses hours in which nobody would ever be there: clocks in desk hours would
// never end. A night shift is two days of their own.
func (l *loader) openHours(pos Pos, opens, closes string) {
	from, okFrom := parseClock(opens)
	to, okTo := parseClock(closes)
	if okFrom && okTo && from >= to {
		l.problem(pos, "closes", "Schrijf een latere tijd, tot en met 24:00.", "Het loket sluit om %s, maar gaat pas open om %s.", closes, opens)
	}
}

func (l *loader) timeOfDay(pos Pos, key, clock string) {
	if _, err := time.Parse("15:04", clock); err != nil && clock != "" && clock != "24:00" {
		l.problem(pos, key, "Schrijf een tijd als 09:00.", "%q bij desk is geen tijd.", clock)
	}
}

func (l *loader) referRoles() {
	for i := range l.p.Roles {
		r := &l.p.Roles[i]
		l.need(r.Pos, "title", r.Title)
		l.one(r.Pos, "side", r.Side, "desk", "reporter", "informed", "outside")
		l.level(r.Pos, "sees", r.Sees)
		l.level(r.Pos, "opens", r.Opens)
		for _, action := range r.May {
			l.one(r.Pos, "may", action, Actions...)
		}
		l.organisationFacts(r.Pos, "cases", "", r.Cases.Of)
		for _, kind := range r.Cases.Kinds {
			exists(l, r.Pos, "cases", "soort zaak", kind, l.c.kinds)
		}
	}
	for i := range l.p.Kinds {
		l.referKind(&l.p.Kinds[i])
	}
}

func (l *loader) referForms() {
	for i := range l.p.Forms {
		f := &l.p.Forms[i]
		l.need(f.Pos, "title", f.Title)
		l.one(f.Pos, "use", f.Use, formUses...)
		if f.Use == "" {
			l.problem(f.Pos, "use", "Voeg toe: use: report, follow_up, officer, rows, advice, register, yearly of figures.", "Dit formulier zegt niet waarvoor het dient.")
		}
		if f.Use == "report" && f.Opens == "" {
			l.problem(f.Pos, "opens", "Voeg toe: opens: met het id van een soort zaak.", "Dit formulier opent een zaak, maar zegt niet welke soort.")
		}
		exists(l, f.Pos, "opens", "soort zaak", f.Opens, l.c.kinds)
		l.roles(f.Pos, "by", f.By...)
		l.referPart(f)
		l.referHidden(f)
		l.referDeskForm(f)
		seen := map[string]bool{}
		for _, s := range f.Sections {
			for j := range s.Fields {
				l.referField(f, &s.Fields[j], seen)
			}
		}
	}
}

func (l *loader) referField(form *Form, f *Field, seen map[string]bool) {
	if seen[f.ID] && f.ID != "" {
		l.problem(f.Pos, "id", "Laat er één staan.", "Het veld %q staat twee keer in dit formulier.", f.ID)
	}
	seen[f.ID] = true
	l.need(f.Pos, "label", f.Label)
	l.one(f.Pos, "need", f.Need, "required", "wanted", "optional")
	l.level(f.Pos, "level", f.Level)
	if f.Level == "" && f.Type != "" {
		l.problem(f.Pos, "level", "Voeg toe: level: V1 (dat er iets is), V2 (proces), V3 (zonder namen), V4 (herkenbaar) of V5 (bijzonder).", "Het veld %q heeft geen niveau.", f.ID)
	}
	l.one(f.Pos, "avg", f.AVG, "N", "P", "P°", "S", "C")
	l.referRegister(form, f)
	l.referReaders(f)
	l.referBeside(form, f)
	for _, id := range f.Urgent {
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.ID == id }) && !(f.Type == TypeYesNo && (id == "yes" || id == "no")) {
			l.problem(f.Pos, "urgent", "Noem een optie van dit veld.", "De optie %q bestaat niet.", id)
		}
	}
}

func (l *loader) referFact(f *Fact) {
	l.level(f.Pos, "level", f.Level)
	l.rowsForm(f.Pos, "any", f.AnyOf)
	switch {
	case f.Is != "" && f.AnyOf != "":
		l.problem(f.Pos, "any", "Kies `is`, of `any` met `where`.", "Een feit volgt uit één ding.")
	case f.Is == "" && f.AnyOf == "":
		l.problem(f.Pos, "", "Voeg toe: is: een uitdrukking, of any: een herhaald formulier met where: een voorwaarde.", "Het feit %q volgt nergens uit.", f.ID)
	case f.AnyOf != "" && f.Where == "":
		l.problem(f.Pos, "any", "Voeg toe: where: een voorwaarde over de rij.", "Het feit %q zegt niet wat er voor een rij moet gelden.", f.ID)
	case f.First != "":
		l.referFirst(f)
	case f.AnyOf != "" && f.Type != TypeYesNo:
		l.problem(f.Pos, "type", "Laat type weg, of voeg toe: first: een moment van de rij.", "Een feit met `any` is ja of nee.")
	}
}

// referFirst: the earliest moment is one that the rows themselves have.
func (l *loader) referFirst(f *Fact) {
	l.fact(f.Pos, "first", f.First)
	form, one := l.c.forms[f.AnyOf], l.c.index[f.First]
	switch {
	case f.AnyOf == "":
		l.problem(f.Pos, "first", "Voeg toe: any: een herhaald formulier, en where: een voorwaarde over de rij.", "`first` kiest een moment uit rijen.")
	case f.Type != TypeMoment:
		l.problem(f.Pos, "type", "Voeg toe: type: moment.", "Een feit met `first` is een moment.")
	case form != nil && (!slices.Contains(fieldsOf(form), f.First) || l.c.declared[one].fact.Type != TypeMoment):
		l.problem(f.Pos, "first", "Noem een vraag van dat formulier met type: moment.", "%q is geen moment van een rij van %q.", f.First, f.AnyOf)
	}
}

// referLists checks the smaller lists: checks, duplicates, questions, figures, retention, charts.
func (l *loader) referLists() {
	for i := range l.p.Checks {
		for _, k := range l.p.Checks[i].Items {
			if k.OK == "" {
				l.problem(k.Pos, "ok", "Voeg toe: ok: een voorwaarde.", "Deze controle zegt niet wat goed is.")
			}
			l.fact(k.Pos, "field", k.Field)
		}
	}
	for i := range l.p.Duplicates {
		d := &l.p.Duplicates[i]
		l.one(d.Pos, "verdict", d.Verdict, "same_report", "same_incident_other_person", "possibly_same_incident")
		l.span(d.Pos, "within", d.Within)
		for _, id := range slices.Concat(d.Same, d.Differ) {
			if id != "organisation" {
				l.fact(d.Pos, "same", id)
			}
		}
	}
	for i := range l.p.Evaluation {
		q := &l.p.Evaluation[i]
		l.need(q.Pos, "text", q.Text)
		l.checkType(q.Pos, q.Type, q.Options)
	}
	for i := range l.p.Figures {
		l.countable(&l.p.Figures[i])
	}
	for i := range l.p.Retention {
		r := &l.p.Retention[i]
		l.span(r.Pos, "keep", r.Keep)
		l.one(r.Pos, "then", r.Then, "erase", "propose")
		l.moment(r.Pos, "from", r.From)
		for _, id := range r.Fields {
			l.fact(r.Pos, "fields", id)
		}
		for _, v := range r.Levels {
			l.level(r.Pos, "levels", v)
		}
	}
	for i := range l.p.Charts {
		l.referChart(&l.p.Charts[i])
	}
	for i := range l.p.Texts {
		l.need(l.p.Texts[i].Pos, "text", l.p.Texts[i].Text)
	}
	for i := range l.p.Terms {
		l.need(l.p.Terms[i].Pos, "text", l.p.Terms[i].Text)
	}
}

func (l *loader) referChart(c *Chart) {
	nodes := map[string]bool{}
	for _, n := range c.Nodes {
		if nodes[n.ID] {
			l.problem(c.Pos, "nodes", "Geef elk vak een eigen id.", "Het vak %q staat er twee keer.", n.ID)
		}
		nodes[n.ID] = true
		l.one(c.Pos, "nodes", n.Kind, "start", "step", "question", "end")
	}
	for _, n := range c.Nodes {
		for _, arrow := range n.To {
			if !nodes[arrow.Node] {
				l.problem(c.Pos, "nodes", meant(arrow.Node, nodes, "Noem een vak van dit schema."), "De pijl uit %q wijst naar %q, en dat vak bestaat niet.", n.ID, arrow.Node)
			}
		}
	}
}

// fact checks that a fact exists; empty is allowed.
func (l *loader) fact(pos Pos, key, id string) *Fact {
	if id == "" {
		return nil
	}
	at, ok := l.c.index[id]
	if !ok {
		l.problem(pos, key, l.c.instead(id, meant(id, l.c.index, "Vraag het in een formulier, of beschrijf het onder facts.")), "Het feit %q bestaat niet.", id)
		return nil
	}
	return l.c.declared[at].fact
}

// countable refuses typed words about what happened as a column of the register, which holds
// no persons: only a short text that says no more than that there is something may stand there.
func (l *loader) countable(f *Figure) {
	fact := l.fact(f.Pos, "fact", f.Fact)
	if fact == nil || !slices.Contains([]string{TypeText, TypeLong, TypePhone, TypeEmail}, fact.Type) {
		return
	}
	if fact.Type != TypeText || !fact.Level.Within("V1") {
		l.problem(f.Pos, "fact", "Noem een keuze, een ja-neevraag of een getal, of een korte tekst van niveau V1.", "Het feit %q is een getypte tekst van niveau %s, en het register bevat geen personen.", fact.ID, fact.Level)
	}
}

// moment checks that a fact tells when something happened.
func (l *loader) moment(pos Pos, key, id string) {
	f := l.fact(pos, key, id)
	if f != nil && !slices.Contains([]string{TypeMoment, TypeDate, TypeOccurrence}, f.Type) {
		l.problem(pos, key, "Noem een feit van type moment, date of occurrence.", "Het feit %q is geen moment maar %s.", id, strings.ToLower(f.Type))
	}
}
