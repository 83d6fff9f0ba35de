// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"strings"
)

var (
	bsnWhy      = Reason{"een burgerservicenummer", "a citizen service number"}
	phoneWhy    = Reason{"een telefoonnummer", "a phone number"}
	ibanWhy     = Reason{"een rekeningnummer (IBAN)", "a bank account number (IBAN)"}
	postcodeWhy = Reason{"een postcode", "a postcode"}
	plateWhy    = Reason{"een kenteken", "a number plate"}
	documentWhy = Reason{"het nummer van een paspoort, kaart of vergunning", "the number of a passport, card or permit"}
	ipWhy       = Reason{"het adres van een apparaat (IP)", "the address of a device (IP)"}
	dossierWhy  = Reason{"een nummer waaronder iemand bekend is", "a number by which somebody is known"}
)

// What a word before a number says it is.
var (
	saysBSN       = counted("bsn burgerservicenummer burgerservice sofinummer sofi")
	saysNoPerson  = set("ticket ticketnummer ticketnr saldo transactie transactienummer referentie referentienummer bon bonnummer bonnr pallet rsin btw kvk factuur factuurnummer factuurnr ordernummer order bestelnummer bestelling artikel artikelnummer serienummer kamerstuk kamerdossier isbn issn agb versie zaak zaaknummer kenmerk meldingsnummer besluit besluitnummer vergunningsnummer projectnummer offerte offertenummer contractnummer rekening € eur euro")
	saysPhone     = set("tel telefoon telefoonnummer telnr telefonisch mobiel mobieltje mob gsm bereikbaar bel belde gebeld nummer 06-nummer")
	saysDocument  = counted("paspoort pasp id-kaart idkaart identiteitskaart identiteitsbewijs document rijbewijs rijb verblijfsvergunning verblijfsdocument reisdocument kaart id vreemdelingen legitimatie legitimatiebewijs")
	saysPlate     = counted("kenteken kent kt vtg vrtg pvtg kentekens kentekenplaat nummerplaat nummerbord auto autootje busje bus bestelbus scooter brommer motor wagen voertuig bolide personenauto taxi golf polo opel volkswagen bmw mercedes audi ford toyota renault peugeot kia")
	saysClient    = set("cliëntnummer clientnummer cliëntnr clientnr patiëntnummer patientnummer patiëntnr patientnr dossiernummer dossiernr bewonersnummer relatienummer klantnummer leerlingnummer polisnummer verzekerdennummer zorgnummer ketennummer parketnummer")
	saysCall      = set("tel telefoon telefoonnummer telnr mobiel mobieltje mob gsm bel bellen belde gebeld bereikbaar telefonisch app appen 06-nummer")
	saysDial      = set("tel telefoon telefoonnummer mobiel telnr")
	saysPostcode  = set("postcode pc postcodegebied postcodes postadres postcode-gebied adres huisadres woonadres")
	saysArticle   = set("artikel art")
	saysNumber    = set("nummer nr")
	saysVersion   = set("versie v release artikel art artikelen paragraaf par hoofdstuk § bijlage sectie lid nen iso norm kamer ruimte lokaal")
	upperNoLetter = set("en om eu nl vn wk ek tv mb gb kb km kg mm cm mg ml kw mw hp pk is in op en de te er al na zo we ja of bv nv bw sr sv rv ad cc nr st ks vo po ho ov jr mr dr ca pm am ai it hr pr pc")
)

// counted are words, and the same words with what makes them the word for a number.
func counted(words string) map[string]bool {
	out := set(words)
	for _, w := range strings.Fields(words) {
		for _, end := range []string{"nr", "nummer", "nummers"} {
			out[comparable(w)+end] = true
		}
	}
	return out
}

// numbers reads every number and what stands around it.
func (s *scan) numbers() {
	spokenTo := -1
	for i := range s.toks {
		t := s.toks[i]
		s.ipSix(i)
		switch {
		case t.kind == word:
			s.iban(i)
			s.code(i)
			if saysPlateNumber[t.text] {
				s.saidPlate(i)
			}
			if _, said := numerals[t.text]; said && i > spokenTo {
				spokenTo = s.spoken(i)
			}
			if s.chunkStarts(i) {
				s.chunk(i)
			}
		case t.text == "+" || t.text == "(":
			s.phone(i)
		case t.kind == number && s.inside(i):
			// the middle of a number, read from its beginning
		case t.kind == number:
			s.ip(i)
			s.phone(i)
			if _, said := numerals[s.tok(i+1).text]; said && t.text[0] == '0' && i > spokenTo {
				spokenTo = s.spoken(i)
			}
			s.bsn(i)
			s.postcode(i)
			if s.chunkStarts(i) {
				s.chunk(i)
			}
			s.labelled(i)
		}
	}
}

// inside: digits and a mark stand before this number without space.
func (s *scan) inside(i int) bool {
	return i > 1 && s.glued(i) && s.glued(i-1) && s.toks[i-1].kind == sign && s.toks[i-2].kind == number && (s.toks[i-1].text == "." || s.toks[i-1].text == "-" || s.toks[i-1].text == "/" && len(s.toks[i].text) < 7)
}

// group is a row of numbers that may be one, written in parts.
type group struct {
	last   int
	digits string
	parts  []int
	marks  string
}

// groups gives the rows that begin at token i, the shortest first.
func (s *scan) groups(i, most int) []group {
	var out []group
	g := group{}
	gap := 0
	for j := i; j < len(s.toks); j++ {
		t := s.toks[j]
		if t.kind == number {
			if j > i && s.toks[j-1].kind == number && !t.space || t.line && j > i && !s.wrapped(i, j) {
				break
			}
			g.digits += t.text
			if len(g.digits) > most {
				break
			}
			g.last, g.parts, gap = j, append(g.parts[:len(g.parts):len(g.parts)], len(t.text)), 0
			out = append(out, g)
			continue
		}
		if gap++; gap > 3 || t.line && j > i || !strings.Contains("-./()+_", t.text) && !(s.toks[i].text == "06" && strings.Contains("=~*", t.text)) || t.text == "+" && j > i {
			break
		}
		if t.text == "." && s.tok(j+1).space && s.tok(j+1).starts {
			break
		}
		g.marks += t.text
	}
	return out
}

// wrapped: a number runs on behind the end of a line: it began in the middle of the line
// before, and stops where a number does.
func (s *scan) wrapped(i, j int) bool {
	p := s.toks[j-1]
	return !s.toks[i].line && i > 0 && (p.kind == sign || len(s.toks[j].text) > 1) || s.toks[i].text == "06" || p.text == "-" && s.glued(j-1)
}

// alone: no letter or digit touches the tokens i up to and including j.
func (s *scan) alone(i, j int) bool {
	if i > 0 && s.glued(i) && s.toks[i-1].kind != sign {
		return false
	}
	return j+1 >= len(s.toks) || s.toks[j+1].space || s.toks[j+1].kind == sign
}

// national turns what is dialled into ten digits beginning with a zero, when it is Dutch.
func national(d string, plus bool) string {
	for _, country := range []string{"0031", "31"} {
		if rest, ok := strings.CutPrefix(d, country); ok && (country == "0031" || plus) {
			return "0" + strings.TrimPrefix(rest, "0")
		}
	}
	return d
}

// personalPhone: ten digits that can be of a person. Numbers of services and of whole
// organisations pass.
func personalPhone(d string) bool {
	if len(d) != 10 || d[0] != '0' || d[1] == '0' {
		return false
	}
	switch d[:3] {
	case "080", "090", "088", "082", "083", "086", "089", "092", "093", "094", "095", "096", "098", "099":
		return false
	}
	return true
}

func (s *scan) phone(i int) {
	t := s.toks[i]
	plus := t.text == "+"
	if !plus && i > 0 && (s.tok(i-1).text == "+" || s.tok(i-1).text == "(" && s.tok(i-1).kind == sign && t.kind == number && s.glued(i)) {
		return // read from the sign before it
	}
	if s.used[i] || t.kind == number && t.text[0] != '0' && !s.near(i, 3, saysPhone) && !(len(t.text) == 11 && t.text[:3] == "316") {
		return
	}
	for _, g := range s.groups(i, 15) {
		if !s.isPhone(i, g, plus) {
			continue
		}
		from := i
		if t.text == "(" && strings.Count(g.marks, "(") > strings.Count(g.marks, ")") {
			from = i + 1
		}
		s.add(from, g.last, Phone, 70, phoneWhy)
		for j := i; j <= g.last; j++ {
			s.used[j] = true
		}
		return
	}
}

func (s *scan) isPhone(i int, g group, plus bool) bool {
	if !s.alone(i, g.last) && !(s.glued(i) && saysDial[s.tok(i-1).text]) || s.digitsGoOn(g.last) {
		return false
	}
	d := g.digits
	if s.near(i, 5, saysBSN) && !strings.HasPrefix(d, "06") {
		return false
	}
	dutch := strings.HasPrefix(d, "31") && plus || strings.HasPrefix(d, "0031")
	switch {
	case personalPhone(national(d, plus)) && (dutch || !plus):
		return !s.ofOffice(i, national(d, plus)) && !s.near(i, 2, saysNoPerson) && !(len(g.parts) > 3 && strings.Contains(g.marks, "/") && strings.Count(g.marks, "/") > 1)
	case dutch:
		return false
	case plus:
		return len(d) >= 9 && len(d) <= 14
	case strings.HasPrefix(d, "00"):
		return len(d) >= 11 && len(d) <= 15
	case len(d) == 11 && strings.HasPrefix(d, "316") && s.near(i, 3, saysPhone):
		return true
	case len(d) == 11 && strings.HasPrefix(d, "316") && len(g.parts) == 1:
		return !s.near(i, 3, saysNoPerson)
	case len(d) == 11 && strings.HasPrefix(d, "31") && s.near(i, 3, saysPhone):
		return true
	case s.near(i, 3, saysPhone) && s.tok(i).kind == number:
		return len(d) == 9 && d[0] == '6' && s.near(i, 3, saysCall) || (len(d) == 7 || len(d) == 6 || len(d) == 8) && s.near(i, 2, saysDial) && d[0] != '0' && !(d[:2] == "14" && g.parts[0] == 2)
	}
	return false
}

// digitsGoOn: the row is only the beginning of a longer one without a break.
func (s *scan) digitsGoOn(j int) bool {
	a, b := s.tok(j+1), s.tok(j+2)
	return a.kind == sign && !a.space && (a.text == "-" || a.text == "/" && len(b.text) < 7) && b.kind == number && !b.space
}

// eleven is the test that every citizen service number passes.
func eleven(d string) bool {
	if len(d) == 8 {
		d = "0" + d
	}
	if len(d) != 9 || strings.Count(d, d[:1]) == 9 {
		return false
	}
	sum := -int(d[8] - '0')
	for i := range 8 {
		sum += int(d[i]-'0') * (9 - i)
	}
	return sum%11 == 0
}

func (s *scan) bsn(i int) {
	if s.used[i] {
		return
	}
	said := s.near(i, 4, saysBSN) || strings.HasSuffix(strings.TrimRight(s.f.low[max(0, s.toks[i].from-9):s.toks[i].from], " :"), "b.s.n.")
	for _, g := range s.groups(i, 9) {
		if len(g.digits) < 8 || !s.alone(i, g.last) && !(s.glued(i) && saysBSN[s.tok(i-1).text]) || s.digitsGoOn(g.last) || strings.ContainsAny(g.marks, "()+") || short(g.parts) && len(g.parts) < 9 {
			continue
		}
		passes := len(g.digits) == 9 && eleven(g.digits) && !s.near(i, 3, saysNoPerson) && s.tok(i-1).text != "€" && s.tok(g.last+1).text != "euro"
		if passes || said {
			if len(g.digits) == 8 && s.more(g.last) || strings.Contains(g.marks, "/") && !said && len(g.parts) != 3 {
				continue
			}
			s.add(i, g.last, BSN, 75, bsnWhy)
			return
		}
	}
}

// more: one digit more follows, so that eight were not the whole number.
func (s *scan) more(j int) bool {
	for k := j + 1; k <= j+2; k++ {
		if t := s.tok(k); t.kind == number {
			return len(t.text) < 4
		}
	}
	return false
}

func short(parts []int) bool {
	for _, n := range parts {
		if n < 2 {
			return true
		}
	}
	return false
}

func (s *scan) postcode(i int) {
	a, b, last := s.toks[i], s.tok(i+1), i+1
	if (b.text == "-" || b.text == ".") && !b.space && s.glued(i+2) && s.tok(i+2).shout && !yearLike(a.text) && !s.near(i, 2, saysNoPerson) && !s.near(i, 2, saysPlate) {
		b, last = s.tok(i+2), i+2 // “1234-AB”
	}
	if len(a.text) != 4 || a.text[0] == '0' || b.kind != word || len(b.text) != 2 || b.line && !s.near(i, 4, saysPostcode) || s.near(i, 3, saysPlate) && !b.space && !s.near(i, 3, saysPostcode) || !s.alone(i, last) || s.glued(i) && s.tok(i-1).text != "(" && s.tok(i-1).text != "," {
		return
	}
	said := s.near(i, 5, saysPostcode) || s.tok(i-1).text == ","
	year := a.text[:2] == "19" || a.text >= "2000" && a.text < "2040"
	switch {
	case s.near(i, 4, postal), s.near(i, 1, saysVersion), !said && (b.text == "ss" || b.text == "sa" || b.text == "sd"), s.near(i, 2, saysArticle):
		return
	case !b.shout && b.space && !said && !s.addressBefore(i) && !s.placeBehind(last), b.has.is(unit) && !said && !s.addressBefore(i) && !(s.placeBehind(last) && (b.shout || !b.space)):
		return
	case b.space && year && !said && !s.placeBehind(last) && (upperNoLetter[b.text] || !s.addressBefore(i) && !s.tok(last+1).capital):
		return
	case b.space && upperNoLetter[b.text] && !said && (b.has.is(unit) || s.allCaps(i) || !b.shout):
		return
	}
	s.add(i, last, Postcode, 60, postcodeWhy)
	s.used[i], s.used[last] = true, true
}

// placeBehind: “te 1234 ab Ommen”.
func (s *scan) placeBehind(i int) bool {
	n := s.tok(i + 1)
	if n.text == "te" || n.text == "in" || n.text == "/" || n.text == "," {
		n = s.tok(i + 2)
	}
	return n.capital && n.has.is(place) && !n.starts
}

func (s *scan) allCaps(i int) bool { return s.tok(i-1).shout || s.tok(i+2).shout }

// addressBefore: a house number stands before the postcode.
func (s *scan) addressBefore(i int) bool {
	if p := s.tok(i - 1).text; (p == "/" || p == "|" || p == "-") && s.tok(i-1).space {
		i--
	}
	return s.tok(i-1).text == "," || s.tok(i-1).kind == number && !s.tok(i).line || s.tok(i-2).kind == number && s.tok(i-1).kind == word && len(s.tok(i-1).text) == 1
}

// labelled: a number that the word before it says to be of a person.
func (s *scan) labelled(i int) {
	if s.used[i] || s.glued(i) && s.tok(i-1).text != ":" && s.tok(i-1).text != "(" {
		return
	}
	for _, g := range s.groups(i, 12) {
		n := len(g.digits)
		if !s.alone(i, g.last) || s.digitsGoOn(g.last) || s.tok(g.last+1).kind == number || n < 4 {
			continue
		}
		switch {
		case n >= 8 && (s.near(i, 3, saysDocument) || saysDocument[s.tok(g.last+1).text] && !s.tok(g.last+1).starts), n == 10 && (s.near(i, 4, saysNumber) && s.nearV(i)):
			s.add(i, g.last, Document, 66, documentWhy)
			return
		case s.near(i, 3, saysClient):
			s.add(i, g.last, Dossier, 66, dossierWhy)
			return
		}
	}
}

// nearV: “V-nummer”.
func (s *scan) nearV(i int) bool {
	for j := i - 1; j > 1 && j >= i-4; j-- {
		if s.toks[j].text == "nummer" || s.toks[j].text == "nr" {
			return s.tok(j-1).text == "-" && s.tok(j-2).text == "v" || s.tok(j-1).text == "v"
		}
	}
	return false
}
