// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"encoding/json"
	"runtime/debug"
	"strings"
	"testing"
)

// ASVS 15.1.2: the program lists what the compiler wrote into it: each component with version
// and sum, under the name by which lists of weaknesses know it; of a replaced one what took its
// place. (A program made for tests holds no list of modules, so one is made here.)
func TestComponents(t *testing.T) {
	t.Parallel()
	list := listed(&debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Path: "example.org/loket"}, Deps: []*debug.Module{
		{Path: "modernc.org/sqlite", Version: "v1.60.1", Sum: "h1:een"},
		{Path: "example.org/oud", Version: "v1.0.0", Replace: &debug.Module{Path: "example.org/nieuw", Version: "v1.0.1", Sum: "h1:twee"}},
	}})
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"bomFormat":"CycloneDX"`, `"specVersion":"1.6"`, `"purl":"pkg:golang/stdlib@1.26.0"`, `"purl":"pkg:golang/modernc.org/sqlite@v1.60.1"`, `"value":"h1:een"`,
		`"purl":"pkg:golang/example.org/nieuw@v1.0.1"`, `"value":"h1:twee"`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	if strings.Contains(string(text), "example.org/oud") {
		t.Error("what was replaced is listed")
	}
	if status, said, _ := typed(t, "version", "--components"); status != exitOK || !strings.Contains(said, "CycloneDX") {
		t.Errorf("%d: %s", status, said)
	}
}
