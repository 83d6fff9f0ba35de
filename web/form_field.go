// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"example.org/loket/protocol"
)

// Answers to a yes-or-no question as they are posted. Empty is "I do not know now".
const (
	postedYes = "yes"
	postedNo  = "no"
)

// domID is the id of the element that posts name; fields and page parts never collide.
func domID(name string) string { return "v-" + name }

// faultID, helpID and lookID name the texts that belong to an element.
func faultID(name string) string { return "fout-" + name }
func helpID(name string) string  { return "uitleg-" + name }
func lookID(name string) string  { return "let-op-" + name }

// besideID names what the case already knows, above the answers of a question.
func besideID(name string) string { return "bekend-" + name }

// describedBy lists the texts a screen reader reads with a field.
func (f *formView) describedBy(v *reader, field *protocol.Field, names ...string) string {
	var ids []string
	if v.P(field.Help) != "" {
		ids = append(ids, helpID(field.ID))
	}
	if len(f.Beside[field.ID]) > 0 {
		ids = append(ids, besideID(field.ID))
	}
	for _, name := range names {
		ids = append(ids, faultID(name))
	}
	if field.Scan {
		ids = append(ids, lookID(field.ID))
	}
	return strings.Join(ids, " ")
}

// wrong tells whether one of the answers of a field cannot be taken.
func (f *formView) wrong(field *protocol.Field) bool {
	return slices.ContainsFunc(postedNames(field), func(name string) bool { return f.Faults[name] != "" })
}

// chosen tells whether option was ticked or selected.
func (f *formView) chosen(name, option string) bool {
	answers, posted := f.Values[name]
	return posted && slices.Contains(answers, option)
}

// urgent tells whether an answer asks for a phone call.
func (f *formView) urgent(field *protocol.Field) bool {
	return slices.ContainsFunc(field.Urgent, func(option string) bool { return f.chosen(field.ID, option) })
}

// rows is the height of a text area: room for what is asked.
func rows(field *protocol.Field) string {
	if field.Max > 2000 || field.Max == 0 {
		return "6"
	}
	return "3"
}

// inputKind tells browsers what will be typed: the right keyboard, the right suggestion.
// Dates and numbers stay text, so that whatever was typed comes back as it was.
type inputKind struct {
	kind, mode, complete, width string
}

var inputKinds = map[string]inputKind{
	protocol.TypeText:   {kind: "text"},
	protocol.TypeNumber: {kind: "text", mode: "numeric", width: "loket-input--short"},
	protocol.TypeDate:   {kind: "text", mode: "numeric", width: "loket-input--medium"},
	protocol.TypePhone:  {kind: "tel", complete: "tel", width: "loket-input--medium"},
	protocol.TypeEmail:  {kind: "email", complete: "email", width: "loket-input--wide"},
}

func kindOf(field *protocol.Field) inputKind {
	kind, ok := inputKinds[field.Type]
	if !ok {
		kind = inputKinds[protocol.TypeText]
	}
	if field.ID == "organisation" {
		kind.complete = "organization"
	}
	if field.Type == protocol.TypeText && field.Max > 0 && field.Max <= 40 {
		kind.width = "loket-input--medium"
	}
	return kind
}

// optionsLayout puts few short answers on one line and many in columns.
func (v *reader) optionsLayout(field *protocol.Field) string {
	longest, words := 0, false
	for _, option := range field.Options {
		longest = max(longest, len([]rune(v.P(option.Label))))
		words = words || option.Text || v.P(option.Help) != ""
	}
	switch {
	case len(field.Options) <= 4 && longest <= 18 && !words:
		return "loket-options--inline"
	case len(field.Options) >= 6 && longest <= 60:
		return "loket-options--columns"
	}
	return ""
}

// needWord is the key of the mark after a label.
func needWord(field *protocol.Field) string {
	switch field.Need {
	case "required", "wanted":
		return "form.need_" + field.Need
	}
	return "form.need_optional"
}

// sectionID is the id of a section on the page.
func sectionID(section *protocol.Section) string { return "deel-" + section.ID }

// visible tells whether a section asks anything now.
func (f *formView) visible(section *protocol.Section) bool {
	return slices.ContainsFunc(section.Fields, func(field protocol.Field) bool { return f.Shown[field.ID] })
}

// needed tells whether sending waits for an answer in this section.
func needed(section *protocol.Section) bool {
	return slices.ContainsFunc(section.Fields, func(field protocol.Field) bool { return field.Need == "required" && field.Show == "" })
}

// opened tells whether a folded section starts open: it holds a fault, a second look or
// what the step is about.
func (f *formView) opened(section *protocol.Section) bool {
	return slices.ContainsFunc(section.Fields, func(field protocol.Field) bool {
		return f.wrong(&field) || len(f.looks(field.ID)) > 0 || slices.Contains(f.Sought, field.ID)
	})
}

// count is how many of the questions in a section that matter have an answer.
func (f *formView) count(section *protocol.Section) (answered, asked int) {
	for i := range section.Fields {
		field := &section.Fields[i]
		if !f.Shown[field.ID] || field.Need != "required" && field.Need != "wanted" {
			continue
		}
		asked++
		if !f.Missing[field.ID] {
			answered++
		}
	}
	return answered, asked
}

// countWords is the short line at the end of a folded section's heading.
func (v *reader) countWords(f *formView, section *protocol.Section) string {
	answered, asked := f.count(section)
	if asked == 0 {
		return v.T("form.need_optional")
	}
	return v.T("form.count", strconv.Itoa(answered), strconv.Itoa(asked))
}

// attributes are those that every single element of a field carries.
func (f *formView) attributes(v *reader, field *protocol.Field, name string) templ.Attributes {
	found := describe(f.describedBy(v, field, name))
	if f.Faults[name] != "" {
		found["aria-invalid"] = "true"
	}
	if field.Need == "required" && (name == field.ID || name == field.ID+"_date" && field.Type == protocol.TypeMoment) {
		found["aria-required"] = "true"
	}
	return found
}

func describe(ids string) templ.Attributes {
	if ids == "" {
		return templ.Attributes{}
	}
	return templ.Attributes{"aria-describedby": ids}
}

// imprecise tells whether the part for periods and unknown moments is in use.
func (f *formView) imprecise(field *protocol.Field) bool {
	for _, part := range []string{"_to_date", "_to_time", "_unknown", "_discovered_date", "_discovered_time"} {
		if f.Values.Get(field.ID+part) != "" || f.Faults[field.ID+part] != "" {
			return true
		}
	}
	return false
}

// otherLabel stands at the words with an option: a reason, or what it is.
func (v *reader) otherLabel(option protocol.Option) string {
	if option.Reason {
		return v.T("form.why")
	}
	return v.T("form.other")
}
