// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var madePassword = regexp.MustCompile(`[A-Z2-7]{26}`)

// ASVS 7.4.5, S04: an operator ends the sessions of one person, or of everybody, at once; they
// may log in again. Control: the other goes on when one is named.
func TestPersonOut(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "d")
	do := func(want int, args ...string) string {
		t.Helper()
		status, out, err := typed(t, append(args, "--data", folder)...)
		if status != want {
			t.Fatalf("%v: status %d, %s%s", args, status, out, err)
		}
		return out + err
	}
	do(exitOK, "desk", "set", "--id", "noord", "--name", "Gemeente Noord", "--protocol", "rotterdam", "--phone", "010 000 00 00")
	passwords := map[string]string{}
	for _, id := range []string{"mila", "daan"} {
		passwords[id] = passwordIn(t, do(exitOK, "person", "set", "--id", id, "--name", "Mila Verzonnen", "--role", "desk_officer", "--login", id, "--password", "make"))
	}
	r := serving(t, "Noord", "serve", "--data", folder, "--addr", "127.0.0.1:0", "--second-factor", "off")
	mila, daan := browser(t), browser(t)
	if !logIn(t, mila, r.url, "mila", passwords["mila"]) || !logIn(t, daan, r.url, "daan", passwords["daan"]) {
		t.Fatal("nobody is in")
	}
	do(exitOK, "person", "out", "mila")
	if inside(t, mila, r.url) || !inside(t, daan, r.url) {
		t.Error("not only Mila is out")
	}
	if !logIn(t, mila, r.url, "mila", passwords["mila"]) {
		t.Error("Mila cannot come back")
	}
	if out := do(exitOK, "person", "out", "--everybody"); !strings.Contains(out, "2") {
		t.Errorf("said %s", out)
	}
	if inside(t, mila, r.url) || inside(t, daan, r.url) {
		t.Error("somebody is still in")
	}
	for _, wrong := range [][]string{{"person", "out"}, {"person", "out", "mila", "--everybody"}, {"person", "out", "sara"}} {
		if status, _, _ := typed(t, append(wrong, "--data", folder)...); status == exitOK {
			t.Errorf("%v did something", wrong)
		}
	}
}

func passwordIn(t *testing.T, said string) string {
	t.Helper()
	found := madePassword.FindString(said)
	if found == "" {
		t.Fatalf("no password in %q", said)
	}
	return found
}
