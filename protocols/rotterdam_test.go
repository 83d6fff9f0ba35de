// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"testing"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// load reads the protocol as the program carries it.
func load(t *testing.T, id string) *protocol.Protocol {
	t.Helper()
	folder, err := protocols.FS(id)
	if err != nil {
		t.Fatal(err)
	}
	p, err := protocol.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// R-R-01: the protocol loads, and the checker has nothing to remark.
func TestRotterdamLoadsWithoutRemarks(t *testing.T) {
	t.Parallel()
	p := load(t, "rotterdam")
	for _, w := range p.Warnings() {
		t.Errorf("%s:%d: %s %s", w.File, w.Line, w.Message, w.Cure)
	}
}

// The examples in cases/ prove the rules: criteria, tables, clocks, steps, products and
// checks; each names the requirements it proves. R-R-31 R-R-49 DT-09 DT-11 DT-24 T-01
func TestRotterdamCases(t *testing.T) {
	t.Parallel()
	p := load(t, "rotterdam")
	folder, err := protocols.FS("rotterdam")
	if err != nil {
		t.Fatal(err)
	}
	results, err := p.RunCases(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) < 100 {
		t.Errorf("%d cases ran, want at least 100", len(results))
	}
	for _, r := range results {
		for _, difference := range r.Differences {
			t.Errorf("%s, regel %d, %q: %s", r.File, r.Line, r.Name, difference)
		}
	}
}
