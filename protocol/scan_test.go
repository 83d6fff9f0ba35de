// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScanFindsWhatMayIdentify(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, text string
		want       []Scan
	}{
		{"bsn", "Nummer 111222333 genoteerd", []Scan{{Kind: "bsn", Text: "111222333"}}},
		{"bsn with dots", "bsn 1112.22.333", []Scan{{Kind: "bsn", Text: "1112.22.333"}}},
		{"control: fails the eleven-test", "Zaaknummer 111222334", nil},
		{"mail", "mail mila@example.org even", []Scan{{Kind: "email", Text: "mila@example.org"}}},
		{"phone", "bel 010 000 00 00 of +31 6 00000000", []Scan{{Kind: "phone", Text: "010 000 00 00"}, {Kind: "phone", Text: "+31 6 00000000"}}},
		{"birth", "geboren op 3 maart 2024", []Scan{{Kind: "date", Text: "3 maart 2024"}}},
		{"old date", "dossier 03-05-2009", []Scan{{Kind: "date", Text: "03-05-2009"}}},
		{"control: date of the incident", "Op 3 maart 2026 viel iemand", nil},
		{"name", "Toen belde Mila Verzonnen ons", []Scan{{Kind: "name", Text: "Mila Verzonnen"}}},
		{"name with prefix", "met Daan van der Bedacht", []Scan{{Kind: "name", Text: "Daan van der Bedacht"}}},
		{"initials", "met S. Fictie gesproken", []Scan{{Kind: "name", Text: "S. Fictie"}}},
		{"after an opener", "De Bram Nepnaam uit het verhaal", []Scan{{Kind: "name", Text: "Bram Nepnaam"}}},
		{"control: institutions", "Veilig Thuis en de Raad voor de Kinderbescherming", nil},
		{"control: plain sentence", "De cliënt viel van de trap. Wij belden 112.", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ScanText(c.text)
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("ScanText(%q): %s", c.text, diff)
			}
		})
	}
}

// What a scanner says it surely does not hold, its expression does not find either: the
// quick look may save time, never a warning (R-R-141).
func FuzzScanQuickLook(f *testing.F) {
	for _, text := range []string{
		"met S. Fictie gesproken", "Toen belde Mila Verzonnen ons", "met Daan van der Bedacht", "’t Lam Sara", "Anne-Fleur D'Or bel 010 000 00 00",
		"geboren op 3 maart 2024", "mila@example.org", "De groep. De groep. Ik", "J.P. de Nepnaam", "Jan 't Verzonnen", "É. Été", "Jan- Piet", "111222333",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for i, s := range scanners {
			found := &finds{}
			if s.look(text, found); len(found.marks) > 0 && !s.perhaps(text) {
				t.Errorf("scanner %d overlooks %v in %q", i, found.marks, text)
			}
		}
	})
}

// S13: anybody may send a text of a megabyte, and what is in it is found in one go through it.
// Control: holding each piece against all others finds the same in a short text; in these it
// took up to half a minute each, which the limit of the test run notices.
func TestNoTextIsSlowToScan(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"a@b.nl ", "111222333 ", "06-12345678 ", "01-02-2010 ", "Jan van den Berg ", "J.K. de Vries ", "geb. 1 mei 2010 "} {
		if found := len(ScanText(strings.Repeat(piece, 32_000))); found < 16_000 {
			t.Errorf("%d found of 32,000 times %q", found, piece)
		}
	}
}

// A later scanner leaves alone what an earlier one took, wherever it lies.
func TestTakenOnce(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		f, plain := &finds{}, []mark(nil)
		for range 20 {
			from := rng.IntN(60)
			at := []int{from, from + 1 + rng.IntN(8)}
			free := !slices.ContainsFunc(plain, func(m mark) bool { return at[0] < m.to && m.from < at[1] })
			if free {
				plain = append(plain, mark{"x", at[0], at[1]})
			}
			f.take("x", at)
		}
		if !slices.Equal(f.marks, plain) {
			t.Fatalf("took %v, want %v", f.marks, plain)
		}
	}
}
