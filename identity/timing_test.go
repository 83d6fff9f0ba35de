// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"example.org/loket/desk"
)

// timings are how long logins took, in nanoseconds.
type timings []float64

// welch is how far apart the means of two series are, in their own uncertainty. Of each the
// slowest tenth is left out: that is the machine, doing something else.
func welch(a, b timings) float64 {
	am, av := a.mean()
	bm, bv := b.mean()
	return (am - bm) / math.Sqrt(av+bv)
}

func (s timings) mean() (mean, variance float64) {
	kept := slices.Clone(s)
	slices.Sort(kept)
	kept = kept[:len(kept)*9/10]
	for _, x := range kept {
		mean += x / float64(len(kept))
	}
	for _, x := range kept {
		variance += (x - mean) * (x - mean) / float64(len(kept)-1)
	}
	return mean, variance / float64(len(kept))
}

// S11: by how long the answer takes, nobody learns whether a name is known, its password wrong or
// its account blocked: a thousand of each, mixed, and Welch's t stays under 4.5. The hash costs
// little here, so that nothing hides behind it. Control: an account whose hash costs one pass
// more is told apart. Only with LOKET_FULL=1: the short form counts the work instead of timing
// it, see TestFailuresAnswerAlike and TestFailuresReadAlike.
func TestFailuresTakeAsLong(t *testing.T) {
	if os.Getenv("LOKET_FULL") == "" {
		t.Log("not timed: LOKET_FULL=1, or make test-full")
		return
	}
	h := open(t, false)
	dear, err := newPasswords(1, cost{memory: cheap.memory, passes: 2, threads: 1}).Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	_ = h.store.PutAccount(t.Context(), desk.Account{Tenant: "oefening", Login: "sara", Person: "p1", Hash: dear})
	took := map[string]timings{}
	users := []string{"niemand", "mila", "bram", "sara"}
	for n := range 1000 {
		if n%(guessesPerHour-1) == 0 {
			h.clock.move(time.Hour)
		}
		for _, i := range rand.Perm(len(users)) {
			from := fmt.Sprintf("198.51.%d.%d:1", rand.IntN(256), rand.IntN(256))
			began := time.Now()
			_, _ = h.login(t, users[i], "fout", from)
			took[users[i]] = append(took[users[i]], float64(time.Since(began)))
		}
	}
	for _, pair := range [][2]string{{"niemand", "mila"}, {"niemand", "bram"}, {"mila", "bram"}} {
		d := welch(took[pair[0]], took[pair[1]])
		if math.Abs(d) >= 4.5 {
			t.Errorf("%s and %s differ: t = %.1f", pair[0], pair[1], d)
		}
		t.Logf("%s and %s: t = %.2f over %d of each", pair[0], pair[1], d, len(took[pair[0]]))
	}
	if d := welch(took["sara"], took["mila"]); d < 4.5 {
		t.Errorf("control: one more pass is not seen: t = %.1f", d)
	} else {
		t.Logf("control: t = %.1f", d)
	}
}
