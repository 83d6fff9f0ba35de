// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// pageSize is how many cases one page of the worklist shows.
const pageSize = 50

// Worklist is the day of the desk: what is late, what is for today, what waits.
func (d *Desk) Worklist(ctx context.Context, a loket.Actor, f WorklistFilter) (*Worklist, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if !may(a, p, "work") {
		d.refusedTo(ctx, a, "", "worklist.read")
		return nil, errHidden
	}
	now := d.Now()
	w := &Worklist{Now: now, DeskOpen: p.DeskOpen(now), Closes: p.DeskCloses(now), Opens: p.NextDeskOpening(now)}
	q := CaseQuery{Tenant: a.Tenant, View: orDefault(f.View, "team"), Person: a.ID, Search: f.Search, Kind: f.Kind, Law: f.Law, Now: now, EndOfDay: endOfDay(now, p.Location()), After: f.After, Limit: pageSize + 1}
	q.Among, _ = seesRelations(a, p)
	if f.Limit > 0 && f.Limit < pageSize {
		q.Limit = f.Limit + 1
	}
	var rows []CaseRow
	var people []Person
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if rows, err = tx.Cases(ctx, q); err != nil {
			return err
		}
		if w.Counts, err = tx.CountCases(ctx, q); err != nil {
			return err
		}
		people, err = tx.People(ctx, a.Tenant)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == q.Limit {
		rows = rows[:q.Limit-1]
		w.Next = Cursor(rows[len(rows)-1])
	}
	if w.Handover, err = d.handover(ctx, a, d.reader(a, p, people), q); err != nil {
		return nil, err
	}
	w.Groups = group(p, rows, d.reader(a, p, people), now, q.EndOfDay)
	return w, nil
}

// handover opens the cases that were handed over; a shift has a handful, not a thousand.
func (d *Desk) handover(ctx context.Context, a loket.Actor, r reader, q CaseQuery) ([]HandoverNote, error) {
	var rows []CaseRow
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		rows, err = tx.Cases(ctx, CaseQuery{Tenant: q.Tenant, View: "handover", Now: q.Now, EndOfDay: q.EndOfDay, Among: q.Among, Limit: 20})
		return err
	})
	var out []HandoverNote
	for _, row := range rows {
		o, err := d.load(ctx, a, row.ID)
		if err != nil { // one case that cannot be read must not take the worklist away
			out = append(out, HandoverNote{Case: row.ID, Number: row.Number, Text: "Deze notitie kan niet gelezen worden. Open de zaak.", At: row.HandoverAt})
			continue
		}
		if n := handedOver(o.Case); !n.At.IsZero() {
			said := r.text(o.Case, n.Seq, n.Text)
			out = append(out, HandoverNote{Case: o.ID, Number: o.Number, Text: said.Text, Sealed: said.Sealed, At: n.At, By: r.name(n.By)})
		}
	}
	return out, err
}

func orDefault(s, or string) string {
	if s == "" {
		return or
	}
	return s
}

// endOfDay is the next midnight, local.
func endOfDay(now time.Time, loc *time.Location) time.Time {
	l := now.In(loc)
	return time.Date(l.Year(), l.Month(), l.Day()+1, 0, 0, 0, 0, loc)
}

// group puts the jobs under their moment, in reading order.
func group(p *protocol.Protocol, rows []CaseRow, r reader, now, endOfDay time.Time) []WorkGroup {
	order := []string{"late", "today", "later", "unplanned", "waiting", "closed"}
	jobs, said := map[string][]Job{}, wordings{}
	for _, row := range rows {
		g := moment(row, now, endOfDay)
		jobs[g] = append(jobs[g], job(p, row, r, now, said))
	}
	var out []WorkGroup
	for _, id := range order {
		if len(jobs[id]) > 0 {
			out = append(out, WorkGroup{ID: id, Jobs: jobs[id]})
		}
	}
	return out
}

func moment(row CaseRow, now, endOfDay time.Time) string {
	switch {
	case row.Status == "ended" || row.Status == statusDestroyed || row.Status == "closed" && row.DueAt.IsZero():
		return "closed"
	case row.Waiting:
		return "waiting"
	case row.DueAt.IsZero():
		return "unplanned"
	case now.After(row.DueAt):
		return "late"
	case row.DueAt.Before(endOfDay):
		return "today"
	}
	return "later"
}

// wordings are texts of rows that were read before: one page says the same things often.
type wordings map[string]protocol.Text

func (w wordings) read(s string) protocol.Text {
	t, ok := w[s]
	if !ok {
		t = decodeText(s)
		w[s] = t
	}
	return t
}

func job(p *protocol.Protocol, row CaseRow, r reader, now time.Time, said wordings) Job {
	j := Job{
		Case: row.ID, Number: row.Number, Kind: said.read(row.Class), Provisional: row.Provisional, Organisation: row.Organisation,
		What: said.read(row.What), Because: said.read(row.Because), Due: row.DueAt, Late: !row.DueAt.IsZero() && now.After(row.DueAt),
		Urgent: row.Urgent, More: row.More, ReceivedAt: row.ReceivedAt, Status: row.Status,
	}
	if row.Assigned != "" {
		j.Assigned = r.name(row.Assigned)
	}
	if j.Kind.NL == "" {
		if k := p.Kind(row.Kind); k != nil {
			j.Kind = k.Title
		}
	}
	if laws := words(row.Laws); len(laws) > 0 {
		j.Laws = p.Words(factLaws, laws)
	}
	return j
}
