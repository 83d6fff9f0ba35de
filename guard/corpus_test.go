// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"testing"
	"time"

	"example.org/loket/internal/guardcorpus"
)

// The bars that `make bench-guard` shows in full, on a few hundred texts (R-R-82, DT-25).
const (
	leastOwn, leastPattern, leastUnknown, leastOther = 0.98, 0.95, 0.90, 0.90
	leastPrecision                                   = 0.95
)

func knownOf(it guardcorpus.Item) Known {
	c := it.Case
	k := Known{Names: c.Names, Dossiers: c.DossierNumbers, Addresses: c.Addresses, Phones: c.Phones, Emails: c.Emails, Places: c.Places, Ages: c.Ages, Allowed: it.Allowed}
	for _, b := range c.BirthDates {
		if t, err := time.Parse(time.DateOnly, b); err == nil {
			k.BirthDates = append(k.BirthDates, t)
		}
	}
	return k
}

// measured reads a corpus with some of the rules.
func measured(seed uint64, rules []rule, styles ...string) *guardcorpus.Score {
	var items []guardcorpus.Item
	for _, style := range styles {
		items = append(items, guardcorpus.Build(style, seed, 500/len(styles), 200/len(styles))...)
	}
	return guardcorpus.Measure(items, func(it guardcorpus.Item) (out []guardcorpus.Found) {
		for _, f := range check(it.Text, knownOf(it), rules) {
			out = append(out, guardcorpus.Found{Start: f.Start, End: f.End, Category: f.Category})
		}
		return out
	})
}

// missed lists the bars that a score does not meet.
func missed(s *guardcorpus.Score) []string {
	var out []string
	for group, least := range map[string]float64{"own": leastOwn, "pattern": leastPattern, "unknown": leastUnknown, "other": leastOther} {
		if r := s.Groups[group]; r == nil || r.Recall() < least {
			out = append(out, group)
		}
	}
	if s.Total.Precision() < leastPrecision {
		out = append(out, "precision")
	}
	return out
}

// R-R-82, R-R-84, DT-25: people are found in both styles of writing, and little else is.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, style := range guardcorpus.Styles {
		s := measured(7, rules, style)
		if missing := missed(s); len(missing) > 0 {
			t.Errorf("%s: short of the bar for %v; missed %d of %d, %d false", style, missing, len(s.Missed), s.Total.Wanted, len(s.False))
		}
		if n := len(s.Categories); n < 12 {
			t.Errorf("%s: %d categories, want 12 or more", style, n)
		}
	}
}

// Control: every rule is needed. With one of them off, a bar is missed or findings of its
// kind are gone. The sample is one in which every rule has work.
func TestCorpusNeedsEveryRule(t *testing.T) {
	t.Parallel()
	full := measured(3, rules, guardcorpus.Styles...)
	for i := range rules {
		var others []rule
		others = append(append(others, rules[:i]...), rules[i+1:]...)
		s := measured(3, others, guardcorpus.Styles...)
		if len(missed(s)) == 0 && s.Total.Right >= full.Total.Right && len(s.False) <= len(full.False) {
			t.Errorf("without the rule for %s nothing is worse", rules[i].name)
		}
	}
}
