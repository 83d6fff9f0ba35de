// SPDX-License-Identifier: EUPL-1.2

// Package guardcorpus invents Dutch texts in which people are named, and texts that only
// look like it, to measure how well a guard does its work.
//
// It knows nothing of the detector and shares no word list with it: names, streets and
// sentences lie in the folders of this package, one folder per style of writing.
//
//	care      notes of a care provider: hurried, without capitals, with slips
//	letters   council letters and careless mails, with other names and other sentences
//	press     questions of journalists and what is answered
//	minutes   minutes, mails with a signature, tables; names that are hardly on any list
//	shift     messages between people on duty, and their log of a night
//	desk      telephone notes, police reports, forms and messages, with organisations that nobody knows
//
//	sentence  "Gesproken met [[initials]] bij <<provider>>."
//	          [[…]] must be found and is remembered as a span; <<…>> must not be found
//
// The same seed gives the same corpus. All persons are invented; every number is made up
// to pass or to fail the test of its kind.
package guardcorpus

import (
	"math/rand/v2"
	"strconv"
)

// Span is a piece of an item that must be found. Start and End count code points, End is
// the first one after the piece.
type Span struct {
	Start, End int
	Category   string
	Group      string // own, pattern, unknown or other
	Form       string // the way it was written, for the list of what was missed
}

// Case is what the desk would know about the people of an item.
type Case struct {
	Names          []string `json:"names,omitempty"`
	BirthDates     []string `json:"birth_dates,omitempty"`
	DossierNumbers []string `json:"dossier_numbers,omitempty"`
	Addresses      []string `json:"addresses,omitempty"`
	Phones         []string `json:"phones,omitempty"`
	Emails         []string `json:"emails,omitempty"`
	Places         []string `json:"places,omitempty"`
	Ages           []int    `json:"ages,omitempty"`
}

// Item is one text with what must be found in it. Without spans it is a hard negative.
type Item struct {
	ID       string   `json:"id"`
	Audience string   `json:"audience"`
	Text     string   `json:"text"`
	Case     Case     `json:"case"`
	Allowed  []string `json:"allowed,omitempty"`
	Spans    []Span   `json:"-"`
}

// Styles of writing, in the order of the folders.
var Styles = []string{"care", "letters", "press", "minutes", "shift", "desk"}

// Build makes positives texts with something to find and negatives without, in the style
// of that folder.
func Build(style string, seed uint64, positives, negatives int) []Item {
	w := &writer{words: load(style), rand: rand.New(rand.NewPCG(seed, 0x10ce))}
	var out []Item
	for i := range positives {
		out = append(out, w.item("p"+strconv.Itoa(i), w.words.positive[i%len(w.words.positive)]))
	}
	for i := range negatives {
		out = append(out, w.item("n"+strconv.Itoa(i), w.words.negative[i%len(w.words.negative)]))
	}
	return out
}

// item writes one text about a person who is invented for it.
func (w *writer) item(id string, s sentence) Item {
	w.person = w.invent()
	before, after := w.around(), w.around()
	t := &text{}
	t.neutral(before)
	w.write(t, s)
	if after != "" {
		t.neutral(w.words.between() + after)
	}
	it := Item{ID: id, Audience: pick(w, []string{"council", "media", "executive"}), Text: string(t.runes), Case: w.person.known(), Spans: t.spans}
	it.Allowed = w.used
	w.used = nil
	return it
}

// around is a sentence in which nothing must be found, or nothing at all.
func (w *writer) around() string {
	if w.rand.IntN(3) > 0 {
		return ""
	}
	t := &text{}
	w.write(t, pick(w, w.words.negative))
	return string(t.runes) + w.words.between()
}
