// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/loket/internal/postgrestest"
)

// browser keeps cookies and follows redirects, as a person's does.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

func get(t *testing.T, b *http.Client, address string) (status int, body string, end *url.URL) {
	t.Helper()
	answer, err := b.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, answer)
}

func read(t *testing.T, answer *http.Response) (int, string, *url.URL) {
	t.Helper()
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body), answer.Request.URL
}

// logIn reports whether name and password open the worklist.
func logIn(t *testing.T, b *http.Client, base, user, password string) bool {
	t.Helper()
	answer, err := b.PostForm(base+"/inloggen", url.Values{"gebruiker": {user}, "wachtwoord": {password}})
	if err != nil {
		t.Fatal(err)
	}
	read(t, answer)
	return inside(t, b, base)
}

func inside(t *testing.T, b *http.Client, base string) bool {
	t.Helper()
	_, _, end := get(t, b, base+"/werklijst")
	return end.Path == "/werklijst"
}

// From an empty folder to a working desk with the commands of the manual: organisation,
// person, serve, log in, block (S04), stop. On both engines.
func TestFromEmptyFolder(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { fromEmptyFolder(t) })
	t.Run("postgres", func(t *testing.T) { fromEmptyFolder(t, "--db", postgrestest.Start(t)) })
}

func fromEmptyFolder(t *testing.T, database ...string) {
	folder := filepath.Join(t.TempDir(), "d")
	do := func(want int, says string, args ...string) string {
		t.Helper()
		if args[0] != "health" {
			args = append(args, database...)
		}
		status, out, err := typed(t, args...)
		if status != want || !strings.Contains(out+err, says) {
			t.Fatalf("%v: status %d, %s%s", args, status, out, err)
		}
		return out
	}
	do(exitUsage, "onbekend", "desk", "set", "--data", folder, "--id", "oefening", "--name", "Oefening", "--protocol", "onbekend")
	do(exitOK, "oefening", "desk", "set", "--data", folder, "--id", "oefening", "--name", "Oefening", "--protocol", "rotterdam", "--phone", "010 000 00 00")
	do(exitUsage, "toverkol", "person", "set", "--data", folder, "--id", "mila", "--name", "Mila Verzonnen", "--role", "toverkol")
	do(exitOK, "zonder account", "person", "set", "--data", folder, "--id", "wethouder", "--name", "Wethouder Bedacht", "--role", "executive", "--email", "wethouder@example.org")
	made := do(exitOK, "wachtwoord", "person", "set", "--data", folder, "--id", "mila", "--name", "Mila Verzonnen", "--role", "desk_officer", "--role", "comms_adviser", "--login", "Mila", "--password", "make")
	password := regexp.MustCompile(`[A-Z2-7]{26}`).FindString(made)
	do(exitOK, "desk_officer, comms_adviser", "person", "list", "--data", folder)

	r := serving(t, "http://", append([]string{"serve", "--data", folder, "--addr", "127.0.0.1:0", "--second-factor", "off"}, database...)...)
	if !strings.Contains(r.out.String(), "mailserver") {
		t.Error("nobody is told that there is no mail server")
	}
	do(exitOK, "in orde", "health", "--addr", strings.TrimPrefix(r.url, "http://"))
	if status, body, _ := get(t, browser(t), r.url+"/melden"); status != http.StatusOK || strings.Contains(body, "Oefening.") {
		t.Errorf("status %d, or a practice banner at a real desk", status)
	}
	mila := browser(t)
	if logIn(t, browser(t), r.url, "mila", "verkeerd wachtwoord") {
		t.Error("in with a wrong password")
	}
	if rights := review(t, do, folder); !strings.HasSuffix(rights, ";wachtwoord;nee;;") {
		t.Errorf("a login that failed counts in the review of rights: %s", rights)
	}
	if !logIn(t, mila, r.url, "mila", password) {
		t.Error("not in with the right password")
	}
	yesterday, tomorrow := time.Now().AddDate(0, 0, -1).Format(time.DateOnly), time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	if said := do(exitOK, "moment;persoon", "ledger", "read", "--data", folder, "--from", yesterday, "--to", tomorrow); !strings.Contains(said, ";login;done;") || !strings.Contains(said, ";127.0.0.0/24;") || strings.Contains(said, "Mila") {
		t.Errorf("the log says %s", said)
	}
	if said := do(exitOK, "", "ledger", "ldv", "--data", folder, "--since", yesterday); said != "" {
		t.Errorf("logins and settings are lines about a case: %s", said)
	}
	do(exitUsage, "verwerkingsregister", "ledger", "ldv", "--data", folder, "--activity", "regel 7")
	if rights := review(t, do, folder); !strings.Contains(rights, ";V3;V5;wachtwoord;nee;20") || !strings.HasSuffix(rights, ";127.0.0.0/24") {
		t.Errorf("the review of rights says %s", rights)
	}
	do(exitOK, "mila", "person", "block", "--data", folder, "mila")
	if inside(t, mila, r.url) || logIn(t, mila, r.url, "mila", password) {
		t.Error("blocked, and still in")
	}
	if status := r.stop(); status != exitOK {
		t.Errorf("stopped with %d: %s", status, r.err.String())
	}
	do(exitDifferent, "antwoordt niet", "health", "--addr", strings.TrimPrefix(r.url, "http://"))
	do(exitOK, "in orde", "ledger", "verify", "--data", folder)
}

// review gives the first line of Mila in the review of rights (T6).
func review(t *testing.T, do func(int, string, ...string) string, folder string) string {
	t.Helper()
	for line := range strings.Lines(do(exitOK, "persoon;naam", "person", "review", "--data", folder)) {
		if strings.HasPrefix(line, "mila;") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}
