// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"regexp"
	"strings"
)

// A name: capitalised words in a row, with the small words that Dutch names hold.
var capitals = regexp.MustCompile(`\p{Lu}[\pL'’-]+(?:[ ]+(?:(?:van|de|den|der|ten|ter|het|el|al|bin|’t|'t)[ ]+){0,2}\p{Lu}[\pL'’-]+)+`)

// Where somebody lives: a street with a number, or a postcode. No year is taken for a postcode.
var (
	street   = regexp.MustCompile(`\p{Lu}[\pL'’. -]*(?:straat|laan|weg|plein|kade|singel|hof|dijk|pad|dreef|gracht|steeg|boulevard)[ ]+\d{1,4}[a-zA-Z]?\b`)
	postcode = regexp.MustCompile(`\b(?:1\d|2[1-9]|[3-9]\d)\d{2} ?[A-Z]{2}\b`)
)

// names finds the names of people in what reporters wrote: two capitalised words in a row,
// and the last of such a row by itself. Words that everybody uses, of organisations and of
// the protocol, are no names.
func names(texts []string, common map[string]bool) []string {
	var out []string
	for _, text := range texts {
		for _, row := range capitals.FindAllString(text, -1) {
			words := strings.Fields(row)
			last := len(words) - 1
			for from := last - 1; from >= 0; from-- {
				if small(words[from]) {
					continue
				}
				if !common[strings.ToLower(words[from])] && !common[strings.ToLower(words[last])] {
					out = append(out, strings.Join(words[from:last+1], " "))
				}
			}
			if !common[strings.ToLower(words[last])] && len([]rune(words[last])) > 3 {
				out = append(out, words[last])
			}
		}
	}
	return out
}

func small(word string) bool { return strings.ToLower(word) == word }

// findName looks for a name as a whole, with its capitals: “Bakker” is somebody, a
// “bakker” is a trade.
func findName(text, name string) bool {
	re, err := regexp.Compile(`(?:^|[^\pL\pN])` + regexp.QuoteMeta(name) + `(?:$|[^\pL\pN])`)
	return err == nil && re.MatchString(text)
}
