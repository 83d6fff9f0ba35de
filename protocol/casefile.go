// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// CaseResult is what came of one case file entry: facts and a moment in, proposals out.
// Differences is empty when all that was expected was found.
type CaseResult struct {
	File        string
	Line        int
	Name        string
	Refs        []string
	Differences []string // in words for the owner of the protocol
	Fired       []string // what it touched: "classification/event", "report_criteria/5 possible"
}

// Passed reports whether everything expected was found.
func (r CaseResult) Passed() bool { return len(r.Differences) == 0 }

// caseEntry is one example of a protocol, as it stands in cases/*.yaml:
//
//   - case: Poging tot suïcide, verband nog onbekend
//     refs: [R-R-33, DT-11]
//     now: 2026-03-28 16:20
//     facts: {kinds: [suicide_or_attempt], incident: 2026-03-28 14:00}
//     rows: {investigation: [{investigation_body: igj}]}
//     decided: {classification: {class: calamity}, report_criteria: ["1"]}
//     people: {sara: officer, daan: {role: alderman, organisation: Zwolle}}
//     expect: {tables: …, criteria: …, duties: …, deadlines: …, steps: …, products: …, checks: …, facts: …, recipients: …}
//
// A fact that is left out is unknown, and a milestone that is left out did not happen.
type caseEntry struct {
	result  CaseResult
	now     time.Time
	facts   Facts
	rows    map[string][]Row
	decided map[string]Decided
	people  []Person
	expect  *yaml.Node

	documents *yaml.Node // of a specimen, see Specimens
}

// RunCases runs the examples of a protocol: every *.yaml file in the folder cases of fsys,
// or in fsys itself when it has no such folder. The error is for files that cannot be
// read; what differs stands in the results.
func (p *Protocol) RunCases(fsys fs.FS) ([]CaseResult, error) {
	names, err := fs.Glob(fsys, "cases/*.yaml")
	if err == nil && len(names) == 0 {
		names, err = fs.Glob(fsys, "*.yaml")
	}
	if err != nil {
		return nil, fmt.Errorf("protocol: cases: %w", err)
	}
	var results []CaseResult
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("protocol: cases: %w", err)
		}
		entries, err := p.readCases(path.Base(name), data)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			results = append(results, p.runCase(e))
		}
	}
	return results, nil
}

// readCases reads one file: a list of cases.
func (p *Protocol) readCases(file string, data []byte) ([]*caseEntry, error) {
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		line, what, cure := ExplainYAML(err)
		return nil, fmt.Errorf("%s:%d: %s → %s", file, line, what, cure)
	}
	root := &doc
	if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
		root = root.Content[0]
	}
	if root.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("%s: regel %d: schrijf een lijst van gevallen: - case: …", file, root.Line)
	}
	var entries []*caseEntry
	for _, n := range root.Content {
		entries = append(entries, p.readCase(file, n))
	}
	return entries, nil
}

// readCase reads one case. What cannot be read becomes a difference, so that the other
// cases still run.
func (p *Protocol) readCase(file string, n *yaml.Node) *caseEntry {
	e := &caseEntry{result: CaseResult{File: file, Line: n.Line}, facts: Facts{}, rows: map[string][]Row{}, decided: map[string]Decided{}}
	keys := mapping(n)
	if len(keys) == 0 || len(n.Content) > 2*len(keys) {
		e.wrong(n, errors.New("schrijf een geval met sleutels, elk één keer: case, now, facts, expect"))
	}
	if keys["now"] == nil && keys["expect"] != nil {
		e.wrong(n, errors.New("er staat geen now: op welk moment wordt gekeken?"))
	}
	if moment := keys["now"]; moment != nil { // first: answers about time look at it
		if at, err := p.caseMoment(moment.Value); err != nil {
			e.wrong(moment, err)
		} else {
			e.now = at
		}
	}
	for key, value := range keys {
		switch key {
		case "case":
			e.result.Name = value.Value
		case "refs":
			e.result.Refs = words(value)
		case "facts":
			e.facts = p.caseFacts(e, value)
		case "rows":
			p.caseRows(e, value)
		case "decided":
			p.caseDecided(e, value)
		case "people":
			p.casePeople(e, value)
		case "expect":
			e.expect = value
		case "documents":
			e.documents = value
		case "now", "about":
		default:
			e.wrong(value, fmt.Errorf("het woord %q hoort hier niet; gebruik case, refs, now, facts, rows, decided, people, documents en expect", key))
		}
	}
	return e
}

func (e *caseEntry) wrong(n *yaml.Node, err error) {
	e.differ("regel %d: %v", n.Line, err)
}

func (e *caseEntry) differ(format string, args ...any) {
	e.result.Differences = append(e.result.Differences, fmt.Sprintf(format, args...))
}

// runCase evaluates the facts of a case and compares.
func (p *Protocol) runCase(e *caseEntry) CaseResult {
	if e.expect == nil {
		e.differ("er staat geen expect: wat moet hieruit volgen?")
	}
	if len(e.result.Differences) == 0 {
		ev := p.Evaluate(Input{Facts: e.facts, Rows: e.rows, Decided: e.decided, Now: e.now})
		c := comparison{p: p, e: e, ev: ev}
		c.all(e.expect)
		e.result.Fired = fired(ev)
	}
	return e.result
}

// fired names the rows that won and how each criterion came out, so that an owner can
// see which rules no example touches.
func fired(ev *Evaluation) []string {
	var all []string
	for _, f := range ev.Tables {
		if f.Arises != False && len(f.Reasons) > 0 {
			all = append(all, f.Table.ID+"/"+f.Reasons[0].Rule)
		}
	}
	for _, f := range ev.Criteria {
		for _, item := range f.Items {
			how := map[Verdict]string{True: "met", False: "not", Unknown: "possible"}[item.Verdict]
			all = append(all, f.Criteria.ID+"/"+item.Rule.ID+" "+how)
		}
	}
	for _, f := range ev.Duties {
		all = append(all, f.Duty.ID+"/"+f.Reason.Rule)
	}
	return all
}

// mapping gives the values of a YAML mapping by key; nil for anything else.
func mapping(n *yaml.Node) map[string]*yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	values := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		values[n.Content[i].Value] = n.Content[i+1]
	}
	return values
}

// words gives a list of texts; one text is a list of one.
func words(n *yaml.Node) []string {
	switch {
	case n == nil:
		return nil
	case n.Kind == yaml.ScalarNode:
		if strings.TrimSpace(n.Value) == "" {
			return nil
		}
		return []string{n.Value}
	}
	list := make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		list = append(list, item.Value)
	}
	return list
}
