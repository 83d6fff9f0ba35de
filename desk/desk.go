// SPDX-License-Identifier: EUPL-1.2

// Package desk is the only door to change anything.
//
// Every use case follows one chain: may this actor do this → load the case → decide
// (package loket) → record events, read rows, ledger entry, due work and outgoing
// messages in one transaction → answer when it is durable. Pages, the command line,
// scenario files and background work all come through here.
package desk

import (
	"context"
	"io"
	"net/url"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// ReportForm is a form as somebody sent it. Key is made by the sender and makes the
// sending idempotent: the same Key again returns the first receipt (R03).
type ReportForm struct {
	Key     string
	Tenant  string
	Form    string
	Channel string // web, phone, mail, signal, own_initiative
	Posted  url.Values
	Arrived time.Time // of a mail that is written down: when it came in; zero: now (D-29)
	Later   bool      // the sender asks for the receipt afterwards, see Receipt; now case, number and code are enough
}

// Receipt is what a reporter takes home (DOC-02). Code is shown once.
type Receipt struct {
	Case       loket.CaseID
	Number     string
	Code       string // return code
	ReceivedAt time.Time
	Clock      *protocol.DeadlineFinding // the reporting clock, when the protocol has one
	Missing    []string                  // labels of wanted answers that are still open
	Urgent     bool
	DeskOpen   bool
	DeskReads  time.Time // when the desk reads it
	Kind       protocol.Text
}

// Change is one thing an actor wants to add to a case. Key makes it idempotent; Expect
// is the version of the case the actor saw (0: any).
type Change struct {
	Key    string
	Expect int
	Want   loket.Payload
}

// FormChange is a filled officer, follow-up or rows form on an existing case.
type FormChange struct {
	Key    string
	Expect int
	Form   string
	Row    string // rows forms: existing row id, or empty for a new one
	Remove bool
	Reason string
	Posted url.Values
}

// Service is what pages, API and scenarios may ask of the desk.
type Service interface {
	Protocol(ctx context.Context, tenant string) (*protocol.Protocol, error) // in force now
	Tenant(ctx context.Context, tenant string) (Tenant, error)
	Now() time.Time

	SendReport(ctx context.Context, by loket.Actor, form ReportForm) (Receipt, error)
	// Receipt gives the receipt of a report that was sent with key, to the same sender.
	Receipt(ctx context.Context, by loket.Actor, tenant, key string) (Receipt, error)
	SendForm(ctx context.Context, by loket.Actor, id loket.CaseID, form FormChange) (int, error)
	Do(ctx context.Context, by loket.Actor, id loket.CaseID, change Change) (int, error)
	Advise(ctx context.Context, tenant string, posted url.Values) (*Advice, error)

	Reporter(ctx context.Context, tenant, number, code string) (loket.Actor, error) // return code → actor
	Case(ctx context.Context, by loket.Actor, id loket.CaseID) (*CaseView, error)
	ReporterCase(ctx context.Context, by loket.Actor) (*ReporterView, error)
	Worklist(ctx context.Context, by loket.Actor, filter WorklistFilter) (*Worklist, error)
	Open(ctx context.Context, by loket.Actor, id loket.CaseID, fields []string, purpose string) ([]FactView, error)
	Product(ctx context.Context, by loket.Actor, id loket.CaseID, product, row string, version int) (*ProductView, error)
	Inbox(ctx context.Context, by loket.Actor) ([]InboxItem, error) // what was released to me
	Read(ctx context.Context, by loket.Actor, id loket.CaseID, product, row string, version int) (*ProductView, error)
	Register(ctx context.Context, by loket.Actor, year int, w io.Writer) error // CSV without persons
	Retention(ctx context.Context, by loket.Actor) (*RetentionView, error)     // what is due to be erased
	ApproveErasure(ctx context.Context, by loket.Actor, choices []RetentionChoice, note, key string) (certificate string, err error)
	Certificate(ctx context.Context, by loket.Actor, id string) (Certificate, error)
	Figures(ctx context.Context, by loket.Actor, year int, row, column string) (*FiguresView, error)
	FreezeYear(ctx context.Context, by loket.Actor, year int, reason string) error
	OpenInEmergency(ctx context.Context, by loket.Actor, form EmergencyForm) (loket.CaseID, error)
	EmergencyOpenings(ctx context.Context, by loket.Actor) (*EmergencyView, error)
	Versions(ctx context.Context, by loket.Actor) ([]VersionView, error)
	Try(ctx context.Context, by loket.Actor, version string) (t *Trial, found bool, err error)
	Announce(ctx context.Context, by loket.Actor, version string) (loket.CaseID, error)
	People(ctx context.Context, tenant string) ([]Person, error)
}

// Person is somebody who may be told something or handle a case.
type Person struct {
	ID           string
	Tenant       string
	Name         string
	Email        string
	Roles        []string
	Organisation string
}

// Advice answers "Moet ik dit melden?" (DT-13). Nothing is stored.
type Advice struct {
	Form     *protocol.Form
	Answers  protocol.Facts
	Errors   []protocol.AnswerError
	Shown    map[string]bool
	Tables   []protocol.TableFinding // those about advice, most telling first
	Decides  []protocol.TableFinding // what the desk would propose, such as the classification
	Criteria []protocol.CriteriaFinding
	Duties   []protocol.DutyFinding
	Clock    *protocol.DeadlineFinding
	Answered int
}

// WorklistFilter narrows the worklist.
type WorklistFilter struct {
	View   string // team | mine | today | late | waiting | closed
	Search string // case number, provider or date; never a name
	Kind   string
	Law    string
	After  string // keyset: cursor of the last row seen
	Limit  int
}

// Worklist is the desk's day. Jobs are grouped by moment, late first.
type Worklist struct {
	Now      time.Time
	DeskOpen bool
	Closes   time.Time
	Opens    time.Time
	Counts   map[string]int // by view
	Groups   []WorkGroup
	Next     string // cursor, empty at the end
	Handover []HandoverNote
}

// WorkGroup is a moment of the day: late, today, later, waiting.
type WorkGroup struct {
	ID   string // late | today | later | waiting | unplanned
	Jobs []Job
}

// Job is one case with the most pressing thing to do.
type Job struct {
	Case         loket.CaseID
	Number       string
	Kind         protocol.Text // "Calamiteit", provisional or not
	Provisional  bool
	Laws         protocol.Text
	Organisation string
	What         protocol.Text // what to do
	Because      protocol.Text
	Due          time.Time
	Late         bool
	Urgent       bool
	Assigned     string // name
	More         int    // further open steps
	ReceivedAt   time.Time
	Status       string
}

// HandoverNote is a note for the next shift.
type HandoverNote struct {
	Case       loket.CaseID
	Number     string
	Text       string
	Sealed     bool // there is a note, deeper than the reader sees
	Unreadable bool // there is a note, but its case cannot be read
	At         time.Time
	By         string
}

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

// ReporterView is an own report as its reporter sees it.
type ReporterView struct {
	Case       loket.CaseID
	Number     string
	Version    int
	ReceivedAt time.Time
	Status     protocol.Text
	Clock      *protocol.DeadlineFinding
	Reports    []loket.Report
	Questions  []ReporterQuestion
	Forms      []*protocol.Form // follow-up forms that may be sent now
	Answers    []FactGroup      // the reporter's own answers
	Facts      protocol.Facts   // the same, to fill a follow-up form with
	Missing    []FactView
	Messages   []InboxItem
	Protocol   *protocol.Protocol
}

// ReporterQuestion is a question of the desk, with the fields that answer it.
type ReporterQuestion struct {
	ID     string
	Text   string
	Fields []*protocol.Field
	At     time.Time
	Done   bool
}

// InboxItem is one product released to a person.
type InboxItem struct {
	Case      loket.CaseID
	Number    string
	Product   string
	Row       string
	Version   int
	Title     protocol.Text
	At        time.Time
	ReadAt    time.Time
	Withdrawn bool
}

// ProductView is one product: a new draft composed from the facts, or a version.
type ProductView struct {
	Case                             loket.CaseID
	Number                           string
	CaseVersion                      int
	Product                          *protocol.Product
	Row                              string
	RowTitle                         string
	Version                          int // 0: proposed text, not drafted yet
	Parts                            []PartView
	Withheld                         string
	Findings                         []Finding // identifying data found in the text
	Stops                            []Finding // hard stops that hold now
	Warnings                         []Finding
	Aligned                          []loket.ProductAligned
	Proposed                         []Person // recipients proposed
	People                           []Person // who can be chosen
	Released                         *loket.ProductReleased
	ReleasedAt                       time.Time
	ReleasedBy                       string
	Withdrawn                        string
	Current                          bool // newest version
	MayRelease, MayAlign, MayCompose bool
	Reason                           protocol.Reason
}

// PartView is one block of a product.
type PartView struct {
	Part      *protocol.Part
	Text      string
	LeftEmpty string
}

// Finding is something a reader must know before release.
type Finding struct {
	ID     string
	Part   string
	Text   string // the piece of text, when there is one
	Say    protocol.Text
	Source protocol.Source
	Blocks bool
	Waits  []OpenItem // of a stop: what it waits for
}
