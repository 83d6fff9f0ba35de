// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strings"
)

// A word with a capital in the middle of a sentence that no list knows is a name of a person,
// a place or a thing. Where it stands tells which: “volgens Zjoske”, “is Zjoske al gebeld”,
// but “in Zjoske”, “de Zjoske”.

var (
	// Behind these a place, a house or an organisation stands as often as a person.
	beforePlace = set("in te naar uit bij op langs rond nabij richting vanuit rondom via onder achter tegenover binnen buiten tussen tot per omgeving gemeente dorp stad wijk regio locatie route halte station groep team afdeling protocol programma project systeem app merk spel film serie boek blad krant tijdschrift zender website site vereniging type model zie kader thema training cursus traject product vak nr")
	// Behind these stands a person, unless the word looks like none.
	beforePerson = set("volgens aldus ene zekere tegen met door aan dat toen omdat als is heeft had was wil nee ja dienst vraag en of voor want nadat terwijl wanneer zodat hoewel waar hoe wie tijdens altijd heet heette noemt noemde belde sprak zag hoorde vroeg ontmoette bezocht kent kende vriend vriendin door namens getekend ondertekend gelezen gebeld gesproken groet groeten hoi hi hallo dag beste lieve hey hee sorry bedankt samen ook zoals griffier voorzitter secretaris directeur bestuurder officier rechter hoofdagent korpschef dominee pastoor trainer kunstenaar schrijver auteur zanger acteur hoogleraar wijkverpleegkundige jongerenwerker orthopedagoog oud-medewerker ex-medewerker bewindvoerder advocaat " + officeWords)
	// Behind these hardly anything else stands.
	surePerson = set("volgens aldus namens ene zekere")
	// “van” begins with these a person, an organisation or a place.
	ofPerson = set("kaart kaartje bloemen cadeau appje sms berichtje bezwaar beroep zienswijze bezwaarschrift verweer gemachtigde inbreng reactie opmerking reactie verslag auto fiets kamer ouders vader moeder broer zus kinderen zoon dochter mentor begeleider verhaal brief mail bericht telefoon huis vriend vriendin opa oma vraag antwoord bijdrage voorstel advies verzoek klacht uitspraak oordeel woorden vertrek komst dood gezin familie partner man vrouw overdracht naam portret foto stem bank advocaat voogd signaleringsplan zorgplan dossier")
)

// meets are words before somebody with whom it is.
var meets = set("afspraak belafspraak huisbezoek bezoek gesprek")

// listHead are words before a colon behind which people are named.
var listHead = set("wie door verantwoordelijke eigenaar uitvoerder actiehouder trekker aan cc bcc van door namens betreft inzake kopie afschrift kennisgeving aanwezig afwezig aanwezigen afwezigen genodigd verhinderd deelnemers to from")

// headed: behind such a word and a colon stands a name, with nothing or the next behind it,
// even one that ends as everyday words do: “Afwezig met kennisgeving: Cruyningen”.
func (s *scan) headed(i, end int) bool {
	t, n := s.toks[i], s.tok(end+1)
	if least := vocab().letters.of(t.text); !t.has.is(surname) && (least < -60 || t.has.is(everyday) && least < 0) {
		return false
	}
	return s.tok(i-1).text == ":" && listHead[s.tok(i-2).text] && !t.shout && len(t.text) > 2 && (n.kind == 0 || n.line || n.text == "," || n.text == ";" || n.text == "(") &&
		!t.has.is(known|place|title|role|kin|houseBefore|houseAfter|housePart) && (!t.has.is(common) || t.has.is(surname)) && !s.own.common[t.text]
}

// bareName reads one word with a capital in the middle of a sentence that no list knows.
func (s *scan) bareName(i, end int) bool {
	t := s.toks[i]
	if t.starts {
		return s.bareStart(i, end)
	}
	if s.strange(t) && len(t.text) > 3 && s.sender(i, end) && !bent(t.text) {
		return vocab().letters.of(t.text) > -40
	}
	if surePerson[s.tok(i-1).text] && bent(t.text) && !t.taken && !t.shout && s.tok(i+1).has.is(verb) {
		return true // “volgens Verzonnen had …”
	}
	if t.taken || t.line && s.tok(i-1).kind == word && s.tok(i-1).capital || !s.strange(t) && !s.halfKnown(t) || end > i || s.article(i) && s.tok(i-1).text != "dat" || s.titled(i) {
		return false
	}
	n, p := s.tok(i+1), s.tok(i-1)
	if n.kind == word && n.capital && !n.starts || n.has.is(houseAfter) && !n.line || n.text == "-" && s.glued(i+1) || n.kind == number && !meets[p.text] || s.glued(i) && p.kind == sign && p.text != "(" && p.text != "@" {
		return false
	}
	looks := vocab().letters.of(t.text)
	if t.has.is(given) {
		looks += 60
	} else if t.has.is(surname) {
		looks += 40
	}
	if bent(t.text) && looks < 0 {
		return false
	}
	return s.standsWhere(i, looks)
}

// standsWhere: how much such a word must look like a name where it stands.
func (s *scan) standsWhere(i, looks int) bool {
	t, n, p := s.toks[i], s.tok(i+1), s.tok(i-1)
	switch {
	case p.capital && p.has.is(particle) && p.text != "aan":
		return false
	case p.text == ":" && listHead[s.tok(i-2).text]:
		return looks > -20
	case n.text == ":" && (p.text == "]" || p.text == ")") && len(t.text) > 3 && !s.tok(i+2).line && !s.tok(i+2).capital:
		return looks > -60 // “[10:22] Nepnaam: ben er bijna”
	case p.text == "," && hails[s.tok(i-2).text] && s.tok(i-2).starts && (n.kind != word || n.line):
		return looks > -40 // “Dank, Nepnaam (wijkteam)”
	case hails[p.text] && p.starts && (n.kind != word || n.line):
		return looks > -80 // “Goedemorgen Nepnaam,”
	case p.text == "(" && n.text == ")":
		return looks > 30 || looks > -60 && s.oneOfUs(i-2)
	case p.kind == sign && p.text != ",":
		return looks > 60 && (p.text == ":" || p.text == ";" || p.text == "|") && s.tok(i+1).kind != word
	case meets[p.text]:
		return looks > 30
	case p.kind == sign:
		return looks > 60 && (n.text == "," || n.text == "." || n.text == "en")
	case p.text == "van" && !p.starts:
		return looks > -20 && ofPerson[s.tok(i-2).text] || looks > 60 && n.has.is(verb)
	case p.text == "bij" && s.near(i-1, 5, staysWith):
		return looks > 0 // “logeert bij …”
	case beforePlace[p.text]:
		return false
	case surePerson[p.text] && n.has.is(verb):
		return looks > -80
	case beforePerson[p.text], p.has.is(greeting), speaking[p.text]:
		return looks > -20
	case p.has.is(verb) || n.has.is(verb), reaches[n.text], fetches[n.text]:
		return looks > 10
	}
	return looks > 50
}

// oneOfUs: the word at token i is somebody of a family or group: “de oudste (Nepnaam)”, “kind 1 (Nepnaam)”.
func (s *scan) oneOfUs(i int) bool {
	t := s.tok(i)
	if t.kind == number {
		t = s.tok(i - 1)
	}
	return t.has.is(kin|role) || t.text == "oudste" || t.text == "jongste" || t.text == "middelste"
}

// staysWith are what somebody does at somebody's home.
var staysWith = set("slaapt sliep logeert logeerde logeren woont woonde wonen blijft bleef blijven slapen eet at eten speelt speelde spelen ingetrokken inwonen")

// bareStart: such a word at the start of a line or sentence: it speaks, or it stands alone
// under a greeting.
func (s *scan) bareStart(i, end int) bool {
	t, n := s.toks[i], s.tok(i+1)
	if t.taken || end > i || t.shout || bent(t.text) || t.has.is(worded|doubtful|common) && s.ofKind(i) {
		return false
	}
	if t.has.is(surname) && t.has.is(common) && !t.has.is(place|known) {
		return s.reports(i + 1)
	}
	if !s.strange(t) {
		return false
	}
	looks := vocab().letters.of(t.text)
	switch {
	case n.text == "=" && s.tok(i+2).has.is(kin|role):
		return true // “Samson = zus van …”
	case strings.HasSuffix(t.text, "s") && (belongings[n.text] || ofPerson[n.text]):
		return looks > 0
	case n.kind == word && !n.capital && len(n.text) > 3 && n.text[len(n.text)-1] == 't' && !n.line && looks > 60:
		return true // “Berdien pakt dit op”
	case s.feels(i + 1), s.reports(i + 1), doing[n.text], (n.kind == 0 || n.line) && t.line && s.underGreeting(i):
		return looks > -10
	case n.text == ":" && answers[s.tok(i+2).text] && !s.tok(i+2).line:
		return looks > -20
	case n.text == "(" && s.tok(i+3).text == ")" && (s.tok(i+2).has.is(known|role|kin) || serves[s.tok(i+2).text]):
		return looks > -20 // “Nepnaam (politie)”
	case n.text == "," && (s.tok(i+2).has.is(kin) || s.tok(i+2).text == "zijn" || s.tok(i+2).text == "haar") && s.tok(i+3).has.is(kin|role):
		return looks > -20 // “Nepnaam, zijn zusje, …”
	}
	return n.has.is(verb) && looks > 25
}

// serves are where somebody works, in brackets behind a name.
var serves = set("politie wijkteam ggd ggz school gemeente brandweer jeugdzorg jeugdbescherming thuiszorg buurtteam reclassering inspectie griffie kliniek ziekenhuis zorggroep")

// feels: “… is boos”, “… was heel bang”: what only somebody is.
func (s *scan) feels(i int) bool {
	if s.present(i) {
		return true
	}
	if !ofBeing[s.tok(i).text] {
		return false
	}
	j := i + 1
	for ; j < i+3 && degrees[s.tok(j).text]; j++ {
	}
	return moods[s.tok(j).text]
}

// present: “… heeft gebeld”, “… was er niet bij”: what no thing does, whatever the word before it.
func (s *scan) present(i int) bool {
	if s.tok(i).text == "heeft" {
		return reaches[s.tok(i+1).text]
	}
	n := s.tok(i + 2).text
	return ofBeing[s.tok(i).text] && s.tok(i+1).text == "er" && (n == "bij" || n == "niet" && s.tok(i+3).text == "bij")
}

var (
	ofBeing = set("is was bleef werd blijft wordt voelde leek lijkt")
	degrees = set("heel erg zo best nog weer niet al vandaag gisteren toen ook flink behoorlijk gewoon")
	moods   = set("boos bang blij moe verdrietig overstuur ziek onrustig aanwezig afwezig thuis weggelopen vermist jarig zenuwachtig gespannen opgelucht verliefd teleurgesteld angstig agressief dronken geschrokken gewond wakker gevlucht opgepakt aangehouden zoek stil getroost ongerust woedend verhuisd geboren overleden opgenomen gelukkig verbaasd naar alleen")
)

// reporting are verbs that only somebody who speaks or writes does.
var reporting = set("zegt zei vertelt vertelde betoogt betoogde antwoordt antwoordde vraagt vroeg verklaart verklaarde merkt merkte licht denkt dacht vindt vond belt belde mailt mailde appt appte schrijft schreef noemt benadrukt benadrukte huilt huilde lacht lachte slaapt sliep")

// reports: token i is such a verb. “Licht … toe” is one, “licht” by itself is light.
func (s *scan) reports(i int) bool {
	if s.tok(i).text == "licht" {
		return s.lightsUp(i)
	}
	return reporting[s.tok(i).text]
}

// doing are further verbs of what people do, at the start of a line only.
var doing = set("liet laat schrok liep rende schreeuwde gilde weigerde weigert wilde wil fluistert fluisterde mompelde riep roept snikte glimlachte knikte knikt zuchtte tekende werkt woont woonde logeert logeerde overleed verhuist verhuisde trilde rookte drinkt dronk at eet speelde speelt tekent stapte schopte sloeg gooide dreigde vloekte klaagde klaagt vertrok vluchtte zwaaide weet wist kent kende hoopt hoopte twijfelt twijfelde excuseert reageert reageerde")

// answers are words with which somebody who is quoted begins: “Nepnaam: nee, dat was later”.
var answers = set("ja nee ik wij we zal kan is ben heb hoi ok oke prima dat goed doe jij jullie waar hoe waarom weet niet geen mag moet laat hee hallo sorry dank bedankt")

// underGreeting: the line above ends a message.
func (s *scan) underGreeting(i int) bool {
	for j, lines := i-1, 0; j >= 0 && i-j < 12; j-- {
		t := s.toks[j]
		if t.has.is(greeting) || farewell[t.text] {
			return true
		}
		if t.line {
			if lines++; lines > 1 {
				return false
			}
		}
	}
	return false
}

var farewell = set("weekend bedankt dank alvast succes tot groet liefs avond middag vakantie knuffel sterkte beterschap")

// offices are words for people with a public office: a list of its own, since protocols use them too.
var (
	officeWords = strings.Join(file("office"), " ")
	officeList  = strings.Fields(officeWords)
	offices     = set(officeWords)
)

// anOffice: a word for a public office, also as the end of a longer one, such as a deputy's.
func anOffice(w string) bool {
	return offices[w] || slices.ContainsFunc(officeList, func(office string) bool { return strings.HasSuffix(w, office) })
}

// officer: behind an office with a name, even one that looks like an everyday word: “wethouder
// Onderdelinden”.
func (s *scan) officer(i int) bool {
	t, p := s.toks[i], s.tok(i-1)
	if !offices[p.text] || t.starts || !t.space || t.shout || portfolios[t.text] || t.has.is(known|place|title|role|kin|houseBefore|houseAfter|particle) || s.nextIsHouse(i) {
		return false
	}
	n := s.tok(i + 1)
	does := n.kind == word && !n.capital && (n.has.is(verb) || n.text[len(n.text)-1] == 't')
	return !t.has.is(common) && len(t.text) > 2 || does && (t.has.is(surname) || !t.has.is(common)) || bent(t.text)
}

// portfolios are what somebody with an office is responsible for: “portefeuillehouder Jeugd”.
var portfolios = set("jeugd zorg wonen onderwijs financiën sociaal verkeer sport cultuur veiligheid handhaving ruimte welzijn participatie economie communicatie bestuur mobiliteit klimaat milieu asiel inclusie openbare toezicht jeugdzorg jeugdhulp armoede")

// halfKnown: a given or last name that is an everyday word as well.
func (s *scan) halfKnown(t token) bool {
	return t.kind == word && t.capital && !t.shout && t.has.is(given|surname) && t.has.is(common) && !t.has.is(known|place|title|houseBefore|houseAfter|role|kin|label) && monthOf[t.text] == 0
}

// titled: the words around it have capitals too, as in a heading or a list of things.
func (s *scan) titled(i int) bool {
	before, after := s.tok(i-1), s.tok(i+1)
	if before.kind == word && before.capital && !before.starts && !before.has.is(given|surname|particle|strong|title|role|kin) && !beforePerson[before.text] {
		return true
	}
	return after.kind == word && after.capital && !after.starts && !after.has.is(given|surname|particle)
}
