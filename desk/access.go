// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"errors"

	"example.org/loket"
	"example.org/loket/protocol"
)

// errUnlogged answers a reading that could not be entered in the log: what nobody can
// account for is not shown (fail closed). The page adds the desk's phone number.
var errUnlogged = loket.Refuse(loket.Unavailable, "Dit kan nu niet getoond worden: het logboek is niet bereikbaar. Bel het loket.",
	"This cannot be shown now: the log cannot be reached. Call the desk.")

// refusedTo enters that somebody wanted what is not theirs: the kind of act, never what it
// held (R-R-62, BIO2 8.15.01). A failing log changes nothing for the asker: the answer is a
// refusal either way.
func (d *Desk) refusedTo(ctx context.Context, a loket.Actor, id loket.CaseID, action string) {
	_ = d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: id, Action: action, Outcome: "refused"})
}

// readNow enters that somebody is about to see facts of V4 or V5. Without the entry there is
// no reading.
func (d *Desk) readNow(ctx context.Context, a loket.Actor, id loket.CaseID, what string) error {
	return unlogged(d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: id, Action: "read", Outcome: "done", Purpose: what}))
}

func (d *Desk) entered(ctx context.Context, e LedgerEntry) error {
	e.At = d.Now()
	return d.Store.Write(ctx, func(tx Tx) error { return tx.Ledger(ctx, e) })
}

// unlogged tells a reader what a broken log means for them; a refusal stays what it was.
func unlogged(err error) error {
	if loket.ErrorCode(err) != loket.Internal {
		return err
	}
	return errors.Join(errUnlogged, err)
}

// deepest is the deepest level among facts.
func deepest(p *protocol.Protocol, facts protocol.Facts) protocol.Level {
	deep := protocol.Level("V0")
	for id := range facts {
		deep = max(deep, levelOf(p, id))
	}
	return deep
}
