// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"database/sql"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"example.org/loket/locale"
)

var printed = regexp.MustCompile(`(?m)^  (\S.*?)  +(\S+)  +(\S+)$`)
var returnCode = regexp.MustCompile(`(?m)^  (\d{4}-\d{4}): ([0-9A-Z-]{19}) `)

// The demo is there at once: a login for every role, cases in all states, caught mail,
// return codes that work; and it is still there after a restart.
func TestDemo(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "demo")
	r := serving(t, "Ctrl-C", "demo", "--addr", "127.0.0.1:0", "--data", folder)
	if r.err.String() != "" {
		t.Errorf("the story went otherwise:\n%s", r.err.String())
	}
	checkLogins(t, r)
	checkMail(t, r)
	codes := returnCode.FindAllString(r.out.String(), -1)
	if len(codes) < 8 {
		t.Errorf("%d return codes", len(codes))
	}
	if status := r.stop(); status != exitOK {
		t.Errorf("stopped with %d", status)
	}
	again := serving(t, "Ctrl-C", "demo", "--addr", "127.0.0.1:0", "--data", folder)
	if strings.Join(returnCode.FindAllString(again.out.String(), -1), "") != strings.Join(codes, "") {
		t.Error("after a restart the return codes are others")
	}
	checkMail(t, again)
	again.stop()
	checkLedger(t, folder)
}

func checkLogins(t *testing.T, r *running) {
	t.Helper()
	p, err := readProtocol("rotterdam")
	if err != nil {
		t.Fatal(err)
	}
	logins := map[string][]string{}
	for _, m := range printed.FindAllStringSubmatch(r.out.String(), -1) {
		logins[m[1]] = m[2:]
	}
	for _, role := range p.Roles {
		if role.Side != "reporter" && logins[role.Title.NL] == nil {
			t.Errorf("no login for %s", role.Title.NL)
		}
	}
	officer := browser(t)
	if l := logins["functionaris incidentenloket"]; l == nil || !logIn(t, officer, r.url, l[0], l[1]) {
		t.Fatalf("the officer cannot log in: %v", logins)
	}
	_, list, _ := get(t, officer, r.url+"/werklijst")
	if n := len(regexp.MustCompile(`/zaak/[a-z0-9]+`).FindAllString(list, -1)); n < 8 {
		t.Errorf("%d cases on the worklist", n)
	}
}

// checkMail looks at the mail that would have left: it is there, and says nothing.
func checkMail(t *testing.T, r *running) {
	t.Helper()
	b := browser(t)
	if !logIn(t, b, r.url, "functionaris", demoPassword) {
		t.Fatal("no way in")
	}
	status, mails, _ := get(t, b, r.url+"/post")
	if status != http.StatusOK || !strings.Contains(mails, "wethouder@example.org") {
		t.Errorf("status %d, no mail to the alderman", status)
	}
	for _, secret := range []string{"Mila Verzonnen", "Daan Bedacht", "Bram Nepnaam", "ALFA-2026", "ECHO-34"} {
		if strings.Contains(mails, secret) {
			t.Errorf("%q travels by mail", secret)
		}
	}
}

// checkLedger verifies the log of the demo, and finds one entry that was touched (S09).
func checkLedger(t *testing.T, folder string) {
	t.Helper()
	if status, out, err := typed(t, "ledger", "verify", "--data", folder); status != exitOK {
		t.Errorf("status %d: %s%s", status, out, err)
	}
	kept := filepath.Join(t.TempDir(), "checkpoint")
	_, signed, _ := typed(t, "ledger", "checkpoint", "--data", folder)
	if err := os.WriteFile(kept, []byte(signed), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, err := typed(t, "ledger", "verify", "--data", folder, "--checkpoint", kept); status != exitOK {
		t.Errorf("status %d: %s%s", status, out, err)
	}
	db, err := sql.Open("sqlite", filepath.Join(folder, "loket.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE ledger SET actor = 'iemand' WHERE idx = 7`); err != nil {
		t.Fatal(err)
	}
	if status, out, _ := typed(t, "ledger", "verify", "--data", folder); status != exitDifferent || !strings.Contains(out, "entry 7") {
		t.Errorf("control: a touched entry was not found: status %d, %s", status, out)
	}
}

// A folder with anything else in it is not made a demo of.
func TestDemoRefusesOtherFolders(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "loket.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, err := typed(t, "demo", "--addr", "127.0.0.1:0", "--data", folder)
	if status != exitUsage || !strings.Contains(err, folder) {
		t.Errorf("status %d: %s", status, err)
	}
}

// The story of the demo goes as told on any day: in the nights that the clock changes and
// around new year.
func TestDemoOnAnyDay(t *testing.T) {
	t.Parallel()
	p, err := readProtocol("rotterdam")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"2026-03-29T01:30:00Z", "2026-10-25T01:40:00Z", "2026-01-01T12:00:00Z"} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, at)
			if err != nil {
				t.Fatal(err)
			}
			var logged page
			known, err := inForce(nil)
			if err != nil {
				t.Fatal(err)
			}
			command := &demoCmd{Data: filepath.Join(t.TempDir(), "d")}
			d := &demo{command: command, desks: []*demoDesk{newDemoDesk(p)}, clock: &hands{}, now: now}
			d.practice, err = openPractice(t.Context(), parts{place: place{Data: command.Data}, rand: seededIDs(), protocols: known,
				log: slog.New(slog.NewTextHandler(&logged, nil))}, d.clock, demoMails)
			if err != nil {
				t.Fatal(err)
			}
			defer d.practice.close()
			if err := d.furnish(&console{ctx: t.Context(), out: &logged, err: &logged, lang: locale.NL}); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(logged.String(), "otherwise") {
				t.Error(logged.String())
			}
		})
	}
}

// ago and day become moments before now; an hour that comes by twice says which.
func TestDemoMoments(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 10, 25, 2, 0, 0, 0, time.UTC)
	for _, c := range [][3]string{
		{"30m", "ago", "2026-10-25 02:30 second"}, {"90m", "ago", "2026-10-25 02:30"},
		{"26h", "ago", "2026-10-24 02:00"}, {"3d", "day", "2026-10-22"}, {"-60d", "day", "2026-12-24"},
	} {
		parts := relative.FindStringSubmatch(c[1] + "(" + c[0] + ")")
		if got := written(parts[1], before(now, parts[2], parts[3]).In(zone)); got != c[2] {
			t.Errorf("%s(%s) is %s, want %s", c[1], c[0], got, c[2])
		}
	}
}

// Codes can be read aloud, ids cannot be guessed, stories are the same every time.
func TestIdentifiers(t *testing.T) {
	t.Parallel()
	ids := randomIDs()
	seen := map[string]bool{}
	for range 1000 {
		id, code := ids.ID(), ids.Code()
		if !regexp.MustCompile(`^[a-z2-7]{26}$`).MatchString(id) || !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$`).MatchString(code) {
			t.Fatalf("id %s, code %s", id, code)
		}
		if seen[id] || seen[code] {
			t.Fatal("twice the same")
		}
		seen[id], seen[code] = true, true
	}
	if seededIDs().ID() != seededIDs().ID() {
		t.Error("stories differ from run to run")
	}
}
