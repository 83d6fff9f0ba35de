// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"strings"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// Who may what is asked here and nowhere else, and answered by package policies. The desk
// only tells the policies what it knows: what the protocol gives the roles of the actor
// (asker), and how the actor is related to the case (sight) and to the thing on it (want).

// Reserved reports whether an id is one of the desk's own. A person of that name would act
// with the rights of the desk, or read what was meant for reporters.
func Reserved(person string) bool {
	return person == "" || person == "system" || person == "reporter" || strings.HasPrefix(person, "other:") || strings.HasPrefix(person, machineActor)
}

// errHidden answers for what is not there and for what is not yours, alike (S03).
var errHidden = loket.Refuse(loket.NotFound, "Deze pagina is er niet, of u mag hem niet zien.", "This page does not exist, or you may not see it.")

// errMayNot is for an action on a case that the reader does see.
var errMayNot = loket.Refuse(loket.Forbidden, "Dit hoort niet bij uw rol. Vraag een collega die dit wel mag.", "This is not part of your role. Ask a colleague who may.")

// kind is what sort of asker an actor is.
func kind(a loket.Actor) string {
	switch {
	case a.ID == "system":
		return policies.Desk
	case isMachine(a):
		return policies.Machine
	case a.Case != "":
		return policies.Guest
	}
	return policies.Person
}

// mayAlone asks for what no role of any protocol gives: what the installation does itself.
func mayAlone(a loket.Actor, action string) bool {
	return policies.Allows(policies.Question{Who: kind(a), Action: action, About: policies.Organisation})
}

// asker is an actor as the policies know them.
func asker(a loket.Actor, p *protocol.Protocol) policies.Question {
	if isMachine(a) {
		return machineAsker(a)
	}
	q := policies.Question{Who: kind(a)}
	for _, id := range a.Roles {
		r := p.Role(id)
		if r == nil {
			continue
		}
		q.Can |= policies.Able(r.May...)
		q.Sees, q.Opens = max(q.Sees, depth(r.Sees)), max(q.Opens, depth(r.Opens), depth(r.Sees))
	}
	return q
}

// levels run from figures to special or criminal data.
var levels = []protocol.Level{"V0", "V1", "V2", "V3", "V4", "V5"}

// depth is a level as a number: V0 is 0, as is a level that nobody gave.
func depth(l protocol.Level) int {
	if len(l) != len("V0") {
		return 0
	}
	return int(l[1] - '0')
}

// may asks for what belongs to the organisation as a whole.
func may(a loket.Actor, p *protocol.Protocol, action string, is policies.Relation) bool {
	q := asker(a, p)
	q.Action, q.About, q.Is = action, policies.Organisation, is
	return policies.Allows(q)
}

// alone is somebody with one role only: what this role gives, whatever the others do.
func alone(a loket.Actor, role string) loket.Actor {
	a.Roles = []string{role}
	return a
}

// able reports whether a role of the actor has an ability: what a page may offer. What is
// done with it is asked again, with everything that the policies look at.
func able(a loket.Actor, p *protocol.Protocol, ability string) bool {
	return asker(a, p).Can.Has(ability)
}

// onSight is the relation of somebody to a case that they came to.
const onSight = policies.Ours | policies.Concerned | policies.Shown | policies.Loose | policies.Leads | policies.Free | policies.Keeper

// errNotNow is for an action that is the reader's, but not as the case stands now.
var errNotNow = loket.Refuse(loket.Stopped, "Dat kan niet zoals deze zaak er nu voor staat: afgesloten, beëindigd, vastgehouden, beperkt of verder in een andere zaak. Kijk de stand van de zaak na.",
	"That cannot be done as this case stands now: closed, ended, on hold, limited or going on in another case. See where the case stands.")

// mayOn asks for something on one case, to which the actor is related as is says.
func mayOn(a loket.Actor, p *protocol.Protocol, action string, is policies.Relation, l protocol.Level, state string) bool {
	q := asker(a, p)
	q.Action, q.About, q.Is, q.Level, q.State = action, policies.Case, is, depth(l), state
	return policies.Allows(q)
}

// may asks for something on the case in hand.
func (o *open) may(a loket.Actor, action string, is policies.Relation) bool {
	return o.mayAt(a, action, is, "")
}

// mayAt asks for something on the case in hand that goes as deep as l.
func (o *open) mayAt(a loket.Actor, action string, is policies.Relation, l protocol.Level) bool {
	q := asker(a, o.p)
	q.Sees, q.Opens = max(q.Sees, depth(o.lent)), max(q.Opens, depth(o.lent))
	q.Action, q.About, q.Is, q.Level, q.State = action, policies.Case, o.is|is|standing(o.Case), depth(l), status(o.Case)
	return policies.Allows(q)
}

// errLimited is for who comes to a case that is only kept, and would see it otherwise.
var errLimited = loket.Refuse(loket.Stopped, "De verwerking van deze zaak is beperkt (AVG artikel 18): ze wordt alleen bewaard. Moet u er toch bij? Vraag het de privacyfunctionaris, of bel het loket.",
	"The processing of this case is limited (GDPR article 18): it is only kept. Do you need it all the same? Ask the privacy officer, or call the desk.")

// closed is the answer to somebody who does not come to the case in hand.
func (o *open) closed(a loket.Actor, action string) error {
	if o.Limit != nil && mayOn(a, o.p, action, o.is|onSight&^(policies.Ours|policies.Concerned|policies.Shown), "", status(o.Case)) {
		return errLimited
	}
	return errHidden
}

// wants asks whether the actor may want this payload on the case in hand.
func (o *open) wants(a loket.Actor, want loket.Payload) bool {
	action, is := o.about(a, want)
	return o.may(a, action, is)
}

// about is the action that a payload stands for on the case in hand.
func (o *open) about(a loket.Actor, want loket.Payload) (action string, is policies.Relation) {
	if w, ok := want.(loket.RowRecorded); ok && !o.rowIsOurs(a, w) {
		return want.Type(), o.reviewing(a, want) | o.turn(a, want)
	}
	action, is = about(a, o.p, want, func(of []string) loket.Actor { return o.counting(a, of) })
	return action, is | o.reviewing(a, want) | o.turn(a, want)
}

// reviewing: an emergency opening was somebody else's.
func (o *open) reviewing(a loket.Actor, want loket.Payload) policies.Relation {
	w, ok := want.(loket.EmergencyReviewed)
	if !ok {
		return 0
	}
	x := o.Emergency(w.Opening)
	return policies.Another.When(x != nil && x.By != a.ID)
}

// denied is the refusal of what the actor may not want: not theirs, or not as the case stands.
func (o *open) denied(a loket.Actor, want loket.Payload) error {
	action, is := o.about(a, want)
	if mayOn(a, o.p, action, o.is|is|onSight&^(policies.Ours|policies.Concerned|policies.Shown), "", "open") {
		return errNotNow
	}
	return errMayNot
}

// MayWant tells a page about a case whether this reader may want this payload on it.
func MayWant(a loket.Actor, p *protocol.Protocol, want loket.Payload) bool {
	action, is := about(a, p, want, func([]string) loket.Actor { return a })
	return mayOn(a, p, action, onSight|policies.Turn|is, "", "")
}

// keeps: the case is not limited (AVG 18), or the actor is one of those who keep it meanwhile.
func keeps(a loket.Actor, o *open) bool {
	return o.Limit == nil || o.lent != "" || a.Case == "" && able(a, o.p, "shield")
}

// sight is how an actor is related to a case. Whether it concerns them is worked out only
// when it matters: for somebody whose roles are limited to some cases.
func (d *Desk) sight(a loket.Actor, o *open) policies.Relation {
	if a.ID == "system" {
		return 0
	}
	is := policies.Ours.When(o.Tenant == a.Tenant) | policies.Shown.When(!o.Hides(a.ID)) | policies.Lent.When(o.lent != "") | policies.Keeper.When(keeps(a, o))
	if a.Case != "" {
		return is | policies.Own.When(a.Case == o.ID)
	}
	return is | policies.Concerned.When(o.lent != "" || o.Tenant == a.Tenant && d.concerned(a, o))
}

// sees is the deepest level shown at once to an actor who is related to a case as is says;
// opens the deepest that may be asked for.
func sees(a loket.Actor, p *protocol.Protocol, is policies.Relation) (sees, opens protocol.Level) {
	sees, opens = "V0", "V0"
	for _, l := range levels {
		if mayOn(a, p, "fact.read", is, l, "") {
			sees = l
		}
		if mayOn(a, p, "fact.open", is, l, "") {
			opens = l
		}
	}
	return sees, opens
}

// about is the action that a payload stands for, and where the protocol names the actor for
// it. An action is the type of the event that would be left behind. counting gives the actor
// with the roles that count for a part that belongs to organisations.
func about(a loket.Actor, p *protocol.Protocol, want loket.Payload, counting func(of []string) loket.Actor) (action string, is policies.Relation) {
	action = want.Type()
	form := func(id string) policies.Relation {
		f := p.Form(id)
		if f == nil {
			return 0
		}
		return ofForm(counting(organisationsOf(f)), f)
	}
	switch w := want.(type) {
	case loket.ReportReceived:
		is = form(w.Form)
	case loket.FactsRecorded:
		is = form(w.Form)
	case loket.RowRecorded:
		is = form(w.Form)
	case loket.Decided:
		is = policies.Decider.When(decides(a, p, w.Subject, counting))
	case loket.ProductDrafted:
		is = ofProduct(a, p.Product(w.Product))
	case loket.ProductReleased:
		is = ofProduct(a, p.Product(w.Product))
	case loket.ProductWithdrawn:
		is = ofProduct(a, p.Product(w.Product))
	case loket.ProductAligned:
		is = policies.Speaker.When(w.Role == "" || a.Has(w.Role))
	case loket.CloseProposed:
		is = ofPhase(a, p.Phase(w.Phase))
	case loket.PhaseClosed:
		is = ofPhase(a, p.Phase(w.Phase))
	case loket.Neighboured:
		if w.What == loket.NeighbourShared {
			action, is = "neighbour.shared", ofProduct(a, p.Product(w.Product))
		}
	}
	return action, is
}

// named: an empty list names everybody.
func named(a loket.Actor, roles []string) bool { return len(roles) == 0 || a.Has(roles...) }

func ofForm(a loket.Actor, f *protocol.Form) policies.Relation {
	if f == nil {
		return 0
	}
	return policies.Filler.When(named(a, f.By)) | policies.Contributor.When(a.Has(f.By...))
}

func ofProduct(a loket.Actor, pr *protocol.Product) policies.Relation {
	if pr == nil {
		return 0
	}
	return policies.Maker.When(named(a, pr.MadeBy)) | policies.Releaser.When(named(a, pr.ReleasedBy)) |
		policies.Involved.When(a.Has(pr.MadeBy...) || a.Has(pr.ReleasedBy...) || a.Has(pr.Align...))
}

func ofPhase(a loket.Actor, ph *protocol.Phase) policies.Relation {
	if ph == nil {
		return 0
	}
	return policies.Proposer.When(named(a, ph.ProposedBy)) | policies.Closer.When(named(a, ph.ClosedBy))
}

// decides: a table that names nobody follows from the facts, so nobody decides it; a list of
// criteria that names nobody is everybody's.
func decides(a loket.Actor, p *protocol.Protocol, subject string, counting func(of []string) loket.Actor) bool {
	if t := p.Table(subject); t != nil {
		return counting(t.Of).Has(t.DecidedBy...)
	}
	c := p.CriteriaList(subject)
	return c != nil && named(a, c.DecidedBy)
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
