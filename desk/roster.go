// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"maps"
	"strconv"
	"time"
)

// rosterBook says who is on duty, per role and shift, and who stands in. Another entry of kind
// "override" goes before the ordinary one as long as it lasts.
var rosterBook = &Book{
	ID: "rooster", Title: say("Rooster", "Roster"), Open: true,
	Columns: []Column{
		{ID: "role", Title: say("rol", "role"), Type: "role", Need: true},
		{ID: "person", Title: say("wie heeft dienst", "who is on duty"), Type: "person", Need: true},
		{ID: "deputy", Title: say("vervanger", "deputy"), Type: "person"},
		{ID: "from", Title: say("vanaf", "from"), Type: "moment", Need: true, Help: say("Bijvoorbeeld 2026-03-28 17:00.", "For example 2026-03-28 17:00.")},
		{ID: "until", Title: say("tot", "until"), Type: "moment", Need: true},
		{ID: "kind", Title: say("soort", "kind"), Type: "choice", Options: choice("shift|dienst|shift", "override|ruil of uitzondering|swap or exception")},
		{ID: "weekly", Title: say("herhalen tot en met", "repeat until and including"), Type: "date", Help: say("Elke keer wordt een eigen regel; een uitzondering wijzigt u daar. Leeg: één keer.", "Each turn becomes a line of its own; change an exception there. Empty: once.")},
		{ID: "weeks", Title: say("om de hoeveel weken", "every how many weeks"), Type: "choice", Options: choice("1|elke week|each week", "2|om de week|every other week", "3|om de drie weken|every three weeks", "4|om de vier weken|every four weeks"), Help: say("Alleen bij herhalen. Leeg: elke week.", "Only with a repetition. Empty: each week.")},
		{ID: "phone", Title: say("bereikbaar op", "reached on"), Type: "phone", Help: say("Leeg: het nummer uit de contacten.", "Empty: the number from the contacts.")},
	},
	name: func(v map[string]string) string {
		return v["role"] + "|" + v["person"] + "|" + v["from"] + "|" + v["kind"]
	},
	sort:  func(v map[string]string) string { return v["from"] + " " + v["role"] },
	about: func(v map[string]string) string { return v["role"] },
	check: checkWeekly,
	every: everyWeek,
}

// weeksMost is how many lines one repeated shift may become: a year, and not for ever.
const weeksMost = 53

// checkWeekly refuses a repetition that ends before it begins or goes on for over a year.
func checkWeekly(v map[string]string) []EntryFault {
	switch {
	case v["weekly"] == "" && v["weeks"] != "":
		return []EntryFault{{"weekly", say("Tot wanneer herhaalt deze dienst zich?", "Until when does this shift repeat?"), say("Vul een datum in, of laat ook leeg om de hoeveel weken.", "Fill in a date, or leave the number of weeks empty too.")}}
	case v["weekly"] == "":
		return nil
	case v["weekly"] < v["from"][:len(time.DateOnly)]:
		return []EntryFault{{"weekly", say("De herhaling eindigt voor de eerste dienst.", "The repetition ends before the first shift."), say("Kijk de datum na, of laat dit leeg.", "Check the date, or leave this empty.")}}
	case v["weekly"] >= daysOn(v["from"], 7*weeksMost)[:len(time.DateOnly)]:
		return []EntryFault{{"weekly", say("Dit is langer dan een jaar.", "This is longer than a year."), say("Kies een eerdere datum en herhaal daarna opnieuw.", "Choose an earlier date and repeat again after it.")}}
	}
	return nil
}

// everyWeek is a shift on the same day and hour of each week, or of each second, third or
// fourth: two teams that take turns are two such shifts. It goes by the clock on the wall: a night
// over the change of the clock begins and ends at the same hours as another.
func everyWeek(v map[string]string) []map[string]string {
	last, step := v["weekly"], 1
	if n, err := strconv.Atoi(v["weeks"]); err == nil && n > 0 {
		step = n
	}
	shift := maps.Clone(v)
	delete(shift, "weekly")
	delete(shift, "weeks")
	out := []map[string]string{shift}
	if last == "" {
		return out
	}
	for week := step; week <= weeksMost; week += step {
		next := maps.Clone(shift)
		next["from"], next["until"] = daysOn(v["from"], 7*week), daysOn(v["until"], 7*week)
		if next["from"] == "" || next["from"][:len(time.DateOnly)] > last {
			break
		}
		out = append(out, next)
	}
	return out
}

// daysOn is the same hour some days later, without a zone.
func daysOn(moment string, days int) string {
	t, err := time.Parse(momentLayout, moment)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(momentLayout)
}
