// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What this command makes is what the templ command of the same version makes, but for the
// mark that keeps each template alone and the calls that write pieces of text. The control is
// a template that is longer.
func TestPagesMakesWhatTemplMakes(t *testing.T) {
	ours, theirs := t.TempDir(), t.TempDir()
	templates, err := filepath.Glob("../../web/*.templ")
	if err != nil || len(templates) == 0 {
		t.Fatalf("no templates to try: %v", err)
	}
	for _, name := range templates {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range []string{ours, theirs} {
			if err := os.WriteFile(filepath.Join(folder, filepath.Base(name)), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	orphan := filepath.Join(ours, "gone_templ.go")
	if err := os.WriteFile(orphan, []byte("package web\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := generate(ours); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "tool", "templ", "generate", "-path", theirs).CombinedOutput(); err != nil {
		t.Fatalf("templ: %v\n%s", err, out)
	}
	if differ(t, ours, theirs) {
		t.Error("pages and templ make different code")
	}
	for _, name := range templates {
		code, err := os.ReadFile(filepath.Join(ours, strings.TrimSuffix(filepath.Base(name), ".templ")+"_templ.go"))
		if err != nil || !strings.Contains(string(code), "//go:noinline\nfunc ") {
			t.Errorf("%s: no template stands alone", filepath.Base(name))
		}
	}
	if _, err := os.Stat(orphan); err == nil {
		t.Error("code whose template is gone is still there")
	}
	changed := filepath.Join(ours, filepath.Base(templates[0]))
	text, err := os.ReadFile(changed)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(changed, append(text, "\ntempl another() {\n\t<p>another</p>\n}\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := generate(ours); err != nil {
		t.Fatal(err)
	}
	if !differ(t, ours, theirs) {
		t.Error("a changed template makes the same code: this test sees nothing")
	}
}

func differ(t *testing.T, ours, theirs string) bool {
	t.Helper()
	made, err := filepath.Glob(filepath.Join(theirs, "*_templ.go"))
	if err != nil || len(made) == 0 {
		t.Fatalf("templ made nothing: %v", err)
	}
	different := false
	for _, name := range made {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(ours, filepath.Base(name)))
		if err != nil || strings.ReplaceAll(string(got), "//go:noinline\n", "") != string(quicker(want)) {
			t.Logf("%s differs", filepath.Base(name))
			different = true
		}
	}
	return different
}

// Every piece of text goes by a function of package web, and is not asked for a fault; what
// else may fail is. The control is the code as templ wrote it.
func TestPiecesGoTheShortWay(t *testing.T) {
	folder := t.TempDir()
	template := "package web\n\ntempl one(kind, words string) {\n\t<p class={ \"a\", kind } title={ words }>{ words }</p>\n}\n"
	name := filepath.Join(folder, "one.templ")
	if err := os.WriteFile(name, []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	made, err := page(name)
	if err != nil {
		t.Fatal(err)
	}
	for call, times := range map[string]int{"escaped(templ_": 3, ", classes(templ_": 1, ".WriteString(\"": 4, "_Err != nil {": 0} {
		if got := strings.Count(string(made), call); got != times {
			t.Errorf("%s stands %d times in the code, not %d\n%s", call, got, times, made)
		}
	}
	theirs := regexp.MustCompile(`JoinStringErrs|EscapeString|RenderCSSItems|CSSClasses|templruntime\.WriteString`)
	if left := theirs.FindAllString(string(made), -1); left != nil {
		t.Errorf("still there: %q", left)
	}
	if out, err := exec.Command("go", "tool", "templ", "generate", "-path", folder).CombinedOutput(); err != nil {
		t.Fatalf("templ: %v\n%s", err, out)
	}
	plain, err := os.ReadFile(filepath.Join(folder, "one_templ.go"))
	if err != nil || len(theirs.FindAllString(string(plain), -1)) != 3+3+1+1+4 || strings.Count(string(plain), "_Err != nil {") != 1+3+3+4 {
		t.Errorf("templ writes its pieces otherwise than this test thinks (%v)\n%s", err, plain)
	}
}

// A fault in a template names the file.
func TestFaultNamesTheFile(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "wrong.templ"), []byte("package web\n\ntempl wrong() {\n\t<p>\n}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := generate(folder); err == nil {
		t.Error("a template that is not closed passes")
	} else if got := err.Error(); !strings.Contains(got, "wrong.templ") {
		t.Errorf("the file is not named: %s", got)
	}
	if err := generate(t.TempDir()); err == nil {
		t.Error("a folder without templates passes")
	}
}
