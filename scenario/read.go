// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"example.org/loket/protocol"
)

// Read reads one story. A file that cannot be understood gives Faults.
func Read(file string, data []byte) (*Story, error) {
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		return nil, Faults{syntaxFault(file, err)}
	}
	root := &doc
	if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 {
		root = doc.Content[0]
	}
	d := &decoder{file: file}
	story := &Story{File: file}
	d.decode(root, reflect.ValueOf(story).Elem())
	story.File = file
	number(story.Steps)
	d.check(story)
	if len(d.faults) > 0 {
		slices.SortStableFunc(d.faults, func(a, b Fault) int { return a.Line - b.Line })
		return nil, d.faults
	}
	return story, nil
}

func syntaxFault(file string, err error) Fault {
	line, message, cure := protocol.ExplainYAML(err)
	return Fault{File: file, Line: line, Message: message, Cure: cure}
}

// number gives the steps their place, so that a step without label can be named.
func number(steps []Step) {
	for i := range steps {
		steps[i].Number = i + 1
	}
}

// check finds what the shape alone does not: missing header, steps with two actions,
// variants that change a step which is not there.
func (d *decoder) check(s *Story) {
	at := func(line int, cure, message string, args ...any) {
		d.fault(&yaml.Node{Line: max(line, 1)}, cure, message, args...)
	}
	if s.ID == "" {
		at(1, "Begin met bijvoorbeeld: scenario: SC-01", "Dit verhaal heeft geen naam.")
	}
	d.checkTenants(s, at)
	if _, err := location(s.Zone); err != nil {
		at(1, "Schrijf bijvoorbeeld: zone: Europe/Amsterdam", "De tijdzone %q is onbekend.", s.Zone)
	}
	if len(s.Steps) == 0 {
		at(1, "Schrijf onder steps: wat er gebeurt.", "Dit verhaal heeft geen stappen.")
	}
	d.checkSteps(s, s.Steps, at)
	d.checkLabels(s, at)
	for _, v := range s.Variants {
		d.checkVariant(s, v, at)
	}
}

type faultAt func(line int, cure, message string, args ...any)

func (d *decoder) checkSteps(s *Story, steps []Step, at faultAt) {
	for i := range steps {
		steps[i].shorten()
		step := steps[i]
		actions := step.actions()
		if len(actions) > 1 {
			at(step.Line, "Maak er aparte stappen van.", "Eén stap doet één ding; hier staan er %d: %s.", len(actions), strings.Join(actions, ", "))
		}
		if len(actions) == 0 && len(step.Expect) == 0 && step.At == "" && step.About == "" {
			at(step.Line, "Geef een handeling (zoals report) of een verwachting (expect).", "Deze stap doet niets.")
		}
		if len(actions) == 1 && step.Who == "" && actions[0] != "wait" && actions[0] != "advise" {
			at(step.Line, "Schrijf bijvoorbeeld: who: loket", "Er staat niet wie dit doet.")
		}
		if step.Who != "" {
			d.checkPerson(s, step.Line, step.Who, at)
		}
		for _, e := range step.Expect {
			if e.As != "" {
				d.checkPerson(s, e.Line, e.As, at)
			}
		}
	}
}

func (d *decoder) checkPerson(s *Story, line int, alias string, at faultAt) {
	if _, ok := s.People[alias]; !ok {
		at(line, meant(alias, s.People), "%q staat niet onder people.", alias)
	}
}

func (d *decoder) checkLabels(s *Story, at faultAt) {
	seen := map[string]int{}
	for _, step := range s.Steps {
		if first, ok := seen[step.Label]; ok && step.Label != "" {
			at(step.Line, "Geef elke stap een eigen naam.", "De stap %q bestaat al op regel %d.", step.Label, first)
		}
		seen[step.Label] = step.Line
	}
}

func (d *decoder) checkVariant(s *Story, v Variant, at faultAt) {
	if v.Name == "" {
		at(v.Line, "Schrijf bijvoorbeeld: variant: a", "Deze variant heeft geen naam.")
	}
	labels := map[string]*Step{}
	note := func(steps []Step) {
		for i := range steps {
			labels[steps[i].Label] = &steps[i]
		}
	}
	note(s.Steps)
	for _, c := range v.Changes {
		note(c.With)
	}
	for _, c := range v.Changes {
		d.checkChange(s, c, labels, at)
		d.checkSteps(s, c.With, at)
	}
}

func (d *decoder) checkChange(s *Story, c Change, labels map[string]*Step, at faultAt) {
	targets := c.targets()
	if len(targets) == 0 || len(targets) > 1 && len(targets) != len(c.Remove) {
		at(c.Line, "Geef één van replace, remove, before, after, set en until.", "Een wijziging noemt precies één plek.")
	}
	for _, label := range targets {
		if labels[label] == nil {
			at(c.Line, meant(label, labels), "Er is geen stap %q.", label)
		}
	}
	if c.Who != "" {
		d.checkPerson(s, c.Line, c.Who, at)
	}
	if step := labels[c.Set]; c.Set != "" && step != nil && c.Answers != nil && !step.answering() {
		at(c.Line, "Kies een stap met answers, of gebruik replace.", "De stap %q heeft geen antwoorden om te veranderen.", c.Set)
	}
	if len(c.With) > 0 && c.Replace == "" && c.Before == "" && c.After == "" {
		at(c.Line, "Schrijf with: bij replace, before of after.", "Deze stappen komen nergens terecht.")
	}
}

func (c Change) targets() []string {
	targets := slices.Clone(c.Remove)
	for _, label := range []string{c.Replace, c.Before, c.After, c.Set, c.Until} {
		if label != "" {
			targets = append(targets, label)
		}
	}
	return targets
}

// actions names what the step does; a good step does one thing at most.
func (s *Step) actions() []string {
	var names []string
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Pointer && !v.Field(i).IsNil() {
			names = append(names, v.Type().Field(i).Tag.Get("yaml"))
		}
	}
	return names
}

func location(zone string) (*time.Location, error) {
	if zone == "" {
		zone = "Europe/Amsterdam"
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("zone %q: %w", zone, err)
	}
	return loc, nil
}
