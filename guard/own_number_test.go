// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"
	"time"

	"example.org/loket/guard"
)

// The digits of a dossier number are found as one number; a year and an hour that stand
// side by side are none.
func TestBareDossierNumber(t *testing.T) {
	t.Parallel()
	k := guard.Known{Dossiers: []string{"DLT-2026-15"}}
	if got := guard.Check("Dossier 2026-15 is bekend.", k); len(got) != 1 {
		t.Errorf("the number without its letters: %+v", got)
	}
	if got := guard.Check("Op woensdag 21 oktober 2026 15.40 uur werd het loket gebeld.", k); len(got) != 0 {
		t.Errorf("a date and a time: %+v", got)
	}
}

// The letter at the end of a number plate is no initial of the name behind it.
func TestPlateBeforeName(t *testing.T) {
	t.Parallel()
	found := guard.Check("Een bus met kenteken GXB-12-B. Mila Verzonnen zag het.", about)
	if len(found) != 2 || found[0].Text != "GXB-12-B" || found[1].Text != "Mila Verzonnen" {
		t.Errorf("%v", found)
	}
}

// R-R-82: a year of which only the noughts are written, and a short street with a slip.
func TestOwnShortForms(t *testing.T) {
	t.Parallel()
	k := guard.Known{BirthDates: []time.Time{time.Date(2000, 10, 15, 0, 0, 0, 0, time.UTC)}, Addresses: []string{"Kleine Kade 34, 3099 ZZ Ergens"}}
	try(t, k, []example{
		{"Er stond 15 okt '00 op.", guard.BirthDate, "15 okt '00"},
		{"Zij woont Kleine Kaed 34 dus.", guard.Address, "Kleine Kaed 34"},
		// controls
		{"Er stond 15 okt '01 op.", "", ""},
		{"De kleine kast was 34 cm.", "", ""},
	})
}
