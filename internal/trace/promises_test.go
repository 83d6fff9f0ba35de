// SPDX-License-Identifier: EUPL-1.2

package trace

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// promised are the promises about trust that docs/promises.md must have a row for.
var promised = []string{"S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S14", "S15"}

var namedTest = regexp.MustCompile("`([a-z/_]+_test\\.go)` ((?:Test[A-Za-z0-9]+(?: \\([^)]*\\))?(?:, )?)+)")

// promiseFaults says what is wrong with the page: a promise without a row, a row without a
// test, and a test that is not there.
func promiseFaults(page string, read func(string) string) (faults []string) {
	for _, id := range promised {
		_, row, there := strings.Cut(page, "\n| "+id+" |")
		row, _, _ = strings.Cut(row, "\n")
		if !there || strings.Count(row, "|") != 5 {
			faults = append(faults, id+" has no row of six cells")
			continue
		}
		named := namedTest.FindAllStringSubmatch(row, -1)
		if len(named) == 0 {
			faults = append(faults, id+" names no test")
		}
		for _, m := range named {
			for _, test := range regexp.MustCompile("Test[A-Za-z0-9]+").FindAllString(m[2], -1) {
				if !strings.Contains(read(m[1]), "\nfunc "+test+"(") {
					faults = append(faults, fmt.Sprintf("%s names %s in %s, which is not there", id, test, m[1]))
				}
			}
		}
	}
	return faults
}

// Issue 4: each promise about trust has its row, and every test that a row names is there.
// Control: a row that is gone, a test under another name and a row without a test are found.
func TestPromises(t *testing.T) {
	t.Parallel()
	page := fromTree("docs/promises.md")
	for _, fault := range promiseFaults(page, fromTree) {
		t.Error(fault)
	}
	for name, wrong := range map[string]string{
		"gone": strings.Replace(page, "\n| S04 |", "\n| S44 |", 1), "name": strings.Replace(page, "TestCanaries", "TestCanary", 1), "bare": strings.ReplaceAll(page, "`policies/mutant_test.go` TestMutants", "–"),
	} {
		if len(promiseFaults(wrong, fromTree)) == 0 {
			t.Errorf("control: %s is not found", name)
		}
	}
}
