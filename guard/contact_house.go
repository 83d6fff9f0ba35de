// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// A mailbox of an organisation is nobody's, as its number is: “info@…”, “pers.jeugd@…”, “het
// algemene nummer 010-…”.

// mailboxes are words before the at sign that name what is done there.
var mailboxes = set("info contact post postbus klantcontact klantcontactcentrum kcc meldpunt balie secretariaat receptie administratie noreply no reply redactie pers perszaken persvoorlichting communicatie griffie privacy support helpdesk servicedesk bestuur bestuurssecretariaat office mail webmaster postmaster klachten klacht meldingen melding inspectie gemeente jeugd jeugdhulp wmo participatie zorg raad raadsgriffie college " + officeWords + " belastingen handhaving vergunningen sociaal wijkteam wijkteams planning intake aanmelding aanmelden aanmeldingen vacatures hr hrm personeel personeelszaken inkoop facturen factuur financien financiën crediteuren debiteuren ict beheer toezicht kwaliteit bezwaar beroep incidenten incident crisis calamiteiten calamiteit bibliotheek school loket woo avg fg functionaris veiligthuis leerplicht vragen service verkoop bestellingen directie zorgloket jeugdloket wijkloket burgerzaken sociaaldomein juridisch juridischezaken team afdeling regio roosters rooster dienst medewerkers nieuws nieuwsbrief evenementen subsidies reserveringen parkeren afval milieu noord zuid oost west midden bouw wonen werk inkomen toegang consultatie onderwijs welzijn")

// mailboxEnds end the words of such a mailbox.
var mailboxEnds = strings.Fields("team teams zaken loket desk beleid dienst diensten voorlichting administratie secretariaat bureau centrum meldingen afdeling service balie punt commissie raad griffie hulp zorg jeugd toezicht inspectie redactie")

// mailbox: every word of the tokens left up to before at names something of an organisation.
func (s *scan) mailbox(left, at int) bool {
	any := false
	for j := left; j < at; j++ {
		t := s.toks[j]
		if t.kind == sign {
			continue
		}
		if t.kind == number && any || !mailboxWord(t.text) {
			return false
		}
		any = true
	}
	return any
}

func mailboxWord(w string) bool {
	if mailboxes[w] {
		return true
	}
	for _, end := range mailboxEnds {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// saysOffice stand before a number of a whole house.
var saysOffice = set("algemeen algemene receptie balie secretariaat klantcontactcentrum kcc hoofdnummer centrale telefooncentrale ggd politiebureau gemeentehuis stadhuis servicepunt publieksbalie")

// ofOffice: a number with an area code behind the word for a whole house, where no single
// person is told of.
func (s *scan) ofOffice(i int, number string) bool {
	if strings.HasPrefix(number, "06") || !s.near(i, 6, saysOffice) {
		return false
	}
	from, to := s.sentenceAround(i)
	for j := from; j < to; j++ {
		if s.single(j) {
			return false
		}
	}
	return true
}
