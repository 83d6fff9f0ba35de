// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// specimens composes every document of a protocol, by product.
func specimens(t *testing.T, fsys fs.FS) (*protocol.Protocol, map[string][]protocol.Specimen) {
	t.Helper()
	p := load(t, fsys)
	all, err := p.Specimens(fsys)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string][]protocol.Specimen{}
	for _, s := range all {
		if s.Form != nil {
			by["form "+s.Form.ID] = append(by["form "+s.Form.ID], s)
			continue
		}
		by[s.Product.ID] = append(by[s.Product.ID], s)
	}
	return p, by
}

// The documents that policy officers read are those that the protocols make today. After a
// change of texts: UPDATE=1 go test ./protocols -run Specimens, and read what differs.
func TestSpecimensAreCurrent(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"rotterdam", "ijsselland"} {
		want, err := load(t, folder(t, id)).SpecimenFiles(folder(t, id))
		if err != nil {
			t.Fatal(err)
		}
		sameFiles(t, filepath.Join(id, "specimens"), want)
	}
}

// ofTheDesk is the specimen of a page of the desk; internal/testkit makes it.
const ofTheDesk = "DOC-56-contact_overview.md"

// sameFiles compares the Markdown files of a folder, or writes them when UPDATE is set.
func sameFiles(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		writeFiles(t, folder, want)
	}
	there, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		if filepath.Base(file) == ofTheDesk {
			continue
		}
		if _, made := want[filepath.Base(file)]; !made {
			t.Errorf("%s is of no document", file)
		}
	}
	for name, text := range want {
		is, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || strings.ReplaceAll(string(is), "\r", "") != text {
			t.Errorf("%s/%s is not what the protocol makes: UPDATE=1 go test ./protocols -run Specimens (%v)", folder, name, err)
		}
	}
}

func writeFiles(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	there, _ := filepath.Glob(filepath.Join(folder, "*.md"))
	there = slices.DeleteFunc(there, func(file string) bool { return filepath.Base(file) == ofTheDesk })
	for _, file := range there {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range want {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
