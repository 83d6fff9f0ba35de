// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"strings"

	"example.org/loket/protocol"
)

// choice makes options of "id|nl|en" lines.
func choice(lines ...string) []protocol.Option {
	out := make([]protocol.Option, len(lines))
	for i, line := range lines {
		part := strings.Split(line, "|")
		out[i] = protocol.Option{ID: part[0], Label: say(part[1], part[2])}
	}
	return out
}

var (
	fromColumn  = Column{ID: "from", Title: say("geldig vanaf", "valid from"), Type: "date", Help: say("Leeg: altijd al.", "Empty: always.")}
	untilColumn = Column{ID: "until", Title: say("geldig tot en met", "valid until and including"), Type: "date", Help: say("Leeg: nog steeds.", "Empty: still.")}
	phoneColumn = Column{ID: "phone", Title: say("telefoon", "telephone"), Type: "phone"}
	mailColumn  = Column{ID: "email", Title: say("e-mail", "e-mail"), Type: "email"}
)

// organisationBook holds every party that a case may have to do with (requirements §2.1).
// Locations of a provider are organisations with a parent. The short name is the one that a
// protocol uses for its options, so that rules and register speak of the same party.
var organisationBook = &Book{
	ID: "organisaties", Title: say("Organisaties", "Organisations"),
	Columns: []Column{
		{ID: "id", Title: say("korte naam", "short name"), Type: "short", Need: true, Most: 40, Help: say("Kleine letters, cijfers en streepjes. Verandert daarna niet meer.", "Lower-case letters, digits and dashes. Does not change afterwards.")},
		{ID: "name", Title: say("naam", "name"), Type: "text", Need: true},
		{ID: "kind", Title: say("soort", "kind"), Type: "choice", Need: true, Options: choice(
			"municipality|gemeente|municipality", "purchasing_region|inkoopregio|purchasing region", "youth_care_provider|jeugdhulpaanbieder|youth care provider",
			"certified_institution|gecertificeerde instelling|certified institution", "wmo_provider|aanbieder Wmo|Wmo provider", "pgb_provider|PGB-aanbieder|PGB provider",
			"school|school|school", "other_care_provider|andere zorgaanbieder|other care provider", "safe_home|Veilig Thuis|Safe Home",
			"national_inspectorate|landelijke inspectie|national inspectorate", "wmo_supervisor|toezichthouder Wmo|Wmo supervisor", "advisory_body|adviesorgaan|advisory body",
			"police|politie|police", "public_prosecution|Openbaar Ministerie|public prosecution", "crisis_partner|crisispartner|crisis partner",
			"local_access|gemeentelijke toegang|municipal access", "medium|medium|medium", "chain_partner|ketenpartner|chain partner", "location|locatie|location")},
		{ID: "parent", Title: say("hoort bij", "belongs to"), Type: "organisation", Help: say("Bij een locatie: de aanbieder. Bij een toegang: de gemeente.", "Of a location: the provider. Of an access: the municipality.")},
		{ID: "laws", Title: say("wetten", "laws"), Type: "text", Help: say("De namen van het protocol, met spaties ertussen", "The names of the protocol, with spaces between")},
		{ID: "code", Title: say("code", "code"), Type: "text", Most: 20, Help: say("Bij een gemeente de code van het CBS; leeg laten mag.", "Of a municipality the code of the CBS; may be left empty.")},
		{ID: "place", Title: say("plaats", "place"), Type: "text"},
		phoneColumn, mailColumn, fromColumn, untilColumn,
	},
	name:  func(v map[string]string) string { return v["id"] },
	sort:  func(v map[string]string) string { return v["name"] },
	about: func(v map[string]string) string { return v["id"] },
	fill:  fillMunicipality,
	check: func(v map[string]string) []EntryFault {
		out := wrongCode(v)
		if v["kind"] == "location" && v["parent"] == "" {
			out = append(out, EntryFault{"parent", say("Een locatie hoort bij een aanbieder.", "A location belongs to a provider."), say("Kies de organisatie waar deze locatie bij hoort.", "Choose the organisation that this location belongs to.")})
		}
		if v["parent"] != "" && v["parent"] == v["id"] {
			out = append(out, EntryFault{"parent", say("Een organisatie kan niet bij zichzelf horen.", "An organisation cannot belong to itself."), say("Laat dit leeg of kies een andere.", "Leave this empty or choose another.")})
		}
		return out
	},
}
