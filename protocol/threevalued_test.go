// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// holds evaluates one condition of the example over some facts.
func holds(t *testing.T, p *Protocol, condition string, facts Facts) (Verdict, []string) {
	t.Helper()
	verdict, reason := p.Holds(condition, p.Evaluate(Input{Facts: facts, Now: noon}), nil)
	return verdict, reason.Missing
}

// A missing fact is neither true nor false, unless the rest decides.
func TestConditionsAreThreeValued(t *testing.T) {
	t.Parallel()
	p := load(t)
	cases := []struct {
		condition string
		facts     Facts
		want      Verdict
		missing   []string
	}{
		{`media`, nil, Unknown, []string{"media"}},
		{`!media`, nil, Unknown, []string{"media"}},
		{`media || quality`, Facts{"quality": true}, True, nil},
		{`quality || media`, Facts{"quality": true}, True, nil},
		{`media && quality`, Facts{"quality": false}, False, nil},
		{`media || quality`, Facts{"quality": false}, Unknown, []string{"media"}},
		{`media || quality`, nil, Unknown, []string{"media", "quality"}},
		{`media ? quality : !quality`, Facts{"quality": true}, Unknown, []string{"media"}},
		{`harm == "death"`, nil, Unknown, []string{"harm"}},
		{`"wmo" in laws`, nil, Unknown, []string{"laws"}},
		{`any_in(laws, ["wmo", "other"])`, nil, Unknown, []string{"laws"}},
		{`any_in(laws, ["wmo", "other"])`, Facts{"laws": []string{"other"}}, True, nil},
		{`any_in(laws, ["wmo", "other"])`, Facts{"laws": []string{"jeugdwet"}}, False, nil},
		{`laws.exists(l, l == "wmo")`, nil, Unknown, []string{"laws"}},
		{`persons > 3`, nil, Unknown, []string{"persons"}},
		{`persons > 3 || media`, Facts{"media": true}, True, nil},
		{`1 / persons == 1 && media`, Facts{"persons": int64(0), "media": false}, False, nil},
		{`known(media)`, nil, False, nil},
		{`known(media)`, Facts{"media": false}, True, nil},
		{`received_at < now`, nil, Unknown, []string{"received_at"}},
		{`hours_between(received_at, now) >= 24`, Facts{"received_at": noon.Add(-25 * time.Hour)}, True, nil},
		{`days_between(received_at, now) == 1`, Facts{"received_at": noon.Add(-13 * time.Hour)}, True, nil},
		{`year(now) == 2026`, nil, True, nil},
		{`years_between(happened, now) == 17`, Facts{"happened": Occurrence{From: noon.AddDate(-18, 0, 1), To: noon.AddDate(-18, 0, 1)}}, True, nil},
		{`dat_released`, nil, False, nil},
		{`dat_released`, Facts{"dat_released_at": noon}, True, nil},
		{`open_questions == 0`, nil, True, nil},
		{`severe`, nil, Unknown, []string{"harm"}},                      // through a derived fact
		{`class == "calamity"`, nil, True, []string{"harm", "quality"}}, // cautious, and so provisional
	}
	for _, c := range cases {
		t.Run(c.condition, func(t *testing.T) {
			verdict, missing := holds(t, p, c.condition, c.facts)
			slices.Sort(missing)
			if verdict != c.want || !cmp.Equal(missing, c.missing) {
				t.Errorf("%s over %v = %v missing %v; want %v missing %v", c.condition, c.facts, verdict, missing, c.want, c.missing)
			}
		})
	}
}

// Control: with two-valued logic, where an absent fact is a "no", the first case above
// would be False and the cautious proposal would be the mildest.
func TestAbsentIsNotNo(t *testing.T) {
	t.Parallel()
	p := load(t)
	absent, _ := holds(t, p, `media`, nil)
	no, _ := holds(t, p, `media`, Facts{"media": false})
	if absent == no {
		t.Error("an absent fact counts as no")
	}
	cautious := p.Evaluate(Input{Now: noon}).Tables[0]
	mild := p.Evaluate(Input{Facts: Facts{"quality": false}, Now: noon}).Tables[0]
	if cautious.Outputs["class"] != "calamity" || !cautious.Provisional || mild.Outputs["class"] != "event" || mild.Provisional {
		t.Errorf("nothing known: %v provisional %v; no to all: %v provisional %v",
			cautious.Outputs, cautious.Provisional, mild.Outputs, mild.Provisional)
	}
}

// randomFacts draws some answers to the example's questions.
func randomFacts(t *rapid.T, label string) Facts {
	facts := Facts{}
	draw := func(id string, value *rapid.Generator[any]) {
		if rapid.Bool().Draw(t, label+id) {
			facts[id] = value.Draw(t, label+id+"=")
		}
	}
	yes := rapid.Map(rapid.Bool(), func(b bool) any { return b })
	for _, id := range []string{"quality", "missed_contact", "media", "investigation"} {
		draw(id, yes)
	}
	draw("harm", rapid.Map(rapid.SampledFrom([]string{"death", "serious", "light"}), func(s string) any { return s }))
	draw("laws", rapid.Map(rapid.SliceOfDistinct(rapid.SampledFrom([]string{"jeugdwet", "wmo", "other"}), rapid.ID[string]), func(s []string) any { return s }))
	draw("persons", rapid.Map(rapid.Int64Range(0, 9), func(n int64) any { return n }))
	return facts
}

// settled are the results that an evaluation gives without reserve.
func settled(ev *Evaluation) map[string]any {
	found := map[string]any{}
	for _, f := range ev.Tables {
		if !f.Provisional && f.Outputs != nil {
			found["table "+f.Table.ID] = f.Outputs
		}
	}
	for _, f := range ev.Criteria {
		for _, item := range f.Items {
			if item.Verdict != Unknown && !item.Provisional {
				found["criterion "+item.Rule.ID] = item.Verdict
			}
		}
	}
	for _, f := range ev.Duties {
		if !f.Provisional {
			found["duty "+f.Duty.ID] = f.Must + f.State
		}
	}
	for id, value := range ev.Facts {
		if !ev.Unsettled[id] {
			found["fact "+id] = value
		}
	}
	return found
}

// An answer more never overturns what was settled without it: three-valued logic is monotone.
func TestMoreFactsNeverOverturnWhatIsSettled(t *testing.T) {
	t.Parallel()
	p := load(t)
	rapid.Check(t, func(t *rapid.T) {
		few := randomFacts(t, "few ")
		more := maps.Clone(few)
		for id, value := range randomFacts(t, "more ") {
			if _, ok := more[id]; !ok {
				more[id] = value
			}
		}
		before := settled(p.Evaluate(Input{Facts: few, Now: noon}))
		after := settled(p.Evaluate(Input{Facts: more, Now: noon}))
		for what, value := range before {
			if !reflect.DeepEqual(after[what], value) {
				t.Fatalf("%s was %v and became %v\nfew  %v\nmore %v", what, value, after[what], few, more)
			}
		}
	})
}

// Control: the same comparison does notice when provisional results count as settled.
func TestProvisionalResultsDoChange(t *testing.T) {
	t.Parallel()
	p := load(t)
	before := p.Evaluate(Input{Now: noon}).Tables[0].Outputs
	after := p.Evaluate(Input{Facts: Facts{"quality": false}, Now: noon}).Tables[0].Outputs
	if reflect.DeepEqual(before, after) {
		t.Error("a provisional proposal did not change with the answer it waited for")
	}
}
