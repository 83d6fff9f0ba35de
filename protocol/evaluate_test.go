// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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

// One protocol serves many requests at once, and gives each the same answer.
func TestEvaluateConcurrently(t *testing.T) {
	t.Parallel()
	p := load(t)
	cases := []Facts{{}, calamity, with(calamity, "media", true), with(calamity, "quality", false)}
	var want []string
	for _, facts := range cases {
		want = append(want, picture(p, facts))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 40 {
				at := i % len(cases)
				if got := picture(p, cases[at]); got != want[at] {
					t.Errorf("case %d:\n%s\nwant\n%s", at, got, want[at])
					return
				}
			}
		})
	}
	wg.Wait()
	if want[0] == want[1] {
		t.Error("control: different cases look the same")
	}
}

// picture is an evaluation in words, with what follows from it.
func picture(p *Protocol, facts Facts) string {
	ev := p.Evaluate(Input{Facts: facts, Now: noon})
	verdict, reason := p.Holds(`"1" in council || media`, ev, nil)
	return fmt.Sprint(ev.Facts, ev.Unsettled, verdict, reason, p.Compose(p.Product("dat"), ev, nil))
}

// What follows is the same whether or not it is explained, and so is what figures count and
// the sentence of a clock once it is asked for. The controls: before that it was not made,
// and a fact more is counted by a figure.
func TestConcludeIsEvaluate(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"rotterdam", "ijsselland"} {
		t.Run(id, func(t *testing.T) { concludes(t, id) })
	}
}

func concludes(t *testing.T, id string) {
	p, err := Load(os.DirFS("../protocols/" + id))
	if err != nil {
		t.Skipf("the protocol has faults now: %v", err)
	}
	in := Input{Facts: answered(p), Now: noon}
	long, brief := p.Evaluate(in), p.Conclude(in)
	if explained := unexplained(long); explained == 0 || unexplained(brief) != 0 {
		t.Errorf("%d rules of one are explained", explained)
	}
	for i := range brief.Deadlines {
		f := &brief.Deadlines[i]
		if !f.Due.IsZero() && f.Words != (Text{}) {
			t.Errorf("control: the sentence of %s was made before anybody asked", f.Deadline.ID)
		}
		f.Words, f.unsaid = p.InWords(*f), nil
	}
	if diff := cmp.Diff(toWriteDown(long), toWriteDown(brief)); diff != "" {
		t.Error("something else follows", diff)
	}
	if diff := cmp.Diff(p.Counts(long), p.Counts(brief)); diff != "" || len(p.Counts(brief)) != len(p.Figures) {
		t.Error(diff)
	}
	in.Facts["council_letter_released"] = true
	if id == "rotterdam" && cmp.Equal(p.Counts(p.Conclude(in)), p.Counts(brief)) {
		t.Error("control: figures count the same whatever is known")
	}
}

// toWriteDown is what Conclude gives of an evaluation.
func toWriteDown(ev *Evaluation) any {
	out := struct {
		Facts     Facts
		Unsettled map[string]bool
		Tables    []string
		Deadlines []string
		Steps     []string
		Products  []string
	}{Facts: ev.Facts, Unsettled: ev.Unsettled}
	for _, f := range ev.Tables {
		out.Tables = append(out.Tables, fmt.Sprint(f.Table.ID, f.Arises, f.Outputs, f.Provisional, f.Decided, f.Differs))
	}
	for _, f := range ev.Deadlines {
		out.Deadlines = append(out.Deadlines, fmt.Sprint(f.Deadline.ID, f.Row, f.Start, f.Early, f.Due, f.Met, f.Warn, f.State, f.Discovered, f.Words))
	}
	for _, f := range ev.Steps {
		if f.Open != False && !f.Done {
			out.Steps = append(out.Steps, fmt.Sprint(f.Step.ID, f.Row, f.Open, f.Urgent, f.Reason))
		}
	}
	for _, f := range ev.Products {
		if f.Product.ByItself {
			out.Products = append(out.Products, fmt.Sprint(f.Product.ID, f.Row, f.Open))
		}
	}
	return out
}

// unexplained takes out why rules hold, and counts in how many places that was.
func unexplained(ev *Evaluation) (n int) {
	strip := func(reasons ...*Reason) {
		for _, r := range reasons {
			if len(r.Used)+len(r.Missing) > 0 {
				n++
			}
			r.Used, r.Missing = nil, nil
		}
	}
	for i := range ev.Tables {
		for _, list := range [][]Reason{ev.Tables[i].Reasons, ev.Tables[i].Others} {
			for j := range list {
				strip(&list[j])
			}
		}
	}
	for i := range ev.Criteria {
		for j := range ev.Criteria[i].Items {
			strip(&ev.Criteria[i].Items[j].Reason)
		}
	}
	for i := range ev.Duties {
		strip(&ev.Duties[i].Reason)
	}
	for i := range ev.Steps {
		strip(&ev.Steps[i].Reason)
	}
	for i := range ev.Products {
		strip(&ev.Products[i].Reason)
	}
	for i := range ev.Checks {
		for j := range ev.Checks[i].Items {
			strip(&ev.Checks[i].Items[j].Reason)
		}
	}
	return n
}
