// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// How old somebody is, in digits and in words. How old a thing is, and what a rule says about
// ages, tells about nobody.

// age is an age where it stands in the text.
type age struct {
	years    int
	from, to int  // tokens
	personal bool // of one person, and no limit or duration
}

var (
	plurals = set("jongeren kinderen jeugdigen mensen cliënten bewoners leerlingen inwoners meisjes jongens volwassenen ouderen personen patiënten studenten werknemers medewerkers minderjarigen deelnemers vrouwen mannen iedereen mensen gezinnen ouders burgers vrijwilligers")
	someone = set("jochie meissie meiske kereltje menneke gozer kerel meneer dreumesje tweeling drieling echtpaar pleegdochter pleegzoon stiefdochter stiefzoon adoptiekind scholier scholiere brugklasser leerlinge fietser voetganger automobilist asielzoeker vluchteling alleenstaande weduwe weduwnaar kleindochter kleinzoon nichtje neefje broertje stel koppel meisje jongen vrouw man kind jongere jeugdige cliënt cliënte bewoner bewoonster minderjarige inwoner inwoonster tiener baby peuter kleuter zoon dochter broer zus broertje zusje moeder vader leerling leerlinge patiënt patiënte persoon pupil slachtoffer verdachte dader tienermeisje tienerjongen puber student studente oma opa dame heer jongetje knul meid ventje dreumes slachtoffertje medebewoner medecliënt")
	limits  = set("tot vanaf onder boven minimaal maximaal minstens hoogstens dan binnen afgelopen tussen ruim bijna al na sinds duurt duurde elke per gemiddeld komende laatste tm circa over")
	spans   = set("geleden lang cel ervaring garantie gevangenisstraf jeugddetentie tbs later eerder sinds contract oude termijn bewaard dienst werkzaam subsidie bestaan celstraf vergunning terug")
)

// goesOn are the words behind an age without “jaar”.
var goesOn = set("uit in te op van bij aangetroffen gevonden gewond is was werd wordt die heeft had en , . overleden overleed verdween verdwenen vermist woont wonend met")

// ages finds every age in the text.
func (s *scan) ages() []age {
	var out []age
	for i := range s.toks {
		if a, ok := s.age(i); ok {
			out = append(out, a)
		}
	}
	return out
}

func (s *scan) age(i int) (age, bool) {
	t := s.toks[i]
	if t.kind == word {
		return s.ageInWords(i)
	}
	if t.kind != number || len(t.text) > 3 || s.glued(i) && s.toks[i-1].kind != sign {
		return age{}, false
	}
	n, _ := s.value(i)
	if n < 1 || n > 115 {
		return age{}, false
	}
	if a, ok := s.ageInMonths(i); ok {
		return a, true
	}
	j := i + 1
	for j < i+4 && (s.tok(j).text == "-" || s.tok(j).text == "'") {
		j++
	}
	return s.ageTail(i, j, n)
}

// ageInWords: zestienjarige, zestien jaar.
func (s *scan) ageInWords(i int) (age, bool) {
	w := s.toks[i].text
	for _, end := range []string{"jarige", "jarig"} {
		if head, ok := strings.CutSuffix(w, end); ok {
			n, ok := numerals[head]
			return age{n, i, i, true}, ok && n > 0 && !s.ofThing(i, end)
		}
	}
	if a, ok := s.ageRound(i); ok {
		return a, true
	}
	n, ok := numerals[w]
	if !ok || n < 2 {
		return age{}, false
	}
	if a, ok := s.ageInMonths(i); ok {
		return a, true
	}
	if s.turnsAge(i) {
		return age{n, i, i, true}, true
	}
	j := i + 1
	if s.tok(j).text == "-" {
		j++
	}
	return s.ageTail(i, j, n)
}

// ageTail reads what stands behind the number.
func (s *scan) ageTail(i, j, n int) (age, bool) {
	t := s.tok(j)
	switch {
	case (t.text == "jarige" || t.text == "jarig") && s.ofThing(j, t.text):
		return age{}, false
	case t.text == "jarige" || t.text == "jarig" || t.text == "jr" && s.tok(j+1).text == "." && (s.tok(j+2).text == "oud" || s.tok(j+2).text == "oude"):
		return age{n, i, j, true}, true
	case t.text == "jaar" || t.text == "jr" || t.text == "year" || t.text == "years" || t.text == "jaren" && s.tok(j+1).text == "oud":
		a := age{n, i, j, false}
		if !s.toks[i].starts && s.near(i, 8, ofBuilding) && !s.near(i, 8, someone) {
			return age{}, false
		}
		if o := s.tok(j + 1).text; o == "oud" || o == "oude" && s.someoneNear(j+2) || o == "jong" {
			a.to, a.personal = j+1, true
		}
		if s.isLimit(i, a.to) {
			return age{}, false
		}
		a.personal = a.personal || s.ofSomeone(i)
		return a, true
	case t.text == ")" && s.tok(i-1).text == "(" && (s.tok(i-2).capital && s.tok(i-2).kind == word && !s.tok(i-2).has.is(known|place) || someone[s.tok(i-2).text] || s.tok(i-2).text == "."):
		return age{n, i, i, true}, true
	case t.text == ")" && s.tok(i-1).text == "(" && (s.tok(j+1).text == "uit" || s.tok(j+1).text == "te" || s.tok(j+1).text == ",") && s.tok(j+2).capital && !s.tok(j+2).starts:
		return age{n, i, i, true}, true // “leeftijd/woonplaats: (18) uit …”
	case s.ofPerson(i) && n > 1 && (goesOn[s.tok(i+1).text] || s.tok(i+1).has.is(verb) || s.dateAt(i+1)) && !s.childrenOf(i, n):
		return age{n, i, i, true}, true // “een jongetje van negen uit …”
	case s.turnsAge(i) && n > 1:
		return age{n, i, i, true}, true // “zij is 14.”
	case (t.text == "jr" || t.text == "jaar" || t.text == "j") && s.tok(i-1).text == "/" && len(s.tok(i-2).text) == 1:
		return age{n, i, j, true}, true // “m/13 jr”
	case t.text == "j" && (s.tok(j+1).text == "uit" || s.tok(j+1).text == "," || s.tok(j+1).text == "oud") && s.near(i, 3, someone):
		return age{n, i, j, true}, true // “meisje 15 j uit …”
	case s.tok(i-1).text == "," && s.tok(i+1).text == "," && n > 1 && someone[s.tok(i-2).text]:
		return age{n, i, i, true}, true // “een meisje, 15, …”
	case s.tok(i-1).text == "," && s.tok(i+1).text == "," && n > 1 && (s.tok(i+2).text == "uit" || s.tok(i+2).text == "te" || s.tok(i+2).text == "woont" || s.tok(i+2).text == "wonend") && s.tok(i-2).kind == word:
		return age{n, i, i, true}, true // “de oudste, 14, uit …”
	case s.tok(i-1).text == "van" && n > 1 && (s.tok(i+1).text == "uit" || s.tok(i+1).text == "van" || s.tok(i+1).text == "in") && s.tok(i-2).kind == word && (childLike(s.tok(i-2).text) || s.tok(i+1).text == "uit" && s.oneOf(i-2)):
		return age{n, i, i, true}, true // “de bakkersdochter van 15 uit …”
	case (s.tok(i-1).text == "leeftijd" || s.tok(i-2).text == "leeftijd") && n > 1:
		return age{n, i, i, true}, true
	}
	return age{}, false
}
