// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"slices"
	"testing"

	"example.org/loket/protocol"
)

// hurriesNoStep are the clocks that no step names, each with why.
var hurriesNoStep = map[string]string{
	"T-01": "the reporter's: met by the report itself", "T-02": "the reporter's: met by the report itself", "T-03": "the reporter's: met by the form found again",
	"T-02-opletten": "a watch; T-02-overleg-melden follows", "T-02-overleg": "a watch; T-02-overleg-melden follows", "T-11": "a watch of what the provider does; T-11-alarm follows",
	"T-11-toegang": "met by the report itself", "T-11-igj-alarm": "ends after T-11-igj, which hurries the same step", "T-11-wmo-alarm": "ends after T-11-wmo, which hurries the same step",
	"T-15-dag": "a wish for the same day; T-15 hurries the step",
}

// T-12 T-18 R-I-09 R-R-12: what must be done by a moment says so on the worklist: each clock is
// named by a step that it hurries. Control: a clock that a step stops naming is found.
func TestEveryClockHurriesAStep(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rotterdam", "ijsselland"} {
		p := load(t, folder(t, name))
		for _, id := range unnamed(p) {
			if hurriesNoStep[id] == "" {
				t.Errorf("%s: no step names the clock %s", name, id)
			}
		}
		tell := slices.IndexFunc(p.Steps, func(s protocol.Step) bool { return s.ID == "tell_version" })
		p.Steps[tell].Due = p.Steps[tell].Due[:1]
		if !slices.Contains(unnamed(p), "T-18-meteen") {
			t.Errorf("control: %s: a clock without a step is not found", name)
		}
	}
}

func unnamed(p *protocol.Protocol) (ids []string) {
	for _, d := range p.Deadlines {
		if !slices.ContainsFunc(p.Steps, func(s protocol.Step) bool { return slices.Contains(s.Due, d.ID) }) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}
