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
