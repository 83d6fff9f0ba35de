// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"io/fs"
	"net/url"
	"time"
)

type compiled struct{}

// Load reads, joins and checks the protocol folder fsys. Faults come back as Problems,
// each with file, line and cure; warnings alone do not fail (Warnings lists them).
func Load(fsys fs.FS) (*Protocol, error) { panic("pending") }

// Warnings lists what Load found odd but readable.
func (p *Protocol) Warnings() []Problem { panic("pending") }

// Evaluate applies every rule to what is known. Safe for concurrent use.
func (p *Protocol) Evaluate(in Input) *Evaluation { panic("pending") }

// Milestones names the facts that the desk itself supplies for this protocol, with
// their types: received_at, <product>_released, <step>_done …
func (p *Protocol) Milestones() []Fact { panic("pending") }

// Form finds a form by id; nil when there is none. Table, Product, … likewise.
func (p *Protocol) Form(id string) *Form             { panic("pending") }
func (p *Protocol) Table(id string) *Table           { panic("pending") }
func (p *Protocol) CriteriaList(id string) *Criteria { panic("pending") }
func (p *Protocol) Duty(id string) *Duty             { panic("pending") }
func (p *Protocol) Deadline(id string) *Deadline     { panic("pending") }
func (p *Protocol) Step(id string) *Step             { panic("pending") }
func (p *Protocol) Product(id string) *Product       { panic("pending") }
func (p *Protocol) Role(id string) *Role             { panic("pending") }
func (p *Protocol) Kind(id string) *Kind             { panic("pending") }
func (p *Protocol) Phase(id string) *Phase           { panic("pending") }
func (p *Protocol) Fact(id string) *Fact             { panic("pending") } // any declared fact, field, output or milestone
func (p *Protocol) Text(id string) Text              { panic("pending") }
func (p *Protocol) Location() *time.Location         { panic("pending") }

// Shown returns the ids of the fields of the form that are asked, given the answers so far.
func (p *Protocol) Shown(f *Form, facts Facts, now time.Time) map[string]bool { panic("pending") }

// ReadAnswers turns posted values into facts: types checked, hidden fields dropped,
// unknown options left out. It never loses text: raw values stay with the caller.
// An occurrence <id> is posted as <id>_date, <id>_time, <id>_fold (first|second),
// <id>_to_date, <id>_to_time, <id>_unknown, <id>_discovered_date, <id>_discovered_time.
func (p *Protocol) ReadAnswers(f *Form, posted url.Values, now time.Time) (Facts, []AnswerError) {
	panic("pending")
}

// Progress counts the shown fields of a form: those needed or wanted, and how many are answered.
func (p *Protocol) Progress(f *Form, facts Facts, now time.Time) (answered, asked int, missing []string) {
	panic("pending")
}

// Words renders the value of a fact for a reader: option labels, dates in local time.
func (p *Protocol) Words(fact string, value any) Text { panic("pending") }

// Compose fills the parts of a product from facts no deeper than the product's level.
func (p *Protocol) Compose(pr *Product, ev *Evaluation, row Facts) map[string]string {
	panic("pending")
}

// Holds evaluates one condition of the protocol (a stop, a guard) over an evaluation.
func (p *Protocol) Holds(condition string, ev *Evaluation, row Facts) (Verdict, Reason) {
	panic("pending")
}

// EncodeFacts and DecodeFacts turn facts into JSON and back without losing their types.
func (p *Protocol) EncodeFacts(f Facts) ([]byte, error) { panic("pending") }
func (p *Protocol) DecodeFacts(b []byte) (Facts, error) { panic("pending") }
