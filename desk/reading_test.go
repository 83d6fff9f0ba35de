// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"slices"
	"strings"
	"testing"
)

// ASVS 2.4.1: who supervises the access hears that an account reads too fast, without its
// name, which is in the ledger; nobody hears of themselves.
func TestReadingTooFastIsTold(t *testing.T) {
	t.Parallel()
	g := guard(t)
	before := len(g.m.s.outbox)
	if err := g.ReadTooFast(t.Context(), colleague); err != nil {
		t.Fatal(err)
	}
	told := g.m.s.outbox[before:]
	if len(told) != 1 || told[0].Person != "pia" || strings.Contains(strings.ToLower(told[0].Subject+told[0].Body), "bram") {
		t.Errorf("told: %+v", told)
	}
	if !slices.Contains(g.entries("refused"), "bram reading.limit") {
		t.Error("not in the ledger")
	}
	if err := g.ReadTooFast(t.Context(), privacy); err != nil || len(g.m.s.outbox) != before+1 {
		t.Errorf("one's own: %v, %d notices", err, len(g.m.s.outbox)-before)
	}
}
