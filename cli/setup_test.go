// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var invitation = regexp.MustCompile(`[a-z2-7]{26}`)

// Issue "The region works" item 1: a newcomer sets up a desk in the browser from nothing: an
// empty folder, an invitation, one form, and a desk where one can log in, see what is missing
// and put it right. The same code makes no second desk.
func TestNewcomer(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "d")
	r := serving(t, "nieuw-loket", "serve", "--data", folder, "--addr", "127.0.0.1:0", "--second-factor", "off")
	code := invitation.FindString(r.out.String())
	b := browser(t)
	post := func(path string, form url.Values) (int, string) {
		t.Helper()
		answer, err := b.PostForm(r.url+path, form)
		if err != nil {
			t.Fatal(err)
		}
		status, body, _ := read(t, answer)
		return status, body
	}
	if _, body, _ := get(t, b, r.url+"/"); !strings.Contains(body, "Op dit adres is geen loket") {
		t.Error("an empty installation shows something else")
	}
	form := url.Values{"code": {"verkeerd"}, "naam": {"Gemeente Voorbeeld"}, "protocol": {"rotterdam"}, "soort": {"municipality"}, "telefoon": {"010 000 00 00"}, "coordinator": {"Sam Voorbeeld"}, "inlognaam": {"sam"}}
	if status, body := post("/nieuw-loket", form); status != http.StatusUnprocessableEntity || !strings.Contains(body, `value="Gemeente Voorbeeld"`) || !strings.Contains(body, "niet (meer) geldig") {
		t.Errorf("a wrong code: status %d", status)
	}
	form.Set("telefoon", "")
	form.Set("inlognaam", "Sam Sam!")
	if _, body := post("/nieuw-loket", form); strings.Count(body, `class="utrecht-form-field-error-message"`) != 3 || !strings.Contains(body, `href="#code"`) || !strings.Contains(body, `href="#telefoon"`) || !strings.Contains(body, `href="#inlognaam"`) || strings.Contains(body, `href="#naam"`) {
		t.Error("three faults are not all said at once, each at its field")
	}
	form.Set("telefoon", "010 000 00 00")
	form.Set("inlognaam", "sam")
	form.Set("code", code)
	status, body := post("/nieuw-loket", form)
	password := regexp.MustCompile(`[A-Z2-7]{26}`).FindString(body)
	if status != http.StatusOK || password == "" || !strings.Contains(body, "Gemeente Voorbeeld heeft een loket") {
		t.Fatalf("status %d", status)
	}
	form.Set("naam", "Nog een")
	if status, _ := post("/nieuw-loket", form); status != http.StatusUnprocessableEntity {
		t.Errorf("the code works twice: %d", status)
	}
	if !logIn(t, b, r.url, "sam", password) {
		t.Fatal("no way in")
	}
	if _, body, _ = get(t, b, r.url+"/inrichting"); !strings.Contains(body, "heeft niemand dienst") || !strings.Contains(body, "wethouder") && !strings.Contains(body, "bestuurlijk") {
		t.Error("the check does not say what is missing")
	}
	_, body = post("/mensen", url.Values{"naam": {"Mila Verzonnen"}, "inlognaam": {"mila"}, "rol": {"desk_officer"}, "inloggen": {"1"}})
	theirs := strings.ReplaceAll(regexp.MustCompile(`([A-Z2-7]{4} ){6}[A-Z2-7]{2}`).FindString(body), " ", "")
	if logIn(t, browser(t), r.url, "mila", theirs) {
		t.Error("what an administrator reads is a password (ASVS 6.4.1)")
	}
	newcomer := browser(t)
	sendForm(t, newcomer, r.url+"/uitnodiging", url.Values{"code": {theirs}})
	if sendForm(t, newcomer, r.url+"/uitnodiging/wachtwoord", url.Values{"nieuw": {"blauwe stoel achter glas"}}); !inside(t, newcomer, r.url) {
		t.Error("a new colleague cannot log in")
	}
	_, log, _ := typed(t, "ledger", "read", "--data", folder, "--from", "2020-01-01", "--to", "2099-12-31")
	if !regexp.MustCompile(`;sam;\w+;login\.invited;done;;mila;`).MatchString(log) {
		t.Errorf("the log does not say who invited whom: %s", log)
	}
	if status, _ = post("/mensen", url.Values{"naam": {"Bram Nepnaam"}, "inlognaam": {"bram"}}); status != http.StatusUnprocessableEntity {
		t.Errorf("somebody without a role: %d", status)
	}
	r.stop()
	if status, out, _ := typed(t, "ledger", "verify", "--data", folder); status != exitOK {
		t.Error(out)
	}
}
