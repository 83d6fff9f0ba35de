// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// pieces of which random conditions are made: names and signs of the small protocol, and
// what is wrong or of another kind.
var conditionPieces = []string{
	`quality`, `media`, `harm`, `laws`, `council`, `persons`, `class`, `now`, `nobody`, `happened`, `received_at`,
	`"death"`, `'death'`, `"wmo"`, `"jeugdwet"`, `""`, `"a\"b"`, `3`, `-3`, `3.5`, `3u`, `0x3`, `true`, `false`, `null`,
	`["wmo"]`, `["wmo", "jeugdwet"]`, `["death"]`, `[]`, `["wmo",]`, `[3]`, `[laws]`,
	`&&`, `||`, `!`, `==`, `!=`, `in`, `<`, `<=`, `>`, `>=`, `+`, `?`, `:`, `(`, `)`, `.`, `size(laws)`, `known(media)`, `known (harm)`, `known(3)`,
	`any_in(laws, ["wmo"])`, `any_in(laws,laws)`, `any_in(harm, ["wmo"])`, `// end`, "\n",
}

// What the plain reading takes, CEL takes, with the same type, facts and quick form; and
// what CEL refuses it leaves to CEL, so that faults are worded in one place.
func TestPlainReadsNoMoreThanCEL(t *testing.T) {
	t.Parallel()
	c := load(t).compiled
	for _, text := range []string{`known(media)`, `!known(media)`, `harm == "death"`} { // control: the plain reading takes something
		if _, ok := c.plain(text); !ok {
			t.Errorf("%s is not plain: what follows sees nothing", text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		glue := rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "glue")
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(conditionPieces), 1, 9).Draw(t, "pieces"), glue)
		if fault := againstCEL(c, text); fault != "" {
			t.Fatalf("%s: %s", text, fault)
		}
	})
}

// againstCEL compares the two readings of one condition; empty when they agree.
func againstCEL(c *compiled, text string) string {
	tree, ok := c.plain(text)
	if !ok || c.quicken(tree) == nil {
		return ""
	}
	found := &condition{}
	ours := c.look(tree, found)
	cond, theirs := c.byCEL(text)
	if diff := cmp.Diff(theirs, ours, cmp.AllowUnexported(fault{})); diff != "" {
		return "other faults: " + diff
	}
	if diff := cmp.Diff(cond.refs, found.refs); diff != "" {
		return "other facts: " + diff
	}
	if cond.kind.String() != "bool" || cond.quick == nil {
		return "CEL does not take it for plain"
	}
	return ""
}

// Control: the comparison notices a reading that takes too much.
func TestPlainComparisonNotices(t *testing.T) {
	t.Parallel()
	own, err := Load(os.DirFS("testdata/voorbeeld")) // others read the same protocol
	if err != nil {
		t.Fatal(err)
	}
	c := own.compiled
	if fault := againstCEL(c, `quality && media`); fault != "" {
		t.Error(fault)
	}
	c.index["nobody"] = c.index["media"]
	if againstCEL(c, `quality && nobody`) == "" {
		t.Error("a fact that CEL does not know passes")
	}
}

// Nearly every condition that ships is plain: the start of the desk rests on it.
func TestShippedConditionsArePlain(t *testing.T) {
	t.Parallel()
	p, err := Load(os.DirFS("../protocols/rotterdam"))
	if err != nil {
		t.Skipf("the protocol has faults now: %v", err)
	}
	plain := 0
	for text := range p.compiled.conditions {
		if _, ok := p.compiled.plain(text); ok {
			plain++
			if fault := againstCEL(p.compiled, text); fault != "" {
				t.Errorf("%s: %s", text, fault)
			}
		} else {
			t.Logf("by CEL: %s", text)
		}
	}
	if all := len(p.compiled.conditions); plain*10 < all*8 {
		t.Errorf("%d of %d conditions are plain", plain, all)
	}
}
