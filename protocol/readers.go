// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// Readable reports whether somebody with these roles is among those for whom a fact was given.
// A fact without `for` is everybody's. One of which nobody knows for whom it is, is nobody's.
func (p *Protocol) Readable(id string, facts Facts, roles []string) bool {
	question := p.ReadersOf(id)
	return question == "" || p.Chosen(question, facts, roles)
}

// Chosen reports whether an option that was chosen at a question stands for one of the roles.
func (p *Protocol) Chosen(question string, facts Facts, roles []string) bool {
	asked := p.Fact(question)
	if asked == nil {
		return false
	}
	chosen := picked(facts[question])
	for _, o := range asked.Options {
		if slices.Contains(chosen, o.ID) && slices.ContainsFunc(o.Roles, func(role string) bool { return slices.Contains(roles, role) }) {
			return true
		}
	}
	return false
}

// ReadersOf is the question that says who may read a fact; empty when none does.
func (p *Protocol) ReadersOf(id string) string {
	if at, ok := p.compiled.index[id]; ok {
		return p.compiled.declared[at].readers
	}
	return ""
}

// NamesReaders reports whether the answer to a question says who may read another.
func (p *Protocol) NamesReaders(question string) bool {
	return slices.ContainsFunc(p.compiled.declared, func(d *declared) bool { return d.readers == question && question != "" })
}

// referReaders checks that the question of `for` exists and that each of its options says
// which roles it stands for.
func (l *loader) referReaders(f *Field) {
	for _, o := range f.Options {
		l.roles(f.Pos, "options", o.Roles...)
	}
	if f.For == "" {
		return
	}
	question := l.fact(f.Pos, "for", f.For)
	if question == nil {
		return
	}
	if question.Type != TypeChoice && question.Type != TypeChoices {
		l.problem(f.Pos, "for", "Noem een vraag van type choice of choices; de opties staan voor rollen.", "De vraag %q zegt niet wie dit mag lezen: zij is van type %s.", f.For, question.Type)
		return
	}
	for _, o := range question.Options {
		if len(o.Roles) == 0 {
			l.problem(f.Pos, "for", "Voeg bij die optie toe: roles: [rol].", "De optie %q van %q zegt niet voor welke rollen zij staat.", o.ID, f.For)
		}
	}
}
