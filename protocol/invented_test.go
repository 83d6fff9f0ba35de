// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"io/fs"
	"os"
	"testing"
)

// design §4: an invented region, written from docs/protocol-language.md alone, says what neither
// protocol that comes with the program needs; a municipality lays its changes over it.
func TestInventedRegion(t *testing.T) {
	t.Parallel()
	region, over := os.DirFS("testdata/heuvelland"), os.DirFS("testdata/bergdorp")
	base, err := Load(region)
	if err != nil {
		t.Fatal(err)
	}
	town, err := LoadOver(region, over)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range append(base.Warnings(), town.Warnings()...) {
		t.Errorf("warning: %s", w)
	}
	play(t, base, region, 8)
	play(t, town, over, 2)
	if n := len(Compare(base, town)); n != 9 {
		t.Errorf("%d differences: %v", n, said(Compare(base, town)))
	}
	results, err := base.RunCases(over)
	if err != nil || results[0].Passed() || results[1].Passed() {
		t.Errorf("control: the cases of the town pass in the region: %v", err)
	}
}

func play(t *testing.T, p *Protocol, folder fs.FS, want int) {
	t.Helper()
	results, err := p.RunCases(folder)
	if err != nil || len(results) != want {
		t.Fatalf("%d cases, %v", len(results), err)
	}
	for _, r := range results {
		for _, d := range r.Differences {
			t.Errorf("%s: %s: %s", p.About.ID, r.Name, d)
		}
	}
}
