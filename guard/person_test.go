// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: names that no list holds are told by how and where they stand.
func TestNamesByTheirPlace(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Volgens Zjosquelle was er niemand.", guard.Name, "Zjosquelle"},
		{"Kwakwanelle, B. van der (notulist)", guard.Name, "Kwakwanelle, B. van der"},
		{"| Huisarts | Merksteijn |", guard.Name, "Merksteijn"},
		{"Wethouder Onderdelinden leest de brief voor.", guard.Name, "Onderdelinden"},
		{"Cliëntnr. JZ/23/4584 hoort erbij.", guard.Dossier, "JZ/23/4584"},
		{"zij is van 27-3-79, geboren te Hulst", guard.BirthDate, "27-3-79"},
		{"client 24.098.056 staat erop", guard.Dossier, "24.098.056"},
		{"Relatienummer: WJ-118822", guard.Dossier, "WJ-118822"},
	})
}

// What looks like it and is nobody.
func TestNobody(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Zie BIS-nummer 24-KL-17 voor het besluit.", "Wij gingen naar dagbesteding De Sterrenboom.", "sleutels liggen bij het Piter Jelles",
		"- Klasse: d: onrust", "- Lezers: leden van de raad", "5. Lessen: nog onbekend", "Alleen wat vaststaat. Anders: geen uitspraak mogelijk.", "This message says only that it happened.",
		"Huisregels: Geen Drank, Geen Drugs", "Taken: Afwas, Stofzuigen, Vuilnis.", "Bezwaarmaker is in de gelegenheid gesteld te reageren.",
	} {
		if found := guard.Check(text, guard.Known{}); len(found) > 0 {
			t.Errorf("%q: found %v", text, found)
		}
	}
}

// A name that was told once is known in the rest of the text, and lends itself to what is
// joined to it.
func TestNamesAgain(t *testing.T) {
	t.Parallel()
	found := guard.Check("Mevrouw Huisinkveld was er. Later belde Huisinkveld nog eens. Hassan en Kwirinda gingen mee.", guard.Known{})
	want := []string{"Huisinkveld", "Huisinkveld", "Hassan", "Kwirinda"}
	var got []string
	for _, f := range found {
		got = append(got, f.Text)
	}
	if len(got) != len(want) {
		t.Fatalf("found %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("found %q, want %q", got[i], want[i])
		}
	}
}
