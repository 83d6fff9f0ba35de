// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// pagePart is one entry of the contents of the case page.
type pagePart struct{ id, title, note string }

// parts lists the sections that the page shows, with a word on what is in them.
func (c *casePage) parts() []pagePart {
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	unknown := ""
	if n := len(c.askFields()); n > 0 {
		unknown = c.T("case.n_unknown", n)
	}
	all := []struct {
		pagePart
		shown bool
	}{
		{pagePart{"nu", c.T("case.todo"), count(len(c.view.Proposals))}, true},
		{pagePart{"tijdlijn", c.T("case.timeline"), ""}, true},
		{pagePart{"feiten", c.T("case.facts"), unknown}, true},
		{pagePart{"weging", c.T("case.weighing"), ""}, len(c.view.Tables) > 0},
		{pagePart{"criteria", c.T("case.criteria"), ""}, len(c.view.Criteria) > 0},
		{pagePart{"besluiten", c.T("case.decisions"), count(len(c.view.Decisions))}, len(c.view.Decisions)+len(c.view.Deviations) > 0},
		{pagePart{"wie", c.T("case.knows"), ""}, true},
		{pagePart{"plichten", c.T("case.duties"), count(len(c.shownDuties()))}, len(c.shownDuties()) > 0},
		{pagePart{"lijsten", c.T("case.rows"), ""}, len(c.view.Rows) > 0},
		{pagePart{"vragen", c.T("case.questions"), count(c.openQuestions())}, c.asksAround()},
		{pagePart{"documenten", c.T("case.documents"), count(len(c.view.Products))}, true},
		{pagePart{"koppelingen", c.T("case.links"), count(len(c.view.Duplicates))}, len(c.view.Duplicates)+len(c.view.Links) > 0},
		{pagePart{"andere-organisaties", c.T("neighbour.part"), count(len(c.view.Neighbours))}, len(c.view.Neighbours) > 0 || len(c.view.NeighbourDesks) > 0 && c.may("record")},
		{pagePart{"afsluiten", c.T("case.closing"), ""}, true},
		{pagePart{"overdracht", c.T("case.notes"), count(len(c.view.Notes))}, true},
		{pagePart{"bewaren", c.T("case.retention"), ""}, c.keeping()},
		{pagePart{"inzage", c.T("case.shield"), count(len(c.view.HiddenFrom))}, c.shielding()},
		{pagePart{"logboek", c.T("case.log"), ""}, len(c.view.Log) > 0},
	}
	var parts []pagePart
	for _, part := range all {
		if part.shown {
			parts = append(parts, part.pagePart)
		}
	}
	return parts
}

// asksAround tells whether there is anybody to ask: somebody reported, or is asked for something.
func (c *casePage) asksAround() bool {
	return !c.view.OwnWork || len(c.view.Questions)+len(c.askFields()) > 0
}

func (c *casePage) openQuestions() int {
	n := 0
	for _, question := range c.view.Questions {
		if !question.Done {
			n++
		}
	}
	return n
}

// summary says at V1 what the case is and who reported it.
func (c *casePage) summary() string {
	title := c.P(c.view.Title)
	if title == "" {
		title = c.P(c.view.Kind)
	}
	reported := c.about()
	if c.view.Organisation != "" && !c.inPressRoom() { // a question is about an organisation, not from it
		reported = c.T("case.reported_by", c.view.Organisation)
	}
	return sentence(". ", strings.TrimSuffix(title, "."), reported)
}

// standing says where the case stands: phase, status, channel, who handles it.
func (c *casePage) standing() string {
	handler := c.T("case.handled_by_nobody")
	if c.view.AssignedName != "" {
		handler = c.T("case.handled_by", c.view.AssignedName)
	}
	received := c.T("case.received", c.when(c.view.ReceivedAt), c.word("case.channel", c.view.Channel))
	return sentence(" ", c.phaseWords(), received, handler)
}

// toldShown is how many people the head of the page names; the table has all.
const toldShown = 3

// told says in one line who was told, and how far the news came: the answer at a glance
// that the table of who knows what gives in full (R-R-20).
func (c *casePage) told() string {
	var said []string
	for _, row := range c.view.Knows.Rows {
		best := -1
		for _, cell := range row.Cells {
			best = max(best, slices.Index(knowStates, knowState(cell.State)))
		}
		if best > slices.Index(knowStates, "proposed") {
			said = append(said, row.Person.Name+" ("+c.T("case.know."+knowStates[best])+")")
		}
	}
	if more := len(said) - toldShown; more > 0 {
		said = append(said[:toldShown], c.T("case.told_more", more))
	}
	return strings.Join(said, ", ")
}

func (c *casePage) phaseWords() string {
	if phase := c.P(c.view.Phase); phase != "" {
		return c.T("case.phase", phase, c.word("case.status", c.view.Status))
	}
	return c.T("case.no_phase", c.word("case.status", c.view.Status))
}

// handlers are the people who can handle a case: those with a role at the desk.
func (c *casePage) handlers() []desk.Person {
	var people []desk.Person
	for _, person := range c.view.People {
		if slices.ContainsFunc(person.Roles, c.worksAtDesk) {
			people = append(people, person)
		}
	}
	return people
}

func (c *casePage) worksAtDesk(role string) bool {
	for i := range c.protocol.Roles {
		if c.protocol.Roles[i].ID == role {
			return c.protocol.Roles[i].Side == "desk"
		}
	}
	return false
}

// clockStyle colours a clock: late, soon (past its last warning), done, or plain.
func clockStyle(clock desk.ClockView, now time.Time) string {
	switch clock.State {
	case protocol.ClockLate, protocol.ClockMetLate:
		return "late"
	case protocol.ClockPossiblyLate, protocol.ClockMetPossiblyLate, protocol.ClockReached:
		return "soon"
	case protocol.ClockMet:
		return "done"
	}
	if n := len(clock.Warn); n > 0 && !now.Before(clock.Warn[n-1]) && clock.State == protocol.ClockRunning {
		return "soon"
	}
	return "plain"
}

// clocksShown is how many clocks stand at the head of the case; the others are folded.
const clocksShown = 4

// sortedClocks puts the clocks that ask for attention first and those that are done last.
func (c *casePage) sortedClocks() (shown, folded []desk.ClockView) {
	clocks := slices.Clone(c.view.Clocks)
	slices.SortStableFunc(clocks, func(a, b desk.ClockView) int { return pressing(a) - pressing(b) })
	n := min(max(soonest(clocks), 1), clocksShown, len(clocks))
	return clocks[:n], clocks[n:]
}

// soonest puts the clocks that still run in order of their moment and says how many those
// are: what was met hurries nobody.
func soonest(clocks []desk.ClockView) int {
	n := 0
	for n < len(clocks) && clocks[n].Met.IsZero() && pressing(clocks[n]) < pressing(desk.ClockView{}) {
		n++
	}
	slices.SortStableFunc(clocks[:n], func(a, b desk.ClockView) int { return a.Due.Compare(b.Due) })
	return n
}

func pressing(clock desk.ClockView) int {
	switch clock.State {
	case protocol.ClockLate:
		return 0
	case protocol.ClockPossiblyLate:
		return 1
	case protocol.ClockRunning:
		return 2
	case protocol.ClockReached:
		return 3
	case protocol.ClockWaiting:
		return 5
	}
	return 4
}

// clockWords is the state of a clock as a reader says it.
func (c *casePage) clockWords(clock desk.ClockView) string {
	switch clock.State {
	case protocol.ClockRunning, protocol.ClockLate:
		return c.until(clock.Due)
	}
	return c.T("clock.state." + string(clock.State))
}

// clockDetail is the moment behind the words.
func (c *casePage) clockDetail(clock desk.ClockView) string {
	counted := ""
	if clock.Discovered {
		counted = c.T("case.from_discovery")
	}
	switch clock.State {
	case protocol.ClockWaiting:
		return c.T("case.clock_waiting")
	case protocol.ClockMet, protocol.ClockMetLate, protocol.ClockMetPossiblyLate:
		return sentence(" ", c.T("case.clock_met", c.when(clock.Met), c.dueBy(clock.Due)), counted)
	case protocol.ClockPossiblyLate:
		return sentence(" ", c.T("case.clock_possibly", c.when(clock.Early), c.dueBy(clock.Due)), counted)
	case protocol.ClockReached:
		return sentence(" ", c.T("case.clock_reached", c.dueBy(clock.Due)), counted)
	}
	return sentence(" ", c.T("case.clock_due", c.dueBy(clock.Due)), counted)
}

// decided tells whether a deviation already stands in the list as a decision.
func (c *casePage) decided(deviation desk.DeviationView) bool {
	return slices.ContainsFunc(c.view.Decisions, func(d desk.DecisionView) bool {
		return d.Subject == deviation.What
	})
}
