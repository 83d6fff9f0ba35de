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
	Case     loket.CaseID
	Number   string
	Kind     string
	Other    bool // the case follows another protocol, so nothing was compared
	Outcomes []protocol.Outcome
	Deeper   bool // it differs in more than the reader may see; only for somebody with an account
}

// Under compares what a case is now with what it would be under another version of the
// same protocol, for the command line. It changes nothing; that it was asked is in the ledger.
func (d *Desk) Under(ctx context.Context, a loket.Actor, id loket.CaseID, under *protocol.Protocol) (ReplayedCase, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return ReplayedCase{}, err
	}
	if !may(a, o.p, "case.replayed", 0) {
		return ReplayedCase{}, errMayNot
	}
	r := d.replayed(o, under)
	if r.Other {
		return r, nil
	}
	err = d.Store.Write(ctx, func(tx Tx) error { return tx.Ledger(ctx, d.replayEntry(a, o)) })
	return r, err
}

// replayed is a case in hand under another version.
func (d *Desk) replayed(o *open, under *protocol.Protocol) ReplayedCase {
	r := ReplayedCase{Case: o.ID, Number: o.Number, Kind: o.Kind, Other: o.p.About.ID != under.About.ID}
	if !r.Other {
		r.Outcomes = protocol.Outcomes(o.p, under, o.Input(d.Now()))
	}
	return r
}

func (d *Desk) replayEntry(a loket.Actor, o *open) LedgerEntry {
	return LedgerEntry{At: d.Now(), Tenant: o.Tenant, Actor: a.ID, Role: a.Role, Case: o.ID, Action: "replay", Outcome: "done"}
}
