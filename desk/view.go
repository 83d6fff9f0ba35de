// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// CaseView is one case as this reader may see it: nothing in it is deeper than that.
type CaseView struct {
	ID             loket.CaseID
	Number         string
	Version        int
	Title          protocol.Text // V1: kind and law
	Kind           protocol.Text
	Organisation   string
	Status         string // open | proposed | closed | ended
	OwnWork        bool   // the desk opened it by itself: nothing happened, and nobody reported it
	Phase          protocol.Text
	Converts       []*protocol.Kind    // kinds that this case may be converted into by the reader
	PhaseID        string              // of Phase; empty when the protocol has no phases
	Phases         []*protocol.Phase   // that this case comes to, in order
	CloseWhy       map[string]TextView // check → why it may stay open, as the proposal to close says
	Assigned       string              // person id
	AssignedName   string
	ReceivedAt     time.Time
	Channel        string
	Urgent         bool
	Sees, Opens    protocol.Level
	Flags          []Flag
	Clocks         []ClockView
	Signing        map[string]SigningView // by table: decisions that wait for signatures
	Elsewhere      map[string]bool        // by table: the reader's role decides it, but at another organisation
	Proposals      []Proposal             // what now, and why; most pressing first
	Done           []Proposal             // steps done or skipped
	Settled        []Proposal             // steps that the facts themselves show as done: what was asked is there
	Timeline       []TimelineDay
	Facts          []FactGroup
	Answers        protocol.Facts          // the facts that the reader sees, as values: forms start with them
	Known          protocol.Facts          // those and what follows from them: they decide which questions a form asks
	Tables         []protocol.TableFinding // filtered: values above Sees are masked
	Derived        []protocol.TableFinding // tables that nobody decides; only what the reader may see
	Criteria       []protocol.CriteriaFinding
	Duties         []DutyView
	Decisions      []DecisionView
	Products       []ProductLine
	Knows          KnowsTable
	Rows           []RowsView
	Questions      []QuestionView
	Links          []LinkView
	Duplicates     []DuplicateView
	Reachable      bool            // the reporter left an address for mail: who is asked something hears of it
	Neighbours     []NeighbourView // cases of the same incident at other organisations here
	NeighbourDesks []Tenant        // organisations that may have one
	Checks         []protocol.ChecksFinding
	Waits          map[string][]OpenItem // by list and check, "closing/told": what an open check waits for
	Deviations     []DeviationView
	Notes          []NoteView
	Log            []LogLine
	Forms          []*protocol.Form // that this reader may fill on this case
	People         []Person
	May            map[string]bool // actions, see protocol.Actions
	Protocol       *protocol.Protocol
	Now            time.Time
	HiddenFrom     []HidingView       // people for whom the case does not exist
	MayShield      bool               // the reader may hide the case from people, and show it again
	MayEmergency   bool               // the reader may open it deeper in an emergency
	LentUntil      time.Time          // until when an emergency opening of the reader runs; zero: none
	Hold           *loket.Hold        // the case is kept from being erased
	Limit          *loket.Limit       // the case is only kept (AVG 18)
	MayLimit       bool               // the reader may limit it, or lift that
	Destruction    *loket.Destruction // somebody proposed to destroy it
}

// Flag is a short word at the head of the case.
type Flag struct {
	Text  protocol.Text
	Style string // soon | open | late | plain
}

// ClockView is one deadline of the case.
type ClockView struct {
	protocol.DeadlineFinding
	Title    protocol.Text // of the deadline, with the facts that it names
	RowTitle string
	Moved    []loket.DeadlineMoved
}

// Proposal is one thing to do, with its reason. Key is step id, or step/row.
type Proposal struct {
	Key         string
	Step        string
	Row         string
	RowTitle    string
	Title       protocol.Text
	Reason      protocol.Reason
	Facts       []FactView // used and missing, masked to what the reader may see
	Provisional bool
	Urgent      bool
	Late        bool
	Due         time.Time
	DueTitle    protocol.Text
	Owner       protocol.Text             // role titles
	Mine        bool                      // the reader holds an owning role
	Action      string                    // form | decide | compose | duty | ask | close | note
	Target      string                    // form, table, product, duty or phase id
	Table       *protocol.TableFinding    // action decide on a table
	Criteria    *protocol.CriteriaFinding // action decide on a list
	Elsewhere   bool                      // it is that of another organisation than the reader's, who cannot tick it off
	Kept        bool                      // it is not for the reader to put it aside
	Asks        []string                  // action ask: the fields that its one button asks for
	Lacks       []string                  // action form: the fields that it is about and that have no answer
	With        protocol.Facts            // action form: the answers that the form opens with where there are none
	waits       bool                      // action ask: all of them were asked, and wait for an answer
	State       loket.StepState
	Said        TextView // why it was done otherwise, or what was noted with it
}

// TimelineDay groups moments; Future moments are due clocks.
type TimelineDay struct {
	Day     time.Time
	Moments []Moment
}

// Moment is one line of the timeline: when, what, why, who.
type Moment struct {
	At     time.Time
	What   protocol.Text
	Why    string
	Said   TextView      // Why, when somebody typed it
	Words  protocol.Text // Why, when a clock explains itself
	Who    string
	Future bool
	Now    bool
}

// FactGroup is a form section with its facts.
type FactGroup struct {
	Title protocol.Text
	Form  string
	Facts []FactView
}

// FactView is one fact as the reader may see it.
type FactView struct {
	ID      string
	Title   protocol.Text
	Value   protocol.Text // empty when unknown or sealed
	Known   bool
	Sealed  bool           // known, deeper than the reader sees
	Erased  *loket.Erasure // it was known and was destroyed
	CanOpen bool
	Level   protocol.Level
	From    string // report | officer | rule
	At      time.Time
	By      string
	Follows []FactView // behind a reason: the known facts that a derived one follows from
}

// DutyView is a duty with what was recorded about it.
type DutyView struct {
	protocol.DutyFinding
	Recorded *loket.DutyRecorded
	Said     TextView // the words recorded with it
}

// QuestionView is a question with its words as the reader may see them.
type QuestionView struct {
	loket.QuestionState
	Said TextView
}

// DecisionView is one decision in words.
type DecisionView struct {
	Subject    string
	Title      protocol.Text
	Outcome    protocol.Text
	Proposed   protocol.Text
	Deviates   bool
	Motivation string // empty when it is sealed or erased, see Said
	Said       TextView
	At         time.Time
	By         string
	Waits      bool // signed, and others must sign before it stands
	Alone      bool // it stands without the signature of others, who did not react
}

// ProductLine is one version of one product in the list of documents.
type ProductLine struct {
	Product  string
	Row      string
	RowTitle string
	Title    protocol.Text
	Version  int
	State    string // proposed | drafted | released | withdrawn | superseded
	Level    protocol.Level
	At       time.Time
	By       string
	Open     bool // proposed now
	Reason   protocol.Reason
}

// KnowsTable is person × product version (R-R-20).
type KnowsTable struct {
	Columns []KnowsColumn
	Rows    []KnowsRow
}

// KnowsColumn is one product version.
type KnowsColumn struct {
	Product string
	Row     string
	Version int
	Title   protocol.Text
	Level   protocol.Level
}

// KnowsRow is one person; Cells run with the columns.
type KnowsRow struct {
	Person loket.Recipient
	Cells  []KnowsCell
}

// KnowsCell is how far a version came: empty, proposed, released, sent, read, failed, told.
type KnowsCell struct {
	State string
	At    time.Time
	By    string
	Note  string
}

// RowsView is one repeated form with its rows.
type RowsView struct {
	Form *protocol.Form
	Rows []RowView
}

// RowView is one row.
type RowView struct {
	ID      string
	Title   string
	Facts   []FactView
	Answers protocol.Facts // those that the reader sees, as values

	Elsewhere bool // it is that of another organisation than the reader's
}

// LinkView is a link with another case.
type LinkView struct {
	loket.Linked
	Said TextView // the reason
	At   time.Time
	By   string
}

// DuplicateView is a possible duplicate with the reasons (DT-22).
type DuplicateView struct {
	Other   loket.CaseID
	Number  string
	Rule    string
	Title   protocol.Text
	Verdict string
	Because protocol.Text
	Same    []protocol.Text // titles of the facts that agree
}

// DeviationView is a deviation in words.
type DeviationView struct {
	loket.Deviation
	Said  TextView // the motivation
	Title protocol.Text
	Name  string
}

// NoteView is a note with the name of who made it.
type NoteView struct {
	loket.Note
	Said TextView
	Name string
}

// LogLine is who did or saw what (NEN 7513).
type LogLine struct {
	At   time.Time
	Who  string
	Role string
	What protocol.Text
	Why  string
	Said TextView // Why, as this reader may see it
}
