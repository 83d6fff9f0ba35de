// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"slices"
	"testing"
	"time"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// Which fields a form asks does not hang on which forms were asked about before it over the
// same facts. The control asks over other facts.
func TestAskingTogetherIsAskingAlone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)
	for _, id := range protocols.IDs() {
		p := load(t, folder(t, id))
		alone := func(f *protocol.Form, facts protocol.Facts) []bool {
			q := p.Asking(facts, now)
			defer q.Done()
			return q.Asked(f)
		}
		differs := false
		for yes := range 3 {
			facts := someAnswers(p, yes)
			for _, turn := range []int{1, 7, len(p.Forms) - 1} {
				q := p.Asking(facts, now)
				for n := range 2 * len(p.Forms) {
					f := &p.Forms[n*turn%len(p.Forms)]
					if got := q.Asked(f); !slices.Equal(got, alone(f, facts)) {
						t.Errorf("%s: form %s asks other fields after %d others", id, f.ID, n)
					}
					differs = differs || !slices.Equal(alone(f, facts), alone(f, someAnswers(p, yes+1)))
				}
				q.Done()
			}
		}
		if !differs {
			t.Errorf("%s: other facts raise no other question: this test sees nothing", id)
		}
	}
}

// someAnswers answers the reporting forms, in one of three ways: nothing, the first option
// and yes, the last option and no.
func someAnswers(p *protocol.Protocol, way int) protocol.Facts {
	facts := protocol.Facts{}
	for i := range p.Forms {
		for _, s := range p.Forms[i].Sections {
			for _, field := range s.Fields {
				if way%3 == 0 || p.Forms[i].Use != "report" {
					continue
				}
				option := ""
				if n := len(field.Options); n > 0 {
					option = field.Options[(way%3-1)*(n-1)].ID
				}
				switch field.Type {
				case protocol.TypeYesNo:
					facts[field.ID] = way%3 == 1
				case protocol.TypeChoice:
					facts[field.ID] = option
				case protocol.TypeChoices:
					facts[field.ID] = []string{option}
				case protocol.TypeNumber:
					facts[field.ID] = int64(way)
				}
			}
		}
	}
	return facts
}
