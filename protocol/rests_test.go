// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"slices"
	"testing"
)

// A decision rests on what its table looks at, also through a fact that follows from others
// (DT-09). Control: not on what it does not look at.
func TestRestsOn(t *testing.T) {
	t.Parallel()
	p, err := Load(os.DirFS("testdata/voorbeeld"))
	if err != nil {
		t.Fatal(err)
	}
	for fact, want := range map[string]bool{"quality": true, "severe": true, "harm": true, "investigation": false, "nothing": false} {
		if got := p.RestsOn("classification", fact); got != want {
			t.Errorf("%s: %v", fact, got)
		}
	}
	if p.RestsOn("nothing", "harm") {
		t.Error("a table that is not there rests on something")
	}
}

// A step is about the facts that its own condition names, known or not; without a condition
// it is about nothing.
func TestNames(t *testing.T) {
	t.Parallel()
	p, err := Load(os.DirFS("testdata/voorbeeld"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Names(p.Step("send_dat")); !slices.Equal(got, []string{"inform"}) {
		t.Errorf("send_dat names %v", got)
	}
	if got := p.Names(&Step{}); len(got) != 0 {
		t.Errorf("a step without a condition names %v", got)
	}
}
