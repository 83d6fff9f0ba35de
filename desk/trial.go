// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// A trial runs past cases under a version of the protocol that is still to come: the owner
// sees what it would have changed before it begins (design §4). It changes nothing.
//
//	NewestCases ──▶ replayed ──▶ the reader may open the case ──▶ Cases: number, what differs
//	                        └──▶ knows it from the register only ──▶ Others: how many, in what

// trialMost is how many cases a trial takes: each is opened and evaluated twice.
const trialMost = 200

// Trial is what a version would have made of the newest cases of an organisation.
type Trial struct {
	Version    string
	State      string
	Most       int // how many cases a trial takes
	Tried      int
	Same       int // went as they did
	Unreadable int // could not be opened, such as after a damage

	Cases  []ReplayedCase // would have gone differently, and may be opened by the reader
	Hidden int            // would have gone differently, and are known to the reader by the register only
	Others []TrialTally   // in what those differ
}

// TrialTally is one element of the protocol and how many cases it would have changed.
type TrialTally struct {
	List  string // as protocol.Outcome
	Title protocol.Text
	Cases int
}

// Differ is how many cases would have gone differently.
func (t *Trial) Differ() int { return len(t.Cases) + t.Hidden }

// Try runs the newest cases under a version that is to come. For a version that is not there,
// or not to come any more, found is false.
func (d *Desk) Try(ctx context.Context, a loket.Actor, version string) (t *Trial, found bool, err error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, false, err
	}
	if !mayTry(a, p) {
		d.refusedTo(ctx, a, "", "replay")
		return nil, false, errHidden
	}
	under := d.knowing(p.About.ID)[p.About.ID+"@"+version]
	if under == nil {
		return nil, false, nil
	}
	v, err := d.versionView(ctx, a, p, under)
	if err != nil || v == nil || !toCome(v.State) {
		return nil, false, err
	}
	var rows []CaseRow
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if rows, err = tx.NewestCases(ctx, a.Tenant, trialMost); err != nil {
			return err
		}
		gone, err := hidden(ctx, tx, a)
		rows = slices.DeleteFunc(rows, func(r CaseRow) bool { return gone[r.ID] })
		return err
	})
	if err != nil {
		return nil, false, err
	}
	t = &Trial{Version: version, State: v.State, Most: trialMost}
	return t, true, d.try(ctx, a, d.reader(a, p, nil), under, t, rows)
}

// mayTry: what a trial counts is of all cases, as the register is.
func mayTry(a loket.Actor, p *protocol.Protocol) bool { return mayOverall(a, p, "case.replayed") }

func toCome(state string) bool { return state != VersionEffective && state != VersionSuperseded }

// try opens the cases one by one. That each was looked at is in the ledger before anything is
// shown.
func (d *Desk) try(ctx context.Context, a loket.Actor, r reader, under *protocol.Protocol, t *Trial, rows []CaseRow) error {
	var entries []LedgerEntry
	for _, row := range rows {
		o, err := d.load(ctx, loket.System(a.Tenant), row.ID)
		if err != nil { // one case that cannot be read must not take the trial away
			t.Unreadable++
			continue
		}
		if c := d.replayed(o, under); !c.Other {
			entries = append(entries, d.replayEntry(a, o))
			o.ev = o.p.Evaluate(o.Input(d.Now())) // says which answers are kept from whom
			o.is = d.sight(a, o)
			t.add(r.outcomes(o, under, c), o.may(a, "case.enter", 0) && o.may(a, "case.read", 0))
		}
	}
	return unlogged(d.Store.Write(ctx, func(tx Tx) error {
		for _, e := range entries {
			if err := tx.Ledger(ctx, e); err != nil {
				return err
			}
		}
		return nil
	}))
}

// add counts one case, and shows it to who may open it.
func (t *Trial) add(c ReplayedCase, opens bool) {
	t.Tried++
	switch {
	case len(c.Outcomes) == 0 && !c.Deeper:
		t.Same++
	case opens:
		t.Cases = append(t.Cases, c)
	default:
		t.Hidden++
		t.tally(c.Outcomes)
	}
}

// tally counts a case once for each element that it differs in.
func (t *Trial) tally(outcomes []protocol.Outcome) {
	counted := map[string]bool{}
	for _, o := range outcomes {
		key := o.List + " " + o.Title.NL
		if counted[key] {
			continue // another row of the same list
		}
		counted[key] = true
		i := slices.IndexFunc(t.Others, func(x TrialTally) bool { return x.List == o.List && x.Title == o.Title })
		if i < 0 {
			i, t.Others = len(t.Others), append(t.Others, TrialTally{List: o.List, Title: o.Title})
		}
		t.Others[i].Cases++
	}
	slices.SortStableFunc(t.Others, func(x, y TrialTally) int { return cmp.Compare(y.Cases, x.Cases) })
}

// outcomes leaves out what goes deeper than the reader sees, under either version.
func (r reader) outcomes(o *open, under *protocol.Protocol, c ReplayedCase) ReplayedCase {
	hidden := o.p.HiddenFrom(o.ev, func(f *protocol.Form) bool { return o.fills(r.a, f) })
	old, fresh := r.of(o), r.of(o)
	old.p, fresh.p = o.p, under
	all := len(c.Outcomes)
	c.Outcomes = slices.DeleteFunc(c.Outcomes, func(x protocol.Outcome) bool {
		return x.List == "facts" && slices.Contains(hidden, x.ID) || old.deepOutcome(x) || x.List != "facts" && fresh.deepOutcome(x)
	})
	c.Deeper = len(c.Outcomes) < all
	return c
}

// deepOutcome: the protocol says that this outcome goes deeper than the reader sees. Duties,
// clocks, steps and products are shown on the page of the case whatever its reader sees.
func (r reader) deepOutcome(x protocol.Outcome) bool {
	id, _, _ := strings.Cut(x.ID, "/")
	switch x.List {
	case "facts":
		return r.tooDeep(id)
	case "tables":
		t := r.p.Table(id)
		return t != nil && slices.ContainsFunc(t.Outputs, func(f protocol.Fact) bool { return r.tooDeep(f.ID) })
	case "criteria":
		c := r.p.CriteriaList(id)
		return c != nil && c.Level > r.sees
	}
	return false
}
