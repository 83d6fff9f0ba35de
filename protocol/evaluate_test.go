// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"sync"
	"testing"
	"time"
)

var example = sync.OnceValues(func() (*Protocol, error) { return Load(os.DirFS("testdata/voorbeeld")) })

func load(t testing.TB) *Protocol {
	t.Helper()
	p, err := example()
	if err != nil {
		t.Fatalf("the example protocol does not load:\n%v", err)
	}
	return p
}

var noon = time.Date(2026, 3, 3, 11, 0, 0, 0, time.UTC)

func TestExampleEvaluates(t *testing.T) {
	t.Parallel()
	p := load(t)
	ev := p.Evaluate(Input{Facts: Facts{
		"quality": true, "harm": "death", "laws": []string{"jeugdwet"}, "organisation": "Alfa",
		"happened":    Occurrence{From: noon.Add(-30 * time.Hour), To: noon.Add(-30 * time.Hour), Precision: PrecisionMoment},
		"received_at": noon.Add(-time.Hour),
	}, Now: noon})
	t.Logf("%+v", ev.Facts)
	for _, f := range ev.Tables {
		t.Logf("%s %v %v prov=%v %+v others=%d", f.Table.ID, f.Outputs, f.Words, f.Provisional, f.Reasons, len(f.Others))
	}
	for _, f := range ev.Duties {
		t.Logf("%s %+v", f.Duty.ID, f)
	}
	for _, f := range ev.Deadlines {
		t.Logf("%s %s %s %s", f.Deadline.ID, f.State, f.Due, f.Words.NL)
	}
	for _, f := range ev.Steps {
		t.Logf("%s %v %v %v", f.Step.ID, f.Open, f.Done, f.Reason.Missing)
	}
	t.Log(p.Compose(p.Product("dat"), ev, nil))
	for _, w := range p.Warnings() {
		t.Log(w)
	}
}
