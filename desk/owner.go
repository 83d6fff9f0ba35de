// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// A step is owned by a role. Where the role belongs to an organisation, such as the access of
// a municipality, it is owned by the people of that role in the organisations that the case
// names (`of`, else the `cases` of the role): the same role elsewhere does not have it to do.
// The keys of owners lie beside the relations of a case, so that "mine" on the worklist is one
// question to one index:
//
//	open steps ──ownerKeys──▶ "owner:access@noord" ◀──ownKeys── roles and organisation of a person

// ownerKey names a role in an organisation.
func ownerKey(role, organisation string) string { return relation("owner", role+"@"+organisation) }

// ownedBy are the organisations whose people of a role own a step; limited is false where the
// role owns it wherever it is.
func ownedBy(o *open, s *protocol.Step, row string, r *protocol.Role) (at []protocol.Organisation, limited bool) {
	facts := ownerFacts(s, r)
	if len(facts) == 0 {
		return nil, false
	}
	return o.p.Organisations(o.ev, o.RowFacts(s.Each, row), facts...), true
}

// ownerFacts name the organisations of an owner. `of` speaks of roles that belong to an
// organisation; another owner of the same step has it wherever it is.
func ownerFacts(s *protocol.Step, r *protocol.Role) []string {
	if r == nil || len(r.Cases.Of) == 0 {
		return nil
	}
	if len(s.Of) > 0 {
		return s.Of
	}
	return r.Cases.Of
}

// owns: the step is for this person: by role, and where it matters by organisation.
func owns(o *open, a loket.Actor, s *protocol.Step, row string) bool {
	if len(s.Owner) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Owner, func(id string) bool {
		if !a.Has(id) {
			return false
		}
		at, limited := ownedBy(o, s, row, o.p.Role(id))
		return !limited || slices.ContainsFunc(at, func(x protocol.Organisation) bool { return x.Named(a.Organisation) })
	})
}

// ownerTitles say whose step it is, with the organisations where they are known.
func ownerTitles(o *open, s *protocol.Step, row string) protocol.Text {
	var nl, en []string
	for _, id := range s.Owner {
		title := roleTitles(o.p, []string{id})
		owners, _ := ownedBy(o, s, row, o.p.Role(id))
		names := make([]string, len(owners))
		for i, x := range owners {
			names[i] = orDefault(x.Title.NL, x.ID)
		}
		at := ""
		if len(names) > 0 {
			at = " (" + strings.Join(names, ", ") + ")"
		}
		nl, en = append(nl, title.NL+at), append(en, title.EN+at)
	}
	return say(strings.Join(nl, ", "), strings.Join(en, ", "))
}

// ownerKeys are the owners in organisations of what is to be done on a case.
func ownerKeys(o *open, todo []Proposal) []string {
	var out []string
	for _, t := range todo {
		s := o.p.Step(t.Step)
		if s == nil {
			continue
		}
		for _, id := range s.Owner {
			at, _ := ownedBy(o, s, t.Row, o.p.Role(id))
			for _, x := range at {
				if key := ownerKey(id, x.ID); !slices.Contains(out, key) {
					out = append(out, key)
				}
			}
		}
	}
	return out
}

// ownKeys are the keys under which somebody's own steps lie.
func ownKeys(a loket.Actor, p *protocol.Protocol) []string {
	var out []string
	for _, id := range a.Roles {
		r := p.Role(id)
		if r == nil || len(r.Cases.Of) == 0 {
			continue
		}
		facts := slices.Clone(r.Cases.Of)
		for i := range p.Steps {
			if slices.Contains(p.Steps[i].Owner, id) {
				facts = append(facts, p.Steps[i].Of...)
			}
		}
		for _, fact := range facts {
			for _, x := range optionsOf(p, fact) {
				if key := ownerKey(id, x.ID); x.Named(a.Organisation) && !slices.Contains(out, key) {
					out = append(out, key)
				}
			}
		}
	}
	return out
}
