// SPDX-License-Identifier: EUPL-1.2

package desk

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
		{ID: "phone", Title: say("bereikbaar op", "reached on"), Type: "phone", Help: say("Leeg: het nummer in de contacten of van het loket.", "Empty: the number in the contacts or of the desk.")},
	},
	name: func(v map[string]string) string {
		return v["role"] + "|" + v["person"] + "|" + v["from"] + "|" + v["kind"]
	},
	sort:  func(v map[string]string) string { return v["from"] + " " + v["role"] },
	about: func(v map[string]string) string { return v["role"] },
}
