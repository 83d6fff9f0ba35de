// SPDX-License-Identifier: EUPL-1.2

package scenario

// What people do in a story; one of these is a step. Those about who may see a case are in
// shield.go, about keeping and destroying in retain.go, about lists in entry.go.

// ReportAction sends a form that opens a case. Case names it for the rest of the story.
type ReportAction struct {
	Line    int              `yaml:"-"`
	Form    string           `yaml:"form"`
	Channel string           `yaml:"channel"` // empty: web
	Arrived string           `yaml:"arrived"` // when a mail came in that is written down now
	Case    string           `yaml:"case"`
	Again   string           `yaml:"again"` // label of a step whose sending is repeated with the same key
	Answers map[string]Value `yaml:"answers"`
}

// FormAction sends a follow-up form, or records facts through an officer's form.
type FormAction struct {
	Line    int              `yaml:"-"`
	Form    string           `yaml:"form"`
	Reason  *string          `yaml:"reason"` // nil: one that always holds; empty: none is given
	Answers map[string]Value `yaml:"answers"`
}

// RowAction adds, changes or removes one row of a repeated form. ID is the story's own name for it.
type RowAction struct {
	Line    int              `yaml:"-"`
	Form    string           `yaml:"form"`
	ID      string           `yaml:"id"`
	Remove  bool             `yaml:"remove"`
	Reason  string           `yaml:"reason"`
	Answers map[string]Value `yaml:"answers"`
}

// DecideAction decides on a table or a criteria list.
type DecideAction struct {
	Line        int              `yaml:"-"`
	Subject     string           `yaml:"subject,short"`
	AsProposed  bool             `yaml:"as_proposed"`
	Outcome     map[string]Value `yaml:"outcome"`
	Met         []string         `yaml:"met"`
	None        bool             `yaml:"none"`  // a criteria list of which nothing is met
	Alone       bool             `yaml:"alone"` // a table of several: without the others, who do not react
	Motivation  string           `yaml:"motivation"`
	Provisional bool             `yaml:"provisional"`
}

// DoneAction says that a step was done.
type DoneAction struct {
	Line int    `yaml:"-"`
	Step string `yaml:"step,short"`
	Row  string `yaml:"row"`
	Note string `yaml:"note"`
}

// SkipAction deviates from a step.
type SkipAction struct {
	Line       int    `yaml:"-"`
	Step       string `yaml:"step"`
	Row        string `yaml:"row"`
	How        string `yaml:"how"`
	Until      string `yaml:"until"`
	Motivation string `yaml:"motivation"`
}

// TaskAction adds a task of one's own.
type TaskAction struct {
	Line  int    `yaml:"-"`
	Title string `yaml:"title,short"`
	Owner string `yaml:"owner"`
	Due   string `yaml:"due"`
}

// AssignAction names who handles the case.
type AssignAction struct {
	Line int    `yaml:"-"`
	To   string `yaml:"to,short"`
}

// DutyAction records what is known about a duty to tell.
type DutyAction struct {
	Line      int    `yaml:"-"`
	Duty      string `yaml:"duty"`
	State     string `yaml:"state"`
	DoneAt    string `yaml:"done_at"`
	Reference string `yaml:"reference"`
	Note      string `yaml:"note"`
}

// AskAction puts questions to the reporter or a party.
type AskAction struct {
	Line   int      `yaml:"-"`
	Name   string   `yaml:"name"`
	To     string   `yaml:"to"` // empty: reporter; else a row name
	Fields []string `yaml:"fields"`
	Text   string   `yaml:"text"`
}

// AnswerAction closes a question.
type AnswerAction struct {
	Line     int              `yaml:"-"`
	Question string           `yaml:"question,short"`
	Note     string           `yaml:"note"`
	Declined bool             `yaml:"declined"`
	Form     string           `yaml:"form"`
	Answers  map[string]Value `yaml:"answers"`
}

// DraftAction writes a version of a product: the proposed text, with parts of one's own.
type DraftAction struct {
	Line      int               `yaml:"-"`
	Product   string            `yaml:"product,short"`
	Row       string            `yaml:"row"`
	Parts     map[string]string `yaml:"parts"`
	LeftEmpty map[string]string `yaml:"left_empty"`
	Withheld  string            `yaml:"withheld"`
}

// AlignAction agrees, or not, with a version.
type AlignAction struct {
	Line    int    `yaml:"-"`
	Product string `yaml:"product,short"`
	Row     string `yaml:"row"`
	Version int    `yaml:"version"` // 0: newest
	Role    string `yaml:"role"`    // empty: the role of who
	Person  string `yaml:"person"`  // empty: who
	Refused bool   `yaml:"refused"`
	Note    string `yaml:"note"`
}

// ReleaseAction releases a version to people.
type ReleaseAction struct {
	Line     int      `yaml:"-"`
	Product  string   `yaml:"product,short"`
	Row      string   `yaml:"row"`
	Version  int      `yaml:"version"` // 0: newest
	To       []string `yaml:"to"`      // empty: whom the desk proposes
	Purpose  string   `yaml:"purpose"` // empty: the purpose of the protocol
	Need     string   `yaml:"need"`
	Override string   `yaml:"override"`
}

// WithdrawAction takes a version back.
type WithdrawAction struct {
	Line    int    `yaml:"-"`
	Product string `yaml:"product"`
	Row     string `yaml:"row"`
	Version int    `yaml:"version"`
	Reason  string `yaml:"reason"`
}

// TellAction records that somebody was told otherwise.
type TellAction struct {
	Line    int    `yaml:"-"`
	To      string `yaml:"to"`
	Product string `yaml:"product"`
	Version int    `yaml:"version"`
	Channel string `yaml:"channel"`
	At      string `yaml:"at"`
	Note    string `yaml:"note"`
}

// LinkAction is a verdict on two cases.
type LinkAction struct {
	Line    int    `yaml:"-"`
	Name    string `yaml:"name"`
	Other   string `yaml:"other"`
	Verdict string `yaml:"verdict"`
	Leads   bool   `yaml:"leads"`
	Reason  string `yaml:"reason"`
}

// UnlinkAction undoes a link.
type UnlinkAction struct {
	Line   int    `yaml:"-"`
	Link   string `yaml:"link,short"`
	Reason string `yaml:"reason"`
}

// CloseAction proposes the closing of a phase, or closes it.
type CloseAction struct {
	Line        int               `yaml:"-"`
	Phase       string            `yaml:"phase,short"`
	Motivations map[string]string `yaml:"motivations"`
}

// ReopenAction starts a phase again.
type ReopenAction struct {
	Line   int    `yaml:"-"`
	Phase  string `yaml:"phase"`
	Reason string `yaml:"reason"`
}

// EndAction ends a case that is none.
type EndAction struct {
	Line   int    `yaml:"-"`
	As     string `yaml:"as"`
	Reason string `yaml:"reason"`
}

// ConvertAction turns the case into one of another kind; Case names the new one.
type ConvertAction struct {
	Line   int    `yaml:"-"`
	Kind   string `yaml:"kind,short"`
	Case   string `yaml:"case"`
	Reason string `yaml:"reason"`
}

// FreezeAction freezes the figures of a year. Case names the yearly case for the rest of
// the story.
type FreezeAction struct {
	Line   int    `yaml:"-"`
	Year   int    `yaml:"year,short"`
	Reason string `yaml:"reason"`
	Case   string `yaml:"case"`
}

// FindAction gives a name to a case that the desk opened by itself: the newest one on the
// worklist of who looks, about an organisation or of a kind.
type FindAction struct {
	Line         int    `yaml:"-"`
	Case         string `yaml:"case,short"`
	Organisation string `yaml:"organisation"`
	Kind         string `yaml:"kind"` // id
}

// EraseAction destroys values.
type EraseAction struct {
	Line   int      `yaml:"-"`
	Fields []string `yaml:"fields"`
	Texts  bool     `yaml:"texts"` // all typed words of V3 and deeper
	Reason string   `yaml:"reason"`
}

// NoteAction is a free remark.
type NoteAction struct {
	Line  int    `yaml:"-"`
	Text  string `yaml:"text,short"`
	Kind  string `yaml:"kind"`  // empty: note
	Level string `yaml:"level"` // of the words; empty: that of the reader
}

// OpenAction opens sealed facts with a purpose.
type OpenAction struct {
	Line    int      `yaml:"-"`
	Fields  []string `yaml:"fields"`
	Purpose string   `yaml:"purpose"`
}

// ReadAction reads what was released to who.
type ReadAction struct {
	Line    int    `yaml:"-"`
	Product string `yaml:"product,short"`
	Row     string `yaml:"row"`
	Version int    `yaml:"version"` // 0: newest
}

// AdviseAction asks "must I report this?"; nothing is stored.
type AdviseAction struct {
	Line    int              `yaml:"-"`
	Answers map[string]Value `yaml:"answers,short"`
}

// ReturnAction comes back to an own report with the code; Code is for a wrong one.
type ReturnAction struct {
	Line int    `yaml:"-"`
	Code string `yaml:"code"`
}

// WaitAction lets time pass. Until may be given here or as the step's `at`.
type WaitAction struct {
	Line  int    `yaml:"-"`
	Until string `yaml:"until,short"`
}
