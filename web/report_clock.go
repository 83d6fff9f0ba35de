// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"maps"
	"strconv"
	"time"

	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// clockView is one clock as a reader sees it: words first, the number in a meter.
type clockView struct {
	Title    protocol.Text
	State    protocol.DeadlineState
	Start    time.Time
	Early    time.Time
	Due      time.Time
	Words    protocol.Text // how it was counted
	Source   protocol.Source
	NotExact bool // counted from discovery, or the moment is known only roughly
}

// clockOf makes the view of a finding; nil without one.
func clockOf(found *protocol.DeadlineFinding) *clockView {
	if found == nil || found.Deadline == nil {
		return nil
	}
	return &clockView{
		Title: found.Deadline.Title, State: found.State, Start: found.Start, Early: found.Early, Due: found.Due,
		Words: found.Words, Source: found.Deadline.Source,
		NotExact: found.Discovered || !found.Early.IsZero() && found.Early.Before(found.Due),
	}
}

// runningClock finds the clock that a form starts by itself: the first one that counts
// from an occurrence the form asks for (R-R-31).
func (v *visit) runningClock(form *protocol.Form, facts protocol.Facts) *clockView {
	asked := map[string]bool{}
	known := false
	for _, section := range form.Sections {
		for _, field := range section.Fields {
			if field.Type == protocol.TypeOccurrence {
				asked[field.ID] = true
				known = known || facts[field.ID] != nil
			}
		}
	}
	if !known {
		return nil
	}
	found := v.protocol.Evaluate(protocol.Input{Facts: facts, Now: v.now})
	for i := range found.Deadlines {
		if d := &found.Deadlines[i]; asked[d.Deadline.From] && d.State != protocol.ClockWaiting && !d.Due.IsZero() {
			return clockOf(d)
		}
	}
	return nil
}

// cautiousFacts reads a form whose time of day cannot be taken as if only the day were
// known, so that the clock runs all the same, from the first moment of that day.
func (v *visit) cautiousFacts(f *formView) protocol.Facts {
	values := maps.Clone(f.Values)
	for field := range f.fields() {
		if field.Type != protocol.TypeOccurrence || f.Facts[field.ID] != nil {
			continue
		}
		for _, part := range []string{"_time", "_fold", "_to_date", "_to_time", "_discovered_time"} {
			values.Del(field.ID + part)
		}
	}
	facts, _ := v.protocol.ReadAnswers(f.Form, values, v.now)
	return facts
}

// clockWords says how much time is left to be in time for certain. Between the bounds of
// an imprecise moment it says that it may be late already.
func (v *visit) clockWords(c *clockView) string {
	if v.possiblyLate(c) {
		return v.T("report.clock_possibly_late")
	}
	return locale.Until(v.lang, v.now, v.clockEnd(c))
}

// clockEnd is the moment to show: the earliest that may be late, until that has passed.
func (v *visit) clockEnd(c *clockView) time.Time {
	if !c.Early.IsZero() && v.now.Before(c.Early) {
		return c.Early
	}
	return c.Due
}

func (v *visit) possiblyLate(c *clockView) bool {
	return v.now.Before(c.Due) && !c.Early.IsZero() && !v.now.Before(c.Early)
}

// clockStyle is the class of a clock: late is red, the last tenth is amber.
func (v *visit) clockStyle(c *clockView) string {
	switch {
	case !v.now.Before(c.Due):
		return "loket-clock--late"
	case v.possiblyLate(c) || v.clockShare(c) >= 0.9:
		return "loket-clock--soon"
	}
	return ""
}

// clockShare is the part of the time that has passed, from 0 to 1.
func (v *visit) clockShare(c *clockView) float64 {
	total := v.clockEnd(c).Sub(c.Start)
	if total <= 0 {
		return 1
	}
	return min(1, max(0, float64(v.now.Sub(c.Start))/float64(total)))
}

func share(part float64) string { return strconv.FormatFloat(part, 'f', 3, 64) }
