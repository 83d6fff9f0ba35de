// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// A part of a case can be that of one organisation: its half of an analysis, its signature, its
// step. The protocol names the role (`by`, `decided_by`, `owner`) and the facts that name the
// organisation (`of`). The same role elsewhere, on the same case, has nothing to do with it:
//
//	case: responsible = north, actual = south
//	half_responsible  of: [responsible]   north fills, changes, sees · south does not
//	half_actual       of: [actual]        south fills, changes, sees · north does not
//
// Of a list the rows can be: each row names its organisation itself (R-I-90).
//
// Roles that belong to no organisation in particular count everywhere. Who is limited cannot
// make a part theirs by changing what the case says of the organisations (shifts).

// counting gives somebody the roles that count for a part that belongs to organisations. What
// the case says of them must have been worked out: else no role that belongs to one counts.
func (o *open) counting(a loket.Actor, of []string) loket.Actor {
	if len(of) == 0 || a.ID == "system" || o.ev != nil && here(a, o.p.Organisations(o.ev, nil, of...)) {
		return a
	}
	return o.anywhere(a)
}

// anywhere leaves somebody the roles that belong to no organisation.
func (o *open) anywhere(a loket.Actor) loket.Actor {
	a.Roles = slices.DeleteFunc(slices.Clone(a.Roles), func(id string) bool { return limitedRole(o.p, id) })
	return a
}

// here: the organisation of somebody is one of these.
func here(a loket.Actor, at []protocol.Organisation) bool {
	return slices.ContainsFunc(at, func(x protocol.Organisation) bool { return x.Named(a.Organisation) })
}

// limitedRole: the role belongs to an organisation, and counts only there.
func limitedRole(p *protocol.Protocol, id string) bool {
	r := p.Role(id)
	return r != nil && len(r.Cases.Of) > 0
}

// limitedTo reports whether somebody works only for an organisation: no role of theirs with an
// ability counts everywhere. Guests are not: they come to their own case alone.
func limitedTo(a loket.Actor, p *protocol.Protocol, ability string) bool {
	limited := false
	for _, id := range a.Roles {
		r := p.Role(id)
		switch {
		case r == nil || !slices.Contains(r.May, ability):
		case !limitedRole(p, id):
			return false
		default:
			limited = true
		}
	}
	return limited && a.Case == ""
}

// fills: the form is for somebody to fill in on this case, and so to see while it is hidden.
func (o *open) fills(a loket.Actor, f *protocol.Form) bool {
	return o.counting(a, organisationsOf(f)).Has(f.By...)
}

// offers: the form names nobody, or a role that counts here.
func (o *open) offers(a loket.Actor, f *protocol.Form) bool {
	return named(o.counting(a, organisationsOf(f)), f.By)
}

// organisationsOf are the facts of the case that say whose a form is; none when each row of it
// says so itself.
func organisationsOf(f *protocol.Form) []string {
	if namesInRow(f) {
		return nil
	}
	return f.Of
}

// namesInRow: the form is a list, and the row itself names the organisation that it is of.
func namesInRow(f *protocol.Form) bool {
	return f.Use == "rows" && len(f.Of) > 0 && !slices.ContainsFunc(f.Of, func(fact string) bool { return !asksAbout(f, fact) })
}

// rowIsOurs: the row is not that of another organisation, as it stands and as it would become.
// A row that names none yet is nobody's.
func (o *open) rowIsOurs(a loket.Actor, w loket.RowRecorded) bool {
	f := o.p.Form(w.Form)
	if f == nil || !namesInRow(f) {
		return true
	}
	was := o.RowFacts(w.Form, w.Row)
	return o.ofRow(a, f, was) && o.ofRow(a, f, w.Facts)
}

func (o *open) ofRow(a loket.Actor, f *protocol.Form, row protocol.Facts) bool {
	if !namesInRow(f) {
		return true
	}
	if o.ev != nil {
		at := o.p.Organisations(o.ev, row, f.Of...)
		if len(at) == 0 || here(a, at) {
			return true
		}
	}
	return named(o.anywhere(a), f.By)
}

// decidedElsewhere are the tables that the role of somebody decides, but for another
// organisation than theirs.
func decidedElsewhere(o *open, a loket.Actor) map[string]bool {
	var out map[string]bool
	for i := range o.p.Tables {
		t := &o.p.Tables[i]
		if len(t.Of) > 0 && a.Has(t.DecidedBy...) && !o.counting(a, t.Of).Has(t.DecidedBy...) {
			if out == nil {
				out = map[string]bool{}
			}
			out[t.ID] = true
		}
	}
	return out
}

// turn is how somebody is related to a step that they want to tick off or put aside, or to
// answers that they want to erase.
func (o *open) turn(a loket.Actor, want loket.Payload) policies.Relation {
	switch w := want.(type) {
	case loket.StepDone:
		return policies.Turn.When(!o.elsewhere(a, o.p.Step(w.Step), w.Row))
	case loket.StepSkipped:
		s := o.p.Step(w.Step)
		return policies.Turn.When(!o.elsewhere(a, s, w.Row) && (s == nil || named(a, s.SkippedBy)))
	case loket.FactsErased:
		return policies.Turn.When(!slices.ContainsFunc(w.Fields, func(id string) bool { return o.partOfOthers(a, id) }))
	}
	return 0
}

// elsewhere: the step belongs to other organisations than that of somebody who works for one.
func (o *open) elsewhere(a loket.Actor, s *protocol.Step, row string) bool {
	if s == nil || o.ev == nil || !limitedTo(a, o.p, "record") {
		return false
	}
	var at []protocol.Organisation
	for _, id := range s.Owner {
		owners, _ := ownedBy(o, s, row, o.p.Role(id))
		at = append(at, owners...)
	}
	return len(at) > 0 && !here(a, at)
}

// partOfOthers: the fact is asked only in a part that somebody who works for one organisation
// does not fill in.
func (o *open) partOfOthers(a loket.Actor, fact string) bool {
	if !limitedTo(a, o.p, "record") {
		return false
	}
	others := false
	for i := range o.p.Forms {
		f := &o.p.Forms[i]
		if !asksAbout(f, fact) {
			continue
		}
		if len(f.Of) == 0 && f.HiddenUntil == "" || o.fills(a, f) {
			return false
		}
		others = true
	}
	return others
}

func asksAbout(f *protocol.Form, fact string) bool {
	return slices.ContainsFunc(f.Sections, func(s protocol.Section) bool {
		return slices.ContainsFunc(s.Fields, func(field protocol.Field) bool { return slices.Contains(field.Answers(), fact) })
	})
}

// errShifts refuses what would move a part of the case from one organisation to another.
var errShifts = loket.Refuse(loket.Forbidden, "Hierdoor krijgt een andere gemeente of organisatie een deel van deze zaak, of raakt zij het kwijt. Dat hoort niet bij uw rol. Vraag een collega van het loket om dit te wijzigen.",
	"By this another municipality or organisation gets a part of this case, or loses it. This is not part of your role. Ask a colleague of the desk to change it.")

// shifts: by a change of somebody who works for one organisation a part of the case becomes
// theirs that was another's, or is taken from another.
func shifts(a loket.Actor, p *protocol.Protocol, before, after *protocol.Evaluation) bool {
	if before == nil || a.ID == "system" || !limitedTo(a, p, "work") {
		return false
	}
	return slices.ContainsFunc(partFacts(p), func(of []string) bool {
		was, is := p.Organisations(before, nil, of...), p.Organisations(after, nil, of...)
		taken := slices.ContainsFunc(was, func(x protocol.Organisation) bool {
			return !x.Named(a.Organisation) && !slices.ContainsFunc(is, func(y protocol.Organisation) bool { return y.ID == x.ID })
		})
		return taken || len(was) > 0 && !here(a, was) && here(a, is)
	})
}

// partFacts are the facts, as they stand together, that say whose a part of a case is.
func partFacts(p *protocol.Protocol) (out [][]string) {
	for i := range p.Forms {
		if of := p.Forms[i].Of; len(of) > 0 {
			out = append(out, of)
		}
	}
	for i := range p.Tables {
		if of := p.Tables[i].Of; len(of) > 0 {
			out = append(out, of)
		}
	}
	return out
}
