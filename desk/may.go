// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Reserved reports whether an id is one of the desk's own. A person of that name would act
// with the rights of the desk, or read what was meant for reporters.
func Reserved(person string) bool {
	return person == "" || person == "system" || person == "reporter" || strings.HasPrefix(person, "other:")
}

// errHidden answers for what is not there and for what is not yours, alike (S03).
var errHidden = loket.Refuse(loket.NotFound, "Deze pagina is er niet, of u mag hem niet zien.", "This page does not exist, or you may not see it.")

// errMayNot is for an action on a case that the reader does see.
var errMayNot = loket.Refuse(loket.Forbidden, "Dit hoort niet bij uw rol. Vraag een collega die dit wel mag.", "This is not part of your role. Ask a colleague who may.")

// may reports whether one of the actor's roles has the action.
func may(a loket.Actor, p *protocol.Protocol, action string) bool {
	for _, id := range a.Roles {
		if r := p.Role(id); r != nil && slices.Contains(r.May, action) {
			return true
		}
	}
	return false
}

// sees is the deepest level shown to the actor at once; opens the deepest it may open.
func sees(a loket.Actor, p *protocol.Protocol) (sees, opens protocol.Level) {
	sees, opens = "V0", "V0"
	for _, id := range a.Roles {
		if r := p.Role(id); r != nil {
			sees, opens = max(sees, r.Sees), max(opens, r.Opens, r.Sees)
		}
	}
	return sees, opens
}

// maySee: the desk sees the cases of its tenant; a reporter with a return code only its own.
func maySee(a loket.Actor, c *loket.Case, p *protocol.Protocol) bool {
	if a.ID == "system" || c.Tenant != a.Tenant {
		return a.ID == "system"
	}
	if a.Case != "" {
		return a.Case == c.ID
	}
	return may(a, p, "work") || may(a, p, "audit")
}

// mayWant asks whether this actor may want this payload on this case. One place for
// every change; who may decide or release what is the protocol's own word.
func mayWant(a loket.Actor, p *protocol.Protocol, want loket.Payload) bool {
	if a.ID == "system" {
		return true
	}
	switch w := want.(type) {
	case loket.ReportReceived:
		return formFor(a, p, w.Form) && (may(a, p, "follow_up") || may(a, p, "record"))
	case loket.FactsRecorded:
		return fills(a, p, w.Form)
	case loket.RowRecorded:
		return fills(a, p, w.Form)
	case loket.Decided:
		return may(a, p, "decide") && decides(a, p, w.Subject)
	case loket.ProductDrafted:
		pr := p.Product(w.Product)
		return may(a, p, "compose") && pr != nil && named(a, pr.MadeBy)
	case loket.ProductAligned:
		return (may(a, p, "align") || may(a, p, "compose")) && (may(a, p, "work") || w.Role == "" || a.Has(w.Role)) // who is asked speaks for itself
	case loket.ProductReleased:
		return may(a, p, "release") && releases(a, p, w.Product)
	case loket.ProductWithdrawn:
		return may(a, p, "release") && releases(a, p, w.Product)
	case loket.Told:
		return may(a, p, "tell")
	case loket.FieldsOpened:
		return may(a, p, "open")
	case loket.CloseProposed:
		ph := p.Phase(w.Phase)
		return ph != nil && (may(a, p, "propose_close") && named(a, ph.ProposedBy) || may(a, p, "close") && named(a, ph.ClosedBy))
	case loket.PhaseClosed:
		ph := p.Phase(w.Phase)
		return may(a, p, "close") && ph != nil && named(a, ph.ClosedBy)
	case loket.Reopened, loket.CaseEnded, loket.FactsErased, loket.HoldPlaced, loket.DestructionProposed:
		return may(a, p, "decide") && may(a, p, "record") || erases(want) && may(a, p, "retain") // the desk's, not an adviser's who decides one table
	case loket.HoldLifted, loket.DestructionRefused:
		return may(a, p, "retain")
	case loket.DeliveryChanged, loket.DeadlineMoved, loket.CaseOpened:
		return false
	}
	return may(a, p, "record")
}

// erases: it is about keeping or erasing a case, which some roles may without working on it.
func erases(want loket.Payload) bool {
	switch want.(type) {
	case loket.FactsErased, loket.HoldPlaced, loket.DestructionProposed:
		return true
	}
	return false
}

// named: an empty list names everybody.
func named(a loket.Actor, roles []string) bool { return len(roles) == 0 || a.Has(roles...) }

func formFor(a loket.Actor, p *protocol.Protocol, id string) bool {
	f := p.Form(id)
	return f != nil && named(a, f.By)
}

// fills: the desk fills any form that names it or nobody; others contribute to a form
// that names them (R-R-69, R-R-78, R-R-103).
func fills(a loket.Actor, p *protocol.Protocol, id string) bool {
	f := p.Form(id)
	return f != nil && (may(a, p, "record") && named(a, f.By) || may(a, p, "contribute") && a.Has(f.By...))
}

func decides(a loket.Actor, p *protocol.Protocol, subject string) bool {
	if t := p.Table(subject); t != nil {
		return a.Has(t.DecidedBy...)
	}
	c := p.CriteriaList(subject)
	return c != nil && named(a, c.DecidedBy)
}

func releases(a loket.Actor, p *protocol.Protocol, id string) bool {
	pr := p.Product(id)
	return pr != nil && named(a, pr.ReleasedBy)
}

// asReporter gives somebody without an account the roles of the reporting side: anyone
// may report (R-R-27).
func asReporter(a loket.Actor, p *protocol.Protocol) loket.Actor {
	if len(a.Roles) > 0 {
		return a
	}
	for _, r := range p.Roles {
		if r.Side == "reporter" {
			a.Roles = append(a.Roles, r.ID)
		}
	}
	if a.ID == "" {
		a.ID = "reporter"
	}
	if len(a.Roles) > 0 {
		a.Role = a.Roles[0]
	}
	return a
}
