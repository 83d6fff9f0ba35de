// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: who stands in a table is told by the word above the column, whatever parts the
// columns. Controls: columns of things, and cells that hold no name.
func TestNamesInTables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Actie | Eigenaar | Datum\nBrief | Wevelsiep | 3 mei\nPlan | Kwakkelstra | 4 mei": 2,
		"Cliënt\tKamer\tMentor\nZjosquelle\t3\tOp den Brander\nFenia\t4\tvacature":        3,
		"Naam       Functie\nQuirinde Lap   adviseur\nBolle Vos      manager":             2,
		"Achternaam,Voornaam,Groep\nWevelsiep,Zjos,4\nVos,Quirinde,5":                     4,
		"Rol | Wie\nnotulist | Wevelsiep\nvoorzitter | griffier":                          1,
		// controls
		"Locatie | Plekken | Bezet\nEsdoorn | 8 | 7\nBerk | 6 | 6":                  0,
		"Wat | Wie | Wanneer\nBellen | mentor | maandag\nPlan | Team Noord | later": 0,
		"Naam | Aantal | Prijs\nPleister | 12 | 4\nVerband | 3 | 9":                 0,
	} {
		if found := guard.Check(text, guard.Known{}); len(found) != want {
			t.Errorf("%q: want %d names, found %v", text, want, found)
		}
	}
}
