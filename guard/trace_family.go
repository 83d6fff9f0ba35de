// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// Some people are known without an age: a family with many children, twins, the only one of a
// kind, the daughter of the baker.

var (
	trades     = set("dominee bakker slager " + officeWords + " huisarts dokter notaris kapper kapster kastelein kroegbaas smid boer melkboer molenaar schoolmeester meester juf directeur directrice predikant pastoor imam koster organist politieagent agent wijkagent tandarts dierenarts apotheker voorzitter trainer postbode groenteboer visboer caféhouder cafébaas hotelier veerman brugwachter rector conciërge dorpsdokter winkelier garagehouder aannemer veearts rabbijn kapelaan brandweercommandant onderwijzer onderwijzeres hoofdmeester tuinder fietsenmaker bloemist drogist")
	singled    = set("inwoner inwoonster bewoner bewoonster leerling raadslid dorpsgenoot winkelier")
	manyAtOnce = set("tweeling drieling vierling")
	collective = set("groep delegatie team gezelschap selectie klas lijst boete bedrag bestuur commissie raad serie totaal rij stoet ploeg")
)

// families marks what is as good as an age: how many children a family has, who is the only
// one of a trade, with a place.
func (s *scan) families(around *surroundings) {
	for i := range s.toks {
		p, ok := s.family(i)
		if !ok {
			continue
		}
		if around == nil {
			r := s.surroundings()
			around = &r
		}
		a := age{0, p.from, p.to, true}
		town, ok := closest(around.places, a, 14, func(q piece) bool { return s.close(p.from, q.from, 0) })
		if !ok {
			continue
		}
		pieces := []piece{p, town}
		if d, ok := closest(around.dates, a, 20, func(q piece) bool { return s.close(p.from, q.from, 0) }); ok {
			pieces = append(pieces, d)
		}
		s.together(pieces)
	}
}

// family reads “gezin met de zeven kinderen”, “de tweeling”, “de enige huisarts”, “de dochter
// (5) van de oud-notaris”.
func (s *scan) family(i int) (piece, bool) {
	t := s.toks[i]
	switch {
	case t.kind != word:
	case t.text == "gezin" || t.text == "familie" || t.text == "moeder" || t.text == "vader" || t.text == "echtpaar":
		return s.large(i)
	case (t.text == "oudste" || t.text == "jongste") && s.tok(i-1).text == "de" && singled[s.tok(i+1).text]:
		return piece{i, i + 1, "family", false}, true
	case t.text == "enige" && (s.tok(i-1).text == "de" || s.tok(i-1).text == "het"):
		for j := i + 1; j <= i+3 && s.tok(j).kind == word && !s.tok(j).line; j++ {
			if w := s.tok(j); (w.has.is(role|kin) || someone[w.text] || trades[w.text] || w.text == "gezin" || w.text == "familie") && !w.capital {
				return piece{i, j, "family", false}, true
			}
		}
	case manyAtOnce[t.text] && s.tok(i-1).text != "een" && s.tok(i-1).text != "geen", t.has.is(kin) || someone[t.text]:
		if j := s.ofTrade(i); j > i {
			return piece{i, j, "family", false}, true
		}
		return piece{i, i, "family", false}, manyAtOnce[t.text] && whereWords[s.tok(i+1).text]
	}
	return piece{}, false
}

// large: “met zeven kinderen”, “met de zeven jonge kinderen”.
func (s *scan) large(i int) (piece, bool) {
	with := s.tok(i + 1).text
	if with != "met" && with != "m" {
		return piece{}, false
	}
	for j := i + 2; j <= i+5; j++ {
		n, ok := s.value(j)
		if !ok || n < 3 {
			continue
		}
		for k := j + 1; k <= j+2; k++ {
			if w := s.tok(k).text; w == "kinderen" || w == "kids" || w == "dochters" || w == "zoons" {
				return piece{i, k, "family", false}, true
			}
		}
	}
	return piece{}, false
}

// ofTrade: a relative “van de” somebody whom a village has one of; their age may stand between.
func (s *scan) ofTrade(i int) (last int) {
	j := i + 1
	if s.tok(j).text == "(" && s.tok(j+1).kind == number && s.tok(j+2).text == ")" {
		j += 3
	}
	if s.tok(j).text != "van" || s.tok(j+1).text != "de" && s.tok(j+1).text != "het" && s.tok(j+1).text != "een" {
		return -1
	}
	for k := j + 2; k <= j+4 && s.tok(k).kind != 0; k++ {
		w := s.tok(k)
		if trades[w.text] || strings.HasPrefix(w.text, "oud-") || w.text == "oud" && s.tok(k+1).text == "-" && trades[s.tok(k+2).text] {
			if w.text == "oud" {
				k += 2
			}
			return k
		}
	}
	return -1
}
