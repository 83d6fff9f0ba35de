// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"database/sql/driver"
	"errors"
	"log/slog"
	"time"

	"example.org/loket/protocol"
)

// Event is one thing that happened to a case. Its payload is confidential: an Event
// prints, logs and stores as its type only. Sealing goes through EncodePayload.
type Event struct {
	Case    CaseID
	Seq     int // 1, 2, 3 … within the case
	At      time.Time
	By      string // actor id
	Role    string
	Payload Payload

	// Early marks an event that was written before typed words had a place in the vault;
	// erasing words from it writes it anew.
	Early bool
}

// String names the event without its content.
func (e Event) String() string { return string(e.Case) + "/" + e.Payload.Type() }

// GoString is String: %#v leaks nothing either.
func (e Event) GoString() string { return e.String() }

// LogValue is String: a log line never holds content.
func (e Event) LogValue() slog.Value { return slog.StringValue(e.String()) }

// MarshalJSON refuses: an event leaves memory only sealed.
func (e Event) MarshalJSON() ([]byte, error) { return nil, errUnsealed }

// Value refuses: database/sql must never receive an unsealed event.
func (e Event) Value() (driver.Value, error) { return nil, errUnsealed }

var errUnsealed = errors.New("loket: an event must be sealed before it leaves memory")

// Payload is the content of an event. Type is stable for ever; a changed meaning gets
// a new type ("report.received/2").
type Payload interface{ Type() string }

// CaseOpened starts a case (R-R-09, R-R-74).
type CaseOpened struct {
	Number          string `json:"number"` // display number, year and serial
	Tenant          string `json:"tenant"`
	Kind            string `json:"kind"`
	Protocol        string `json:"protocol"`
	ProtocolVersion string `json:"protocol_version"`
}

// ReportReceived is one sending of a report or follow-up form. Facts hold the answers.
type ReportReceived struct {
	Report       string         `json:"report"` // report id
	Form         string         `json:"form"`
	Channel      string         `json:"channel"` // web, phone, mail, signal, own_initiative
	Organisation string         `json:"organisation"`
	Arrived      time.Time      `json:"arrived,omitzero"` // when it reached the desk, if that was before it was written down (D-29)
	Facts        protocol.Facts `json:"-"`
	Cleared      []string       `json:"cleared,omitempty"` // fields answered with nothing
}

// FactsRecorded is what the desk adds or corrects.
type FactsRecorded struct {
	Form    string         `json:"form"` // empty: taken over from a case that goes on here
	Facts   protocol.Facts `json:"-"`
	Cleared []string       `json:"cleared,omitempty"`
	Reason  string         `json:"reason,omitempty" typed:"V3"` // why a known fact changes
	Level   protocol.Level `json:"level,omitempty"`             // of the words, see TextLevel
}

// RowRecorded adds, changes or removes one row of a repeated form.
type RowRecorded struct {
	Form    string         `json:"form"`
	Row     string         `json:"row"`
	Facts   protocol.Facts `json:"-"`
	Cleared []string       `json:"cleared,omitempty"` // fields answered with nothing
	Removed bool           `json:"removed,omitempty"`
	Reason  string         `json:"reason,omitempty" typed:"V3"`
	Level   protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
	Link    string         `json:"link,omitempty"`  // the row came with this link of two cases, see Linked
}

// Decided is a person's decision on a table or criteria list. Deviates marks a
// decision other than the proposal; it always has a Motivation (R-I-05, R-R-16).
type Decided struct {
	Subject     string         `json:"subject"` // table or criteria id
	Proposed    map[string]any `json:"proposed,omitempty"`
	Outputs     map[string]any `json:"outputs,omitempty"`
	Met         []string       `json:"met,omitempty"`
	ProposedMet []string       `json:"proposed_met,omitempty"`
	Provisional bool           `json:"provisional,omitempty"`
	Deviates    bool           `json:"deviates,omitempty"`
	Motivation  string         `json:"motivation,omitempty" typed:"V3"`
	Level       protocol.Level `json:"level,omitempty"` // of the words, see TextLevel

	// Of a table that several decide together (R-I-72): who signs and in which roles, whether
	// others still must, and whether the signer went on without them, with a motivation.
	Signer string   `json:"signer,omitempty"`
	As     []string `json:"as,omitempty"`
	Waits  bool     `json:"waits,omitempty"`
	Alone  bool     `json:"alone,omitempty"`
}

// StepDone records that a step was done by hand.
type StepDone struct {
	Step  string         `json:"step"`
	Row   string         `json:"row,omitempty"`
	Note  string         `json:"note,omitempty" typed:"V3"`
	Level protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// StepSkipped is a deviation: the step is not done, or done otherwise.
type StepSkipped struct {
	Step       string         `json:"step"`
	Row        string         `json:"row,omitempty"`
	How        string         `json:"how"` // later | otherwise | not
	Until      time.Time      `json:"until,omitzero"`
	Motivation string         `json:"motivation" typed:"V3"`
	Level      protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// StepAdded is a task of a person's own (R-I-04).
type StepAdded struct {
	Step  string         `json:"step"` // "own:<id>"
	Title string         `json:"title" typed:"V3"`
	Owner string         `json:"owner,omitempty"`
	Due   time.Time      `json:"due,omitzero"`
	Level protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// CaseAssigned names who handles the case; empty To is nobody.
type CaseAssigned struct {
	To string `json:"to"`
}

// DutyRecorded is what is known about a duty to tell: done, not needed, unknown.
type DutyRecorded struct {
	Duty      string         `json:"duty"`
	State     string         `json:"state"`
	DoneAt    time.Time      `json:"done_at,omitzero"`
	Reference string         `json:"reference,omitempty" typed:"V3"`
	Note      string         `json:"note,omitempty" typed:"V3"`
	Level     protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// Asked is a set of questions to a reporter or a party (R-R-63, DOC-03).
type Asked struct {
	Question string   `json:"question"` // id
	Fields   []string `json:"fields,omitempty"`
	Text     string   `json:"text,omitempty" typed:"V3"`
	To       string   `json:"to"` // "reporter", or a party row id
}

// Answered closes a question, by the report that answered it or by a note.
type Answered struct {
	Question string         `json:"question"`
	Report   string         `json:"report,omitempty"`
	Note     string         `json:"note,omitempty" typed:"V3"`
	Declined bool           `json:"declined,omitempty"`
	Level    protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// ProductDrafted is one version of a product's text.
type ProductDrafted struct {
	Product   string            `json:"product"`
	Row       string            `json:"row,omitempty"`
	Version   int               `json:"version"`
	Parts     map[string]string `json:"parts" typed:"V3"`
	LeftEmpty map[string]string `json:"left_empty,omitempty" typed:"V3"` // part → because
	Withheld  string            `json:"withheld,omitempty" typed:"V3"`   // what is deliberately not told (R-R-67)
}

// ProductAligned records that somebody agreed, or did not, with a version.
type ProductAligned struct {
	Product string `json:"product"`
	Row     string `json:"row,omitempty"`
	Version int    `json:"version"`
	Role    string `json:"role"`
	Person  string `json:"person,omitempty"`
	Agreed  bool   `json:"agreed"`
	Note    string `json:"note,omitempty" typed:"V3"`
}

// Recipient is a named person, in a role, who gets a product.
type Recipient struct {
	ID    string `json:"id"`
	Name  string `json:"name" typed:"V2"`
	Role  string `json:"role"`
	Email string `json:"email,omitempty" typed:"V2"`
}

// ProductReleased is the act of a named person: this version, to these people (R-R-62, R-R-68).
type ProductReleased struct {
	Product    string      `json:"product"`
	Row        string      `json:"row,omitempty"`
	Version    int         `json:"version"`
	Recipients []Recipient `json:"recipients"`
	Purpose    string      `json:"purpose" typed:"V2"`
	Need       string      `json:"need,omitempty" typed:"V2"`     // why this recipient, why this much
	Override   string      `json:"override,omitempty" typed:"V2"` // motivation at a warning that was passed
}

// ProductWithdrawn takes back a version; it stays readable in the file.
type ProductWithdrawn struct {
	Product string `json:"product"`
	Row     string `json:"row,omitempty"`
	Version int    `json:"version"`
	Reason  string `json:"reason" typed:"V3"`
}

// Told records that somebody was told otherwise than by the desk's own message.
type Told struct {
	Recipient Recipient `json:"recipient"`
	Product   string    `json:"product,omitempty"`
	Version   int       `json:"version,omitempty"`
	Channel   string    `json:"channel"` // phone, spoken, mail
	ToldAt    time.Time `json:"told_at"`
	Note      string    `json:"note,omitempty" typed:"V3"`
}

// DeliveryChanged follows a notice: sent, refused, read.
type DeliveryChanged struct {
	Product   string `json:"product"`
	Row       string `json:"row,omitempty"`
	Version   int    `json:"version"`
	Recipient string `json:"recipient"`
	State     string `json:"state"` // sent | failed | read
}

// Linked is a person's verdict on two cases (DT-22). Joined cases keep their own events.
type Linked struct {
	Link    string         `json:"link"`
	Other   CaseID         `json:"other"`
	Number  string         `json:"number"`         // of the other case
	Verdict string         `json:"verdict"`        // same_report | same_incident_other_person | related | separate | converted
	Leads   bool           `json:"leads"`          // this case is the one that goes on
	Kind    string         `json:"kind,omitempty"` // converted: the kind of the case that goes on
	Reason  string         `json:"reason,omitempty" typed:"V3"`
	Level   protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// Unlinked undoes a link.
type Unlinked struct {
	Link   string         `json:"link"`
	Other  CaseID         `json:"other"`
	Reason string         `json:"reason" typed:"V3"`
	Level  protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// CloseProposed asks for the closing of a phase (DT-24, D-68).
type CloseProposed struct {
	Phase       string            `json:"phase"`
	Motivations map[string]string `json:"motivations,omitempty" typed:"V3"` // check → because
	Level       protocol.Level    `json:"level,omitempty"`                  // of the words, see TextLevel
}

// PhaseClosed ends a phase.
type PhaseClosed struct {
	Phase       string            `json:"phase"`
	Motivations map[string]string `json:"motivations,omitempty" typed:"V3"`
	Open        []string          `json:"open,omitempty"`    // checks that were not yes
	GoesOn      bool              `json:"goes_on,omitempty"` // as the protocol says: the case itself stays open
	With        string            `json:"with,omitempty"`    // the phase that ended this one
	Level       protocol.Level    `json:"level,omitempty"`   // of the words, see TextLevel
}

// Reopened starts a phase again because of new facts.
type Reopened struct {
	Phase  string         `json:"phase"`
	Reason string         `json:"reason" typed:"V3"`
	Level  protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// CaseEnded closes a case that is none: an event, a withdrawn or a test report (SM-1).
type CaseEnded struct {
	As     string         `json:"as"` // event | withdrawn | test | no_role
	Reason string         `json:"reason" typed:"V3"`
	Level  protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// FactsErased says that values were destroyed, which, and why (D-26, D-43). Fields are
// facts, Texts the Seq of events whose typed words went; with Levels only words of those
// levels went. The reason stays: it is what the timeline explains the gap with.
type FactsErased struct {
	Fields []string         `json:"fields"`
	Texts  []int            `json:"texts,omitempty"`
	Levels []protocol.Level `json:"levels,omitempty"`
	Rule   string           `json:"rule,omitempty"` // retention rule of the protocol that asked for it

	// Figures are what the register counts, as it was: it names nobody, and the year must
	// still add up when what it followed from is gone (R-R-75).
	Figures map[string]string `json:"figures,omitempty"`
	Reason  string            `json:"reason"`
}

// HoldPlaced keeps a case from being erased, for a reason such as a claim or an
// investigation. Nothing of the case is erased until it is lifted.
type HoldPlaced struct {
	Reason string `json:"reason" typed:"V2"`
}

// HoldLifted ends a hold.
type HoldLifted struct {
	Reason string `json:"reason" typed:"V2"`
}

// DestructionProposed asks to destroy the whole case for another ground than a retention
// rule; somebody else must approve it.
type DestructionProposed struct {
	Ground string `json:"ground"` // see Grounds
	Reason string `json:"reason" typed:"V2"`
}

// DestructionRefused ends a proposal to destroy; the case stays.
type DestructionRefused struct {
	Reason string `json:"reason" typed:"V2"`
}

// FieldsOpened records that somebody opened sealed facts, and for what purpose (R-R-62).
type FieldsOpened struct {
	Fields  []string `json:"fields"`
	Purpose string   `json:"purpose" typed:"V2"`
}

// DeadlineMoved keeps the history of a clock whose anchor was corrected.
type DeadlineMoved struct {
	Deadline string    `json:"deadline"`
	Row      string    `json:"row,omitempty"`
	Was      time.Time `json:"was"`
	Is       time.Time `json:"is,omitzero"`
}

// DeadlineEscalated records whom the desk told that a clock ended and was not met (R-I-59). An
// empty To: nobody was found for this stage.
type DeadlineEscalated struct {
	Deadline string      `json:"deadline"`
	Row      string      `json:"row,omitempty"`
	Stage    int         `json:"stage"` // 1 is the first
	To       []Recipient `json:"to,omitempty"`
}

// DeadlineReminded records whom the desk reminded of a clock that ended and was not met
// (`repeat`, R-R-139, R-I-76). An empty To: nobody was found.
type DeadlineReminded struct {
	Deadline string      `json:"deadline"`
	Row      string      `json:"row,omitempty"`
	Of       time.Time   `json:"of"` // the moment that the protocol set for this reminder
	To       []Recipient `json:"to,omitempty"`
}

// Noted is a free remark; Kind "handover" is for the next shift.
type Noted struct {
	Kind  string         `json:"kind"` // note | handover
	Text  string         `json:"text" typed:"V3"`
	Level protocol.Level `json:"level,omitempty"` // of the words, see TextLevel
}

// Type implements Payload.
func (CaseOpened) Type() string          { return "case.opened" }
func (ReportReceived) Type() string      { return "report.received" }
func (FactsRecorded) Type() string       { return "facts.recorded" }
func (RowRecorded) Type() string         { return "row.recorded" }
func (Decided) Type() string             { return "decision.made" }
func (StepDone) Type() string            { return "step.done" }
func (StepSkipped) Type() string         { return "step.skipped" }
func (StepAdded) Type() string           { return "step.added" }
func (CaseAssigned) Type() string        { return "case.assigned" }
func (DutyRecorded) Type() string        { return "duty.recorded" }
func (Asked) Type() string               { return "question.asked" }
func (Answered) Type() string            { return "question.answered" }
func (ProductDrafted) Type() string      { return "product.drafted" }
func (ProductAligned) Type() string      { return "product.aligned" }
func (ProductReleased) Type() string     { return "product.released" }
func (ProductWithdrawn) Type() string    { return "product.withdrawn" }
func (Told) Type() string                { return "person.told" }
func (DeliveryChanged) Type() string     { return "delivery.changed" }
func (Linked) Type() string              { return "link.made" }
func (Unlinked) Type() string            { return "link.undone" }
func (CloseProposed) Type() string       { return "close.proposed" }
func (PhaseClosed) Type() string         { return "phase.closed" }
func (Reopened) Type() string            { return "phase.reopened" }
func (CaseEnded) Type() string           { return "case.ended" }
func (FactsErased) Type() string         { return "facts.erased" }
func (HoldPlaced) Type() string          { return "hold.placed" }
func (HoldLifted) Type() string          { return "hold.lifted" }
func (DestructionProposed) Type() string { return "destruction.proposed" }
func (DestructionRefused) Type() string  { return "destruction.refused" }
func (FieldsOpened) Type() string        { return "fields.opened" }
func (DeadlineMoved) Type() string       { return "deadline.moved" }
func (DeadlineEscalated) Type() string   { return "deadline.escalated" }
func (DeadlineReminded) Type() string    { return "deadline.reminded" }
func (Noted) Type() string               { return "note.made" }
