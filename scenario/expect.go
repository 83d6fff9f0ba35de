// SPDX-License-Identifier: EUPL-1.2

package scenario

// Expect is what must be true after a step. Everything that is left out is free.
// Texts are compared by containment, without regard to case and white space.
type Expect struct {
	Line int    `yaml:"-"`
	As   string `yaml:"as"`   // whose eyes; empty: who, or else the first person of the desk
	Case string `yaml:"case"` // which case; empty: that of the step

	Refused      *WantRefused                 `yaml:"refused"`
	Receipt      *WantReceipt                 `yaml:"receipt"`
	Status       string                       `yaml:"status"`
	Kind         string                       `yaml:"kind"`
	Urgent       string                       `yaml:"urgent"` // yes | no
	Flags        *WantWords                   `yaml:"flags"`
	Facts        map[string]string            `yaml:"facts"` // value in words, or unknown, known, sealed
	Tables       map[string]map[string]Value  `yaml:"tables"`
	Criteria     map[string]WantCriteria      `yaml:"criteria"`
	Duties       map[string]WantDuty          `yaml:"duties"`
	Deadlines    map[string]WantDeadline      `yaml:"deadlines"`
	Steps        *WantSteps                   `yaml:"steps"`
	Products     *WantProducts                `yaml:"products"`
	Recipients   map[string][]string          `yaml:"recipients"`
	Findings     map[string]WantFindings      `yaml:"findings"`
	Texts        map[string]WantWords         `yaml:"texts"`
	Mails        []WantMail                   `yaml:"mails"`
	Knows        map[string]map[string]string `yaml:"knows"`
	Questions    *WantQuestions               `yaml:"questions"`
	Checks       map[string]WantChecks        `yaml:"checks"`
	Duplicates   []WantDuplicate              `yaml:"duplicates"`
	NoDuplicates bool                         `yaml:"no_duplicates"`
	Links        []WantLink                   `yaml:"links"`
	Neighbours   []WantNeighbour              `yaml:"neighbours"`
	Shared       *WantWords                   `yaml:"shared"`    // the text that was just read of another tenant
	Proposals    *int                         `yaml:"proposals"` // of other tenants that wait for an answer here
	Rows         map[string]WantRows          `yaml:"rows"`
	Worklist     *WantWorklist                `yaml:"worklist"`
	Versions     map[string]string            `yaml:"versions"` // state by version
	Register     *WantRegister                `yaml:"register"`
	Figures      *WantFigures                 `yaml:"figures"`
	Timeline     *WantWords                   `yaml:"timeline"`
	Deviations   []WantDeviation              `yaml:"deviations"`
	Decisions    map[string]WantDecision      `yaml:"decisions"`
	Log          *WantWords                   `yaml:"log"`
	Notes        *WantWords                   `yaml:"notes"`
	Inbox        map[string][]string          `yaml:"inbox"`
	Reporter     *WantReporter                `yaml:"reporter"`
	NoLeak       bool                         `yaml:"no_leak"`
	SeesNothing  bool                         `yaml:"sees_nothing"` // the case does not exist for these eyes
	Gone         bool                         `yaml:"gone"`         // it was destroyed: these eyes hear so, and see its number
	HiddenFrom   []string                     `yaml:"hidden_from"`  // exactly these people
	Held         string                       `yaml:"held"`         // yes: nothing of it may be erased
	Emergencies  []WantEmergency              `yaml:"emergencies"`
	Retention    *WantRetention               `yaml:"retention"`
	Certificate  *WantCertificate             `yaml:"certificate"`
	OnDuty       map[string][]string          `yaml:"on_duty"` // by role
	Setup        *WantWords                   `yaml:"setup"`   // lines of the inrichtingscheck
}

// WantRefused: the action must be refused.
type WantRefused struct {
	Line  int      `yaml:"-"`
	Code  string   `yaml:"code,short"` // invalid, forbidden, not_found, conflict, stopped, motivation; or yes
	Field string   `yaml:"field"`
	Says  []string `yaml:"says"`
}

// WantReceipt is what the reporter took home.
type WantReceipt struct {
	Line       int      `yaml:"-"`
	Due        string   `yaml:"due"`
	Words      []string `yaml:"words"`
	State      string   `yaml:"state"`
	Urgent     string   `yaml:"urgent"`
	DeskOpen   string   `yaml:"desk_open"`
	DeskReads  string   `yaml:"desk_reads"`
	Kind       string   `yaml:"kind"`
	Missing    []string `yaml:"missing"`
	NotMissing []string `yaml:"not_missing"`
}

// WantRows is about the rows of a repeated form.
type WantRows struct {
	Line     int      `yaml:"-"`
	Count    *int     `yaml:"count,short"`
	Contains []string `yaml:"contains"` // words that stand in one row: its title and the facts shown
	Never    []string `yaml:"never"`
}

// WantWords is about a text, or about a list of lines.
type WantWords struct {
	Line     int      `yaml:"-"`
	Contains []string `yaml:"contains,short"`
	Never    []string `yaml:"never"`
}

// WantCriteria is about a criteria list.
type WantCriteria struct {
	Line     int                 `yaml:"-"`
	Met      []string            `yaml:"met"`
	Possible []string            `yaml:"possible"`
	Not      []string            `yaml:"not"`  // neither met nor possible
	Only     bool                `yaml:"only"` // no others are met or possible
	Decided  []string            `yaml:"decided"`
	None     bool                `yaml:"none"`    // nothing is met or possible
	Because  map[string][]string `yaml:"because"` // by item
}

// WantDuty is about a duty to tell.
type WantDuty struct {
	Line        int      `yaml:"-"`
	Must        string   `yaml:"must"`  // yes, no, consult, none
	State       string   `yaml:"state"` // open, done, not_applicable, unknown
	Note        []string `yaml:"note"`
	Because     []string `yaml:"because"`
	Reference   string   `yaml:"reference"`
	DoneAt      string   `yaml:"done_at"`
	Provisional string   `yaml:"provisional"`
}

// WantDeadline is about a clock.
type WantDeadline struct {
	Line       int      `yaml:"-"`
	Due        string   `yaml:"due"`
	Early      string   `yaml:"early"` // first moment it can be late
	Start      string   `yaml:"start"`
	Met        string   `yaml:"met"`
	State      []string `yaml:"state,short"` // one of; "none": there is no such clock
	Words      []string `yaml:"words"`
	Was        []string `yaml:"was"` // earlier due moments, kept when the anchor was corrected
	Discovered string   `yaml:"discovered"`
}

// WantSteps is about what there is to do.
type WantSteps struct {
	Line        int                 `yaml:"-"`
	Open        []string            `yaml:"open"`
	NotOpen     []string            `yaml:"not_open"`
	Provisional []string            `yaml:"provisional"`
	Urgent      []string            `yaml:"urgent"`
	Late        []string            `yaml:"late"`
	Done        []string            `yaml:"done"`
	First       string              `yaml:"first"`
	Because     map[string][]string `yaml:"because"`
}

// WantProducts is about which products are proposed, drafted, released.
type WantProducts struct {
	Line        int      `yaml:"-"`
	Proposed    []string `yaml:"proposed"`
	NotProposed []string `yaml:"not_proposed"`
	Drafted     []string `yaml:"drafted"`
	Released    []string `yaml:"released"`
	Withdrawn   []string `yaml:"withdrawn"`
	Superseded  []string `yaml:"superseded"`
}

// WantFindings is about what the desk says at the newest version of a product.
type WantFindings struct {
	Line     int      `yaml:"-"`
	Stops    []string `yaml:"stops"` // ids or words of what blocks
	NoStops  bool     `yaml:"no_stops"`
	Warnings []string `yaml:"warnings"`
	Text     []string `yaml:"text"` // pieces of text found identifying
	None     bool     `yaml:"none"` // nothing found in the text
}

// WantMail is about the mails sent during this step; All looks at the whole story.
type WantMail struct {
	Line    int      `yaml:"-"`
	Count   *int     `yaml:"count"` // exactly; left out: at least one
	To      string   `yaml:"to"`
	Subject []string `yaml:"subject"`
	Body    []string `yaml:"body"`
	Never   []string `yaml:"never"`
	All     bool     `yaml:"all"`
}

// WantQuestions is about the questions put to a reporter or party.
type WantQuestions struct {
	Line     int      `yaml:"-"`
	Open     *int     `yaml:"open"`
	Done     *int     `yaml:"done"`
	Contains []string `yaml:"contains"`
}

// WantChecks is about a list of checks.
type WantChecks struct {
	Line    int                 `yaml:"-"`
	OK      []string            `yaml:"ok"`
	Missing []string            `yaml:"missing"` // not (yet) true
	Ask     map[string][]string `yaml:"ask"`
	All     bool                `yaml:"all"` // every check that applies is yes
}

// WantDuplicate is about a possible duplicate.
type WantDuplicate struct {
	Line    int      `yaml:"-"`
	Case    string   `yaml:"case,short"`
	Rule    string   `yaml:"rule"`
	Verdict string   `yaml:"verdict"`
	Because []string `yaml:"because"`
	Same    []string `yaml:"same"`
}

// WantLink is about a verdict on two cases.
type WantLink struct {
	Line    int    `yaml:"-"`
	Other   string `yaml:"other"`
	Verdict string `yaml:"verdict"`
	Count   *int   `yaml:"count"`
}

// WantWorklist is about the list of jobs.
type WantWorklist struct {
	Line     int                 `yaml:"-"`
	View     string              `yaml:"view"` // empty: team
	Jobs     *int                `yaml:"jobs"` // how many cases
	Contains []string            `yaml:"contains"`
	Not      []string            `yaml:"not"`
	First    string              `yaml:"first"`
	Late     []string            `yaml:"late"`
	Urgent   []string            `yaml:"urgent"`
	Group    map[string]string   `yaml:"group"` // case → late | today | later | waiting
	What     map[string][]string `yaml:"what"`  // case → words of the job
	Open     string              `yaml:"desk_open"`
	Opens    string              `yaml:"opens"`
	Handover []string            `yaml:"handover"`
}

// WantRegister is about the register of a year: CSV without persons.
type WantRegister struct {
	Line     int               `yaml:"-"`
	Year     int               `yaml:"year"`
	Rows     *int              `yaml:"rows"`
	Sum      map[string]int    `yaml:"sum"` // column → total
	Has      map[string]string `yaml:"has"` // column → value that some row has
	Contains []string          `yaml:"contains"`
	Never    []string          `yaml:"never"`
}

// WantFigures is about a year in numbers. Counts are by figure and answer in Dutch words;
// "klein" is a number that must not be shown.
type WantFigures struct {
	Line      int                          `yaml:"-"`
	Year      int                          `yaml:"year"`
	Incidents *int                         `yaml:"incidents"`
	Persons   *int                         `yaml:"persons"`
	Reports   *int                         `yaml:"reports"`
	Late      *int                         `yaml:"late"`
	Small     string                       `yaml:"small"`  // yes: too few to show anything
	Frozen    *int                         `yaml:"frozen"` // version; 0: not frozen
	Counts    map[string]map[string]string `yaml:"counts"`
}

// WantDeviation is about a departure from what was proposed.
type WantDeviation struct {
	Line       int      `yaml:"-"`
	What       string   `yaml:"what,short"`
	Motivation []string `yaml:"motivation"`
	By         string   `yaml:"by"`
}

// WantDecision is about the decision in force.
type WantDecision struct {
	Line       int      `yaml:"-"`
	Outcome    Value    `yaml:"outcome,short"` // words, ids of a criteria list, or a value per output
	Deviates   string   `yaml:"deviates"`
	Motivation []string `yaml:"motivation"`
	By         string   `yaml:"by"`
	At         string   `yaml:"at"`
}

// WantReporter is about what the reporter sees when coming back with the code.
type WantReporter struct {
	Line      int      `yaml:"-"`
	Status    []string `yaml:"status"`
	Questions *int     `yaml:"questions"` // open
	Asks      []string `yaml:"asks"`
	Forms     []string `yaml:"forms"`
	Missing   []string `yaml:"missing"`
	Messages  *int     `yaml:"messages"`
	Reports   *int     `yaml:"reports"` // sendings, the first one included
	Due       string   `yaml:"due"`
	Never     []string `yaml:"never"`
}
