// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-84: what a village recognises, by the way it is told.
func TestTracesTold(t *testing.T) {
	t.Parallel()
	for name, examples := range map[string][]example{
		"village": {
			{"Een bewoner (81) uit wapserveen.", guard.Combination, "bewoner (81) uit wapserveen"},
			{"Zwiggelte, 4-5-2024, v/9 jr: gevallen.", guard.Combination, "Zwiggelte, 4-5-2024, v/9 jr"},
			{text: "Mevrouw Meppen (64) schreef een brief aan mevrouw Havelte."},
		},
		"age": {
			{"Een monteur van 38 uit Vledder.", guard.Combination, "38 uit Vledder"},
			{"Een jongen van nog geen vier uit Vledder.", guard.Combination, "vier uit Vledder"},
			{"Een vijftiger uit Vledder.", guard.Combination, "vijftiger uit Vledder"},
			{"Mevrouw van zestig jaar viel in Vledder.", guard.Combination, "zestig jaar viel in Vledder"},
			{"De oudste, 14, uit Vledder.", guard.Combination, "14, uit Vledder"},
			{"Een meisje, 15, kwam niet thuis in Vledder.", guard.Combination, "meisje, 15, kwam niet thuis in Vledder"},
			{"Een man van in de tachtig uit vledder.", guard.Combination, "tachtig uit vledder"},
			{"Een pasgeboren kind uit Vledder.", guard.Combination, "pasgeboren kind uit Vledder"},
			{"Dat jochie van 12 uit Vledder.", guard.Combination, "jochie van 12 uit Vledder"},
			{"Een vrouw van 51 zat vast in Vledder.", guard.Combination, "vrouw van 51 zat vast in Vledder"},
			{"Acht jaar, woonde in Vledder, weg sinds mei.", guard.Combination, "Acht jaar, woonde in Vledder"},
			{text: "Een raamcontract van 12 jaar in Vledder. Een heffing van 20 jaar in Vledder."},
			{text: "De 100-jarige toren in Vledder. Iedereen tussen 4 en 16 jaar uit Vledder."},
			{text: "Hij werkte 16 jaar in Vledder. Een termijn van 16 jaar voor Vledder."},
			{text: "Een groep van 38 uit Vledder. Ik ben moeder van drie en kom uit Vledder."},
			{text: "De gemiddelde leeftijd in Vledder is 47 jaar. De club in Vledder bestaat 16 jaar."},
		},
		"family": {
			{"Het gezin met de zes jonge kinderen uit Vledder.", guard.Combination, "gezin met de zes jonge kinderen uit Vledder"},
			{"De dochter van de bakker uit Vledder.", guard.Combination, "dochter van de bakker uit Vledder"},
			{"De tweeling uit Vledder is terecht.", guard.Combination, "tweeling uit Vledder"},
			{"De oudste inwoonster van Vledder is overleden.", guard.Combination, "oudste inwoonster van Vledder"},
			{text: "De enige school van Vledder sluit. De burgemeester van Vledder kwam."},
		},
		"with a name of the case": {
			{"Het gaat om de familie van 16 jaar geleden.", "", ""}, // control
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var of []example
			for _, e := range examples {
				if e.category != "" {
					of = append(of, e)
				} else {
					for _, f := range guard.Check(e.text, about) {
						if f.Category == guard.Combination {
							t.Errorf("%q: found %q", e.text, f.Text)
						}
					}
				}
			}
			try(t, about, of)
		})
	}
	if found := guard.Check("Dat is Mila Verzonnen, 16 jaar, op school.", about); len(found) != 2 || found[1].Text != "16 jaar" {
		t.Errorf("the age beside a name of the case: %v", found)
	}
}

// R-R-82: the number of a dossier shortened or mistyped.
func TestOwnDossiersShort(t *testing.T) {
	t.Parallel()
	k := guard.Known{Dossiers: []string{"QX-2021-00736", "TVB 558213"}}
	try(t, k, []example{
		{"Zie QX-21-00736.", guard.Dossier, "QX-21-00736"},
		{"Zie QX/2021/736.", guard.Dossier, "QX/2021/736"},
		{"Zie dossier 736.", guard.Dossier, "736"},
		{"Zie QX-2021-00763.", guard.Dossier, "QX-2021-00763"},
		{"Zie TVB-558231.", guard.Dossier, "TVB-558231"},
		{"Zie 558 213 of bel.", guard.Dossier, "558 213"},
		// controls
		{"Er zijn 736 meldingen. Zie QX-2021-00952.", "", ""},
		{"Zie TVB 671902 en 558214.", "", ""},
	})
}

// A village is no last name where a village stands. Control: behind mevrouw it is one.
func TestVillagesAreNobody(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{text: "De wethouder van Zwiggelte en de dorpsraad van Wapserveen waren er. De bus rijdt naar Eexterveen."},
		{"Een gesprek met mevrouw Van Zwiggelte.", guard.Name, "Van Zwiggelte"},
	})
}
