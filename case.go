// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"time"

	"example.org/loket/protocol"
)

// Case is the state of one case: the fold of its events. It is never stored; Apply
// makes it again.
type Case struct {
	ID              CaseID
	Number          string
	Tenant          string
	Kind            string
	Protocol        string
	ProtocolVersion string
	Version         int // Seq of the last event
	OpenedAt        time.Time
	Assigned        string
	Ended           string // CaseEnded.As
	Facts           protocol.Facts
	Origin          map[string]Origin // where each fact comes from
	Rows            map[string][]protocol.Row
	Reports         []Report
	Decisions       map[string]Decision    // by subject, the one in force
	Signatures      map[string][]Signature // for a decision that does not stand yet, by subject
	Steps           map[string]StepState
	Duties          map[string]DutyRecorded
	Questions       []QuestionState
	Products        map[string]*ProductState // by product id, or product/row
	Told            []Disclosure
	Links           []Linked
	Phases          map[string]*PhaseState
	Notes           []Note
	Consultation    *Consultation   // on a new version of the protocol; nil: nobody was asked
	Adopted         *VersionAdopted // of such a version; nil: not yet
	Began           time.Time       // when such a version came into force
	Deviations      []Deviation
	Moved           []DeadlineMoved
	Escalated       map[string]int       // by clock: the last stage that was told
	Reminded        map[string]time.Time // by clock: the last moment of `repeat` that was told
	ErasedFacts     map[string]Erasure   // by fact id: what was known and was destroyed
	ErasedTexts     map[int]Erasure      // by Seq of the event whose typed words were destroyed
	ErasedBy        map[string]Erasure   // by retention rule that was carried out
	Figures         map[string]string    // of the register, from before an erasure
	Hold            *Hold                // nil: nothing keeps the case from being erased
	Limit           *Limit               // nil: the case may be worked on (AVG 18)
	Destruction     *Destruction         // proposed for another ground than a rule
	HiddenFrom      map[string]Hiding    // by person: for whom the case does not exist; nil: nobody ever
	Emergencies     []Emergency          // opened by people to whom it was closed
	Marks           map[string]time.Time // milestones with a moment: <form>_sent_at …
	Events          []Event
}

// Origin says where a fact comes from.
type Origin struct {
	At   time.Time
	By   string
	Form string
	From string // report | officer
}

// Report is one sending of a form by the reporting side.
type Report struct {
	ID           string
	Form         string
	Channel      string
	Organisation string
	At           time.Time
	By           string
}

// Erasure says when, by whom and why something was destroyed (D-26, D-43).
type Erasure struct {
	At     time.Time
	By     string
	Reason string
	Rule   string // retention rule, when one asked for it
}

// Hold keeps a case from being erased.
type Hold struct {
	At     time.Time
	By     string
	Reason string
}

// Destruction is a proposal to destroy the whole case.
type Destruction struct {
	DestructionProposed
	At time.Time
	By string
}

// Decision is a decision with who and when. Seq is that of its event.
type Decision struct {
	Decided
	Seq    int
	At     time.Time
	By     string
	Signed []Signature // of a decision taken together: all that agree
}

// StepState is what people did about a step.
type StepState struct {
	Done    bool
	DoneAt  time.Time
	Skipped bool
	How     string
	Until   time.Time
	Why     string
	Seq     int    // of the event that Why or Title comes from
	Title   string // own steps
	TitleBy int    // Seq of the event that added it
	Owner   string
	Due     time.Time
	By      string
}

// QuestionState is a question with its answer.
type QuestionState struct {
	Asked
	Seq      int
	At       time.Time
	By       string
	Done     bool
	DoneAt   time.Time
	Declined bool
}

// ProductState holds the versions of one product.
type ProductState struct {
	Product  string
	Row      string
	Versions []ProductVersion
}

// ProductVersion is one version: drafted, perhaps aligned, perhaps released.
type ProductVersion struct {
	ProductDrafted
	DraftedAt  time.Time
	DraftedBy  string
	Aligned    []ProductAligned
	Released   *ProductReleased
	ReleasedAt time.Time
	ReleasedBy string
	Withdrawn  string
}

// Disclosure is one person told one version, and how far it came (R-R-20, R-R-62).
type Disclosure struct {
	Seq        int // of the event that Purpose comes from
	Recipient  Recipient
	Product    string
	Row        string
	Version    int
	Channel    string // notice, phone, spoken, mail
	State      string // released, sent, failed, read, told
	At         time.Time
	ReadAt     time.Time
	By         string
	Purpose    string
	Superseded bool
}

// PhaseState is where a phase stands.
type PhaseState struct {
	Proposed   bool
	ProposedBy string
	Why        map[string]string // check → why it may stay as it is, as the proposal says
	WhySeq     int               // the event that says so
	Closed     bool
	ClosedAt   time.Time
	ReopenedAt time.Time
	GoesOn     bool // closed, and the case goes on without it
}

// Note is a free remark.
type Note struct {
	Noted
	Seq int
	At  time.Time
	By  string
}

// Deviation is where a person did otherwise than proposed, with the reason.
type Deviation struct {
	Seq        int // of its event
	At         time.Time
	By         string
	What       string // table, criteria or step id
	Proposed   string
	Did        string
	Motivation string
}
