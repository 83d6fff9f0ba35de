// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// writeNeighbour writes an act on both cases, and the row between them.
func (d *Desk) writeNeighbour(ctx context.Context, a loket.Actor, key string, o *open, n Neighbour, want loket.Neighboured) (int, error) {
	now := d.Now()
	payloads, err := loket.Decide(o.Case, o.p, want, now)
	if err != nil {
		return 0, err
	}
	if want.What == loket.NeighbourShared {
		payloads = append(payloads, toldThere(want, now))
	}
	here, err := d.prepare(ctx, a, o, payloads, now)
	if err != nil {
		return 0, err
	}
	there, err := d.heardThere(ctx, o.Tenant, o.Number, n, want, now)
	if err != nil {
		return 0, err
	}
	n.Version, n.At = n.Version+1, now
	mails := d.tellThere(ctx, n, o.Tenant, want.What, now)
	err = d.Store.Write(ctx, func(tx Tx) error {
		for _, ch := range []*change{here, there} {
			if ch == nil {
				continue
			}
			if err := d.write(ctx, tx, ch); err != nil {
				return err
			}
		}
		if there == nil { // nobody there has a case of it yet, or not any more
			if err := tx.Ledger(ctx, d.saidFrom(o.Tenant, want)); err != nil {
				return err
			}
		}
		if err := tx.PutNeighbour(ctx, n); err != nil {
			return err
		}
		if err := tx.Enqueue(ctx, mails); err != nil {
			return err
		}
		return keep(ctx, tx, scoped(a, key), o.Version, now)
	})
	if err == nil && len(mails) > 0 {
		d.Nudge()
	}
	return o.Version, err
}

// toldThere puts the other organisation among those who know a text.
func toldThere(want loket.Neighboured, now time.Time) loket.Payload {
	to := loket.Recipient{ID: "other:" + want.Tenant, Name: want.Name}
	return loket.Told{Recipient: to, Product: want.Product, Version: want.Version, Channel: "neighbour", ToldAt: now}
}

// heardThere is the same act as the other case keeps it: without who said it, and without
// reasons. It is nil where the other organisation has no case of it.
func (d *Desk) heardThere(ctx context.Context, tenant, number string, n Neighbour, want loket.Neighboured, now time.Time) (*change, error) {
	_, side := n.sides(tenant)
	if side.Case == "" {
		return nil, nil
	}
	var goes CaseRow
	if err := d.Store.Read(ctx, func(tx Tx) (err error) {
		goes, _, err = goesOn(ctx, tx, side.Case)
		return err
	}); err != nil {
		return nil, err
	}
	other, err := d.load(ctx, loket.System(side.Tenant), goes.ID)
	if code := loket.ErrorCode(err); err != nil && (code == loket.NotFound || code == loket.Gone) {
		return nil, nil // destroyed there
	}
	if err != nil {
		return nil, err
	}
	mine, err := d.Tenant(ctx, tenant)
	if err != nil {
		return nil, err
	}
	heard := want
	heard.Theirs, heard.Tenant, heard.Name, heard.Number, heard.Reason = true, mine.ID, mine.Name, number, ""
	return d.prepare(ctx, loket.System(side.Tenant), other, []loket.Payload{heard}, now)
}

// saidFrom is the ledger entry of an organisation that heard something without a case.
func (d *Desk) saidFrom(tenant string, want loket.Neighboured) LedgerEntry {
	return LedgerEntry{At: d.Now(), Tenant: want.Tenant, Actor: "other:" + tenant, Action: want.Type(), Outcome: want.What}
}

// DeclineNeighbour answers a proposal with no. No case here is concerned; the ledger of this
// organisation and the case of the other keep it.
func (d *Desk) DeclineNeighbour(ctx context.Context, a loket.Actor, link string) error {
	n, err := d.offerTo(ctx, a, link)
	if err != nil {
		return err
	}
	ctx = Everywhere(ctx)
	now := d.Now()
	n.State, n.Version, n.At = "declined", n.Version+1, now
	n.Answer = NeighbourAnswer{What: loket.NeighbourDeclined, By: a.Tenant, At: now}
	heard := loket.Neighboured{Link: n.ID, What: loket.NeighbourDeclined, Tenant: n.From.Tenant}
	ch, err := d.heardThere(ctx, a.Tenant, "", n, heard, now)
	if err != nil {
		return err
	}
	mails := d.tellThere(ctx, n, a.Tenant, heard.What, now)
	err = d.Store.Write(ctx, func(tx Tx) error {
		if ch != nil {
			if err := d.write(ctx, tx, ch); err != nil {
				return err
			}
		}
		if err := tx.Ledger(ctx, LedgerEntry{At: now, Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: heard.Type(), Outcome: heard.What}); err != nil {
			return err
		}
		if err := tx.PutNeighbour(ctx, n); err != nil {
			return err
		}
		return tx.Enqueue(ctx, mails)
	})
	if err == nil && len(mails) > 0 {
		d.Nudge()
	}
	return err
}

// mayAnswer: who keeps all cases of the desk; nobody else could say that there is none.
func mayAnswer(a loket.Actor, p *protocol.Protocol) bool {
	_, limited := seesRelations(a, p)
	return may(a, p, "neighbour.answered", policies.Everything.When(!limited))
}

// offerTo finds a proposal that waits for the actor's organisation.
func (d *Desk) offerTo(ctx context.Context, a loket.Actor, link string) (n Neighbour, err error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return n, err
	}
	if !mayAnswer(a, p) {
		return n, errHidden
	}
	found := false
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		n, found, err = tx.Neighbour(ctx, link)
		return err
	})
	if err == nil && (!found || n.To.Tenant != a.Tenant || n.State != "proposed") {
		err = errHidden
	}
	return n, err
}
