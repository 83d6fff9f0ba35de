// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
	"testing"
)

// R-I-09: a step names one deadline as it is or more as a list; each is looked up, and a version
// that names another says so. Control: a name that no deadline has is refused.
func TestStepNamesClocks(t *testing.T) {
	t.Parallel()
	text := func(due string) []byte {
		return []byte("protocol: {id: klein, title: Klein, version: \"1\"}\nroles:\n  - {id: officer, title: medewerker, side: desk, may: [record]}\n" +
			"deadlines:\n  - {id: T-1, title: Eerst, from: received_at, within: 1 hours, met: go_done}\n  - {id: T-2, title: Later, from: received_at, within: 2 hours, met: go_done}\n" +
			"steps:\n  - {id: go, title: Doe het, owner: [officer], action: note, due: " + due + "}\n")
	}
	read := func(due string) *Protocol {
		t.Helper()
		p, err := Load(mapFolder("protocol.yaml", text(due)))
		if err != nil {
			t.Fatalf("due: %s: %v", due, err)
		}
		return p
	}
	one, both := read("T-1"), read("[T-1, T-2]")
	if !slices.Equal(one.Steps[0].Due, []string{"T-1"}) || !slices.Equal(both.Steps[0].Due, []string{"T-1", "T-2"}) {
		t.Errorf("read %v and %v", one.Steps[0].Due, both.Steps[0].Due)
	}
	if got := said(Compare(one, both)); len(got) != 1 || !strings.Contains(got[0], "due: T-1 → T-1, T-2") {
		t.Errorf("the difference reads %q", got)
	}
	if _, err := Load(mapFolder("protocol.yaml", text("[T-1, T-3]"))); err == nil || !strings.Contains(err.Error(), "T-3") {
		t.Errorf("control: a deadline that is not there: %v", err)
	}
}
