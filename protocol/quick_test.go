// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// plainConditions are of every kind that has a quick form, alone and combined.
var plainConditions = []string{
	`quality`, `!quality`, `quality && media`, `quality || media`, `!(quality && !media) || missed_contact`,
	`harm == "death"`, `"death" == harm`, `harm != "light"`, `persons == 3`, `persons != 3`, `quality == true`, `media != false`,
	`harm in ["death", "serious"]`, `"wmo" in laws`, `!("wmo" in laws)`, `any_in(laws, ["wmo", "other"])`, `known(media)`, `!known(laws) && quality`,
	`"1" in council`, `"2" in council && media`, `any_in(council, ["2", "3"])`, `"that" in inform || "summary" in inform`,
	`persons > 3`, `persons >= 3 || media`, `persons < 3`, `persons <= 3 && quality`, `party_rows > 0`,
	`class == "calamity"`, `class != "event" && severe`, `inspectorate_must == "yes"`, `known(class)`, `known(inform)`,
	`laws.size() > 1`, `size(laws) == 0`, `council.size() == 1 || media`, `0 == inform.size()`, `inform.size() != 2`,
	`received_at > happened`, `now >= received_at && quality`, `happened <= now`, `received_at < received_at`,
	`known(laws) ? "wmo" in laws : quality`, `media ? quality : !missed_contact`,
}

// bareConditions are one fact and nothing else.
var bareConditions = []string{`received_at`, `happened`, `laws`, `council`, `harm`, `persons`}

// The quick form of a condition gives what CEL gives: verdict, lacking facts, facts looked at.
func TestQuickIsCEL(t *testing.T) {
	t.Parallel()
	p := load(t)
	conditions, slow := map[string]*condition{}, map[string]*condition{}
	for _, text := range plainConditions {
		cond, faults := p.compiled.condition(text)
		if len(faults) > 0 || cond.quick == nil {
			t.Fatalf("%s has no quick form (%v)", text, faults)
		}
		conditions[text] = cond
	}
	for _, text := range bareConditions {
		cond, faults := p.compiled.condition(text)
		if len(faults) > 0 || !cond.bare {
			t.Fatalf("%s is no bare fact (%v)", text, faults)
		}
		conditions[text] = cond
	}
	for text, cond := range p.compiled.conditions {
		if cond.quick != nil || cond.bare {
			conditions[text] = cond
		}
	}
	for text := range conditions {
		cond, faults := p.compiled.byCEL(text)
		if len(faults) > 0 {
			t.Fatalf("%s: CEL says %v", text, faults)
		}
		cond.quick, cond.bare = nil, false
		slow[text] = cond
	}
	rapid.Check(t, func(t *rapid.T) {
		facts := randomFacts(t, "")
		moment := rapid.Map(rapid.IntRange(-2, 2), func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) })
		if rapid.Bool().Draw(t, "received") {
			facts["received_at"] = moment.Draw(t, "received_at")
		}
		if rapid.Bool().Draw(t, "occurred") {
			at := moment.Draw(t, "happened")
			facts["happened"] = Occurrence{From: at, To: at, Precision: PrecisionMoment}
		}
		ev := p.Evaluate(Input{Facts: facts, Now: noon})
		a := p.over(ev, nil)
		defer a.release()
		for text, cond := range conditions {
			for _, strict := range []bool{false, true} {
				if fast, full := ranAs(a, cond, strict), ranAs(a, slow[text], strict); !cmp.Equal(fast, full) {
					t.Fatalf("%s (strict %v): quick %+v, CEL %+v over %v", text, strict, fast, full, ev.Facts)
				}
			}
		}
	})
}

type ran struct {
	Verdict      Verdict
	Value        any
	Lack, Looked []int
}

func ranAs(a *activation, cond *condition, strict bool) ran {
	a.looked, a.strict = a.looked[:0], strict
	value, lack := a.run(cond)
	sorted := func(list []int) []int { return slices.Compact(slices.Sorted(slices.Values(list))) }
	return ran{verdictOf(value), fromCEL(value), sorted(lack), sorted(a.looked)}
}

// Control: the comparison notices a quick form that is wrong.
func TestQuickComparisonNotices(t *testing.T) {
	t.Parallel()
	p := load(t)
	cond, _ := p.compiled.byCEL(`quality && media`)
	wrong := *cond
	wrong.quick = func(a *activation) Verdict { return False }
	a := p.over(p.Evaluate(Input{Now: noon}), nil)
	if cmp.Equal(ranAs(a, cond, false), ranAs(a, &wrong, false)) {
		t.Error("a wrong quick form passes")
	}
}
