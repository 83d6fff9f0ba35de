// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"maps"
	"slices"
)

// tale is one telling of a story: the main one or a variant, with its own steps.
type tale struct {
	story *Story
	name  string // "SC-02" or "SC-02 (a)"
	title string
	steps []Step
}

// tales lists the main story and all its variants.
func (s *Story) tales() []tale {
	all := []tale{{story: s, name: s.ID, title: s.Title, steps: s.Steps}}
	for _, v := range s.Variants {
		t := tale{story: s, name: s.ID + " (" + v.Name + ")", title: v.Title, steps: slices.Clone(s.Steps)}
		for _, c := range v.Changes {
			t.steps = c.apply(t.steps)
		}
		number(t.steps)
		all = append(all, t)
	}
	return all
}

// apply makes one change. Read has checked that the steps it names are there; a step
// that an earlier change removed is passed over.
func (c Change) apply(steps []Step) []Step {
	for _, label := range c.Remove {
		steps = slices.DeleteFunc(steps, func(s Step) bool { return s.Label == label })
	}
	find := func(label string) int {
		if label == "" {
			return -1
		}
		return slices.IndexFunc(steps, func(s Step) bool { return s.Label == label })
	}
	if i := find(c.Replace); i >= 0 {
		steps = slices.Replace(slices.Clone(steps), i, i+1, c.With...)
	}
	if i := find(c.Before); i >= 0 {
		steps = slices.Insert(slices.Clone(steps), i, c.With...)
	}
	if i := find(c.After); i >= 0 {
		steps = slices.Insert(slices.Clone(steps), i+1, c.With...)
	}
	if i := find(c.Set); i >= 0 {
		steps = slices.Clone(steps)
		steps[i] = c.set(steps[i])
	}
	if i := find(c.Until); i >= 0 {
		steps = slices.Clone(steps[:i+1])
	}
	return steps
}

// set changes the moment, the person, the answers or the expectations of one step.
func (c Change) set(s Step) Step {
	s.Who = cmp.Or(c.Who, s.Who)
	if c.At != "" {
		s.At = c.At
	}
	if c.Expect != nil {
		s.Expect = c.Expect
	}
	lay := func(under map[string]Value) map[string]Value {
		over := maps.Clone(under)
		if over == nil {
			over = map[string]Value{}
		}
		maps.Copy(over, c.Answers)
		return over
	}
	switch {
	case c.Answers == nil:
	case s.Report != nil:
		action := *s.Report
		action.Answers = lay(action.Answers)
		s.Report = &action
	case s.FollowUp != nil:
		action := *s.FollowUp
		action.Answers = lay(action.Answers)
		s.FollowUp = &action
	case s.Record != nil:
		action := *s.Record
		action.Answers = lay(action.Answers)
		s.Record = &action
	case s.Row != nil:
		action := *s.Row
		action.Answers = lay(action.Answers)
		s.Row = &action
	case s.Advise != nil:
		action := *s.Advise
		action.Answers = lay(action.Answers)
		s.Advise = &action
	}
	return s
}

// answering reports whether the step has answers that a variant may change.
func (s *Step) answering() bool {
	return s.Report != nil || s.FollowUp != nil || s.Record != nil || s.Row != nil || s.Advise != nil
}
