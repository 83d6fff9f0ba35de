// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"maps"
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
)

// EntryAction adds, changes or ends a line of a list while the story plays: somebody takes
// over a shift, a contract ends. Name is the story's own name of the line.
type EntryAction struct {
	Line   int               `yaml:"-"`
	Book   string            `yaml:"book"`
	Name   string            `yaml:"name"`
	Values map[string]string `yaml:"values"`
	End    bool              `yaml:"end"`
}

// listKeeper is what a desk with lists offers beside its service.
type listKeeper interface {
	bookkeeper
	EndEntry(ctx context.Context, a loket.Actor, book, id string, version int) error
	DutyNow(ctx context.Context, a loket.Actor) (*desk.RosterView, error)
}

// writtenEntry is a line as the story left it.
type writtenEntry struct {
	id      string
	version int
	values  map[string]string
}

// enterLine does the step, as who: the list says who may.
func (p *player) enterLine(ctx context.Context, s *Step) error {
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	keeper, ok := p.desk.Service.(listKeeper)
	if !ok {
		return mistaken("", "Dit loket houdt geen lijsten bij.")
	}
	e := s.Entry
	if fault := p.misbooked(Book{Line: e.Line, Book: e.Book, Entries: []map[string]string{e.Values}}); fault != nil {
		return mistaken(fault.Cure, "%s", fault.Message)
	}
	before := p.entries[p.tenant+" "+e.Name]
	if e.End {
		if before.id == "" {
			return mistaken(meant(p.tenant+" "+e.Name, p.entries), "Er is geen regel %q die dit verhaal schreef.", e.Name)
		}
		return keeper.EndEntry(ctx, who, e.Book, before.id, before.version)
	}
	values := maps.Clone(before.values)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, e.Values)
	entry, err := keeper.PutEntry(ctx, who, e.Book, desk.EntryChange{ID: before.id, Version: before.version, Values: values})
	if err == nil && e.Name != "" {
		p.entries[p.tenant+" "+e.Name] = writtenEntry{entry.ID, entry.Version, values}
	}
	return err
}

// checkOnDuty: who has duty now, by role.
func (p *player) checkOnDuty(ctx context.Context, e *Expect, who loket.Actor) {
	if e.OnDuty == nil {
		return
	}
	keeper, ok := p.desk.Service.(listKeeper)
	if !ok {
		p.want(false, e.Line, "on_duty", "een rooster", "dit loket houdt geen rooster bij", "")
		return
	}
	view, err := keeper.DutyNow(ctx, who)
	if err != nil {
		p.want(false, e.Line, "on_duty", "het rooster", words(err), "")
		return
	}
	for _, role := range sortedKeys(e.OnDuty) {
		var came []string
		for _, on := range view.OnDuty {
			if on.Role == role && !slices.Contains(came, on.Person.ID) {
				came = append(came, on.Person.ID)
			}
		}
		p.wantSet(e.Line, "on_duty."+role, p.aliases(e.OnDuty[role]), came, "")
	}
}

// checked is the part of the desk that says what it misses.
type checked interface {
	Setup(ctx context.Context, by loket.Actor) (*desk.Setup, error)
}

// checkSetup: what the inrichtingscheck says that is missing.
func (p *player) checkSetup(ctx context.Context, e *Expect, who loket.Actor) {
	if e.Setup == nil {
		return
	}
	service, ok := p.desk.Service.(checked)
	if !ok {
		p.want(false, e.Line, "setup", "de inrichtingscheck", "dit loket heeft er geen", "")
		return
	}
	check, err := service.Setup(ctx, who)
	if err != nil {
		p.want(false, e.Line, "setup", "de inrichtingscheck", words(err), "")
		return
	}
	lines := make([]string, len(check.Lacks))
	for i, lack := range check.Lacks {
		lines[i] = lack.Say.NL
	}
	p.wantLines(e.Setup, "setup", lines)
}
