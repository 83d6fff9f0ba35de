// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// indexRows are the keyed hashes by which this case is found by another (DT-22): one per
// rule, over everything that must agree together, with the moment of the incident beside it.
// So the hash of a sex or a town alone, which half of all cases share, lies nowhere, and
// finding a duplicate costs the same among many cases as among few.
func (d *Desk) indexRows(o *open) []IndexRow {
	var out []IndexRow
	at := incidentMoment(o.p, o.Facts)
	for _, rule := range o.p.Duplicates {
		values, known := agreeing(rule, o.Facts)
		if !known {
			continue
		}
		out = append(out, IndexRow{Case: o.ID, Fact: rule.ID + differMark + d.differing(o, rule), Hash: d.ruleHash(o.Tenant, rule, values), Moment: at})
	}
	return append(out, d.subjectRows(o)...)
}

// lookFor is where cases like this one lie: under the same hash, as near in time as the rule
// says. A case without a moment may be like any.
func (d *Desk) lookFor(o *open) []IndexLook {
	var out []IndexLook
	at := incidentMoment(o.p, o.Facts)
	for _, rule := range o.p.Duplicates {
		values, known := agreeing(rule, o.Facts)
		if !known {
			continue
		}
		look := IndexLook{Hash: d.ruleHash(o.Tenant, rule, values)}
		if span := spanOf(o.p, rule.Within); span > 0 && !at.IsZero() {
			look.From, look.To = at.Add(-span), at.Add(span)
		}
		out = append(out, look)
	}
	return out
}

// anyTime stands in the hash for the time of the incident, which lies beside it.
const anyTime = "any\x00"

func (d *Desk) ruleHash(tenant string, rule protocol.Duplicate, values string) []byte {
	return d.Sealer.Index(tenant, "duplicate "+rule.ID, anyTime+values)
}

// agreeing joins the values of everything that a rule wants to be the same.
func agreeing(rule protocol.Duplicate, facts protocol.Facts) (values string, known bool) {
	for _, fact := range rule.Same {
		value := folded(facts[fact])
		if value == "" {
			return "", false
		}
		values += value + "\x00"
	}
	return values, len(rule.Same) > 0
}

// differMark stands between a rule and what must differ under it, in IndexRow.Fact.
const differMark = "|"

// differing are short keyed hashes of what a rule wants to differ; an unknown value is
// empty and differs from everything.
func (d *Desk) differing(o *open, rule protocol.Duplicate) string {
	marks := make([]string, len(rule.Differ))
	for i, fact := range rule.Differ {
		if value := folded(o.Facts[fact]); value != "" {
			marks[i] = hex.EncodeToString(d.Sealer.Index(o.Tenant, fact, value)[:8])
		}
	}
	return strings.Join(marks, differMark)
}

// folded folds a value so that writing differences do not hide a match.
func folded(v any) string {
	switch x := v.(type) {
	case string:
		return strings.Join(strings.Fields(strings.ToLower(x)), " ")
	case []string:
		s := slices.Clone(x)
		slices.Sort(s)
		return strings.Join(s, ",")
	case int64:
		return strconv.FormatInt(x, 10)
	case bool:
		return strconv.FormatBool(x)
	case time.Time:
		return x.UTC().Format("2006-01-02T15:04") // a date is 00:00 local; the zone of the value must not matter
	}
	return ""
}

// duplicates finds cases that a rule of the protocol calls alike. It proposes; a person
// gives the verdict. Cases that are linked or separated already are left out.
func (d *Desk) duplicates(ctx context.Context, tx Tx, o *open) ([]DuplicateView, error) {
	look := d.lookFor(o)
	if len(look) == 0 {
		return nil, nil
	}
	rows, err := tx.FindIndex(ctx, o.Tenant, look)
	if err != nil {
		return nil, err
	}
	alike := map[loket.CaseID][]IndexRow{}
	for _, r := range rows {
		if r.Case != o.ID && !linkedTo(o.Case, r.Case) {
			alike[r.Case] = append(alike[r.Case], r)
		}
	}
	return d.judge(ctx, tx, o, alike)
}

func linkedTo(c *loket.Case, other loket.CaseID) bool {
	return slices.ContainsFunc(c.Links, func(l loket.Linked) bool { return l.Other == other })
}

// judge holds the candidates against the rules, the first that fits wins.
func (d *Desk) judge(ctx context.Context, tx Tx, o *open, alike map[loket.CaseID][]IndexRow) ([]DuplicateView, error) {
	var out []DuplicateView
	for id, rows := range alike {
		for _, rule := range o.p.Duplicates {
			if !d.fits(rule, rows, o) {
				continue
			}
			row, found, err := tx.CaseRow(ctx, id)
			if err != nil {
				return nil, err
			}
			if found && row.Tenant == o.Tenant {
				out = append(out, duplicateView(o.p, rule, row))
			}
			break
		}
	}
	slices.SortFunc(out, func(a, b DuplicateView) int { return strings.Compare(a.Number, b.Number) })
	return out, nil
}

// fits: the case was found under this rule, nothing that must differ agrees, and the
// incidents are near.
func (d *Desk) fits(rule protocol.Duplicate, rows []IndexRow, o *open) bool {
	mine := strings.Split(d.differing(o, rule), differMark)
	return slices.ContainsFunc(rows, func(r IndexRow) bool {
		id, marks, _ := strings.Cut(r.Fact, differMark)
		if id != rule.ID || !near(o.p, rule.Within, incidentMoment(o.p, o.Facts), r.Moment) {
			return false
		}
		for i, theirs := range strings.Split(marks, differMark) {
			if theirs != "" && i < len(mine) && theirs == mine[i] {
				return false
			}
		}
		return true
	})
}

// near tells whether two moments are within a span; without a moment on either side
// nothing is excluded.
func near(p *protocol.Protocol, within string, a, b time.Time) bool {
	span := spanOf(p, within)
	return span == 0 || a.IsZero() || b.IsZero() || a.Sub(b).Abs() <= span
}

// spanOf is a bound of the protocol ("72 hours", "2 weeks") as a duration; 0 when there is
// none. It is counted from a day without a change of the clock.
func spanOf(p *protocol.Protocol, within string) time.Duration {
	from := time.Date(2001, time.January, 8, 12, 0, 0, 0, time.UTC)
	to, err := p.After(from, within)
	if err != nil {
		return 0
	}
	return to.Sub(from)
}

func duplicateView(p *protocol.Protocol, rule protocol.Duplicate, row CaseRow) DuplicateView {
	v := DuplicateView{Other: row.ID, Number: row.Number, Rule: rule.ID, Title: rule.Title, Verdict: rule.Verdict, Because: rule.Because}
	for _, f := range rule.Same {
		if fact := p.Fact(f); fact != nil {
			v.Same = append(v.Same, fact.Title)
		}
	}
	return v
}
