// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/loket/policies"
)

var (
	asksFor   = regexp.MustCompile(`(?:may\w*|\w+For)\([^"\n]*"([a-z]+\.[a-z]+)"|action(?:, is)? = "([a-z]+\.[a-z]+)"`)
	eventType = regexp.MustCompile(`Type\(\) string +\{ return "([a-z]+\.[a-z]+)" \}`)
	inSchema  = regexp.MustCompile(`"([a-z]+\.[a-z]+)"`)
)

// found are the words that a pattern finds in the Go files of a folder.
func found(t *testing.T, folder string, pattern *regexp.Regexp) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasSuffix(f, "_test.go") {
				out[m[1]+strings.Join(m[2:], "")] = true
			}
		}
	}
	return out
}

// S01: every event and every question of the desk is an action of the schema, so that it has
// its line in docs/permissions.md; and the schema has no action that nobody asks for.
func TestEveryActionHasItsCell(t *testing.T) {
	t.Parallel()
	asked := found(t, "..", eventType)
	for action := range found(t, ".", asksFor) {
		asked[action] = true
	}
	if len(asked) < 50 {
		t.Fatalf("only %d actions found: the patterns of this test are blind", len(asked))
	}
	known := map[string]bool{}
	for _, m := range inSchema.FindAllStringSubmatch(policies.Schema(), -1) {
		known[m[1]] = true
	}
	for action := range asked {
		if !known[action] {
			t.Errorf("%s is no action of policies/loket.cedarschema", action)
		}
	}
	for action := range known {
		if !asked[action] {
			t.Errorf("nobody asks for %s", action)
		}
	}
}
