// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"
	"time"

	"example.org/loket/guard"
)

var about = guard.Known{
	Values: []string{"D-4711", "Mila Verzonnen"},
	Dates:  []time.Time{time.Date(2010, 2, 3, 0, 0, 0, 0, time.UTC)},
	Ages:   []int{16},
	Places: []string{"Hillegersberg"},
	When:   []time.Time{time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)},
	Texts:  []string{"Bewoner Bram van der Nepnaam belde Veilig Thuis. Zijn zus Sara Fictie woont bij Golf Zorg."},
	Common: map[string]bool{"veilig": true, "thuis": true, "golf": true, "zorg": true},
}

// R-R-82, R-R-84, DT-25: what points to a person is found, process information passes.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, kind string }{
		"name":                 {"Volgens mila verzonnen ging het goed.", "case"},
		"name in a report":     {"Wij spraken met Sara Fictie.", "name"},
		"name with small word": {"Het gaat om Bram van der Nepnaam.", "name"},
		"last name":            {"De heer Nepnaam is verhuisd.", "name"},
		"street":               {"Hij woonde aan de Fluweelstraat 12.", "address"},
		"postcode":             {"Het adres is 3099 ZZ.", "address"},
		"organisation":         {"Golf Zorg belde Veilig Thuis.", ""},
		"first word":           {"Bewoner en zus zijn verhuisd.", ""},
		"a year":               {"Sinds mei 2026 OM en politie.", ""},
		"trade, not a name":    {"Een nepnaam is geen bewijs.", ""},
		"dossier":              {"Zie dossier D-4711.", "case"},
		"birth date in words":  {"Geboren op 3 februari 2010.", "birth_date"},
		"birth date in digits": {"Geboren 03-02-2010.", "birth_date"},
		"bsn":                  {"Nummer 111222333.", "bsn"},
		"mail":                 {"Mail naar iemand@example.org.", "contact"},
		"age and date":         {"Op 28 maart overleed een 16-jarige.", "traceable"},
		"age and place":        {"Een jongere van 16 jaar uit Hillegersberg.", "traceable"},
		"process only":         {"De gemeente onderzoekt hoe de zorg was geregeld.", ""},
		"nine other digits":    {"Nummer 123456788.", ""},
		"part of a word":       {"Het kenmerk XD-47112 is van een ander.", ""},
		"age alone":            {"De grens is 16 jaar.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := guard.Check(c.text, about)
			if c.kind == "" && len(found) > 0 {
				t.Fatalf("found %v in a harmless text", found)
			}
			if c.kind != "" && (len(found) == 0 || found[0].Kind != c.kind) {
				t.Fatalf("want a finding of kind %s, got %v", c.kind, found)
			}
		})
	}
}
