// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"fmt"
	"strings"
	"time"
)

// moment reads a moment of a story in local time:
//
//	2026-03-28 16:10          a day and a time; 24:00 is the end of the day
//	2026-10-25 02:30 second   the second time that this hour comes by
//	2026-03-28                00:00 of that day
//	16:45                     later (or earlier) today
//	+2h30m   +3d              after now
func moment(text string, now time.Time, loc *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "+") {
		return later(text[1:], now, loc)
	}
	words := strings.Fields(strings.ReplaceAll(text, "T", " "))
	fold := ""
	if n := len(words); n > 0 && (words[n-1] == "first" || words[n-1] == "second") {
		fold, words = words[n-1], words[:n-1]
	}
	switch {
	case len(words) == 1 && strings.Contains(words[0], ":"):
		return wall(now.In(loc).Format(time.DateOnly), words[0], fold, loc)
	case len(words) == 1:
		return wall(words[0], "00:00", fold, loc)
	case len(words) == 2:
		return wall(words[0], words[1], fold, loc)
	default:
		return time.Time{}, fmt.Errorf("%q is geen moment; schrijf bijvoorbeeld 2026-03-28 16:10, 16:45 of +2h", text)
	}
}

func later(span string, now time.Time, loc *time.Location) (time.Time, error) {
	if days, ok := strings.CutSuffix(span, "d"); ok {
		var n int
		if _, err := fmt.Sscanf(days, "%d", &n); err != nil {
			return time.Time{}, fmt.Errorf("%q is geen aantal dagen; schrijf bijvoorbeeld +3d", "+"+span)
		}
		return now.In(loc).AddDate(0, 0, n), nil
	}
	d, err := time.ParseDuration(span)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is geen tijdsduur; schrijf bijvoorbeeld +2h30m", "+"+span)
	}
	return now.Add(d), nil
}

// wall turns a wall clock reading into a moment. A reading that comes by twice is the
// first one unless fold says second; one that never comes by is an error.
func wall(day, clock, fold string, loc *time.Location) (time.Time, error) {
	d, err := time.ParseInLocation(time.DateOnly, day, loc)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is geen dag; schrijf jjjj-mm-dd", day)
	}
	var h, m int
	if _, err := fmt.Sscanf(clock, "%d:%d", &h, &m); err != nil || h > 24 || m > 59 {
		return time.Time{}, fmt.Errorf("%q is geen tijd; schrijf uu:mm", clock)
	}
	t := time.Date(d.Year(), d.Month(), d.Day(), h, m, 0, 0, loc)
	if h < 24 && (t.Hour() != h || t.Minute() != m) {
		return time.Time{}, fmt.Errorf("%s %s bestaat niet: de klok gaat dan vooruit", day, clock)
	}
	return folded(t, fold), nil
}

// folded picks the first or second of two equal readings; an hour apart is what every
// zone in Europe does.
func folded(t time.Time, fold string) time.Time {
	same := func(o time.Time) bool { return o.Hour() == t.Hour() && o.Minute() == t.Minute() }
	if before := t.Add(-time.Hour); fold != "second" && same(before) {
		return before
	}
	if after := t.Add(time.Hour); fold == "second" && same(after) {
		return after
	}
	return t
}

const clockFormat = "2006-01-02 15:04"

func (p *player) show(t time.Time) string {
	if t.IsZero() {
		return "geen moment"
	}
	return t.In(p.loc).Format(clockFormat)
}
