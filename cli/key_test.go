// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var printedKey = regexp.MustCompile(`loket_[a-z0-9]{26}_[a-z0-9]{52}`)

// machine asks as a program would: no cookies, a key in the header.
func machine(t *testing.T, method, address, key, body string) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "7d1f6f5e-6c3c-4b8e-9a54-1f2f00000001")
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"X-Content-Type-Options", "Content-Security-Policy", "Cache-Control"} {
		if answer.Header.Get(name) == "" {
			t.Errorf("%s %s: no %s", method, address, name)
		}
	}
	said := map[string]any{}
	if err := json.Unmarshal(text, &said); err != nil {
		t.Fatalf("%d: %s", answer.StatusCode, text)
	}
	return answer.StatusCode, said
}

// S04, R03: from an empty folder to a report by a machine: sent twice it is one case, it is
// followed and counted, and a key that is revoked while the desk runs opens nothing any more.
func TestKeysFromEmptyFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "d")
	do := func(args ...string) string {
		t.Helper()
		status, out, err := typed(t, append(args, "--data", folder)...)
		if status != exitOK {
			t.Fatalf("%v: status %d, %s%s", args, status, out, err)
		}
		return out
	}
	do("desk", "set", "--id", "noord", "--name", "Gemeente Noord", "--protocol", "rotterdam", "--phone", "010 000 00 00")
	alfa := printedKey.FindString(do("key", "make", "--title", "Cliëntsysteem", "--organisation", "Alfa Zorg"))
	counts := printedKey.FindString(do("key", "make", "--title", "Dashboard", "--opens", "register"))
	if alfa == "" || counts == "" {
		t.Fatal("no key was printed")
	}
	for _, wrong := range [][]string{{"--organisation", "Alfa", "--opens", "register"}, {"--days", "900"}} {
		if status, _, _ := typed(t, append([]string{"key", "make", "--title", "x", "--data", folder}, wrong...)...); status == exitOK {
			t.Errorf("%v was taken", wrong)
		}
	}
	r := serving(t, "Noord", "serve", "--data", folder, "--addr", "127.0.0.1:0")
	const report = `{"antwoorden": {"kinds": ["serious_violence"], "description": "Een cliënt is geslagen.", "incident": {"dag": "2026-01-05"}}}`
	status, first := machine(t, http.MethodPost, r.url+"/api/v1/meldingen", alfa, report)
	if status != http.StatusCreated {
		t.Fatalf("%d %v", status, first)
	}
	if _, again := machine(t, http.MethodPost, r.url+"/api/v1/meldingen", alfa, report); again["nummer"] != first["nummer"] || again["terugkeercode"] != first["terugkeercode"] {
		t.Errorf("sent twice: %v", again)
	}
	address := r.url + "/api/v1/meldingen/" + first["nummer"].(string)
	if status, said := machine(t, http.MethodGet, address, alfa, ""); status != http.StatusOK || said["stand"] != "ontvangen" {
		t.Errorf("following: %d %v", status, said)
	}
	if status, said := machine(t, http.MethodGet, r.url+"/api/v1/register", counts, ""); status != http.StatusOK || len(said["zaken"].([]any)) > 1 {
		t.Errorf("the register: %d %v", status, said)
	}
	do("key", "end", strings.Split(alfa, "_")[1])
	for _, address := range []string{r.url + "/api/v1/meldingen", address} {
		if status, said := machine(t, http.MethodGet, address, alfa, ""); status != http.StatusUnauthorized && status != http.StatusMethodNotAllowed || said["telefoon"] != "010 000 00 00" {
			t.Errorf("a revoked key at %s: %d %v", address, status, said)
		}
	}
	if out := do("key", "list"); !strings.Contains(out, "Cliëntsysteem") || strings.Contains(out, alfa) {
		t.Errorf("the list: %s", out)
	}
	if out := do("ledger", "verify"); out == "" {
		t.Error("the ledger says nothing")
	}
}
