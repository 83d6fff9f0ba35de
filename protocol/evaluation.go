// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// Verdict is a three-valued truth.
type Verdict int8

// The zero Verdict is Unknown: what nobody has said is not known.
const (
	Unknown Verdict = iota
	True
	False
)

// Facts are what is known of a case, by fact id. A fact that is absent is unknown.
// Values: bool, string, []string, int64, time.Time (moment, date), Occurrence.
type Facts map[string]any

// Row is one filled copy of a repeated form.
type Row struct {
	ID    string
	Facts Facts
}

// Occurrence is when something happened: a moment, a day, a period, or unknown but
// discovered (D-01, D-02). From ≤ To; they are equal for a moment.
type Occurrence struct {
	From       time.Time `json:"from,omitzero"`
	To         time.Time `json:"to,omitzero"`
	Precision  Precision `json:"precision"`
	Discovered time.Time `json:"discovered,omitzero"`
}

// Precision says how exactly an occurrence is known.
type Precision string

// Precisions of an occurrence.
const (
	PrecisionMoment     Precision = "moment"     // T-01
	PrecisionDay        Precision = "day"        // T-01u: From 00:00, To 24:00 local
	PrecisionPeriod     Precision = "period"     // counted from its end
	PrecisionDiscovered Precision = "discovered" // T-01k: only the discovery is known
)

// Decided is what a person decided about a table (outputs) or a criteria list (Met).
type Decided struct {
	Outputs Facts    // table
	Met     []string // criteria list
	At      time.Time
}

// Input is all that an evaluation may look at.
type Input struct {
	Facts   Facts              // answers, officers' facts and milestones
	Rows    map[string][]Row   // by form id
	Decided map[string]Decided // by table or criteria id
	Now     time.Time
}

// Evaluation is everything that follows from the facts.
type Evaluation struct {
	Facts     Facts           // input, derived and proposed or decided facts together
	Unsettled map[string]bool // facts that hold only provisionally
	Tables    []TableFinding
	Criteria  []CriteriaFinding
	Duties    []DutyFinding
	Deadlines []DeadlineFinding
	Steps     []StepFinding
	Products  []ProductFinding
	Checks    []ChecksFinding
	Hidden    []string // forms whose answers count as unknown, because `hidden_until` does not hold yet

	now      time.Time          // the moment of the evaluation, for conditions asked afterwards
	rest     leftover           // what conditions saw beside the facts
	rows     map[string][]Row   // of the input, for texts with a line per row
	rowFacts map[string][]Facts // what followed for each row
	held     []Verdict          // what figures count by a condition, when it was asked already; see Counts
}

// Reason explains one finding: rule, source sentence, facts used, facts missing.
type Reason struct {
	Rule    string // id of the rule
	Title   Text
	Because Text
	Source  Source
	Used    []Use
	Missing []string // fact ids that would settle it
}

// Use is one fact a rule looked at, with its value in words.
type Use struct {
	Fact        string
	Title       Text
	Value       Text
	Level       Level
	Provisional bool
}

// TableFinding is the proposal of one decision table.
type TableFinding struct {
	Table       *Table
	Arises      Verdict // does the question arise?
	Outputs     Facts   // proposed
	Words       Text    // the proposed outputs in words
	Provisional bool
	Reasons     []Reason // the winning row first; collect: each row that added
	Others      []Reason // unknown rows that could still change the outcome
	Decided     *Decided
	Differs     bool // decided otherwise than now proposed
}

// CriteriaFinding is the state of one criteria list.
type CriteriaFinding struct {
	Criteria *Criteria
	Arises   Verdict
	Items    []CriterionFinding
	Decided  *Decided
	Differs  bool
}

// CriterionFinding is one criterion: met, not met, unknown.
type CriterionFinding struct {
	Rule        *Rule
	Verdict     Verdict
	Provisional bool
	Reason      Reason
}

// DutyFinding is one duty to tell.
type DutyFinding struct {
	Duty        *Duty
	Must        string // yes | no | consult; empty when it does not arise
	State       string // open | done | not_applicable | unknown
	Note        Text
	Provisional bool
	Reason      Reason
}

// DeadlineState is where a clock stands.
type DeadlineState string

// States of a clock. PossiblyLate is between the two bounds of an imprecise anchor.
const (
	ClockWaiting         DeadlineState = "waiting" // its anchor is not known yet
	ClockRunning         DeadlineState = "running"
	ClockPossiblyLate    DeadlineState = "possibly_late"
	ClockLate            DeadlineState = "late"
	ClockReached         DeadlineState = "reached" // a watch that has ended
	ClockMet             DeadlineState = "met"
	ClockMetLate         DeadlineState = "met_late"
	ClockMetPossiblyLate DeadlineState = "met_possibly_late"
)

// DeadlineFinding is one clock of the case.
type DeadlineFinding struct {
	Deadline   *Deadline
	Row        string // row id when the clock runs per row
	Start      time.Time
	Early      time.Time // first moment it could be late; equals Due when the anchor is exact
	Due        time.Time
	Met        time.Time // zero: not met
	Warn       []time.Time
	State      DeadlineState
	Discovered bool // counted from discovery
	Words      Text // "za 28 mrt 14:00 + 48 uur = ma 30 mrt 15:00, want de klok gaat een uur vooruit"

	unsaid *unsaid // what Words are made of, when Conclude left them out; see InWords
}

// StepFinding is one thing to do.
type StepFinding struct {
	Step   *Step
	Row    string
	Open   Verdict // True: do it; Unknown: provisional; False: not (or done)
	Done   bool
	Urgent bool
	Reason Reason
}

// ProductFinding tells whether a product is proposed now.
type ProductFinding struct {
	Product *Product
	Row     string
	Open    Verdict
	Reason  Reason
}

// ChecksFinding is a list of checks with their state.
type ChecksFinding struct {
	Checks *Checks
	Items  []CheckFinding
}

// CheckFinding is one check; OK Unknown and False both ask.
type CheckFinding struct {
	Check  *Check
	OK     Verdict
	Reason Reason
}

// Problem is one fault in a protocol folder: what is wrong, where, and what to write instead.
type Problem struct {
	Pos
	Message string
	Cure    string
	Warning bool // does not stop loading
}

// Problems is the error that Load returns; it lists every fault found.
type Problems []Problem

// AnswerError is one answer that cannot be taken, in the reader's words.
type AnswerError struct {
	Field   string
	Message Text
	Missing bool // a required field that was left empty; drafts may ignore it
}

// Scan is one piece of a text that may identify a person.
type Scan struct {
	Field string
	Kind  string // bsn, name, phone, email, date
	Text  string
}
