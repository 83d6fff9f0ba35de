// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// Whose the years are: of a person, of a thing, of a rule.

var (
	onAverage = set("gemiddelde gemiddeld mediane leeftijdsgrens doorsnee")
	worked    = set("werkte werkt woonde woont diende zat reed speelde")
	lasting   = set("termijn contractduur periode duur cel bestaat bestond loopt liep duurt duurde geldt gold straf celstraf looptijd")
	nearly    = set("bijna net nog geen ruim pas amper krap begin eind midden rond ongeveer zowat zojuist")
	decades   = set("tiener twintiger dertiger veertiger vijftiger zestiger zeventiger tachtiger negentiger")
	parents   = set("moeder vader ouder opa oma grootmoeder grootvader")
)

// vanBefore gives the token “van” before a number, over words like “bijna” and “nog geen”.
func (s *scan) vanBefore(i int) (at int, ok bool) {
	j := i - 1
	for most := i - 4; j > most && nearly[s.tok(j).text]; j-- {
	}
	return j, s.tok(j).text == "van" && !s.toks[j].starts
}

// ofPerson: “een jongen van”, “een kind van nog geen”.
func (s *scan) ofPerson(i int) bool {
	j, ok := s.vanBefore(i)
	return ok && (someone[s.tok(j-1).text] || s.tok(j-1).text == "iemand" || s.tok(j-1).has.is(kin))
}

// between: “tussen 4 en 12 jaar”, “van 4 tot 12 jaar”.
func (s *scan) between(i int) bool {
	b, a := s.tok(i-3).text, s.tok(i-1).text
	return s.tok(i-2).kind == number && (a == "en" || a == "tot" || a == "-") && (b == "tussen" || b == "van")
}

// childrenOf: “moeder van drie” tells how many children she has.
func (s *scan) childrenOf(i, n int) bool {
	j, _ := s.vanBefore(i)
	return n < 13 && parents[s.tok(j-1).text]
}

// oneOf: token i is one person or thing, and no group: “een agent van 38 uit …”.
func (s *scan) oneOf(i int) bool {
	p := s.tok(i - 1).text
	return (p == "een" || p == "de" || p == "die" || p == "deze" || p == "dat" || p == "dit" || p == "het") && !s.toks[i].capital && !collective[s.toks[i].text] && !s.toks[i].has.is(unit) && !plurals[s.toks[i].text]
}

// livingThing: a word for one person that no list holds, and none for a time or a thing:
// “een meisej van 13 jaar”.
func (s *scan) livingThing(i int) bool {
	w := s.tok(i)
	if !s.oneOf(i) || w.kind != word || lasting[w.text] || spans[w.text] || w.has.is(common) || abstract(w.text) {
		return false
	}
	for _, end := range things {
		if strings.HasSuffix(w.text, end) {
			return false
		}
	}
	for _, end := range []string{"ing", "tijd", "duur", "termijn", "plan", "vonnis", "straf", "schap", "fase", "traject"} {
		if strings.HasSuffix(w.text, end) {
			return false
		}
	}
	return true
}

// livesBehind: “vijf jaar, woonde in …”.
func (s *scan) livesBehind(i int) bool {
	j := i + 2
	if s.tok(j).text == "," {
		j++
	}
	switch s.tok(j).text {
	case "woonde", "woont", "wonend", "wonende", "woonachtig":
		return s.tok(j+1).text == "in" || s.tok(j+1).text == "te"
	}
	return false
}

// ageInMonths: “een baby van 4 maanden”, “drie weken oud”.
func (s *scan) ageInMonths(i int) (age, bool) {
	u := s.tok(i + 1).text
	if u != "maanden" && u != "maand" && u != "mnd" && u != "weken" {
		return age{}, false
	}
	of := s.tok(i-1).text == "van" && someone[s.tok(i-2).text] || s.tok(i+2).text == "oud" || s.tok(i+2).text == "oude"
	return age{0, i, i + 1, true}, of && s.near(i+4, 7, someone)
}

// ageRound: “een vijftiger”, “op haar twaalfde verjaardag”.
func (s *scan) ageRound(i int) (age, bool) {
	t, p := s.toks[i], s.tok(i-1).text
	if decades[t.text] && (p == "een" || p == "de" || p == "die" || p == "deze") {
		return age{0, i, i, true}, true
	}
	if n := numerals[t.text]; n >= 20 && n%10 == 0 && p == "de" && s.tok(i-2).text == "in" {
		return age{n, i, i, true}, true // “een man van in de tachtig”
	}
	if t.text == "pasgeboren" || t.text == "pasgeborene" {
		return age{0, i, i, true}, true
	}
	if n := ordinals[t.text]; n > 1 && (p == "zijn" || p == "haar") && (s.tok(i+1).text == "verjaardag" || s.tok(i-2).text == "op" && s.tok(i+1).kind == word && !s.tok(i+1).has.is(common) || s.tok(i-2).text == "sinds") {
		return age{n, i, i, true}, true
	}
	return age{}, false
}

// ofThing: what is so old is no person: “een 3-jarig contract”, “de 25-jarige stichting”.
func (s *scan) ofThing(i int, end string) bool {
	n := s.tok(i + 1)
	if n.kind != word || n.capital || someone[n.text] || n.has.is(kin|role) {
		return false
	}
	for _, w := range things {
		if strings.HasSuffix(n.text, w) {
			return true
		}
	}
	return end == "jarig" && len(n.text) > 4 && !n.has.is(particle|verb) && !strings.HasSuffix(n.text, "je")
}

// things have an age as well.
var things = strings.Fields("contract stichting ervaring brug bestaan jubileum vereniging proef pilot traject project overeenkomst termijn school gebouw organisatie bedrijf partij feest traditie garantie opleiding looptijd plan programma beleid periode regeling convenant onderzoek studie samenwerking geschiedenis locatie club pand huis kerk boom molen toren boerderij kapel synagoge museum theater zwembad winkel kasteel instelling aanbieder duur strijd oorlog cyclus carrière raamovereenkomst verbintenis lening hypotheek huurcontract")

var (
	aging    = set("is was werd wordt")
	pronouns = set("hij zij ze je ik jij")
	already  = set("nu pas al bijna net inmiddels toen binnenkort gisteren morgen nog dan vorige week maand")
	afterAge = set("en , . ; ) in op geworden wordt maar toen als uit die | -")
)

// ofBuilding are things whose age is told in years.
var ofBuilding = set("gebouw pand school stichting vereniging brug kerk boom organisatie locatie auto bus stichting bedrijf club molen flat woning installatie ketel lift")

// childLike: a compound that ends as somebody's child or spouse does.
func childLike(w string) bool {
	for _, end := range []string{"dochter", "zoon", "zoontje", "dochtertje", "meisje", "jongen", "vrouw", "man", "kind", "leerling", "scholier"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// turnsAge: somebody is, or becomes, so many.
func (s *scan) turnsAge(i int) bool {
	n := s.tok(i + 1)
	if n.kind != 0 && !n.line && !afterAge[n.text] || n.text == "-" && s.glued(i+1) || (n.text == "." || n.text == ",") && s.tok(i+2).kind == number && !s.tok(i+2).space {
		return false
	}
	j := i - 1
	for most := i - 4; j > most && already[s.tok(j).text]; j-- {
	}
	if !aging[s.tok(j).text] {
		return false
	}
	p := s.tok(j - 1)
	return pronouns[p.text] || someone[p.text] || p.has.is(kin) || p.capital && p.has.is(given) || pronouns[s.tok(j+1).text] && j+1 < i
}

func (s *scan) someoneNear(i int) bool { return someone[s.tok(i).text] || someone[s.tok(i+1).text] }

// isLimit: the years are a rule or a duration, not somebody's age.
func (s *scan) isLimit(i, last int) bool {
	for k := i - 1; k >= i-2 && k >= 0; k-- {
		if limits[s.toks[k].text] {
			return true
		}
	}
	if s.tok(i-1).text == "-" && s.tok(i-2).kind == number || s.tok(i-1).text == "€" {
		return true
	}
	n, m := s.tok(last+1).text, s.tok(last+2).text
	if spans[n] || (n == "en" || n == "of") && (m == "ouder" || m == "jonger") || n == "en" && s.tok(last+2).kind == number && s.tok(last+3).text != "maanden" && s.tok(last+3).text != "maand" || n == "tot" || n == "t" && m == "/" {
		return true
	}
	return s.near(i, 3, plurals) || s.near(i, 8, onAverage) || s.near(i, 3, lasting) || worked[s.tok(i-1).text] || s.between(i)
}

// ofSomeone: “een meisje van 14 jaar”, “Mila, 14 jaar”, “is 14 jaar”.
func (s *scan) ofSomeone(i int) bool {
	if s.near(i, 4, someone) || s.tok(i-1).text == "leeftijd" || s.tok(i-1).text == ":" && s.tok(i-2).text == "leeftijd" || (s.tok(i-1).text == "/" || s.tok(i-1).text == "|") && (someone[s.tok(i-2).text] || len(s.tok(i-2).text) == 1 && s.tok(i-2).kind == word) || s.tok(i-1).text == "," && s.tok(i-2).has.is(kin|role) {
		return true
	}
	p := s.tok(i - 1)
	if already[p.text] {
		p = s.tok(i - 2)
	}
	return p.text == "," && s.tok(i-2).capital || p.text == "is" || p.text == "(" || p.text == "van" && (s.tok(i-2).capital && !s.tok(i-2).starts || s.tok(i-2).has.is(strong|kin|role) || s.livingThing(i-2)) || p.text == "ben" || s.livesBehind(i)
}
