// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// folder makes a file system of archives; a later file replaces an earlier one.
func folder(t testing.TB, names ...string) (fs.FS, string) {
	t.Helper()
	fsys, comment := fstest.MapFS{}, ""
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		comment = string(archive.Comment)
	}
	return fsys, comment
}

// Each malformed protocol gives an error with file, line, message and cure, and no other.
func TestMalformedProtocols(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/malformed/*.txtar")
	if err != nil || len(files) < 21 {
		t.Fatalf("want at least 20 malformed protocols and their base, got %d (%v)", len(files), err)
	}
	for _, file := range files {
		if filepath.Base(file) == "base.txtar" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			fsys, comment := folder(t, "testdata/malformed/base.txtar", file)
			_, err := Load(fsys)
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("Load: %v; want problems", err)
			}
			want := headers(comment)
			if n, counted := want["count"]; counted && n != fmt.Sprint(len(problems)) {
				t.Errorf("want %s fault, and nothing about what follows from it, got\n%v", n, err)
			}
			for _, p := range problems {
				where := fmt.Sprintf("%s:%d", p.File, p.Line)
				if where == want["at"] && strings.Contains(p.Message, want["says"]) && strings.Contains(p.Cure, want["cure"]) {
					return
				}
			}
			t.Errorf("want %v\ngot  %v", want, err)
		})
	}
}

// Control: the base itself is sound, so each fault above comes from what was broken.
func TestMalformedBaseIsSound(t *testing.T) {
	t.Parallel()
	fsys, _ := folder(t, "testdata/malformed/base.txtar")
	if _, err := Load(fsys); err != nil {
		t.Fatal(err)
	}
}

func headers(comment string) map[string]string {
	found := map[string]string{}
	for line := range strings.Lines(comment) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			found[key] = value
		}
	}
	return found
}

// All faults are told at once, in the order in which an author meets them.
func TestLoadTellsEveryFault(t *testing.T) {
	t.Parallel()
	_, err := Load(fstest.MapFS{
		"b.yaml": {Data: []byte("steps:\n  - {id: x, title: X, owner: [nobody], when: nothing}\n")},
		"a.yaml": {Data: []byte("protocol: {id: p}\nsurprise: 1\n")},
	})
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 3 {
		t.Fatalf("want 3 problems, got %v", err)
	}
	if problems[0].File != "a.yaml" || problems[0].Line != 2 || problems[2].File != "b.yaml" {
		t.Errorf("problems out of order: %v", err)
	}
}

// mapFolder is a folder of one file.
func mapFolder(name string, data []byte) fs.FS {
	return fstest.MapFS{name: {Data: data}}
}
