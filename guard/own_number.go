// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

var (
	ownDossierWhy = Reason{"een dossiernummer uit deze zaak", "a dossier number from this case"}
	ownPhoneWhy   = Reason{"een telefoonnummer uit deze zaak", "a phone number from this case"}
	ownEmailWhy   = Reason{"een e-mailadres uit deze zaak", "an e-mail address from this case"}
)

// dense keeps letters and digits; what is easily mistaken becomes one: o and 0, i, l and 1.
func dense(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := denseByte(s[i]); c != 0 {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func denseByte(c byte) byte {
	switch {
	case c == 'o':
		return '0'
	case c == 'i' || c == 'l':
		return '1'
	case wordByte(c):
		return c
	}
	return 0
}

func (o *own) phone(p string) {
	if n := national(onlyDigits(comparable(p)), strings.Contains(p, "+")); len(n) >= 6 {
		o.phones = append(o.phones, strings.TrimPrefix(n, "0"))
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// ownNumbers looks for the dossier numbers, phone numbers and mail addresses of the case,
// however they are spaced.
func (s *scan) ownNumbers() {
	o := s.own
	for _, e := range o.emails {
		words := s.emailWords(e)
		if len(words) < 3 {
			continue
		}
		user := userWords(e)
		for i := range s.toks {
			if last, ok := s.sameEmail(i, words); ok {
				s.add(i, last, Email, 99, ownEmailWhy)
			} else if last, ok := s.sameUser(i, user); ok {
				s.add(i, last, Account, 97, ownEmailWhy)
			}
		}
	}
	if len(o.dossiers)+len(o.bare)+len(o.phones)+len(o.postcodes) == 0 {
		return
	}
	stream, at := s.stream()
	s.ownDossiers(stream, at)
	for _, key := range o.phones {
		s.inStream(stream, at, key, true, Phone, ownPhoneWhy)
	}
	for _, key := range o.postcodes {
		s.inStream(stream, at, dense(key), false, Postcode, ownAddressWhy)
	}
}

// stream gives the letters and digits of the text, and where each of them stands.
func (s *scan) stream() (stream string, at []int) {
	var b strings.Builder
	b.Grow(len(s.f.low))
	at = make([]int, 0, len(s.f.low))
	for i := range len(s.f.low) {
		if c := denseByte(s.f.low[i]); c != 0 {
			b.WriteByte(c)
			at = append(at, i)
		}
	}
	return b.String(), at
}

// emailWords are the words of a mail address, when the text can hold it.
func (s *scan) emailWords(e string) []string {
	if e == "" {
		return nil
	}
	if end, k := run(e, 0); k != sign && !strings.Contains(s.f.low, e[:end]) {
		return nil
	}
	var words []string
	for _, w := range pieces(e) {
		if wordByte(w[0]) {
			words = append(words, w)
		}
	}
	return words
}

// sameEmail compares word by word; between them stand signs, or the words for signs.
func (s *scan) sameEmail(i int, words []string) (last int, ok bool) {
	for n, w := range words {
		for most := i + 5; n > 0 && i < most && s.tok(i).text != w && (s.tok(i).kind == sign || atWords[s.tok(i).text] || dotWords[s.tok(i).text] || signWords[s.tok(i).text]); {
			i++
		}
		if s.tok(i).text != w {
			return 0, false
		}
		last = i
		i++
	}
	return last, true
}

// userWords are the words of a mail address before its sign, when they are no plain name.
func userWords(e string) []string {
	user, _, _ := strings.Cut(e, "@")
	if digits, _ := count(user); len(user) < 5 || digits == 0 && !strings.ContainsAny(user, "._-") {
		return nil
	}
	return pieces(user)
}

// sameUser: the same words and marks without space between them, and nothing glued to them.
func (s *scan) sameUser(i int, words []string) (last int, ok bool) {
	if len(words) == 0 || s.toks[i].text != words[0] || s.glued(i) && s.tok(i-1).kind != sign {
		return 0, false
	}
	for n, w := range words {
		if s.tok(i+n).text != w || n > 0 && !s.glued(i+n) {
			return 0, false
		}
	}
	last = i + len(words) - 1
	n := s.tok(last + 1)
	return last, n.kind == 0 || n.space || n.kind == sign && n.text != "@"
}

// signWords are further words for signs in a mail address.
var signWords = set("streepje liggend underscore min koppelteken")

// inStream finds a key in the letters and digits of the text. Between two of them stand at
// most three other characters, and it begins and ends where a word or number does.
func (s *scan) inStream(stream string, at []int, key string, phone bool, category string, why Reason) {
	for start := 0; ; start++ {
		i := strings.Index(stream[start:], key)
		if i < 0 {
			return
		}
		start += i
		from, to := at[start], at[start+len(key)-1]+1
		if !s.tight(at[start:start+len(key)]) || !s.ends(to) {
			continue
		}
		if phone {
			from = s.dialled(from)
		}
		if s.begins(from) || !phone && s.afterNumberWord(from) {
			s.found = append(s.found, hit{from, to, category, why, 95})
		}
	}
}

func (s *scan) tight(at []int) bool {
	for i := 1; i < len(at); i++ {
		gap := s.f.low[at[i-1]+1 : at[i]]
		if len(gap) > 4 || strings.Trim(gap, " -./_():|,\n") != "" || len(at) < 6 && len(at) > 0 && (strings.Contains(gap, ". ") || strings.Contains(gap, ", ")) {
			return false
		}
	}
	return true
}

func (s *scan) begins(at int) bool {
	return at == 0 || !wordByte(s.f.low[at-1]) || digit(s.f.low[at-1]) != digit(s.f.low[at]) && !digit(s.f.low[at-1])
}

// afterNumberWord: “nrZ-26-114”.
func (s *scan) afterNumberWord(at int) bool {
	before := s.f.low[:at]
	for _, w := range []string{"nr", "no", "nummer", "dossier"} {
		if rest, ok := strings.CutSuffix(before, w); ok && (rest == "" || !wordByte(rest[len(rest)-1])) {
			return true
		}
	}
	return false
}

func (s *scan) ends(at int) bool {
	return at == len(s.f.low) || !wordByte(s.f.low[at]) || digit(s.f.low[at-1]) && !digit(s.f.low[at])
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// dialled walks back over what is dialled first: the zero, the country, brackets.
func (s *scan) dialled(from int) int {
	for _, prefix := range []string{"+31 (0) ", "+31 (0)", "+31(0)", "+31 0", "+31 ", "+31-", "+31", "0031 ", "0031", "(0", "0", "31"} {
		if strings.HasSuffix(s.f.low[:from], prefix) {
			return from - len(prefix)
		}
	}
	return from
}
