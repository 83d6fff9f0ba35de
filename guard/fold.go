// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded is a text made comparable: small letters without accents, letters that only look
// Latin made Latin, invisible signs gone, all kinds of spaces, dashes and quotes one kind.
// Every byte remembers which code point of the text it came from.
type folded struct {
	low   string  // the comparable text
	upper []bool  // per byte of low: the letter was a capital
	pos   []int32 // per byte of low: index of its code point in the text
	bytes []int32 // per code point of the text: where it begins, and the end of the text
	cuts  []int   // in low: where a hyphen at the end of a line was taken out
}

// fold makes a text comparable. It never fails: bytes that are no UTF-8 count as one code
// point each.
func fold(text string) *folded {
	n := len(text)
	places := make([]int32, 2*n+9) // one piece of memory for both
	f := &folded{upper: make([]bool, 0, n+8), pos: places[: 0 : n+8], bytes: places[n+8 : n+8]}
	low := make([]byte, 0, n+8)
	index := int32(0)
	for at := 0; at < n; {
		f.bytes = append(f.bytes, int32(at))
		c := text[at]
		if c == '&' || c == '<' || c == '%' {
			if piece, size := markup(text[at:]); size > 0 {
				low = f.mark(low, piece, at, size, index)
				at, index = at+size, index+int32(size)
				continue
			}
		}
		if c < utf8.RuneSelf && c != '-' {
			up := 'A' <= c && c <= 'Z'
			if c == '\t' && len(low) > 0 && low[len(low)-1] != '\n' && low[len(low)-1] != '|' {
				c = '|' // the next column
			}
			low = append(low, plainByte(c))
			f.upper, f.pos = append(f.upper, up), append(f.pos, index)
			at, index = at+1, index+1
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		piece, up := plainRune(r)
		if piece == "-" && breaksWord(low, text[at+size:]) {
			piece = ""
			f.cuts = append(f.cuts, len(low))
		}
		for i := range len(piece) {
			low = append(low, piece[i])
			f.upper, f.pos = append(f.upper, up), append(f.pos, index)
		}
		at, index = at+size, index+1
	}
	f.bytes = append(f.bytes, int32(n))
	f.low = string(low)
	return f
}

// mark adds what a mark of so many bytes stands for. It all comes from the first of them.
func (f *folded) mark(low []byte, piece string, at, size int, index int32) []byte {
	for i := 1; i < size; i++ {
		f.bytes = append(f.bytes, int32(at+i))
	}
	for _, r := range piece {
		plain, up := plainRune(r)
		if r < utf8.RuneSelf {
			plain, up = string(plainByte(byte(r))), 'A' <= r && r <= 'Z'
		}
		for i := range len(plain) {
			low = append(low, plain[i])
			f.upper, f.pos = append(f.upper, up), append(f.pos, index)
		}
	}
	return low
}

func plainByte(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case c == '\t' || c == '\v' || c == '\f' || c == '\r':
		return ' '
	case c == '`':
		return '\''
	}
	return c
}

// breaksWord: a hyphen between two small letters, with a line end behind it, is of the
// typesetter. The line end itself stays out of the word because split reads over it.
func breaksWord(before []byte, after string) bool {
	if len(before) == 0 || !asciiLetter(before[len(before)-1]) {
		return false
	}
	rest := strings.TrimLeft(after, " \r")
	if rest == "" || rest[0] != '\n' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \r\n"))
	return unicode.IsLower(r)
}

func asciiLetter(c byte) bool { return 'a' <= c && c <= 'z' }

// plainRune gives the comparable form of a code point, and whether it is a capital.
func plainRune(r rune) (string, bool) {
	if s, ok := plain[r]; ok {
		return s, unicode.IsUpper(r)
	}
	switch {
	case 0xFF01 <= r && r <= 0xFF5E: // full width
		c := byte(r - 0xFEE0)
		return string(plainByte(c)), 'A' <= c && c <= 'Z'
	case 0x1D400 <= r && r <= 0x1D6A3: // letters of formulas
		i := (r - 0x1D400) % 52
		return string('a' + i%26), i < 26
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
		return "", false
	case unicode.IsSpace(r):
		return " ", false
	case unicode.Is(unicode.Pd, r):
		return "-", false
	case unicode.IsDigit(r):
		return digitOf(r), false
	}
	return string(unicode.ToLower(r)), unicode.IsUpper(r)
}

// digitOf: decimal digits stand in runs of ten, whatever the script.
func digitOf(r rune) string {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return string('0' + r - zero)
}

// plain holds the code points with a comparable form of their own.
var plain = makePlain(
	"a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặаα", "c", "çćĉċčсϲ", "d", "ďđðԁ", "e", "èéêëēĕėęěẹẻẽếềểễệеε", "g", "ĝğġģǧɡ", "h", "ĥħһ", "i", "ìíîïĩīĭįıǐịỉіι",
	"j", "ĵј", "k", "ķкκ", "l", "ĺļľŀłӏ", "m", "м", "n", "ñńņňŉŋη", "o", "òóôõöøōŏőǒọỏốồổỗộơоοσ", "p", "рρ", "q", "ԛ", "r", "ŕŗř", "s", "śŝşšșѕ", "t", "ţťŧțтτ",
	"u", "ùúûüũūŭůűųǔụủưυ", "v", "νѵ", "w", "ŵԝω", "x", "хχ", "y", "ýÿŷỳỵуγ", "z", "źżž", "b", "вβ",
	"ae", "æ", "oe", "œ", "ss", "ß", "th", "þ", "ij", "ĳ", "fi", "ﬁ", "fl", "ﬂ",
	"'", "‘’‚‛ʼ´′ʻ＇", "\"", "“”„‟«»″", "-", "-−˗", ".", "·‧∙", "\n", "\u2028\u2029\u0085", "", "\u00ad\u180e\u034f\u115f\u3164",
)

func makePlain(pairs ...string) map[rune]string {
	out := map[rune]string{}
	for i := 0; i < len(pairs); i += 2 {
		for _, r := range pairs[i+1] {
			out[r] = pairs[i]
			if up := unicode.ToUpper(r); up != r && up > unicode.MaxASCII && pairs[i] != "" {
				out[up] = pairs[i]
			}
		}
	}
	out['İ'] = "i"
	return out
}

// comparable is the folded form of a word or a name.
func comparable(s string) string {
	if simple(s) {
		return strings.ToLower(s)
	}
	return strings.Join(strings.Fields(fold(s).low), " ")
}

// simple: nothing in it is folded but capitals, which most facts of a case are.
func simple(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' && (c < ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ') || c > '~' || c == '`' {
			return false
		}
	}
	return true
}
