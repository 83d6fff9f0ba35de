// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"maps"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// A name that a story misspells must not pass. "Nobody got `datt`" and "`jan` has no mail" are
// true of every desk, so the runner asks of each name whether story or protocol has it:
//
//	in an action        the story stops: nothing after it would make sense
//	in an expectation   a difference that says which name may be meant

// names is a set of known names, with what they are names of.
type names struct {
	what  string // "Het protocol heeft geen stap"
	known map[string]bool
}

func (n names) has(name string) bool { return name == "" || n.known[name] }

func namesOf[T any](what string, all []T, idOf func(T) string) names {
	n := names{what, map[string]bool{}}
	for _, one := range all {
		n.known[idOf(one)] = true
	}
	return n
}

// words that the format itself knows.
func wordsOf(what string, known ...string) names {
	return namesOf(what, known, func(s string) string { return s })
}

var (
	skipWords    = wordsOf("Een stap wordt niet overgeslagen als", "not", "otherwise", "later")
	dutyWords    = wordsOf("Een meldplicht heeft geen stand", "open", "done", "not_applicable", "unknown", "consulted")
	channelWords = wordsOf("Een melding komt niet binnen via", "web", "phone", "mail", "signal", "own_initiative")
	toldWords    = wordsOf("Er is geen manier om te vertellen die zo heet:", loket.ToldChannels...)
	endWords     = wordsOf("Een zaak eindigt niet als", loket.CaseEnds...)
	statusWords  = wordsOf("Een zaak heeft geen stand", "open", "proposed", "closed", "ended", "limited")
	clockWords   = wordsOf("Een klok heeft geen stand", "waiting", "running", "possibly_late", "late", "reached", "met", "met_late", "met_possibly_late", "none")
	mustWords    = wordsOf("Een meldplicht kent geen", "yes", "no", "consult", "none")
	knowsWords   = wordsOf("Wie wat weet kent geen stand", "none", "proposed", "released", "sent", "read", "failed", "told")
	viewWords    = wordsOf("De werklijst heeft geen deel", "team", "mine", "today", "late", "waiting", "closed")
	groupWords   = wordsOf("De werklijst heeft geen groep", "late", "today", "later", "waiting", "unplanned")
	noteWords    = wordsOf("Er is geen notitie van de soort", "note", "handover", "accepted")
	levelWords   = wordsOf("Er is geen niveau", "V1", "V2", "V3", "V4", "V5")
	groundWords  = wordsOf("Een zaak wordt niet vernietigd op de grond", loket.Grounds...)
	limitWords   = wordsOf("De verwerking van een zaak wordt niet beperkt op de grond", loket.LimitGrounds...)
	crisisWords  = wordsOf("In nood openen kan niet op de grond", loket.EmergencyGrounds...)
	openingWords = wordsOf("Een noodopening heeft geen stand", "runs", "waits", "right", "wrong")
	refusalWords = wordsOf("Het loket weigert niet met", "invalid", "forbidden", "not_found", "conflict", "stopped", "motivation", "gone", "yes", "no", "ja", "nee", "true", "false")
)

func (p *player) people() names {
	n := names{"Onder people staat niemand met de naam of rol", map[string]bool{}}
	for alias, who := range p.tale.story.People {
		n.known[alias] = true
		for _, role := range who.roles() {
			n.known[role] = true
		}
	}
	return n
}

// products are those of every tenant of the story: an inbox may be at another desk.
func (p *player) products() names {
	n := names{"Het protocol heeft geen product", map[string]bool{}}
	for _, house := range p.houses {
		for i := range house.protocol.Products {
			n.known[house.protocol.Products[i].ID] = true
		}
	}
	return n
}

func (p *player) dutyNames() names {
	return namesOf("Het protocol heeft geen meldplicht", p.protocol.Duties, func(x protocol.Duty) string { return x.ID })
}

func (p *player) phases() names {
	return namesOf("Het protocol heeft geen fase", p.protocol.Phases, func(x protocol.Phase) string { return x.ID })
}

// stepNames are the steps of the protocol, and the tasks that the story adds itself.
func (p *player) stepNames() names {
	n := namesOf("Het protocol heeft geen stap", p.protocol.Steps, func(x protocol.Step) string { return x.ID })
	for _, s := range p.tale.steps {
		if s.Task != nil {
			n.known[s.Task.Title] = true
		}
	}
	return n
}

// caseNames are the cases that the story names anywhere.
func (p *player) caseNames() names {
	n := names{"Het verhaal heeft geen zaak", map[string]bool{}}
	for name := range p.cases {
		n.known[name] = true
	}
	for _, s := range p.tale.steps {
		n.known[s.Case] = true
		switch {
		case s.Report != nil:
			n.known[s.Report.Case] = true
		case s.Convert != nil:
			n.known[s.Convert.Case] = true
		case s.Find != nil:
			n.known[s.Find.Case] = true
		case s.Version != nil:
			n.known[s.Version.Case] = true
		case s.Freeze != nil:
			n.known[s.Freeze.Case] = true
		}
	}
	return n
}

// named is one name that was written, and what it must be one of.
type named struct {
	name string
	of   names
}

func each(of names, written ...string) []named {
	all := make([]named, len(written))
	for i, name := range written {
		all[i] = named{name, of}
	}
	return all
}

// misnamed finds the first name in an action that nobody knows. A story may write one on
// purpose, to see it refused.
func (p *player) misnamed(s *Step) error {
	if s.expectsRefusal() {
		return nil
	}
	for _, n := range slices.Concat(p.actionNames(s), p.informingNames(s), p.endingNames(s), p.guardingNames(s)) {
		if !n.of.has(n.name) {
			return mistaken(meant(n.name, n.of.known), "%s %q.", n.of.what, n.name)
		}
	}
	for _, field := range s.fields() {
		if p.protocol.Fact(field) == nil {
			return mistaken(meant(field, p.factNames()), "Het protocol heeft geen veld %q.", field)
		}
	}
	return nil
}

// fields are the facts that an action names outside its answers.
func (s *Step) fields() []string {
	switch {
	case s.Ask != nil:
		return s.Ask.Fields
	case s.Open != nil:
		return s.Open.Fields
	case s.Erase != nil:
		return s.Erase.Fields
	}
	return nil
}

func (p *player) factNames() map[string]bool {
	known := map[string]bool{}
	for _, f := range p.protocol.Forms {
		for id := range fieldsOf(&f) {
			known[id] = true
		}
	}
	for _, f := range p.protocol.Facts {
		known[f.ID] = true
	}
	return known
}

func (p *player) actionNames(s *Step) []named {
	switch {
	case s.Report != nil:
		return each(channelWords, s.Report.Channel)
	case s.Done != nil:
		return p.ownOr(s.Done.Step)
	case s.Skip != nil:
		return append(p.ownOr(s.Skip.Step), named{s.Skip.How, skipWords})
	case s.Task != nil:
		return p.owner(s.Task.Owner)
	case s.Assign != nil:
		return each(p.people(), s.Assign.To)
	case s.Duty != nil:
		return append(each(p.dutyNames(), s.Duty.Duty), named{s.Duty.State, dutyWords})
	case s.Record != nil:
		return p.formNames("record schrijft geen regels van een lijst op; gebruik row bij het formulier", s.Record.Form, func(use string) bool { return use != "rows" })
	case s.Row != nil:
		return p.formNames("row schrijft alleen regels van een lijst op; gebruik record bij het formulier", s.Row.Form, func(use string) bool { return use == "rows" })
	}
	return nil
}

// ownOr accepts a step of the protocol, or words of the title of an own task.
func (p *player) ownOr(step string) []named {
	for _, s := range p.tale.steps {
		if s.Task != nil && has(s.Task.Title, step) {
			return nil
		}
	}
	return each(p.stepNames(), step)
}

// owner of a task is a person, or any role of the protocol.
func (p *player) owner(name string) []named {
	if p.protocol.Role(name) != nil {
		return nil
	}
	return each(p.people(), name)
}

// formNames says of a form that is there what it is not for; one that is not there has its
// own words when its answers are read.
func (p *player) formNames(what, form string, right func(use string) bool) []named {
	f := p.protocol.Form(form)
	if f == nil || right(f.Use) {
		return nil
	}
	fit := namesOf(what, p.protocol.Forms, func(x protocol.Form) string { return x.ID })
	for i := range p.protocol.Forms {
		if !right(p.protocol.Forms[i].Use) {
			delete(fit.known, p.protocol.Forms[i].ID)
		}
	}
	return each(fit, form)
}

func (p *player) informingNames(s *Step) []named {
	switch {
	case s.Draft != nil:
		return p.partNames(s.Draft)
	case s.Tell != nil:
		return append(each(p.products(), s.Tell.Product), named{s.Tell.Channel, toldWords})
	case s.Read != nil:
		return each(p.products(), s.Read.Product)
	}
	return nil
}

func (p *player) partNames(d *DraftAction) []named {
	pr := p.protocol.Product(d.Product)
	if pr == nil {
		return each(p.products(), d.Product)
	}
	parts := namesOf("Het product "+d.Product+" heeft geen onderdeel", pr.Parts, func(x protocol.Part) string { return x.ID })
	return append(each(parts, sortedKeys(d.LeftEmpty)...), each(parts, sortedKeys(d.Parts)...)...)
}

func (p *player) endingNames(s *Step) []named {
	switch {
	case s.Close != nil:
		return p.closingNames(s.Close)
	case s.ProposeClose != nil:
		return p.closingNames(s.ProposeClose)
	case s.Reopen != nil:
		return each(p.phases(), s.Reopen.Phase)
	case s.End != nil:
		return each(endWords, s.End.As)
	}
	return nil
}

// closingNames are the phase and the checks that a motivation is about. One for a check that
// is met already is no mistake.
func (p *player) closingNames(c *CloseAction) []named {
	all := each(p.phases(), c.Phase)
	var items []protocol.Check
	for _, ph := range p.protocol.ClosesWith(c.Phase) {
		for _, list := range p.protocol.Checks {
			if list.ID == ph.Checks {
				items = append(items, list.Items...)
			}
		}
	}
	if len(items) == 0 {
		return all
	}
	checks := namesOf("De controles van deze fase hebben geen punt", items, func(x protocol.Check) string { return x.ID })
	return append(all, each(checks, slices.Collect(maps.Keys(c.Motivations))...)...)
}

// checkNames finds names in an expectation that nobody knows.
func (p *player) checkNames(e *Expect) {
	for _, n := range slices.Concat(p.ruleNames(e), p.productNames(e), p.personNames(e), p.worklistNames(e.Worklist), p.guardedNames(e)) {
		if !n.of.has(n.name) {
			p.differ(e.Line, storyWrong, "", n.of.what+" “"+n.name+"”.", meant(n.name, n.of.known))
		}
	}
	for _, id := range sortedKeys(e.Facts) {
		if p.protocol.Fact(id) == nil {
			p.differ(e.Line, storyWrong, "", "Het protocol heeft geen veld “"+id+"”.", meant(id, p.factNames()))
		}
	}
}

func (p *player) ruleNames(e *Expect) []named {
	all := each(statusWords, e.Status)
	all = append(all, each(namesOf("Het protocol heeft geen tabel", p.protocol.Tables, func(x protocol.Table) string { return x.ID }), sortedKeys(e.Tables)...)...)
	all = append(all, each(namesOf("Het protocol heeft geen criteria", p.protocol.Criteria, func(x protocol.Criteria) string { return x.ID }), sortedKeys(e.Criteria)...)...)
	if e.Refused != nil {
		all = append(all, named{e.Refused.Code, refusalWords})
	}
	for _, id := range sortedKeys(e.Duties) {
		all = append(all, named{id, p.dutyNames()}, named{e.Duties[id].Must, mustWords}, named{e.Duties[id].State, dutyWords})
	}
	clocks := namesOf("Het protocol heeft geen termijn", p.protocol.Deadlines, func(x protocol.Deadline) string { return x.ID })
	for _, name := range sortedKeys(e.Deadlines) {
		id, _, _ := strings.Cut(name, "/")
		all = append(all, named{id, clocks})
		all = append(all, each(clockWords, e.Deadlines[name].State...)...)
	}
	for _, id := range sortedKeys(e.Checks) {
		for _, list := range p.protocol.Checks {
			if list.ID == id {
				items := namesOf("De lijst "+id+" heeft geen punt", list.Items, func(x protocol.Check) string { return x.ID })
				all = append(all, each(items, slices.Concat(e.Checks[id].OK, e.Checks[id].Missing, sortedKeys(e.Checks[id].Ask))...)...)
			}
		}
	}
	return all
}

func (p *player) productNames(e *Expect) []named {
	var written []string
	if w := e.Products; w != nil {
		written = slices.Concat(w.Proposed, w.NotProposed, w.Drafted, w.Released, w.Withdrawn, w.Superseded)
	}
	for _, alias := range sortedKeys(e.Knows) {
		written = append(written, sortedKeys(e.Knows[alias])...)
	}
	for _, alias := range sortedKeys(e.Inbox) {
		written = append(written, e.Inbox[alias]...)
	}
	var all []named
	for _, name := range written {
		id, _, _ := productName(name)
		all = append(all, named{id, p.products()})
	}
	return all
}

func (p *player) personNames(e *Expect) []named {
	written := slices.Concat(sortedKeys(e.Knows), sortedKeys(e.Inbox))
	for _, to := range e.Recipients {
		written = append(written, to...)
	}
	for _, m := range e.Mails {
		if !strings.Contains(m.To, "@") {
			written = append(written, m.To)
		}
	}
	all := each(p.people(), written...)
	for _, states := range e.Knows {
		all = append(all, each(knowsWords, slices.Collect(maps.Values(states))...)...)
	}
	return all
}

func (p *player) worklistNames(w *WantWorklist) []named {
	if w == nil {
		return nil
	}
	written := slices.Concat(w.Contains, w.Not, w.Late, w.Urgent, []string{w.First}, sortedKeys(w.Group), sortedKeys(w.What))
	all := append(each(p.caseNames(), written...), named{w.View, viewWords})
	return append(all, each(groupWords, slices.Collect(maps.Values(w.Group))...)...)
}
