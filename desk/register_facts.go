// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// own is something that the desk itself adds to a case, among what an actor wants.
type own struct{ loket.Payload }

// earlierMonths is how far back earlier cases about an organisation are counted (R-I-66).
const earlierMonths = 12

// fromBooks answers the questions of the protocol that the desk looks up itself when a case
// opens: where the organisation works, how often it reported before, its contract (R-I-31,
// R-I-65, R-I-66). What the books do not say stays unknown; an officer may correct it.
func (d *Desk) fromBooks(ctx context.Context, o *open, report loket.ReportReceived, now time.Time) ([]loket.Payload, error) {
	i := slices.IndexFunc(o.p.Forms, func(f protocol.Form) bool { return f.Use == "register" })
	if i < 0 || report.Organisation == "" {
		return nil, nil
	}
	form := &o.p.Forms[i]
	at := incidentMoment(o.p, report.Facts)
	if at.IsZero() {
		at = now
	}
	l := &lookup{tenant: o.Tenant, organisation: report.Organisation, at: at, now: now.In(o.p.Location()), facts: protocol.Facts{}}
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		if l.names, err = readNames(ctx, tx, o.Tenant, o.p); err != nil {
			return err
		}
		for _, s := range form.Sections {
			for j := range s.Fields {
				if err := l.field(ctx, tx, &s.Fields[j]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil || len(l.facts) == 0 {
		return nil, err
	}
	return []loket.Payload{own{loket.FactsRecorded{Form: form.ID, Facts: l.facts}}}, nil
}

// lookup finds in the books what they say about one organisation at one moment.
type lookup struct {
	tenant, organisation string
	at, now              time.Time
	names                Names
	facts                protocol.Facts
}

func (l *lookup) field(ctx context.Context, tx Tx, f *protocol.Field) error {
	switch f.Register {
	case "active_in":
		entries, err := l.entries(ctx, tx, activityBook)
		if ids := l.options(f, entries, "municipality"); len(ids) > 0 {
			l.facts[f.ID] = ids
		}
		return err
	case "earlier_cases":
		n, err := tx.CountEarlier(ctx, l.tenant, l.organisation, l.now.AddDate(0, -earlierMonths, 0), l.now)
		l.facts[f.ID] = int64(n)
		return err
	case "contract":
		return l.contract(ctx, tx, f)
	}
	return nil
}

// entries are the lines of a book about the organisation, under its id or its name.
func (l *lookup) entries(ctx context.Context, tx Tx, b *Book) ([]Entry, error) {
	about := []string{folded(l.organisation)}
	if id := folded(l.names.organisationID(l.organisation)); id != about[0] {
		about = append(about, id)
	}
	return tx.Entries(ctx, EntryQuery{Tenant: l.tenant, Book: b.ID, About: about, At: l.at})
}

// options are the options of a field that lines name, by id or by label.
func (l *lookup) options(f *protocol.Field, entries []Entry, column string) []string {
	var out []string
	for _, e := range entries {
		id := e.Values[column]
		for _, o := range f.Options {
			if (o.ID == id || sameOrganisation(o.Label.NL, l.names.Organisation(id))) && !slices.Contains(out, o.ID) {
				out = append(out, o.ID)
			}
		}
	}
	return out
}

// contract answers yes or no, with an option or with the number, as the field asks.
func (l *lookup) contract(ctx context.Context, tx Tx, f *protocol.Field) error {
	entries, err := l.entries(ctx, tx, contractBook)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		if f.Type == protocol.TypeYesNo && l.known() {
			l.facts[f.ID] = false // flagged; the case goes on (R-I-31)
		}
		return nil
	}
	switch newest := entries[len(entries)-1]; f.Type {
	case protocol.TypeYesNo:
		l.facts[f.ID] = true
	case protocol.TypeChoice:
		if slices.ContainsFunc(f.Options, func(o protocol.Option) bool { return o.ID == newest.Values["kind"] }) {
			l.facts[f.ID] = newest.Values["kind"]
		}
	case protocol.TypeText:
		if number := newest.Values["number"]; number != "" {
			l.facts[f.ID] = number
		}
	}
	return nil
}

// known: the organisation is in the book, so that "no contract" says something.
func (l *lookup) known() bool {
	return slices.ContainsFunc(l.names.Organisations, func(o protocol.Option) bool {
		return sameOrganisation(o.ID, l.organisation) || sameOrganisation(o.Label.NL, l.organisation)
	})
}
