// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// RetentionRow is one retention rule of one case whose term began: when it ends, and whether
// it waits, is proposed for approval, or is held.
type RetentionRow struct {
	Case   loket.CaseID
	Rule   string // of the protocol, or groundPrefix and a ground
	Tenant string
	Number string
	DueAt  time.Time
	State  string // waiting | proposed | held
	Asked  string // person who proposed it; empty for a rule
}

// groundPrefix begins the rule of a proposal to destroy a whole case for a ground of its own.
const groundPrefix = "case:"

// whole: carrying this rule out leaves nothing but the number: it takes even V1.
func whole(rule *protocol.Retention) bool {
	return len(rule.Fields) == 0 && slices.Contains(rule.Levels, protocol.Level("V1"))
}

// retentionRows are the terms of a case that run or have ended. Nothing of a case that is
// being worked on is destroyed as a whole: that term shows once the case is closed.
func retentionRows(o *open, now time.Time) []RetentionRow {
	var out []RetentionRow
	for i := range o.p.Retention {
		rule := &o.p.Retention[i]
		_, carried := o.ErasedBy[rule.ID]
		if carried && nothingLeft(o, rule) || whole(rule) && !atRest(o.Case) {
			continue
		}
		if due, ok := termEnd(o, rule); ok {
			out = append(out, RetentionRow{Case: o.ID, Rule: rule.ID, Tenant: o.Tenant, Number: o.Number, DueAt: due, State: termState(o, rule, due, now)})
		}
	}
	if d := o.Destruction; d != nil {
		out = append(out, RetentionRow{Case: o.ID, Rule: groundPrefix + d.Ground, Tenant: o.Tenant, Number: o.Number, DueAt: d.At, State: proposedOrHeld(o), Asked: d.By})
	}
	return out
}

func atRest(c *loket.Case) bool {
	s := status(c)
	return s == "closed" || s == "ended"
}

// nothingLeft: the rule was carried out and nothing of its levels was added since.
func nothingLeft(o *open, rule *protocol.Retention) bool {
	fields, texts := ruleTakes(o, rule)
	return len(fields)+len(texts) == 0
}

// termEnd counts the term from its anchor; an anchor that has not happened begins no term.
func termEnd(o *open, rule *protocol.Retention) (time.Time, bool) {
	var from time.Time
	switch at := o.ev.Facts[rule.From].(type) {
	case time.Time:
		from = at
	case protocol.Occurrence:
		from = at.From
	}
	if from.IsZero() {
		return time.Time{}, false
	}
	due, err := o.p.After(from, rule.Keep)
	return due, err == nil
}

func termState(o *open, rule *protocol.Retention, due, now time.Time) string {
	switch {
	case o.Kept():
		return "held"
	case now.Before(due) || rule.Then == "erase":
		return "waiting" // due work erases by itself what the protocol says it may
	}
	return "proposed"
}

func proposedOrHeld(o *open) string {
	if o.Kept() {
		return "held"
	}
	return "proposed"
}

// sameTerms tells that a change left the terms of a case as they were, so that most changes
// write nothing.
func sameTerms(a, b []RetentionRow) bool {
	return slices.EqualFunc(a, b, func(x, y RetentionRow) bool {
		return x.Rule == y.Rule && x.State == y.State && x.DueAt.Equal(y.DueAt) && x.Asked == y.Asked
	})
}

// groundOf is the ground of a row that no rule of the protocol made.
func groundOf(row RetentionRow) (string, bool) { return strings.CutPrefix(row.Rule, groundPrefix) }
