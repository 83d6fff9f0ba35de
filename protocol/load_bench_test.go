// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"testing"
)

// Reading the largest protocol that ships: the greatest part of the time from start to
// ready, for which the bar is 100 ms. design.md §9
func BenchmarkLoad(b *testing.B) {
	folder := os.DirFS("../protocols/rotterdam")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(folder); err != nil {
			b.Skipf("the protocol has faults now: %v", err)
		}
	}
}
