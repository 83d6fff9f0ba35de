// SPDX-License-Identifier: EUPL-1.2

package desk

import "testing"

// A question is no label: after its mark comes no colon (B1 Dutch, section 8).
func TestLabelled(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{"Soort": "Soort: ja", "Is er haast?": "Is er haast? ja"} {
		if got := labelled(label, "ja"); got != want {
			t.Errorf("%q", got)
		}
	}
}
