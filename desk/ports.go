// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"example.org/loket"
)

// Store keeps events and the rows read from them. Package store implements it for
// SQLite and PostgreSQL with one text of SQL.
type Store interface {
	// Write runs fn in one transaction and returns when it is durable. Concurrent calls
	// may share one commit; a failing fn undoes only its own part.
	Write(ctx context.Context, fn func(Tx) error) error
	// Read runs fn on one consistent snapshot.
	Read(ctx context.Context, fn func(Tx) error) error
}

// Tx is one unit of work.
type Tx interface {
	// Events returns the records of a case in order of Seq; none for an unknown case.
	Events(ctx context.Context, id loket.CaseID) ([]Record, error)
	// EventsOf returns the records of one type of several cases, in order of case and Seq.
	EventsOf(ctx context.Context, ids []loket.CaseID, eventType string) ([]Record, error)
	// Append adds records; a Seq that is taken gives a loket.Error with code Conflict.
	Append(ctx context.Context, records []Record) error
	// RewriteVault replaces the erasable part of one record (FactsErased).
	RewriteVault(ctx context.Context, id loket.CaseID, seq int, vault []byte) error
	// RewriteEvent replaces both parts of a record of the first encoding, which kept typed
	// words outside the vault.
	RewriteEvent(ctx context.Context, id loket.CaseID, seq int, sealed, vault []byte) error

	// Result finds what an idempotency key gave before; KeepResult stores it. Keys are
	// scoped by tenant and actor.
	Result(ctx context.Context, key string) (value []byte, found bool, err error)
	KeepResult(ctx context.Context, key string, value []byte, at time.Time) error

	// NextNumber counts the cases of a tenant in a year: 1, 2, 3 …
	NextNumber(ctx context.Context, tenant string, year int) (int, error)

	PutCase(ctx context.Context, row CaseRow) error // insert or replace
	CaseRow(ctx context.Context, id loket.CaseID) (CaseRow, bool, error)
	CaseByNumber(ctx context.Context, tenant, number string) (CaseRow, bool, error)
	// Cases lists rows for the worklist, most pressing first (due_at, then id), keyset paged.
	// Only what a line of the worklist shows is filled; rows of the view handover are whole.
	Cases(ctx context.Context, q CaseQuery) ([]CaseRow, error)
	CountCases(ctx context.Context, q CaseQuery) (map[string]int, error) // by view
	// Related tells which of these cases of a tenant have one of the relations.
	Related(ctx context.Context, tenant string, among []string, ids []loket.CaseID) (map[loket.CaseID]bool, error)
	// NewestCases are the cases of a tenant by number, the newest first; what was destroyed is
	// not among them.
	NewestCases(ctx context.Context, tenant string, limit int) ([]CaseRow, error)
	// RegisterRows streams every registered case of a year, in order of number.
	RegisterRows(ctx context.Context, tenant string, year int, each func(CaseRow) error) error

	// PutYearlySet keeps a frozen year; a version that is taken gives Conflict. YearlySet
	// finds the newest version (R-R-75).
	PutYearlySet(ctx context.Context, y YearlySet) error
	YearlySet(ctx context.Context, tenant string, year int) (YearlySet, bool, error)
	// PutOccasion remembers which case the desk opened by itself, once per occasion such as
	// "year/2026"; the first stays.
	PutOccasion(ctx context.Context, tenant, name string, id loket.CaseID) error
	Occasion(ctx context.Context, tenant, name string) (loket.CaseID, bool, error)

	// PutClocks replaces the clocks of a case; DueClocks finds those whose next moment
	// (warning, due, reminder) has come. Its cost grows with what is due.
	PutClocks(ctx context.Context, id loket.CaseID, clocks []ClockRow) error
	DueClocks(ctx context.Context, now time.Time, limit int) ([]ClockRow, error)
	SetClockNext(ctx context.Context, id loket.CaseID, clock string, next time.Time, stage int) error

	// PutIndex replaces the blind index of a case; FindIndex returns the rows of the tenant
	// that lie where it is told to look, in order of case and fact. Its cost grows with what
	// it finds.
	PutIndex(ctx context.Context, id loket.CaseID, tenant string, entries []IndexRow) error
	FindIndex(ctx context.Context, tenant string, look []IndexLook) ([]IndexRow, error)

	// PutDisclosure records who was released what; Disclosures lists a person's inbox.
	PutDisclosure(ctx context.Context, row DisclosureRow) error
	Disclosures(ctx context.Context, tenant, person string, limit int) ([]DisclosureRow, error)

	// Enqueue adds outgoing messages: rows with due_at, lease_until, attempts.
	Enqueue(ctx context.Context, messages []Message) error
	// Lease takes due messages for a while, the longest due; Sent and Failed end or delay them.
	Lease(ctx context.Context, now, until time.Time, limit int) ([]Message, error)
	// LeaseNewest takes those that came last. None passes an earlier one to the same address.
	LeaseNewest(ctx context.Context, now, until time.Time, limit int) ([]Message, error)
	Sent(ctx context.Context, id string, at time.Time) error
	Failed(ctx context.Context, id string, next time.Time, reason string, final bool) error
	Messages(ctx context.Context, tenant string, limit int) ([]Message, error) // newest first, for the delivery page

	// PutRetention replaces the terms of a case; DueRetention finds those that ended and
	// wait for nobody; RetentionList those that are proposed or held.
	PutRetention(ctx context.Context, id loket.CaseID, rows []RetentionRow) error
	DueRetention(ctx context.Context, now time.Time, limit int) ([]RetentionRow, error)
	RetentionList(ctx context.Context, tenant, state string, limit int) ([]RetentionRow, error)
	// SetRetentionDue moves the moment at which a term is looked at again.
	SetRetentionDue(ctx context.Context, id loket.CaseID, rule string, due time.Time) error

	// PurgeCase takes everything but the numbers out of the rows of a case: sealed events,
	// clocks, index, inbox, terms, addresses of messages.
	PurgeCase(ctx context.Context, id loket.CaseID) error
	// PutErasure adds a line to the erasure register of the database; OpenErasures are those
	// that are not finished, ErasureDone finishes one.
	PutErasure(ctx context.Context, e Erasure) error
	OpenErasures(ctx context.Context, limit int) ([]Erasure, error)
	ErasureDone(ctx context.Context, id string) error
	// ErasureMark is how far the register outside was carried out in this database.
	ErasureMark(ctx context.Context) (int64, error)
	SetErasureMark(ctx context.Context, upto int64) error
	PutCertificate(ctx context.Context, c Certificate) error
	Certificate(ctx context.Context, tenant, id string) (Certificate, bool, error)
	Certificates(ctx context.Context, tenant string, limit int) ([]Certificate, error) // newest first

	// PurgeOutbox empties addresses and texts of messages that were done before a moment;
	// OldResults finds results of idempotency keys kept before it, DropResults forgets them.
	PurgeOutbox(ctx context.Context, before time.Time, limit int) (int, error)
	OldResults(ctx context.Context, before time.Time, limit int) ([]string, error)
	DropResults(ctx context.Context, keys []string) error

	// Ledger appends one entry to the tamper-evident log, in this same transaction.
	Ledger(ctx context.Context, entry LedgerEntry) error
	// LedgerOf lists the entries about one case, oldest first.
	LedgerOf(ctx context.Context, id loket.CaseID) ([]LedgerEntry, error)
	// Origin finds the place that a mark in the log stands for; false: it was forgotten.
	Origin(ctx context.Context, tenant, mark string) (Origin, bool, error)

	// Accounts: people who can log in or be told.
	PutPerson(ctx context.Context, p Person) error
	Person(ctx context.Context, tenant, id string) (Person, bool, error)
	People(ctx context.Context, tenant string) ([]Person, error)
	// PutTenant leaves alone what was adopted; PutAdopted replaces that.
	PutTenant(ctx context.Context, t Tenant) error
	PutAdopted(ctx context.Context, tenant string, adopted []Adoption) error
	PutSettings(ctx context.Context, tenant string, s Settings) error
	Tenants(ctx context.Context) ([]Tenant, error)

	Books
	Neighbours
	Monitors
	Machines
	Hidings
	Emergencies
}

// Record is one event as it lies in the database: type and who in the open, the rest sealed.
type Record struct {
	Case   loket.CaseID
	Seq    int
	Tenant string
	At     time.Time
	Type   string
	By     string
	Role   string
	Sealed []byte // payload, facts up to V3
	Vault  []byte // facts of V4 and V5, apart so that they can be destroyed; may be empty
}

// CaseRow is what the worklist and the register know: V1, no person. Columns holds
// the figures of the register, sealed.
type CaseRow struct {
	ID           loket.CaseID
	Tenant       string
	Number       string
	Year         int // year it counts in (D-69)
	Kind         string
	Registered   bool
	Key          string // id of the case key in the key store
	CodeHash     []byte // hash of the reporter's return code
	Version      int
	Organisation string
	Class        string // words of the main classification, V1
	Laws         string // ids joined with a space, for the filter
	Provisional  bool
	Status       string // open, proposed, closed, ended
	Urgent       bool
	Assigned     string
	What         string // JSON protocol.Text: most pressing thing to do
	Because      string
	Waiting      bool // nothing to do here now
	More         int
	DueAt        time.Time // of the most pressing thing; zero: none
	HandoverAt   time.Time // of a note for the next shift that nobody accepted yet; zero: none
	ReceivedAt   time.Time
	UpdatedAt    time.Time
	JoinedTo     loket.CaseID
	Columns      string
	HiddenFrom   []string // people for whom it does not exist, see hiding.go; nil: nobody ever. Not read back
	Relations    []string // organisations it concerns, see relation.go; nil: nobody is limited by it
}

// CaseQuery selects cases for the worklist. After is the cursor of the last row.
type CaseQuery struct {
	Tenant   string
	View     string // team, mine, today, late, waiting, handover, closed
	Person   string
	Search   string // prefix of number or organisation
	Kind     string
	Kinds    []string // one of these; nil: any
	Law      string
	Now      time.Time
	EndOfDay time.Time
	After    string
	Limit    int
	Reader   string   // cases that are hidden from this person are not there; empty: nothing is hidden from who looks
	Among    []string // only cases with one of these relations; nil: all
	Owns     []string // relations that make a case somebody's own, beside its being assigned
}

// ClockRow is one clock of a case; NextAt is when something must happen to it.
type ClockRow struct {
	Case   loket.CaseID
	Tenant string
	Clock  string // deadline id, or deadline/row
	DueAt  time.Time
	NextAt time.Time // zero: nothing any more
	Stage  int       // how many moments have passed
	State  string
}

// IndexRow is one keyed hash of a fact that cases may be compared by.
type IndexRow struct {
	Case   loket.CaseID
	Fact   string
	Hash   []byte
	Moment time.Time // incident moment, for "within 72 hours"
}

// IndexLook is a place in the blind index: a hash, and moments between two others. Without
// both it is any moment, and none. Rows without a moment lie at every place of their hash.
type IndexLook struct {
	Hash     []byte
	From, To time.Time
}

// DisclosureRow is one person × product version.
type DisclosureRow struct {
	Case      loket.CaseID
	Tenant    string
	Number    string
	Product   string
	Row       string
	Version   int
	Person    string
	Title     string // JSON protocol.Text, V1
	At        time.Time
	ReadAt    time.Time
	Withdrawn bool
}

// Message is an outgoing notice without content: number, kind of message, link.
type Message struct {
	ID        string // also the Message-ID, the same through all retries (R04)
	Tenant    string
	Case      loket.CaseID
	Product   string
	Row       string
	Version   int
	Person    string
	To        string // address
	Subject   string
	Body      string // text without content
	CreatedAt time.Time
	DueAt     time.Time
	Attempts  int
	SentAt    time.Time
	Error     string
	Final     bool // given up
}

// LedgerEntry is one line of the tamper-evident log (NEN 7513, BIO2 8.15.01). It holds
// no names and no content.
type LedgerEntry struct {
	Index   int64
	At      time.Time
	Tenant  string
	Actor   string
	Role    string
	Case    loket.CaseID
	Action  string // event type, "read", "open", "refused"
	Outcome string
	Purpose string // of opening; sealed by the caller when it may name a person
	Seq     int
	Digest  []byte // of the sealed record
	Via     string // mark of session and place of the actor; the store takes it from the context (Via)
}

// Sealer seals and opens with the key of one case. Package seal implements it.
type Sealer interface {
	// NewKey gives a fresh case key that is already durable in the key store.
	NewKey(ctx context.Context, tenant string) (key string, err error)
	// Seal encrypts, bound to its place: table, column, row and version cannot change.
	Seal(ctx context.Context, key, place string, plain []byte) ([]byte, error)
	Open(ctx context.Context, key, place string, sealed []byte) ([]byte, error)
	// Index is a keyed hash for equality only.
	Index(tenant, fact, value string) []byte
	// Destroy makes everything under key unreadable, in every backup within its retention.
	Destroy(ctx context.Context, key string) error
}

// Rand makes identifiers. In tests it is seeded.
type Rand interface {
	ID() string                // 128 random bits, base32, lower case; for secrets and short parts
	RowID(at time.Time) string // of the same length, in order of time; see OrderedID
	Code() string              // a return code that a person can read aloud: four groups of four
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Cursor names the place of a row in a worklist page; CaseQuery.After takes it. Rows
// without a due moment come last.
func Cursor(row CaseRow) string {
	return strconv.FormatInt(dueKey(row.DueAt), 10) + "." + string(row.ID)
}

// ParseCursor reads a cursor: due moment in microseconds (math.MaxInt64: none) and id.
func ParseCursor(s string) (due int64, id loket.CaseID, ok bool) {
	head, tail, found := strings.Cut(s, ".")
	due, err := strconv.ParseInt(head, 10, 64)
	return due, loket.CaseID(tail), found && err == nil
}

func dueKey(due time.Time) int64 {
	if due.IsZero() {
		return math.MaxInt64
	}
	return due.UnixMicro()
}
