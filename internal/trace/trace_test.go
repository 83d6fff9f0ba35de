// SPDX-License-Identifier: EUPL-1.2

// Package trace shows which tests prove which requirement. It makes docs/traceability.md
// and fails when that page is not what the tests say.
package trace

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite docs/traceability.md")

const page = "../../docs/traceability.md"

// wanted are the ids that Loket promises, by family.
func wanted() []string {
	var out []string
	add := func(format string, from, to int) {
		for n := from; n <= to; n++ {
			out = append(out, fmt.Sprintf(format, n))
		}
	}
	add("R-R-%02d", 1, 150)
	add("R-I-%02d", 1, 118)
	add("F%02d", 1, 30)
	add("X%02d", 1, 14)
	add("G%02d", 1, 14)
	add("DT-%02d", 1, 25)
	add("SM-%d", 1, 11)
	add("DOC-%02d", 1, 21)
	add("DOC-%02d", 30, 56)
	add("T-%02d", 1, 19)
	return append(out, "FC-1b", "FC-1c", "FC-1d", "FC-2", "SC-01", "SC-02", "SC-04", "SC-05", "SC-06", "SC-08", "SC-10", "SC-11")
}

var (
	single = regexp.MustCompile(`\b(?:R-[RI]-\d{2,3}|DT-\d{2}|SM-\d{1,2}|DOC-\d{2}|T-\d{2}|SC-\d{2}|FC-(?:1[bcd]|2)|D-\d{2}|[FGX]\d{2})\b`)
	span   = regexp.MustCompile(`\b(R-[RI]-|DT-|DOC-|T-|[FGX])(\d{2,3})(?:…|\.\.|–)(?:R-[RI]-|DT-|DOC-|T-|[FGX])?(\d{2,3})\b`)
)

// cited finds the ids in a text; "R-R-126…148" cites each of them.
func cited(text string) map[string]bool {
	out := map[string]bool{}
	for _, id := range single.FindAllString(text, -1) {
		out[id] = true
	}
	for _, m := range span.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[2])
		to, _ := strconv.Atoi(m[3])
		for n := from; n <= to && n < from+200; n++ {
			out[fmt.Sprintf("%s%02d", m[1], n)] = true
		}
	}
	return out
}

// proves tells whether a file is a test or a case: rules alone prove nothing.
func proves(path string) bool {
	slash := filepath.ToSlash(path)
	return strings.HasSuffix(slash, "_test.go") && !strings.Contains(slash, "/trace/") || strings.Contains(slash, "/cases/") ||
		strings.Contains(slash, "/scenarios/") || strings.HasSuffix(slash, ".test.mjs")
}

// gather maps each id to the files that cite it.
func gather(t *testing.T, root string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if d.IsDir() || !proves(path) {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		for id := range cited(string(b)) {
			out[id] = append(out[id], filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// render writes the page: every id with its proofs, and those without in one list.
func render(found map[string][]string) string {
	var b, none strings.Builder
	b.WriteString("# Traceability\n\nMade by `go test ./internal/trace -update`; a test keeps it true. Ids are those of the requirement catalogue; a file is named when it is a\ntest, a scenario or a case of a protocol that cites the id.\n\n| id | proved in |\n|---|---|\n")
	for _, id := range wanted() {
		files := found[id]
		if len(files) == 0 {
			none.WriteString(id + " ")
			continue
		}
		slices.SortFunc(files, func(a, b string) int { return cmp.Compare(a, b) })
		more := ""
		if len(files) > 4 {
			files, more = files[:4], fmt.Sprintf(" and %d more", len(files)-4)
		}
		fmt.Fprintf(&b, "| %s | %s%s |\n", id, strings.Join(slices.Compact(files), ", "), more)
	}
	b.WriteString("\n## Not proved yet\n\n")
	b.WriteString(cmp.Or(strings.TrimSpace(none.String()), "Everything has a proof.") + "\n")
	return b.String()
}

func TestTraceability(t *testing.T) {
	want := render(gather(t, "../.."))
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Error("docs/traceability.md is not what the tests say; run: go test ./internal/trace -update")
	}
}

// Control: single ids, spans and spans with a repeated prefix are seen, words are not.
func TestCited(t *testing.T) {
	t.Parallel()
	got := slices.Sorted(maps.Keys(cited("R-R-31, DT-09…DT-11 and F01–F03; not F1 or R-R-")))
	want := []string{"DT-09", "DT-10", "DT-11", "F01", "F02", "F03", "R-R-31"}
	if !slices.Equal(got, want) {
		t.Fatalf("want %v, got %v", want, got)
	}
}
