// SPDX-License-Identifier: EUPL-1.2

// Package protocol is the language in which an incident protocol is written.
//
// A protocol is a folder of YAML files that a policy officer can read. This
// package reads such a folder, checks it, evaluates it over the facts of a
// case and explains every result. It knows no desk, no database and no clock:
// the moment is an argument.
//
//	folder ──Load──▶ Protocol ──Evaluate(facts, now)──▶ Evaluation
//	                                │
//	        tables · criteria · duties · deadlines · steps · products · checks
//
// Everything is three-valued. A condition over a fact that nobody knows yet is
// neither true nor false; the finding says which facts would settle it.
package protocol

// Protocol is one version of an organisation's incident protocol: all of its
// files read together. Every top-level key may stand in any *.yaml file of the
// folder; lists are joined in order of file name.
type Protocol struct {
	About      About       `yaml:"protocol"`
	Overlay    Overlay     `yaml:"overlay"` // set when the folder holds only changes on another protocol
	Desk       DeskHours   `yaml:"desk"`
	Calendar   Calendar    `yaml:"calendar"`
	Roles      []Role      `yaml:"roles"`
	Kinds      []Kind      `yaml:"kinds"`
	Facts      []Fact      `yaml:"facts"`
	Forms      []Form      `yaml:"forms"`
	Tables     []Table     `yaml:"tables"`
	Criteria   []Criteria  `yaml:"criteria"`
	Duties     []Duty      `yaml:"duties"`
	Deadlines  []Deadline  `yaml:"deadlines"`
	Phases     []Phase     `yaml:"phases"`
	Steps      []Step      `yaml:"steps"`
	Products   []Product   `yaml:"products"`
	Checks     []Checks    `yaml:"checks"`
	Duplicates []Duplicate `yaml:"duplicates"`
	Evaluation []Question  `yaml:"evaluation"`
	Figures    []Figure    `yaml:"figures"`
	Retention  []Retention `yaml:"retention"`
	Charts     []Chart     `yaml:"flowcharts"`
	Texts      []NamedText `yaml:"texts"` // texts of pages and notices that the protocol owner words
	Terms      []Term      `yaml:"terms"` // the glossary of the protocol: definitions a reader sees as help

	compiled *compiled // conditions, order of evaluation, lookups; made by Load
}

// Text is wording in Dutch with an optional English version. In YAML either a
// plain string (Dutch) or {nl: …, en: …}.
type Text struct {
	NL string `yaml:"nl"`
	EN string `yaml:"en"`
}

// Source cites where a rule comes from: "§3.1, regel 102". Quote is the
// sentence itself, shown to the person who decides.
type Source struct {
	At    string `yaml:"at"`    // section and line; a plain YAML string sets only this
	Quote string `yaml:"quote"` // literal words of the source document
}

// Pos is where an element stands in the protocol folder.
type Pos struct {
	File string
	Line int
}

// About identifies the protocol and its version (R-I-01, R-R-01, R-R-11, R-R-12).
type About struct {
	ID            string   `yaml:"id"`
	Version       string   `yaml:"version"`
	Title         Text     `yaml:"title"`
	Summary       Text     `yaml:"summary"` // what the protocol is, in two sentences, in both languages
	Owner         string   `yaml:"owner"`
	AdoptedBy     string   `yaml:"adopted_by"`
	AdoptedOn     string   `yaml:"adopted_on"`     // date, yyyy-mm-dd
	EffectiveFrom string   `yaml:"effective_from"` // date
	Review        string   `yaml:"review"`         // duration, e.g. "12 months" (T-18)
	Territory     []string `yaml:"territory"`
	Laws          []string `yaml:"laws"`
	Document      string   `yaml:"document"` // name of the source document
	Pos           Pos      `yaml:"-"`
}

// DeskHours is when the desk reads and answers (DT-23, T-04) and how it is reached.
// Opens ≤ t < Closes, local time.
type DeskHours struct {
	Name   string   `yaml:"name"`
	Opens  string   `yaml:"opens"`  // "09:00"
	Closes string   `yaml:"closes"` // "22:00"
	Days   []string `yaml:"days"`   // mon … sun; empty is every day

	Holidays string `yaml:"holidays"` // open (default, D-67) | closed on the holidays of the calendar
	Zone     string `yaml:"zone"`     // IANA name, e.g. Europe/Amsterdam
	Phone    string `yaml:"phone"`    // default; the installation may set its own
	Email    string `yaml:"email"`
	Office   Office `yaml:"office"` // office hours, for clocks in working days

	Emergency string `yaml:"emergency"` // how long an emergency opening lasts; default "4 hours"
	Pos       Pos    `yaml:"-"`
}

// Office hours bound "working day" clocks.
type Office struct {
	Opens  string `yaml:"opens"`
	Closes string `yaml:"closes"`
	Pos    Pos    `yaml:"-"`
}

// Calendar lists the days that are not working days, by rule name or date.
// Rules: new_year, good_friday, easter_monday, kings_day, ascension, liberation_day,
// whit_monday, christmas, boxing_day (R08, requirements §10).
type Calendar struct {
	Holidays []string `yaml:"holidays"`
	Extra    []string `yaml:"extra"` // dates yyyy-mm-dd
	Pos      Pos      `yaml:"-"`
}

// Role is someone who takes part: at the desk, at the reporting side, or told.
type Role struct {
	ID    string   `yaml:"id"`
	Title Text     `yaml:"title"`
	Side  string   `yaml:"side"`  // desk | reporter | informed | outside
	Sees  Level    `yaml:"sees"`  // what is shown at once
	Opens Level    `yaml:"opens"` // what may be opened per item, with a purpose, logged
	May   []string `yaml:"may"`   // actions, see Actions
	Cases Concerns `yaml:"cases"` // which cases the role sees; empty is all of the tenant
	Pos   Pos      `yaml:"-"`
}

// Actions is the closed list a role's "may" chooses from.
var Actions = []string{
	"report",        // send a form that opens a case
	"follow_up",     // send a follow-up form, answer questions on an own report
	"contribute",    // answer a request for a contribution
	"work",          // see the worklist and the cases of the organisation
	"record",        // record facts, rows, notes; link and separate cases; ask questions
	"decide",        // decide where the table or criteria list names the role
	"compose",       // write products
	"align",         // give or refuse alignment on a product
	"release",       // release where the product names the role
	"tell",          // record that somebody was told by other means
	"open",          // open sealed fields with a purpose
	"close",         // close a phase
	"propose_close", // propose closing
	"read_products", // read what was released to the role
	"register",      // export the register without persons
	"configure",     // settings, contacts, users
	"audit",         // read the log
	"retain",        // see what is due to be erased, approve it, hold a case
	"shield",        // name people for whom a case does not exist; hear of emergency openings
	"emergency",     // open a case or a level in an emergency, for a limited time
	"monitor",       // keep the feeds and keywords of the media monitor; link what it finds or put it aside
}

// Level is how deep a fact goes, V0 (figures) to V5 (special or criminal data); requirements §2.2.
type Level string

// Kind is a kind of case; figures count only registered kinds (D-42).
type Kind struct {
	ID         string `yaml:"id"`
	Title      Text   `yaml:"title"`
	Registered bool   `yaml:"registered"` // counts in the yearly register
	Persons    bool   `yaml:"persons"`    // may hold facts above V2
	Phase      string `yaml:"phase"`      // the phase a case of this kind starts in; empty: the first of all

	// ConvertsTo are the kinds that a case of this kind may turn out to be: the desk then
	// opens a new case of that kind, linked to this one (R-I-02).
	ConvertsTo []string  `yaml:"converts_to"`
	Press      PressRoom `yaml:"press"` // how the press room shows such a case; empty: it does not
	Pos        Pos       `yaml:"-"`
}

// Types of facts.
const (
	TypeText       = "text"       // one line
	TypeLong       = "long"       // free text, several lines
	TypeYesNo      = "yesno"      // in conditions: bool
	TypeChoice     = "choice"     // in conditions: string, the option id
	TypeChoices    = "choices"    // in conditions: list(string)
	TypeNumber     = "number"     // in conditions: int
	TypeDate       = "date"       // in conditions: timestamp, 00:00 local
	TypeMoment     = "moment"     // in conditions: timestamp
	TypeOccurrence = "occurrence" // a moment, a day, a period, or unknown with discovery; in conditions: timestamp of its latest bound
	TypePhone      = "phone"
	TypeEmail      = "email"
)

// Milestones are facts that the desk itself supplies; protocols/rotterdam uses these:
//
//	received_at                     moment of first receipt
//	channel, case_kind              choice: how it came in; id of the kind of case
//	<form>_sent, <form>_sent_at     report, follow_up and officer forms
//	<table>_decided, …_decided_at   also criteria lists
//	<step>_done, …_done_at          <product>_released, …_released_at
//	<phase>_closed, …_closed_at
//
// The yes-or-no ones are always known: false until it happens. Inside an element with
// `each` the step and product ones speak of that row. Conditions may also use now (the
// moment of evaluation) and known(fact), which is true or false but never unknown.

// Phase names a stage of the case. Closing it asks the checks list `checks`.
type Phase struct {
	ID         string   `yaml:"id"`
	Title      Text     `yaml:"title"`
	Goal       Text     `yaml:"goal"`
	When       string   `yaml:"when"` // the case is in this phase, and its steps arise, only when this holds
	Checks     string   `yaml:"checks"`
	ProposedBy []string `yaml:"proposed_by"`
	ClosedBy   []string `yaml:"closed_by"`
	Then       string   `yaml:"then"`    // next phase
	GoesOn     bool     `yaml:"goes_on"` // closing it does not close the case
	Ends       []string `yaml:"ends"`    // phases that stand beside it and are closed with it: what closing them asks, closing it asks
	Source     Source   `yaml:"source"`
	Pos        Pos      `yaml:"-"`
}

// Clocks are ids of deadlines; a protocol writes one as it is, more as a list.
type Clocks []string

// Step is one thing to do: a proposal on the case page. Facts <id>_done (bool) and
// <id>_done_at follow. Actions:
//
//	form:<form>  decide:<table or criteria>  compose:<product>  duty:<duty>  close:<phase>
//	ask  ask:<field>  convert:<kind>  version  note
type Step struct {
	ID     string   `yaml:"id"`
	Title  Text     `yaml:"title"`
	About  []string `yaml:"about"` // facts named after the title, V1 at most: “Vul de contactlijst aan: Kampen”
	Phase  string   `yaml:"phase"`
	Task   string   `yaml:"task"` // group within the phase
	When   string   `yaml:"when"`
	Done   string   `yaml:"done"` // condition that shows it was done; else a person says so
	Owner  []string `yaml:"owner"`
	Of     []string `yaml:"of"` // facts that name the organisations whose people own it; empty: as `cases` of the role says
	Action string   `yaml:"action"`

	// With are answers that the form of the step opens with, because the step says them already:
	// {consultation_kind: chair}. By question: an option id, a list of them, or true or false. Who
	// fills the form in may choose otherwise; what was answered before stays.
	With    map[string]any `yaml:"with"`
	Due     Clocks         `yaml:"due"` // deadlines; the one that runs and ends first hurries the step
	Each    string         `yaml:"each"`
	Urgent  string         `yaml:"urgent"` // condition
	Because Text           `yaml:"because"`
	Source  Source         `yaml:"source"`
	Ref     string         `yaml:"ref"`
	Pos     Pos            `yaml:"-"`

	// SkippedBy are the roles that may put the step aside; empty: whoever keeps the file. Of a
	// half that stays unseen it is not for its owner, who would see the other half by it.
	SkippedBy []string `yaml:"skipped_by"`
}

// Product is a message or document, composed at its audience's level, checked,
// released by a named person to named recipients, and recorded (requirements §9).
type Product struct {
	ID          string      `yaml:"id"`
	Title       Text        `yaml:"title"`
	Ref         string      `yaml:"ref"` // DOC-04
	Level       Level       `yaml:"level"`
	Recipients  []Recipient `yaml:"recipients"` // proposed; in YAML a role id, or a block
	Again       string      `yaml:"again"`      // product id: also everyone who received that one
	MadeBy      []string    `yaml:"made_by"`
	ReleasedBy  []string    `yaml:"released_by"`
	Align       []string    `yaml:"align"`       // roles of which at least one must have agreed
	AlignAll    bool        `yaml:"align_all"`   // all of them instead
	When        string      `yaml:"when"`        // proposed when
	Stop        []Stop      `yaml:"stop"`        // hard stops at release (R-I-05)
	Warn        []Stop      `yaml:"warn"`        // shown, never blocking
	Identifiers string      `yaml:"identifiers"` // block | warn: identifying data in the text
	Purpose     Text        `yaml:"purpose"`
	Subject     Text        `yaml:"subject"` // of the notice; no placeholders above V1
	Parts       []Part      `yaml:"parts"`
	Each        string      `yaml:"each"`
	Later       bool        `yaml:"later"`     // may be made after closing
	ByItself    bool        `yaml:"by_itself"` // the desk sends it itself, as soon as it is proposed for certain
	Because     Text        `yaml:"because"`
	Source      Source      `yaml:"source"`
	Pos         Pos         `yaml:"-"`
}

// Stop is a condition that must hold before release, and what to say when it does not.
type Stop struct {
	ID     string `yaml:"id"`
	Unless string `yaml:"unless"` // condition that must be true
	Say    Text   `yaml:"say"`
	Source Source `yaml:"source"`
	Pos    Pos    `yaml:"-"`
}

// Part is one block of a product. Text is Markdown with {{fact}} placeholders; only
// facts at or below the product's level may be used. A mandatory part that is empty
// needs "left empty because …".
type Part struct {
	ID        string `yaml:"id"`
	Title     Text   `yaml:"title"`
	Text      Text   `yaml:"text"`
	When      string `yaml:"when"`
	Mandatory bool   `yaml:"mandatory"`
	Lines     Lines  `yaml:"lines"` // after the text: one for each row of a list, or for each open check
	Help      Text   `yaml:"help"`
	Pos       Pos    `yaml:"-"`
}

// Lines repeats a text: once for each row of a form with `use: rows`, or once for each
// item of a list of checks that does not hold, which is then said in its own words (ask).
type Lines struct {
	Of   string `yaml:"of"`   // form id: a line for each of its rows
	Open string `yaml:"open"` // checks id, instead of `of`
	When string `yaml:"when"` // condition in the row; empty: every row
	Text Text   `yaml:"text"` // one line, with {{fact}} of the row
	Pos  Pos    `yaml:"-"`
}

// Checks is a list of things that should hold: completeness (asked from the reporter),
// closing (yes or motivated).
type Checks struct {
	ID    string  `yaml:"id"`
	Title Text    `yaml:"title"`
	Ref   string  `yaml:"ref"`
	Items []Check `yaml:"items"`
	Pos   Pos     `yaml:"-"`
}

// Check holds when OK is true. Ask is what to ask or do when it is not.
type Check struct {
	ID     string `yaml:"id"`
	Title  Text   `yaml:"title"`
	When   string `yaml:"when"` // does it apply? empty: always
	OK     string `yaml:"ok"`
	Ask    Text   `yaml:"ask"`
	Field  string `yaml:"field"` // the field that answers it
	Source Source `yaml:"source"`
	Pos    Pos    `yaml:"-"`
}

// Duplicate is a rule that compares two cases without merging them (DT-22). Same and
// Differ name indexed facts (organisation is the reporting organisation).
type Duplicate struct {
	ID      string   `yaml:"id"`
	Title   Text     `yaml:"title"`
	Same    []string `yaml:"same"`
	Differ  []string `yaml:"differ"`
	Within  string   `yaml:"within"`  // of the incident moments
	Verdict string   `yaml:"verdict"` // proposed: same_report | same_incident_other_person | possibly_same_incident
	Because Text     `yaml:"because"`
	Source  Source   `yaml:"source"`
	Pos     Pos      `yaml:"-"`
}

// NamedText is wording of a page or notice by id (receipt_notice, does_not_replace …).
type NamedText struct {
	ID     string `yaml:"id"`
	Text   Text   `yaml:"text"`
	Source Source `yaml:"source"`
	Pos    Pos    `yaml:"-"`
}

// Term is a definition.
type Term struct {
	ID     string `yaml:"id"`
	Title  Text   `yaml:"title"`
	Text   Text   `yaml:"text"`
	Source Source `yaml:"source"`
	Pos    Pos    `yaml:"-"`
}
