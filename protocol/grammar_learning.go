// SPDX-License-Identifier: EUPL-1.2

package protocol

// What remains of a case and of a year: questions, figures, how long things are kept, and
// the drawings of how it all goes.

// Question is one evaluation question.
type Question struct {
	ID      string   `yaml:"id"`
	List    string   `yaml:"list"`
	Text    Text     `yaml:"text"`
	Type    string   `yaml:"type"`
	Options []Option `yaml:"options"`
	Source  Source   `yaml:"source"`
	Pos     Pos      `yaml:"-"`
}

// Figure is one column of the register or the yearly data set; no persons.
type Figure struct {
	ID       string `yaml:"id"`
	Title    Text   `yaml:"title"`
	Fact     string `yaml:"fact"`     // dimension
	Count    string `yaml:"count"`    // condition: measure
	Suppress int    `yaml:"suppress"` // cells below this are not shown
	Source   Source `yaml:"source"`
	Pos      Pos    `yaml:"-"`
}

// Retention says how long, and what happens then.
type Retention struct {
	ID     string  `yaml:"id"`
	Title  Text    `yaml:"title"`
	Levels []Level `yaml:"levels"`

	// Fields limits the rule to these facts; without them it takes all facts and typed words
	// of its levels, and with V1 among those the whole case.
	Fields []string `yaml:"fields"`
	Keep   string   `yaml:"keep"` // duration
	From   string   `yaml:"from"` // moment fact
	Then   string   `yaml:"then"` // erase | propose
	Source Source   `yaml:"source"`
	Pos    Pos      `yaml:"-"`
}

// Chart is a flowchart drawn from nodes and arrows.
type Chart struct {
	ID     string      `yaml:"id"`
	Title  Text        `yaml:"title"`
	Ref    string      `yaml:"ref"`
	Nodes  []ChartNode `yaml:"nodes"`
	Source Source      `yaml:"source"`
	Pos    Pos         `yaml:"-"`
}

// ChartNode is a box with its arrows.
type ChartNode struct {
	ID   string       `yaml:"id"`
	Text Text         `yaml:"text"`
	Kind string       `yaml:"kind"` // start | step | question | end
	To   []ChartArrow `yaml:"to"`
}

// ChartArrow leads to another node.
type ChartArrow struct {
	Node string `yaml:"node"`
	Text Text   `yaml:"text"`
}
