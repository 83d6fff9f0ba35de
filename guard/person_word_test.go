// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: a last name that is a trade begins a sentence without an article; what is
// said of the trade, the light or the flower is said of nobody.
func TestTradesAsNames(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Mulder maakt het verslag af.", guard.Name, "Mulder"},
		{"Eerst was het stil. Kuiper pakt dit op.", guard.Name, "Kuiper"},
		{"Dekker licht het voorstel morgen toe.", guard.Name, "Dekker"},
		// controls
		{"Molenaar is een oud beroep.", "", ""},
		{"Dekker en loodgieter komen samen.", "", ""},
		{"Zomer is begonnen.", "", ""},
		{"Groen licht voor de verbouwing wordt verwacht.", "", ""},
		{"Boer zoekt Vrouw was weer gezellig.", "", ""},
		{"Iris staat in bloei bij de deur.", "", ""},
	})
}

// Small letters behind a word that is followed by a name; the controls go on as a sentence does.
func TestSmallWordsBehindARole(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"wijkagent van den brander is gebeld", guard.Name, "van den brander"},
		{"mevr van dongen belde net", guard.Name, "van dongen"},
		{"Huisarts v. Dongen belt terug.", guard.Name, "v. Dongen"},
		{"Huisarts te Riele belt terug.", guard.Name, "te Riele"},
		{"Groep zeven:\nGr. Quistiel\nTot morgen", guard.Name, "Quistiel"},
		{"Behandeld door: J. van den Verzinhof", guard.Name, "J. van den Verzinhof"},
		{"Quote van Machteld: niets.", guard.Name, "Machteld"},
		// controls
		{"huisarts van de patiënt is gebeld", "", ""},
		{"de huisarts te Ommen is gebeld", "", ""},
		{"De J. van den Verzinhofstraat is dicht.", "", ""},
	})
}
