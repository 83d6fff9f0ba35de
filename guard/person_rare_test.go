// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: names that no list holds and that are built of common letters, where only
// somebody is named; the controls are words of every day in the same places.
func TestRareNamesInPlace(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Goedemorgen Evelinte, tot straks.", guard.Name, "Evelinte"},
		{"[10:22] Gelskie: ben er bijna", guard.Name, "Gelskie"},
		{"Koppelstak (politie) belde terug.", guard.Name, "Koppelstak"},
		{"Hier is de oudste (Hillebart) al weg.", guard.Name, "Hillebart"},
		{"Btissome, zijn zusje, sliep.", guard.Name, "Btissome"},
		{"Er is contact met Gelskie Oostwelder geweest.", guard.Name, "Gelskie Oostwelder"},
		{"Dossier BERKEHUN SOYLUTARK is gesloten.", guard.Name, "BERKEHUN SOYLUTARK"},
		// controls
		{"Goedemorgen allemaal, tot straks.", "", ""},
		{"[10:22] Wijkteam: ben er bijna", "", ""},
		{"Vervoer (politie) is geregeld.", "", ""},
		{"Dossier GEHEIM STUK is gesloten.", "", ""},
		{"Aan: college van B en W", "", ""},
	})
}
