// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

var (
	addressWhy    = Reason{"een adres", "an address"}
	ownAddressWhy = Reason{"een adres uit deze zaak", "an address from this case"}

	// Ends of street names. The first are enough by themselves, the others with a capital.
	streetEnds = strings.Fields("straat laan plein gracht singel kade dreef steeg plantsoen allee hofje laantje pleintje steegje weggetje paadje straatweg boulevard strjitte leane buorren")
	otherEnds  = strings.Fields("weg dijk pad hof park ring wal markt haven burg brink erf weide veld horst akker meent gaarde donk zoom rade oord warande kamp baan berg hoek poort sluis dam wijk land wei tuin hoeve bos bosch heuvel vest vliet rak stede werf waard wetering zijde eind einde dorp terras passage sloot gouwe akkeren akkers meer vaart wetering kreek weiden velden hoven tocht diep kanaal gors grift zand zijl rijt haag heul wiek buurt hage kwartier dyk wei straatje oever vliet zwet")
	noStreets  = set("gerechtshof snelweg halverwege onderweg vanwege terugweg tijdpad groeipad zorgpad stappenpad rijksweg voetpad fietspad schoolplein buurt wijk ziekenhuis onverwijld aanwijzing buitenland nederland platteland vakgebied werkveld speelveld voorbeeld beeld praktijkveld sportveld bereid uiteinde eind einde werf land hoek park tuin dorp hof veld pad weg baan bos berg dam kamp rijnland friesland gelderland zeeland flevoland duitsland engeland rusland thuisland luchthaven tijdvak zorgpad leerpad afbeeld maatwerk bedenktijd doelgroep achterhoek vakantiepark bedrijvenpark spoorweg omweg uitweg zorghoek binnenland vaderland overzijde voorzijde achterzijde weekeinde weekeind rugzijde zuidwijk stadswijk vogelwijk")
	livesAt    = set("adres woont wonend woonachtig woonde wonende verblijft verblijfadres huisadres woonadres verbleef gevestigd adresgegevens logeert verhuisd verhuist verhuisde ingetrokken woning pand slaapt sliep logeert ingeschreven huis")
	postal     = set("postbus antwoordnummer pb")
	apartEnds  = set("straat laan weg plein singel kade dijk diep gracht hof pad dreef steeg")
	numberSays = set("nr nummer no huisnummer huisnr num")
	additions  = set("bis hs huis rood zwart ii iii iv links rechts boven")
)

// streetLike tells how a word ends: 2 as only streets do, 1 as some do.
func streetLike(w string) int {
	if noStreets[w] {
		return 0
	}
	for _, e := range streetEnds {
		if strings.HasSuffix(w, e) {
			return 2
		}
	}
	if strings.HasSuffix(w, "str") && len(w) > 6 {
		return 1
	}
	for _, e := range otherEnds {
		if strings.HasSuffix(w, e) {
			return 1
		}
	}
	return 0
}

// addresses looks for a street with a house number.
func (s *scan) addresses() {
	for i := range s.toks {
		t := s.toks[i]
		s.numberFirst(i)
		if i == 0 || s.used[i] || t.line || !s.houseNumeral(i) {
			continue
		}
		last := i - 1
		if numberSays[s.toks[last].text] || s.toks[last].text == "#" || s.toks[last].text == "." || s.toks[last].text == "," {
			last--
		}
		if numberSays[s.tok(last).text] {
			last--
		}
		if s.tok(last).text == "," || s.tok(last).text == "." && strings.HasSuffix(s.tok(last-1).text, "str") {
			last--
		}
		if from, ok := s.street(last); ok && !s.counts(i) {
			s.add(from, s.town(s.addition(i)), Address, 58, addressWhy)
		}
	}
}

// houseNumeral: the number of a house, in digits, or in words behind what only a street is.
func (s *scan) houseNumeral(i int) bool {
	t := s.toks[i]
	if t.kind == word {
		n := numerals[t.text]
		p := s.toks[i-1]
		return n > 1 && p.capital && streetLike(p.text) == 2 && len(p.text) > 6
	}
	return t.kind == number && len(t.text) < 5 && t.text[0] != '0'
}

// inNumbers are what is counted.
var inNumbers = set("weken week dagen dag maanden maand uren minuten keer stuks procent personen mensen kinderen jongeren cliënten plaatsen leerlingen meldingen gezinnen km meter")

// counts: the number tells how many, or which year, and not which house.
func (s *scan) counts(i int) bool {
	n := s.tok(i + 1)
	return n.has.is(unit) || inNumbers[n.text] || n.text == "%" || (n.text == ":" || n.text == "." && !n.space) && s.tok(i+2).kind == number && !s.tok(i+2).space
}

// street walks back from the last word of a street to its first.
func (s *scan) street(last int) (from int, ok bool) {
	t := s.tok(last)
	if t.kind != word || postal[t.text] || t.line && last > 0 && s.toks[last+1].line {
		return 0, false
	}
	like := streetLike(t.text)
	if p := s.tok(last - 1); apartEnds[t.text] && (p.capital && t.space && !p.has.is(known) || p.text == "-" && s.tok(last-2).capital) && !s.tok(last-1).starts {
		return s.streetStart(last, false), true // “Kerk weg 3”
	}
	if like == 0 && s.onTheStreet(last) {
		return s.streetStart(last, true), true
	}
	standing := t.capital && like > 0 && len(t.text) < 7 // “Oude Haven”, “Lange Weg”
	if t.taken && like == 0 || t.has.is(place) && t.text != "haven" || like < 2 && yearLike(s.toks[last+1].text) {
		return 0, false
	}
	switch {
	case like == 2 && (len(t.text) > 6 || t.capital), like == 1 && t.capital && (!t.starts || len(t.text) > 6):
	case t.capital && !t.has.is(known|place) && s.postcodeAfter(last+1):
	case t.starts:
		return 0, false
	case like > 0 && s.near(last, 4, livesAt):
	case t.capital && (s.near(last, 4, livesAt) || s.near(last, 6, livesAt) && s.tok(last-1).capital) && !t.has.is(place):
	default:
		return 0, false
	}
	return s.streetStart(last, standing), true
}

// onTheStreet: a name that ends as no street does, with words before it that only stand
// before streets, and a number that no year is: “woont aan de Zwaluw 12”, “op De Hoge Es 3a”.
func (s *scan) onTheStreet(last int) bool {
	t := s.toks[last]
	if !t.capital || t.starts || t.shout || t.has.is(known|given|title) || yearLike(s.toks[last+1].text) || len(s.toks[last+1].text) > 3 {
		return false
	}
	j := last - 1
	for ; j >= 0 && last-j < 5 && (s.toks[j].capital && s.toks[j].kind == word || s.toks[j].has.is(particle) && s.toks[j].text != "aan" && s.toks[j].text != "op") && !s.toks[j+1].starts; j-- {
	}
	if t.has.is(place) && j == last-1 {
		return false
	}
	switch s.tok(j).text {
	case "aan":
		return true
	case "op":
		return livesAt[s.tok(j-1).text] || s.near(j, 3, livesAt) || s.addition(last+1) > last+1
	case ":":
		return livesAt[s.tok(j-1).text] || s.near(j, 3, livesAt)
	}
	return false
}

// postcodeAfter: behind the house number stands a postcode, so that this was a street.
func (s *scan) postcodeAfter(i int) bool {
	i++ // the house number itself
	for most := i + 6; i < most; i++ {
		if t := s.tok(i); t.kind == number && len(t.text) == 4 && s.tok(i+1).kind == word && len(s.tok(i+1).text) == 2 && (s.tok(i+1).shout || !s.tok(i+1).space) {
			return true
		} else if t.line || t.kind == word && len(t.text) > 3 && !numberSays[t.text] && !additions[t.text] {
			return false
		}
	}
	return false
}

func yearLike(n string) bool { return len(n) == 4 && (n[:2] == "19" || n[:2] == "20") }

func (s *scan) streetStart(last int, standing bool) int {
	from := last
	for j := last - 1; j >= 0 && last-j < 7; j-- {
		t := s.toks[j]
		if s.toks[j+1].starts || s.toks[j+1].line {
			return from
		}
		switch {
		case t.kind == word && t.capital && !(t.starts && t.has.is(common) && !standing) && !livesAt[t.text] && (s.toks[last].capital || apartEnds[s.toks[last].text] || t.shout == s.toks[last].shout):
			from = j
		case livesIn[t.text] && !t.capital && livesIn[s.tok(j-1).text]:
			return from // “trof Mila aan op Beukenlaan 3”
		case t.has.is(particle) && (s.tok(j-1).capital || s.tok(j-1).has.is(particle)) && !livesAt[s.tok(j-1).text] && !s.tok(j-1).starts:
		case t.text == "." && !s.toks[j].space, t.text == "'", t.text == "-" && !t.space:
		case t.text == "e" && s.tok(j-1).kind == number && !t.space:
			return j - 1
		default:
			return from
		}
	}
	return from
}

// addition reads what stands behind a house number: a, A-2, bis, hs, -3.
func (s *scan) addition(i int) int {
	last := i
	for j := i + 1; j <= i+3 && j < len(s.toks); j++ {
		t := s.toks[j]
		switch {
		case t.kind == word && (len(t.text) == 1 && (!t.space || t.capital && s.tok(j+1).text != ".") || additions[t.text] && !(t.space && len(t.text) > 3)):
			last = j
		case t.kind == number && !t.space && s.toks[j-1].text == "-" && len(t.text) < 4:
			last = j
		case t.text == "-" && !t.space && j == last+1:
		default:
			return last
		}
	}
	return last
}

func (o *own) address(a string) {
	words := pieces(a)
	for i, w := range words {
		if n := words[min(i+1, len(words)-1)]; len(w) == 4 && digit(w[0]) && len(n) == 2 && asciiLetter(n[0]) {
			o.postcodes = append(o.postcodes, w+n)
		}
	}
	var street []string
	for i, w := range words {
		if digit(w[0]) {
			if len(street) == 0 && i > 0 && wordByte(words[i-1][0]) {
				continue
			}
			break
		}
		if w == "," {
			break
		}
		if wordByte(w[0]) && !numberSays[w] {
			street = append(street, w)
		}
	}
	if len(street) > 0 && len(strings.Join(street, "")) > 3 {
		o.streets = append(o.streets, street)
		if last := street[len(street)-1]; len(street) > 1 && len(last) > 7 && streetLike(last) > 0 {
			o.streets = append(o.streets, []string{last}) // without its title or first name
		}
	}
}

// ownAddresses looks for the streets of the case, with or without the number.
func (s *scan) ownAddresses() {
	for _, street := range s.own.streets {
		joined := strings.Join(street, "")
		for i := range s.toks {
			last, ok := s.sameStreet(i, street)
			if !ok {
				last, ok = s.brokenStreet(i, joined, len(street))
			}
			if ok {
				s.add(i, s.houseNumber(last), Address, 92, ownAddressWhy)
			}
		}
	}
}

// sameStreet compares word by word; the last may be shortened or hold a slip.
func (s *scan) sameStreet(i int, street []string) (last int, ok bool) {
	for n, w := range street {
		for n > 0 && s.tok(i).kind == sign && (s.tok(i).text == "." || s.tok(i).text == "-" || s.tok(i).text == "'") {
			i++
		}
		t := s.tok(i)
		if t.kind != word || !sameWord(t.text, w) && !(n > 0 && n == len(street)-1 && s.shortSlip(i, w)) && !(n < len(street)-1 && s.tok(i+1).text == "." && strings.HasPrefix(w, t.text)) {
			return 0, false
		}
		if len(street) == 1 && !t.capital && (t.has.is(common) || len(w) < 6 && s.tok(i+1).kind != number) {
			return 0, false
		}
		last = i
		i++
	}
	return last, true
}

// shortSlip: the last and short word of a longer street with one slip, before its number.
func (s *scan) shortSlip(i int, w string) bool {
	t := s.toks[i]
	return len(w) > 3 && t.text[0] == w[0] && s.tok(i+1).kind == number && distance(t.text, w, 1) <= 1
}

// brokenStreet: the parts of a street written apart or with a hyphen: “Dorps straat”.
func (s *scan) brokenStreet(i int, joined string, words int) (last int, ok bool) {
	if t := s.toks[i]; len(joined) < 7 || t.kind != word || !strings.HasPrefix(joined, t.text) {
		return 0, false
	}
	all := ""
	for j := i; j < len(s.toks) && j <= i+2*words+1 && len(all) < len(joined); j++ {
		t := s.toks[j]
		if t.kind == sign && (t.text == "-" || t.text == "." || t.text == "'") {
			continue
		}
		if t.kind != word || !strings.HasPrefix(joined[len(all):], t.text) {
			return 0, false
		}
		if all += t.text; all == joined {
			return j, true
		}
	}
	return 0, false
}

func sameWord(text, w string) bool {
	if text == w {
		return true
	}
	for _, e := range [][2]string{{"straat", "str"}, {"laan", "ln"}, {"plein", "pln"}, {"weg", "wg"}, {"singel", "sngl"}} {
		if start, ok := strings.CutSuffix(w, e[0]); ok && text == start+e[1] {
			return true
		}
	}
	return len(w) > 6 && text[0] == w[0] && distance(text, w, 1+len(w)/12) <= 1+len(w)/12
}

// houseNumber widens a street by the number behind it.
func (s *scan) houseNumber(last int) int {
	j := last + 1
	for k := 0; k < 3 && (s.tok(j).text == "." || s.tok(j).text == "," || numberSays[s.tok(j).text]); k++ {
		j++
	}
	if n := s.tok(j); n.kind == number && len(n.text) < 5 && !s.counts(j) && !(n.text[0] == '0') {
		last = s.addition(j)
	}
	return s.town(last)
}

// town reads on behind a house number: postcode and place belong to the address.
func (s *scan) town(last int) int {
	j := last + 1
	if s.tok(j).text == "," || s.tok(j).text == "-" && s.tok(j).space {
		j++
	}
	a, b := s.tok(j), s.tok(j+1)
	code := a.kind == number && len(a.text) == 4 && a.text[0] != '0' && b.kind == word && len(b.text) == 2 && (b.shout || !b.space) && s.alone(j, j+1)
	if code {
		last, j = j+1, j+2
		if s.tok(j).text == "," {
			j++
		}
	} else if s.tok(j).text == "te" || s.tok(j).text == "in" && (s.tok(j+1).has.is(place) || s.ownPlace(s.tok(j+1).text)) {
		j++
	}
	n := s.tok(j)
	towns := n.has.is(place) || s.ownPlace(n.text)
	if n.kind == word && n.capital && (towns || !n.starts && !n.has.is(given|verb) && (code && s.tok(j-1).text != "," || s.tok(j-1).text == "te")) {
		last = j
		for s.toks[last].taken && s.toks[last].has.is(place) && s.tok(last+1).has.is(place) && s.tok(last+1).taken {
			last++
		}
	}
	return last
}

func (s *scan) ownPlace(w string) bool {
	for _, words := range s.own.places {
		if words[0] == w {
			return true
		}
	}
	return false
}
