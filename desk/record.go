// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// open is a case in hand: folded, with its protocol, its read row and what follows from it.
type open struct {
	*loket.Case
	p   *protocol.Protocol
	row CaseRow
	ev  *protocol.Evaluation // as it was when loaded; nil for a new case
	is  policies.Relation    // how the actor that it was loaded for is related to it

	lent protocol.Level // how deep an emergency opening that runs lets that actor see; empty: none
}

// load reads a case for an actor. Unknown and hidden answer alike.
func (d *Desk) load(ctx context.Context, a loket.Actor, id loket.CaseID) (*open, error) {
	return d.loadTo(ctx, a, id, "case.enter")
}

// loadTo reads a case for an actor who comes to it by some action.
func (d *Desk) loadTo(ctx context.Context, a loket.Actor, id loket.CaseID, action string) (*open, error) {
	var row CaseRow
	var records []Record
	var foreign bool
	err := d.Store.Read(ctx, func(tx Tx) error {
		var found bool
		var err error
		if row, found, err = tx.CaseRow(ctx, id); err != nil {
			return err
		}
		if !found { // as foreign: a store may hide the rows of others
			foreign = a.ID != "system"
			return errHidden
		}
		if foreign = a.ID != "system" && row.Tenant != a.Tenant; foreign {
			return errHidden // no key is touched for somebody of another organisation
		}
		if row.Status == statusDestroyed {
			return goneFor(ctx, d, tx, a, row)
		}
		records, err = tx.Events(ctx, id)
		return err
	})
	if foreign {
		d.refused(ctx, a, id)
	}
	if err != nil {
		return nil, err
	}
	o, err := d.unseal(ctx, row, records)
	if err != nil {
		return nil, err
	}
	o.lent = d.lend(a, o)
	if slices.ContainsFunc(a.Roles, func(id string) bool { return limitedRole(o.p, id) }) {
		o.ev = o.p.Evaluate(o.Input(d.Now())) // what is theirs hangs on what the case says of organisations
	}
	if o.is = d.sight(a, o); !o.may(a, action, 0) {
		d.refused(ctx, a, id)
		return nil, o.closed(a, action)
	}
	return o, nil
}

// unseal opens the records of a case and folds them.
func (d *Desk) unseal(ctx context.Context, row CaseRow, records []Record) (*open, error) {
	p := d.protocolOf(row)
	if p == nil {
		return nil, fmt.Errorf("case %s: its protocol is not installed", row.ID)
	}
	events := make([]loket.Event, 0, len(records))
	for _, r := range records {
		e, err := d.unsealOne(ctx, p, row.Key, r)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	c := loket.Fold(row.ID, events)
	if kept := d.knowing(c.Protocol).of(c.Protocol, c.ProtocolVersion); kept != nil {
		p = kept
	}
	return &open{Case: c, p: p, row: row}, nil
}

// protocolOf finds a protocol able to read the events; every version of a protocol can.
func (d *Desk) protocolOf(row CaseRow) *protocol.Protocol {
	t, err := d.Tenant(context.Background(), row.Tenant)
	if err != nil {
		return nil
	}
	return d.knowing(t.Protocol)[t.Protocol]
}

func (d *Desk) unsealOne(ctx context.Context, p *protocol.Protocol, key string, r Record) (loket.Event, error) {
	body, err := d.Sealer.Open(ctx, key, place("body", r.Case, r.Seq), r.Sealed)
	if err != nil {
		return loket.Event{}, fmt.Errorf("open %s/%d: %w", r.Case, r.Seq, err)
	}
	var vault []byte
	if len(r.Vault) > 0 {
		if vault, err = d.Sealer.Open(ctx, key, place("vault", r.Case, r.Seq), r.Vault); err != nil {
			return loket.Event{}, fmt.Errorf("open %s/%d: %w", r.Case, r.Seq, err)
		}
	}
	enc := loket.Encoded{Body: body, Vault: vault}
	payload, err := loket.Decode(p, r.Type, enc)
	return loket.Event{Case: r.Case, Seq: r.Seq, At: r.At, By: r.By, Role: r.Role, Payload: payload, Early: enc.Early()}, err
}

// place binds a ciphertext to where it lies, so that it cannot be moved (S06).
func place(column string, id loket.CaseID, seq int) string {
	return fmt.Sprintf("events|%s|%s|%d", column, id, seq)
}

// seal turns an event into what the database may hold.
func (d *Desk) seal(ctx context.Context, o *open, e loket.Event) (Record, error) {
	enc, err := loket.Encode(o.p, e.Payload)
	if err != nil {
		return Record{}, err
	}
	r := Record{Case: e.Case, Seq: e.Seq, Tenant: o.Tenant, At: e.At, Type: e.Payload.Type(), By: e.By, Role: e.Role}
	if r.Sealed, err = d.Sealer.Seal(ctx, o.row.Key, place("body", e.Case, e.Seq), enc.Body); err != nil {
		return Record{}, err
	}
	if len(enc.Vault) > 0 {
		r.Vault, err = d.Sealer.Seal(ctx, o.row.Key, place("vault", e.Case, e.Seq), enc.Vault)
	}
	return r, err
}

// change is a set of events on its way into the store.
type change struct {
	o       *open
	records []Record
	clocks  []ClockRow
	index   []IndexRow
	reindex bool
	told    []DisclosureRow
	notices []Message
	vaults  []rewrite

	heldBack    []string // people whose notices about the case must not go out any more
	emergencies []EmergencyRow
	purposes    map[int]string // for the ledger, by Seq

	erasures []Erasure
	terms    []RetentionRow
	reterm   bool // the terms changed
	adopted  *loket.VersionAdopted
}

// prepare applies payloads to the case in hand and works out everything that must be
// written with them. No transaction is open while it does so.
func (d *Desk) prepare(ctx context.Context, a loket.Actor, o *open, payloads []loket.Payload, now time.Time) (*change, error) {
	if o.ev == nil && o.Version > 0 {
		o.ev = o.p.Evaluate(o.Input(now))
	}
	ch, err := &change{o: o}, error(nil)
	var terms []RetentionRow
	if o.ev != nil {
		terms = retentionRows(o, now)
	}
	for _, payload := range payloads {
		by := a
		if looked, ok := payload.(own); ok {
			by, payload = loket.System(o.Tenant), looked.Payload
		}
		if err := d.add(ctx, by, ch, payload, now); err != nil {
			return nil, err
		}
	}
	after := o.p.Conclude(o.Input(now))
	if shifts(a, o.p, o.ev, after) {
		return nil, errShifts
	}
	for _, moved := range movedClocks(o.ev, after) {
		if err := d.add(ctx, loket.System(o.Tenant), ch, moved, now); err != nil {
			return nil, err
		}
	}
	o.ev = after
	if ch.reindex {
		ch.index = d.indexRows(o)
	}
	ch.clocks = clockRows(o.Case, o.p, after, now)
	ch.terms = retentionRows(o, now)
	ch.reterm = !sameTerms(terms, ch.terms)
	o.row = caseRow(o, now)
	o.row.Columns, err = d.sealColumns(ctx, o.row)
	return ch, err
}

// add applies one payload and seals it, unless its number is not known yet.
func (d *Desk) add(ctx context.Context, a loket.Actor, ch *change, payload loket.Payload, now time.Time) error {
	o := ch.o
	payload = loket.WithLevel(o.p, payload)
	e := loket.Event{Case: o.ID, Seq: o.Version + 1, At: now, By: a.ID, Role: a.Role, Payload: payload}
	var r Record
	var err error
	if _, opens := payload.(loket.CaseOpened); !opens { // the opening is sealed with its number, see number
		if r, err = d.seal(ctx, o, e); err != nil {
			return err
		}
	}
	o.Apply(e)
	ch.records = append(ch.records, r)
	switch p := payload.(type) {
	case loket.ReportReceived, loket.FactsRecorded:
		ch.reindex = true
	case loket.FactsErased:
		ch.reindex = true
		ch.erasures = append(ch.erasures, Erasure{ID: d.Rand.RowID(now), Tenant: o.Tenant, Case: o.ID, Number: o.Number, At: now, Rule: p.Rule, Fields: p.Fields, Texts: p.Texts, Levels: p.Levels})
		ch.vaults, err = d.erase(ctx, o, p)
	case loket.DeadlineEscalated:
		d.notifyEscalated(ctx, ch, p, now)
	case loket.DeadlineReminded:
		d.notifyReminded(ctx, ch, p, now)
	case loket.ConsultationOpened:
		d.notifyAsked(ctx, ch, p, now)
	case loket.VersionAdopted:
		ch.adopted = &p
	case loket.ProductReleased:
		d.notify(ctx, ch, p, now)
	case loket.ProductWithdrawn:
		withdrawInbox(ch, p)
		d.notifyWithdrawn(ctx, ch, p, now)
	case loket.DeliveryChanged:
		readInbox(ch, p, now)
	default:
		err = d.shielded(ctx, a, ch, e.Seq, payload)
	}
	return err
}

// write puts the change into the store: events, read row, clocks, index, inbox, messages
// and ledger together, or nothing (design rule: one transaction).
func (d *Desk) write(ctx context.Context, tx Tx, ch *change) error {
	if err := tx.Append(ctx, ch.records); err != nil {
		return err
	}
	for _, v := range ch.vaults {
		if err := v.write(ctx, tx, ch.o.ID); err != nil {
			return err
		}
	}
	if err := tx.PutCase(ctx, ch.o.row); err != nil {
		return err
	}
	if err := tx.PutClocks(ctx, ch.o.ID, ch.clocks); err != nil {
		return err
	}
	if ch.reindex {
		if err := tx.PutIndex(ctx, ch.o.ID, ch.o.Tenant, ch.index); err != nil {
			return err
		}
	}
	for _, t := range ch.told {
		if err := tx.PutDisclosure(ctx, t); err != nil {
			return err
		}
	}
	if err := ch.writeShields(ctx, tx); err != nil {
		return err
	}
	if len(ch.notices) > 0 {
		if err := tx.Enqueue(ctx, ch.notices); err != nil {
			return err
		}
	}
	if err := ch.writeTerms(ctx, tx); err != nil {
		return err
	}
	if err := ch.writeAdopted(ctx, tx); err != nil {
		return err
	}
	return d.enter(ctx, tx, ch.records, ch.purposes)
}

// writeShields writes what was opened in an emergency, and keeps back what was on its way to
// people from whom the case is hidden now.
func (ch *change) writeShields(ctx context.Context, tx Tx) error {
	for _, row := range ch.emergencies {
		if err := tx.PutEmergency(ctx, row); err != nil {
			return err
		}
	}
	if len(ch.heldBack) == 0 {
		return nil
	}
	return tx.HoldBack(ctx, ch.o.ID, ch.heldBack)
}

// writeTerms writes what must be erased when, and what was erased now.
func (ch *change) writeTerms(ctx context.Context, tx Tx) error {
	for _, e := range ch.erasures {
		if err := tx.PutErasure(ctx, e); err != nil {
			return err
		}
	}
	if !ch.reterm {
		return nil
	}
	return tx.PutRetention(ctx, ch.o.ID, ch.terms)
}

// enter writes the ledger entries of the records; purposes are by Seq, in words that name nobody.
func (d *Desk) enter(ctx context.Context, tx Tx, records []Record, purposes map[int]string) error {
	for _, r := range records {
		digest := sha256.Sum256(append(append([]byte{}, r.Sealed...), r.Vault...))
		entry := LedgerEntry{At: r.At, Tenant: r.Tenant, Actor: r.By, Role: r.Role, Case: r.Case, Action: r.Type, Outcome: "done", Purpose: purposes[r.Seq], Seq: r.Seq, Digest: digest[:]}
		if err := tx.Ledger(ctx, entry); err != nil {
			return err
		}
	}
	return nil
}

// refused logs that somebody asked for what is not theirs.
func (d *Desk) refused(ctx context.Context, a loket.Actor, id loket.CaseID) {
	d.refusedTo(ctx, a, id, actRead)
}
