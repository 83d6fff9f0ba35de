// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"

	"example.org/loket"
)

// NeighbourDealings is all that goes on between a desk and other organisations about incidents
// that both have (D-12, D-60, DT-17), as one reader may see it.
type NeighbourDealings struct {
	Asked   []NeighbourDealing // what waits for an answer of this desk, oldest first
	Waiting []NeighbourDealing // what this desk asked and nobody answered yet, oldest first
	Settled []NeighbourDealing // what became of the others, newest first
}

// NeighbourDealing is one of them. Of what was declined or undone it holds nothing of the other
// case, nor the words that the other sent along.
type NeighbourDealing struct {
	NeighbourView
	Case      loket.CaseID // of this desk, or the one it goes on in; empty while it has none
	OurNumber string
}

// Most rows of each kind on one page: what is open is answered, what is settled is looked up
// in its case.
const (
	mostOpen    = 100
	mostSettled = 30
)

// NeighbourDealings lists what was asked of the reader's desk, what it asked, and what became
// of both. A question whether there is a case is for who keeps all cases; what belongs to a
// case is for who may see that case.
func (d *Desk) NeighbourDealings(ctx context.Context, a loket.Actor) (NeighbourDealings, error) {
	var out NeighbourDealings
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return out, err
	}
	var open, settled []Neighbour
	var near map[loket.CaseID]bool
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if open, err = tx.NeighboursOpen(ctx, a.Tenant, mostOpen); err != nil {
			return err
		}
		if settled, err = tx.NeighboursSettled(ctx, a.Tenant, mostSettled); err != nil {
			return err
		}
		near, err = d.onlyRelated(ctx, tx, a, p, ownEnds(a.Tenant, open, settled))
		return err
	})
	if err != nil {
		return out, err
	}
	answers := mayAnswer(a, p)
	for _, n := range slices.Concat(open, settled) {
		mine, _ := n.sides(a.Tenant)
		if mine.Case == "" && !answers || mine.Case != "" && !near[mine.Case] {
			continue // as if nobody asked anything
		}
		one, err := d.dealing(Everywhere(ctx), n, a.Tenant)
		if err != nil {
			return out, err
		}
		out.add(n, one)
	}
	return out, nil
}

// ownEnds are the cases of a tenant in links.
func ownEnds(tenant string, links ...[]Neighbour) (out []loket.CaseID) {
	for _, n := range slices.Concat(links...) {
		if mine, _ := n.sides(tenant); mine.Case != "" {
			out = append(out, mine.Case)
		}
	}
	return out
}

// add puts a dealing where somebody looks for it.
func (l *NeighbourDealings) add(n Neighbour, one NeighbourDealing) {
	switch waits := n.State == "proposed" || n.Offered != ""; {
	case !waits:
		l.Settled = append(l.Settled, one)
	case one.AskedOfUs || n.State == "proposed" && !one.Ours:
		l.Asked = append(l.Asked, one)
	default:
		l.Waiting = append(l.Waiting, one)
	}
}

// dealing shows a link as one side sees it.
func (d *Desk) dealing(ctx context.Context, n Neighbour, tenant string) (NeighbourDealing, error) {
	mine, _ := n.sides(tenant)
	asked := n.State == "proposed" && n.To.Tenant == tenant // without V1 nobody could say yes or no
	view, err := d.neighbourView(ctx, n, tenant, asked || n.State == "accepted")
	if err != nil {
		return NeighbourDealing{}, err
	}
	one := NeighbourDealing{NeighbourView: view}
	if !one.Ours && (n.State == "declined" || n.State == "undone") {
		one.Reference = ""
	}
	if mine.Case == "" {
		return one, nil
	}
	return one, d.Store.Read(ctx, func(tx Tx) error {
		row, found, err := goesOn(ctx, tx, mine.Case)
		if found {
			one.Case, one.OurNumber = row.ID, row.Number
		}
		return err
	})
}

// NeighbourOffers are the questions whether the reader's desk has a case too, that wait for an
// answer.
func (d *Desk) NeighbourOffers(ctx context.Context, a loket.Actor) ([]NeighbourView, error) {
	all, err := d.NeighbourDealings(ctx, a)
	var out []NeighbourView
	for _, one := range all.Asked {
		if one.State == "proposed" {
			out = append(out, one.NeighbourView)
		}
	}
	return out, err
}
