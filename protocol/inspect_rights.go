// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// Who is asked to do something must be able to do it. What a role may is said in one place
// (`may`), who is asked in many: the owner of a step, the maker of a text, the role that decides a
// table. When the two differ the desk offers work that nobody can do, and says nothing. The
// checker says it, with the place and the cure:
//
//	step ──owner──▶ role ──may──▶ record, decide, compose …
//	  └──action──▶ form ──by──▶ roles        both arrows must allow it
//
// What each act needs follows the policies of the desk; a test beside them holds the two together.

// inspectRights warns of every role that is asked for something that it may not do.
func (l *loader) inspectRights() {
	for i := range l.p.Steps {
		l.inspectStep(&l.p.Steps[i])
		l.inspectFit(&l.p.Steps[i])
	}
	for i := range l.p.Tables {
		t := &l.p.Tables[i]
		l.inspectNamed(t.Pos, "decided_by", t.DecidedBy, "tabel "+quoted(t.ID)+" beslissen", "decide")
		l.inspectOf(t.Pos, "tabel "+quoted(t.ID), t.Of, t.DecidedBy)
	}
	for i := range l.p.Criteria {
		c := &l.p.Criteria[i]
		l.inspectNamed(c.Pos, "decided_by", c.DecidedBy, "lijst "+quoted(c.ID)+" beslissen", "decide")
	}
	for i := range l.p.Phases {
		ph := &l.p.Phases[i]
		l.inspectNamed(ph.Pos, "closed_by", ph.ClosedBy, "fase "+quoted(ph.ID)+" afsluiten", "close")
		l.inspectEnds(ph)
		l.inspectNamed(ph.Pos, "proposed_by", ph.ProposedBy, "voorstellen om fase "+quoted(ph.ID)+" af te sluiten", "propose_close", "close")
	}
	for i := range l.p.Forms {
		l.inspectFillers(&l.p.Forms[i])
	}
	for i := range l.p.Products {
		l.inspectHands(&l.p.Products[i])
	}
	for i := range l.p.Deadlines {
		l.inspectWatchers(&l.p.Deadlines[i])
	}
}

func quoted(id string) string { return `"` + id + `"` }

// inspectNamed warns of each role in a list that has none of the abilities for what the list
// asks of it, and of a role that comes to no case at all.
func (l *loader) inspectNamed(pos Pos, key string, roles []string, what string, abilities ...string) {
	for _, id := range roles {
		r := l.c.roles[id]
		switch {
		case r == nil: // told elsewhere
		case !can(r, abilities...):
			l.warn(pos, key, "Geef de rol "+strings.Join(abilities, " of ")+" (may), of haal haar hier weg.", "De rol %q moet %s, maar mag dat niet: bij may staat %s niet.", id, what, strings.Join(abilities, " of "))
		case !comesToCases(r):
			l.warn(pos, key, "Geef de rol work (may), of haal haar hier weg.", "De rol %q moet %s, maar ziet geen zaken: bij may staat work niet.", id, what)
		}
	}
}

// inspectStep warns of an owner who cannot do the step.
func (l *loader) inspectStep(s *Step) {
	for _, id := range s.Owner {
		r := l.c.roles[id]
		if r == nil {
			continue
		}
		if why, cure := l.barred(r, s.Action); why != "" {
			l.warn(s.Pos, "owner", cure, "De rol %q is aan zet bij stap %q, maar %s.", id, s.ID, why)
		} else if !comesToCases(r) && r.Side != "reporter" && r.Side != "outside" {
			l.warn(s.Pos, "owner", "Geef de rol work (may), of noem een andere rol.", "De rol %q is aan zet bij stap %q, maar ziet geen zaken: bij may staat work niet.", id, s.ID)
		} else if !l.meets(r, s.Phase) {
			l.warn(s.Pos, "owner", "Voeg de soort zaak toe aan cases: {kinds: …} van de rol, of noem een andere rol.", "De rol %q is aan zet bij stap %q, maar ziet geen zaken die in fase %q komen.", id, s.ID, s.Phase)
		}
	}
}

// inspectFit warns of what a step names and then never finds: a clock or a text per row for a
// step of the whole case, organisations for a role that sees all of them.
func (l *loader) inspectFit(s *Step) {
	for _, id := range s.Due {
		if d := l.c.deadlines[id]; d != nil && d.Each != "" && d.Each != s.Each {
			l.warn(s.Pos, "due", "Geef de stap each: "+d.Each+", of noem een andere termijn.", "Stap %q krijgt nooit de klok van %q: die loopt per rij van %q.", s.ID, d.ID, d.Each)
		}
	}
	verb, name, _ := strings.Cut(s.Action, ":")
	if d := l.c.products[name]; verb == "compose" && d != nil && d.Each != s.Each {
		l.warn(s.Pos, "action", "Geef de stap en het product dezelfde each.", "Stap %q en product %q gaan niet over dezelfde rijen.", s.ID, d.ID)
	}
	l.inspectOf(s.Pos, "stap "+quoted(s.ID), s.Of, s.Owner)
	l.inspectWhose(s, verb, name)
	l.inspectNamed(s.Pos, "skipped_by", s.SkippedBy, "stap "+quoted(s.ID)+" overslaan", "record")
}

// inspectWhose warns of a step for one organisation with a form or table that is another's.
func (l *loader) inspectWhose(s *Step, verb, name string) {
	var whose []string
	if f := l.c.forms[name]; verb == "form" && f != nil {
		whose = f.Of
	} else if t := l.c.tables[name]; verb == "decide" && t != nil {
		whose = t.Of
	}
	inRow := func(fact string) bool { return !l.c.declared[l.c.index[fact]].inCase }
	if s.Each == "" && slices.ContainsFunc(whose, inRow) {
		return // the step is about all rows, which say themselves whose they are
	}
	if len(whose) > 0 && !slices.Equal(whose, s.Of) {
		l.warn(s.Pos, "of", "Schrijf bij de stap: of: ["+strings.Join(whose, ", ")+"].", "Stap %q is voor een andere organisatie dan %q, dat zij vraagt.", s.ID, name)
	}
}

// inspectOf warns of `of` that limits nobody: no role there belongs to an organisation.
func (l *loader) inspectOf(pos Pos, what string, of, roles []string) {
	limited := func(id string) bool { r := l.c.roles[id]; return r == nil || len(r.Cases.Of) > 0 }
	if len(of) > 0 && len(roles) > 0 && !slices.ContainsFunc(roles, limited) {
		l.warn(pos, "of", "Haal of weg, of noem een rol met cases: {of: …}.", "Bij %s doet of niets: geen van de rollen hoort bij een organisatie.", what)
	}
}

// barred says in words why a role cannot do what a step asks, and what to do about it; empty
// when it can.
func (l *loader) barred(r *Role, action string) (why, cure string) {
	verb, name, _ := strings.Cut(action, ":")
	switch verb {
	case "form":
		return barredForm(r, l.c.forms[name])
	case "decide":
		return l.barredDecision(r, name)
	case "compose":
		if d := l.c.products[name]; d != nil {
			return lacks(r, d.MadeBy, "made_by", "product "+quoted(name)+" maken", "compose")
		}
	case "close":
		if ph := l.c.phases[name]; ph != nil {
			return barredClosing(r, ph)
		}
	case "version": // its page is for who the form of a version names
	default: // done, asked, converted and recorded by who keeps the file
		return lacks(r, nil, "", "dit vastleggen", "record")
	}
	return "", ""
}

// lacks: not in the list that names who may, or without the ability for it. An empty list
// names everybody.
func lacks(r *Role, named []string, key, what string, abilities ...string) (why, cure string) {
	if len(named) > 0 && !slices.Contains(named, r.ID) {
		return "mag " + what + " niet: de rol staat niet bij " + key, "Zet de rol bij " + key + ", of noem een andere rol als owner."
	}
	if !can(r, abilities...) {
		return "mag " + what + " niet: bij may van de rol staat " + strings.Join(abilities, " of ") + " niet", "Geef de rol " + strings.Join(abilities, " of ") + " (may), of noem een andere rol als owner."
	}
	return "", ""
}

// barredForm follows the policies "fill" and "report-more".
func barredForm(r *Role, f *Form) (why, cure string) {
	if f == nil || f.Use == "advice" {
		return "", ""
	}
	abilities := []string{"record"}
	switch {
	case f.Use == "report" || f.Use == "follow_up":
		abilities = append(abilities, "follow_up")
	case slices.Contains(f.By, r.ID):
		abilities = append(abilities, "contribute")
	}
	return lacks(r, f.By, "by van het formulier", "formulier "+quoted(f.ID)+" invullen", abilities...)
}

// barredDecision: a table without decided_by follows from the facts; nobody decides it.
func (l *loader) barredDecision(r *Role, subject string) (why, cure string) {
	t, c := l.c.tables[subject], l.c.criteria[subject]
	switch {
	case t != nil && len(t.DecidedBy) == 0:
		return "niemand beslist tabel " + quoted(subject) + ": zij volgt uit de feiten", "Voeg aan de tabel toe: decided_by: een lijst met rollen. Of kies een andere handeling."
	case t != nil:
		return lacks(r, t.DecidedBy, "decided_by", "tabel "+quoted(subject)+" beslissen", "decide")
	case c != nil:
		return lacks(r, c.DecidedBy, "decided_by", "lijst "+quoted(subject)+" beslissen", "decide")
	}
	return "", ""
}

// barredClosing: who proposes closing does the step as well as who closes.
func barredClosing(r *Role, ph *Phase) (why, cure string) {
	if why, _ := lacks(r, ph.ProposedBy, "proposed_by", "", "propose_close"); why == "" {
		return "", ""
	}
	return lacks(r, ph.ClosedBy, "closed_by", "fase "+quoted(ph.ID)+" afsluiten", "close")
}

// inspectFillers warns of a form that nobody can send, and of a role that it names in vain.
func (l *loader) inspectFillers(f *Form) {
	if !slices.Contains([]string{"report", "follow_up", "officer", "rows"}, f.Use) {
		return // the others are filled in by the desk itself, or stored nowhere
	}
	abilities := []string{"record", "contribute"}
	if f.Use == "report" {
		abilities = []string{"report"}
	} else if f.Use == "follow_up" {
		abilities = []string{"follow_up", "record"}
	}
	for _, id := range f.By {
		if r := l.c.roles[id]; r != nil && !can(r, abilities...) {
			l.warn(f.Pos, "by", "Geef de rol "+strings.Join(abilities, " of ")+" (may), of haal haar hier weg.", "De rol %q staat bij formulier %q, maar kan het niet sturen: bij may staat %s niet.", id, f.ID, strings.Join(abilities, " of "))
		}
	}
	if len(f.By) == 0 && f.Use != "report" && !slices.ContainsFunc(l.p.Roles, func(r Role) bool { return can(&r, abilities...) }) {
		l.warn(f.Pos, "by", "Geef een rol "+strings.Join(abilities, " of ")+" (may).", "Niemand kan formulier %q sturen.", f.ID)
	}
	l.inspectOf(f.Pos, "formulier "+quoted(f.ID), f.Of, f.By)
	if never(f.When) {
		l.warn(f.Pos, "when", "Schrijf een voorwaarde die waar kan worden, of haal het formulier weg.", "Formulier %q wordt nooit aangeboden.", f.ID)
	}
}

// inspectHands warns of a text that goes through hands that cannot hold it: who makes,
// releases or agrees on it must be able to read it.
func (l *loader) inspectHands(d *Product) {
	l.inspectNamed(d.Pos, "made_by", d.MadeBy, "product "+quoted(d.ID)+" maken", "compose")
	l.inspectNamed(d.Pos, "released_by", d.ReleasedBy, "product "+quoted(d.ID)+" vrijgeven", "release")
	for _, hands := range []struct {
		key   string
		roles []string
	}{{"made_by", d.MadeBy}, {"released_by", d.ReleasedBy}, {"align", d.Align}} {
		for _, id := range hands.roles {
			if r := l.c.roles[id]; r != nil && d.Level > max(r.Sees, r.Opens) {
				l.warn(d.Pos, hands.key, "Geef de rol diepere rechten (opens), of noem een andere rol.", "De rol %q staat bij %s van product %q, maar mag het niet lezen: het product is %s, de rol komt tot %s.", id, hands.key, d.ID, d.Level, max(r.Sees, r.Opens))
			}
		}
	}
	for _, id := range d.Align {
		if r := l.c.roles[id]; r != nil && !can(r, "align", "compose") {
			l.warn(d.Pos, "align", "Geef de rol align (may), of haal haar hier weg.", "Met de rol %q moet product %q worden afgestemd, maar zij mag geen akkoord geven: bij may staat align niet.", id, d.ID)
		}
	}
}

// inspectWatchers warns of a clock whose owner, or whoever is told that it ended, cannot see
// the case. Reporters and outsiders see their own.
func (l *loader) inspectWatchers(d *Deadline) {
	blind := func(pos Pos, key, id, does string) {
		r := l.c.roles[id]
		if r != nil && r.Side != "reporter" && r.Side != "outside" && !comesToCases(r) {
			l.warn(pos, key, "Geef de rol work (may), of noem een andere rol.", "De rol %q %s termijn %q, maar ziet geen zaken: bij may staat work niet.", id, does, d.ID)
		}
	}
	blind(d.Pos, "owner", d.Owner, "is aan zet bij")
	for _, e := range d.Escalate {
		for _, to := range e.To {
			for _, id := range append([]string{to.Role}, to.Else...) {
				blind(e.Pos, "to", id, "krijgt bericht over")
			}
		}
	}
}

// can reports whether a role has one of these abilities.
func can(r *Role, abilities ...string) bool {
	return slices.ContainsFunc(abilities, func(a string) bool { return slices.Contains(r.May, a) })
}

// comesToCases follows the policy "enter".
func comesToCases(r *Role) bool { return can(r, "work", "audit") }

// meets: some kind of case that the role sees comes to the phase.
func (l *loader) meets(r *Role, phase string) bool {
	return phase == "" || len(r.Cases.Kinds) == 0 || slices.ContainsFunc(r.Cases.Kinds, func(kind string) bool { return !l.c.elsewhere[kind][phase] })
}

// never is a condition that is written as false.
func never(when string) bool { return strings.TrimSpace(when) == "false" }
