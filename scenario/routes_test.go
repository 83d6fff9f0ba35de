// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// Everything that a page sends can be told in a story, or the documentation says why not: the
// table of docs/scenarios.md names each address of docs/access-matrix.md once, with an action
// that exists. Control: an address more, and an action that nobody knows, are found.
func TestEveryPageHasItsAction(t *testing.T) {
	t.Parallel()
	matrix, page := document(t, "../docs/access-matrix.md"), document(t, "../docs/scenarios.md")
	if faults := untold(matrix, page); len(faults) > 0 {
		t.Error(strings.Join(faults, "\n"))
	}
	faults := untold(matrix+"\n| `POST /nergens` |", strings.Replace(page, "| `approve` |\n", "| `aprove` |\n", 1))
	if len(faults) != 2 {
		t.Errorf("control: %q", faults)
	}
}

func document(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	posts = regexp.MustCompile("`POST (/[^`]*)`")
	ticks = regexp.MustCompile("`([^`]+)`")
)

// untold says which addresses stand in no line of the table, in two, or in one without action.
func untold(matrix, page string) (faults []string) {
	_, table, _ := strings.Cut(page, "## From page to action")
	table, _, _ = strings.Cut(table, "\n## ")
	actions, _ := keysOf(reflect.TypeFor[Step]())
	told := map[string]int{}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || !strings.Contains(cells[1], "`/") {
			continue
		}
		for _, path := range ticks.FindAllStringSubmatch(cells[1], -1) {
			told[path[1]]++
		}
		for _, action := range ticks.FindAllStringSubmatch(cells[2], -1) {
			if _, known := actions[action[1]]; !known && !strings.Contains(cells[2], "none:") {
				faults = append(faults, "no such action: "+action[1])
			}
		}
	}
	for _, post := range posts.FindAllStringSubmatch(matrix, -1) {
		if told[post[1]] != 1 {
			faults = append(faults, "docs/scenarios.md, From page to action, must name once: "+post[1])
		}
		delete(told, post[1])
	}
	for path := range told {
		faults = append(faults, "docs/scenarios.md, From page to action, names an address that is not there: "+path)
	}
	return faults
}
