// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: initials without full stops, and small words that only last names have. The
// controls are letters of things, abbreviations and firms.
func TestInitialsWithoutStops(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Het is opgesteld door S Wevelsiep.", guard.Name, "S Wevelsiep"},
		{"Er is gebeld met KJ de Nepnaam.", guard.Name, "KJ de Nepnaam"},
		{"De leden M Quabbani en niemand anders.", guard.Name, "M Quabbani"},
		{"Wijkverpleegkundige C Vos trof niemand aan.", guard.Name, "C Vos"},
		{"Teamleider op den Brander wist het niet.", guard.Name, "op den Brander"},
		{"Mevrouw v.'t Veer nam het over.", guard.Name, "v.'t Veer"},
		{"Gehoord als getuige: Graaf, N. de", guard.Name, "Graaf, N. de"},
		// controls
		{"Hij nam vitamine C Vos en groep A ging naar buiten.", "", ""},
		{"De GGD Drenthe, het OM Zwolle en JB West.", "", ""},
		{"Het postadres is Postbus 120, 2397 LD te Nergenstad.", "", ""},
		{"A. Witte bestelbus voor de deur.", "", ""},
	})
}

// A firm, a school or a function that begins as a person does.
func TestNotOfAPerson(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"De screening loopt via Van der Nepnaam Educatie.", "", ""},
		{"Dat is op naam van Nepnaam Bouw B.V.\nHieronder staat meer.", "", ""},
		{"Het is druk bij de Dr. Leo Nepnaamskoalle in het dorp.", "", ""},
		{"De teamleider Toegang kijkt ernaar.", "", ""},
		{"Dat vergt een lange adem.", "", ""},
		{"De bewoner van Nergenma klaagde.", "", ""},
		// controls: the same words of somebody
		{"Daar kwam Bram van Oord aan.", guard.Name, "Bram van Oord"},
		{"Huisarts Bedacht schreef terug.", guard.Name, "Bedacht"},
		{"Toen belde dr. Leo Nepnaam weer.", guard.Name, "Leo Nepnaam"},
		{"Geachte mevrouw Nepnaam,\n\nNaar aanleiding van uw brief.", guard.Name, "Nepnaam"},
	})
}
