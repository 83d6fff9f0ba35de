// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: who writes in a chat is known by the clock beside the name, also when the name
// is a word. The controls are words with a clock or a colon that are nobody.
func TestWhoWrites(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"17:26 Storm: Hij reed weg", guard.Name, "Storm"},
		{"Robin (14:09): Het gaat beter", guard.Name, "Robin"},
		{"08:21 - Quirinke: De kok is ziek", guard.Name, "Quirinke"},
		{"Romeo zn moeder staat hier aan de balie", guard.Name, "Romeo"},
		{"Mark was er niet bij.", guard.Name, "Mark"},
		{"Tot morgen.\ngr. haitske", guard.Name, "haitske"},
		// controls
		{"17:26 Avonddienst: Alles rustig", "", ""},
		{"Ernst: Hoog", "", ""},
		{"Dat mag niet volgens art 6 van de wet.", "", ""},
	})
}

// Somebody beside a street or with flowers is no house; a house with a given name is nobody.
func TestPeopleBesideHouses(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Zondag bracht Ferdinand Verzonnen bloemen.", guard.Name, "Ferdinand Verzonnen"},
		{"Een feest bij Ferdinand Verzonnen aan de Nepnaamlaan.", guard.Name, "Ferdinand Verzonnen"},
		{"Wij spraken meester Araya van de Nepnaamschool.", guard.Name, "Araya"},
		{"Mevrouw Engels heeft zich gemeld.", guard.Name, "Engels"},
		{"Aan: Quabbani, O. el\nCC: de griffie", guard.Name, "Quabbani, O. el"},
		// controls
		{"Hij woont bij Frederik Nepnaamhuis in de stad.", "", ""},
		{"Dat ligt aan de Vincent van Nepnaamlaan.", "", ""},
		{"De taxi is van Kringloop Van Nepnaam.", "", ""},
		{"Zij was in verpleeghuis Dr. Jenny op zaal.", "", ""},
		{"Hij leert Engels op school.", "", ""},
	})
}
