// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strconv"
	"strings"
)

// rules checks that rows have ids of their own.
func (l *loader) rules(rules []Rule) {
	seen := map[string]bool{}
	for i := range rules {
		r := &rules[i]
		switch {
		case r.ID == "":
			l.problem(r.Pos, "id", "Geef elke regel een eigen id.", "Deze regel heeft geen id.")
		case seen[r.ID]:
			l.problem(r.Pos, "id", "Geef elke regel een eigen id.", "Het id %q staat twee keer in deze lijst.", r.ID)
		}
		seen[r.ID] = true
	}
}

func (l *loader) referTable(t *Table) {
	l.need(t.Pos, "title", t.Title)
	l.one(t.Pos, "hit", t.Hit, "first", "unique", "collect")
	l.one(t.Pos, "unknown", t.Unknown, "cautious", "skip")
	l.roles(t.Pos, "decided_by", t.DecidedBy...)
	l.referTogether(t)
	l.organisationFacts(t.Pos, "of", "", t.Of)
	l.rules(t.Rules)
	if len(t.Outputs) == 0 {
		l.problem(t.Pos, "outputs", "Voeg toe: outputs: een lijst met id, title, type en options.", "Deze tabel heeft geen uitkomst.")
	}
	if len(t.Rules) == 0 {
		l.problem(t.Pos, "rules", "Voeg toe: rules: een lijst met id, when en then.", "Deze tabel heeft geen regels.")
	}
	outputs := map[string]*Fact{}
	for i := range t.Outputs {
		o := &t.Outputs[i]
		outputs[o.ID] = o
		l.level(o.Pos, "level", o.Level)
		if t.Hit == "collect" && o.Type != TypeChoices && o.Type != "" {
			l.problem(o.Pos, "type", "Maak het type choices, of gebruik hit: first.", "Een tabel die verzamelt, heeft uitkomsten die lijsten zijn.")
		}
	}
	for i := range t.Rules {
		l.then(&t.Rules[i], outputs)
	}
}

// then turns the written outcome of a row into values of the types of the outputs.
func (l *loader) then(r *Rule, outputs map[string]*Fact) {
	if len(r.Then) == 0 {
		l.problem(r.Pos, "then", "Voeg toe: then: {uitkomst: waarde}.", "Deze regel heeft geen uitkomst.")
	}
	for _, key := range sortedKeys(r.Then) {
		output := outputs[key]
		if output == nil {
			l.problem(r.Pos, "then", meant(key, outputs, "Noem een uitkomst van deze tabel."), "De uitkomst %q bestaat niet.", key)
			continue
		}
		value, ok := typedValue(output, r.Then[key])
		if !ok {
			l.problem(r.Pos, "then", thenCure(output), "De waarde %v past niet bij uitkomst %q.", r.Then[key], key)
			continue
		}
		r.Then[key] = value
	}
}

func thenCure(output *Fact) string {
	options := optionsOf(output)
	switch {
	case len(options) > 0:
		return "Kies uit: " + strings.Join(sortedKeys(options), ", ") + "."
	case output.Type == TypeYesNo:
		return "Schrijf true of false."
	case output.Type == TypeNumber:
		return "Schrijf een getal."
	default:
		return "Schrijf een tekst."
	}
}

func typedValue(output *Fact, written any) (any, bool) {
	text, plain := written.(string)
	options := optionsOf(output)
	switch output.Type {
	case TypeYesNo:
		switch text {
		case "true", "yes", "ja":
			return true, plain
		case "false", "no", "nee":
			return false, plain
		}
		return nil, false
	case TypeNumber:
		n, err := strconv.ParseInt(text, 10, 64)
		return n, plain && err == nil
	case TypeChoice:
		return text, plain && options[text] != nil
	case TypeChoices:
		list, many := written.([]string)
		if plain && text != "" {
			list, many = []string{text}, true
		}
		for _, one := range list {
			many = many && options[one] != nil
		}
		if plain && text == "" {
			return []string{}, true
		}
		return list, many
	case TypeText, TypeLong:
		return text, plain
	default:
		return nil, false
	}
}

func (l *loader) referDuty(d *Duty) {
	l.need(d.Pos, "title", d.Title)
	l.roles(d.Pos, "by", d.By)
	l.rules(d.Rules)
	for i := range d.Rules {
		r := &d.Rules[i]
		must, _ := r.Then["must"].(string)
		if !slices.Contains([]string{"yes", "no", "consult"}, must) {
			l.problem(r.Pos, "then", "Schrijf then: {must: yes}, {must: no} of {must: consult}.", "Deze regel zegt niet of de plicht geldt.")
		}
		for _, key := range sortedKeys(r.Then) {
			switch {
			case key == "note":
				if text, ok := r.Then[key].(string); ok {
					r.Then[key] = Text{NL: text}
				}
			case key != "must":
				l.problem(r.Pos, "then", "Gebruik must en note.", "De uitkomst %q bestaat niet bij een meldplicht.", key)
			}
		}
	}
}

func (l *loader) referDeadline(d *Deadline) {
	l.need(d.Pos, "title", d.Title)
	l.span(d.Pos, "within", d.Within)
	l.referRepeat(d)
	l.roles(d.Pos, "owner", d.Owner)
	if _, clock := parseClock(d.End); !clock {
		l.one(d.Pos, "end", d.End, deadlineEnds...)
	}
	l.one(d.Pos, "strength", d.Strength, "term", "target", "watch")
	l.rowsForm(d.Pos, "each", d.Each)
	l.referPause(d)
	l.referEscalations(d)
	if d.Within == "" {
		l.problem(d.Pos, "within", "Voeg toe: within: bijvoorbeeld 48 hours.", "Deze termijn heeft geen duur.")
	}
	for _, percent := range d.Warn {
		if percent < 1 || percent > 99 {
			l.problem(d.Pos, "warn", "Schrijf percentages van 1 tot en met 99, bijvoorbeeld [50, 90].", "%d is geen percentage om bij te waarschuwen.", percent)
		}
	}
	switch {
	case d.From == "":
		l.problem(d.Pos, "from", "Voeg toe: from: een feit van type moment, date of occurrence, of een andere termijn.", "Deze termijn heeft geen begin.")
	case l.c.deadlines[d.From] != nil:
		if from := l.c.deadlines[d.From]; from.Each != "" && from.Each != d.Each {
			l.problem(d.Pos, "from", "Geef beide termijnen dezelfde `each`.", "De termijn %q loopt per rij en deze niet.", d.From)
		}
	default:
		l.moment(d.Pos, "from", d.From)
		if at, ok := l.c.index[d.From]; ok {
			l.inView(site{pos: d.Pos, key: "from", row: d.Each}, l.c.declared[at])
		}
	}
}

func (l *loader) referFlow() {
	for i := range l.p.Phases {
		f := &l.p.Phases[i]
		l.need(f.Pos, "title", f.Title)
		exists(l, f.Pos, "checks", "controlelijst", f.Checks, l.c.checks)
		exists(l, f.Pos, "then", "fase", f.Then, l.c.phases)
		l.referEnds(f)
		l.roles(f.Pos, "proposed_by", f.ProposedBy...)
		l.roles(f.Pos, "closed_by", f.ClosedBy...)
	}
	for i := range l.p.Steps {
		s := &l.p.Steps[i]
		l.need(s.Pos, "title", s.Title)
		exists(l, s.Pos, "phase", "fase", s.Phase, l.c.phases)
		for _, id := range s.Due {
			exists(l, s.Pos, "due", "termijn", id, l.c.deadlines)
		}
		l.roles(s.Pos, "owner", s.Owner...)
		l.organisationFacts(s.Pos, "of", s.Each, s.Of)
		l.roles(s.Pos, "skipped_by", s.SkippedBy...)
		l.rowsForm(s.Pos, "each", s.Each)
		l.action(s)
		l.referWith(s)
	}
}

// preset are the types of questions that a step may open its form with: those that are answered
// by choosing, so that nobody's words are written for him.
var preset = []string{TypeChoice, TypeChoices, TypeYesNo}

// referWith turns the answers that a step opens its form with into values of the types of its
// questions.
func (l *loader) referWith(s *Step) {
	verb, name, _ := strings.Cut(s.Action, ":")
	form := l.c.forms[name]
	if len(s.With) > 0 && verb != "form" {
		l.problem(s.Pos, "with", "Laat with weg, of schrijf action: form:naam.", "Deze stap opent geen formulier om antwoorden in klaar te zetten.")
	}
	if verb != "form" || form == nil {
		return
	}
	asked := map[string]bool{}
	for _, id := range fieldsOf(form) {
		asked[id] = true
	}
	for _, id := range sortedKeys(s.With) {
		if !asked[id] {
			l.problem(s.Pos, "with", meant(id, asked, "Noem een vraag van dit formulier."), "Het formulier %q heeft geen vraag %q.", name, id)
			continue
		}
		question := l.c.declared[l.c.index[id]].fact
		value, ok := typedValue(question, s.With[id])
		switch {
		case !slices.Contains(preset, question.Type):
			l.problem(s.Pos, "with", "Noem een vraag van type choice, choices of yesno.", "De vraag %q wordt niet beantwoord door te kiezen.", id)
		case !ok:
			l.problem(s.Pos, "with", thenCure(question), "De waarde %v past niet bij de vraag %q.", s.With[id], id)
		default:
			s.With[id] = value
		}
	}
}

// action checks what a step does: form:<form>, decide:<table>, …
func (l *loader) action(s *Step) {
	verb, name, _ := strings.Cut(s.Action, ":")
	switch verb {
	case "form":
		exists(l, s.Pos, "action", "formulier", name, l.c.forms)
	case "decide":
		if l.c.criteria[name] == nil {
			exists(l, s.Pos, "action", "beslistabel", name, l.c.tables)
		}
	case "compose":
		exists(l, s.Pos, "action", "product", name, l.c.products)
	case "duty":
		exists(l, s.Pos, "action", "meldplicht", name, l.c.duties)
	case "close":
		exists(l, s.Pos, "action", "fase", name, l.c.phases)
	case "convert":
		exists(l, s.Pos, "action", "soort zaak", name, l.c.kinds)
	case "ask":
		l.askable(s, name)
	case "version", "note", "":
	default:
		l.problem(s.Pos, "action", "Gebruik form:…, decide:…, compose:…, duty:…, close:…, convert:…, ask, ask:…, version of note.", "De handeling %q bestaat niet.", s.Action)
	}
	if name == "" && slices.Contains([]string{"form", "decide", "compose", "duty", "close", "convert"}, verb) {
		l.problem(s.Pos, "action", "Schrijf bijvoorbeeld "+verb+":naam.", "De handeling %q noemt niet waarmee.", s.Action)
	}
}

// askable checks that ask:<field> names a question that the reporting side can answer.
func (l *loader) askable(s *Step, field string) {
	if field == "" || l.fact(s.Pos, "action", field) == nil {
		return
	}
	found := false
	l.eachField(func(form *Form, f *Field) {
		found = found || f.ID == field && (form.Use == "report" || form.Use == "follow_up")
	})
	if !found {
		l.problem(s.Pos, "action", "Noem een vraag van een formulier met use: report of use: follow_up.", "De melder kan de vraag %q niet beantwoorden.", field)
	}
}

func (l *loader) referProduct(d *Product) {
	l.need(d.Pos, "title", d.Title)
	l.level(d.Pos, "level", d.Level)
	if d.Level == "" {
		l.problem(d.Pos, "level", "Voeg toe: level: V1, V2, V3, V4 of V5.", "Dit product heeft geen niveau.")
	}
	l.referRecipients(d)
	l.roles(d.Pos, "made_by", d.MadeBy...)
	l.roles(d.Pos, "released_by", d.ReleasedBy...)
	l.roles(d.Pos, "align", d.Align...)
	l.rowsForm(d.Pos, "each", d.Each)
	exists(l, d.Pos, "again", "product", d.Again, l.c.products)
	l.referByItself(d)
	l.one(d.Pos, "identifiers", d.Identifiers, "block", "warn")
	for _, s := range slices.Concat(d.Stop, d.Warn) {
		l.need(s.Pos, "say", s.Say)
		if s.Unless == "" {
			l.problem(s.Pos, "unless", "Voeg toe: unless: een voorwaarde.", "Deze stop zegt niet wanneer het wel mag.")
		}
	}
	seen := map[string]bool{}
	for _, part := range d.Parts {
		if part.ID == "" || seen[part.ID] {
			l.problem(part.Pos, "id", "Geef elk onderdeel een eigen id.", "Het onderdeel %q heeft geen id of staat er twee keer.", part.ID)
		}
		seen[part.ID] = true
		if part.Text.NL == "" && part.Help.NL == "" && part.Lines == (Lines{}) {
			l.problem(part.Pos, "text", "Voeg toe: text: een tekst, of help: wat iemand hier moet schrijven.", "Dit onderdeel heeft geen tekst.")
		}
		l.referLines(part.Lines)
	}
}

// referLines: a list of lines is about the rows of a form, which it words, or about checks,
// which have words of their own.
func (l *loader) referLines(lines Lines) {
	if lines == (Lines{}) {
		return
	}
	l.rowsForm(lines.Pos, "of", lines.Of)
	exists(l, lines.Pos, "open", "lijst van controles", lines.Open, l.c.checks)
	switch {
	case (lines.Of == "") == (lines.Open == ""):
		l.problem(lines.Pos, "of", "Schrijf of: een formulier met rijen, of open: een lijst van controles.", "Deze regels gaan over niets, of over twee dingen.")
	case lines.Of != "" && lines.Text.NL == "":
		l.problem(lines.Pos, "text", "Voeg toe: text: de tekst van één regel.", "Deze regels hebben geen tekst.")
	case lines.Open != "" && lines.Text.NL != "":
		l.problem(lines.Pos, "text", "Haal de tekst weg.", "Een controle heeft al woorden van zichzelf (ask).")
	}
}
