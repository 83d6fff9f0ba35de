// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// pieces of which random files are made: what protocols are written with, and what is wrong or
// of another kind.
var yamlPieces = []string{
	"a:", "b: ", "- ", "-", "  ", " ", "    ", "\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\nc: ", "\n  d: ", "word", "two words", "3", "12:30", "x:y", "http://x", "null", "~", "Null", "true", "(a)", "é", "€ 3",
	`"q"`, `'it''s'`, `"a\nb"`, `"\t"`, `"a" `, `'`, `"`, `''`, `""`, `\`, "[", "]", "{", "}", ", ", ",", "[a, b]", "{a: b}", "{a: 'b', c: [d]}", `{"k": v}`, "[]", "{}",
	": ", ":", " # remark", "# remark\n", "#", "|", ">", "|-", ">-", ">+", "|2", "|\n  one\n  two\n", ">-\n    one\n    two\n\n    three\n", "&x ", "*x", "!t ", "? ", "---\n", "...\n", "%", "@", "`", "\t", "\r", "<<", "=", "…", "\u0085", "\u2028", "\ufeff",
}

// againstYAML compares the two readings of one file; empty when they agree.
func againstYAML(data []byte) string {
	ours, ok := plainYAML(data)
	if !ok {
		return ""
	}
	var theirs yaml.Node
	if err := yaml.Load(data, &theirs); err != nil {
		return "the library refuses it: " + err.Error()
	}
	return unlike(ours, theirs.Content[0])
}

// unlike compares what the loader reads of two trees.
func unlike(ours, theirs *yaml.Node) string {
	const block = yaml.LiteralStyle | yaml.FoldedStyle
	if ours.Kind != theirs.Kind || ours.Value != theirs.Value || ours.Line != theirs.Line || ours.Anchor != theirs.Anchor || isNull(ours) != isNull(theirs) || ours.Style&block != theirs.Style&block || len(ours.Content) != len(theirs.Content) {
		return fmt.Sprintf("line %d: %q, by the library line %d: %q", ours.Line, ours.Value, theirs.Line, theirs.Value)
	}
	for i := range ours.Content {
		if said := unlike(ours.Content[i], theirs.Content[i]); said != "" {
			return said
		}
	}
	return ""
}

// What the plain reading takes, the library takes, with the same tree; what the library
// refuses is left to it, so that faults are worded in one place.
func TestPlainYAMLReadsNoMoreThanTheLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := []byte("a: " + strings.Join(rapid.SliceOfN(rapid.SampledFrom(yamlPieces), 1, 12).Draw(t, "pieces"), "") + "\n")
		if said := againstYAML(data); said != "" {
			t.Fatalf("%q: %s", data, said)
		}
	})
}

// Files that ship, with a piece thrown in at random: the same.
func TestPlainYAMLInFilesThatShip(t *testing.T) {
	t.Parallel()
	files := shippedYAML(t)
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.SplitAfter(rapid.SampledFrom(files).Draw(t, "file"), "\n")
		from := rapid.IntRange(0, len(lines)-1).Draw(t, "from")
		text := strings.Join(lines[from:min(len(lines), from+12)], "")
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		text = text[:at] + rapid.SampledFrom(yamlPieces).Draw(t, "piece") + text[at:]
		if said := againstYAML([]byte(text)); said != "" {
			t.Fatalf("%q: %s", text, said)
		}
	})
}

// Every file that ships is plain, and reads as by the library: the start of the desk rests on it.
func TestShippedFilesArePlain(t *testing.T) {
	t.Parallel()
	for _, text := range shippedYAML(t) {
		if _, ok := plainYAML([]byte(text)); !ok {
			t.Errorf("not plain: %.200q", text)
		}
		if said := againstYAML([]byte(text)); said != "" {
			t.Error(said)
		}
	}
}

func shippedYAML(t *testing.T) (files []string) {
	t.Helper()
	names, err := filepath.Glob("../protocols/*/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no files found", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(data))
	}
	return files
}

// Control: the comparison notices a tree that differs.
func TestPlainYAMLComparisonNotices(t *testing.T) {
	t.Parallel()
	const text = "a:\n  - {b: c}\nd: >-\n  e\n"
	for i, spoil := range []func(*yaml.Node){
		func(n *yaml.Node) { n.Content[0].Value = "z" },
		func(n *yaml.Node) { n.Content[1].Content[0].Line++ },
		func(n *yaml.Node) { n.Content[1].Content = nil },
		func(n *yaml.Node) { n.Content[3].Style = yaml.SingleQuotedStyle },
		func(n *yaml.Node) { n.Content[1].Content[0].Content[1].Tag = "!!null" },
	} {
		ours, ok := plainYAML([]byte(text))
		if !ok {
			t.Fatal("not plain")
		}
		var theirs yaml.Node
		if err := yaml.Load([]byte(text), &theirs); err != nil {
			t.Fatal(err)
		}
		if said := unlike(ours, theirs.Content[0]); said != "" {
			t.Fatal(said)
		}
		if spoil(ours); unlike(ours, theirs.Content[0]) == "" {
			t.Errorf("change %d passes", i)
		}
	}
}
