// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// exampleProtocol is a protocol of an invented municipality.
const exampleProtocol = "../protocol/testdata/voorbeeld"

// hosted sends every request to one desk's host, wherever its address points.
type hosted struct{ host string }

func (h hosted) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Host = h.host
	return http.DefaultTransport.RoundTrip(r)
}

// browserAt is a browser at the host of one desk. Desks share nothing but a cookie jar
// when one is given: a person who carries cookies across.
func browserAt(host string, jar http.CookieJar) *http.Client {
	return &http.Client{Jar: jar, Transport: hosted{host}}
}

// S03, issue "The region works" item 1: one installation serves two organisations, each with
// its own protocol, by host. Names, sessions and pages of one are nothing at the other.
func TestServesSeveralDesks(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "d")
	do := func(want int, says string, args ...string) string {
		t.Helper()
		status, out, err := typed(t, args...)
		if status != want || !strings.Contains(out+err, says) {
			t.Fatalf("%v: status %d, %s%s", args, status, out, err)
		}
		return out
	}
	do(exitOK, "noord", "desk", "set", "--data", folder, "--tenant", "noord", "--name", "Gemeente Noord", "--protocol", "rotterdam", "--phone", "010 000 00 00")
	do(exitOK, "zuid", "desk", "set", "--data", folder, "--tenant", "zuid", "--name", "Regio Zuid", "--kind", "purchasing_region", "--protocol", "voorbeeld", "--protocols", exampleProtocol, "--host", "zuid.localhost")
	do(exitUsage, "van een andere organisatie", "desk", "set", "--data", folder, "--tenant", "noord", "--host", "zuid.localhost")
	do(exitOK, "noord", "desk", "set", "--data", folder, "--tenant", "noord", "--host", "noord.localhost") // the rest stays
	do(exitUsage, "--protocols", "serve", "--data", folder, "--addr", "127.0.0.1:0")
	password := regexp.MustCompile(`[A-Z2-7]{26}`).FindString(do(exitOK, "wachtwoord", "person", "set", "--data", folder, "--tenant", "noord", "--id", "mila", "--name", "Mila Verzonnen", "--role", "desk_officer", "--login", "mila", "--password", "make"))

	r := serving(t, "zuid.localhost", "serve", "--data", folder, "--addr", "127.0.0.1:0", "--protocols", exampleProtocol, "--second-factor", "off")
	for host, name := range map[string]string{"127.0.0.1": "Gemeente Noord", "noord.localhost": "Gemeente Noord", "zuid.localhost": "Regio Zuid", "elders.example": "Op dit adres is geen loket"} {
		if _, body, _ := get(t, browserAt(host, nil), r.url+"/"); !strings.Contains(body, name) {
			t.Errorf("%s does not show %s", host, name)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	noord, zuid := browserAt("noord.localhost", jar), browserAt("zuid.localhost", jar)
	if logIn(t, zuid, r.url, "mila", password) {
		t.Error("in at the other desk, with an account of this one")
	}
	if !logIn(t, noord, r.url, "mila", password) {
		t.Error("control: not in at the own desk")
	}
	if inside(t, zuid, r.url) {
		t.Error("a session crosses")
	}
	if !inside(t, noord, r.url) {
		t.Error("control: the session is gone at the own desk")
	}
}

// The demo shows a second organisation at its own host when a second protocol is there.
func TestDemoOfSeveralDesks(t *testing.T) {
	t.Parallel()
	r := serving(t, "Ctrl-C", "demo", "--addr", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "demo"), "--protocols", exampleProtocol)
	port, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"http://rotterdam.localhost:" + port.Port(), "http://voorbeeld.localhost:" + port.Port() + "/melden"} {
		if !strings.Contains(r.out.String(), want) {
			t.Errorf("%s is not told", want)
		}
	}
	if _, body, _ := get(t, browserAt("voorbeeld.localhost", nil), r.url+"/"); !strings.Contains(body, "Voorbeeldstad (oefening)") {
		t.Error("the second desk does not answer")
	}
	jar, _ := cookiejar.New(nil)
	officer := browserAt("voorbeeld.localhost", jar)
	if !logIn(t, officer, r.url, "officer", demoPassword) {
		t.Error("no way into the second desk")
	}
	if status, mails, _ := get(t, officer, r.url+"/post"); status != http.StatusOK || strings.Contains(mails, "wethouder@example.org") {
		t.Error("the second desk shows the first one's mail")
	}
}

// A theme that does more than set tokens keeps the desk from starting, with its name.
func TestThemeIsRefused(t *testing.T) {
	t.Parallel()
	folder, themes := filepath.Join(t.TempDir(), "d"), t.TempDir()
	if err := os.WriteFile(filepath.Join(themes, "slecht.css"), []byte("body{display:none}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, err := typed(t, "desk", "set", "--data", folder, "--id", "x", "--name", "X", "--protocol", "rotterdam", "--theme", "slecht"); status != exitOK {
		t.Fatalf("%s%s", out, err)
	}
	if status, _, err := typed(t, "serve", "--data", folder, "--addr", "127.0.0.1:0", "--themes", themes); status != exitUsage || !strings.Contains(err, "slecht.css") {
		t.Errorf("status %d: %s", status, err)
	}
}
