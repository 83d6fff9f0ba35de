// SPDX-License-Identifier: EUPL-1.2

package desk

// activityBook says which provider works for which municipality in which period. It answers
// in which municipalities a provider is active at the moment of an incident (R-I-65, DT-05).
var activityBook = &Book{
	ID: "werkgebied", Title: say("Wie werkt waar", "Who works where"),
	Columns: []Column{
		{ID: "provider", Title: say("aanbieder", "provider"), Type: "organisation", Need: true},
		{ID: "municipality", Title: say("gemeente", "municipality"), Type: "organisation", Need: true},
		fromColumn, untilColumn,
	},
	name:  func(v map[string]string) string { return v["provider"] + "|" + v["municipality"] + "|" + v["from"] },
	sort:  func(v map[string]string) string { return v["provider"] + " " + v["municipality"] + " " + v["from"] },
	about: func(v map[string]string) string { return v["provider"] },
}

// contractBook holds the contracts with their validity and the clauses that matter here
// (R-I-31, R-I-33): a case shows the contract that held when it happened.
var contractBook = &Book{
	ID: "contracten", Title: say("Contracten", "Contracts"),
	Columns: []Column{
		{ID: "provider", Title: say("aanbieder", "provider"), Type: "organisation", Need: true},
		{ID: "principal", Title: say("opdrachtgever", "principal"), Type: "organisation", Help: say("Leeg: deze organisatie zelf.", "Empty: this organisation itself.")},
		{ID: "kind", Title: say("soort", "kind"), Type: "choice", Need: true, Options: choice("framework|raamovereenkomst|framework agreement", "purchase|inkoopcontract|purchase contract", "subsidy|subsidie|subsidy")},
		{ID: "number", Title: say("nummer", "number"), Type: "text", Most: 60},
		{ID: "clauses", Title: say("bepalingen", "clauses"), Type: "long", Most: 4000, Help: say("Artikel en tekst, één per regel.", "Article and text, one per line.")},
		{ID: "protocol_clause", Title: say("verwijst naar het protocol", "refers to the protocol"), Type: "yesno"},
		{ID: "event_figures", Title: say("cijfers over gebeurtenissen", "figures of events"), Type: "choice", Options: choice("none|geen|none", "quarter|per kwartaal|per quarter", "year|per jaar|per year")},
		fromColumn, untilColumn,
	},
	name: func(v map[string]string) string {
		return v["provider"] + "|" + v["kind"] + "|" + v["number"] + "|" + v["from"]
	},
	sort:  func(v map[string]string) string { return v["provider"] + " " + v["from"] },
	about: func(v map[string]string) string { return v["provider"] },
}
