// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// people are the specimens that hold persons on purpose: a list of who is contact.
var people = map[string]bool{"DOC-56-contact_overview.md": true}

// R-R-82, DT-25: in what the desk itself writes nothing points to a person. Control: with a
// name planted in it, known or unknown to the case, the same document is stopped.
func TestSpecimensHoldNobody(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../protocols/*/specimens/*.md")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d specimens, %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		found := Check(text, Known{})
		if people[filepath.Base(file)] {
			if len(found) < 5 {
				t.Errorf("%s holds people; %d were found", file, len(found))
			}
			continue
		}
		for _, f := range found {
			t.Errorf("%s: %q is taken for %s (%s)", file, f.Text, f.Category, f.Reason.EN)
		}
		planted(t, file, text)
	}
}

// planted puts a name behind the first sentence and looks for it, once as a name of the case
// without its capital and once as that of a stranger.
func planted(t *testing.T, file, text string) {
	at := strings.Index(text, ".\n")
	if at < 0 {
		at = len(text)
	}
	for name, k := range map[string]Known{"verzonnenstein": {Names: []string{"Mila Verzonnenstein"}}, "Fatima Bouzekri": {}} {
		with := text[:at] + ". Toen belde " + name + " weer" + text[at:]
		hit := false
		for _, f := range Check(with, k) {
			hit = hit || strings.Contains(name, f.Text) && f.Category == Name
		}
		if !hit {
			t.Errorf("%s: %q was planted and not found", file, name)
		}
	}
}
