// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// ASVS 13.4.2, 15.2.3: the holes for the scanners' control are in no program that is built
// without asking for them, nor is anything else made for tests. Control: asked for, they are.
func TestNormalBuildHasNoHoles(t *testing.T) {
	t.Parallel()
	normal, control := built(t), built(t, "-tags=planted")
	for _, file := range normal {
		if strings.Contains(file, "planted.go") || strings.Contains(file, "httptest") || strings.Contains(file, "testkit") || strings.HasPrefix(file, "testing/") {
			t.Errorf("the program holds %s", file)
		}
	}
	if !slices.Contains(control, "example.org/loket/cli/planted.go") || slices.Contains(control, "example.org/loket/cli/planted_not.go") {
		t.Error("the control build has no holes")
	}
	pages := http.NotFoundHandler()
	if got := planted(pages); got == nil {
		t.Error("no pages")
	}
}

// built are the files that a build of the program is made of.
func built(t *testing.T, tags ...string) []string {
	t.Helper()
	list := exec.Command("go", append(append([]string{"list"}, tags...), "-deps", "-f", "{{range .GoFiles}}{{$.ImportPath}}/{{.}}\n{{end}}", "../cmd/loket")...)
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	files := strings.Fields(string(out))
	if len(files) < 500 {
		t.Fatalf("only %d files", len(files))
	}
	return files
}
