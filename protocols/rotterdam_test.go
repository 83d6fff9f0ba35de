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
