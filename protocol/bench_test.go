// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"testing"
	"time"
)

// A full case under a small protocol (about 40 conditions) and under the largest one
// that ships (about 180). The bar is 200 µs for the latter. design.md §9
func BenchmarkEvaluate(b *testing.B) {
	small := Facts{
		"quality": true, "harm": "death", "laws": []string{"jeugdwet"}, "organisation": "Alfa",
		"happened":    Occurrence{From: noon.Add(-30 * time.Hour), To: noon.Add(-30 * time.Hour), Precision: PrecisionMoment},
		"received_at": noon.Add(-time.Hour),
	}
	b.Run("small", func(b *testing.B) { benchmark(b, load(b), small) })
	b.Run("large", func(b *testing.B) {
		p, err := Load(os.DirFS("../protocols/rotterdam"))
		if err != nil {
			b.Skipf("the protocol has faults now: %v", err)
		}
		benchmark(b, p, answered(p))
	})
	b.Run("brief", func(b *testing.B) {
		p, err := Load(os.DirFS("../protocols/rotterdam"))
		if err != nil {
			b.Skipf("the protocol has faults now: %v", err)
		}
		in := Input{Facts: answered(p), Now: noon}
		b.ReportAllocs()
		for b.Loop() {
			p.Conclude(in)
		}
	})
}

func benchmark(b *testing.B, p *Protocol, facts Facts) {
	in := Input{Facts: facts, Now: noon}
	b.ReportAllocs()
	for b.Loop() {
		p.Evaluate(in)
	}
	b.ReportMetric(float64(len(p.compiled.conditions)), "conditions")
}

// answered fills every question of the report form that has a closed list of answers.
func answered(p *Protocol) Facts {
	facts := Facts{"received_at": noon.Add(-time.Hour)}
	for i := range p.Forms {
		if p.Forms[i].Use != "report" {
			continue
		}
		for _, s := range p.Forms[i].Sections {
			for _, f := range s.Fields {
				switch f.Type {
				case TypeYesNo:
					facts[f.ID] = true
				case TypeChoice:
					facts[f.ID] = f.Options[0].ID
				case TypeChoices:
					facts[f.ID] = []string{f.Options[0].ID}
				case TypeOccurrence:
					facts[f.ID] = Occurrence{From: noon.Add(-30 * time.Hour), To: noon.Add(-29 * time.Hour), Precision: PrecisionPeriod}
				}
			}
		}
	}
	return facts
}
