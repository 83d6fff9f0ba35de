// SPDX-License-Identifier: EUPL-1.2

package protocol

// Fact declares something that can be known about a case. Form fields, table
// outputs and criteria lists declare facts by themselves; facts: adds those that
// are derived from others.
type Fact struct {
	ID      string   `yaml:"id"`
	Title   Text     `yaml:"title"`
	Type    string   `yaml:"type"`
	Options []Option `yaml:"options"`
	Level   Level    `yaml:"level"`
	AVG     string   `yaml:"avg"` // N, P, P°, S, C
	Is      string   `yaml:"is"`  // condition or expression over other facts
	AnyOf   string   `yaml:"any"` // id of a repeated form: true when some row makes `where` true
	Where   string   `yaml:"where"`
	First   string   `yaml:"first"` // field of that form: not whether there is such a row, but its earliest moment
	Source  Source   `yaml:"source"`
	Pos     Pos      `yaml:"-"`
}

// Option is one answer of a choice. Unknown options leave the fact unknown.
// Text asks for words with it; they become the fact <field>_<option>.
type Option struct {
	ID      string `yaml:"id"`
	Label   Text   `yaml:"label"`
	Help    Text   `yaml:"help"`
	Unknown bool   `yaml:"unknown"`
	Text    bool   `yaml:"text"`
	Reason  bool   `yaml:"reason"` // the words with it say why: without them there is no answer

	// Roles are the roles that the option stands for, in a question that some field names
	// with `for`: whoever is chosen may read that field.
	Roles []string `yaml:"roles"`
}

// Form is a set of questions.
//
//	use: report     its sending opens a case of kind `opens`
//	use: follow_up  sent by the reporter on an existing case (found again, supplement)
//	use: officer    facts that the desk adds
//	use: rows       repeated: each sending adds or changes one row (party, investigation, person)
//	use: advice     answered, evaluated, never stored
//	use: register   filled by the desk from its registers when the case opens
//	use: yearly     opens a case when the figures of a year fall due; filled by the desk
//	use: figures    opens a case per agreement and period; filled by the desk
//	use: version    opens a case for a new version of the protocol; filled by the desk
type Form struct {
	ID    string   `yaml:"id"`
	Title Text     `yaml:"title"`
	Intro Text     `yaml:"intro"`
	Use   string   `yaml:"use"`
	Opens string   `yaml:"opens"`
	By    []string `yaml:"by"` // role ids; empty with use: report or advice means anyone
	Of    []string `yaml:"of"` // facts that name the organisations whose people fill it in, of roles that belong to one
	When  string   `yaml:"when"`
	Ref   string   `yaml:"ref"`

	// HiddenUntil keeps the answers of this form to its own `by` roles, and out of every
	// rule, until it holds: two halves that must not colour each other (R-I-60…67).
	HiddenUntil string    `yaml:"hidden_until"`
	Sections    []Section `yaml:"sections"`
	Source      Source    `yaml:"source"`
	Pos         Pos       `yaml:"-"`
}

// Section groups fields under one heading.
type Section struct {
	ID     string  `yaml:"id"`
	Title  Text    `yaml:"title"`
	Intro  Text    `yaml:"intro"`
	Fields []Field `yaml:"fields"`
	Pos    Pos     `yaml:"-"`
}

// Field is one question. Its id is the id of the fact it answers; the same id in
// another form answers the same fact (and may leave out what was said there: see
// `like`). Needs: required (sending waits for it), wanted (metered, never blocks), optional.
type Field struct {
	ID      string   `yaml:"id"`
	Ref     string   `yaml:"ref"` // number in the source: F16, X05
	Label   Text     `yaml:"label"`
	Help    Text     `yaml:"help"`
	Type    string   `yaml:"type"`
	Options []Option `yaml:"options"`
	Show    string   `yaml:"show"` // condition; a hidden field is neither asked nor stored
	Need    string   `yaml:"need"` // required | wanted | optional; empty is optional
	Level   Level    `yaml:"level"`
	AVG     string   `yaml:"avg"`
	Max     int      `yaml:"max"`   // characters, or the highest number
	Scan    bool     `yaml:"scan"`  // warn on identifying data in the text
	Like    string   `yaml:"like"`  // take everything from this field, declared elsewhere
	Index   bool     `yaml:"index"` // may be compared between cases through a keyed hash
	Purpose Text     `yaml:"purpose"`
	Urgent  []string `yaml:"urgent"`  // option ids that mark the case urgent
	AtOnce  bool     `yaml:"at_once"` // in a form with hidden_until: this answer is seen and counts from the first

	// For names a question of which the options stand for roles: only the roles of the options
	// that were chosen there may read the answer, however deep they see (R-I-58).
	For string `yaml:"for"`

	// Beside names questions of the case whose answers stand above this one, for who must judge
	// what the case already knows (R-I-65). Only in a form on an existing case.
	Beside []string `yaml:"beside"`

	// Register names what the desk looks up to answer it, see Registers; only in a form
	// with use: register. An officer may correct it.
	Register string `yaml:"register"`
	Source   Source `yaml:"source"`
	Pos      Pos    `yaml:"-"`
}

// PublicReport is the form that anybody may send: the first report form that names no role,
// or else the first one; nil: there is none.
func (p *Protocol) PublicReport() *Form {
	var first *Form
	for i := range p.Forms {
		form := &p.Forms[i]
		if form.Use != "report" {
			continue
		}
		if len(form.By) == 0 {
			return form
		}
		if first == nil {
			first = form
		}
	}
	return first
}
