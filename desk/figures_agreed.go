// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"strconv"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// period is a quarter or a year that is over: [from, after).
type period struct {
	agreement   string // quarter | year, as contracts say it
	name        string // 2026-Q3, 2026
	words       string
	from, after time.Time
}

// periodsOver are the periods that ended at the latest turn of a quarter before now.
func periodsOver(now time.Time, loc *time.Location) []period {
	local := now.In(loc)
	quarter := (int(local.Month()) - 1) / 3 // 0 … 3: the one that runs
	after := time.Date(local.Year(), time.Month(quarter*3+1), 1, 0, 0, 0, 0, loc)
	from := after.AddDate(0, -3, 0)
	n := (int(from.Month())-1)/3 + 1
	year := strconv.Itoa(from.Year())
	out := []period{{agreement: "quarter", name: year + "-Q" + itoa(n), words: locale.T(mailLang, "written.quarter", n, from.Year()), from: from, after: after}}
	if quarter == 0 {
		out = append(out, period{agreement: "year", name: year, words: year, from: after.AddDate(-1, 0, 0), after: after})
	}
	return out
}

// nextTurn is the first moment of the quarter after now.
func nextTurn(now time.Time, loc *time.Location) time.Time {
	local := now.In(loc)
	return time.Date(local.Year(), time.Month((int(local.Month())-1)/3*3+4), 1, 0, 0, 0, 0, loc)
}

// agreed opens a case for every contract that agreed on figures of events over a period that
// is over, and for no other (R-R-121, T-10). Zero is a figure too: it is asked. What was over
// before since, when the desk began to look, is not asked any more.
func (d *Desk) agreed(ctx context.Context, p *protocol.Protocol, tenant string, since time.Time) error {
	f := formOf(p, "figures")
	if f == nil {
		return nil
	}
	for _, over := range periodsOver(d.Now(), p.Location()) {
		if over.after.Before(since) {
			continue
		}
		providers, err := d.providersWho(ctx, p, tenant, over)
		if err != nil {
			return err
		}
		for _, provider := range providers {
			facts := fillRegister(f, map[string]any{"provider": provider, "period": over.words, "period_end": over.after, "agreement": contractWords(over.agreement)})
			if _, err := d.once(ctx, loket.System(tenant), p, "figures/"+over.name+"/"+provider, f, facts); err != nil {
				return err
			}
		}
	}
	return nil
}

// providersWho are the providers with a contract at the end of a period that agrees on it.
func (d *Desk) providersWho(ctx context.Context, p *protocol.Protocol, tenant string, over period) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	err := d.Store.Read(ctx, func(tx Tx) error {
		names, err := readNames(ctx, tx, tenant, p)
		if err != nil {
			return err
		}
		entries, err := tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: contractBook.ID, At: over.after.Add(-time.Second)})
		for _, e := range entries {
			provider := names.Organisation(e.Values["provider"])
			if e.Values["event_figures"] == over.agreement && provider != "" && !seen[provider] {
				seen[provider], out = true, append(out, provider)
			}
		}
		return err
	})
	return out, err
}

func contractWords(agreement string) string {
	c := contractBook.Column("event_figures")
	for _, o := range c.Options {
		if o.ID == agreement {
			return o.Label.NL
		}
	}
	return agreement
}
