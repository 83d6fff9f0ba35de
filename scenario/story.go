// SPDX-License-Identifier: EUPL-1.2

package scenario

// Story is one scenario file. Keys are those of docs/scenarios.md.
type Story struct {
	File     string            `yaml:"-"`
	Line     int               `yaml:"-"`
	ID       string            `yaml:"scenario"`
	Title    string            `yaml:"title"`
	About    string            `yaml:"about"`
	Refs     []string          `yaml:"refs"`
	Protocol string            `yaml:"protocol"` // of the only tenant; else Tenants
	Tenants  map[string]Tenant `yaml:"tenants"`  // by the story's own name
	Zone     string            `yaml:"zone"`     // IANA name; empty: Europe/Amsterdam
	People   map[string]Player `yaml:"people"`
	Drafts   []string          `yaml:"drafts"` // folders beside the file with changes on a protocol: its next versions
	Books    []Book            `yaml:"books"`  // lists that are kept up before the story begins
	Canaries []Canary          `yaml:"canaries"`
	Steps    []Step            `yaml:"steps"`
	Variants []Variant         `yaml:"variants"`
	Later    []string          `yaml:"later"` // what this file does not tell yet
}

// Tenant is one of the organisations that share the installation of the story, each with
// its own desk and protocol (requirements §11, D-60).
type Tenant struct {
	Line     int    `yaml:"-"`
	Protocol string `yaml:"protocol,short"`
	Name     string `yaml:"name"`
	Kind     string `yaml:"kind"` // municipality or purchasing_region; empty: municipality
	Host     string `yaml:"host"`
}

// Player is somebody in the story.
type Player struct {
	Line         int      `yaml:"-"`
	Tenant       string   `yaml:"tenant"` // needed where the story has several
	Role         string   `yaml:"role,short"`
	Roles        []string `yaml:"roles"`
	Name         string   `yaml:"name"`
	Organisation string   `yaml:"organisation"`
	Email        string   `yaml:"email"`
	Account      string   `yaml:"account"` // yes | no; empty: yes unless the role is a reporter's
}

// Book fills one of the lists that the desk keeps up, such as who works where, before the
// story begins. The columns are those of the list.
type Book struct {
	Line    int                 `yaml:"-"`
	Tenant  string              `yaml:"tenant"`
	Book    string              `yaml:"book"`
	Entries []map[string]string `yaml:"entries"`
}

// Canary is a piece of text that must stay inside. Level is how deep it goes: products of
// that level may hold it. Empty is V4.
type Canary struct {
	Line   int    `yaml:"-"`
	Text   string `yaml:"text,short"`
	Level  string `yaml:"level"`
	Tenant string `yaml:"tenant"` // whose it is: nobody of another tenant may ever read it
}

// Variant is the same story told otherwise.
type Variant struct {
	Line    int      `yaml:"-"`
	Name    string   `yaml:"variant"`
	Title   string   `yaml:"title"`
	Refs    []string `yaml:"refs"`
	Changes []Change `yaml:"changes"`
}

// Change alters the steps of the story; exactly one of the first five keys is given.
type Change struct {
	Line    int              `yaml:"-"`
	Replace string           `yaml:"replace"`
	Remove  []string         `yaml:"remove"`
	Before  string           `yaml:"before"`
	After   string           `yaml:"after"`
	Set     string           `yaml:"set"`
	Until   string           `yaml:"until"` // the story ends with this step
	With    []Step           `yaml:"with"`
	Answers map[string]Value `yaml:"answers"` // set: answers laid over those of the step
	Expect  []Expect         `yaml:"expect"`  // set: takes the place of what was expected
	At      string           `yaml:"at"`      // set
	Who     string           `yaml:"who"`     // set
}

// Step is one moment of the story: at most one action, and what must be true after it.
type Step struct {
	Line   int      `yaml:"-"`
	Number int      `yaml:"-"`
	Label  string   `yaml:"step"`
	At     string   `yaml:"at"`
	Who    string   `yaml:"who"`
	Case   string   `yaml:"case"`
	About  string   `yaml:"about"`
	Expect []Expect `yaml:"expect"`

	Report       *ReportAction    `yaml:"report"`
	FollowUp     *FormAction      `yaml:"follow_up"`
	Record       *FormAction      `yaml:"record"`
	Row          *RowAction       `yaml:"row"`
	Decide       *DecideAction    `yaml:"decide"`
	Done         *DoneAction      `yaml:"done"`
	Skip         *SkipAction      `yaml:"skip"`
	Task         *TaskAction      `yaml:"task"`
	Assign       *AssignAction    `yaml:"assign"`
	Duty         *DutyAction      `yaml:"duty"`
	Ask          *AskAction       `yaml:"ask"`
	Answer       *AnswerAction    `yaml:"answer"`
	Draft        *DraftAction     `yaml:"draft"`
	Align        *AlignAction     `yaml:"align"`
	Release      *ReleaseAction   `yaml:"release"`
	Withdraw     *WithdrawAction  `yaml:"withdraw"`
	Tell         *TellAction      `yaml:"tell"`
	Link         *LinkAction      `yaml:"link"`
	Unlink       *UnlinkAction    `yaml:"unlink"`
	Neighbour    *NeighbourAction `yaml:"neighbour"`
	ProposeClose *CloseAction     `yaml:"propose_close"`
	Close        *CloseAction     `yaml:"close"`
	Reopen       *ReopenAction    `yaml:"reopen"`
	End          *EndAction       `yaml:"end"`
	Erase        *EraseAction     `yaml:"erase"`
	Freeze       *FreezeAction    `yaml:"freeze"`
	Find         *FindAction      `yaml:"find"`
	Convert      *ConvertAction   `yaml:"convert"`
	Note         *NoteAction      `yaml:"note"`
	Open         *OpenAction      `yaml:"open"`
	Read         *ReadAction      `yaml:"read"`
	Advise       *AdviseAction    `yaml:"advise"`
	Return       *ReturnAction    `yaml:"return"`
	Version      *VersionAction   `yaml:"version"`
	Wait         *WaitAction      `yaml:"wait"`
}

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
	Reason string   `yaml:"reason"`
}

// NoteAction is a free remark.
type NoteAction struct {
	Line int    `yaml:"-"`
	Text string `yaml:"text,short"`
	Kind string `yaml:"kind"` // empty: note
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
