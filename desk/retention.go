// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// How long what was needed once is kept after it was done, and how often it is looked for.
const (
	keepAddress  = 30 * 24 * time.Hour // of a message that arrived or was given up
	keepResult   = 30 * 24 * time.Hour // of an idempotency key; drafts live for a day
	purgeEvery   = time.Hour
	purgeBatch   = 500
	termBatch    = 100
	termRetry    = time.Hour // after a case whose term ended could not be handled
	listedTerms  = 500
	certificates = 100
)

// RetentionView is what is due to be erased, what is held, and what was destroyed. Nothing in
// it is deeper than V1: who approves a destruction need not read the case.
type RetentionView struct {
	Due          []RetentionItem
	Held         []RetentionItem
	Certificates []Certificate
	Rules        []protocol.Retention
	Now          time.Time
}

// RetentionItem is one proposal: this rule on this case.
type RetentionItem struct {
	Case   loket.CaseID
	Number string
	Rule   string
	Title  protocol.Text
	Source protocol.Source
	Levels []protocol.Level
	Fields []string // only these facts
	Whole  bool
	DueAt  time.Time
	Asked  string // name of who proposed it; empty for a rule
	Mine   bool   // the reader proposed it, so somebody else must approve
}

// Retention lists what waits for approval (requirements: retention and destruction with a log).
func (d *Desk) Retention(ctx context.Context, a loket.Actor) (*RetentionView, error) {
	p, err := d.mayRetain(ctx, a, "retention.read")
	if err != nil {
		return nil, err
	}
	defer d.listsNow(ctx, a, "retention.read")()
	v := &RetentionView{Rules: p.Retention, Now: d.Now()}
	var due, held []RetentionRow
	var people []Person
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if due, err = tx.RetentionList(ctx, a.Tenant, "proposed", listedTerms); err != nil {
			return err
		}
		if held, err = tx.RetentionList(ctx, a.Tenant, "held", listedTerms); err != nil {
			return err
		}
		if v.Certificates, err = tx.Certificates(ctx, a.Tenant, certificates); err != nil {
			return err
		}
		gone, err := hidden(ctx, tx, a)
		if err != nil {
			return err
		}
		if v.Certificates, err = certifiedTo(ctx, tx, gone, v.Certificates); err != nil {
			return err
		}
		never := func(r RetentionRow) bool { return gone[r.Case] }
		due, held = slices.DeleteFunc(due, never), slices.DeleteFunc(held, never)
		people, err = tx.People(ctx, a.Tenant)
		return err
	})
	r := d.reader(a, p, people)
	v.Due, v.Held = retentionItems(r, due), retentionItems(r, held)
	return v, err
}

// mayRetain: the roles that the protocol gives the care for keeping and erasing.
func (d *Desk) mayRetain(ctx context.Context, a loket.Actor, action string) (*protocol.Protocol, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err == nil && !may(a, p, action, 0) {
		err = errHidden
	}
	return p, err
}

func retentionItems(r reader, rows []RetentionRow) []RetentionItem {
	out := make([]RetentionItem, 0, len(rows))
	for _, row := range rows {
		item := RetentionItem{Case: row.Case, Number: row.Number, Rule: row.Rule, DueAt: row.DueAt, Mine: row.Asked == r.a.ID}
		item.Title, item.Whole = ruleTitle(r.p, row)
		if rule := ruleOf(r.p, row.Rule); rule != nil {
			item.Source, item.Levels, item.Fields = rule.Source, rule.Levels, rule.Fields
		}
		if row.Asked != "" {
			item.Asked = r.name(row.Asked)
		}
		out = append(out, item)
	}
	return out
}

// ruleTitle names a term, and says whether it takes the whole case.
func ruleTitle(p *protocol.Protocol, row RetentionRow) (protocol.Text, bool) {
	if ground, own := groundOf(row); own {
		return groundWords(ground), true
	}
	if rule := ruleOf(p, row.Rule); rule != nil {
		return both(rule.Title), whole(rule)
	}
	return say(row.Rule, row.Rule), false
}

func groundWords(ground string) protocol.Text {
	words := map[string]protocol.Text{
		"test":              say("Testmelding", "Test report"),
		"wrongly_received":  say("Ten onrechte ontvangen", "Wrongly received"),
		"request":           say("Verzoek van de betrokkene", "Request of the person concerned"),
		"joined_completely": say("Gaat geheel verder in een andere zaak", "Lives on completely in another case"),
	}
	if w, ok := words[ground]; ok {
		return w
	}
	return say(ground, ground)
}

// Certificate gives one declaration of destruction.
func (d *Desk) Certificate(ctx context.Context, a loket.Actor, id string) (out Certificate, err error) {
	if _, err := d.mayRetain(ctx, a, "retention.read"); err != nil {
		return out, err
	}
	err = d.Store.Read(ctx, func(tx Tx) error {
		c, found, err := tx.Certificate(ctx, a.Tenant, id)
		if err != nil {
			return err
		}
		gone, err := hidden(ctx, tx, a)
		if err != nil || !found {
			return cmp.Or(err, error(errHidden))
		}
		seen, err := certifiedTo(ctx, tx, gone, []Certificate{c})
		if err == nil && len(seen) == 0 {
			err = errHidden
		}
		if err == nil {
			out = seen[0]
		}
		return err
	})
	return out, err
}

// certifiedTo leaves out of certificates what they say of cases that are hidden from their
// reader, and whole certificates that say nothing else.
func certifiedTo(ctx context.Context, tx Tx, gone map[loket.CaseID]bool, all []Certificate) ([]Certificate, error) {
	numbers := map[string]bool{}
	for id := range gone {
		row, found, err := tx.CaseRow(ctx, id)
		if err != nil {
			return nil, err
		}
		numbers[row.Number] = found
	}
	var out []Certificate
	for _, c := range all {
		c.Items = slices.DeleteFunc(slices.Clone(c.Items), func(i CertificateItem) bool { return numbers[i.Number] })
		if len(c.Items) > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// Retain does what is due about keeping and erasing: it finishes erasures that were cut off,
// proposes or carries out what a term ended for, and forgets addresses and old results. It
// returns how many things it did. Doing it twice changes nothing.
func (d *Desk) Retain(ctx context.Context) (int, error) {
	finished, err := d.finishErasures(ctx)
	if err != nil {
		return finished, err
	}
	ended, err := d.endTerms(ctx)
	if err != nil {
		return finished + ended, err
	}
	purged, err := d.purge(ctx)
	return finished + ended + purged, err
}

// endTerms looks at every term that ended.
func (d *Desk) endTerms(ctx context.Context) (n int, err error) {
	for {
		var rows []RetentionRow
		err := d.Store.Read(ctx, func(tx Tx) (err error) {
			rows, err = tx.DueRetention(ctx, d.Now(), termBatch)
			return err
		})
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, row := range rows {
			if err := d.endTerm(ctx, row); err != nil {
				if err := d.lookLater(ctx, row); err != nil {
					return n, err
				}
			}
			n++
		}
	}
}

// lookLater keeps one case that cannot be handled from holding up the others.
func (d *Desk) lookLater(ctx context.Context, row RetentionRow) error {
	return d.Store.Write(ctx, func(tx Tx) error {
		return tx.SetRetentionDue(ctx, row.Case, row.Rule, d.Now().Add(termRetry))
	})
}

// endTerm erases what the protocol lets the desk erase by itself, and proposes the rest.
func (d *Desk) endTerm(ctx context.Context, row RetentionRow) error {
	o, err := d.load(ctx, loket.System(row.Tenant), row.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	o.ev = o.p.Evaluate(o.Input(now))
	rule := ruleOf(o.p, row.Rule)
	if rule != nil && rule.Then == "erase" && !o.Kept() && !whole(rule) {
		if due, ok := termEnd(o, rule); ok && !now.Before(due) {
			return d.eraseByRule(ctx, row, rule)
		}
	}
	return d.proposeTerms(ctx, o, row, now)
}

func (d *Desk) eraseByRule(ctx context.Context, row RetentionRow, rule *protocol.Retention) error {
	_, err := d.act(ctx, loket.System(row.Tenant), row.Case, "", 0, func(o *open) ([]loket.Payload, error) {
		reason := fmt.Sprintf("Bewaartermijn voorbij: %s (%s).", rule.Title.NL, rule.Source.At)
		return loket.Decide(o.Case, o.p, d.completeErasure(o, loket.FactsErased{Rule: rule.ID, Reason: reason}), d.Now())
	})
	return err
}

// proposeTerms writes the terms of a case as they are now; a whole case is never destroyed
// without a person, whatever the rule says.
func (d *Desk) proposeTerms(ctx context.Context, o *open, row RetentionRow, now time.Time) error {
	rows := retentionRows(o, now)
	for i := range rows {
		if rows[i].State == "waiting" && !now.Before(rows[i].DueAt) && rows[i].Rule == row.Rule {
			rows[i].State = "proposed"
		}
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		current, found, err := tx.CaseRow(ctx, o.ID)
		if err != nil || !found || current.Version != o.Version {
			return err // somebody changed the case meanwhile: its terms are looked at again
		}
		if err := tx.PutRetention(ctx, o.ID, rows); err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: now, Tenant: o.Tenant, Actor: "system", Case: o.ID, Action: "retention.proposed", Outcome: "done", Purpose: row.Rule})
	})
}

// purge forgets addresses of messages that are done and results of old idempotency keys. It
// looks once an hour.
func (d *Desk) purge(ctx context.Context) (n int, err error) {
	now := d.Now()
	d.erasing.Lock()
	defer d.erasing.Unlock()
	if now.Sub(d.purged).Abs() < purgeEvery {
		return 0, nil
	}
	for more := true; more && err == nil; {
		var addresses, results int
		addresses, results, err = d.purgeSome(ctx, now)
		n += addresses + results
		more = addresses == purgeBatch || results == purgeBatch
	}
	if err == nil {
		d.purged = now
	}
	return n, err
}

func (d *Desk) purgeSome(ctx context.Context, now time.Time) (addresses, results int, err error) {
	var old []string
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		old, err = tx.OldResults(ctx, now.Add(-keepResult), purgeBatch)
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	err = d.Store.Write(ctx, func(tx Tx) error {
		if addresses, err = tx.PurgeOutbox(ctx, now.Add(-keepAddress), purgeBatch); err != nil {
			return err
		}
		return tx.DropResults(ctx, old)
	})
	return addresses, len(old), err
}
