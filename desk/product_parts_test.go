// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"testing"

	"example.org/loket/protocol"
)

// R-I-05: what release will ask, its maker sees. A mandatory part of which nobody knows yet
// whether it applies is shown empty; the control is the same text for a reader, and a part
// that is not demanded.
func TestDemandedPartIsShown(t *testing.T) {
	t.Parallel()
	pr := &protocol.Product{Parts: []protocol.Part{{ID: "always"}, {ID: "demanded", When: "harm"}, {ID: "elsewhere", When: "harm"}, {ID: "written", When: "harm"}}}
	texts := map[string]string{"always": "a", "written": ""}
	demanded := func(p *protocol.Part) bool { return p.ID == "demanded" }
	for _, c := range []struct {
		demanded func(*protocol.Part) bool
		want     []string
	}{{demanded, []string{"always", "demanded", "written"}}, {nil, []string{"always", "written"}}} {
		var got []string
		for _, part := range partViews(pr, texts, c.demanded) {
			got = append(got, part.Part.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("shown %v, want %v", got, c.want)
		}
	}
}
