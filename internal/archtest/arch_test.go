// SPDX-License-Identifier: EUPL-1.2

// Package archtest holds the import table of the house and fails on any arrow that is not
// in it. The table is docs/architecture.md in a form that cannot go stale.
package archtest

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "example.org/loket"

// may says what each package of the module imports of the module. "*" is everything.
var may = map[string][]string{
	"":                      {"protocol"},
	"protocol":              {},
	"protocols":             {},
	"policies":              {"protocol"},
	"seal":                  {},
	"ledger":                {},
	"guard":                 {},
	"figures":               {},
	"locale":                {},
	"municipality":          {},
	"desk":                  {"", "protocol", "policies", "guard", "figures", "locale", "municipality"},
	"store":                 {"", "protocol", "desk", "ledger", "seal"},
	"mail":                  {"", "protocol", "desk"},
	"work":                  {"", "protocol", "desk"},
	"identity":              {"", "protocol", "desk"},
	"scenario":              {"", "protocol", "desk"},
	"chart":                 {"protocol"},
	"api":                   {"", "protocol", "desk", "locale"},
	"web":                   {"", "protocol", "desk", "locale", "chart"},
	"cli":                   {"*"},
	"cmd/loket":             {"cli"},
	"internal/testkit":      {"*"},
	"internal/archtest":     {},
	"internal/postgrestest": {},
	"internal/trace":        {},
	"internal/guardcorpus":  {},
	"internal/visitor":      {},
	"bench":                 {"*"},
	"bench/guard":           {"guard", "internal/guardcorpus"},
	"internal/scan":         {},
}

// arrows lists importer → imported, both relative to the module.
func arrows(t *testing.T, root string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "data" || d.Name() == "tools" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		if rel == "." {
			rel = ""
		}
		out[rel] = append(out[rel], ours(file.Imports)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// forbidden are the arrows that the table does not have.
func forbidden(found map[string][]string, table map[string][]string) []string {
	var out []string
	for from, to := range found {
		allowed, known := table[from]
		if !known {
			out = append(out, "package "+from+" is not in the import table")
			continue
		}
		for _, imported := range to {
			if !slices.Contains(allowed, "*") && !slices.Contains(allowed, imported) {
				out = append(out, from+" imports "+imported)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestImportTable(t *testing.T) {
	t.Parallel()
	for _, wrong := range forbidden(arrows(t, "../.."), may) {
		t.Error(wrong)
	}
}

// Control: an arrow that points outward is found.
func TestImportTableCatches(t *testing.T) {
	t.Parallel()
	broken := map[string][]string{"protocol": {"desk"}, "store": {"web"}, "newcomer": nil}
	if got := forbidden(broken, may); len(got) != 3 {
		t.Fatalf("three forbidden arrows planted, found %v", got)
	}
}

// The centre is pure: no clock, randomness, environment, files, network or logging.
func TestCentreIsPure(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"../..", "../../protocol", "../../guard"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f, "_test.go") {
				for _, wrong := range impure(read(t, f)) {
					t.Errorf("%s: %s", f, wrong)
				}
			}
		}
	}
}

// Control: each impurity is found in a planted line.
func TestCentreIsPureCatches(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"now := time.Now()", `import "math/rand"`, `os.Getenv("X")`, `log.Println()`, `"net/http"`} {
		if len(impure(line)) == 0 {
			t.Errorf("not noticed: %s", line)
		}
	}
}

var impurities = regexp.MustCompile(`time\.Now\(|time\.Since\(|"math/rand|"crypto/rand"|os\.(Getenv|Open|ReadFile|Create)|"net/http"|"log"|log\.Print`)

func impure(source string) []string { return impurities.FindAllString(source, -1) }

// No word of a real protocol in Go: roles, terms, criteria and letters are data. Tests,
// scenarios and demo data may name them.
func TestNoProtocolWords(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", "testdata", ".git", "protocols", "scenarios", "archtest", "testkit", "bench", "data", "bin"}, d.Name()) {
			return filepath.SkipDir
		}
		name := d.Name()
		if !(strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".templ")) || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") || strings.Contains(path, "demo") {
			return nil
		}
		for _, word := range protocolWords(code(read(t, path))) {
			t.Errorf("%s names %q; that belongs in the protocol folder", path, word)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Control: a planted word is found in code but not in a comment.
func TestNoProtocolWordsCatches(t *testing.T) {
	t.Parallel()
	if len(protocolWords(code(`x := "rotterdam"`))) != 1 || len(protocolWords(code(`role := "desk_officer"`))) != 1 {
		t.Error("a planted protocol word was not noticed")
	}
	if len(protocolWords(code(`// as the Rotterdam protocol says`))) != 0 {
		t.Error("a comment is not code")
	}
}

var words = regexp.MustCompile(`(?i)rotterdam|ijsselland|desk_officer|desk_coordinator|wethouder|burgemeester|gemeenteraad|jeugdwet|"wmo"|dat-melding|feitenrelaas|"four_p|council_criteria|report_criteria|pshi|zorgconsulaat`)

func protocolWords(source string) []string { return words.FindAllString(source, -1) }

// code drops line comments.
func code(source string) string {
	var b strings.Builder
	for s := bufio.NewScanner(strings.NewReader(source)); s.Scan(); {
		line := s.Text()
		if i := strings.Index(line, "//"); i >= 0 && !strings.Contains(line[:i], `"`) {
			line = line[:i]
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// ours keeps the imports of this module, relative to it.
func ours(imports []*ast.ImportSpec) []string {
	var out []string
	for _, i := range imports {
		path := strings.Trim(i.Path.Value, `"`)
		if path == module {
			out = append(out, "")
		} else if rest, ok := strings.CutPrefix(path, module+"/"); ok {
			out = append(out, rest)
		}
	}
	return out
}

// elsewhere are packages that the program has no use for and that would be a way in: programs
// started by name, memory behind the compiler's back, code from files, insight for developers,
// types chosen by whoever sends (ASVS 1.2.5, 1.4.1, 1.5.2, 13.4.2).
var elsewhere = []string{"os/exec", "unsafe", "plugin", "net/http/pprof", "expvar", "encoding/gob", "text/template"}

// aPattern finds where a regular expression is made, and from what.
var aPattern = regexp.MustCompile("regexp\\.(?:Must)?Compile\\(([^`\"])?")

// Regular expressions are written in the source: none is made of what somebody typed (ASVS
// 1.2.9). Control: one that is made of a variable is seen.
func TestPatternsAreWritten(t *testing.T) {
	t.Parallel()
	made := func(source string) bool {
		for _, m := range aPattern.FindAllStringSubmatch(source, -1) {
			if m[1] != "" {
				return true
			}
		}
		return false
	}
	seen := 0
	for dir := range may {
		if strings.HasPrefix(dir, "internal/") || strings.HasPrefix(dir, "bench") {
			continue
		}
		files, err := filepath.Glob(filepath.Join("../..", dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			source := read(t, f)
			seen += len(aPattern.FindAllString(source, -1))
			if !strings.HasSuffix(f, "_test.go") && made(source) {
				t.Errorf("%s makes a regular expression of something that is not written there", f)
			}
		}
	}
	if seen < 10 || !made("regexp.MustCompile(typed)") {
		t.Errorf("the control is not seen; %d expressions are", seen)
	}
}

// ways are the imports of the program itself that lie elsewhere.
func ways(t *testing.T, root string, forbidden []string) (out []string) {
	t.Helper()
	for _, dir := range slices.Sorted(maps.Keys(may)) {
		if strings.HasPrefix(dir, "internal/") || strings.HasPrefix(dir, "bench") {
			continue
		}
		files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range file.Imports {
				if path := strings.Trim(spec.Path.Value, `"`); slices.Contains(forbidden, path) {
					out = append(out, f+" imports "+path)
				}
			}
		}
	}
	return out
}

func TestNoWaysIn(t *testing.T) {
	t.Parallel()
	for _, wrong := range ways(t, "../..", elsewhere) {
		t.Error(wrong)
	}
}

// Control: what the program does import is found.
func TestNoWaysInCatches(t *testing.T) {
	t.Parallel()
	if len(ways(t, "../..", []string{"net/http"})) == 0 {
		t.Error("imports are not seen")
	}
}
