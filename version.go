// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// The case of a new version of the protocol holds what people did with it (SM-11, R-R-12 …
// R-R-14). A consultation may be left out; whoever adopts over a remark without an answer
// writes down why.
//
//	draft ──asked──▶ consultation ──closed, or its last day──▶ draft, heard
//	  └──────────────────────── adopted ◀──────────────────────┘
//	                    told (DOC-20) · effective on its day · superseded by a later one

// ConsultationOpened asks people to look at a version until a moment. Again: more people, or
// another end.
type ConsultationOpened struct {
	Until    time.Time   `json:"until"`
	Asked    []Recipient `json:"asked"`
	Question string      `json:"question,omitempty" typed:"V2"`
}

// RemarkMade is what one of them says about a part of the version. Part is a list of the
// protocol ("deadlines"), an element of it ("deadlines/T-01"), or empty: the whole.
type RemarkMade struct {
	Remark string `json:"remark"` // id
	Part   string `json:"part,omitempty"`
	Text   string `json:"text" typed:"V2"`
}

// RemarkAnswered is what the owner does with a remark.
type RemarkAnswered struct {
	Remark  string `json:"remark"`
	Outcome string `json:"outcome"` // see Outcomes
	Text    string `json:"text" typed:"V2"`
}

// Outcomes of a remark.
var Outcomes = []string{"taken", "partly", "not", "later"}

// ConsultationClosed ends a consultation before its last moment.
type ConsultationClosed struct{}

// VersionAdopted records that a body adopted the version, and from which day it holds. On and
// From are dates.
type VersionAdopted struct {
	Version string `json:"version"`
	On      string `json:"on"`
	From    string `json:"from"`
	Body    string `json:"body,omitempty"`
	Filed   bool   `json:"filed,omitempty"` // the files of the version say so themselves
	Reason  string `json:"reason,omitempty" typed:"V2"`
}

// VersionBegan records that the version came into force, in place of another.
type VersionBegan struct {
	Version string `json:"version"`
	Was     string `json:"was,omitempty"`
}

// Type implements Payload.
func (ConsultationOpened) Type() string { return "consultation.opened" }
func (RemarkMade) Type() string         { return "remark.made" }
func (RemarkAnswered) Type() string     { return "remark.answered" }
func (ConsultationClosed) Type() string { return "consultation.closed" }
func (VersionAdopted) Type() string     { return "version.adopted" }
func (VersionBegan) Type() string       { return "version.began" }

// Consultation is who was asked to look at a version, and what they said.
type Consultation struct {
	Asked    []Recipient
	Question string
	OpenedAt time.Time // the first time
	Until    time.Time
	ClosedAt time.Time // zero: it ends at Until
	Remarks  []Remark
}

// Remark is a remark with its answer.
type Remark struct {
	RemarkMade
	At     time.Time
	By     string
	Answer *RemarkAnswer // nil: none yet
}

// RemarkAnswer is an answer with who and when.
type RemarkAnswer struct {
	RemarkAnswered
	At time.Time
	By string
}

// OpenAt reports whether remarks may still be made.
func (c *Consultation) OpenAt(now time.Time) bool {
	return c != nil && c.ClosedAt.IsZero() && now.Before(c.Until)
}

// Asks reports whether somebody was asked.
func (c *Consultation) Asks(person string) bool {
	return c != nil && slices.ContainsFunc(c.Asked, func(r Recipient) bool { return r.ID == person })
}

// Unanswered is how many remarks wait for an answer.
func (c *Consultation) Unanswered() int {
	n := 0
	if c != nil {
		for _, r := range c.Remarks {
			if r.Answer == nil {
				n++
			}
		}
	}
	return n
}

func (c *Case) applyVersion(e Event) {
	switch p := e.Payload.(type) {
	case ConsultationOpened:
		c.applyConsultation(e, p)
	case RemarkMade:
		if c.Consultation != nil {
			c.Consultation.Remarks = append(c.Consultation.Remarks, Remark{RemarkMade: p, At: e.At, By: e.By})
		}
	case RemarkAnswered:
		if r := c.remark(p.Remark); r != nil {
			r.Answer = &RemarkAnswer{RemarkAnswered: p, At: e.At, By: e.By}
		}
	case ConsultationClosed:
		if c.Consultation != nil {
			c.Consultation.ClosedAt = e.At
		}
	case VersionAdopted:
		c.Adopted = &p
		c.Marks["version_adopted_at"] = e.At
	case VersionBegan:
		c.Began = e.At
	}
}

func (c *Case) applyConsultation(e Event, p ConsultationOpened) {
	if c.Consultation == nil {
		c.Consultation = &Consultation{OpenedAt: e.At}
		c.Marks["version_consulted_at"] = e.At
	}
	round := c.Consultation
	round.Until, round.ClosedAt = p.Until, time.Time{}
	if p.Question != "" {
		round.Question = p.Question
	}
	for _, r := range p.Asked {
		if !round.Asks(r.ID) {
			round.Asked = append(round.Asked, r)
		}
	}
}

func (c *Case) remark(id string) *Remark {
	if c.Consultation == nil {
		return nil
	}
	i := slices.IndexFunc(c.Consultation.Remarks, func(r Remark) bool { return r.Remark == id })
	if i < 0 {
		return nil
	}
	return &c.Consultation.Remarks[i]
}

// versionMilestones are what the protocol may ask about its own new version.
func (c *Case) versionMilestones(f protocol.Facts, now time.Time) {
	round := c.Consultation
	if round == nil && c.Adopted == nil {
		return // of nearly every case: what is not said is no, and 0
	}
	f["version_consulted"], f["version_adopted"] = round != nil, c.Adopted != nil
	f["version_heard"] = round != nil && !round.OpenAt(now)
	f["open_remarks"] = int64(round.Unanswered())
}

// decideVersion checks what somebody wants with a version. It knows the moment in the time
// zone of the reader: dates are those of the protocol.
func decideVersion(c *Case, p *protocol.Protocol, want Payload, now time.Time) ([]Payload, error) {
	switch w := want.(type) {
	case ConsultationOpened:
		return one(w, c.refuseConsultation(w, now))
	case RemarkMade:
		return one(w, c.refuseRemark(w, now))
	case RemarkAnswered:
		return one(w, c.refuseAnswer(w))
	case ConsultationClosed:
		return one(w, nonEmpty(c.Consultation.OpenAt(now), "Er loopt geen raadpleging die u kunt sluiten.", "There is no consultation to close."))
	case VersionAdopted:
		return one(w, c.refuseAdoption(w, now.In(p.Location()).Format(time.DateOnly), now))
	}
	return one(want, nonEmpty(c.Adopted != nil, "Deze versie is niet vastgesteld en kan dus niet ingaan.", "This version was not adopted, so it cannot begin."))
}

func (c *Case) refuseConsultation(w ConsultationOpened, now time.Time) *Error {
	switch {
	case c.Adopted != nil:
		return Refuse(Invalid, "Deze versie is al vastgesteld. Een raadpleging kan dan niet meer. Maak een nieuwe versie.", "This version was adopted already. It cannot be consulted on any more. Make a new version.")
	case !w.Until.After(now):
		return Refuse(Invalid, "Kies een laatste dag die nog komt.", "Choose a last day that is still to come.")
	case len(w.Asked) == 0 && (c.Consultation == nil || len(c.Consultation.Asked) == 0):
		return Refuse(Invalid, "Kies wie u om een mening vraagt: iemand die kan inloggen.", "Choose whom you ask: somebody who can log in.")
	}
	return nil
}

func (c *Case) refuseRemark(w RemarkMade, now time.Time) *Error {
	if !c.Consultation.OpenAt(now) {
		return Refuse(Invalid, "De raadpleging is voorbij. Bel de eigenaar van het protocol als u nog iets wilt zeggen.", "The consultation is over. Call the owner of the protocol if you still want to say something.")
	}
	return nonEmpty(strings.TrimSpace(w.Text) != "", "Schrijf eerst uw opmerking.", "Write your remark first.")
}

func (c *Case) refuseAnswer(w RemarkAnswered) *Error {
	switch {
	case c.remark(w.Remark) == nil:
		return Refuse(NotFound, "Deze opmerking is er niet.", "There is no such remark.")
	case !slices.Contains(Outcomes, w.Outcome):
		return Refuse(Invalid, "Kies wat u met de opmerking doet.", "Choose what you do with the remark.")
	}
	return nonEmpty(strings.TrimSpace(w.Text) != "", "Schrijf wat u met de opmerking doet.", "Write what you do with the remark.")
}

func (c *Case) refuseAdoption(w VersionAdopted, today string, now time.Time) *Error {
	switch {
	case c.Adopted != nil:
		return Refuse(Conflict, "Deze versie is al vastgesteld.", "This version was adopted already.")
	case w.Filed:
		return nil
	case c.Consultation.OpenAt(now):
		return Refuse(Invalid, "De raadpleging loopt nog. Sluit haar eerst, of wacht tot de laatste dag.", "The consultation still runs. Close it first, or wait for its last day.")
	case !isDate(w.On) || w.On > today:
		return Refuse(Invalid, "Geef de dag waarop de versie is vastgesteld: vandaag of eerder.", "Give the day on which the version was adopted: today or earlier.")
	case !isDate(w.From) || w.From < today:
		return Refuse(Invalid, "Geef de dag waarop de versie ingaat: vandaag of later. Zaken van vóór die dag houden hun versie.", "Give the day on which the version begins: today or later. Cases from before that day keep their version.")
	case strings.TrimSpace(w.Body) == "":
		return Refuse(Invalid, "Schrijf wie de versie heeft vastgesteld.", "Write who adopted the version.")
	case c.Consultation.Unanswered() > 0 && strings.TrimSpace(w.Reason) == "":
		return Refuse(Motivation, "Er zijn opmerkingen zonder antwoord. Beantwoord ze, of schrijf op waarom u zonder antwoord vaststelt.", "Some remarks have no answer. Answer them, or write down why you adopt without.")
	}
	return nil
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
