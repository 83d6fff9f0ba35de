// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"
	"time"

	"example.org/loket/guard"
)

var about = guard.Known{
	Names:      []string{"Mila Verzonnen"},
	Dossiers:   []string{"D-4711"},
	Addresses:  []string{"Fluweelpad 7, 3099 ZZ Ergens"},
	Phones:     []string{"010 000 00 00"},
	Emails:     []string{"mila.v@example.org"},
	BirthDates: []time.Time{time.Date(2012, 3, 3, 0, 0, 0, 0, time.UTC)},
	Ages:       []int{16},
	Places:     []string{"Hillegersberg"},
	When:       []time.Time{time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)},
	Texts:      []string{"Bewoner Bram van der Nepnaam belde Veilig Thuis. Zijn zus Sara Fictie woont bij Golf Zorg."},
	Common:     map[string]bool{"veilig": true, "thuis": true, "golf": true, "zorg": true},
}

// example is a text with the piece that must be found in it, or none.
type example struct{ text, category, piece string }

// try runs examples; every one must give exactly that finding.
func try(t *testing.T, k guard.Known, examples []example) {
	t.Helper()
	for _, c := range examples {
		found := guard.Check(c.text, k)
		if c.category == "" && len(found) > 0 {
			t.Errorf("%q: found %q as %s", c.text, found[0].Text, found[0].Category)
		}
		if c.category != "" && (len(found) != 1 || found[0].Category != c.category || found[0].Text != c.piece) {
			t.Errorf("%q: want only %q as %s, got %v", c.text, c.piece, c.category, found)
		}
	}
}

// R-R-82, DT-25: the names of the case, however they are written.
func TestOwnNames(t *testing.T) {
	t.Parallel()
	try(t, about, []example{
		{"Volgens mila verzonnen ging het goed.", guard.Name, "mila verzonnen"},
		{"De tas van Mila's buurvrouw.", guard.Name, "Mila's"},
		{"Het gezin Verzonnens vertrok.", guard.Name, "Verzonnens"},
		{"Bij de Nepnamen thuis was het stil.", guard.Name, "Nepnamen"},
		{"Er lag een brief van M. Verzonnen.", guard.Name, "M. Verzonnen"},
		{"In de brief staat M.V. als afzender.", guard.Name, "M.V."},
		{"Het gaat om Mila V. en anderen.", guard.Name, "Mila V."},
		{"Betreft Verzonnen, Mila.", guard.Name, "Verzonnen, Mila"},
		{"Wij zagen MILA VERZONNEN niet.", guard.Name, "MILA VERZONNEN"},
		{"Wij zagen Mila Verzonen niet.", guard.Name, "Mila Verzonen"},
		{"Wij zagen Mila Ver\u00adzonnen niet.", guard.Name, "Mila Ver\u00adzonnen"},
		{"Wij zagen M\u0456l\u0430 Verzonnen niet.", guard.Name, "M\u0456l\u0430 Verzonnen"},
		{"Wij zagen mevrouw Verzon-\nnen niet.", guard.Name, "Verzon-\nnen"},
		{"Wij zagen Míla\u00a0Verzönnen niet.", guard.Name, "Míla\u00a0Verzönnen"},
		{"Wij zagen milaverzonnen niet.", guard.Name, "milaverzonnen"},
		{"Er stond M i l a op de deur.", guard.Name, "M i l a"},
		{"Wij spraken met Sara Fictie.", guard.Name, "Sara Fictie"},
		{"Het gaat om Bram v.d. Nepnaam.", guard.Name, "Bram v.d. Nepnaam"},
		{"De heer Van der Nepnaam is verhuisd.", guard.Name, "Van der Nepnaam"},
		// controls
		{"Dit is niet verzonnen en geen fictie.", "", ""},
		{"De Milastraat ligt open.", "", ""},
		{"Golf Zorg belde Veilig Thuis.", "", ""},
		{"Bewoner en zus zijn verhuisd.", "", ""},
	})
}

// R-R-82: the other facts of the case.
func TestOwnFacts(t *testing.T) {
	t.Parallel()
	try(t, about, []example{
		{"Zie dossier D-4711.", guard.Dossier, "D-4711"},
		{"Zie dossier d 4711.", guard.Dossier, "d 4711"},
		{"Zie dossier D4711, graag.", guard.Dossier, "D4711"},
		{"Geboren op 3 maart 2012.", guard.BirthDate, "3 maart 2012"},
		{"Zij is van 3 mrt '12 en verhuisd.", guard.BirthDate, "3 mrt '12"},
		{"Zij is van 03-03-2012.", guard.BirthDate, "03-03-2012"},
		{"Zij is van 2012-03-03.", guard.BirthDate, "2012-03-03"},
		{"Op drie maart tweeduizend twaalf.", guard.BirthDate, "drie maart tweeduizend twaalf"},
		{"Ergens in maart 2012.", guard.BirthDate, "maart 2012"},
		{"Code 20120303 op de map.", guard.BirthDate, "20120303"},
		{"Hij liep over het Fluweelpad naar huis.", guard.Address, "Fluweelpad"},
		{"Hij liep naar fluweelpad nr. 7a.", guard.Address, "fluweelpad nr. 7a"},
		{"De brief ging naar 3099ZZ.", guard.Postcode, "3099ZZ"},
		{"Bel +31 10 000 00 00.", guard.Phone, "+31 10 000 00 00"},
		{"Bel 010.000.00.00 nu.", guard.Phone, "010.000.00.00"},
		{"Mail naar mila.v (at) example punt org.", guard.Email, "mila.v (at) example punt org"},
		// controls
		{"Het kenmerk XD-47112 is van een ander.", "", ""},
		{"Op 3 april vergadert de raad.", "", ""},
		{"In maart 2026 kwam het rapport.", "", ""},
	})
}

// R-R-84: an age with a place or a date is traceable; an age in a rule is not.
func TestTraces(t *testing.T) {
	t.Parallel()
	try(t, about, []example{
		{"Op 28 maart overleed een 16-jarige.", guard.Combination, "28 maart overleed een 16-jarige"},
		{"Een jongere van 16 jaar uit Hillegersberg.", guard.Combination, "jongere van 16 jaar uit Hillegersberg"},
		{"Een veertienjarige uit Vlieland.", guard.Combination, "veertienjarige uit Vlieland"},
		{"Op 4 mei 2025 werd in Urk een meisje van 12 jaar gevonden.", guard.Combination, "4 mei 2025 werd in Urk een meisje van 12 jaar"},
		// controls
		{"De grens is 16 jaar.", "", ""},
		{"Jongeren tot 16 jaar in Hillegersberg vallen hieronder.", "", ""},
		{"Hij kreeg 16 jaar geleden hulp in Hillegersberg.", "", ""},
		{"Op 28 maart vergaderde de raad in Hillegersberg.", "", ""},
	})
}
