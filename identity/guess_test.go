// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"example.org/loket"
)

// whose is what others would try for Mila.
var whose = []string{"mila", "p1", "Mila Verzonnen", "Alfa Woongroepen", "oefening", "Gemeente Oefenstad"}

// weak are passwords that are long enough and easy to guess, with the kind that says why.
var weak = map[string]pieceKind{
	"Welkom2026!!!!": pieceRow, "wachtwoord123": pieceUsual, "W@chtw00rd2026": pieceUsual, "passwordpassword": pieceRow, "P@ssw0rd1234": pieceUsual,
	"geheim geheim geheim": pieceRow, "zomer2026zomer2026": pieceRow, "feyenoord1908!": pieceUsual, "Amsterdam2025#": pieceUsual,
	"qwertyuiop123": pieceRow, "123456789012": pieceUsual, "abcdefghijklmnop": pieceRow, "aaaaaaaaaaaaaaaaaaaa": pieceRow, "!!!!!!!!!!!!!!": pieceRow, "1qaz2wsx3edc4rfv": pieceRow,
	"loketloketloket": pieceRow, "incidentenloket": pieceOwn, "incidentenloket2026!": pieceOwn, "verzonnen-verzonnen": pieceOwn, "AlfaWoongroepen1": pieceOwn,
	"oefenstad2026!!": pieceOwn, "gemeente oefenstad": pieceOwn, "Welkom bij Alfa 1": pieceUsual, "2026040120260401": pieceRow, strings.Repeat("ab", 100): pieceRow,
}

var strong = []string{"een lang wachtwoord", "knalpot vijver otter zeef", "Tk9v-2rrB-xq7L-88dz", "ik at gisteren blauwe soep met een zaag", "hgfytrskdwqpl", "bril tegel mos kajuit"}

// S11, ASVS 6.2.1, 6.2.4, 6.2.11: usual and guessable passwords are refused with a reason that
// repeats nothing of them; a few loose words are fine.
func TestNewPassword(t *testing.T) {
	t.Parallel()
	lists := ranks()
	for password, kind := range weak {
		work, found := weigh(password, whose, lists)
		err := NewPassword(password, whose...)
		said, ok := errors.AsType[*loket.Error](err)
		if !ok || said.Code != loket.Invalid {
			t.Errorf("%q was taken: work %.1f", password, work)
			continue
		}
		if found != kind {
			t.Errorf("%q is refused for reason %d, not %d", password, found, kind)
		}
		if strings.Contains(said.Message.NL+said.Message.EN, password) || said.Message.NL == "" || said.Message.EN == "" {
			t.Errorf("%q: %+v", password, said.Message)
		}
	}
	for _, password := range strong {
		if err := NewPassword(password, whose...); err != nil {
			work, _ := weigh(password, whose, lists)
			t.Errorf("%q was refused: work %.1f: %v", password, work, err)
		}
	}
	for _, short := range []string{"", "Xk9v2rrBxq7", strings.Repeat("knalpot vijver ", 20), "knalpot Mila otter zeef"} {
		if NewPassword(short, whose...) == nil {
			t.Errorf("%q: too short, too long or with the user name in it", short)
		}
	}
}

// ASVS 6.2.4: none of the most used passwords may be chosen, also not with what people add
// to them to make them long enough.
func TestMostUsedPasswords(t *testing.T) {
	t.Parallel()
	used := library("data/Passwords.json")
	if len(used) < 3000 {
		t.Fatalf("only %d passwords in the list", len(used))
	}
	lists := ranks()
	for i, word := range used {
		if i > 3000 && i%20 > 0 {
			continue
		}
		for _, dressed := range []string{word, strings.ToUpper(word) + "2026!!!!", word + word + word} {
			if work, _ := weigh(dressed, nil, lists); work >= leastWork {
				t.Errorf("place %d: %q was taken: work %.1f", i, dressed, work)
			}
		}
	}
}

// Control: a rule that only asks for length and different signs takes most of the weak ones.
func TestNewPasswordCatches(t *testing.T) {
	t.Parallel()
	taken := 0
	for password := range weak {
		different := map[rune]bool{}
		for _, c := range password {
			different[c] = true
		}
		if len([]rune(password)) >= ShortestPassword && len(different) > 4 {
			taken++
		}
	}
	if taken < len(weak)/2 {
		t.Errorf("the old rule took only %d of %d: the list of weak ones proves little", taken, len(weak))
	}
	lists, own := ranks(), ownWords(whose)
	delete(lists, "welkom")
	if g := newGuess([]rune("welkomwelkom"), own, lists); g.cost[12] <= newGuess([]rune("welkomwelkom"), own, ranks()).cost[12] {
		t.Error("without its word in the list a password is no harder to guess")
	}
}

// A longer password made of the same is never easier than a part of it, and weighing ends
// for anything that may be typed.
func TestWeighing(t *testing.T) {
	t.Parallel()
	before, lists := 0.0, ranks()
	for n := 1; n < 40; n++ {
		work, _ := weigh("kx7"+strings.Repeat("q", n)+strconv.Itoa(n%2), nil, lists)
		if work < before-4 {
			t.Errorf("%d times: %.1f after %.1f", n, work, before)
		}
		before = work
	}
	for _, odd := range []string{"", "\x00", strings.Repeat("é", 256), strings.Repeat("🙂", 100), "a\u0301a\u0301", strings.Repeat("abc123", 40)} {
		weigh(odd, nil, lists)
	}
}
