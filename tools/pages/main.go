// SPDX-License-Identifier: EUPL-1.2

// Command pages makes the Go code of the pages from their templates: NAME.templ in a
// folder becomes NAME_templ.go beside it.
//
// It is templ's own parser and generator with nothing around them. The templ command does
// the same and much more: it holds a language server, a file watcher and a proxy. Whoever
// builds Loket for the first time would compile all of that for one pass over one folder.
// A test holds the two to the same output, but for one mark per template (see alone) and for
// the calls that write each piece of text (see quicker).
//
//	go run -C tools ./pages ../web
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/a-h/templ"
	"github.com/a-h/templ/generator"
	"github.com/a-h/templ/parser/v2"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("type the folder with the templates"))
	}
	fail(generate(os.Args[1]))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "pages:", err)
		os.Exit(1)
	}
}

// generate makes the code of every template in folder, and removes code whose template is gone.
func generate(folder string) error {
	templates, err := filepath.Glob(filepath.Join(folder, "*.templ"))
	if err != nil {
		return err
	}
	if len(templates) == 0 {
		return fmt.Errorf("%s holds no template (*.templ)", folder)
	}
	made := map[string]bool{}
	for _, template := range templates {
		code, err := page(template)
		if err != nil {
			return fmt.Errorf("%s: %w", template, err)
		}
		target := strings.TrimSuffix(template, ".templ") + "_templ.go"
		made[target] = true
		if err := write(target, code); err != nil {
			return err
		}
	}
	return removeOthers(folder, made)
}

// page makes the code of one template. What templ warns about is refused here: a warning
// in the middle of a build is read by nobody.
func page(template string) ([]byte, error) {
	parsed, err := parser.Parse(template)
	if err != nil {
		return nil, err
	}
	warnings, err := parser.Diagnose(parsed)
	if err != nil {
		return nil, err
	}
	for _, w := range warnings {
		return nil, fmt.Errorf("line %d: %s", w.Range.From.Line+1, w.Message)
	}
	var code bytes.Buffer
	if _, err := generator.Generate(parsed, &code, generator.WithVersion(templ.Version()), generator.WithFileName(filepath.Base(template))); err != nil {
		return nil, err
	}
	tidy, err := format.Source(code.Bytes())
	return alone(quicker(tidy)), err
}

// quicker lets a template write its texts by functions of package web (web/piece.go). Those
// of templ send every text through fmt and every class through two maps, which was a quarter
// of the work of a case page; and they ask after each piece whether it could be written. The
// buffer remembers that: what fails once fails until it is released, where templ asks too.
// Without the asking the pages are half as much code to compile.
func quicker(code []byte) []byte {
	code = styles.ReplaceAll(code, nil)
	for _, call := range calls {
		code = call.theirs.ReplaceAll(code, []byte(call.ours))
	}
	return code
}

// Pieces of the patterns: what templ names its variables, and how it asks for a fault.
const (
	name  = `templ_\w+`
	asked = `\n\s*if ` + name + ` != nil \{\n\s*return (?:` + name + `|templ\.Error\{[^\n]*\})\n\s*\}`
)

// styles is the statement that would write styles beside a class: there are none, and the
// pages' policy forbids them.
var styles = regexp.MustCompile(`(?m)^\s*` + name + ` = templ\.RenderCSSItems\(.*\)` + asked + `\n`)

// calls are a text of the template, one of an expression, and an address.
var calls = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(name + ` = templruntime\.WriteString\((` + name + `), \d+, (.*)\)` + asked), `$1.WriteString($2)`},
	{regexp.MustCompile(`(?s)var ` + name + ` string\n\s*` + name + `, ` + name + ` = templ\.JoinStringErrs\((.*?)\)` + asked +
		`\n\s*_, ` + name + ` = (` + name + `)\.WriteString\(templ\.EscapeString\(` + name + `\)\)` + asked), `escaped($2, $1)`},
	{regexp.MustCompile(`_, ` + name + ` = (` + name + `)\.WriteString\(templ\.EscapeString\((` + name + `)\)\)` + asked), `escaped($1, $2)`},
	{regexp.MustCompile(`templ\.CSSClasses\((` + name + `)\)\.String\(\)`), `classes($1)`},
}

// component is the head of the function that a template becomes.
var component = regexp.MustCompile(`(?m)^func .*\) templ\.Component \{$`)

// alone keeps the compiler from copying a template into every template that shows it. The
// function around a template is so short that the compiler would, with all that is inside:
// a quarter more functions, and half as much time again to compile the pages.
func alone(code []byte) []byte { return component.ReplaceAll(code, []byte("//go:noinline\n$0")) }

// write leaves a file alone that is as it should be, so that what was built of it stays good.
func write(name string, code []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, code) {
		return nil
	}
	return os.WriteFile(name, code, 0o644)
}

func removeOthers(folder string, made map[string]bool) error {
	all, err := filepath.Glob(filepath.Join(folder, "*_templ.go"))
	if err != nil {
		return err
	}
	for _, name := range all {
		if made[name] {
			continue
		}
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}
