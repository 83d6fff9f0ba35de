// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// checking says which faults a form shows.
type checking int

const (
	checkNothing checking = iota // a fresh form
	checkTyped                   // what was typed, while the form is not finished
	checkAll                     // the form was sent
)

// formView is any form of the protocol as it stands on a page. Values are kept as they
// were typed; what could be read of them is in Facts.
//
//	v.fill(form, values, known, check) → formView → @formFields(v, f)
type formView struct {
	Form     *protocol.Form
	Values   url.Values        // as typed, by posted name
	Facts    protocol.Facts    // known facts and answers together
	Answers  protocol.Facts    // answers of this form alone
	Shown    map[string]bool   // field ids
	Faults   map[string]string // by posted name, in words
	Order    []fault           // the same, in the order of the form
	Look     []look            // what deserves a second look; never blocks
	Answered int
	Asked    int
	known    protocol.Facts
	Missing  map[string]bool // field ids that are wanted or needed and have no answer
	Sent     bool            // the form was sent, so the summary speaks
	Marked   bool            // each question says whether it is needed, wanted or neither
	Sought   []string        // field ids that the step is about from which the form was opened
	Folded   bool            // sections without a needed answer start closed

	Beside map[string][]desk.FactView // by field id: what the case already knows of it
}

// fault is one answer that cannot be taken.
type fault struct{ name, label, message string }

// faultLine is one line of the summary: the question, then what is wrong with the answer.
func faultLine(f fault) string {
	if strings.HasSuffix(f.label, "?") {
		return f.label + " " + f.message
	}
	return f.label + ": " + f.message
}

// fill makes the view of a form. known are facts from elsewhere (the case) that decide
// which questions are asked.
func (v *reader) fill(form *protocol.Form, values url.Values, known protocol.Facts, check checking) *formView {
	if values == nil {
		values = url.Values{}
	}
	answers, faults := v.protocol.ReadAnswers(form, values, v.now)
	f := &formView{Form: form, Values: values, Answers: answers, Facts: protocol.Facts{}, Faults: map[string]string{}, Missing: map[string]bool{}}
	f.Sent, f.known = check == checkAll, known
	maps.Copy(f.Facts, known)
	maps.Copy(f.Facts, answers)
	f.Shown = v.protocol.Shown(form, f.Facts, v.now)
	var missing []string
	f.Answered, f.Asked, missing = v.protocol.Progress(form, f.Facts, v.now)
	for _, id := range missing {
		f.Missing[id] = true
	}
	for field := range f.fields() {
		f.Marked = f.Marked || field.Need == "required" || field.Need == "wanted"
	}
	if check != checkNothing {
		v.addFaults(f, faults, check)
	}
	return f
}

// addFaults puts the faults of a form in words, in the order of its questions.
func (v *reader) addFaults(f *formView, faults []protocol.AnswerError, check checking) {
	byName := map[string]protocol.Text{}
	for _, found := range faults {
		if _, said := byName[found.Field]; !said {
			byName[found.Field] = found.Message
		}
	}
	for field := range f.fields() {
		for _, name := range postedNames(field) {
			message, wrong := byName[name]
			if !wrong || check == checkTyped && !f.typed(field) {
				continue
			}
			f.Faults[name] = v.P(message)
			f.Order = append(f.Order, fault{name: name, label: v.P(field.Label), message: v.P(message)})
		}
	}
}

// addFault adds a fault that the page found itself, such as an answer that was too long.
func (v *visit) addFault(f *formView, name, message string) {
	if _, said := f.Faults[name]; said {
		return
	}
	label := name
	for field := range f.fields() {
		if slices.Contains(postedNames(field), name) {
			label = v.P(field.Label)
		}
	}
	f.Faults[name] = message
	f.Order = append(f.Order, fault{name: name, label: label, message: message})
}

// fields walks the questions of the form in their order.
func (f *formView) fields() func(yield func(*protocol.Field) bool) {
	return func(yield func(*protocol.Field) bool) {
		for i := range f.Form.Sections {
			for j := range f.Form.Sections[i].Fields {
				if !yield(&f.Form.Sections[i].Fields[j]) {
					return
				}
			}
		}
	}
}

// typed tells whether anything was filled in for a field.
func (f *formView) typed(field *protocol.Field) bool {
	for _, name := range postedNames(field) {
		if f.Values.Get(name) != "" {
			return true
		}
	}
	return false
}

// empty tells whether nothing at all was filled in.
func (f *formView) empty() bool {
	for field := range f.fields() {
		if f.typed(field) {
			return false
		}
	}
	return true
}

// postedNames lists the names under which the answers of a field are posted, the most
// telling first: the first one takes the focus when something is wrong with the whole.
func postedNames(field *protocol.Field) []string {
	id := field.ID
	switch field.Type {
	case protocol.TypeOccurrence:
		return []string{
			id + "_date", id + "_time", id + "_fold", id + "_to_date", id + "_to_time", id + "_unknown",
			id + "_discovered_date", id + "_discovered_time", id,
		}
	case protocol.TypeMoment:
		return []string{id + "_date", id + "_time", id + "_fold", id}
	}
	names := []string{id}
	for _, option := range field.Options {
		if option.Text {
			names = append(names, id+"_"+option.ID)
		}
	}
	return names
}
