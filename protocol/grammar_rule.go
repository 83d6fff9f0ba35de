// SPDX-License-Identifier: EUPL-1.2

package protocol

// Table is a decision table (DMN): a question that a person answers, with a proposal.
//
//	hit: first    rows stand in order of caution; the first that is not false is proposed
//	hit: unique   at most one row may be true; the checker warns of overlap
//	hit: collect  every row that is not false adds its outputs (lists)
//
// unknown: cautious (default) lets an unknown row win provisionally; skip passes it over.
type Table struct {
	ID        string   `yaml:"id"`
	Title     Text     `yaml:"title"`
	Question  Text     `yaml:"question"`
	Ref       string   `yaml:"ref"`
	Hit       string   `yaml:"hit"`
	Unknown   string   `yaml:"unknown"`
	When      string   `yaml:"when"`       // does the question arise? empty: always
	DecidedBy []string `yaml:"decided_by"` // role ids; empty: derived, nobody decides
	Of        []string `yaml:"of"`         // facts that name the organisations whose people decide, of roles that belong to one

	// Together are groups of roles that must each sign the same outcome before it stands
	// (R-I-72); empty: one person decides.
	Together [][]string `yaml:"together"`
	Outputs  []Fact     `yaml:"outputs"`
	Rules    []Rule     `yaml:"rules"`
	Source   Source     `yaml:"source"`
	Pos      Pos        `yaml:"-"`
}

// Rule is one row. Then gives a value for each output named.
type Rule struct {
	ID      string         `yaml:"id"`
	Title   Text           `yaml:"title"`
	When    string         `yaml:"when"` // empty or "true": always
	Then    map[string]any `yaml:"then"`
	Because Text           `yaml:"because"`
	Source  Source         `yaml:"source"`
	Pos     Pos            `yaml:"-"`
}

// Criteria is a list of which any number may be met. Two facts follow: <id> (choices:
// the item ids met or, after a decision, decided) and <id>_possible (those unknown).
type Criteria struct {
	ID        string   `yaml:"id"`
	Title     Text     `yaml:"title"`
	Ref       string   `yaml:"ref"`
	Level     Level    `yaml:"level"` // how deep the outcome goes; default V1
	When      string   `yaml:"when"`
	DecidedBy []string `yaml:"decided_by"`
	Items     []Rule   `yaml:"items"`
	Source    Source   `yaml:"source"`
	Pos       Pos      `yaml:"-"`
}

// Duty is something somebody must tell somebody else; recorded by the desk, often
// not performed by it. Must values: yes, no, consult. States: open, done,
// not_applicable, unknown. It yields the facts <id>_must and <id>_state.
type Duty struct {
	ID     string `yaml:"id"`
	Title  Text   `yaml:"title"`
	Tell   string `yaml:"tell"`
	By     string `yaml:"by"` // role id
	Basis  Text   `yaml:"basis"`
	Rules  []Rule `yaml:"rules"` // first match; then: {must: yes, note: …}
	Done   string `yaml:"done"`  // condition that shows it was done, from a form answer
	Ask    Text   `yaml:"ask"`   // question to the reporter while it is open
	Source Source `yaml:"source"`
	Pos    Pos    `yaml:"-"`
	Desk   bool   `yaml:"desk"` // performed by sending the report itself
	Ref    string `yaml:"ref"`
}

// Deadline is a clock. `from` is a fact of type moment, date or occurrence (forms,
// milestones such as received_at or <product>_released_at) or the id of another
// deadline whose due moment starts this one.
type Deadline struct {
	ID       string   `yaml:"id"` // T-01
	Title    Text     `yaml:"title"`
	About    []string `yaml:"about"` // facts named after the title, V1 at most
	When     string   `yaml:"when"`
	From     string   `yaml:"from"`
	Within   string   `yaml:"within"`    // "48 hours", "1 working day", "4 desk hours", "2 months", "6 weeks", "3 days", "0 hours"
	End      string   `yaml:"end"`       // empty: same time of day, working days at office close; exact | end_of_day | office_close | desk_open | a time: "9:00"
	Met      string   `yaml:"met"`       // condition, or a moment fact: when the clock stops
	Owner    string   `yaml:"owner"`     // role that must act
	Strength string   `yaml:"strength"`  // term | target | watch; a watch ends in a duty, not in lateness
	Each     string   `yaml:"each"`      // id of a repeated form: one clock per row
	Warn     []int    `yaml:"warn"`      // percentages; default 50, 90
	Pause    Pause    `yaml:"pause"`     // the clock stands still between two moments
	Repeat   string   `yaml:"repeat"`    // reminds who must act: at its end and each interval after it, e.g. "1 day"
	RepeatAt string   `yaml:"repeat_at"` // empty: at its hour, also at night | desk_open: it waits for the desk to open

	Escalate []Escalation `yaml:"escalate"` // who is told when it ended and was not met
	Because  Text         `yaml:"because"`
	Source   Source       `yaml:"source"`
	Pos      Pos          `yaml:"-"`
}
