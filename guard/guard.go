// SPDX-License-Identifier: EUPL-1.2

// Package guard finds what points to a person in a text that is about to leave.
//
// It compares the text with the identifying facts of the case itself, in the forms a
// writer would use, and looks for traceable combinations: an age together with a date or
// a place tells a village who it is (R-R-82 … R-R-84, DT-25). It decides nothing: the
// desk stops or warns.
package guard

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Known is what the case knows about its people. Values are compared, never shown again
// beyond the finding.
type Known struct {
	Values []string    // names, dossier numbers, phone numbers, addresses
	Dates  []time.Time // birth dates
	Ages   []int
	Places []string
	When   []time.Time // incident moments, local

	Texts  []string        // what people wrote in confidence; names in it are looked for
	Common map[string]bool // words that are no names, in small letters: organisations, terms
}

// Finding is one place in the text, with the reason in both languages.
type Finding struct {
	Kind   string
	Text   string
	Reason Reason
}

// Reason says why, in the reader's language.
type Reason struct{ NL, EN string }

// Check lists everything found, each thing once.
func Check(text string, k Known) []Finding {
	var out []Finding
	add := func(kind, piece, nl, en string) {
		for _, f := range out {
			if f.Kind == kind && f.Text == piece {
				return
			}
		}
		out = append(out, Finding{Kind: kind, Text: piece, Reason: Reason{NL: nl, EN: en}})
	}
	for _, v := range k.Values {
		if piece, ok := find(text, v); ok {
			add("case", piece, "een gegeven uit deze zaak", "a detail from this case")
		}
	}
	for _, name := range names(k.Texts, k.Common) {
		if findName(text, name) {
			add("name", name, "een naam uit de melding", "a name from the report")
			break // the longest form says enough
		}
	}
	for _, home := range []*regexp.Regexp{street, postcode} {
		if piece := home.FindString(text); piece != "" {
			add("address", piece, "een adres", "an address")
		}
	}
	for _, d := range k.Dates {
		for _, form := range dateForms(d) {
			if piece, ok := find(text, form); ok {
				add("birth_date", piece, "een geboortedatum", "a date of birth")
			}
		}
	}
	if n := bsn(text); n != "" {
		add("bsn", n, "een burgerservicenummer", "a citizen service number")
	}
	for _, m := range mailOrPhone.FindAllString(text, -1) {
		add("contact", m, "een telefoonnummer of e-mailadres", "a phone number or e-mail address")
	}
	traceable(text, k, add)
	return out
}

// traceable: an age of the case with its date or its place (R-R-84).
func traceable(text string, k Known, add func(kind, piece, nl, en string)) {
	age := agePiece(text, k.Ages)
	if age == "" {
		return
	}
	for _, at := range k.When {
		for _, form := range dateForms(at) {
			if piece, ok := find(text, form); ok {
				add("traceable", age+" + "+piece, fmt.Sprintf("leeftijd en datum samen (%s, %s)", age, piece), fmt.Sprintf("age and date together (%s, %s)", age, piece))
				return
			}
		}
	}
	for _, place := range k.Places {
		if piece, ok := find(text, place); ok {
			add("traceable", age+" + "+piece, fmt.Sprintf("leeftijd en plaats samen (%s, %s)", age, piece), fmt.Sprintf("age and place together (%s, %s)", age, piece))
		}
	}
}

func agePiece(text string, ages []int) string {
	for _, a := range ages {
		re := regexp.MustCompile(fmt.Sprintf(`(?i)\b%d[- ]?(jaar|jarige?|years?)\b`, a))
		if m := re.FindString(text); m != "" {
			return m
		}
	}
	return ""
}

// find looks for a whole word or number, whatever the case.
func find(text, value string) (string, bool) {
	value = strings.TrimSpace(value)
	if len([]rune(value)) < 3 {
		return "", false
	}
	re, err := regexp.Compile(`(?i)(?:^|[^\pL\pN])(` + regexp.QuoteMeta(value) + `)(?:$|[^\pL\pN])`)
	if err != nil {
		return "", false
	}
	m := re.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return m[1], true
}

var months = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// dateForms are the ways a Dutch writer puts a day.
func dateForms(d time.Time) []string {
	month := months[d.Month()-1]
	return []string{
		d.Format("2006-01-02"), d.Format("02-01-2006"), d.Format("2-1-2006"), d.Format("02/01/2006"), d.Format("2/1/2006"),
		fmt.Sprintf("%d %s %d", d.Day(), month, d.Year()), fmt.Sprintf("%d %s", d.Day(), month), fmt.Sprintf("%d %s", d.Day(), month[:3]),
	}
}

var (
	mailOrPhone = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+|\b0\d{1,3}[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}\b|\b06[ -]?\d{8}\b`)
	nineDigits  = regexp.MustCompile(`\b\d{9}\b`)
)

// bsn finds nine digits that pass the eleven-test.
func bsn(text string) string {
	for _, m := range nineDigits.FindAllString(text, -1) {
		sum := 0
		for i := range 8 {
			sum += int(m[i]-'0') * (9 - i)
		}
		if sum -= int(m[8] - '0'); sum%11 == 0 && sum != 0 {
			return m
		}
	}
	return ""
}
