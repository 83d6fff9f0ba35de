// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// caseRow makes the row that worklist and register read. It holds V1 only: number, kind,
// law, organisation, status, what to do. Never a person.
func caseRow(o *open, now time.Time) CaseRow {
	row, c, p, ev := o.row, o.Case, o.p, o.ev
	row.Number, row.Tenant, row.Kind, row.Version = c.Number, c.Tenant, c.Kind, c.Version
	if k := p.Kind(c.Kind); k != nil {
		row.Registered = k.Registered && c.Ended != "event" && c.Ended != "test"
	}
	row.Year = yearOf(c, p, row.ReceivedAt)
	row.Organisation, _ = c.Facts[factOrganisation].(string)
	row.Laws = strings.Join(lawsOf(c.Facts), " ")
	class, provisional := mainClass(p, ev)
	row.Class, row.Provisional = encodeText(class), provisional
	row.Urgent = urgent(p, c.Facts)
	row.Assigned, row.Status, row.UpdatedAt = c.Assigned, status(c), now
	row.JoinedTo = joinedTo(c)
	row.Relations, row.HiddenFrom = relationsOf(c, p, ev), hiddenRow(c)
	row.HandoverAt = handedOver(c).At
	row.Columns = encodeColumns(columns(p, ev, c))
	todo := proposals(o, loket.System(c.Tenant), now)
	switch {
	case row.Status == "closed":
		todo = sinceClosing(o, todo)
	case row.JoinedTo != "":
		todo = awaited(o, todo)
	}
	first(&row, o, todo, now)
	rest(&row, o, len(todo) > 0)
	setAside(&row, o)
	if row.Relations != nil && (row.JoinedTo == "" || row.Status == "open") {
		row.Relations = append(row.Relations, ownerKeys(o, todo)...)
	}
	return row
}

// sinceClosing keeps what came up after the phase was closed: its clock began later. What was
// left open then was motivated. A step without a phase goes on for as long as its clock does, such
// as the notice to the council about an investigation that began before (R-R-95).
func sinceClosing(o *open, todo []Proposal) []Proposal {
	var closed time.Time
	for _, ph := range o.Phases {
		if ph.Closed && !ph.GoesOn && ph.ClosedAt.After(closed) {
			closed = ph.ClosedAt
		}
	}
	return slices.DeleteFunc(todo, func(t Proposal) bool {
		step := o.p.Step(t.Step)
		if step == nil { // a task of somebody's own
			return !t.Due.After(closed)
		}
		clock := dueOf(o.ev, step.Due, t.Row)
		return clock == nil || step.Phase != "" && !clock.Start.After(closed) || !clock.Met.IsZero()
	})
}

// ofDesk: the role sits at the desk.
func ofDesk(p *protocol.Protocol, role string) bool {
	r := p.Role(role)
	return r != nil && r.Side == "desk"
}

// statusJoined is the status of a row whose case goes on in another one: it stands among
// what is closed, and the work in the case that it joined.
const statusJoined = "joined"

// rest takes a joined case off the worklist, until a reporter adds something to it that
// nobody read or somebody leaves a note there for the next shift. While a journalist waits
// there for an answer it does not rest.
func rest(row *CaseRow, o *open, asked bool) {
	link, ok := joined(o.Case)
	if !ok || row.Status != "open" || asked {
		return
	}
	row.What, row.Because, row.DueAt, row.More, row.Waiting = "", "", time.Time{}, 0, false
	switch {
	case addedSince(o.Case, link.Link):
		row.What = encodeText(say("Lees wat de melder toevoegde, en werk verder in de andere zaak", "Read what the reporter added, and go on in the other case"))
	case row.HandoverAt.IsZero():
		row.Status = statusJoined
	}
}

// statusLimited is the status of a row whose case is only kept (AVG 18): there is nothing to do.
const statusLimited = "limited"

// setAside takes a case that is only kept off the worklist.
func setAside(row *CaseRow, o *open) {
	if o.Limit != nil {
		row.What, row.Because, row.DueAt, row.More, row.Waiting = "", "", time.Time{}, 0, false
		row.Status, row.HandoverAt = statusLimited, time.Time{}
	}
}

// addedSince: a reporter sent something after the link was made, and nobody of the desk did
// anything on the case after that.
func addedSince(c *loket.Case, link string) bool {
	added, made := "", false
	for _, e := range c.Events {
		w, isReport := e.Payload.(loket.ReportReceived)
		switch l, isLink := e.Payload.(loket.Linked); {
		case isLink && l.Link == link:
			made = true
		case made && isReport && w.Channel == "web":
			added = e.By
		case e.By != added && e.By != loket.System(c.Tenant).ID:
			added = ""
		}
	}
	return added != ""
}

// rowWhat is what to do in words of the protocol. A task of somebody's own is free text,
// which may name a person: it stays sealed, and the row says only that there is one (S05).
func rowWhat(p *protocol.Protocol, prop Proposal) protocol.Text {
	if p.Step(prop.Step) == nil {
		return say("Eigen taak: zie de zaak", "Own task: see the case")
	}
	return prop.Title
}

// atDesk: somebody at the desk owns the step; a step without owner is the desk's.
func atDesk(p *protocol.Protocol, step, owner string) bool {
	s := p.Step(step)
	if s == nil || len(s.Owner) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Owner, func(id string) bool { return ofDesk(p, id) })
}

// yearOf is the year a case counts in: that of the incident, else of receipt (D-69).
func yearOf(c *loket.Case, p *protocol.Protocol, received time.Time) int {
	if at := incidentMoment(p, c.Facts); !at.IsZero() {
		received = at
	}
	return received.In(p.Location()).Year()
}

// incidentMoment is when it happened, or was found when nobody knows.
func incidentMoment(p *protocol.Protocol, facts protocol.Facts) time.Time {
	switch v := facts[incidentFact(p)].(type) {
	case protocol.Occurrence:
		if v.Precision == protocol.PrecisionDiscovered {
			return v.Discovered
		}
		return v.From
	case time.Time:
		return v
	}
	return time.Time{}
}

// incidentFact is the fact that says when it happened: `incident`, or else the first
// question for an occurrence in a form that opens a case.
func incidentFact(p *protocol.Protocol) string {
	if p.Fact(factIncident) != nil {
		return factIncident
	}
	for i := range p.Forms {
		for _, section := range p.Forms[i].Sections {
			for j := range section.Fields {
				if p.Forms[i].Use == "report" && section.Fields[j].Type == protocol.TypeOccurrence {
					return section.Fields[j].ID
				}
			}
		}
	}
	return ""
}

func lawsOf(facts protocol.Facts) []string {
	laws, _ := facts[factLaws].([]string)
	return laws
}

// mainClass is the outcome of the first table that a person decides, in words.
func mainClass(p *protocol.Protocol, ev *protocol.Evaluation) (protocol.Text, bool) {
	for _, f := range ev.Tables {
		if len(f.Table.DecidedBy) == 0 || len(f.Table.Outputs) == 0 || f.Arises == protocol.False {
			continue // nobody decides it, or not in a case of this kind
		}
		out := f.Table.Outputs[0].ID
		v, ok := ev.Facts[out]
		if !ok {
			return protocol.Text{}, true
		}
		return p.Words(out, v), f.Decided == nil && (f.Provisional || ev.Unsettled[out])
	}
	return protocol.Text{}, false
}

func status(c *loket.Case) string {
	if c.Ended != "" {
		return "ended"
	}
	at := "open"
	for _, ph := range c.Phases { // in no order: a closed phase goes before one that is proposed
		if ph.Closed && !ph.GoesOn {
			return "closed"
		}
		if ph.Proposed && !ph.Closed {
			at = "proposed"
		}
	}
	return at
}

// joinedTo is the case that goes on instead of this one, by a person's verdict (DT-22).
func joinedTo(c *loket.Case) loket.CaseID {
	if l, ok := joined(c); ok {
		return l.Other
	}
	return ""
}

func joined(c *loket.Case) (loket.Linked, bool) {
	for _, l := range c.Links {
		if loket.GoesOnElsewhere(l) {
			return l, true
		}
	}
	return loket.Linked{}, false
}

// What the register counts besides the figures of the protocol: incidents, persons and
// reports apart (DT-22, SC-05). A figure's id cannot begin with an underscore.
const (
	columnIncident = "_incident"
	columnPersons  = "_persons"
	columnReports  = "_reports"
)

// count fills the three counts. A joined case is no incident of its own; joined as the same
// report it adds no person either.
func count(out map[string]string, c *loket.Case) {
	link, isJoined := joined(c)
	incident, persons := 1, 1
	if isJoined {
		incident = 0
		if link.Verdict == "same_report" || link.Verdict == loket.VerdictConverted {
			persons = 0
		}
	}
	out[columnIncident], out[columnPersons], out[columnReports] = itoa(incident), itoa(persons), itoa(firstReports(c))
}

// firstReports counts the reports of a case; supplements and follow-ups are no new report.
func firstReports(c *loket.Case) int {
	n := 0
	for _, r := range c.Reports {
		if n == 0 || r.Form == c.Reports[0].Form && r.Organisation != c.Reports[0].Organisation {
			n++
		}
	}
	return n
}

// handedOver is the last note for the next shift that nobody accepted yet.
func handedOver(c *loket.Case) loket.Note {
	var last loket.Note
	for _, n := range c.Notes {
		switch n.Kind {
		case "handover":
			last = n
		case "accepted":
			last = loket.Note{}
		}
	}
	return last
}

func encodeText(t protocol.Text) string {
	b, err := json.Marshal(t)
	if err != nil {
		return ""
	}
	return string(b)
}

func decodeText(s string) (t protocol.Text) {
	if json.Unmarshal([]byte(s), &t) != nil {
		return protocol.Text{NL: s, EN: s}
	}
	return t
}

// same compares two values of facts; moments by instant.
func same(a, b any) bool {
	x, okx := a.(time.Time)
	y, oky := b.(time.Time)
	if okx && oky {
		return x.Equal(y)
	}
	if x, ok := a.(protocol.Occurrence); ok {
		y, ok := b.(protocol.Occurrence)
		return ok && x.From.Equal(y.From) && x.To.Equal(y.To) && x.Precision == y.Precision && x.Discovered.Equal(y.Discovered)
	}
	return reflect.DeepEqual(a, b)
}

func words(s string) []string { return strings.Fields(s) }

func itoa(n int) string { return strconv.Itoa(n) }
