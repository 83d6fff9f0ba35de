// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/guard"
	"example.org/loket/protocol"
)

// Some messages wait for nobody: a new report is told to the access of its municipality at
// once (R-I-59). The protocol says which (`by_itself`). The change that makes one due writes
// a row, in the same transaction; background work does the rest, so that nothing is lost or
// sent twice:
//
//	report ──▶ row "tell:…" ──due──▶ addressees (contacts, absence, deputies, stand-ins)
//	                                   ├─ somebody new ──▶ version, release, inbox, mail
//	                                   └─ nobody ──▶ fact for the protocol's step · again in an hour

// tellClock begins the name of a row that waits for a message of the desk itself.
const tellClock = "tell:"

// tellAgain is how long the desk waits before it looks for recipients again. A contact may
// have been added meanwhile.
const tellAgain = time.Hour

// What a form with `use: register` may ask about the messages that the desk sends by itself.
const (
	registerUntold  = "untold"   // organisations where nobody could be told
	registerStoodIn = "stood_in" // organisations where somebody else was told
)

// unsent are the messages that the desk has still to send by itself.
func unsent(c *loket.Case, p *protocol.Protocol, ev *protocol.Evaluation) []*protocol.Product {
	var out []*protocol.Product
	for i := range ev.Products {
		f := &ev.Products[i]
		if f.Product.ByItself && f.Open == protocol.True && c.Ended == "" && c.Limit == nil && (sentSince(c, f.Product) || len(optionsIn(c, registerField(p, registerUntold))) > 0) {
			out = append(out, f.Product)
		}
	}
	return out
}

// sentSince: nobody was sent the message yet, or what says for whom it is changed since.
func sentSince(c *loket.Case, pr *protocol.Product) bool {
	sent := false
	for i := len(c.Events) - 1; i >= 0 && !sent; i-- {
		switch w := c.Events[i].Payload.(type) {
		case loket.ProductReleased:
			sent = w.Product == pr.ID
		case loket.FactsRecorded:
			if concerns(pr, w.Facts) {
				return true
			}
		case loket.ReportReceived:
			if concerns(pr, w.Facts) {
				return true
			}
		}
	}
	return !sent
}

func concerns(pr *protocol.Product, facts protocol.Facts) bool {
	for _, r := range pr.Recipients {
		for _, id := range slices.Concat(r.Of, r.Except) {
			if _, ok := facts[id]; ok {
				return true
			}
		}
	}
	return false
}

// tellRows are the rows that let background work send them. Their moment follows from the
// case alone: at once, or an hour after an attempt that found nobody.
func tellRows(c *loket.Case, p *protocol.Protocol, ev *protocol.Evaluation) []ClockRow {
	var out []ClockRow
	for _, pr := range unsent(c, p, ev) {
		at := c.Events[len(c.Events)-1].At
		if !sentSince(c, pr) {
			at = at.Add(tellAgain)
		}
		out = append(out, ClockRow{Case: c.ID, Tenant: c.Tenant, Clock: tellClock + pr.ID, DueAt: at, NextAt: at, State: "running"})
	}
	return out
}

// tell sends one message by itself, to those who were not told before.
func (d *Desk) tell(ctx context.Context, row ClockRow) error {
	sys := loket.System(row.Tenant)
	product := strings.TrimPrefix(row.Clock, tellClock)
	version, err := d.act(ctx, sys, row.Case, "", 0, func(o *open) ([]loket.Payload, error) {
		if o.ev == nil {
			o.ev = o.p.Evaluate(o.Input(d.Now()))
		}
		if !slices.ContainsFunc(unsent(o.Case, o.p, o.ev), func(pr *protocol.Product) bool { return pr.ID == product }) {
			return nil, nil
		}
		return d.telling(ctx, o, o.p.Product(product))
	})
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		now, found, err := tx.CaseRow(ctx, row.Case)
		if err != nil || !found || now.Version != version {
			return err // changed meanwhile, and worked out anew with that
		}
		return tx.SetClockNext(ctx, row.Case, row.Clock, d.Now().Add(tellAgain), row.Stage+1)
	})
}

// telling are the events of sending one message: to whom, and where nobody was found.
func (d *Desk) telling(ctx context.Context, o *open, pr *protocol.Product) ([]loket.Payload, error) {
	people, err := d.reachable(ctx, o)
	if err != nil {
		return nil, err
	}
	found, gaps := addressees(o, pr, "", withReporter(o, people))
	found = slices.DeleteFunc(found, func(p Person) bool { return wasTold(o.Case, pr.ID, p.ID) })
	out, err := d.release(o, pr, found)
	if facts := gapFacts(o, gaps, people); len(facts) > 0 && err == nil {
		out = append(out, loket.FactsRecorded{Form: formOf(o.p, "register").ID, Facts: facts})
	}
	return out, err
}

func wasTold(c *loket.Case, product, person string) bool {
	return slices.ContainsFunc(c.Told, func(t loket.Disclosure) bool { return t.Product == product && t.Recipient.ID == person })
}

// release makes a version of the text as the facts make it and releases it. What would stop a
// person stops the desk: then the step stays open for somebody.
func (d *Desk) release(o *open, pr *protocol.Product, to []Person) ([]loket.Payload, error) {
	if len(to) == 0 {
		return nil, nil
	}
	parts := o.p.Compose(pr, o.ev, nil)
	if pr.Identifiers != "" && len(guard.Check(strings.Join(texts(pr, parts), "\n"), known(o))) > 0 {
		return nil, nil
	}
	drafts, err := loket.Decide(o.Case, o.p, loket.ProductDrafted{Product: pr.ID, Parts: parts}, d.Now())
	if err != nil {
		return nil, err
	}
	with := loket.Fold(o.ID, append(slices.Clone(o.Events), loket.Event{Case: o.ID, Seq: o.Version + 1, At: d.Now(), By: loket.System(o.Tenant).ID, Payload: drafts[0]}))
	want := loket.ProductReleased{Product: pr.ID, Version: drafts[0].(loket.ProductDrafted).Version, Purpose: pr.Purpose.NL}
	for _, p := range to {
		want.Recipients = append(want.Recipients, loket.Recipient{ID: p.ID, Name: p.Name, Role: p.Roles[0], Email: p.Email})
	}
	released, err := loket.Decide(with, o.p, want, d.Now())
	if loket.ErrorCode(err) == loket.Stopped || loket.ErrorCode(err) == loket.Motivation {
		return nil, nil
	}
	return append(drafts, released...), err
}

// gapFacts answer the questions of the protocol about who was not there (R-I-99, D-55). They
// are answered anew when somebody was found since.
func gapFacts(o *open, gaps []protocol.Gap, people []Person) protocol.Facts {
	out := protocol.Facts{}
	for _, register := range []string{registerUntold, registerStoodIn} {
		f := registerField(o.p, register)
		if f == nil {
			continue
		}
		ids := []string{}
		for _, g := range gaps {
			known := slices.ContainsFunc(f.Options, func(x protocol.Option) bool { return x.ID == g.For.ID })
			if known && len(g.Missing) == 0 && stoodIn(g, people) == (register == registerStoodIn) && !slices.Contains(ids, g.For.ID) {
				ids = append(ids, g.For.ID)
			}
		}
		if was := optionsIn(o.Case, f); !slices.Equal(was, ids) {
			out[f.ID] = ids
		}
	}
	return out
}

// stoodIn: somebody of the organisation itself was told instead. Somebody of the desk who was
// told does not make it known there.
func stoodIn(g protocol.Gap, people []Person) bool {
	return slices.ContainsFunc(people, func(p Person) bool {
		return g.Instead != "" && slices.Contains(p.Roles, g.Instead) && g.For.Named(p.Organisation)
	})
}

// registerField is the question of a form with `use: register` that a register answers.
func registerField(p *protocol.Protocol, register string) *protocol.Field {
	form := formOf(p, "register")
	if form == nil {
		return nil
	}
	for i := range form.Sections {
		for j := range form.Sections[i].Fields {
			if f := &form.Sections[i].Fields[j]; f.Register == register {
				return f
			}
		}
	}
	return nil
}

func optionsIn(c *loket.Case, f *protocol.Field) []string {
	if f == nil {
		return nil
	}
	ids, _ := c.Facts[f.ID].([]string)
	return ids
}
