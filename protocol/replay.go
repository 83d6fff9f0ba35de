// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Outcome is one thing that would have gone differently for a case under another version.
type Outcome struct {
	List  string // facts | tables | criteria | duties | deadlines | steps | products
	ID    string // of the element; with the row when it has one: T-07/1
	Title Text
	Was   Text // in words; empty: it was not there
	Is    Text
}

// Outcomes compares what two versions make of the same case: proposals, criteria, duties,
// clocks, steps and products. What a person decided counts under both.
func Outcomes(old, new *Protocol, in Input) []Outcome {
	c := &outcomes{}
	was, is := old.Evaluate(in), new.Evaluate(in)
	c.facts(new, in)
	c.compare("tables", tableOutcomes(old, was), tableOutcomes(new, is))
	c.compare("criteria", criteriaOutcomes(was), criteriaOutcomes(is))
	c.compare("duties", dutyOutcomes(was), dutyOutcomes(is))
	c.compare("deadlines", clockOutcomes(old, was), clockOutcomes(new, is))
	c.compare("steps", stepOutcomes(was), stepOutcomes(is))
	c.compare("products", productOutcomes(was), productOutcomes(is))
	return c.found
}

// outcomeWords is one result in words.
type outcomeWords struct {
	id    string
	title Text
	words Text
}

type outcomes struct{ found []Outcome }

// facts names answers that the new version does not ask any more.
func (c *outcomes) facts(new *Protocol, in Input) {
	for _, id := range sortedKeys(in.Facts) {
		if new.Fact(id) == nil {
			c.found = append(c.found, Outcome{List: "facts", ID: id, Title: Text{NL: id, EN: id}, Was: Text{NL: "bekend", EN: "known"}})
		}
	}
}

func (c *outcomes) compare(list string, was, is []outcomeWords) {
	for _, a := range was {
		i := slices.IndexFunc(is, func(b outcomeWords) bool { return b.id == a.id })
		switch {
		case i < 0 && a.words != (Text{}):
			c.found = append(c.found, Outcome{List: list, ID: a.id, Title: a.title, Was: a.words})
		case i >= 0 && is[i].words != a.words:
			c.found = append(c.found, Outcome{List: list, ID: a.id, Title: is[i].title, Was: a.words, Is: is[i].words})
		}
	}
	for _, b := range is {
		if b.words != (Text{}) && !slices.ContainsFunc(was, func(a outcomeWords) bool { return a.id == b.id }) {
			c.found = append(c.found, Outcome{List: list, ID: b.id, Title: b.title, Is: b.words})
		}
	}
}

func tableOutcomes(p *Protocol, ev *Evaluation) []outcomeWords {
	var out []outcomeWords
	for _, f := range ev.Tables {
		var nl, en []string
		for _, o := range f.Table.Outputs {
			if value := f.Outputs[o.ID]; value != nil && f.Arises != False {
				said := p.Words(o.ID, value)
				nl, en = append(nl, o.ID+": "+said.NL), append(en, o.ID+": "+cmp.Or(said.EN, said.NL))
			}
		}
		words := provisional(Text{NL: strings.Join(nl, "; "), EN: strings.Join(en, "; ")}, f.Provisional)
		out = append(out, outcomeWords{f.Table.ID, f.Table.Title, words})
	}
	return out
}

func criteriaOutcomes(ev *Evaluation) []outcomeWords {
	var out []outcomeWords
	for _, f := range ev.Criteria {
		for _, item := range f.Items {
			words := map[Verdict]Text{True: {NL: "vervuld", EN: "met"}, Unknown: {NL: "mogelijk", EN: "possible"}}[item.Verdict]
			out = append(out, outcomeWords{f.Criteria.ID + "/" + item.Rule.ID, item.Rule.Title, words})
		}
	}
	return out
}

func dutyOutcomes(ev *Evaluation) []outcomeWords {
	var out []outcomeWords
	for _, f := range ev.Duties {
		words := labelOf(mustOptions, f.Must)
		out = append(out, outcomeWords{f.Duty.ID, f.Duty.Title, provisional(words, f.Provisional)})
	}
	return out
}

func clockOutcomes(p *Protocol, ev *Evaluation) []outcomeWords {
	var out []outcomeWords
	for _, f := range ev.Deadlines {
		var words Text
		if !f.Due.IsZero() {
			at, state := stamp(p, f.Due), labelOf(clockStates, string(f.State))
			words = Text{NL: joined(at, state.NL), EN: joined(at, state.EN)}
		}
		out = append(out, outcomeWords{named(f.Deadline.ID, f.Row), f.Deadline.Title, words})
	}
	return out
}

// openWords says whether something is proposed; what is done or does not arise is not.
func openWords(open Verdict, done bool) Text {
	switch {
	case done:
		return Text{NL: "gedaan", EN: "done"}
	case open == True:
		return Text{NL: "voorgesteld", EN: "proposed"}
	case open == Unknown:
		return Text{NL: "voorlopig voorgesteld", EN: "proposed for now"}
	}
	return Text{}
}

// labelOf is an option in words; empty when nothing was chosen.
func labelOf(options []Option, id string) Text {
	for _, o := range options {
		if o.ID == id {
			return o.Label
		}
	}
	return Text{}
}

// provisional adds that an answer may still change this.
func provisional(words Text, is bool) Text {
	if !is || words == (Text{}) {
		return words
	}
	return Text{NL: words.NL + " (voorlopig)", EN: cmp.Or(words.EN, words.NL) + " (for now)"}
}

func joined(at, state string) string {
	if state == "" {
		return at
	}
	return at + ", " + state
}

func stepOutcomes(ev *Evaluation) []outcomeWords {
	var out []outcomeWords
	for _, f := range ev.Steps {
		out = append(out, outcomeWords{named(f.Step.ID, f.Row), f.Step.Title, openWords(f.Open, f.Done)})
	}
	return out
}

func productOutcomes(ev *Evaluation) []outcomeWords {
	var out []outcomeWords
	for _, f := range ev.Products {
		out = append(out, outcomeWords{named(f.Product.ID, f.Row), f.Product.Title, openWords(f.Open, false)})
	}
	return out
}

// Replayed is one case under another version: where it would have gone differently.
type Replayed struct {
	File     string // of a case file
	Line     int
	Name     string
	Outcomes []Outcome
	Unread   []string // what in the case file could not be read
}

// ReplayCases runs the examples of the protocol (see RunCases) under another version.
// What an example expects does not matter here.
func (p *Protocol) ReplayCases(fsys fs.FS, under *Protocol) ([]Replayed, error) {
	names, err := fs.Glob(fsys, "cases/*.yaml")
	if err == nil && len(names) == 0 {
		names, err = fs.Glob(fsys, "*.yaml")
	}
	if err != nil {
		return nil, fmt.Errorf("protocol: cases: %w", err)
	}
	var all []Replayed
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("protocol: cases: %w", err)
		}
		replayed, err := p.ReplayFile(path.Base(name), data, under)
		if err != nil {
			return nil, err
		}
		all = append(all, replayed...)
	}
	return all, nil
}

// ReplayFile runs the examples of one case file under another version.
func (p *Protocol) ReplayFile(name string, data []byte, under *Protocol) ([]Replayed, error) {
	entries, err := p.readCases(name, data)
	if err != nil {
		return nil, err
	}
	all := make([]Replayed, 0, len(entries))
	for _, e := range entries {
		r := Replayed{File: e.result.File, Line: e.result.Line, Name: e.result.Name, Unread: e.result.Differences}
		if len(r.Unread) == 0 {
			r.Outcomes = Outcomes(p, under, Input{Facts: e.facts, Rows: e.rows, Decided: e.decided, Now: e.now})
		}
		all = append(all, r)
	}
	return all, nil
}
