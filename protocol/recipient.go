// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// Recipient says who gets a product: everybody in a role, or in a role at certain
// organisations. In YAML a plain role id, or a block:
//
//	{role: access, of: [actual, responsible], else: [manager], except: [asking]}
//
// Of and Except name facts of type choice or choices whose options are organisations; a
// person belongs to one when the name of the person's organisation is the id of the option
// or its label. Where nobody has the role, the roles of Else are tried in order and the gap
// stays visible (R-I-98, R-I-99, D-55).
type Recipient struct {
	Role   string   `yaml:"role"`
	Of     []string `yaml:"of"`
	Except []string `yaml:"except"`
	Else   []string `yaml:"else"`
	When   string   `yaml:"when"` // condition; only then

	Expects int `yaml:"expects"` // how many people this should come to; 0: any number (R-I-19)
	Pos     Pos `yaml:"-"`
}

// Concerns limits a role to the cases that concern its own organisation: one of the
// organisations that the facts in Of name. Kinds adds all cases of some kinds. Both empty:
// all cases of the tenant.
type Concerns struct {
	Of    []string `yaml:"of"`
	Kinds []string `yaml:"kinds"`
}

// Limited reports whether a role sees only some cases.
func (c Concerns) Limited() bool { return len(c.Of) > 0 || len(c.Kinds) > 0 }

// Registers are what a field with `register` can be filled from (R-I-31, R-I-65, R-I-66):
//
//	active_in      organisations for which the reporting organisation works at the moment of the incident
//	earlier_cases  number of earlier cases about that organisation in the last twelve months
//	contract       does it have a contract at that moment: yes or no, or the option or text of it
//	untold, stood_in  organisations where nobody, or somebody else, could be told what the desk sends by itself
//	year, year_after, frozen_at, frozen_figures, frozen_reason   of a form with use: yearly
//	period, period_end, agreement, provider                      of a form with use: figures
//	version, effective_on, version_changes                       of a form with use: version
var Registers = []string{"active_in", "earlier_cases", "contract", "untold", "stood_in", "year", "year_after", "frozen_at", "frozen_figures", "frozen_reason", "period", "period_end", "agreement", "provider", "version", "effective_on", "version_changes"}

// registers are, per use of a form, the types of answer that each register can give.
var registers = map[string]map[string][]string{
	"register": {"active_in": {TypeChoices}, "earlier_cases": {TypeNumber}, "contract": {TypeYesNo, TypeChoice, TypeText}, "untold": {TypeChoices}, "stood_in": {TypeChoices}},
	"yearly":   {"year": {TypeNumber}, "year_after": {TypeDate}, "frozen_at": {TypeMoment}, "frozen_figures": {TypeLong}, "frozen_reason": {TypeLong}},
	"version":  {"version": {TypeText}, "effective_on": {TypeDate}, "version_changes": {TypeLong}},
	"figures":  {"period": {TypeText}, "period_end": {TypeDate}, "agreement": {TypeText}, "provider": {TypeText}},
}

// Person is somebody who can be told, as far as a protocol looks at people.
type Person struct {
	ID           string
	Roles        []string
	Organisation string // as the register of people writes it: id or name
}

// Organisation is one option of a fact that names organisations.
type Organisation struct {
	ID    string
	Title Text
}

// Named reports whether a name that somebody wrote is this organisation's.
func (o Organisation) Named(name string) bool {
	name = strings.TrimSpace(name)
	return name != "" && (strings.EqualFold(name, o.ID) || strings.EqualFold(name, o.Title.NL))
}

// Addressee is one person that the protocol proposes, and as what.
type Addressee struct {
	Person  string       // Person.ID
	Role    string       // the role in which
	For     Organisation // the organisation for which; zero: none
	Instead string       // the role that nobody has, when this person stands in for it
}

// Gap is a recipient that the protocol wants and that is not there.
type Gap struct {
	Role    string
	For     Organisation // zero: wherever
	Instead string       // the role that was found instead; empty: nobody is
	Missing []string     // the facts that would say for which organisation; then nothing else is known yet

	Expects, Found int // the protocol expects another number of people; both 0: it is silent
}

// RecipientRoles lists every role that may receive the product, also by standing in.
func (d *Product) RecipientRoles() []string {
	var roles []string
	for _, r := range d.Recipients {
		for _, id := range append([]string{r.Role}, r.Else...) {
			if !slices.Contains(roles, id) {
				roles = append(roles, id)
			}
		}
	}
	return roles
}

// Organisations are what facts of type choice or choices name, each once, in the order of
// the facts. row may be nil; its facts lie over those of the evaluation.
func (p *Protocol) Organisations(ev *Evaluation, row Facts, facts ...string) []Organisation {
	found, _ := p.organisations(ev, row, facts)
	return found
}

// organisations also tells which of the facts nobody knows.
func (p *Protocol) organisations(ev *Evaluation, row Facts, facts []string) (found []Organisation, unknown []string) {
	for _, id := range facts {
		value := row[id]
		if value == nil {
			value = ev.Facts[id]
		}
		if value == nil && !p.arisesNot(ev, id) {
			unknown = append(unknown, id)
		}
		for _, option := range picked(value) {
			if slices.ContainsFunc(found, func(o Organisation) bool { return o.ID == option }) {
				continue
			}
			found = append(found, Organisation{ID: option, Title: p.optionTitle(id, option)})
		}
	}
	return found, unknown
}

// arisesNot: the outcome of a question that does not arise is empty, not unknown.
func (p *Protocol) arisesNot(ev *Evaluation, id string) bool {
	at, ok := p.compiled.index[id]
	return ok && slices.Contains(ev.rest.empty, at)
}

func picked(value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []string:
		return v
	}
	return nil
}

func (p *Protocol) optionTitle(fact, option string) Text {
	if at, ok := p.compiled.index[fact]; ok {
		if o := p.compiled.declared[at].options[option]; o != nil {
			return o.Label
		}
	}
	return Text{NL: option}
}

// Addressees finds, among people, to whom the protocol wants the product to go, in the
// order in which it names them and each person once. Gaps are the places where it wants
// somebody and nobody is. Pure: people are plain values. row is the row of a product with
// `each`, or nil.
func (p *Protocol) Addressees(d *Product, ev *Evaluation, row Facts, people []Person) ([]Addressee, []Gap) {
	s := &search{p: p, ev: ev, row: row, people: people}
	for i := range d.Recipients {
		s.recipient(&d.Recipients[i])
	}
	return s.found, s.gaps
}

// search is one run of Addressees.
type search struct {
	p      *Protocol
	ev     *Evaluation
	row    Facts
	people []Person
	found  []Addressee
	gaps   []Gap
}

func (s *search) recipient(r *Recipient) {
	switch verdict, reason := s.p.Holds(r.When, s.ev, s.row); verdict {
	case False:
		return
	case Unknown:
		s.gaps = append(s.gaps, Gap{Role: r.Role, Missing: reason.Missing})
		return
	}
	excepted, _ := s.p.organisations(s.ev, s.row, r.Except)
	if len(r.Of) == 0 {
		before := len(s.found)
		s.fill(r, Organisation{}, func(p Person) bool { return !among(excepted, p.Organisation) })
		s.count(r, len(s.found)-before)
		return
	}
	before := len(s.found)
	defer func() { s.count(r, len(s.found)-before) }()
	wanted, unknown := s.p.organisations(s.ev, s.row, r.Of)
	for _, o := range wanted {
		if !slices.ContainsFunc(excepted, func(x Organisation) bool { return x.ID == o.ID }) {
			s.fill(r, o, func(p Person) bool { return o.Named(p.Organisation) })
		}
	}
	if len(wanted) == 0 && len(unknown) > 0 {
		s.gaps = append(s.gaps, Gap{Role: r.Role, Missing: unknown})
	}
}

func among(list []Organisation, name string) bool {
	return slices.ContainsFunc(list, func(o Organisation) bool { return o.Named(name) })
}

// fill adds those in the role; where there are none, those in the first role of Else that
// somebody has: at the same organisation, or else at none in particular.
func (s *search) fill(r *Recipient, o Organisation, belongs func(Person) bool) {
	if s.add(r.Role, "", o, belongs) {
		return
	}
	gap := Gap{Role: r.Role, For: o}
	for _, role := range r.Else {
		if s.add(role, r.Role, o, belongs) || s.add(role, r.Role, o, func(p Person) bool { return strings.TrimSpace(p.Organisation) == "" }) {
			gap.Instead = role
			break
		}
	}
	s.gaps = append(s.gaps, gap)
}

// count notes that a recipient came to another number of people than it should.
func (s *search) count(r *Recipient, found int) {
	if r.Expects > 0 && found > 0 && found != r.Expects {
		s.gaps = append(s.gaps, Gap{Role: r.Role, Expects: r.Expects, Found: found})
	}
}

// add reports whether anybody has the role there, also somebody who was found before.
func (s *search) add(role, instead string, o Organisation, belongs func(Person) bool) bool {
	any := false
	for _, p := range s.people {
		if !slices.Contains(p.Roles, role) || !belongs(p) {
			continue
		}
		any = true
		if !slices.ContainsFunc(s.found, func(a Addressee) bool { return a.Person == p.ID }) {
			s.found = append(s.found, Addressee{Person: p.ID, Role: role, For: o, Instead: instead})
		}
	}
	return any
}

// referRecipients checks the roles and the facts that a product's recipients name.
func (l *loader) referRecipients(d *Product) {
	for _, r := range d.Recipients {
		if r.Role == "" {
			l.problem(r.Pos, "role", "Schrijf bijvoorbeeld: {role: officer, of: [gemeente]}.", "Deze ontvanger heeft geen rol.")
		}
		l.roles(r.Pos, "role", r.Role)
		l.roles(r.Pos, "else", r.Else...)
		l.organisationFacts(r.Pos, "of", d.Each, r.Of)
		l.organisationFacts(r.Pos, "except", d.Each, r.Except)
	}
}

// referByItself checks a message that no person looks at before it goes.
func (l *loader) referByItself(d *Product) {
	if !d.ByItself {
		return
	}
	if d.Level.known() && !d.Level.Within("V1") {
		l.problem(d.Pos, "by_itself", "Maak het product level: V1, of laat by_itself weg.", "Wat het loket zelf verstuurt gaat tot V1, maar dit product is %s.", d.Level)
	}
	if d.Each != "" || len(d.Align) > 0 || len(d.Recipients) == 0 || d.Purpose.NL == "" {
		l.problem(d.Pos, "by_itself", "Laat each en align weg en noem recipients en purpose, of laat by_itself weg.", "Dit product kan het loket niet zelf versturen.")
	}
}

// organisationFacts checks that facts name organisations by option and can be seen here.
func (l *loader) organisationFacts(pos Pos, key, row string, ids []string) {
	for _, id := range ids {
		f := l.fact(pos, key, id)
		if f == nil {
			continue
		}
		if f.Type != TypeChoice && f.Type != TypeChoices {
			l.problem(pos, key, "Noem een feit van type choice of choices; de opties zijn de organisaties.", "Het feit %q noemt geen organisaties: het is van type %s.", id, f.Type)
		}
		l.inView(site{pos: pos, key: key, row: row}, l.c.declared[l.c.index[id]])
	}
}
