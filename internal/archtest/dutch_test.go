// SPDX-License-Identifier: EUPL-1.2

package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A sentence for readers stands in locale, or in Go with its English beside it. What stands in
// Go in Dutch alone is Dutch too for who reads English (design.md §2).
func TestNoDutchAlone(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{".", "desk", "web", "work", "mail", "identity", "store", "seal", "ledger", "figures"} {
		files, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range dutchAlone(t, string(source)) {
				t.Errorf("%s: %s: put it in locale/, or its English beside it", file, found)
			}
		}
	}
}

// Control: one sentence in Dutch is found; one with its English, a route and English are not.
func TestNoDutchAloneControl(t *testing.T) {
	t.Parallel()
	got := dutchAlone(t, `package p
		import x "een/van/de"
		const lone = "te klein om te tonen"
		var pair = say("Er is niets gevraagd.", "Nothing was asked.")
		var text = Text{NL: "nog niet gedaan", EN: "not done yet"}
		var route = []string{"POST /zaak/{case}/niet-vernietigen"}
		func f() { nl, en := "Haal het weg.", "Remove it."; nl, en = nl+" van het loket", en+" of the desk" }`)
	if strings.Join(got, "|") != `3: "te klein om te tonen"` {
		t.Fatalf("found %q", got)
	}
}

// dutch are words that stand in nearly every Dutch sentence and in no English one.
var dutch = regexp.MustCompile(`(?i)(^|[^a-z])(het|een|niet|van|voor|wordt|zijn|deze|geen|onbekend|naar|ook|niets|dit|moet|nog|aan|wij|te|bij|kan|er)([^a-z]|$)`)

var route = regexp.MustCompile(`^((GET|POST) )?/`)

func dutchAlone(t *testing.T, source string) []string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	var above []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		above = append(above, n)
		if words, ok := sentenceOf(n); ok && dutch.MatchString(words) && !route.MatchString(words) && !paired(above) {
			found = append(found, strconv.Itoa(set.Position(n.Pos()).Line)+": "+strconv.Quote(words))
		}
		return true
	})
	return found
}

// sentenceOf is a literal of more than one word; a word alone is a name of something.
func sentenceOf(n ast.Node) (string, bool) {
	literal, ok := n.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	words, err := strconv.Unquote(literal.Value)
	return words, err == nil && strings.Contains(strings.TrimSpace(words), " ")
}

// paired tells whether the innermost literal has another language beside it: in the same
// call, the same Text, or the same line of two values.
func paired(above []ast.Node) bool {
	for _, n := range above {
		switch n := n.(type) {
		case *ast.CallExpr:
			if sentences(n.Args) > 1 {
				return true
			}
		case *ast.AssignStmt:
			if len(n.Rhs) > 1 {
				return true
			}
		case *ast.CompositeLit:
			for _, part := range n.Elts {
				if pair, ok := part.(*ast.KeyValueExpr); ok {
					if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "EN" {
						return true
					}
				}
			}
		}
	}
	return false
}

func sentences(args []ast.Expr) int {
	count := 0
	for _, arg := range args {
		found := false
		ast.Inspect(arg, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				found = true
			}
			return true
		})
		if found {
			count++
		}
	}
	return count
}
