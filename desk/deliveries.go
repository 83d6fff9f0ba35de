// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// Deliveries lists outgoing notices, newest first, with how far they came (R05). Whoever
// works at the desk may see them: they hold no content. Where a reporter can be reached is
// for those who see that deep.
func (d *Desk) Deliveries(ctx context.Context, a loket.Actor, limit int) ([]Message, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if !may(a, p, "deliveries.read", 0) {
		d.refusedTo(ctx, a, "", "deliveries.read")
		return nil, errHidden
	}
	defer d.listsNow(ctx, a, "deliveries.read")()
	var messages []Message
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if messages, err = tx.Messages(ctx, a.Tenant, limit); err != nil {
			return err
		}
		near, err := d.onlyRelated(ctx, tx, a, p, casesOf(messages))
		messages = slices.DeleteFunc(messages, func(m Message) bool { return !near[m.Case] })
		return err
	})
	if level, _ := sees(a, p, onSight|policies.Own); level < "V4" {
		for i := range messages {
			if messages[i].Person == "reporter" {
				messages[i].To = "melder" // the address is an answer of the report, deeper than this reader sees
			}
		}
	}
	return messages, err
}

// redeliverable is how far back a notice may be tried again.
const redeliverable = 1000

// Redeliver makes a notice due at once, also one that was given up. It stays the same
// message with the same Message-ID, so that nobody takes it for a second one (R04). It is for
// those who handle cases: who only looks, such as an auditor, sends nothing.
func (d *Desk) Redeliver(ctx context.Context, a loket.Actor, message string) error {
	p, err := d.mayRedeliver(ctx, a)
	if err != nil {
		return err
	}
	now := d.Now()
	err = d.Store.Write(ctx, func(tx Tx) error {
		messages, err := tx.Messages(ctx, a.Tenant, redeliverable)
		if err != nil {
			return err
		}
		near, err := d.onlyRelated(ctx, tx, a, p, casesOf(messages))
		if err != nil {
			return err
		}
		for _, m := range messages {
			if m.ID != message || !m.SentAt.IsZero() || !near[m.Case] || m.To == "" { // what was held back has no address left
				continue
			}
			if err := tx.Failed(ctx, m.ID, now, m.Error, false); err != nil {
				return err
			}
			return tx.Ledger(ctx, LedgerEntry{At: now, Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: m.Case, Action: "notice.again", Outcome: "done"})
		}
		return errHidden
	})
	if err == nil {
		d.Nudge()
	}
	return err
}

func (d *Desk) mayRedeliver(ctx context.Context, a loket.Actor) (*protocol.Protocol, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err == nil && !may(a, p, "notice.again", 0) {
		d.refusedTo(ctx, a, "", "notice.again")
		err = errHidden
	}
	return p, err
}
