// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// indexRows are the keyed hashes by which this case may be compared with others (DT-22).
// The hash says equal or not, nothing else.
func (d *Desk) indexRows(o *open) []IndexRow {
	var out []IndexRow
	for _, fact := range comparedFacts(o.p) {
		value := comparable(o.Facts[fact])
		if value == "" {
			continue
		}
		out = append(out, IndexRow{Case: o.ID, Fact: fact, Hash: d.Sealer.Index(o.Tenant, fact, value), Moment: incidentMoment(o.Facts)})
	}
	return out
}

// comparedFacts are the facts that some duplicate rule looks at.
func comparedFacts(p *protocol.Protocol) []string {
	var out []string
	for _, r := range p.Duplicates {
		for _, f := range append(slices.Clone(r.Same), r.Differ...) {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// comparable folds a value so that writing differences do not hide a match.
func comparable(v any) string {
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
	mine := d.indexRows(o)
	hashes := make([][]byte, 0, len(mine))
	for _, r := range mine {
		hashes = append(hashes, r.Hash)
	}
	if len(hashes) == 0 {
		return nil, nil
	}
	rows, err := tx.FindIndex(ctx, o.Tenant, hashes)
	if err != nil {
		return nil, err
	}
	shared, moments := map[loket.CaseID][]string{}, map[loket.CaseID]time.Time{}
	for _, r := range rows {
		if r.Case != o.ID && !linkedTo(o.Case, r.Case) {
			shared[r.Case] = append(shared[r.Case], r.Fact)
			moments[r.Case] = r.Moment
		}
	}
	return d.judge(ctx, tx, o, shared, moments)
}

func linkedTo(c *loket.Case, other loket.CaseID) bool {
	return slices.ContainsFunc(c.Links, func(l loket.Linked) bool { return l.Other == other })
}

// judge holds the candidates against the rules, the first that fits wins.
func (d *Desk) judge(ctx context.Context, tx Tx, o *open, shared map[loket.CaseID][]string, moments map[loket.CaseID]time.Time) ([]DuplicateView, error) {
	var out []DuplicateView
	for id, same := range shared {
		for _, rule := range o.p.Duplicates {
			if !fits(rule, same, o, moments[id]) {
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

// fits: everything in Same agrees, nothing in Differ does, and the incidents are near.
func fits(rule protocol.Duplicate, same []string, o *open, other time.Time) bool {
	for _, f := range rule.Same {
		if !slices.Contains(same, f) {
			return false
		}
	}
	for _, f := range rule.Differ {
		if slices.Contains(same, f) {
			return false
		}
	}
	return near(rule.Within, incidentMoment(o.Facts), other)
}

// near reads "72 hours"; without a moment on either side nothing is excluded.
func near(within string, a, b time.Time) bool {
	if within == "" || a.IsZero() || b.IsZero() {
		return true
	}
	var n int
	var unit string
	if _, err := fmt.Sscanf(within, "%d %s", &n, &unit); err != nil {
		return true
	}
	span := time.Duration(n) * time.Hour
	if strings.HasPrefix(unit, "day") {
		span *= 24
	}
	return a.Sub(b).Abs() <= span
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
