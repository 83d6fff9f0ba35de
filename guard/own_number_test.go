// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// The digits of a dossier number are found as one number; a year and an hour that stand
// side by side are none.
func TestBareDossierNumber(t *testing.T) {
	t.Parallel()
	k := guard.Known{Dossiers: []string{"DLT-2026-15"}}
	if got := guard.Check("Dossier 2026-15 is bekend.", k); len(got) != 1 {
		t.Errorf("the number without its letters: %+v", got)
	}
	if got := guard.Check("Op woensdag 21 oktober 2026 15.40 uur werd het loket gebeld.", k); len(got) != 0 {
		t.Errorf("a date and a time: %+v", got)
	}
}
