// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

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

// What the log calls a reading: of facts of V4 or V5, and of anything less deep.
const (
	actRead = "read"
	actSeen = "seen"
)

// lentReading stands before what was read in an emergency opening.
const lentReading = "emergency:"

// readNow enters that somebody is about to see something of a case, and how deep it goes.
// Without the entry there is no reading.
func (d *Desk) readNow(ctx context.Context, a loket.Actor, o *open, what string, deep protocol.Level) error {
	act := actSeen
	if o.lent != "" || o.Limit != nil || deep >= "V4" {
		act = actRead
	}
	e := LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: o.ID, Action: act, Outcome: "done", Purpose: o.reading(what)}
	seen, watched := ctx.Value(watchKey{}).(*watch)
	look := act + " " + string(e.Case) + " " + e.Purpose
	if watched {
		if _, again := seen.looks.Load(look); again {
			return nil // a page that asks twice is one look
		}
	}
	err := d.entered(ctx, e)
	if watched && err == nil {
		seen.looks.Store(look, true)
	}
	return unlogged(err)
}

// readsNow enters a reading while the answer is being made, so that a page does not wait for
// the disk twice. Nothing may be given before the wait is over.
func (d *Desk) readsNow(ctx context.Context, a loket.Actor, o *open, what string, deep protocol.Level) (wait func() error) {
	done := make(chan error, 1)
	go func() { done <- d.readNow(ctx, a, o, what, deep) }()
	return func() error { return <-done }
}

// listsNow enters that somebody looks at a list of cases, while it is being made. Lists hold
// nothing deeper than V2: when the log cannot be written they are shown all the same, so that
// the desk can be called about the right case (R06); a case itself is not.
func (d *Desk) listsNow(ctx context.Context, a loket.Actor, list string) (wait func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: list, Outcome: "done"})
	}()
	return func() { <-done }
}

// watchKey is under what a context keeps what was entered for its request.
type watchKey struct{}

// watch is what one request left in the log: a refusal, and looks at cases.
type watch struct {
	refused atomic.Bool
	looks   sync.Map // "read case-id purpose"
}

// Watched is a context that remembers what was entered for one request: whether a refusal was,
// for TurnedAway, and which looks, so that a page that asks twice is one.
func Watched(ctx context.Context) context.Context {
	return context.WithValue(ctx, watchKey{}, new(watch))
}

// TurnedAway enters that somebody was refused a page, by its pattern, which holds no ids. A
// refusal that the desk entered already, in words of its own, is not entered again: with this
// every refusal of somebody who is logged in stands in the ledger, whatever found the reason.
func (d *Desk) TurnedAway(ctx context.Context, a loket.Actor, page string) error {
	if seen, ok := ctx.Value(watchKey{}).(*watch); ok && seen.refused.Load() {
		return nil
	}
	return d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "page.read", Outcome: "refused", Purpose: page})
}

func (d *Desk) entered(ctx context.Context, e LedgerEntry) error {
	if seen, ok := ctx.Value(watchKey{}).(*watch); ok && e.Outcome == "refused" {
		seen.refused.Store(true)
	}
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
