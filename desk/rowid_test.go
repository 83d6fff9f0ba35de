// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"testing"
	"time"

	"example.org/loket/desk"
)

// Ids of rows sort by the moment they were made, whatever is random in them, and are as
// long as other ids. The control turns the moments round.
func TestOrderedID(t *testing.T) {
	t.Parallel()
	high, low := [10]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, [10]byte{}
	last := ""
	for at := time.Date(1999, 12, 31, 23, 59, 59, 999e6, time.UTC); at.Year() < 2200; at = at.Add(29*24*time.Hour + time.Millisecond) {
		first, second := desk.OrderedID(at, high), desk.OrderedID(at.Add(time.Millisecond), low)
		if last >= first || first >= second || len(first) != 26 {
			t.Fatalf("%s: %q, %q, %q are not in order", at, last, first, second)
		}
		if desk.OrderedID(at, low) == desk.OrderedID(at, high) || desk.OrderedID(at.Add(time.Hour), low) <= second {
			t.Fatalf("%s: control: order hangs on nothing", at)
		}
		last = second
	}
}
