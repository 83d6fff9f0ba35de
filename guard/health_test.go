// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82: what tells about somebody's health, by the way it is told.
func TestHealth(t *testing.T) {
	t.Parallel()
	for name, examples := range map[string][]example{
		"part of the body": {
			{"Zij is aan haar schouder geopereerd.", guard.Health, "aan haar schouder geopereerd"},
			{"Er is een breuk in de rechterenkel gezien.", guard.Health, "breuk in de rechterenkel"},
			{"Hij had een gekneusde rib en twee gebroken tanden.", guard.Health, "gekneusde rib en twee gebroken tanden"},
			{"Zij kerft zich in de bovenbenen.", guard.Health, "kerft zich in de bovenbenen"},
			{"Hij had een gebroken nekwervel.", guard.Health, "gebroken nekwervel"},
			{"Zij is geopereerd aan haar pols.", guard.Health, "geopereerd aan haar pols"},
			{"Zij herstelt van een heupoperatie.", guard.Health, "heupoperatie"},
			{text: "Wij gaan hand in hand, met de rug tegen de muur."},
			{text: "De pijn van de bezuiniging zit in de staart."},
		},
		"label": {
			{"Diagnose: verzonnenitis acuta", guard.Health, "verzonnenitis acuta"},
			{"med: bedachtine", guard.Health, "bedachtine"},
			{text: "Medicatie: geen. Letsel: nee."},
			{text: "Medicatie: wordt door de groep gegeven."},
		},
		"verb": {
			{"Zij lijdt aan verzonneneria.", guard.Health, "verzonneneria"},
			{"Hij heeft de ziekte van Verzinselman.", guard.Health, "ziekte van Verzinselman"},
			{"Hij krijgt bedachtol 20 mg.", guard.Health, "bedachtol 20 mg"},
			{text: "De organisatie lijdt aan bureaucratie."},
			{text: "De brug ligt aan de kade, 20 meter lang."},
		},
		"end of the word": {
			{"Hij neemt bedachtazepam.", guard.Health, "bedachtazepam"},
			{"Zij heeft een bedachtencarcinoom.", guard.Health, "bedachtencarcinoom"},
			{text: "De kinderziekten van het systeem zijn eruit."},
		},
		"slip": {
			{"Zij is zwagner.", guard.Health, "zwagner"},
			{"Hij slikt litihum.", guard.Health, "litihum"},
			{"Hij deed een zelfmoodrpoging.", guard.Health, "zelfmoodrpoging"},
			{"Zij heeft een verstandelijke bepreking.", guard.Health, "verstandelijke bepreking"},
			{text: "De banker ging naar de anker."},
		},
		"where": {
			{"Hij is opgenomen in een verslavingskliniek.", guard.Health, "verslavingskliniek"},
			{"Zij verblijft na opname op de gesloten afdeling van een psychiatrisch ziekenhuis.", guard.Health, "gesloten afdeling van een psychiatrisch ziekenhuis"},
			{text: "De gesloten afdeling krijgt een nieuw dak."},
		},
		"what somebody takes": {
			{"Hij blowt elke avond.", guard.Health, "blowt elke avond"},
			{"Hij was onder invloed van cocaïne.", guard.Health, "onder invloed van cocaïne"},
			{"Zij is allergisch voor noten.", guard.Health, "allergisch voor noten"},
			{text: "De raad is allergisch voor bureaucratie."},
			{text: "Hij hield zich Oost-Indisch doof. Een gebroken arm kost gemiddeld veel."},
			{text: "Er viel een zwangere stilte. De partij is schizofreen. Onze economie is depressief."},
		},
		"nobody": {
			{text: "Jongeren met autisme wachten te lang."},
			{text: "Denkt u aan zelfdoding? Bel 113."},
			{text: "De gemeente praat verder over dementie."},
			{text: "Een op de vijf scholieren heeft klachten door lachgas of cannabis."},
			{text: "De regio koopt hulp in voor dementie, angststoornissen en astma."},
			{text: "Epilepsie komt vaak voor. De politie vond cocaïne in een container."},
			{"In zijn bloed is cocaïne gevonden.", guard.Health, "cocaïne"},
			{"Een van de kinderen heeft astma.", guard.Health, "astma"}, // controls
			{"De regio koopt hulp in omdat zijn zus astma heeft.", guard.Health, "astma"},
			{"Twee jongeren met autisme wachten.", guard.Health, "autisme"},
			{"Hij praat met haar over haar depressie.", guard.Health, "depressie"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			try(t, guard.Known{}, examples)
		})
	}
}
