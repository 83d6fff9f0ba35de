// SPDX-License-Identifier: EUPL-1.2

package guard

// On the phone a number is said digit by digit, or in pairs: “nul zes, twaalf, vierendertig”.
// A transcript writes it as it was said.

// spoken reads number words that stand in a row as one number, from token i on, and gives
// the last token that it read.
func (s *scan) spoken(i int) (last int) {
	digits, last := s.spokenDigits(i)
	if last == i || s.used[i] {
		return i
	}
	category, why := "", Reason{}
	switch plus := s.tok(i-1).text == "plus" || s.tok(i-1).text == "+"; {
	case personalPhone(national(digits, plus)) && !s.near(i, 3, saysNoPerson):
		category, why = Phone, phoneWhy
	case len(digits) == 9 && (eleven(digits) || s.near(i, 4, saysBSN)):
		category, why = BSN, bsnWhy
	default:
		return last
	}
	s.add(i, last, category, 71, why)
	for j := i; j <= last; j++ {
		s.used[j] = true
	}
	return last
}

// spokenDigits gives the digits of such a row. Commas, hyphens and “dubbel” may stand in it,
// and groups that were written in digits.
func (s *scan) spokenDigits(i int) (digits string, last int) {
	last = i
	times := 1
	for j := i; j < len(s.toks) && j-i < 3*longest && len(digits) < 16; j++ {
		t := s.toks[j]
		n, said := numerals[t.text]
		switch {
		case t.line && j > i && !(said && len(digits) > 0 && last == j-1):
			return digits, last
		case t.kind == word && said:
			for ; times > 0; times-- {
				digits += numeral(n)
			}
			times, last = 1, j
		case t.kind == number && len(t.text) <= 4:
			digits, last = digits+t.text, j
		case t.text == "dubbel" || t.text == "twee" && s.tok(j+1).text == "keer":
			times = 2
		case j > i && (t.text == "," || t.text == "-" || t.text == "…" || t.text == "eh" || t.text == "uh"):
		default:
			return digits, last
		}
	}
	return digits, last
}

func numeral(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return string(rune('0'+n/10)) + string(rune('0'+n%10))
}
