// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-82, R-I-57: what identifies anybody, without a case beside it.
func TestPatterns(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Nummer 111222333.", guard.BSN, "111222333"},
		{"Nummer 111 222 333 is het.", guard.BSN, "111 222 333"},
		{"Nummer 1112.22.333 is het.", guard.BSN, "1112.22.333"},
		{"Bel 06-12345678.", guard.Phone, "06-12345678"},
		{"Bel 06 12 34 56 78 nu.", guard.Phone, "06 12 34 56 78"},
		{"Bel +31612345678.", guard.Phone, "+31612345678"},
		{"Bel 0031 6 12345678.", guard.Phone, "0031 6 12345678"},
		{"Bel (010) 000 00 00.", guard.Phone, "(010) 000 00 00"},
		{"Mail iemand@example.org.", guard.Email, "iemand@example.org"},
		{"Mail iemand at example dot org.", guard.Email, "iemand at example dot org"},
		{"Rekening NL91 ABNA 0417 1643 00.", guard.IBAN, "NL91 ABNA 0417 1643 00"},
		{"Rekening nl91abna0417164300.", guard.IBAN, "nl91abna0417164300"},
		{"Het is 3099 ZZ.", guard.Postcode, "3099 ZZ"},
		{"Kenteken GB-123-T.", guard.Plate, "GB-123-T"},
		{"Een auto, 12-abc-3, reed weg.", guard.Plate, "12-abc-3"},
		{"Paspoort NPB3K12D4 is kwijt.", guard.Document, "NPB3K12D4"},
		{"V-nummer 123.456.7890.", guard.Document, "123.456.7890"},
		{"Vanaf 192.0.2.17 ingelogd.", guard.IP, "192.0.2.17"},
		{"Kijk op @nep_naam12.", guard.Account, "@nep_naam12"},
		{"Snapchat: nep_naam12 staat open.", guard.Account, "nep_naam12"},
		{"Hij woont aan de Proefstraat 12.", guard.Address, "Proefstraat 12"},
		{"Hij woont aan de Burgemeester van Proefweg 12-b.", guard.Address, "Burgemeester van Proefweg 12-b"},
		{"Zijn zusje is geboren op 12-11-2013.", guard.BirthDate, "12-11-2013"},
		{"Geboortejaar 2013.", guard.BirthDate, "2013"},
		{"Cliëntnummer 884213.", guard.Dossier, "884213"},
		{"Zij gebruikt oxazepam.", guard.Health, "oxazepam"},
		{"Hij heeft een licht verstandelijke beperking.", guard.Health, "licht verstandelijke beperking"},
	})
}

// Controls: what only looks like it.
func TestPatternsPass(t *testing.T) {
	t.Parallel()
	var pass []example
	for _, text := range []string{
		"Nummer 123456788.", "Het bedrag is € 111.222.333.", "RSIN 111222333.", "Bel 0800-0113 of 14 010 of 112.", "Bel 088-1234567.",
		"Rekening NL91 ABNA 0417 1643 01.", "In 2026 OM en politie.", "Het kost 1500 KM.", "Artikel 3051 BW.", "Versie 1.2.3.4 staat klaar.", "Kamer 3-A-12 is vrij.",
		"Sinds mei 2026 is alles anders.", "Wij volgen de Jeugdwet uit 2015.", "De verslavingszorg en de ggz doen mee.", "Een depressiepreventie-aanpak.",
		"Het stationsplein in 2024.", "Als het kan, bel dan.", "De vergadering op 12-11-2025 ging door.", "De zaak R-2026-0001 is gesloten.",
	} {
		pass = append(pass, example{text: text})
	}
	try(t, guard.Known{}, pass)
}

// R-R-82: personal names that the case does not know.
func TestPersons(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Wij spraken mevrouw Nepnaam.", guard.Name, "Nepnaam"},
		{"Volgens dhr. van der Nepnaam klopt het.", guard.Name, "van der Nepnaam"},
		{"Ook Fatima was erbij.", guard.Name, "Fatima"},
		{"Haar broertje Xandru was erbij.", guard.Name, "Xandru"},
		{"Zijn moeder heet Oriana Bedacht.", guard.Name, "Oriana Bedacht"},
		{"Gesproken met J.P. van den Verzinsel.", guard.Name, "J.P. van den Verzinsel"},
		{"Gesproken met Jan-Willem de Verzinsel.", guard.Name, "Jan-Willem de Verzinsel"},
		{"De begeleiding sprak met Tjitske Fictiema.", guard.Name, "Tjitske Fictiema"},
		{"Cliënt M. is verhuisd.", guard.Name, "M."},
		{"de moeder van daan belde.", guard.Name, "daan"},
	})
	var pass []example
	for _, text := range []string{
		"De Anne Frankstraat is open.", "Het Albert Schweitzer ziekenhuis belde.", "Stichting Jansen is open.", "Bakkerij De Boer is dicht.", "Het Johan de Witt College.",
		"In mei en juni.", "De roos in de tuin.", "Het Openbaar Ministerie belde.", "Volgens de Raad van State.", "In Bergen op Zoom en Anna Paulowna.",
		"De ziekenboeg en de kliniek.", "Albert Heijn en Jumbo.", "Prins Hendrikkade is afgesloten.", "De storm Eunice trok over.", "Voorzitter en griffier waren er.",
		"De Van Gogh-methode werkt.", "De gemeente Nissewaard belde.", "Veilig Thuis en het Leger des Heils.",
	} {
		pass = append(pass, example{text: text})
	}
	try(t, guard.Known{}, pass)
}

// DT-25: nothing is found inside what is allowed, and everything outside it.
func TestAllowed(t *testing.T) {
	t.Parallel()
	k := guard.Known{Allowed: []string{"Stichting Fatima Huis", "wethouder Jan Bedacht", "Urk"}}
	try(t, k, []example{
		{"Stichting Fatima Huis belde.", "", ""},
		{"Dat zei Wethouder  Jan Bedacht.", "", ""},
		{"Een 14-jarige uit Urk.", "", ""},
		{"Dat zei Jan Bedachtsen.", guard.Name, "Jan Bedachtsen"},
	})
}

// Where somebody is or comes from is no last name; behind mevrouw and the like it can be.
func TestWhereaboutsAreNoNames(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{text: "Er raakte een meisje in Ommen gewond. De jongen uit Kampen is terecht."},
		{text: "Bewoners van Zwolle en een vrouw in Raalte zijn bezorgd."},
		{"De heer Uit den Bogaard belde.", guard.Name, "Uit den Bogaard"},
		{"Een gesprek met mevrouw Van Dam.", guard.Name, "Van Dam"},
	})
}

// R-R-82: patterns in the writings of people in a hurry. The last ones are controls.
func TestPatternsInAHurry(t *testing.T) {
	t.Parallel()
	try(t, guard.Known{}, []example{
		{"Volgens hem is het nummer 34a aan de Verzonnenweg.", guard.Address, "nummer 34a aan de Verzonnenweg"},
		{"De bus had kenteken gx 83 k, donker.", guard.Plate, "gx 83 k"},
		{"De bus had kenteken GX 83\nKB, donker.", guard.Plate, "GX 83\nKB"},
		{"De bus had kentekenplaat 1-QRS-234.", guard.Plate, "1-QRS-234"},
		{"Gebdatum van de vader volgens de school: 4 mei 1981.", guard.BirthDate, "4 mei 1981"},
		{"De vader, d.o.b. 4-5-1981, belde.", guard.BirthDate, "4-5-1981"},
		{"Rekening NL91ABNAO417164300 is dicht.", guard.IBAN, "NL91ABNAO417164300"},
		{"Het is cl.nr. 77213 dus.", guard.Dossier, "77213"},
		{"Het is b.s.n. 111222333 dus.", guard.BSN, "111222333"},
		{"Mail nepnaam@postvak dus.", guard.Email, "nepnaam@postvak"},
		{"Mail verzonnen.team@example.org dus.", guard.Email, "verzonnen.team@example.org"},
		{text: "Mail pers.jeugd@example.org of wijkteam-zuid@example.org, of zorgloket@example.org."},
		{"Bel op 06 vierenvijftig vierenveertig nul negen vierendertig.", guard.Phone, "06 vierenvijftig vierenveertig nul negen vierendertig"},
		{"Gebooretdatum van die oppas: 17/12/01.", guard.BirthDate, "17/12/01"},
		{text: "Het algemene nummer is 010-0000000. Het 50-jarig bestaan is op 4 mei 2026. Laan 4.0 is een project."},
		{"Het algemene nummer van moeder is 010-0000000.", guard.Phone, "010-0000000"}, // control
		{text: "Nummer 3 op de agenda. Dossier 2025-2026 gaat verder."},
		{text: "Het kenteken is onleesbaar. Het kind werd geboren. Op 4 mei 2025 was er overleg."},
	})
}
