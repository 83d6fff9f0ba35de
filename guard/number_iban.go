// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// A bank account number has its country, its length and a test of its own.

// ibanLength is the length per country.
var ibanLength = map[string]int{"nl": 18, "be": 16, "de": 22, "fr": 27, "gb": 22, "pl": 28, "es": 24, "it": 27, "lu": 20, "at": 20, "pt": 25, "tr": 26, "ro": 24, "bg": 22, "lt": 20, "lv": 21, "ie": 22, "ch": 21, "dk": 18, "se": 24, "no": 15, "fi": 18, "gr": 27, "hu": 28, "cz": 24, "sk": 24, "hr": 21, "ma": 28, "ua": 29}

func (s *scan) iban(i int) {
	t := s.toks[i]
	length := 0
	country := t.text
	if rest, ok := strings.CutPrefix(country, "iban"); ok && len(rest) == 2 {
		country = rest
	}
	if n := s.tok(i + 1); len(country) == 1 && n.kind == word && len(n.text) == 1 && t.capital && n.capital && s.tok(i+2).kind == number {
		length = ibanLength[country+n.text] // letter by letter
	}
	if len(country) == 2 && s.tok(i+1).kind == number && len(s.tok(i+1).text) >= 2 {
		length = ibanLength[country]
	}
	if length == 0 || i > 0 && s.glued(i) && s.toks[i-1].kind == number {
		return
	}
	all := ""
	for j := i; j < len(s.toks) && len(all) < length; j++ {
		n := s.toks[j]
		if n.kind == sign && (n.text == "." || n.text == "-" || n.text == "_" || n.text == "/" || n.text == ":") {
			continue
		}
		if j == i {
			n.text = country
		}
		if n.kind == sign || len(all)+len(n.text) > length {
			return
		}
		if all += n.text; len(all) == length {
			if all = mendAccount(all); ninetySeven(all) && accountLike(all) {
				s.add(i, j, IBAN, 96, ibanWhy)
			}
			for k := i; k <= j; k++ {
				s.used[k] = true
			}
		}
	}
}

// mendAccount: behind the bank of a Dutch account stand digits; a letter there was misread.
func mendAccount(a string) string {
	if a[:2] != "nl" || len(a) != 18 {
		return a
	}
	return "nl" + asDigits.Replace(a[2:4]) + a[4:8] + asDigits.Replace(a[8:])
}

// ninetySeven is the test of a bank account number.
func ninetySeven(a string) bool {
	n := 0
	for _, c := range []byte(a[4:] + a[:4]) {
		switch {
		case digit(c):
			n = n*10 + int(c-'0')
		case asciiLetter(c):
			n = n*100 + int(c-'a') + 10
		default:
			return false
		}
		n %= 97
	}
	return n == 1
}

// accountLike: words that happen to pass the test hold too few digits.
func accountLike(a string) bool {
	digits := len(onlyDigits(a[4:]))
	return digits >= 8 && (a[:2] != "nl" || digits == 10)
}
