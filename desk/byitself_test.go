// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
)

const (
	asksFirst = "    when: '\"that\" in inform'\n    identifiers"
	itself    = "    by_itself: true\n    purpose: weten\n    when: known(harm)\n    identifiers"
	stop      = "    stop:\n      - {id: classified, unless: classification_decided, say: Neem eerst een besluit over de soort., source: §4}\n"
)

// rows are the rows that wait for a message of the desk itself.
func (b *bench) rows() (out []desk.ClockRow) {
	for _, clocks := range b.m.s.clocks {
		for _, c := range clocks {
			if strings.HasPrefix(c.Clock, "tell:") {
				out = append(out, c)
			}
		}
	}
	return out
}

// dat counts the mails about the message.
func (b *bench) dat() (n int) {
	for _, m := range b.m.s.outbox {
		if m.Product == "dat" {
			n++
		}
	}
	return n
}

// R-I-59, R03, design "tables are the truth": the report writes the row that tells the access
// in its own transaction; handling the row twice tells nobody twice; a stop of the protocol
// holds for the desk too, and the row then comes back in an hour. Control: without `by_itself`
// there is no row.
func TestTheDeskTellsByItself(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		words map[string]string
		rows  int
		mails int
	}{
		"by itself":              {map[string]string{asksFirst: itself, stop: ""}, 1, 1},
		"with a stop":            {map[string]string{asksFirst: itself}, 1, 0},
		"control: asks a person": {map[string]string{stop: ""}, 0, 0},
	} {
		b := regionalWith(t, c.words)
		b.m.people[1].Email = "toegang@example.org"
		b.report(t, "k1", answers("town", "noord"))
		rows := b.rows()
		if len(rows) != c.rows {
			t.Errorf("%s: %d rows wait, want %d", name, len(rows), c.rows)
		}
		for range 2 {
			for _, row := range rows {
				if err := b.Due(t.Context(), row); err != nil {
					t.Fatal(name, err)
				}
			}
		}
		if got := b.dat(); got != c.mails {
			t.Errorf("%s: %d mails, want %d", name, got, c.mails)
		}
		for _, row := range b.rows() {
			if c.mails > 0 || row.NextAt.Sub(noon) != time.Hour {
				t.Errorf("%s: a row waits until %s", name, row.NextAt)
			}
		}
	}
}

// R-I-97…R-I-99, R-I-33: who is away has a deputy, who left has none, who comes later is not
// there yet; what nobody can be told stays due.
func TestWhoIsThere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		contact map[string]string
		to      string
	}{
		"there":              {map[string]string{"deputy": "Waarnemer"}, "toegang@example.org"},
		"away":               {map[string]string{"deputy": "Waarnemer", "away_from": "2026-03-30", "away_until": "2026-03-30"}, "waarnemer@example.org"},
		"away, open end":     {map[string]string{"deputy": "Waarnemer", "away_from": "2026-03-01"}, "waarnemer@example.org"},
		"back today":         {map[string]string{"deputy": "Waarnemer", "away_from": "2026-03-01", "away_until": "2026-03-29"}, "toegang@example.org"},
		"leaves tomorrow":    {map[string]string{"deputy": "Waarnemer", "away_from": "2026-03-31"}, "toegang@example.org"},
		"left":               {map[string]string{"deputy": "Waarnemer", "until": "2026-03-29"}, "waarnemer@example.org"},
		"away, no deputy":    {map[string]string{"away_from": "2026-03-30"}, "samira@example.org"},
		"a deputy of others": {map[string]string{"deputy": "Elders", "away_from": "2026-03-30"}, "samira@example.org"},
	} {
		b := regionalWith(t, map[string]string{asksFirst: itself, stop: ""})
		b.m.people[0].Email = "samira@example.org"
		b.m.people[1].Name, b.m.people[1].Email = "Leidinggevende", "toegang@example.org"
		line := map[string]string{"organisation": "noord", "name": "leidinggevende", "role": "access", "email": "prive@example.org"}
		for k, v := range c.contact {
			line[k] = v
		}
		for _, v := range []map[string]string{line, {"organisation": "noord", "name": "Waarnemer", "email": "waarnemer@example.org"}, {"organisation": "zuid", "name": "Elders", "email": "elders@example.org"}} {
			if _, err := b.PutEntry(t.Context(), admin, "contacten", desk.EntryChange{Values: v}); err != nil {
				t.Fatal(name, err)
			}
		}
		b.report(t, "k1", answers("town", "noord"))
		for _, row := range b.rows() {
			if err := b.Due(t.Context(), row); err != nil {
				t.Fatal(name, err)
			}
		}
		to := ""
		for _, m := range b.m.s.outbox {
			if m.Product == "dat" {
				to += m.To
			}
		}
		if to != c.to {
			t.Errorf("%s: told %q, want %q", name, to, c.to)
		}
	}
}
