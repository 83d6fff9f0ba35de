// SPDX-License-Identifier: EUPL-1.2

package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// Every file of texts can be read; a key twice in one language is a fault.
func TestFilesRead(t *testing.T) {
	t.Parallel()
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, entry := range entries {
		texts := map[string]string{}
		if err := readInto(texts, entry.Name()); err != nil {
			t.Errorf("%s: %v", entry.Name(), err)
		}
		if said := notYAML(texts, entry.Name()); said != "" {
			t.Errorf("%s: %s", entry.Name(), said)
		}
		for key := range texts {
			at := entry.Name()[:2] + " " + key
			if seen[at] != "" {
				t.Errorf("%s stands in %s and in %s", key, seen[at], entry.Name())
			}
			seen[at] = entry.Name()
		}
	}
}

// notYAML tells where a file says something else to a parser of YAML than to ours.
func notYAML(texts map[string]string, name string) string {
	raw, err := files.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	var found map[string]string
	if err := yaml.Unmarshal(raw, &found); err != nil {
		return err.Error()
	}
	return cmp.Diff(found, texts)
}

// Control: a text that reads differently, one too many and one too few are noticed.
func TestFilesReadCatches(t *testing.T) {
	t.Parallel()
	for i, spoil := range []func(map[string]string){
		func(texts map[string]string) { texts["list.and"] = "'en'" },
		func(texts map[string]string) { texts["list.nor"] = "noch" },
		func(texts map[string]string) { delete(texts, "list.and") },
	} {
		texts := map[string]string{}
		if err := readInto(texts, "nl.yaml"); err != nil {
			t.Fatal(err)
		}
		if said := notYAML(texts, "nl.yaml"); said != "" {
			t.Fatal(said)
		}
		if spoil(texts); notYAML(texts, "nl.yaml") == "" {
			t.Errorf("change %d passes", i)
		}
	}
}

// Both languages have the same keys, with the same things to fill in.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	for _, fault := range disagreements(dutch, english) {
		t.Error(fault)
	}
}

// Control: the comparison sees a missing key, an empty text, a lost placeholder, and one for
// many that is not there for one.
func TestLanguagesAgreeControl(t *testing.T) {
	t.Parallel()
	nl := map[string]string{"a.one": "%d dag", "a.two": "ja", "a.three": "x", "b.one": "een", "b.other": "%d"}
	en := map[string]string{"a.one": "day", "a.two": " ", "a.four": "x", "b.one": "one", "b.other": "%d"}
	if got := len(disagreements(nl, en)); got != 5 {
		t.Fatalf("saw %d faults of 5", got)
	}
}

var verbs = regexp.MustCompile(`%(?:\[\d+\])?[-+# 0-9.]*[a-zA-Z]`)

func disagreements(nl, en map[string]string) []string {
	var faults []string
	for key, text := range nl {
		other, ok := en[key]
		switch {
		case !ok:
			faults = append(faults, key+" is not in English")
		case strings.TrimSpace(text) == "" || strings.TrimSpace(other) == "":
			faults = append(faults, key+" is empty")
		case !slices.Equal(fillers(text), fillers(other)):
			faults = append(faults, key+" fills in other things in Dutch and English")
		}
		stem, one := strings.CutSuffix(key, ".one")
		if many, ok := nl[stem+".other"]; one && ok && !slices.Equal(fillers(text), fillers(many)) {
			faults = append(faults, key+" fills in other things for one and for many")
		}
	}
	for key := range en {
		if _, ok := nl[key]; !ok {
			faults = append(faults, key+" is not in Dutch")
		}
	}
	return faults
}

// fillers are the things that a text fills in, in a fixed order.
func fillers(text string) []string { return sorted(verbs.FindAllString(text, -1)) }

func sorted(words []string) []string {
	sort.Strings(words)
	return words
}

// used matches T(lang, "key"), N(lang, "key", n) and the same as a method of a page
// without the language. A key that ends in a dot is the start of a composed one.
var used = regexp.MustCompile(`\b([TtNn])\(\s*(?:[\w.]+(?:\([^()]*\))?\s*,\s*)?"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\.?)"`)

// Every key that a source asks for exists.
func TestEveryUsedKeyExists(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git" || entry.Name() == "testdata") {
			return fs.SkipDir
		}
		if !sourceOfTexts(path) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if unknown := unknownKeys(string(text)); len(unknown) > 0 {
			t.Errorf("%s asks for texts that are in no file of texts: %s", path, strings.Join(unknown, " "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sourceOfTexts(path string) bool {
	if strings.HasSuffix(path, ".templ") {
		return true
	}
	return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go") &&
		filepath.Base(filepath.Dir(path)) != "protocol"
}

var comment = regexp.MustCompile(`(?m)^\s*//.*$`)

func unknownKeys(source string) []string {
	var unknown []string
	for _, found := range used.FindAllStringSubmatch(comment.ReplaceAllString(source, ""), -1) {
		key := found[2]
		if strings.Contains(key, ".") && !slices.Contains(unknown, key) && !keyExists(key, strings.EqualFold(found[1], "n")) {
			unknown = append(unknown, key)
		}
	}
	return unknown
}

func keyExists(key string, counted bool) bool {
	if strings.HasSuffix(key, ".") {
		for known := range dutch {
			if strings.HasPrefix(known, key) {
				return true
			}
		}
		return false
	}
	if counted {
		return Has(key+".one") && Has(key+".other")
	}
	return Has(key)
}

// Control: the search finds unknown keys in each way of asking, and passes known ones.
func TestEveryUsedKeyExistsControl(t *testing.T) {
	t.Parallel()
	source := `locale.T(lang, "no.such") p.T("no.such_one") { locale.N(p.Lang(), "clock.left", 3) }
		T(lang, "nothing."+state) T(lang, "clock.left", x) N(lang, "clock.days", 2) T(lang, "clock.state."+state) Sprint("no.match")`
	if got := unknownKeys(source); !slices.Equal(got, []string{"no.such", "no.such_one", "clock.left", "nothing."}) {
		t.Fatalf("found %q", got)
	}
}
