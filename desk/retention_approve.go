// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"example.org/loket"
)

// RetentionChoice is one proposal that somebody approves.
type RetentionChoice struct {
	Case loket.CaseID
	Rule string
}

// mostApproved bounds what one approval may take, because it is one transaction.
const mostApproved = 200

// ApproveErasure carries out what a named person approved, all of it or nothing, and gives
// the id of the certificate. The same key again gives the same certificate.
func (d *Desk) ApproveErasure(ctx context.Context, a loket.Actor, choices []RetentionChoice, note, key string) (string, error) {
	if _, err := d.mayRetain(ctx, a, "retention.approved"); err != nil {
		return "", err
	}
	if id := d.certificateBefore(ctx, a, key); id != "" {
		return id, nil
	}
	if len(choices) == 0 || len(choices) > mostApproved {
		return "", loket.Refuse(loket.Invalid, fmt.Sprintf("Kruis aan wat u goedkeurt, hooguit %d tegelijk.", mostApproved), fmt.Sprintf("Tick what you approve, %d at most at once.", mostApproved))
	}
	ap, err := d.newApproval(ctx, a, note)
	if err != nil {
		return "", err
	}
	for _, choice := range choices {
		if err := d.approve(ctx, ap, choice); err != nil {
			return "", err
		}
	}
	if err := d.carryOut(ctx, ap, key); err != nil {
		return "", err
	}
	_, err = d.finishErasures(ctx) // when it fails due work goes on with it
	if err != nil {
		d.Nudge()
	}
	return ap.cert.ID, nil
}

func (d *Desk) certificateBefore(ctx context.Context, a loket.Actor, key string) (id string) {
	if key == "" {
		return ""
	}
	_ = d.Store.Read(ctx, func(tx Tx) error {
		value, found, err := tx.Result(ctx, scoped(a, key))
		if found && json.Unmarshal(value, &id) != nil {
			id = ""
		}
		return err
	})
	return id
}

// approval is one act of one person, on its way into the store.
type approval struct {
	a       loket.Actor
	now     time.Time
	reader  reader
	cert    Certificate
	opened  map[loket.CaseID]*open
	changes []*change
	wholes  []wholeCase
}

// wholeCase is a case that is destroyed as a whole.
type wholeCase struct {
	o       *open
	erasure Erasure
}

func (d *Desk) newApproval(ctx context.Context, a loket.Actor, note string) (*approval, error) {
	t, err := d.Tenant(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	people, err := d.People(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	ap := &approval{a: a, now: d.Now(), reader: d.reader(a, p, people), opened: map[loket.CaseID]*open{}}
	role := a.Role
	if r := p.Role(a.Role); r != nil {
		role = r.Title.NL
	}
	ap.cert = Certificate{ID: d.Rand.ID()[:16], Tenant: a.Tenant, Name: t.Name, At: ap.now, By: a.ID, Person: ap.reader.name(a.ID), Role: role, Note: note}
	return ap, nil
}

var errNotProposed = loket.Refuse(loket.Conflict, "Een van deze voorstellen geldt niet meer. Kijk de lijst na en keur opnieuw goed.",
	"One of these proposals does not hold any more. Look at the list and approve again.")

var errOwnProposal = loket.Refuse(loket.Invalid, "Een voorstel van uzelf moet iemand anders goedkeuren.", "Somebody else must approve a proposal of your own.")

// approve works out one choice. No transaction is open meanwhile.
func (d *Desk) approve(ctx context.Context, ap *approval, choice RetentionChoice) error {
	if slices.ContainsFunc(ap.wholes, func(w wholeCase) bool { return w.o.ID == choice.Case }) {
		return nil // the whole case goes already
	}
	o, err := d.inHand(ctx, ap, choice.Case)
	if err != nil {
		return err
	}
	terms := retentionRows(o, ap.now)
	i := slices.IndexFunc(terms, func(r RetentionRow) bool { return r.Rule == choice.Rule })
	if i < 0 || terms[i].State == "held" || ap.now.Before(terms[i].DueAt) {
		return errNotProposed
	}
	if terms[i].Asked == ap.a.ID {
		return errOwnProposal
	}
	if _, all := ruleTitle(o.p, terms[i]); all {
		d.approveWhole(ap, o, terms[i])
		return nil
	}
	return d.approveRule(ctx, ap, o, terms[i])
}

// inHand opens a case once for an approval, so that two rules on one case follow each other.
func (d *Desk) inHand(ctx context.Context, ap *approval, id loket.CaseID) (*open, error) {
	if o := ap.opened[id]; o != nil {
		return o, nil
	}
	sys := loket.System(ap.a.Tenant)
	o, err := d.load(ctx, sys, id)
	if err != nil {
		return nil, err
	}
	if o.Hides(ap.a.ID) {
		d.refusedTo(ctx, ap.a, id, "retention.approved")
		return nil, errHidden
	}
	if o.Tenant != ap.a.Tenant {
		return nil, errHidden
	}
	o.ev = o.p.Evaluate(o.Input(ap.now))
	ap.opened[id] = o
	return o, nil
}

func (d *Desk) approveRule(ctx context.Context, ap *approval, o *open, term RetentionRow) error {
	rule := ruleOf(o.p, term.Rule)
	want := d.completeErasure(o, loket.FactsErased{Rule: rule.ID, Reason: fmt.Sprintf("Bewaartermijn voorbij: %s (%s). Certificaat %s.", rule.Title.NL, rule.Source.At, ap.cert.ID)})
	payloads, err := loket.Decide(o.Case, o.p, want, ap.now)
	if err != nil {
		return err
	}
	ch, err := d.prepare(ctx, ap.a, o, payloads, ap.now)
	if err != nil {
		return err
	}
	ap.changes = append(ap.changes, ch)
	ap.cert.Items = append(ap.cert.Items, CertificateItem{Number: o.Number, Rule: rule.ID, Title: both(rule.Title), Source: rule.Source.At, Facts: len(want.Fields), Texts: len(want.Texts)})
	return nil
}

func (d *Desk) approveWhole(ap *approval, o *open, term RetentionRow) {
	title, _ := ruleTitle(o.p, term)
	item := CertificateItem{Number: o.Number, Rule: term.Rule, Title: title, Whole: true, Key: o.row.Key}
	if rule := ruleOf(o.p, term.Rule); rule != nil {
		item.Source = rule.Source.At
	}
	if term.Asked != "" {
		item.Asked = ap.reader.name(term.Asked)
	}
	ap.cert.Items = append(ap.cert.Items, item)
	ap.wholes = append(ap.wholes, wholeCase{o, d.wholeErasure(o.row, ap.now, term.Rule)})
}

// carryOut writes an approval: every case, the certificate and the ledger together.
func (d *Desk) carryOut(ctx context.Context, ap *approval, key string) error {
	body, err := json.Marshal(ap.cert)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(body)
	result, err := json.Marshal(ap.cert.ID)
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		for _, ch := range ap.changes {
			if err := d.write(ctx, tx, ch); err != nil {
				return err
			}
		}
		for _, w := range ap.wholes {
			if err := d.destroy(ctx, tx, ap.a, w.o.row, w.erasure); err != nil {
				return err
			}
		}
		if err := tx.PutCertificate(ctx, ap.cert); err != nil {
			return err
		}
		if err := tx.Ledger(ctx, LedgerEntry{At: ap.now, Tenant: ap.a.Tenant, Actor: ap.a.ID, Role: ap.a.Role, Action: "certificate", Outcome: "done", Purpose: ap.cert.ID, Digest: digest[:]}); err != nil {
			return err
		}
		if key == "" {
			return nil
		}
		return tx.KeepResult(ctx, scoped(ap.a, key), result, ap.now)
	})
}
