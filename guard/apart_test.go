// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"testing"

	"example.org/loket/guard"
)

// R-R-83: the author sees each place once. Control: a postcode by itself stays.
func TestApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Zij woont Verzonnenstraat 7, 3099 ZZ Ergens.": guard.Address,
		"Het is 3099 ZZ.": guard.Postcode,
	} {
		all := guard.Check(text, guard.Known{})
		if told := guard.Apart(all); len(told) != 1 || told[0].Category != want {
			t.Errorf("%q: %v of %v", text, told, all)
		}
	}
}
