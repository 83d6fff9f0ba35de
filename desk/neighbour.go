// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/guard"
	"example.org/loket/protocol"
)

// Neighbour is one incident that two organisations of this installation have a case of
// (D-12, D-60). A person on each side says so. Of the other case each sees V1 (number, kind,
// date, status and whose it is), who coordinates, and the released texts that the other
// shared; nothing else, and after it is undone nothing at all.
type Neighbour struct {
	ID          string
	Version     int    // of this row: 1, 2 …
	State       string // proposed, accepted, declined, undone
	From, To    NeighbourSide
	Reference   string // words that crossed with the proposal, without a person; sealed with the key of the case they came from
	Coordinator string // tenant that coordinates; empty: nobody recorded it, so each its own
	Basis       string // of loket.NeighbourBases
	Offered     string // tenant that would coordinate, until the other side answers
	OfferedBy   string // tenant
	OfferBasis  string
	Answer      NeighbourAnswer
	Shares      []NeighbourShare
	At          time.Time // of the last change
}

// NeighbourAnswer is the last thing that one side said to a question of the other: whoever
// asked must be able to read what became of it.
type NeighbourAnswer struct {
	What  string    // declined, undone, accepted, taken, refused; empty: none yet
	By    string    // tenant
	About string    // tenant that would have coordinated; empty for answers about the link
	At    time.Time // zero: none yet
}

// NeighbourSide is one organisation's end. Case is empty until its people accept.
type NeighbourSide struct {
	Tenant string
	Case   loket.CaseID
	Number string
}

// NeighbourShare is a released text that one side lets the other read.
type NeighbourShare struct {
	By      string    `json:"by"` // tenant
	Product string    `json:"product"`
	Row     string    `json:"row,omitempty"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`

	Case loket.CaseID `json:"case,omitempty"` // that it stands in, when not the linked one but the one it goes on in
}

// Neighbours keeps what two organisations said of one incident.
type Neighbours interface {
	// PutNeighbour inserts version 1, or replaces the version before; Conflict when
	// somebody was first.
	PutNeighbour(ctx context.Context, n Neighbour) error
	Neighbour(ctx context.Context, id string) (Neighbour, bool, error)
	// NeighboursOf lists those of a case, oldest first.
	NeighboursOf(ctx context.Context, id loket.CaseID) ([]Neighbour, error)
	// NeighboursOpen lists what a tenant asked or was asked and nobody answered, oldest first.
	NeighboursOpen(ctx context.Context, tenant string, limit int) ([]Neighbour, error)
	// NeighboursSettled lists the others of a tenant, newest first.
	NeighboursSettled(ctx context.Context, tenant string, limit int) ([]Neighbour, error)
}

// sides gives a tenant's own end and the other one.
func (n *Neighbour) sides(tenant string) (mine, other *NeighbourSide) {
	if n.From.Tenant == tenant {
		return &n.From, &n.To
	}
	return &n.To, &n.From
}

// holds: the case is this tenant's end of it, or goes on for it (DT-22): a link of one of two
// reports is a link of the case that both became.
func (n *Neighbour) holds(o *open) bool {
	mine, _ := n.sides(o.Tenant)
	return mine.Tenant == o.Tenant && slices.Contains(endsOf(o), mine.Case)
}

// endsOf are the cases that this one speaks for: itself, and those that go on in it.
func endsOf(o *open) []loket.CaseID {
	out := []loket.CaseID{o.ID}
	for _, l := range o.Links {
		mirrored := l
		mirrored.Leads = !l.Leads
		if loket.GoesOnElsewhere(mirrored) {
			out = append(out, l.Other)
		}
	}
	return out
}

// longestChain is how far the desk follows cases that went on in one another.
const longestChain = 8

// goesOn is the case that speaks for an end now: itself, or the one it went on in.
func goesOn(ctx context.Context, tx Tx, id loket.CaseID) (CaseRow, bool, error) {
	row, found, err := tx.CaseRow(ctx, id)
	for range longestChain {
		if err != nil || !found || row.JoinedTo == "" {
			break
		}
		var next CaseRow
		if next, found, err = tx.CaseRow(ctx, row.JoinedTo); found && err == nil {
			row = next
		}
	}
	return row, found, err
}

// neighbour carries out what somebody says about a case of another organisation: an event on
// both cases, the row between them and the ledger of both, in one transaction.
func (d *Desk) neighbour(ctx context.Context, a loket.Actor, id loket.CaseID, ch Change, want loket.Neighboured) (int, error) {
	o, version, known, err := d.asked(ctx, a, id, ch, want)
	if err != nil || known {
		return version, err
	}
	if want.What == loket.NeighbourAccepted && !mayAnswer(a, o.p) {
		return 0, errHidden // yes is an answer as well, of who may read the question
	}
	ctx = Everywhere(ctx) // from here it is of both organisations
	n, err := d.neighbourOf(ctx, o, want)
	if err != nil {
		return 0, err
	}
	if err := d.moveNeighbour(ctx, &n, o, want); err != nil {
		return 0, err
	}
	_, other := n.sides(o.Tenant)
	t, err := d.Tenant(ctx, other.Tenant)
	if err != nil {
		return 0, err
	}
	want.Link, want.Tenant, want.Name, want.Number = n.ID, t.ID, t.Name, other.Number
	return d.writeNeighbour(ctx, a, ch.Key, o, n, want)
}

// neighbourOf finds what is spoken of. A link of others answers as one that is not there.
func (d *Desk) neighbourOf(ctx context.Context, o *open, want loket.Neighboured) (n Neighbour, err error) {
	if want.What == loket.NeighbourProposed {
		return Neighbour{ID: d.Rand.ID()[:12], From: NeighbourSide{o.Tenant, o.ID, o.Number}}, nil
	}
	found := false
	if err := d.Store.Read(ctx, func(tx Tx) (err error) {
		n, found, err = tx.Neighbour(ctx, want.Link)
		return err
	}); err != nil {
		return n, err
	}
	asked := n.State == "proposed" && n.To.Tenant == o.Tenant && want.What == loket.NeighbourAccepted
	if !found || !asked && !n.holds(o) {
		return n, errHidden
	}
	return n, nil
}

var errNeighbourMoved = loket.Refuse(loket.Conflict, "Dit kan niet (meer) bij deze koppeling. Kijk wat er intussen is afgesproken.", "This is not possible (any more) with this link. See what was agreed meanwhile.")

// moveNeighbour is what an act makes of the row between two cases.
func (d *Desk) moveNeighbour(ctx context.Context, n *Neighbour, o *open, want loket.Neighboured) error {
	_, other := n.sides(o.Tenant)
	if want.What != loket.NeighbourProposed && want.What != loket.NeighbourOffered && want.What != loket.NeighbourShared {
		n.Answer = NeighbourAnswer{What: want.What, By: o.Tenant, About: n.Offered, At: d.Now()}
	}
	switch {
	case want.What == loket.NeighbourProposed:
		return d.proposeNeighbour(ctx, n, o, want)
	case want.What == loket.NeighbourAccepted && n.State == "proposed" && n.To.Tenant == o.Tenant:
		n.State, n.To.Case, n.To.Number = "accepted", o.ID, o.Number
		return d.onlyOnce(ctx, n, o)
	case want.What == loket.NeighbourUndone && (n.State == "proposed" || n.State == "accepted"):
		n.State, n.Offered, n.OfferedBy = "undone", "", ""
	case n.State != "accepted":
		return errNeighbourMoved
	case want.What == loket.NeighbourOffered && n.Offered == "" && want.Coordinator == "": // a form sent empty
		return loket.Refuse(loket.Invalid, "Kies wie coördineert.", "Choose who coordinates.")
	case want.What == loket.NeighbourOffered && n.Offered == "" && want.Coordinator != n.Coordinator && (want.Coordinator == o.Tenant || want.Coordinator == other.Tenant):
		n.Offered, n.OfferedBy, n.OfferBasis = want.Coordinator, o.Tenant, want.Basis
	case want.What == loket.NeighbourTaken && n.OfferedBy == other.Tenant:
		n.Coordinator, n.Basis, n.Offered, n.OfferedBy = n.Offered, n.OfferBasis, "", ""
	case want.What == loket.NeighbourRefused && n.OfferedBy == other.Tenant:
		n.Offered, n.OfferedBy = "", ""
	case want.What == loket.NeighbourShared:
		return d.shareText(n, o, want)
	default:
		return errNeighbourMoved
	}
	return nil
}

// proposeNeighbour: another organisation of this installation, and words without a person.
func (d *Desk) proposeNeighbour(ctx context.Context, n *Neighbour, o *open, want loket.Neighboured) error {
	if _, err := d.Tenant(ctx, want.Tenant); err != nil || want.Tenant == o.Tenant {
		return loket.Refuse(loket.Invalid, "Kies welke organisatie ook een zaak van dit voorval heeft.", "Choose which organisation also has a case of this incident.")
	}
	const longest = 200
	n.State, n.To.Tenant, n.Reference = "proposed", want.Tenant, strings.TrimSpace(want.Reference)
	if len(n.Reference) > longest {
		return loket.Refuse(loket.Invalid, "Houd de verwijzing kort: hooguit 200 tekens.", "Keep the reference short: 200 characters at most.")
	}
	if err := crosses(n.Reference, o); err != nil {
		return err
	}
	sealed, err := d.Sealer.Seal(ctx, o.row.Key, referencePlace(n.ID), []byte(n.Reference))
	n.Reference = base64.StdEncoding.EncodeToString(sealed)
	return err
}

func referencePlace(link string) string { return "neighbours|reference|" + link }

// reference opens the words that crossed; a case that was destroyed took its words along.
func (d *Desk) reference(ctx context.Context, n Neighbour) (string, error) {
	var from CaseRow
	if err := d.Store.Read(ctx, func(tx Tx) (err error) {
		from, _, err = tx.CaseRow(ctx, n.From.Case)
		return err
	}); err != nil || from.Status == statusDestroyed {
		return "", err
	}
	sealed, err := base64.StdEncoding.DecodeString(n.Reference)
	if err != nil {
		return "", err
	}
	plain, err := d.Sealer.Open(ctx, from.Key, referencePlace(n.ID), sealed)
	return string(plain), err
}

// crosses refuses words that point to a person: for what leaves to another organisation
// the strictest rule holds (requirements §11).
func crosses(text string, o *open) error {
	findings := guard.Apart(guard.Check(text, known(o)))
	if len(findings) == 0 {
		return nil
	}
	nl, en := make([]string, 0, len(findings)), make([]string, 0, len(findings))
	for _, f := range findings {
		nl, en = append(nl, f.Reason.NL), append(en, f.Reason.EN)
	}
	return loket.Refuse(loket.Stopped, "Deze tekst gaat naar een andere organisatie en wijst een persoon aan: "+strings.Join(nl, "; ")+". Haal dat weg.",
		"This text goes to another organisation and points to a person: "+strings.Join(en, "; ")+". Remove that.")
}

// onlyOnce: two cases are linked once.
func (d *Desk) onlyOnce(ctx context.Context, n *Neighbour, o *open) error {
	return d.Store.Read(ctx, func(tx Tx) error {
		all, err := tx.NeighboursOf(ctx, o.ID)
		if slices.ContainsFunc(all, func(x Neighbour) bool { return x.State == "accepted" && x.From == n.From && x.To == n.To }) {
			return errNeighbourMoved
		}
		return err
	})
}

// shareText lets the other side read a released text: to V2, and to V3 where that side
// coordinates (requirements §9, R-R-43).
func (d *Desk) shareText(n *Neighbour, o *open, want loket.Neighboured) error {
	_, other := n.sides(o.Tenant)
	pr, v := o.p.Product(want.Product), o.ProductVersion(want.Product, want.Row, want.Version)
	if pr == nil || v == nil || v.Released == nil || v.Withdrawn != "" {
		return loket.Refuse(loket.Conflict, "U kunt alleen een tekst delen die is vrijgegeven en niet ingetrokken.", "You can only share a text that was released and not withdrawn.")
	}
	deepest := protocol.Level("V2")
	if n.Coordinator == other.Tenant {
		deepest = "V3"
	}
	if pr.Level > deepest {
		return loket.Refuse(loket.Stopped, "Deze tekst gaat te diep voor een andere organisatie: hooguit V2, of V3 als zij coördineert.", "This text goes too deep for another organisation: V2 at most, or V3 when it coordinates.")
	}
	if err := crosses(strings.Join(texts(pr, v.Parts), "\n"), o); err != nil {
		return err
	}
	share := NeighbourShare{By: o.Tenant, Product: pr.ID, Row: want.Row, Version: v.Version, At: d.Now()}
	if mine, _ := n.sides(o.Tenant); mine.Case != o.ID {
		share.Case = o.ID
	}
	n.Shares = slices.DeleteFunc(slices.Clone(n.Shares), func(s NeighbourShare) bool { s.At = share.At; return s == share })
	n.Shares = append(n.Shares, share)
	return nil
}
