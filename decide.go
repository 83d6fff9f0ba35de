// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// Decide turns what somebody wants into the events that record it, or refuses in words
// the reader can act on. A command is the payload somebody wants to add; Decide checks
// and completes it. Nothing blocks but a missing motivation and the hard stops of R-I-05.
// Who may want what is not asked here: that is package desk.
func Decide(c *Case, p *protocol.Protocol, want Payload, now time.Time) ([]Payload, error) {
	if err := Impersonal(p, c.Kind, factsOf(want)); err != nil {
		return nil, err
	}
	if refusal := onLimit(c, want); refusal != nil {
		return nil, refusal
	}
	switch w := want.(type) {
	case ReportReceived:
		return decideReport(c, p, w)
	case FactsRecorded:
		return one(w, nonEmpty(len(w.Facts)+len(w.Cleared) > 0, "Er is niets ingevuld.", "Nothing was filled in."))
	case RowRecorded:
		return decideRow(c, p, w)
	case Decided:
		return decideDecision(c, p, w, now)
	case StepDone, StepSkipped, StepAdded, DutyRecorded:
		return decideWork(p, c, want)
	case Asked, Answered:
		return decideQuestion(c, p, want)
	case ProductDrafted, ProductAligned, ProductReleased, ProductWithdrawn, Told:
		return decideProduct(c, p, want, now)
	case Linked, Unlinked:
		return decideLink(c, p, want)
	case Neighboured:
		return decideNeighbour(w)
	case CloseProposed, PhaseClosed, Reopened, CaseEnded:
		return decideClosing(c, p, want, now)
	case FactsErased, HoldPlaced, HoldLifted, DestructionProposed, DestructionRefused:
		return decideErasing(c, p, want)
	case ConsultationOpened, RemarkMade, RemarkAnswered, ConsultationClosed, VersionAdopted, VersionBegan:
		return decideVersion(c, p, want, now)
	case FieldsOpened:
		return one(w, purposeful(w.Purpose))
	case Noted:
		return one(w, nonEmpty(strings.TrimSpace(w.Text) != "", "Schrijf eerst de notitie.", "Write the note first."))
	case CaseHidden, CaseShown:
		return decideHiding(c, want)
	case EmergencyOpened, EmergencyReviewed:
		return decideEmergency(c, want)
	case LimitPlaced, LimitLifted:
		return decideLimit(c, want)
	case CaseAssigned:
		return one(w, notHidden(c, w.To))
	case DeliveryChanged, DeadlineMoved:
		return []Payload{want}, nil
	}
	return nil, fmt.Errorf("decide: %s is not something an actor can want", want.Type())
}

func one(p Payload, refusal *Error) ([]Payload, error) {
	if refusal != nil {
		return nil, refusal
	}
	return []Payload{p}, nil
}

func nonEmpty(ok bool, nl, en string) *Error {
	if ok {
		return nil
	}
	return Refuse(Invalid, nl, en)
}

// motivated refuses an empty motivation: that is never accepted (R-I-05).
func motivated(reason string) *Error {
	if strings.TrimSpace(reason) != "" {
		return nil
	}
	return Refuse(Motivation, "Schrijf op waarom. Zonder reden kan dit niet worden vastgelegd.", "Write down why. This cannot be recorded without a reason.")
}

func purposeful(purpose string) *Error {
	if strings.TrimSpace(purpose) != "" {
		return nil
	}
	return Refuse(Motivation, "Schrijf op waarvoor u dit nodig hebt.", "Write down what you need this for.")
}

// decideReport records a further sending on a case and closes the questions it answers.
func decideReport(c *Case, p *protocol.Protocol, w ReportReceived) ([]Payload, error) {
	if p.Form(w.Form) == nil {
		return nil, Refuse(Invalid, "Dit formulier bestaat niet.", "This form does not exist.")
	}
	if refusal := nonEmpty(len(w.Facts)+len(w.Cleared) > 0, "Er is niets ingevuld.", "Nothing was filled in."); refusal != nil {
		return nil, refusal // it would count as the answer to a question
	}
	out := []Payload{w}
	for _, q := range c.Questions {
		if !q.Done && answers(w, q) {
			out = append(out, Answered{Question: q.Question, Report: w.Report})
		}
	}
	return out, nil
}

// answers: a question is answered when one of its fields is; a free question by any sending.
func answers(w ReportReceived, q QuestionState) bool {
	if len(q.Fields) == 0 {
		return true
	}
	return slices.ContainsFunc(q.Fields, func(f string) bool { _, ok := w.Facts[f]; return ok })
}

// rowID is what a row may be called. A slash parts a row from what exists once per row.
var rowID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func decideRow(c *Case, p *protocol.Protocol, w RowRecorded) ([]Payload, error) {
	f := p.Form(w.Form)
	if f == nil || f.Use != "rows" {
		return nil, Refuse(Invalid, "Deze lijst bestaat niet.", "This list does not exist.")
	}
	if !rowID.MatchString(w.Row) {
		return nil, Refuse(Invalid, "Deze regel heeft geen geldige naam. Open de lijst opnieuw en probeer het nog eens.", "This row has no valid name. Open the list again and retry.")
	}
	exists := slices.ContainsFunc(c.Rows[w.Form], func(r protocol.Row) bool { return r.ID == w.Row })
	if w.Removed && !exists {
		return nil, Refuse(NotFound, "Deze regel is er niet (meer).", "This row does not exist (any more).")
	}
	if w.Removed {
		return one(w, motivated(w.Reason))
	}
	return one(w, nonEmpty(len(w.Facts)+len(w.Cleared) > 0, "Er is niets ingevuld.", "Nothing was filled in."))
}

func decideWork(p *protocol.Protocol, c *Case, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case StepDone:
		return one(w, knownStep(p, c, w.Step))
	case StepSkipped:
		if e := knownStep(p, c, w.Step); e != nil {
			return nil, e
		}
		if e := motivated(w.Motivation); e != nil {
			return nil, e
		}
		return one(w, nonEmpty(slices.Contains(skips, w.How), "Kies wat er met deze stap gebeurt: niet, anders of later.", "Choose what happens to this step: not, otherwise or later."))
	case StepAdded:
		return one(w, nonEmpty(strings.TrimSpace(w.Title) != "", "Schrijf op wat er moet gebeuren.", "Write down what has to be done."))
	case DutyRecorded:
		if p.Duty(w.Duty) == nil {
			return nil, Refuse(Invalid, "Deze meldplicht staat niet in het protocol.", "The protocol does not have this duty.")
		}
		ok := slices.Contains([]string{"open", "done", "not_applicable", "unknown", "consulted"}, w.State)
		return one(w, nonEmpty(ok, "Kies wat er met deze meldplicht is gebeurd.", "Choose what happened with this duty."))
	}
	return nil, fmt.Errorf("decide: %s", want.Type())
}

// skips are the ways to depart from a step.
var skips = []string{"not", "otherwise", "later"}

func knownStep(p *protocol.Protocol, c *Case, id string) *Error {
	_, own := c.Steps[id]
	if own || p.Step(id) != nil {
		return nil
	}
	return Refuse(Invalid, "Deze stap staat niet in het protocol.", "The protocol does not have this step.")
}

func decideQuestion(c *Case, p *protocol.Protocol, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case Asked:
		if e := knownFacts(p, w.Fields); e != nil {
			return nil, e
		}
		ok := len(w.Fields) > 0 || strings.TrimSpace(w.Text) != ""
		return one(w, nonEmpty(ok, "Kies een vraag of schrijf er zelf een.", "Choose a question or write one."))
	case Answered:
		known := slices.ContainsFunc(c.Questions, func(q QuestionState) bool { return q.Question == w.Question })
		return one(w, nonEmpty(known, "Deze vraag is niet gesteld.", "This question was not asked."))
	}
	return nil, fmt.Errorf("decide: %s", want.Type())
}

// knownFacts refuses names that the protocol does not have: asking for them, or erasing them,
// would look as if it had been done.
func knownFacts(p *protocol.Protocol, ids []string) *Error {
	for _, id := range ids {
		if p.Fact(id) == nil {
			return Refuse(Invalid, "Het protocol heeft geen vraag “"+id+"”.", "The protocol has no question “"+id+"”.")
		}
	}
	return nil
}

// decideLink records a verdict on two cases; it is never made by the desk itself and
// always undoable (DT-22).
func decideLink(c *Case, p *protocol.Protocol, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case Linked:
		if w.Other == c.ID {
			return nil, Refuse(Invalid, "Een zaak kan niet aan zichzelf gekoppeld worden.", "A case cannot be linked to itself.")
		}
		if w.Verdict == VerdictConverted && !w.Leads && !converts(p, c.Kind, w.Kind) {
			return nil, Refuse(Invalid, "Deze zaak kan niet in die soort worden omgezet.", "This case cannot be converted into that kind.")
		}
		if GoesOnElsewhere(w) && joinedAlready(c, w.Other) {
			return nil, Refuse(Conflict, "Deze zaak hoort al bij een andere. Maak die koppeling eerst ongedaan.", "This case belongs to another already. Undo that link first.")
		}
		ok := slices.Contains([]string{"same_report", "same_incident_other_person", "related", "separate", VerdictConverted}, w.Verdict)
		return one(w, nonEmpty(ok, "Kies wat deze twee zaken met elkaar te maken hebben.", "Choose how these two cases relate."))
	case Unlinked:
		known := slices.ContainsFunc(c.Links, func(l Linked) bool { return l.Link == w.Link })
		return one(w, nonEmpty(known, "Deze koppeling is er niet (meer).", "This link does not exist (any more)."))
	}
	return nil, fmt.Errorf("decide: %s", want.Type())
}

// VerdictConverted links a case to the one it was converted into (R-I-02).
const VerdictConverted = "converted"

// GoesOnElsewhere: by this link the case goes on in the other one: it is the same, or it
// was converted.
func GoesOnElsewhere(l Linked) bool {
	return !l.Leads && (strings.HasPrefix(l.Verdict, "same_") || l.Verdict == VerdictConverted)
}

// joinedAlready: the case goes on in another one, or the other one goes on in this.
func joinedAlready(c *Case, other CaseID) bool {
	return slices.ContainsFunc(c.Links, func(l Linked) bool {
		mirrored := l
		mirrored.Leads = !l.Leads
		return GoesOnElsewhere(l) || l.Other == other && GoesOnElsewhere(mirrored)
	})
}

// converts: the protocol lets a case of one kind turn out to be of the other.
func converts(p *protocol.Protocol, from, to string) bool {
	k := p.Kind(from)
	return k != nil && slices.Contains(k.ConvertsTo, to)
}
