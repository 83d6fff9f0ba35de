// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// R-R-12: whatever a proposal cites stands in the list of citations, with its words, in the
// order of the document.
func TestCitationsHoldEveryRule(t *testing.T) {
	for _, name := range protocols.IDs() {
		fsys, err := protocols.FS(name)
		if err != nil {
			t.Fatal(err)
		}
		p := load(t, fsys)
		places := map[string]protocol.Cited{}
		for _, c := range p.Citations() {
			places[c.At] = c
		}
		var cited []protocol.Source
		for _, table := range p.Tables {
			for _, rule := range table.Rules {
				cited = append(cited, rule.Source)
			}
		}
		for _, list := range p.Criteria {
			for _, item := range list.Items {
				cited = append(cited, item.Source)
			}
		}
		for _, step := range p.Steps {
			cited = append(cited, step.Source)
		}
		for _, s := range cited {
			if s.At != "" && (places[s.At].At == "" || s.Quote != "" && !slices.Contains(places[s.At].Quotes, s.Quote)) {
				t.Errorf("%s: %s is not cited with its words", name, s.At)
			}
		}
		if len(cited) < 20 || places["nergens"].At != "" {
			t.Errorf("control: %s cites %d times", name, len(cited))
		}
		if !slices.IsSortedFunc(p.Citations(), func(a, b protocol.Cited) int { return lastLine(a.At) - lastLine(b.At) }) {
			t.Errorf("%s: the places are not in the order of the document", name)
		}
	}
}

// lastLine is the line that a place names, for places that name one.
func lastLine(at string) (line int) {
	if i := strings.Index(at, "regel "); i >= 0 {
		_, _ = fmt.Sscanf(at[i:], "regel %d", &line)
	}
	return line
}
