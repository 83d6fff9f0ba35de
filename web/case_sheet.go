// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
)

// sheet is a page of a case with forms on it. It knows the version that the reader sees,
// and what was typed in a form that the desk could not take.
type sheet struct {
	*reader
	id      loket.CaseID
	version int       // of the case
	made    time.Time // when this page was made
	nonce   string    // makes the forms of this page idempotent
	brought string    // the folded form that was asked for, see brings
	whole   bool      // the page has all its folded forms
	kept    kept
}

// kept is a form that was refused: its values go back to the reader as they were typed.
type kept struct {
	form   string // which form of the page
	values url.Values
	err    *loket.Error
	seen   time.Time // when the reader's page was made
}

func (v *visit) sheet(id loket.CaseID, version int, made time.Time) *sheet {
	return &sheet{reader: v.reader, id: id, version: version, made: made, nonce: v.rand.ID(), brought: v.r.URL.Query().Get(bringParam)}
}

// keep remembers the posted form and why it was refused.
func (s *sheet) keep(refused *loket.Error) {
	seen, _ := time.Parse(time.RFC3339Nano, s.r.PostForm.Get("moment"))
	s.kept = kept{form: s.r.PostForm.Get("formulier"), values: s.r.PostForm, err: refused, seen: seen}
	s.focus = true
}

// field is what a form field holds: what was typed before, or else the given value.
func (s *sheet) field(form, name, otherwise string) string {
	if s.kept.form == form && s.kept.values != nil {
		return s.kept.values.Get(name)
	}
	return otherwise
}

// ticked tells whether an option stands ticked: as it was sent, or else as given.
func (s *sheet) ticked(form, name, option string, otherwise bool) bool {
	if s.kept.form != form || s.kept.values == nil {
		return otherwise
	}
	for _, value := range s.kept.values[name] {
		if value == option {
			return true
		}
	}
	return false
}

// refused tells whether this form was sent and not taken; it then stands open.
func (s *sheet) refused(form string) bool { return s.kept.err != nil && s.kept.form == form }

// typed lists the words of a refused form, so that they are there to copy even when the
// form itself is gone, because a colleague did the same thing first.
func (s *sheet) typed() []string {
	var words []string
	for name, values := range s.kept.values {
		if strings.HasPrefix(name, "tekst") {
			words = append(words, sentence("\n", values...))
		}
	}
	slices.Sort(words)
	return words
}

// wrong tells whether a box of a refused form is the one to mend.
func (s *sheet) wrong(form, name string) bool {
	if !s.refused(form) {
		return false
	}
	for _, field := range s.kept.err.Fields {
		if field.Field == name || checkNote+field.Field == name {
			return true
		}
	}
	return len(s.kept.err.Fields) == 0 && s.kept.err.Code == loket.Motivation && strings.HasPrefix(name, "tekst_")
}

// described lists the ids of the texts that explain a box.
func (s *sheet) described(form, name, help string) string {
	id, by := htmlID(form, name), ""
	if help != "" {
		by = id + "-uitleg"
	}
	if s.wrong(form, name) {
		by = sentence(" ", by, id+"-fout")
	}
	return by
}

// todayBoxes are the day and time of now, as boxes start with them.
func (s *sheet) todayBoxes() (day, clock string) {
	at := s.local(s.now)
	return at.Format("2006-01-02"), at.Format("15:04")
}

// words joins as a reader says them: "a, b en c".
func (s *sheet) words(list []string) string { return locale.List(s.lang, list) }

// at is an address below this case.
func (s *sheet) at(below ...string) string { return casePath(s.id, below...) }
