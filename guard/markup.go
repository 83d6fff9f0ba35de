// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"slices"
	"strconv"
	"strings"
)

// Text that was copied from a page or a link holds marks of its own: tags, names of signs,
// percent codes. They are read as what a reader would have seen.

// markup reads one such mark at the start of s: what it stands for, and its length in bytes,
// which are all ASCII; 0 when there is none.
func markup(s string) (piece string, size int) {
	switch s[0] {
	case '&':
		return entity(s)
	case '<':
		return tag(s)
	case '%':
		if len(s) > 2 {
			if p, ok := percents[strings.ToLower(s[1:3])]; ok {
				return p, 3
			}
		}
	}
	return "", 0
}

// percents are the codes for signs that stand in mail addresses and names in links.
var percents = map[string]string{"40": "@", "20": " ", "2e": ".", "2d": "-", "5f": "_"}

// entities are the names of signs; those of letters with an accent begin with the letter.
var (
	entities = map[string]string{"nbsp": " ", "amp": "&", "quot": "\"", "apos": "'", "rsquo": "'", "lsquo": "'", "commat": "@", "shy": "", "zwnj": "", "zwj": "", "period": ".", "hyphen": "-", "ndash": "-", "mdash": "-", "sol": "/", "lowbar": "_", "ensp": " ", "emsp": " ", "thinsp": " "}
	accents  = []string{"acute", "grave", "uml", "circ", "tilde", "ring", "cedil", "caron", "slash"}
)

// longestEntity is how many bytes one may have.
const longestEntity = 10

func entity(s string) (piece string, size int) {
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if p, ok := entities[name]; ok {
		return p, end + 1
	}
	if name[0] == '#' {
		return numbered(name[1:], end+1)
	}
	if slices.Contains(accents, name[1:]) && asciiLetter(name[0]|0x20) {
		return name[:1], end + 1
	}
	return "", 0
}

// numbered reads “&#64;” and “&#x40;”.
func numbered(code string, size int) (string, int) {
	base := 10
	if rest, ok := strings.CutPrefix(strings.ToLower(code), "x"); ok {
		code, base = rest, 16
	}
	n, err := strconv.ParseUint(code, base, 20)
	if err != nil || n < ' ' {
		return "", 0
	}
	return string(rune(n)), size
}

// Tags inside a line are nothing, those between lines are a line end, cells stand between bars.
var tags = map[string]string{
	"b": "", "i": "", "u": "", "em": "", "strong": "", "span": "", "font": "", "a": "", "wbr": "", "mark": "", "small": "", "sub": "", "sup": "", "s": "", "tt": "", "code": "",
	"br": "\n", "p": "\n", "div": "\n", "li": "\n", "ul": "\n", "ol": "\n", "tr": "\n", "table": "\n", "tbody": "\n", "thead": "\n", "h1": "\n", "h2": "\n", "h3": "\n", "h4": "\n", "body": "\n", "html": "\n", "blockquote": "\n", "dl": "\n", "dt": "\n", "section": "\n",
	"td": "|", "th": "|", "dd": "|",
}

// longestTag is how many bytes one may have.
const longestTag = 80

// tag reads a tag without anything in it that must be read itself, like an address.
func tag(s string) (piece string, size int) {
	end := strings.IndexByte(s[:min(len(s), longestTag)], '>')
	if end < 2 {
		return "", 0
	}
	inside := s[1:end]
	if strings.ContainsAny(inside, "@<") || strings.Contains(inside, "tel:") || !ascii(inside) {
		return "", 0
	}
	name := strings.ToLower(strings.Trim(inside, "/ "))
	if at := strings.IndexByte(name, ' '); at > 0 {
		name = name[:at]
	}
	piece, known := tags[name]
	if !known {
		return "", 0
	}
	return piece, end + 1
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < ' ' {
			return false
		}
	}
	return true
}
