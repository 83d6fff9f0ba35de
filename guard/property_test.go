// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/loket/guard"
	"example.org/loket/internal/guardcorpus"
)

// sound says what is wrong with findings of a text: places outside it, no length, wrong
// order, another piece than the text has there.
func sound(text string, found []guard.Finding) string {
	runes := []rune(text)
	last := 0
	for _, f := range found {
		switch {
		case f.Start < 0 || f.End > len(runes) || f.Start >= f.End:
			return "a place outside the text"
		case f.Start < last:
			return "not in the order of the text"
		case utf8.ValidString(text) && f.Text != string(runes[f.Start:f.End]):
			return "another piece than the text has there"
		case f.Category == "" || f.Reason.NL == "" || f.Reason.EN == "":
			return "a finding without category or reason"
		}
		last = f.Start
	}
	return ""
}

// Whatever the text and the facts, the guard does not fall over and points into the text.
func FuzzCheck(f *testing.F) {
	for _, style := range guardcorpus.Styles {
		for _, it := range guardcorpus.Build(style, 3, 40, 20) {
			f.Add(it.Text, it.Case.Names[0], it.Case.DossierNumbers[0])
		}
	}
	for _, s := range []string{"", "\xff\xfe", "@", "+", "(06", "a.b.c.d", "1-2-3-4", "NL", "'", "van der", "M.", "geb.", "\u00ad-\n", "İ", "1.1.1.", "nul jaar", "16", "Ǆ-ﬁ-ß", "\u0301\u0301", "16 jaar uit", "e-mail at dot", "A. van", "()()(", "bsn 1 2 3 nummer 1", "&#64;", "&#x;", "<b", "<td>a</td>", "%4", "o1o", "N L 1", "1-o-l", "PB 1, 1234 AB"} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, text, name, value string) {
		k := guard.Known{Names: []string{name}, Values: []string{value}, Dossiers: []string{value}, Addresses: []string{value}, Phones: []string{value}, Emails: []string{value}, Places: []string{name}, Texts: []string{name}, Allowed: []string{name + value}, Ages: []int{16}}
		if wrong := sound(text, guard.Check(text, k)); wrong != "" {
			t.Fatalf("%s in %q", wrong, text)
		}
		guard.ParseDay(value)
	})
}

// Text before a text moves the findings and changes nothing else. Letters outside the Latin
// script and signs of two code units count as one.
func TestShift(t *testing.T) {
	t.Parallel()
	for _, style := range guardcorpus.Styles {
		for _, it := range guardcorpus.Build(style, 5, 300, 50) {
			k := guard.Known{Names: it.Case.Names, Dossiers: it.Case.DossierNumbers, Phones: it.Case.Phones, Emails: it.Case.Emails, Addresses: it.Case.Addresses, Allowed: it.Allowed}
			for _, before := range []string{"\n\n", "Het is zo. 😀\n\n", "日本 \u200b.\n\n"} {
				plain, moved := guard.Check(it.Text, k), guard.Check(before+it.Text, k)
				if len(plain) != len(moved) {
					t.Fatalf("%d findings became %d behind %q: %q", len(plain), len(moved), before, it.Text)
				}
				for i, f := range plain {
					by := utf8.RuneCountInString(before)
					if m := moved[i]; m.Start != f.Start+by || m.End != f.End+by || m.Category != f.Category || m.Text != f.Text {
						t.Fatalf("%v became %v behind %q", f, m, before)
					}
				}
			}
		}
	}
}

// Control: sound notices findings that are not right.
func TestSound(t *testing.T) {
	t.Parallel()
	why := guard.Reason{NL: "x", EN: "x"}
	for _, f := range []guard.Finding{
		{Start: 3, End: 9, Category: "name", Text: "abc", Reason: why}, {Start: 1, End: 1, Category: "name", Reason: why},
		{Start: 0, End: 1, Category: "name", Text: "b", Reason: why}, {Start: 0, End: 1, Category: "name", Text: "a"},
	} {
		if sound("abc", []guard.Finding{f}) == "" {
			t.Errorf("%v is not right, and was not noticed", f)
		}
	}
}

// A long text without a single space, or with one word over and over, takes no more time
// per byte than any other: the guard reads a text once.
func TestNoTextIsSlow(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"a", "1", "1.", "@", "van ", "A. ", "(", "06-", "Mila ", "x@", "NL12", "M.V."} {
		text := strings.Repeat(piece, 20_000)
		if wrong := sound(text, guard.Check(text, about)); wrong != "" {
			t.Errorf("%s in many %q", wrong, piece)
		}
	}
}
