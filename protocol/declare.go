// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
)

// declared is one fact that conditions can name.
type declared struct {
	fact    *Fact
	options map[string]*Option
	rows    []string // forms of use rows that ask it
	inCase  bool     // also known outside rows
	source  string   // what declares it, in words for authors
	derived bool     // follows from other facts
	askedBy []*Form  // forms with this question
	readers string   // the question that says who may read it; empty: everybody who sees that deep
}

// clockSource marks what a deadline declares: the moment it ends and its state.
const clockSource = "termijn"

// levels are ordered from figures to special data.
var levels = []Level{"V0", "V1", "V2", "V3", "V4", "V5"}

func (v Level) known() bool { return slices.Contains(levels, v) }

// Within tells whether something of this level may stand where `limit` is the deepest
// that may be shown. An unknown level is deeper than all.
func (v Level) Within(limit Level) bool {
	at := slices.Index(levels, v)
	return at >= 0 && at <= slices.Index(levels, limit)
}

// declare collects every fact from fields, tables, criteria, duties, deadlines, derived
// facts and milestones, each with one type.
func (l *loader) declare() {
	l.c.index = map[string]int{}
	l.declareFields()
	for i := range l.p.Facts {
		f := &l.p.Facts[i]
		l.add(f, &declared{fact: f, inCase: true, source: "afgeleid feit", derived: f.Is != "" || f.AnyOf != ""})
	}
	for i := range l.p.Tables {
		for o := range l.p.Tables[i].Outputs {
			f := &l.p.Tables[i].Outputs[o]
			if f.Title == (Text{}) {
				f.Title = l.p.Tables[i].Title
			}
			l.add(f, &declared{fact: f, inCase: true, source: "uitkomst van een tabel", derived: true})
		}
	}
	l.declareCriteria()
	l.declareDuties()
	l.declareDeadlines()
	l.declareMilestones()
}

// add registers a fact; a second declaration under the same name is a fault.
func (l *loader) add(f *Fact, d *declared) {
	if f.ID == "" {
		l.problem(f.Pos, "id", "Geef dit onderdeel een id.", "Dit feit heeft geen id.")
		return
	}
	if !factName.MatchString(f.ID) || reserved[f.ID] {
		l.problem(f.Pos, "id", "Gebruik kleine letters, cijfers en enkele lage streepjes, en geen woord dat in voorwaarden al iets betekent.", "Het id %q kan geen feit zijn.", f.ID)
		return
	}
	if at, ok := l.c.index[f.ID]; ok {
		first := l.c.declared[at]
		l.problem(f.Pos, "id", "Kies een ander id.", "Het feit %q bestaat al als %s (%s, regel %d).", f.ID, first.source, first.fact.Pos.File, first.fact.Pos.Line)
		return
	}
	l.checkType(f.Pos, f.Type, f.Options)
	d.options = optionsOf(f)
	l.c.index[f.ID] = len(l.c.declared)
	l.c.declared = append(l.c.declared, d)
}

func optionsOf(f *Fact) map[string]*Option {
	options := map[string]*Option{}
	for i := range f.Options {
		options[f.Options[i].ID] = &f.Options[i]
	}
	return options
}

var factTypes = []string{TypeText, TypeLong, TypeYesNo, TypeChoice, TypeChoices, TypeNumber, TypeDate, TypeMoment, TypeOccurrence, TypePhone, TypeEmail}

func (l *loader) checkType(pos Pos, kind string, options []Option) {
	if kind == "" {
		return // already reported
	}
	if !slices.Contains(factTypes, kind) {
		l.problem(pos, "type", meant(kind, setOf(factTypes), ""), "Het type %q bestaat niet.", kind)
		return
	}
	choosable := kind == TypeChoice || kind == TypeChoices
	if choosable && len(options) == 0 {
		l.problem(pos, "type", "Voeg options toe: een lijst met id en label.", "Een keuze heeft opties nodig.")
	}
	if !choosable && len(options) > 0 && kind != TypeYesNo {
		l.problem(pos, "options", "Maak het type choice of choices, of haal options weg.", "Alleen een keuze heeft opties.")
	}
	seen := map[string]bool{}
	for _, o := range options {
		if o.ID == "" || seen[o.ID] {
			l.problem(pos, "options", "Geef elke optie een eigen id.", "De optie %q staat er twee keer of heeft geen id.", o.ID)
		}
		seen[o.ID] = true
		if o.Reason && !o.Text {
			l.problem(pos, "options", "Voeg toe: text: true.", "De optie %q vraagt om een reden, en niet om woorden.", o.ID)
		}
		if o.Text && !factName.MatchString(o.ID) {
			l.problem(pos, "options", "Gebruik kleine letters, cijfers en lage streepjes.", "Een optie met toelichting kan niet %q heten.", o.ID)
		}
	}
}

func setOf(names []string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}

// declareFields gives each field its fact. Several forms may ask the same fact, as long
// as they mean the same type.
func (l *loader) declareFields() {
	l.eachField(func(form *Form, f *Field) {
		fact := &Fact{ID: f.ID, Title: f.Label, Type: f.Type, Options: f.Options, Level: f.Level, AVG: f.AVG, Source: f.Source, Pos: f.Pos}
		if d := l.declareField(form, fact, f); d != nil {
			d.askedBy = append(d.askedBy, form)
		}
		for i := range f.Options {
			o := &f.Options[i]
			if o.Reason && (form.Use == "report" || form.Use == "follow_up") {
				l.problem(f.Pos, "options", "Haal reason weg.", "Een melding wacht niet op een reden; formulier %q stuurt de melder.", form.ID)
			}
			if o.Text {
				words := &Fact{ID: f.ID + "_" + o.ID, Title: o.Label, Type: TypeText, Level: f.Level, AVG: f.AVG, Pos: f.Pos}
				l.declareField(form, words, f)
			}
		}
	})
}

func (l *loader) declareField(form *Form, fact *Fact, f *Field) *declared {
	at, again := l.c.index[fact.ID]
	if !again {
		l.add(fact, &declared{fact: fact, source: "vraag van formulier " + form.ID})
		if at, again = l.c.index[fact.ID]; !again {
			return nil
		}
	}
	d := l.c.declared[at]
	if d.fact.Type != fact.Type && fact.Type != "" {
		l.problem(f.Pos, "type", "Gebruik hetzelfde type, of geef dit veld een ander id.", "Het veld %q is elders van type %s (%s, regel %d) en hier %s.", fact.ID, d.fact.Type, d.fact.Pos.File, d.fact.Pos.Line, fact.Type)
	}
	if fact.ID == f.ID && l.whole[f.ID] == f { // another form that asks it may word it for its own readers
		d.fact.Title = fact.Title
	}
	if !fact.Level.Within(d.fact.Level) && fact.Level.known() {
		d.fact.Level = fact.Level // the deepest level any form gives it
	}
	if f.For != "" {
		d.readers = f.For
	}
	if form.Use == "rows" {
		d.rows = append(d.rows, form.ID)
	} else {
		d.inCase = true
	}
	return d
}

func (l *loader) declareCriteria() {
	for i := range l.p.Criteria {
		c := &l.p.Criteria[i]
		var options []Option
		for _, item := range c.Items {
			options = append(options, Option{ID: item.ID, Label: item.Title})
		}
		met := &Fact{ID: c.ID, Title: c.Title, Type: TypeChoices, Options: options, Level: c.Level, Source: c.Source, Pos: c.Pos}
		l.add(met, &declared{fact: met, inCase: true, source: "criterialijst", derived: true})
		possible := *met
		possible.ID += "_possible"
		l.add(&possible, &declared{fact: &possible, inCase: true, source: "criterialijst", derived: true})
	}
}

var (
	mustOptions = []Option{
		{ID: "yes", Label: Text{"ja", "yes"}}, {ID: "no", Label: Text{"nee", "no"}},
		{ID: "consult", Label: Text{"in overleg", "in consultation"}},
	}
	dutyStates = []Option{
		{ID: "open", Label: Text{"nog doen", "to do"}}, {ID: "done", Label: Text{"gedaan", "done"}},
		{ID: "not_applicable", Label: Text{"niet van toepassing", "not applicable"}},
		{ID: "unknown", Label: Text{"nog niet duidelijk", "not clear yet"}},
	}
	clockStates = []Option{
		{ID: string(ClockWaiting), Label: Text{"wacht", "waiting"}}, {ID: string(ClockRunning), Label: Text{"loopt", "running"}},
		{ID: string(ClockPossiblyLate), Label: Text{"mogelijk te laat", "possibly late"}}, {ID: string(ClockLate), Label: Text{"te laat", "late"}},
		{ID: string(ClockReached), Label: Text{"bereikt", "reached"}}, {ID: string(ClockMet), Label: Text{"op tijd gedaan", "met"}},
		{ID: string(ClockMetLate), Label: Text{"te laat gedaan", "met late"}},
		{ID: string(ClockMetPossiblyLate), Label: Text{"gedaan, mogelijk te laat", "met, possibly late"}},
	}
)

func (l *loader) declareDuties() {
	for i := range l.p.Duties {
		d := &l.p.Duties[i]
		for _, part := range []struct {
			name    string
			options []Option
		}{{"_must", mustOptions}, {"_state", dutyStates}} {
			f := &Fact{ID: d.ID + part.name, Title: d.Title, Type: TypeChoice, Options: part.options, Level: "V2", Pos: d.Pos}
			l.add(f, &declared{fact: f, inCase: true, source: "meldplicht", derived: true})
		}
	}
}

// declareDeadlines lets conditions look at clocks of the case: T-01 gives t_01_due and
// t_01_state. The facts of a clock that runs per row belong to that row.
func (l *loader) declareDeadlines() {
	for i := range l.p.Deadlines {
		d := &l.p.Deadlines[i]
		if d.ID == "" {
			continue
		}
		rows := []string{d.Each}
		due := &Fact{ID: clockFact(d.ID, "due"), Title: d.Title, Type: TypeMoment, Level: "V1", Pos: d.Pos}
		l.add(due, &declared{fact: due, inCase: d.Each == "", rows: rows, source: clockSource, derived: true})
		state := &Fact{ID: clockFact(d.ID, "state"), Title: d.Title, Type: TypeChoice, Options: clockStates, Level: "V1", Pos: d.Pos}
		l.add(state, &declared{fact: state, inCase: d.Each == "", rows: rows, source: clockSource, derived: true})
	}
}
