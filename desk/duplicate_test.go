// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"os"
	"testing"
	"time"

	"example.org/loket/protocol"
)

// DT-22: the bound of a duplicate rule is read as the protocol language reads it.
func TestSpanOf(t *testing.T) {
	t.Parallel()
	p, err := protocol.Load(os.DirFS("../protocol/testdata/voorbeeld"))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]time.Duration{"72 hours": 72 * time.Hour, "3 days": 72 * time.Hour, "2 weeks": 14 * 24 * time.Hour, "": 0} {
		if got := spanOf(p, text); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}
