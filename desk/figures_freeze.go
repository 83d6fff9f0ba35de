// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"

	"example.org/loket"
	"example.org/loket/figures"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

var (
	errYearRuns   = loket.Refuse(loket.Invalid, "Dit jaar is nog niet voorbij. Bevriezen kan vanaf 1 januari.", "This year is not over. It can be frozen from 1 January.")
	errYearFrozen = loket.Refuse(loket.Motivation, "Dit jaar is al bevroren. Schrijf waarom het opnieuw moet.", "This year was frozen before. Write why it must be done again.")
)

// FreezeYear keeps a year as it is known now, so that its figures can be made again years
// later (R-R-75, D-69). Doing it a second time needs a reason.
func (d *Desk) FreezeYear(ctx context.Context, a loket.Actor, year int, reason string) error {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	now := d.Now()
	switch {
	case !may(a, p, "figures.freeze", 0):
		return errHidden
	case year >= now.In(p.Location()).Year():
		return errYearRuns
	}
	y := YearlySet{Tenant: a.Tenant, Year: year, At: now, By: a.ID}
	in := frozenYear{Reason: strings.TrimSpace(reason), Protocol: p.About.Version}
	err = d.Store.Read(ctx, func(tx Tx) error {
		before, found, err := tx.YearlySet(ctx, a.Tenant, year)
		if err == nil && found && in.Reason == "" {
			return errYearFrozen
		}
		y.Version = before.Version + 1
		if err == nil {
			in.Set, _, err = d.yearNow(ctx, tx, a.Tenant, year, nil)
		}
		return err
	})
	if err == nil {
		err = d.sealYear(ctx, &y, in)
	}
	if err != nil {
		return err
	}
	return d.writeYear(ctx, a, p, y, in)
}

// writeYear keeps the year and tells the case of that year what was frozen, together.
func (d *Desk) writeYear(ctx context.Context, a loket.Actor, p *protocol.Protocol, y YearlySet, in frozenYear) error {
	id, err := d.yearlyCase(ctx, p, y.Tenant, y.Year)
	if err != nil {
		return err
	}
	ch, err := d.tellYear(ctx, a, id, y, in)
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		if err := keepYear(ctx, tx, a, y); err != nil || ch == nil {
			return err
		}
		return d.write(ctx, tx, ch)
	})
}

// tellYear prepares the answers of the yearly case; nil when the protocol has no such case.
func (d *Desk) tellYear(ctx context.Context, a loket.Actor, id loket.CaseID, y YearlySet, in frozenYear) (*change, error) {
	if id == "" {
		return nil, nil
	}
	o, err := d.load(ctx, loket.System(y.Tenant), id)
	if err != nil {
		return nil, err
	}
	known := map[string]any{"frozen_at": y.At, "frozen_figures": yearText(o.p, in.Set)}
	if in.Reason != "" {
		known["frozen_reason"] = in.Reason
	}
	f := formOf(o.p, "yearly")
	told := loket.FactsRecorded{Form: f.ID, Facts: fillRegister(f, known), Reason: in.Reason}
	return d.prepare(ctx, a, o, []loket.Payload{told}, y.At)
}

// sealYear seals the year with a key of its own.
func (d *Desk) sealYear(ctx context.Context, y *YearlySet, in frozenYear) error {
	plain, err := json.Marshal(in)
	if err == nil {
		y.Key, err = d.Sealer.NewKey(ctx, y.Tenant)
	}
	if err == nil {
		y.Sealed, err = d.Sealer.Seal(ctx, y.Key, yearPlace(*y), plain)
	}
	return err
}

// keepYear writes the year with its line in the log. A version that somebody else wrote
// meanwhile gives Conflict.
func keepYear(ctx context.Context, tx Tx, a loket.Actor, y YearlySet) error {
	if err := tx.PutYearlySet(ctx, y); err != nil {
		return err
	}
	sum := sha256.Sum256(y.Sealed)
	return tx.Ledger(ctx, LedgerEntry{At: y.At, Tenant: y.Tenant, Actor: a.ID, Role: a.Role, Action: "figures.frozen", Outcome: itoa(y.Year) + "/" + itoa(y.Version), Digest: sum[:]})
}

// yearText is the year as a list for a letter (DOC-13): numbers of one figure per line.
func yearText(p *protocol.Protocol, set *figures.Set) string {
	var v FiguresView
	v.fill(p, set, "", "")
	var b strings.Builder
	for _, m := range v.Measures {
		b.WriteString("- " + m.Title.NL + ": " + cellWords(m.Yes) + "\n")
	}
	for _, t := range v.Tables {
		b.WriteString("\n" + t.Title.NL + ":\n\n") // no markup: what lies in a fact is shown as it was typed
		for _, c := range t.Cells {
			b.WriteString("- " + orUnknown(c.Words.NL) + ": " + cellWords(c) + "\n")
		}
	}
	return b.String()
}

func cellWords(c FigureCell) string {
	if c.Hidden {
		return locale.T(mailLang, "written.too_small")
	}
	return itoa(c.N)
}

func orUnknown(s string) string {
	if s == "" {
		return locale.T(mailLang, "written.unknown")
	}
	return s
}
