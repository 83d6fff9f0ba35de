// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Somebody with access to the desk may open in an emergency what is closed to them: a case
// that does not concern them, or a level deeper than they see (promises S10, threat T2).
//
//	form ──▶ event with ground, purpose, reason, until ──▶ ledger · notice to who shields · list
//	                     └──▶ while it runs: relation lent, as deep as was asked for
//	list ──▶ reviewed by somebody else
//
// Everything read meanwhile is in the ledger as read in an emergency, however shallow.

// EmergencyRow is one emergency opening for the list: V1, no typed word.
type EmergencyRow struct {
	Case       loket.CaseID
	Seq        int
	Tenant     string
	Number     string
	Person     string
	Role       string
	Ground     string
	Depth      string
	At, Until  time.Time
	ReviewedAt time.Time // zero: nobody looked at it yet
	ReviewedBy string
	Right      bool
}

// Emergencies is what a store keeps about emergency openings.
type Emergencies interface {
	PutEmergency(ctx context.Context, row EmergencyRow) error
	// EmergencyRows lists openings, newest first; of one person, or of all.
	EmergencyRows(ctx context.Context, tenant, person string, limit int) ([]EmergencyRow, error)
}

func emergencyRow(o *open, x loket.Emergency) EmergencyRow {
	row := EmergencyRow{Case: o.ID, Seq: x.Seq, Tenant: o.Tenant, Number: o.Number, Person: x.By, Role: x.Role, Ground: x.Ground, Depth: string(x.Depth),
		At: x.At, Until: x.Until, ReviewedAt: x.ReviewedAt, ReviewedBy: x.ReviewedBy}
	row.Right = x.Review != nil && x.Review.Right
	return row
}

// EmergencyForm is what somebody fills in to open a case in an emergency.
type EmergencyForm struct {
	Key     string
	Number  string // of the case
	Ground  string
	Depth   protocol.Level
	Purpose string
	Reason  string
}

// errNoCase answers alike for no such case, one of another organisation and one that is
// hidden from the asker.
var errNoCase = loket.Refuse(loket.Invalid, "Er is geen zaak met dit nummer die u zo kunt openen. Kijk het nummer na, of bel het loket.",
	"There is no case with this number that you can open this way. Check the number, or call the desk.")

// OpenInEmergency opens a case to the actor for a limited time.
func (d *Desk) OpenInEmergency(ctx context.Context, a loket.Actor, form EmergencyForm) (loket.CaseID, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return "", err
	}
	want := loket.EmergencyOpened{Ground: form.Ground, Depth: form.Depth, Purpose: form.Purpose, Reason: form.Reason}
	if !MayWant(a, p, want) {
		d.refusedTo(ctx, a, "", want.Type())
		return "", errHidden
	}
	if refusal := loket.CheckEmergency(want); refusal != nil {
		return "", refusal
	}
	row, found, err := d.rowNumbered(ctx, a.Tenant, form.Number)
	if err != nil {
		return "", err
	}
	if !found {
		d.refusedTo(ctx, a, "", want.Type())
		return "", errNoCase
	}
	_, err = d.actTo(ctx, a, row.ID, want.Type(), form.Key, 0, func(o *open) ([]loket.Payload, error) {
		want.Until = d.emergencyEnds(o.p)
		return loket.Decide(o.Case, o.p, want, d.Now())
	})
	if code := loket.ErrorCode(err); code == loket.NotFound || code == loket.Gone {
		err = errNoCase
	}
	return row.ID, err
}

func (d *Desk) rowNumbered(ctx context.Context, tenant, number string) (row CaseRow, found bool, err error) {
	err = d.Store.Read(ctx, func(tx Tx) error {
		row, found, err = tx.CaseByNumber(ctx, tenant, strings.TrimSpace(number))
		return err
	})
	return row, found, err
}

// emergencyEnds is when an opening of now is over, as the protocol says.
func (d *Desk) emergencyEnds(p *protocol.Protocol) time.Time {
	const ordinary = 4 * time.Hour
	end, err := p.After(d.Now(), p.Desk.Emergency)
	if err != nil {
		end = d.Now().Add(ordinary)
	}
	return end.UTC()
}

// EmergencyView is the page of emergency openings for one reader.
type EmergencyView struct {
	Now     time.Time
	Span    string // how long an opening lasts, as the protocol writes it
	MayOpen bool
	All     bool // openings of everybody; else the reader's own
	Lines   []EmergencyLine
}

// EmergencyLine is one opening. Of a case that is gone the words are gone too.
type EmergencyLine struct {
	EmergencyRow
	Name      string
	RoleTitle protocol.Text
	Runs      bool
	MayReview bool
	Version   int      // of the case
	Purpose   TextView // what was typed
	Reason    TextView
	Remark    TextView // of the review
	Reviewer  string   // name
}

// emergencyLines is how many openings a page shows.
const emergencyLines = 100

// EmergencyOpenings lists emergency openings: all of them for who shields cases, else the reader's own.
func (d *Desk) EmergencyOpenings(ctx context.Context, a loket.Actor) (*EmergencyView, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	v := &EmergencyView{Now: d.Now(), Span: p.Desk.Emergency, MayOpen: MayWant(a, p, loket.EmergencyOpened{}), All: may(a, p, "emergencies.read", 0)}
	if !v.MayOpen && !v.All {
		d.refusedTo(ctx, a, "", "emergencies.read")
		return nil, errHidden
	}
	defer d.listsNow(ctx, a, "emergencies.read")()
	person := a.ID
	if v.All {
		person = ""
	}
	var rows []EmergencyRow
	var people []Person
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if rows, err = tx.EmergencyRows(ctx, a.Tenant, person, emergencyLines); err != nil {
			return err
		}
		gone, err := hidden(ctx, tx, a)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(r EmergencyRow) bool { return gone[r.Case] })
		people, err = tx.People(ctx, a.Tenant)
		return err
	})
	if err != nil {
		return nil, err
	}
	r := d.reader(a, p, people)
	for _, row := range rows {
		v.Lines = append(v.Lines, d.emergencyLine(ctx, r, row))
	}
	return v, nil
}

// emergencyLine reads what was typed with an opening, where the reader may come to the case;
// who opened it reads it there.
func (d *Desk) emergencyLine(ctx context.Context, r reader, row EmergencyRow) EmergencyLine {
	line := EmergencyLine{EmergencyRow: row, Name: r.name(row.Person), RoleTitle: roleTitle(r.p, row.Role), Runs: d.Now().Before(row.Until), Reviewer: r.name(row.ReviewedBy)}
	if !may(r.a, r.p, "emergencies.read", 0) {
		return line
	}
	o, err := d.load(ctx, r.a, row.Case)
	if err != nil {
		return line
	}
	r, x := r.of(o), o.Emergency(row.Seq)
	if x == nil {
		return line
	}
	line.Version = o.Version
	line.Purpose, line.Reason = r.text(o.Case, x.Seq, x.Purpose), r.text(o.Case, x.Seq, x.Reason)
	if x.Review != nil {
		line.Remark = r.text(o.Case, x.ReviewSeq, x.Review.Remark)
	}
	line.MayReview = x.Review == nil && o.wants(r.a, loket.EmergencyReviewed{Opening: x.Seq})
	return line
}
