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
	if !may(a, p, "worklist.read", 0) {
		d.refusedTo(ctx, a, "", "worklist.read")
		return nil, errHidden
	}
	defer d.listsNow(ctx, a, "worklist.read")()
	now := d.Now()
	w := &Worklist{Now: now, DeskOpen: p.DeskOpen(now), Closes: p.DeskCloses(now), Opens: p.NextDeskOpening(now)}
	q := CaseQuery{Tenant: a.Tenant, View: orDefault(f.View, "team"), Person: a.ID, Search: f.Search, Kind: f.Kind, Law: f.Law, Now: now, EndOfDay: endOfDay(now, p.Location()), After: f.After, Limit: pageSize + 1}
	q.Among, _ = seesRelations(a, p)
	q.Owns = ownKeys(a, p)
	if f.Limit > 0 && f.Limit < pageSize {
		q.Limit = f.Limit + 1
	}
	var rows []CaseRow
	var people []Person
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if err = q.shownTo(ctx, tx, a); err != nil {
			return err
		}
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
	r := d.reader(a, p, people)
	if w.Counts["handover"] > 0 || q.narrowed() { // what is handed over stands there whatever is searched for
		if w.Handover, err = d.handover(ctx, r, q); err != nil {
			return nil, err
		}
	}
	w.Groups = group(p, rows, r, now, q.EndOfDay)
	return w, nil
}

// narrowed: the counts are of what was searched for, not of the whole worklist.
func (q CaseQuery) narrowed() bool { return q.Search != "" || q.Kind != "" || q.Law != "" }

// handover reads what was left for the next shift: of each case its notes alone, of all
// cases in one question.
func (d *Desk) handover(ctx context.Context, r reader, q CaseQuery) ([]HandoverNote, error) {
	q = CaseQuery{Tenant: q.Tenant, View: "handover", Now: q.Now, EndOfDay: q.EndOfDay, Among: q.Among, Limit: handoverMost, Reader: q.Reader}
	var rows []CaseRow
	var notes []Record
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		if rows, err = tx.Cases(ctx, q); err != nil || len(rows) == 0 {
			return err
		}
		ids := make([]loket.CaseID, len(rows))
		for i, row := range rows {
			ids[i] = row.ID
		}
		notes, err = tx.EventsOf(ctx, ids, loket.Noted{}.Type())
		return err
	})
	var out []HandoverNote
	for _, row := range rows {
		note, left, err := d.leftBehind(ctx, r, row, notes)
		if err != nil { // one note that cannot be read must not take the worklist away
			note, left = HandoverNote{Unreadable: true, At: row.HandoverAt}, true
		}
		if left {
			note.Case, note.Number = row.ID, row.Number
			out = append(out, note)
		}
	}
	return out, err
}

// leftBehind is the last note of a case for the next shift that nobody accepted, see handedOver.
func (d *Desk) leftBehind(ctx context.Context, r reader, row CaseRow, notes []Record) (last HandoverNote, left bool, err error) {
	p := d.protocolOf(row)
	if p == nil {
		return last, false, errHidden
	}
	for _, record := range notes {
		if record.Case != row.ID {
			continue
		}
		e, err := d.unsealOne(ctx, p, row.Key, record)
		if err != nil {
			return last, false, err
		}
		switch n, _ := e.Payload.(loket.Noted); n.Kind {
		case "handover":
			said := r.said(e, n.Text)
			last, left = HandoverNote{Text: said.Text, Sealed: said.Sealed, At: e.At, By: r.name(e.By)}, true
		case "accepted":
			last, left = HandoverNote{}, false
		}
	}
	return last, left, nil
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
	case row.Status == "ended" || row.Status == statusDestroyed || row.Status == statusJoined || row.Status == statusLimited || row.Status == "closed" && row.DueAt.IsZero():
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
