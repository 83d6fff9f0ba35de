// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// The press room shows the questions of journalists as the communication adviser works on
// them (R-I-06 … R-I-25, DT-08, SM-4). Which kinds of case lie there, and which facts, clocks
// and texts are shown, is said by the protocol (protocol.PressRoom):
//
//	cases of those kinds ──relation, in SQL──▶ load ──▶ PressCard, most pressing first
//	words of the subject ──keyed hashes──▶ what was answered before about the same
//
// It changes nothing: every act leads to the case.

// pressPage is how many questions one page of the press room shows; each is opened and
// evaluated, so the page is shorter than the worklist.
const pressPage = 20

// pressRecent is how many closed questions are looked at for what was answered lately.
const pressRecent = 10

// PressRoom is the room of one reader.
type PressRoom struct {
	Now    time.Time
	Cards  []PressCard
	Next   string           // cursor, empty at the end
	Lately []PressAnswer    // answered today or lately, whatever the subject; newest first
	Opens  []*protocol.Kind // kinds that the reader may register with the short form
	Media  int              // articles that the media monitor found and nobody looked at; -1: not the reader's
	Kinds  []*protocol.Kind // all kinds of the room
}

// PressCard is one question with everything that belongs to it, no deeper than V3 and no
// deeper than the reader sees.
type PressCard struct {
	Case         loket.CaseID
	Number       string
	Kind         *protocol.Kind
	Status       string
	ReceivedAt   time.Time
	Assigned     string
	Urgent       bool
	Organisation string
	Subject      FactView
	Question     FactView
	Medium       FactView
	Answer       FactView
	Clock        *ClockView // of the desk; nil: not running
	Own          *ClockView // of the asker
	Parts        []PressPart
	Next         *Proposal // most pressing thing to do; nil: nothing now
	Texts        []PressText
	FollowUps    []PressFollowUp
	Evaluation   *RowsView
	Found        *RowsView // what was in the media
	Links        []LinkView
	Converts     []*protocol.Kind
	Same         []PressAnswer // earlier and other questions about the same subject
}

// PressPart is one of the steps that the protocol names (its `task`), with what is open in it.
type PressPart struct {
	Title string
	Open  []Proposal
	Done  int // steps of it that were done
}

// PressText is one text of the question: the newest version, and to whom it went.
type PressText struct {
	Product *protocol.Product
	Line    *ProductLine // nil: nothing made and not proposed
	Parts   []PartView   // of a version; empty while it is deeper than the reader sees
	To      []PressReader
}

// PressReader is one receiver of a text.
type PressReader struct {
	Name  string
	State string // released, sent, read, failed, told
	At    time.Time
}

// PressFollowUp is a further question with its own clocks.
type PressFollowUp struct {
	Row    RowView
	Clocks []ClockView
}

// PressAnswer is what was answered, or will be, to another question.
type PressAnswer struct {
	Case     loket.CaseID
	Number   string
	Subject  FactView
	Medium   FactView
	Answer   FactView
	At       time.Time // when it was answered; zero: not yet
	Received time.Time
}

// PressRoom shows the open press questions that the reader may see, most pressing first.
func (d *Desk) PressRoom(ctx context.Context, a loket.Actor, after string) (*PressRoom, error) {
	p, err := d.pressReader(ctx, a)
	if err != nil {
		return nil, err
	}
	defer d.listsNow(ctx, a, "press.read")()
	room := &PressRoom{Now: d.Now(), Kinds: p.PressKinds(), Media: -1}
	room.Opens = slices.DeleteFunc(slices.Clone(room.Kinds), func(k *protocol.Kind) bool {
		f := p.ShortForm(k.ID)
		return f == nil || !may(a, p, "report.sent", ofForm(a, f))
	})
	q := CaseQuery{Tenant: a.Tenant, View: "team", Kinds: kindIDs(room.Kinds), Now: room.Now, EndOfDay: endOfDay(room.Now, p.Location()), After: after, Limit: pressPage + 1}
	q.Among, _ = seesRelations(a, p)
	var rows, closed []CaseRow
	var people []Person
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if err = q.shownTo(ctx, tx, a); err != nil {
			return err
		}
		if rows, err = tx.Cases(ctx, q); err != nil {
			return err
		}
		old := q
		old.View, old.After, old.Limit = "closed", "", pressRecent
		if closed, err = tx.Cases(ctx, old); err != nil {
			return err
		}
		if may(a, p, "media.read", 0) {
			room.Media, err = tx.CountMedia(ctx, a.Tenant, MediaNew)
		}
		if err == nil {
			people, err = tx.People(ctx, a.Tenant)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(rows) > pressPage {
		rows = rows[:pressPage]
		room.Next = Cursor(rows[pressPage-1])
	}
	return room, d.furnish(ctx, a, room, d.reader(a, p, people), rows, closed)
}

// pressReader: everybody who works on cases, where the protocol has a press room at all.
func (d *Desk) pressReader(ctx context.Context, a loket.Actor) (*protocol.Protocol, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if len(p.PressKinds()) == 0 || !may(a, p, "press.read", 0) {
		d.refusedTo(ctx, a, "", "press.read")
		return nil, errHidden
	}
	return p, nil
}

func kindIDs(kinds []*protocol.Kind) []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.ID
	}
	return out
}

// furnish opens the cases of the room once each.
func (d *Desk) furnish(ctx context.Context, a loket.Actor, room *PressRoom, r reader, rows, closed []CaseRow) error {
	loaded := &pressCases{d: d, a: a, r: r, at: room.Now, known: map[loket.CaseID]*open{}}
	for _, row := range rows {
		o := loaded.get(ctx, row.ID)
		if o == nil { // one case that cannot be read must not take the room away
			continue
		}
		card := d.pressCard(o, r, room.Now)
		same, err := d.sameSubject(ctx, a, loaded, o)
		if err != nil {
			return err
		}
		card.Same = same
		if err := d.hideLinks(ctx, a, r.p, &card); err != nil {
			return err
		}
		room.Cards = append(room.Cards, card)
		if answered := pressAnswer(o, r); !answered.At.IsZero() {
			room.Lately = append(room.Lately, answered)
		}
	}
	slices.SortStableFunc(room.Cards, sooner)
	for _, row := range closed {
		if o := loaded.get(ctx, row.ID); o != nil {
			if answered := pressAnswer(o, r); !answered.At.IsZero() {
				room.Lately = append(room.Lately, answered)
			}
		}
	}
	slices.SortStableFunc(room.Lately, func(a, b PressAnswer) int { return b.At.Compare(a.At) })
	room.Lately = room.Lately[:min(len(room.Lately), pressRecent)]
	return nil
}

// sooner puts the question first whose next deadline ends first, that of the asker included;
// one without a deadline that still runs comes last.
func sooner(a, b PressCard) int {
	x, y := a.endsAt(), b.endsAt()
	if x.IsZero() != y.IsZero() {
		return truth(x.IsZero()) - truth(y.IsZero())
	}
	return x.Compare(y)
}

// endsAt is the first moment of the clocks that were not met; zero: there is none.
func (c PressCard) endsAt() (at time.Time) {
	if first, _ := c.Deadlines(); first != nil && first.Met.IsZero() {
		at = first.Due
	}
	return at
}

// Late: a journalist should have heard already, on the first question or on a further one, by
// our clock or by their own.
func (c PressCard) Late() bool {
	first, _ := c.Deadlines()
	return first != nil && first.Met.IsZero() && first.State == protocol.ClockLate
}

// GoesOn is the case that the work of this one went to, as far as the reader may know of it; the
// question stands in the room for as long as its journalist waits.
func (c PressCard) GoesOn() (LinkView, bool) {
	i := slices.IndexFunc(c.Links, func(l LinkView) bool { return loket.GoesOnElsewhere(l.Linked) })
	if i < 0 {
		return LinkView{}, false
	}
	return c.Links[i], true
}

// Deadlines are the two clocks of a question to look at, the one that ends first in front; of
// those that were met none hurries. A further question that waits hurries as the first one did:
// answered is only what all of them are.
func (c PressCard) Deadlines() (first, then *ClockView) {
	all := []*ClockView{c.Own, c.Clock}
	for i := range c.FollowUps {
		for j := range c.FollowUps[i].Clocks {
			if clock := &c.FollowUps[i].Clocks[j]; clock.Met.IsZero() && !clock.Due.IsZero() {
				all = append(all, clock)
			}
		}
	}
	all = slices.DeleteFunc(all, func(clock *ClockView) bool { return clock == nil })
	slices.SortStableFunc(all, func(a, b *ClockView) int {
		if a.Met.IsZero() != b.Met.IsZero() {
			return truth(b.Met.IsZero()) - truth(a.Met.IsZero())
		}
		return a.Due.Compare(b.Due)
	})
	all = append(all, nil, nil)
	return all[0], all[1]
}

// pressCases opens a case once, however many questions lead to it.
type pressCases struct {
	d     *Desk
	a     loket.Actor
	r     reader
	at    time.Time
	known map[loket.CaseID]*open
}

func (c *pressCases) get(ctx context.Context, id loket.CaseID) *open {
	if o, ok := c.known[id]; ok {
		return o
	}
	o, err := c.d.load(ctx, c.a, id)
	if err != nil {
		o = nil
	} else {
		o.ev = o.p.Evaluate(o.Input(c.at))
		o = o.seenBy(c.a)
	}
	c.known[id] = o
	return o
}

// hideLinks leaves out links with cases that the reader may not see.
func (d *Desk) hideLinks(ctx context.Context, a loket.Actor, p *protocol.Protocol, card *PressCard) error {
	if len(card.Links) == 0 {
		return nil
	}
	var ids []loket.CaseID
	for _, l := range card.Links {
		ids = append(ids, l.Other)
	}
	return d.Store.Read(ctx, func(tx Tx) error {
		near, err := d.onlyRelated(ctx, tx, a, p, ids)
		card.Links = slices.DeleteFunc(card.Links, func(l LinkView) bool { return !near[l.Other] })
		return err
	})
}
