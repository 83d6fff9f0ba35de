// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"

	"example.org/loket"
	"example.org/loket/protocol"
)

// ReplayedCase is one case of the desk under another version of its protocol (design §4:
// plan, do, check, act). Outcomes name no person: they are what rules made of the facts.
type ReplayedCase struct {
	Number   string
	Kind     string
	Other    bool // the case follows another protocol, so nothing was compared
	Outcomes []protocol.Outcome
}

// Under compares what a case is now with what it would be under another version of the
// same protocol. It changes nothing; that it was asked is in the ledger.
func (d *Desk) Under(ctx context.Context, a loket.Actor, id loket.CaseID, under *protocol.Protocol) (ReplayedCase, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return ReplayedCase{}, err
	}
	if !may(a, o.p, "case.replayed", 0) {
		return ReplayedCase{}, errMayNot
	}
	r := ReplayedCase{Number: o.Number, Kind: o.Kind}
	if r.Other = o.p.About.ID != under.About.ID; r.Other {
		return r, nil
	}
	err = d.Store.Write(ctx, func(tx Tx) error {
		return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: o.Tenant, Actor: a.ID, Role: a.Role, Case: id, Action: "replay", Outcome: "done"})
	})
	if err != nil {
		return r, err
	}
	r.Outcomes = protocol.Outcomes(o.p, under, o.Input(d.Now()))
	return r, nil
}
