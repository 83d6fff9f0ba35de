// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: in a row of people everybody is one, also who has a name that is a word or that
// no list holds. The controls are rows of things.
func TestNamesInRows(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Afwezig m.k.: Wevelsiep, Vrolijk":                           2,
		"Eigenaar actie: Kuiper":                                     1,
		"Verzendlijst\n- Fatima Wevelsiep\n- Zjoske\n- Bram Bedacht": 3,
		"Aanwezig:\n- Zjoske (moeder)\n- Fatima":                     2,
		"Naam: Wevelsiep, Zjoske van":                                1,
		"Kan iemand Quirinde bellen?":                                1,
		"Roos' moeder was er niet, Hakans nummer wel.":               1,
		// controls
		"Aanwezig: college, griffie en publiek":           0,
		"Deelnemers: Gemeenten, Aanbieders, Inspectie":    0,
		"Boodschappen:\n- Melk\n- Brood\n- Appels":        0,
		"Wie: Team Zorg\nDoor: Gemeente\nMelder: Anoniem": 0,
		"Op verzoek van De heer is dit gewijzigd.":        0,
	} {
		if found := guard.Check(text, guard.Known{}); len(found) != want {
			t.Errorf("%q: want %d names, found %v", text, want, found)
		}
	}
}
