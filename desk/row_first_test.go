// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"testing"
	"time"

	"example.org/loket/protocol"
)

// R-I-04, R-R-65: a row names what the desk can do best now: a step without a term stands before
// a term after this shift, and after all that cannot wait. Controls: late, urgent and due today keep
// their place, and what perhaps need not be done pushes nothing aside.
func TestRowNamesWhatCanBeDoneNow(t *testing.T) {
	t.Parallel()
	closes := time.Date(2026, 3, 3, 17, 0, 0, 0, time.UTC)
	today, far := closes.Add(-time.Hour), closes.AddDate(0, 0, 9)
	open := Proposal{Key: "open"}
	for name, c := range map[string]struct {
		todo []Proposal
		want string
	}{
		"far term":             {[]Proposal{{Key: "far", Due: far}, open}, "open"},
		"only far terms":       {[]Proposal{{Key: "far", Due: far}, {Key: "later", Due: far}}, "far"},
		"late":                 {[]Proposal{{Key: "late", Due: far, Late: true}, open}, "late"},
		"urgent":               {[]Proposal{{Key: "urgent", Due: far, Urgent: true}, open}, "urgent"},
		"perhaps urgent":       {[]Proposal{{Key: "perhaps", Due: far, Urgent: true, Provisional: true}, open}, "open"},
		"within the shift":     {[]Proposal{{Key: "today", Due: today}, {Key: "far", Due: far}, open}, "today"},
		"as the desk closes":   {[]Proposal{{Key: "today", Due: closes}, open}, "today"},
		"perhaps, without one": {[]Proposal{{Key: "far", Due: far}, {Key: "perhaps", Provisional: true}}, "far"},
	} {
		if got := c.todo[bestNow(c.todo, closes)].Key; got != c.want {
			t.Errorf("%s: the row names %q, want %q", name, got, c.want)
		}
	}
	why := withClock(say("Want het moet.", "Because it must."), protocol.Text{NL: "Rapport", EN: "Report"})
	if why.NL != "Want het moet. De termijn loopt voor: Rapport." || withClock(why, protocol.Text{}) != why {
		t.Errorf("reason: %+v", why)
	}
}
