// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maxFile bounds one file of a protocol. The largest known protocol is about 300 kB in all.
const maxFile = 2 << 20

// loader gathers a protocol and everything that is wrong with it. Reading goes on after
// a fault, so that an author sees all faults at once.
//
//	read ─▶ settle (like, defaults) ─▶ declare (facts) ─▶ refer ─▶ compile ─▶ order ─▶ inspect
type loader struct {
	p        *Protocol
	c        *compiled
	problems Problems
	warnings Problems
	lines    map[lineKey]int
	whole    map[string]*Field // the full declaration of each field, see settleFields
	seen     map[Problem]bool
	unread   bool           // some file is no text or no YAML
	blocks   map[string]Pos // where each block that is no list stands
	doubled  map[Pos]bool   // elements with the id of another
}

// compiled is what Load works out once: lookups, types, conditions and the order in
// which derived facts follow from each other. It is never changed after Load.
type compiled struct {
	location *time.Location
	warnings []Problem
	against  func() changesOn // of an overlay; nil for a protocol that stands by itself

	forms     map[string]*Form
	tables    map[string]*Table
	criteria  map[string]*Criteria
	duties    map[string]*Duty
	deadlines map[string]*Deadline
	steps     map[string]*Step
	products  map[string]*Product
	roles     map[string]*Role
	kinds     map[string]*Kind
	phases    map[string]*Phase
	checks    map[string]*Checks
	texts     map[string]*NamedText

	declared   []*declared    // every fact, by index
	index      map[string]int // fact id → index
	milestones []Fact
	marks      []int            // the milestones, by index
	companion  []int            // fact → the moment <fact>_at, or −1
	stepMarks  [][2]int         // per step: its milestones done and skipped
	rowMarks   map[string][]int // rows form → milestones that each row has for itself

	lang                    *language
	conditions              map[string]*condition // by their text
	order                   []node
	stepWhen, stepUrgent    []*condition               // per step
	productWhen, figureWhen []*condition               // per product and figure
	checkWhen               [][][2]*condition          // per list of checks: when each applies and what must hold
	spare                   sync.Pool                  // activations to use again: an evaluation needs some 20 kB for a moment
	showNeeds               map[string][]int           // form → positions in order that its conditions need
	shows                   map[string][]*condition    // form → when each of its fields is asked
	urgent                  []urgent                   // answers that make a case urgent
	hidden                  []hiddenForm               // forms kept from others until something happened
	elsewhere               map[string]map[string]bool // kind → phases that its cases never come to
	parts                   map[string][]piece         // texts with placeholders, by their text
	gone                    map[string]Pos             // ids that an overlay takes away, with where it says so
}

// Load reads, joins and checks the protocol folder fsys: every *.yaml file in it, but not
// those in its folders. Faults come back as Problems, each with file, line and cure;
// warnings alone do not fail (Warnings lists them).
func Load(fsys fs.FS) (*Protocol, error) { return loadBoth(fsys, nil) }

// loadBoth reads a folder, and the changes of an overlay over it when there are any.
func loadBoth(fsys, over fs.FS) (*Protocol, error) {
	l := &loader{
		p:     &Protocol{},
		c:     &compiled{conditions: map[string]*condition{}, parts: map[string][]piece{}},
		lines: map[lineKey]int{},
		seen:  map[Problem]bool{},

		blocks:  map[string]Pos{},
		doubled: map[Pos]bool{},
	}
	l.p.compiled = l.c
	if err := l.read(fsys, over); err != nil {
		return nil, err
	}
	if of := l.p.Overlay.Of; of != "" && over == nil {
		at := Problem{Pos: l.p.About.Pos, Message: fmt.Sprintf("Deze map bevat alleen wijzigingen op het protocol %q.", of), Cure: "Zet de map van dat protocol ernaast, of geef allebei."}
		return nil, Problems{at}
	}
	if l.unread {
		return nil, l.problems.sorted() // what other files say of its contents is no fault of theirs
	}
	l.settle()
	l.declare()
	l.refer()
	l.compile()
	l.arrange()
	l.checkHidden()
	l.phasesByKind()
	l.compileTexts()
	if len(l.problems) > 0 {
		return nil, l.problems.sorted()
	}
	l.inspect()
	l.c.warnings = l.warnings.sorted()
	return l.p, nil
}

// read joins the files. Only a folder that cannot be read at all is an error of its own.
// Parsing is the longest part of it, so files are parsed side by side and joined in order
// of their names.
func (l *loader) read(fsys, over fs.FS) error {
	names, files, err := parseAll(fsys, "")
	if err != nil {
		return err
	}
	own := fsys
	if over != nil {
		own = over
	}
	if err := l.skipped(own); err != nil {
		return err
	}
	if len(names) == 0 {
		l.problem(Pos{}, "", "Zet de bestanden van het protocol (*.yaml) in deze map.", "De map bevat geen protocol.")
	}
	if over == nil {
		for i, name := range names {
			l.join(name, files[i])
		}
		return nil
	}
	changes, err := OverlayOf(over)
	if err != nil {
		return err
	}
	for i, name := range names { // the folders of both stand side by side
		l.join("../"+changes.Of+"/"+name, files[i])
	}
	switch {
	case l.unread: // what the changes say of it is no fault of theirs
		return nil
	case l.p.Overlay.Of != "":
		l.unread = true
		l.problem(changes.Pos, "", "Noem bij overlay een protocol dat op zichzelf staat.", "Het protocol %q bevat zelf alleen wijzigingen, op %q.", changes.Of, l.p.Overlay.Of)
		return nil
	}
	return l.readOver(over)
}

// parseAll reads the files of a folder that hold a word, in order of their names; the others
// come back as if they said nothing.
func parseAll(fsys fs.FS, word string) ([]string, []parsed, error) {
	names, err := filesIn(fsys, "*.yaml")
	if err != nil {
		return nil, nil, err
	}
	files := make([]parsed, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, fmt.Errorf("protocol: read %s: %w", name, err)
		}
		if bytes.Contains(data, []byte(word)) || !utf8.Valid(data) {
			wg.Go(func() { files[i] = parse(data) })
		}
	}
	wg.Wait()
	return names, files, nil
}

// filesIn are the files that a pattern names, in order; folders are not.
func filesIn(fsys fs.FS, pattern string) ([]string, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, fmt.Errorf("protocol: %w", err)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		info, err := fs.Stat(fsys, name)
		return err == nil && info.IsDir()
	}), nil
}

// skipped warns of files that look like part of the protocol and are not.
func (l *loader) skipped(fsys fs.FS) error {
	names, err := filesIn(fsys, "*.yml")
	for _, name := range names {
		l.warn(Pos{File: name}, "", fmt.Sprintf("Noem het %s.yaml, of haal het weg.", strings.TrimSuffix(name, ".yml")), "Dit bestand wordt niet gelezen: het eindigt op .yml.")
	}
	return err
}

// parsed is one file of a protocol as YAML.
type parsed struct {
	root *yaml.Node // nil: the file says nothing
	err  error
}

var errTooBig = errors.New("too big")

func parse(data []byte) parsed {
	if len(data) > maxFile {
		return parsed{err: errTooBig}
	}
	if root, ok := plainYAML(data); ok {
		return parsed{root: root}
	}
	if empty(data) {
		return parsed{}
	}
	if err := readable(data); err != nil {
		return parsed{err: err}
	}
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		return parsed{err: err}
	}
	switch {
	case doc.Kind != yaml.DocumentNode:
		return parsed{root: &doc}
	case len(doc.Content) == 0:
		return parsed{}
	}
	return parsed{root: doc.Content[0]}
}

func (l *loader) join(name string, file parsed) {
	switch {
	case file.err == errTooBig:
		l.unread = true
		l.problem(Pos{File: name}, "", "Verdeel het over meer bestanden.", "Dit bestand is groter dan 2 MB.")
	case file.err != nil:
		l.unread = true
		l.syntax(name, file.err)
	case file.root != nil:
		l.decode(name, file.root, reflect.ValueOf(l.p).Elem())
	}
}

// empty tells a file with nothing but comments from one that says something.
func empty(data []byte) bool {
	for line := range bytes.Lines(data) {
		if said := bytes.TrimSpace(line); len(said) > 0 && said[0] != '#' {
			return false
		}
	}
	return true
}

// Warnings lists what Load found odd but readable.
func (p *Protocol) Warnings() []Problem { return p.compiled.warnings }

// Location is the time zone of the desk.
func (p *Protocol) Location() *time.Location { return p.compiled.location }

// Form finds a form by id; nil when there is none. The lookups below do likewise.
func (p *Protocol) Form(id string) *Form { return p.compiled.forms[id] }

// Table finds a decision table.
func (p *Protocol) Table(id string) *Table { return p.compiled.tables[id] }

// CriteriaList finds a criteria list.
func (p *Protocol) CriteriaList(id string) *Criteria { return p.compiled.criteria[id] }

// Duty finds a duty to tell.
func (p *Protocol) Duty(id string) *Duty { return p.compiled.duties[id] }

// Deadline finds a clock.
func (p *Protocol) Deadline(id string) *Deadline { return p.compiled.deadlines[id] }

// Step finds a step.
func (p *Protocol) Step(id string) *Step { return p.compiled.steps[id] }

// Product finds a message or document.
func (p *Protocol) Product(id string) *Product { return p.compiled.products[id] }

// Role finds a role.
func (p *Protocol) Role(id string) *Role { return p.compiled.roles[id] }

// Kind finds a kind of case.
func (p *Protocol) Kind(id string) *Kind { return p.compiled.kinds[id] }

// Phase finds a phase.
func (p *Protocol) Phase(id string) *Phase { return p.compiled.phases[id] }

// Fact finds any declared fact: field, table output, criteria list, derived fact or milestone.
func (p *Protocol) Fact(id string) *Fact {
	if at, ok := p.compiled.index[id]; ok {
		return p.compiled.declared[at].fact
	}
	return nil
}

// Text finds wording of a page or notice; empty when the protocol has none.
func (p *Protocol) Text(id string) Text {
	if t := p.compiled.texts[id]; t != nil {
		return t.Text
	}
	return Text{}
}
