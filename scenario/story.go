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

	Hide           *HideAction      `yaml:"hide"`
	Show           *ShowAction      `yaml:"show"`
	Emergency      *EmergencyAction `yaml:"emergency"`
	Review         *ReviewAction    `yaml:"review"`
	Hold           *HoldAction      `yaml:"hold"`
	Lift           *HoldAction      `yaml:"lift"`
	Limit          *LimitAction     `yaml:"limit"`
	LiftLimit      *HoldAction      `yaml:"lift_limit"`
	ProposeDestroy *DestroyAction   `yaml:"propose_destroy"`
	Keep           *HoldAction      `yaml:"keep"`
	Approve        *ApproveAction   `yaml:"approve"`
	Entry          *EntryAction     `yaml:"entry"`
}
