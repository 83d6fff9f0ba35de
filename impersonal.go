// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"

	"example.org/loket/protocol"
)

// Impersonal refuses facts about people in a kind of case that may hold none: there the desk
// has no ground to keep them (DT-18, R-R-50, R-R-57). What points to nobody may be there at
// any level, and so may people up to V2, such as the one to call back.
func Impersonal(p *protocol.Protocol, kind string, facts protocol.Facts) error {
	k := p.Kind(kind)
	if k == nil || k.Persons {
		return nil
	}
	refusal := Refuse(Invalid, "In deze soort zaak mogen geen gegevens van personen staan. Haal ze weg bij de gemarkeerde vragen. Zijn ze nodig? Dan is dit een andere soort zaak.",
		"This kind of case may not hold data about people. Remove them at the marked questions. Are they needed? Then this is another kind of case.")
	for id := range facts {
		if f := p.Fact(id); f == nil || f.Level <= "V2" || f.AVG == "N" || f.AVG == "" {
			continue
		}
		refusal.Fields = append(refusal.Fields, protocol.AnswerError{Field: id, Message: protocol.Text{
			NL: "Laat dit leeg: deze soort zaak gaat niet over personen.", EN: "Leave this empty: this kind of case is not about people."}})
	}
	if len(refusal.Fields) == 0 {
		return nil
	}
	slices.SortFunc(refusal.Fields, func(a, b protocol.AnswerError) int {
		if a.Field < b.Field {
			return -1
		}
		return 1
	})
	return refusal
}
