// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
)

// design §4: the checker finds rows of a unique table that overlap, and says when.
func TestOverlappingRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ one, other, want string }{
		{`harm == "death"`, `media`, "harm = death, media = yes"},
		{`harm == "death" && media`, `harm == "death" && !media`, ""},
		{`harm in ["death", "light"]`, `harm != "death"`, "harm = light"},
		{`harm == "death"`, `harm == "light"`, ""},
		{`media || harm == "death"`, `!media && harm == "light"`, ""},
	} {
		p := loadText(t, `
tables:
  - id: weigh
    title: Wegen
    hit: unique
    outputs: [{id: weight, title: Gewicht, type: choice, options: [{id: a, label: A}, {id: b, label: B}]}]
    rules:
      - {id: one, when: '`+c.one+`', then: {weight: a}}
      - {id: other, when: '`+c.other+`', then: {weight: b}}
`)
		var said string
		for _, w := range p.Warnings() {
			if strings.Contains(w.Message, "gelden allebei") {
				said = w.String()
			}
		}
		if (said == "") != (c.want == "") || !strings.Contains(said, c.want) {
			t.Errorf("%s and %s: %q, want %q", c.one, c.other, said, c.want)
		}
	}
}
