// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, DT-25: a fact of the case in writings that nobody thinks of first.
func TestOwnFactsRarely(t *testing.T) {
	t.Parallel()
	try(t, about, []example{
		{"Op 03_03_2012 dus.", guard.BirthDate, "03_03_2012"},
		{"Op 3-III-2012 dus.", guard.BirthDate, "3-III-2012"},
		{"Op 2012 03 03 dus.", guard.BirthDate, "2012 03 03"},
		{"Op de derde van de derde 2012 dus.", guard.BirthDate, "derde van de derde 2012"},
		{"Op 3 maatr 2012 dus.", guard.BirthDate, "3 maatr 2012"},
		{"Op March 3rd, 2012 dus.", guard.BirthDate, "March 3rd, 2012"},
		{"Jarig: 3/3, taart.", guard.BirthDate, "3/3"},
		{"Het was 03-2012, dus.", guard.BirthDate, "03-2012"},
		{"Code 030312 op de map.", guard.BirthDate, "030312"},
		{"Op O3-03-2012 dus.", guard.BirthDate, "O3-03-2012"},
		{"Zie D\n4711 dus.", guard.Dossier, "D\n4711"},
		{"Bel 010-000\n0000 dus.", guard.Phone, "010-000\n0000"},
		{"Bel 010·000·00·00 dus.", guard.Phone, "010·000·00·00"},
		{"Naar 3099-zz dus.", guard.Postcode, "3099-zz"},
		{"Mail mila.v&#64;example.org dus.", guard.Email, "mila.v&#64;example.org"},
		{"Mail mila.v*at*example,org dus.", guard.Email, "mila.v*at*example,org"},
		{"Aan het Fluweel pad 7 dus.", guard.Address, "Fluweel pad 7"},
		{"Het account mila.v was open.", guard.Account, "mila.v"},
		{"Daar loopt Mlia nog.", guard.Name, "Mlia"},
		{"Het bestand mila_verzonnen hoort erbij.", guard.Name, "mila_verzonnen"},
		{"Daar loopt <b>Mi</b>la nog.", guard.Name, "Mi</b>la"},
		{"Zie M-I-L-A (groep 3).", guard.Name, "M-I-L-A"},
		// controls
		{"Op 3 april 2012 dus.", "", ""},
		{"Het werd 3-2 tegen de buren.", "", ""},
		{"Zie <b>hier</b> &amp; daar, 100% zeker.", "", ""},
	})
}

// R-R-82: what identifies anybody, in such writings. The last ones are controls.
func TestPatternsRarely(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Het is bsn111222333 dus.", guard.BSN, "111222333"},
		{"Het is 111_222_333 dus.", guard.BSN, "111_222_333"},
		{"Nummer BSN 1 1 1 2 2 2 3 3 3 dus.", guard.BSN, "1 1 1 2 2 2 3 3 3"},
		{"Het is O6-12345678 dus.", guard.Phone, "O6-12345678"},
		{"Het is 31612345678 dus.", guard.Phone, "31612345678"},
		{"Het is 06-1234\n5678 dus.", guard.Phone, "06-1234\n5678"},
		{"Het is NL91_ABNA_0417_1643_00 dus.", guard.IBAN, "NL91_ABNA_0417_1643_00"},
		{"Het is 31 - NJ - 75 dus.", guard.Plate, "31 - NJ - 75"},
		{"De wagen met GX 56-02 reed weg.", guard.Plate, "GX 56-02"},
		{"Geboortedatum (dd-mm-jjjj): 12-11-2013.", guard.BirthDate, "12-11-2013"},
		{"De zoon (* 12-11-2013) woont hier.", guard.BirthDate, "12-11-2013"},
		{"De vader (Berend) bleef thuis.", guard.Name, "Berend"},
		{"Een baby van 4 maanden uit Vlieland.", guard.Combination, "baby van 4 maanden uit Vlieland"},
		{"Zij is 14 en komt uit Vlieland.", guard.Combination, "14 en komt uit Vlieland"},
		{"Mail info@example.org of bel 0800-0113.", "", ""},
		{"Postbus 1234, 3500 GE Vlieland.", "", ""},
		{"De 25-jarige stichting op Vlieland.", "", ""},
		{"Hij volgde de cursus Omgaan met autisme.", "", ""},
		{"De rekening is van Jansen B.V. en Smit en Zonen.", "", ""},
		{"De wet van Jansen en Bakker Installatietechniek.", "", ""},
	})
}

// What may stay, may stay in other writings and in part.
func TestAllowedInPart(t *testing.T) {
	t.Parallel()
	k := guard.Known{Allowed: []string{"Zorggroep Noaberzand Almelo", "06-87654321"}}
	try(t, k, []example{
		{text: "Wij belden noaberzand, volgens Noaberzand Almelo klopt het."},
		{text: "Bel 06 87 65 43 21 of +31687654321."},
		{"Bel 06 87 65 43 22 dus.", guard.Phone, "06 87 65 43 22"}, // control
	})
}

// Text as machines and people in a hurry leave it: tables, chats, dictation, wrapped lines,
// quoted mail, misread scans.
func TestLayouts(t *testing.T) {
	t.Parallel()
	try(t, about, []example{
		{"wie | geb. | pc\nx | 12-11-2013 | -\n\nding | dag | bedrag\nbrug | 12-11-2025 | 12", guard.BirthDate, "12-11-2013"},
		{"plaats | pc | rest\nErgens | 3011 ab | -", guard.Postcode, "3011 ab"},
		{"[06:30, 01-06-25] M.: Bespreking in zaal 5.", guard.Name, "M."},
		{"(09:41) coach: Bonnetje inleveren graag.", "", ""},
		{"Het rapport is punt nieuwe regel Volgens afspraak klaar.", "", ""},
		{"In de vergadering sprak de\nBakker over brood.", "", ""},
		{"De leerlingen gaan naar de Kees\nNepnaamschool in de stad.", "", ""},
		{"Het bestuur sprak gisteren nog met Annelies\nWielsma over het plan.", guard.Name, "Annelies\nWielsma"},
		{"> Het bestuur sprak gisteren nog met Annelies\n> Wielsma over het plan.", guard.Name, "Annelies\n> Wielsma"},
		{"De brief ging naar Verzonnensteinweg 2 te Nergenhuizen.", guard.Address, "Verzonnensteinweg 2 te Nergenhuizen"},
		{"Op de lijst staat Heuvel, Annelies van den als getuige.", guard.Name, "Heuvel, Annelies van den"},
		{"Het gezin met negen kinderen uit Vlieland kwam.", guard.Combination, "gezin met negen kinderen uit Vlieland"},
		{"Dekker en loodgieter leren samen. Wil de raad dat?", "", ""},
		{"De wachttijd voor autisme is lang.", "", ""},
		{"Volgens landelijke cijfers is depressie onder jongeren toegenomen.", "", ""},
	})
}
