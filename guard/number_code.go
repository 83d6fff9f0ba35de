// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// Numbers of clients and dossiers have no fixed form: letters, digits, hyphens, slashes. Only
// the word before them tells.

var (
	codeWords = set("nummer nr no code id nummers")
	codeOf    = set("client dossier patient bewoners bewoner leerling student zorg keten parket relatie klant persoons personeels medewerkers leden lid pas abonnee verzekerden verzekerde polis burger inschrijf gezins kind cursisten deelnemers deelnemer huurders huurder gedetineerden vreemdelingen jeugd casus behandel opname bvh mutatie aangifte pv")
	saysOwner = set("cliënt client dossier patiënt casusdossier zorgdossier") // of a person, when a number follows at once
)

// shortOwner are abbreviations before a word for a number.
var shortOwner = set("cl clt dos pat bew")

// saysCode: cliëntnummer, relatienr, leerlingcode: what is counted, and a word for a number.
func saysCode(w string) bool {
	if len(w) < 5 || !strings.ContainsRune("roeds", rune(w[len(w)-1])) {
		return false
	}
	for n := 2; n <= 7 && n < len(w)-2; n++ {
		if codeWords[w[len(w)-n:]] && codeOf[w[:len(w)-n]] {
			return true
		}
	}
	return false
}

// code reads the number behind such a word, at token i.
func (s *scan) code(i int) {
	t := s.toks[i]
	owner, j := saysOwner[t.text], i+1
	if a, b := s.tok(i+1), s.tok(i+2); shortOwner[t.text] && (codeWords[a.text] || a.text == "." && s.glued(i+1) && codeWords[b.text]) {
		j = i + 2 // “cl.nr.”
	} else if t.kind != word || !owner && !saysCode(t.text) {
		return
	}
	for most := j + 4; j < most; j++ {
		n := s.tok(j)
		if s.glued(j) && n.text == "-" && s.tok(j+1).kind == word && codeWords[s.tok(j+1).text] { // “cliënt-nr”
			j, owner = j+1, false
			continue
		}
		if n.text != ":" && n.text != "." && n.text != "#" && n.text != "|" && n.text != "is" && n.text != "(" && n.text != "nummer" && n.text != "nr" && n.text != "=" && n.text != "-" {
			break
		}
		owner = owner && n.text != "nummer" && n.text != "nr"
	}
	last, digits, letters, marks := s.codeEnd(j)
	switch {
	case last == j+2 && yearLike(s.toks[j].text) && yearLike(s.toks[last].text):
		return // “dossier 2023-2024”
	case last < j || digits < 3, owner && letters+marks == 0 && digits < 5, s.tok(last+1).text == "euro":
		return
	}
	for k := j; k <= last; k++ {
		if s.used[k] {
			return
		}
	}
	s.add(j, last, Dossier, 66, dossierWhy)
}

// codeEnd walks over letters, digits and marks without space between them. A word without
// digits beside it ends the walk.
func (s *scan) codeEnd(j int) (last, digits, letters, marks int) {
	last = j - 1
	for k := j; k < len(s.toks) && k-j < longest; k++ {
		t := s.toks[k]
		if t.line && k > j || t.space && k > j {
			return
		}
		switch {
		case t.kind == number:
			digits, last = digits+len(t.text), k
		case t.kind == word && len(t.text) < 5 && (t.shout || t.capital || len(t.text) == 1):
			letters, last = letters+1, k
		case t.kind == sign && strings.Contains("-/._", t.text) && k > j:
			if s.tok(k+1).space || s.tok(k+1).kind == 0 {
				return
			}
			marks++
		default:
			return
		}
	}
	return
}
