// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Shown returns the ids of the fields of the form that are asked, given the answers so
// far. A field whose condition is not certain yet is not asked yet.
func (p *Protocol) Shown(f *Form, facts Facts, now time.Time) map[string]bool {
	asked := p.asked(f, facts, now)
	shown := make(map[string]bool, len(asked))
	for i, field := range f.fields() {
		if asked[i] {
			shown[field.ID] = true
		}
	}
	return shown
}

// asked tells of every field of the form, in order, whether it is asked.
func (p *Protocol) asked(f *Form, facts Facts, now time.Time) []bool {
	q := p.Asking(facts, now)
	defer q.Done()
	return q.Asked(f)
}

// Asking tells of several forms which of their fields are asked, all over the same facts.
// Laying out the facts takes longer than the conditions of a form, so it is done once; and
// not at all when no form is asked about. End it with Done.
type Asking struct {
	p  *Protocol
	in Input

	// What follows is laid out apart: for a form that looks at no fact that follows, the
	// milestones are what they were told to be and nothing more.
	plain, followed *activation
}

// Asking begins to ask. It is for one goroutine.
func (p *Protocol) Asking(facts Facts, now time.Time) *Asking {
	return &Asking{p: p, in: Input{Facts: facts, Now: now}}
}

// Asked tells of every field of the form, in order, whether it is asked. A field whose
// condition is not certain yet is not asked yet.
func (q *Asking) Asked(f *Form) []bool {
	at := &q.plain
	if len(q.p.compiled.showNeeds[f.ID]) > 0 {
		at = &q.followed
	}
	if *at == nil {
		*at = q.p.activate(&q.in)
	}
	(*at).settleFor(f)
	conditions := q.p.compiled.shows[f.ID]
	asked := make([]bool, len(conditions))
	for i, cond := range conditions {
		asked[i] = (*at).try(cond).verdict == True
	}
	return asked
}

// Done ends it.
func (q *Asking) Done() {
	for _, a := range []*activation{q.plain, q.followed} {
		if a != nil {
			a.release()
		}
	}
	q.plain, q.followed = nil, nil
}

// fields walks the fields of a form in their order.
func (f *Form) fields() iter.Seq2[int, *Field] {
	return func(yield func(int, *Field) bool) {
		n := 0
		for s := range f.Sections {
			for i := range f.Sections[s].Fields {
				if !yield(n, &f.Sections[s].Fields[i]) {
					return
				}
				n++
			}
		}
	}
}

// settleFor lets follow only those facts that the form's own conditions look at.
func (a *activation) settleFor(f *Form) {
	needed := a.c.showNeeds[f.ID]
	if len(needed) == 0 {
		return
	}
	a.ev = &Evaluation{Unsettled: map[string]bool{}}
	a.milestones()
	for _, i := range needed {
		if n := &a.c.order[i]; !a.standing(n) {
			a.follow(n)
		}
	}
}

// standing tells that the facts given already hold what follows from a node, in a way
// that a form alone could not find again: from rows, or by a decision.
func (a *activation) standing(n *node) bool {
	switch {
	case n.fact != nil && n.fact.AnyOf != "":
		return a.values[n.make[0]] != nil
	case n.table != nil, n.criteria != nil:
		at := a.c.indexOf(n.name + "_decided")
		return at >= 0 && a.raw[at] == true
	}
	return false
}

// ReadAnswers turns posted values into facts: types checked, hidden fields dropped,
// unknown options left out. It never loses text: raw values stay with the caller.
// A required field that is shown and empty gives an AnswerError with Missing set.
//
// One value is posted under the id of its field; the values of a choices field under the
// same id, repeated; yes or no as "yes" or "no". The words with an option that asks for
// them are posted as <field>_<option>. A date is posted as <id> (yyyy-mm-dd), a moment as
// <id>_date and <id>_time. An occurrence <id> is posted as <id>_date, <id>_time, <id>_fold
// (first|second), <id>_to_date, <id>_to_time, <id>_unknown, <id>_discovered_date,
// <id>_discovered_time.
func (p *Protocol) ReadAnswers(f *Form, posted url.Values, now time.Time) (Facts, []AnswerError) {
	return p.ReadAnswersIn(f, posted, nil, now)
}

// ReadAnswersIn reads a form on a case that exists: known are the facts of the case (and
// of the row), which the conditions of the form may look at. The result holds only what
// was posted. What the case knew about a question that was posted does not count: the
// reader may have cleared it. A question that was not posted keeps what was known.
func (p *Protocol) ReadAnswersIn(f *Form, posted url.Values, known Facts, now time.Time) (Facts, []AnswerError) {
	facts := make(Facts, len(posted))
	faulty := map[int][]AnswerError{} // by place of the field in the form
	for i, field := range f.fields() {
		if faults := p.readField(facts, field, posted, now); len(faults) > 0 {
			faulty[i] = faults
		}
	}
	asked := p.dropHidden(f, facts, notAsked(f, posted, known), now)
	var errors []AnswerError
	for i, field := range f.fields() {
		if !asked[i] {
			continue
		}
		errors = append(errors, faulty[i]...)
		if field.Need == "required" && facts[field.ID] == nil && len(faulty[i]) == 0 && !saidUnknown(field, posted) {
			errors = append(errors, AnswerError{Field: field.ID, Message: missingMessage, Missing: true})
		}
	}
	return facts, errors
}

// notAsked are the known facts that were not asked again.
func notAsked(f *Form, posted url.Values, known Facts) Facts {
	if len(known) == 0 {
		return nil
	}
	rest := maps.Clone(known)
	for s := range f.Sections {
		for i := range f.Sections[s].Fields {
			field := &f.Sections[s].Fields[i]
			if !sent(field, posted) {
				continue
			}
			delete(rest, field.ID)
			for j := range field.Options {
				delete(rest, field.ID+"_"+field.Options[j].ID)
			}
		}
	}
	return rest
}

// sent: a moment is posted as its parts.
func sent(f *Field, posted url.Values) bool {
	if posted.Has(f.ID) {
		return true
	}
	return (f.Type == TypeMoment || f.Type == TypeOccurrence) && (posted.Has(f.ID+"_date") || posted.Has(f.ID+"_unknown"))
}

// dropHidden removes the answers to questions that are not asked. Dropping one can hide
// another, so it goes on until nothing changes.
func (p *Protocol) dropHidden(f *Form, facts, known Facts, now time.Time) []bool {
	for {
		seen := facts
		if len(known) > 0 {
			seen = maps.Clone(known)
			maps.Copy(seen, facts)
		}
		asked := p.asked(f, seen, now)
		before := len(facts)
		for i, field := range f.fields() {
			if !asked[i] {
				dropField(facts, field)
			}
		}
		if len(facts) == before {
			return asked
		}
	}
}

// dropField removes the answer to a question and the words with its options.
func dropField(facts Facts, f *Field) {
	delete(facts, f.ID)
	for i := range f.Options {
		if f.Options[i].Text {
			delete(facts, f.ID+"_"+f.Options[i].ID)
		}
	}
}

// Progress counts the shown fields of a form: those needed or wanted, and how many are answered.
func (p *Protocol) Progress(f *Form, facts Facts, now time.Time) (answered, asked int, missing []string) {
	shown := p.asked(f, facts, now)
	for i, field := range f.fields() {
		if !shown[i] || field.Need == "optional" {
			continue
		}
		asked++
		if facts[field.ID] != nil {
			answered++
		} else {
			missing = append(missing, field.ID)
		}
	}
	return answered, asked, missing
}

// readField reads into facts the answer to one question, and the words with its options.
func (p *Protocol) readField(facts Facts, f *Field, posted url.Values, now time.Time) []AnswerError {
	value, ok, errors := p.readValue(f, posted, now)
	if ok {
		facts[f.ID] = value
	} else if len(errors) > 0 || !saidUnknown(f, posted) {
		return errors
	} else {
		value = posted[f.ID] // an unknown leaves the fact open; why it is unknown is kept
	}
	for i := range f.Options {
		o := &f.Options[i]
		if !o.Text || !chosen(value, o.ID) {
			continue
		}
		id := f.ID + "_" + o.ID
		words, given, faults := readText(&Field{ID: id, Type: TypeText, Max: f.Max}, posted.Get(id))
		if given {
			facts[id] = words
		} else if o.Reason && len(faults) == 0 {
			faults = []AnswerError{{Field: id, Message: whyMessage}}
		}
		errors = append(errors, faults...)
	}
	return errors
}

func chosen(value any, option string) bool {
	switch v := value.(type) {
	case string:
		return v == option
	case []string:
		return slices.Contains(v, option)
	case bool:
		return v && option == "yes" || !v && option == "no"
	}
	return false
}

// saidUnknown tells that the reader chose an option that says so: an answer, not a gap.
func saidUnknown(f *Field, posted url.Values) bool {
	for _, value := range posted[f.ID] {
		for i := range f.Options {
			if f.Options[i].ID == value && f.Options[i].Unknown {
				return true
			}
		}
	}
	return false
}

// whyMessage stands at the words with an option such as “Nog niet bekend, want”.
var whyMessage = Text{NL: "Schrijf erbij waarom.", EN: "Write down why."}

// missingMessage stands beside the label of its question, so it does not repeat it.
var missingMessage = Text{NL: "Hier is nog een antwoord nodig.", EN: "An answer is needed here."}

func (p *Protocol) readValue(f *Field, posted url.Values, now time.Time) (any, bool, []AnswerError) {
	switch f.Type {
	case TypeOccurrence:
		o, ok, errors := readOccurrence(f.ID, posted, p.compiled.location, now)
		return o, ok, errors
	case TypeMoment:
		t, ok, errors := readMoment(f.ID, posted, p.compiled.location)
		return t, ok, errors
	case TypeDate:
		t, ok, errors := readDate(f.ID, posted, p.compiled.location)
		return t, ok, errors
	case TypeChoices:
		return readChoices(f, posted[f.ID])
	}
	text := clean(posted.Get(f.ID), f.Type == TypeLong)
	if text == "" {
		return nil, false, nil
	}
	switch f.Type {
	case TypeYesNo:
		return readYesNo(f, text)
	case TypeChoice:
		return readChoice(f, text)
	case TypeNumber:
		return readNumber(f, text)
	case TypeEmail:
		return readShaped(f, text, email, 254, Text{
			"Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl.",
			"This is not an e-mail address. Write it as name@example.org.",
		})
	case TypePhone:
		return readShaped(f, text, phone, 30, Text{
			"Dit is geen telefoonnummer. Gebruik alleen cijfers, spaties, + en -.",
			"This is not a phone number. Use only digits, spaces, + and -.",
		})
	default:
		words, ok, errors := readText(f, text)
		return words, ok, errors
	}
}

// clean makes typed text safe to keep: valid UTF-8, one kind of line end, no control signs.
func clean(text string, lines bool) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "�")
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r':
			if lines {
				return '\n'
			}
			return ' '
		case r == '\t':
			return ' '
		case r < ' ' || r == 0x7f:
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}
