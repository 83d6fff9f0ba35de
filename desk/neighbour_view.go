// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// NeighbourView is what a desk sees of a case elsewhere: V1, who coordinates, and what was
// shared.
type NeighbourView struct {
	Link      string
	State     string // proposed, accepted
	Ours      bool   // this desk proposed it
	Tenant    string
	Desk      string // name of the other organisation
	Number    string // of the other case; empty until both agree, as are the next three
	Kind      protocol.Text
	Received  time.Time
	Status    string
	Reference string

	Coordinator     string // name; empty: each its own, until somebody records it
	CoordinatesHere bool
	Basis           string
	Offered         string // name of who would coordinate
	OfferedHere     bool   // it would be this desk
	AskedOfUs       bool   // the other side waits for an answer
	OfferBasis      string
	Answer          string    // the last thing that one side answered, as NeighbourAnswer.What
	AnswerOurs      bool      // this desk gave it
	AnswerHere      bool      // it was about this desk coordinating
	AnsweredAt      time.Time // zero: no answer yet
	Shares          []ShareView
	At              time.Time
}

// ShareView is a text that was shared, by its place in the list.
type ShareView struct {
	Place   int
	Ours    bool
	Title   protocol.Text
	Version int
	At      time.Time
	Gone    bool // withdrawn, or its case is gone
	Old     bool // a newer version was released since, and not shared
}

// SharedText is a text that another organisation shared.
type SharedText struct {
	Desk  string
	Title protocol.Text
	At    time.Time
	Old   bool // a newer version was released since
	Parts []SharedPart
}

// SharedPart is one part of it.
type SharedPart struct {
	Title protocol.Text
	Text  string
}

// neighbours are the cases elsewhere that a case is linked to, and the organisations it
// may be linked to. An installation of one desk has neither.
func (d *Desk) neighbours(ctx context.Context, v *CaseView, o *open) error {
	all, err := d.Tenants(ctx)
	if err != nil || len(all) < 2 {
		return err
	}
	for _, t := range all {
		if t.ID != o.Tenant && !v.OwnWork {
			v.NeighbourDesks = append(v.NeighbourDesks, Tenant{ID: t.ID, Name: t.Name})
		}
	}
	var rows []Neighbour
	ctx = Everywhere(ctx) // what the other side shows of its case lies there
	err = d.Store.Read(ctx, func(tx Tx) error {
		for _, id := range endsOf(o) {
			of, err := tx.NeighboursOf(ctx, id)
			if err != nil {
				return err
			}
			rows = append(rows, of...)
		}
		return nil
	})
	for _, n := range rows {
		if err == nil && (n.State == "proposed" || n.State == "accepted") && n.holds(o) {
			var one NeighbourView
			one, err = d.neighbourView(ctx, n, o.Tenant, n.State == "accepted")
			v.Neighbours = append(v.Neighbours, one)
		}
	}
	return err
}

// neighbourView shows a link as one side sees it; agreed tells whether the other case may
// be seen at all.
func (d *Desk) neighbourView(ctx context.Context, n Neighbour, tenant string, agreed bool) (NeighbourView, error) {
	_, other := n.sides(tenant)
	name := func(id string) string {
		t, err := d.Tenant(ctx, id)
		if err != nil {
			return ""
		}
		return t.Name
	}
	v := NeighbourView{
		Link: n.ID, State: n.State, Ours: n.From.Tenant == tenant, Tenant: other.Tenant, Desk: name(other.Tenant),
		Coordinator: name(n.Coordinator), CoordinatesHere: n.Coordinator == tenant, Basis: n.Basis,
		Offered: name(n.Offered), OfferedHere: n.Offered == tenant, AskedOfUs: n.OfferedBy == other.Tenant, OfferBasis: n.OfferBasis, At: n.At,
		Answer: n.Answer.What, AnswerOurs: n.Answer.By == tenant, AnswerHere: n.Answer.About == tenant, AnsweredAt: n.Answer.At,
	}
	var err error
	if v.Reference, err = d.reference(ctx, n); err != nil || !agreed {
		return v, err
	}
	err = d.Store.Read(ctx, func(tx Tx) error {
		row, found, err := goesOn(ctx, tx, other.Case)
		if err != nil || !found {
			return err
		}
		v.Number, v.Received, v.Status = row.Number, row.ReceivedAt, row.Status
		if p := d.protocolOf(row); p != nil && p.Kind(row.Kind) != nil {
			v.Kind = p.Kind(row.Kind).Title
		}
		return nil
	})
	for i, s := range n.Shares {
		if !replaced(n, s) {
			v.Shares = append(v.Shares, d.shareView(ctx, n, i, s.By == tenant))
		}
	}
	return v, err
}

func (d *Desk) shareView(ctx context.Context, n Neighbour, place int, ours bool) ShareView {
	s := n.Shares[place]
	v := ShareView{Place: place, Ours: ours, Version: s.Version, At: s.At, Gone: true}
	o, pr, _ := d.sharedProduct(ctx, n, s)
	if o != nil {
		v.Title, v.Gone, v.Old = pr.Title, false, outdated(o, s)
	}
	return v
}

// replaced: the same text was shared again in a later version; the newest is what holds (SM-7).
func replaced(n Neighbour, s NeighbourShare) bool {
	return slices.ContainsFunc(n.Shares, func(x NeighbourShare) bool {
		return x.By == s.By && x.Case == s.Case && x.Product == s.Product && x.Row == s.Row && x.Version > s.Version
	})
}

// outdated: the desk that wrote a text released a newer version. Whoever holds the older one
// may know that much; what the newer one says is shared or not by a person (R-R-20, D-60).
func outdated(o *open, s NeighbourShare) bool {
	state := o.Products[loket.RowKey(s.Product, s.Row)]
	if state == nil {
		return false
	}
	return slices.ContainsFunc(state.Versions, func(v loket.ProductVersion) bool {
		return v.Version > s.Version && v.Released != nil && v.Withdrawn == ""
	})
}

// sharedProduct opens a shared text at the desk that wrote it; o is nil when it was
// withdrawn or its case is gone.
func (d *Desk) sharedProduct(ctx context.Context, n Neighbour, s NeighbourShare) (o *open, pr *protocol.Product, v *loket.ProductVersion) {
	writer, _ := n.sides(s.By)
	in := writer.Case
	if s.Case != "" {
		in = s.Case
	}
	o, err := d.load(ctx, loket.System(writer.Tenant), in)
	if err != nil || o == nil || o.Limit != nil || !slices.Contains(endsOf(o), writer.Case) { // no longer one case with the linked one
		return nil, nil, nil
	}
	pr, v = o.p.Product(s.Product), o.ProductVersion(s.Product, s.Row, s.Version)
	if pr == nil || v == nil || v.Released == nil || v.Withdrawn != "" {
		return nil, nil, nil
	}
	return o, pr, v
}

// NeighbourText reads a text that another organisation shared. Both ledgers know of it
// before the first word is shown.
func (d *Desk) NeighbourText(ctx context.Context, a loket.Actor, id loket.CaseID, link string, place int) (*SharedText, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return nil, err
	}
	ctx = Everywhere(ctx)
	n, err := d.neighbourOf(ctx, o, loket.Neighboured{Link: link})
	if err != nil {
		return nil, err
	}
	_, other := n.sides(o.Tenant)
	if n.State != "accepted" || place < 0 || place >= len(n.Shares) || n.Shares[place].By != other.Tenant {
		return nil, errHidden
	}
	from, pr, v := d.sharedProduct(ctx, n, n.Shares[place])
	if from == nil || !o.mayAt(a, "neighbour.read", 0, pr.Level) {
		return nil, errHidden
	}
	t, err := d.Tenant(ctx, other.Tenant)
	if err != nil {
		return nil, err
	}
	if err := d.enterRead(ctx, a, o, other); err != nil {
		return nil, unlogged(err)
	}
	text := &SharedText{Desk: t.Name, Title: pr.Title, At: n.Shares[place].At, Old: outdated(from, n.Shares[place])}
	for _, part := range pr.Parts {
		if v.Parts[part.ID] != "" {
			text.Parts = append(text.Parts, SharedPart{part.Title, v.Parts[part.ID]})
		}
	}
	return text, nil
}

func (d *Desk) enterRead(ctx context.Context, a loket.Actor, o *open, other *NeighbourSide) error {
	const action = "neighbour.read"
	now := d.Now()
	return d.Store.Write(ctx, func(tx Tx) error {
		if err := tx.Ledger(ctx, LedgerEntry{At: now, Tenant: o.Tenant, Actor: a.ID, Role: a.Role, Case: o.ID, Action: action, Outcome: "done"}); err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: now, Tenant: other.Tenant, Actor: "other:" + o.Tenant, Case: other.Case, Action: action, Outcome: "done"})
	})
}

// CaseNumbered finds a case of the reader's own desk by its number.
func (d *Desk) CaseNumbered(ctx context.Context, a loket.Actor, number string) (loket.CaseID, error) {
	var row CaseRow
	var found bool
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		row, found, err = tx.CaseByNumber(ctx, a.Tenant, number)
		return err
	})
	if err != nil {
		return "", err
	}
	if found {
		_, err = d.load(ctx, a, row.ID)
	}
	if !found || err != nil {
		return "", loket.Refuse(loket.Invalid, "Er is bij uw loket geen zaak met dit nummer.", "Your desk has no case with this number.")
	}
	return row.ID, nil
}

// neighbourWords says in one line what was said about a case elsewhere.
func neighbourWords(w loket.Neighboured) protocol.Text {
	who := say("Dit loket", "This desk")
	if w.Theirs {
		who = say(w.Name, w.Name)
	}
	words := map[string]protocol.Text{
		loket.NeighbourProposed: say("vraagt "+w.Name+" of zij ook een zaak van dit voorval heeft", "asks "+w.Name+" whether it has a case of this incident too"),
		loket.NeighbourAccepted: say("koppelt deze zaak aan die van de andere organisatie", "links this case to that of the other organisation"),
		loket.NeighbourDeclined: say("heeft geen zaak van dit voorval", "has no case of this incident"),
		loket.NeighbourUndone:   say("maakt de koppeling met de andere organisatie ongedaan", "undoes the link with the other organisation"),
		loket.NeighbourOffered:  say("stelt voor wie van beide coördineert", "proposes which of both coordinates"),
		loket.NeighbourTaken:    say("is het eens met wie coördineert", "agrees on who coordinates"),
		loket.NeighbourRefused:  say("is het niet eens met wie coördineert", "does not agree on who coordinates"),
		loket.NeighbourShared:   say("deelt een vrijgegeven tekst met de andere organisatie", "shares a released text with the other organisation"),
	}[w.What]
	out := say(who.NL+" "+words.NL, who.EN+" "+words.EN)
	if w.Number != "" {
		out = say(out.NL+" ("+w.Number+")", out.EN+" ("+w.Number+")")
	}
	return out
}
