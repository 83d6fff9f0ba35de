// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// writesByName finds places where a script sets a property whose name came from elsewhere, or
// copies all properties of one object to another.
var writesByName = regexp.MustCompile(`\w\[[^\]"'\d][^\]]*\]\s*=[^=>]|Object\.(assign|fromEntries|setPrototypeOf|defineProperty)|__proto__|\.prototype\b|Reflect\.set`)

// ASVS 15.3.6: nothing that a page or an answer holds can name the property that a script sets.
// Control: the usual ways to do so are seen.
func TestScriptsTakeNoKeys(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("assets/loket.js")
	if err != nil {
		t.Fatal(err)
	}
	if found := writesByName.FindString(string(script)); found != "" {
		t.Errorf("the script sets a property by name: %s", found)
	}
	for _, bad := range []string{`kept[name] = value`, `out[field.name]=field.value`, `Object.assign(kept, answer)`, `a.__proto__ = b`, `Reflect.set(a, b, c)`} {
		if !writesByName.MatchString(bad) {
			t.Errorf("control: %s is not seen", bad)
		}
	}
	if strings.Count(string(script), "\n") < 20 {
		t.Error("control: there is hardly a script")
	}
}
