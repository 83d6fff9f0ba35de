// SPDX-License-Identifier: EUPL-1.2

package desk

// contactBook is the list of whom to call (R-I-97, R-I-98): any number of people per
// organisation in order of preference, or a mailbox that several share. A person is replaced
// by ending the entry and adding another; the history stays.
var contactBook = &Book{
	ID: "contacten", Title: say("Contacten", "Contacts"), Open: true,
	Columns: []Column{
		{ID: "organisation", Title: say("organisatie", "organisation"), Type: "organisation", Need: true},
		{ID: "name", Title: say("naam", "name"), Type: "text", Need: true, Help: say("Naam van de persoon of van de gedeelde postbus.", "Name of the person or of the shared mailbox.")},
		{ID: "function", Title: say("functie", "function"), Type: "text"},
		phoneColumn,
		{ID: "mobile", Title: say("mobiel", "mobile"), Type: "phone"},
		mailColumn,
		{ID: "mailbox", Title: say("gedeelde postbus", "shared mailbox"), Type: "yesno"},
		{ID: "role", Title: say("rol in het protocol", "role in the protocol"), Type: "role"},
		{ID: "order", Title: say("volgorde", "order"), Type: "number", Help: say("1 wordt als eerste gebeld.", "1 is called first.")},
		{ID: "deputy", Title: say("vervanger", "deputy"), Type: "text", Help: say("Naam van een ander contact van dezelfde organisatie.", "Name of another contact of the same organisation.")},
		{ID: "checked", Title: say("nagekeken op", "checked on"), Type: "date", Help: say("Ouder dan een half jaar komt op de lijst van wat ontbreekt.", "Older than half a year shows on the list of what is missing.")},
		{ID: "away_from", Title: say("afwezig vanaf", "away from"), Type: "date", Help: say("Dan krijgt de vervanger de berichten.", "Then the deputy receives the messages.")},
		{ID: "away_until", Title: say("afwezig tot en met", "away until and including"), Type: "date"},
		fromColumn, untilColumn,
	},
	name: func(v map[string]string) string { return v["organisation"] + "|" + v["name"] + "|" + v["from"] },
	sort: func(v map[string]string) string {
		return v["organisation"] + " " + padded(v["order"]) + " " + v["name"]
	},
	about: func(v map[string]string) string { return v["organisation"] },
	check: func(v map[string]string) []EntryFault {
		if v["phone"] == "" && v["mobile"] == "" && v["email"] == "" {
			return []EntryFault{{"phone", say("Zo is dit contact niet te bereiken.", "This contact cannot be reached like this."), say("Vul telefoon, mobiel of e-mail in.", "Fill in telephone, mobile or e-mail.")}}
		}
		return nil
	},
}

// padded lets numbers sort as numbers; what has none comes last.
func padded(n string) string {
	if n == "" {
		return "9999"
	}
	const zeros = "0000"
	return zeros[:max(0, len(zeros)-len(n))] + n
}
