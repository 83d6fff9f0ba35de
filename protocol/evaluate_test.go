// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
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
